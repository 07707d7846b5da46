"""One partner's futures as they are drawn, before anything is decided (docs/metrics.md#scenario).

They are drawn once. Every scenario is made of these very draws, so what two scenarios differ
by is what was decided and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10

import pandas as pd

from smartfin.analysis.forecast.drivers import Past, driver_model
from smartfin.analysis.forecast.futures import drawn_drivers
from smartfin.analysis.forecast.kept_fee import KeptFee, kept_fee
from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.forecast.simulation import QUARTERS_NEEDED, past_or_obstacle, target_of
from smartfin.analysis.scenario.structure import Structure, structure_of
from smartfin.analysis.table import Figures
from smartfin.fee import FeeVote
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.scenario import LeverCode, find_lever
from smartfin.settings import Level, OutlookSettings


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """The futures of one partner, undecided.

    Args:
        past: What is known.
        target: Ordinal of the quarter the probability is about.
        settings: How the outlook is simulated.
        stream: Name of the stream of chance, a partner's code.
        fee: The fee kept, and the votes taken.
        drivers: As ``drawn_drivers`` makes them; not to be written to.
        models: What they were drawn from.
        structure: What the costs consist of.
        support: Voted for each quarter ahead [currency].
        operating: The same partner's draw before support, where the level is another one;
            cash is that of the result before support, whatever the level.
    """

    past: Past
    target: int
    settings: OutlookSettings
    stream: str
    fee: KeptFee
    drivers: Figures
    models: tuple[str, ...]
    structure: Structure
    support: Mapping[Quarter, float]
    operating: Draw | None = None

    @property
    def last(self) -> int:
        """Ordinal of the newest quarter known."""
        return self.fee.last

    @property
    def level(self) -> Level:
        """Result it is about."""
        return self.past.level

    @property
    def horizon(self) -> int:
        """Quarters ahead."""
        return int(self.drivers.shape[1]) - 3

    @property
    def first(self) -> Quarter:
        """The first quarter ahead."""
        return Quarter.from_ordinal(self.last + 1)

    @property
    def before_support(self) -> Draw:
        """The draw of the result before support."""
        return self.operating or self


@dataclass(frozen=True, slots=True)
class LeverRange:
    """How far a lever of one partner goes [unit of the lever].

    Args:
        low: Lowest amount.
        high: Highest amount.
        step: Amounts are whole numbers of it.
        pain: Amount that hurts about as much as that of any other lever.
    """

    low: float
    high: float
    step: float
    pain: float


def draw_of(  # noqa: PLR0913, PLR0917 - all that is known of a partner, as ``simulate_outlook``
    table: pd.DataFrame,
    last: int,
    deadline: int,
    settings: OutlookSettings,
    level: Level,
    needed: int = QUARTERS_NEEDED,
    stream: str = "",
    pool: Pool | None = None,
    votes: tuple[FeeVote, ...] = (),
    support: Mapping[Quarter, float] | None = None,
    pool_before_support: Pool | None = None,
) -> Draw | NoOutlook:
    """The futures of one partner, drawn as ``simulate_outlook`` draws them.

    Args:
        table: As made by ``partner_table``; quarters after ``last`` are not looked at.
        last: Ordinal of the newest quarter to use.
        deadline: Ordinal of the deadline.
        settings: Number of paths, seed, horizon.
        level: Result to look at.
        needed: Quarters of history under which there is none.
        stream: Name of the stream of chance, a partner's code.
        pool: Growth and season of the group, at that level.
        votes: Fees decided.
        support: Voted by the group for each quarter [currency of the table]; for cash.
        pool_before_support: The same as ``pool`` of the result before support; needed at the
            other levels only, for cash.

    Returns:
        The draw; or why there is none, in the words of the outlook.

    Source:
        docs/metrics.md#scenario
    """
    past = past_or_obstacle(table, last, level, needed)
    if isinstance(past, NoOutlook):
        return past
    operating = None
    if level is not Level.OSS:
        # What is known at a level is known before support too, so this one is there.
        drawn = draw_of(
            table,
            last,
            deadline,
            settings,
            Level.OSS,
            needed,
            stream,
            pool_before_support,
            votes,
            support,
        )
        operating = drawn if isinstance(drawn, Draw) else None
    target = target_of(last, deadline)
    model = driver_model(past.drivers, past.first, pool)
    drivers = drawn_drivers(model, max(settings.horizon, target - last), settings, stream)
    drivers.setflags(write=False)
    return Draw(
        past=past,
        target=target,
        settings=settings,
        stream=stream,
        fee=kept_fee(past.table, votes),
        drivers=drivers,
        models=model.codes,
        structure=structure_of(past.table, level),
        support=support or {},
        operating=operating,
    )


def lever_range(draw: Draw, code: LeverCode) -> LeverRange:
    """How far a lever goes for one partner.

    Levers in currency go as far as a share of a year's own costs, in round steps: the largest
    of 1, 10, 100 ... that is a thousandth of them or less.

    Source:
        docs/metrics.md#levers
    """
    lever = find_lever(code)
    if lever.unit is not Unit.CURRENCY:
        return LeverRange(lever.low, lever.high, lever.step, lever.pain)
    costs = max(draw.structure.costs, 1.0)
    step = 10.0 ** floor(log10(costs * lever.step))
    low, high, pain = (
        round(share * costs / step) * step for share in (lever.low, lever.high, lever.pain)
    )
    return LeverRange(low, high, step, pain)


def lever_obstacle(draw: Draw, code: LeverCode) -> Measure | None:
    """Why a lever cannot move this partner's result, if so: a measure without a value."""
    if code is LeverCode.SUPPORT and draw.level is not Level.SUPPORTED:
        return undefined(Unit.FRACTION, Reason.SUPPORT_NOT_COUNTED)
    return unknown_share(draw, code)


def unknown_share(draw: Draw, code: LeverCode) -> Measure | None:
    """Why it is not known what a lever would move, if so: a measure without a value."""
    share = draw.structure.share(code)
    return share if share is not None and share.value is None else None
