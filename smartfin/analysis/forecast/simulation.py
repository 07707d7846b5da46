"""The outlook worked out: futures drawn from what is known of a partner, and read off.

What drives the result is simulated, not the result: volume, variable-cost rate, fixed
costs and other income, by a mix of small models. The fee is a decision, so the
latest one is kept, and what was decided for later is taken from its quarter on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.forecast.drift import LEAST_CHANGES, yearly_changes
from smartfin.analysis.forecast.drivers import Past, driver_model, past_of
from smartfin.analysis.forecast.futures import (
    Futures,
    simulated_futures,
    stream_of_chance,
)
from smartfin.analysis.forecast.kept_fee import KeptFee, kept_fee
from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.forecast.outlook import FAN, FanQuarter, Landing, NoOutlook, Outlook
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.indicators.family import RESULT_OF, find_indicator, indicator_measure
from smartfin.analysis.partition import over_a_year
from smartfin.analysis.table import Figures, known_until
from smartfin.fee import FeeVote
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings

FAN_QUARTERS = 8  # two years are drawn even when the deadline is nearer
QUARTERS_NEEDED = 8  # what VerdictSettings.too_early says where no settings are at hand


def simulate_outlook(  # noqa: PLR0913, PLR0917 - all that is known of a partner at once
    table: pd.DataFrame,
    last: int,
    deadline: int,
    settings: OutlookSettings,
    level: Level,
    needed: int = QUARTERS_NEEDED,
    stream: str = "",
    pool: Pool | None = None,
    votes: tuple[FeeVote, ...] = (),
) -> Outlook | NoOutlook:
    """The outlook of one partner as it was known in one quarter.

    Args:
        table: As made by ``partner_table``; quarters after ``last`` are not looked at.
        last: Ordinal of the newest quarter to use.
        deadline: Ordinal of the deadline.
        settings: Number of paths, seed, horizon.
        level: Result to look at.
        needed: Quarters of history under which there is no outlook.
        stream: Name of the stream of chance, a partner's code (``simulated_futures``).
        pool: Growth and season of the group (``drivers.pooled``).
        votes: Fees decided; those of quarters up to ``last`` are in the figures already.

    Returns:
        The outlook; or why there is none: the last four quarters are not all known, one
        of them has no volume, the history is too short, or too little of it is calm.

    Source:
        docs/metrics.md#outlook
    """
    target = target_of(last, deadline)
    past = past_or_obstacle(table, last, level, needed)
    if isinstance(past, NoOutlook):
        return past
    fee, horizon = kept_fee(past.table, votes), max(settings.horizon, target - last)
    futures = _futures(past, fee.ahead(horizon), settings, stream, pool)
    return read_outlook(futures, past, fee, target, settings, stream)


def target_of(last: int, deadline: int) -> int:
    """The quarter the probability is about: the deadline, or four quarters ahead after it."""
    return deadline if last < deadline else last + 4


def past_or_obstacle(table: pd.DataFrame, last: int, level: Level, needed: int) -> Past | NoOutlook:
    """The past an outlook is made from, or why there can be none (``simulate_outlook``)."""
    past = past_of(known_until(table, last), level)
    obstacle = _obstacle(past, last, needed)
    return past if obstacle is None else obstacle


def read_outlook(
    futures: Futures,
    past: Past,
    fee: KeptFee,
    target: int,
    settings: OutlookSettings,
    stream: str = "",
) -> Outlook:
    """What the futures of a partner say.

    Args:
        futures: Drawn from the past; those of a scenario are read the same way.
        past: What is known.
        fee: The fee they are on.
        target: Ordinal of the quarter the probability is about.
        settings: How far ahead the landing quarter is looked for, and the seed.
        stream: Name of the stream of chance (``simulate_outlook``).

    Source:
        docs/metrics.md#outlook
    """
    return _Course(past, fee, futures, fee.last, target, settings).outlook(stream)


def futures_at(
    past: Past,
    last: int,
    horizon: int,
    settings: OutlookSettings,
    needed: int = QUARTERS_NEEDED,
    stream: str = "",
    pool: Pool | None = None,
) -> Futures | NoOutlook:
    """The futures of one partner as they were drawn in one quarter: what an outlook is read off.

    On the fee as it was then: when a later one was decided is not known, so no vote is in it.

    Args:
        past: Of the partner, up to ``last``.
        last: Ordinal of the newest quarter to use.
        horizon: Quarters ahead.
        settings: Number of paths and seed.
        needed: Quarters of history under which there are none.
        stream: Name of the stream of chance, a partner's code (``simulated_futures``).
        pool: Growth and season of the group (``drivers.pooled``).

    Returns:
        The futures; or why there are none, as ``simulate_outlook`` says.

    Source:
        docs/metrics.md#outlook
    """
    obstacle = _obstacle(past, last, needed)
    if obstacle is not None:
        return obstacle
    return _futures(past, kept_fee(past.table).ahead(horizon), settings, stream, pool)


def _futures(
    past: Past, take_rate: Figures, settings: OutlookSettings, stream: str, pool: Pool | None
) -> Futures:
    """Models fitted to what is known, and the futures drawn from them."""
    model = driver_model(past.drivers, past.first, pool)
    return simulated_futures(past.statement, model, take_rate, settings, stream)


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """The present course of a partner: its past, the fee it keeps, and its futures.

    Args:
        past: What is known.
        fee: As kept, with what was decided for later.
        futures: As far as the horizon or the target, whichever is later.
        last: Ordinal of the newest quarter known.
        target: Ordinal of the quarter the probability is about.
        settings: How far ahead a landing counts, and the seed of chance.
    """

    past: Past
    fee: KeptFee
    futures: Futures
    last: int
    target: int
    settings: OutlookSettings

    def outlook(self, stream: str) -> Outlook:
        """What the futures say."""
        reached = self.futures.reached[: self.target - self.last]
        money = self._money_needed(stream)
        middle_needed, enough = np.quantile(money, (0.5, 0.8)).tolist()
        return Outlook(
            last=Quarter.from_ordinal(self.last),
            target=Quarter.from_ordinal(self.target),
            level=self.past.level,
            history=_reported(self.past.drivers),
            probability=float(reached[-1].mean()),
            probability_by=float(reached.any(axis=0).mean()),
            landing=self._landing(),
            fan=self._fan(),
            money_needed=middle_needed,
            money_needed_80=enough,
            take_rate=self.fee.take_rate,
            volume_growth=self._volume_growth(),
            models=self.futures.models,
            needed_paths=money,
            votes=self.fee.within(self._horizon),
        )

    @property
    def _horizon(self) -> int:
        """Quarters simulated."""
        return len(self.futures.reached)

    @property
    def _there(self) -> bool:
        """Whether break-even is reached already."""
        return bool(over_a_year(self.past.statement).result[-1] >= 0)

    def _money_needed(self, stream: str) -> Figures:
        """What each future needs until it lands; nothing where break-even is reached already.

        Shuffled: futures stand in blocks, one a model, and those of two partners would go
        together for no other reason.
        """
        reached, horizon = self.futures.reached, self.settings.horizon
        needed = np.zeros(reached.shape[1])
        if not self._there:
            needed = self.futures.money_needed(horizon)
        money = stream_of_chance(self.settings, f"{stream}/money").permutation(needed)
        money.setflags(write=False)
        return money

    def _landing(self) -> Landing:
        """The quarters in which a quarter, half and three quarters of the futures are there."""
        if self._there:
            now = Quarter.from_ordinal(self.last)
            return Landing(early=now, middle=now, late=now)
        landings = self.futures.landings((0.25, 0.5, 0.75), self.settings.horizon)
        early, middle_one, late = (
            None if ahead is None else Quarter.from_ordinal(self.last + ahead) for ahead in landings
        )
        return Landing(early, middle_one, late)

    def _fan(self) -> tuple[FanQuarter, ...]:
        """Where coverage may go, as far as is worth drawing."""
        quarters = min(self._horizon, max(self.target - self.last, FAN_QUARTERS))
        coverage = self.futures.coverage(quarters, FAN).tolist()
        return tuple(
            FanQuarter(Quarter.from_ordinal(ordinal), tuple(shares))
            for ordinal, shares in enumerate(coverage, start=self.last + 1)
        )

    def _volume_growth(self) -> float:
        """Volume of the next four quarters against the last four, median of the futures."""
        ahead = float(middle(self.futures.volume[:4].sum(axis=0)))
        return ahead / float(self.past.statement.volume[-4:].sum()) - 1


def _obstacle(past: Past, last: int, needed: int) -> NoOutlook | None:
    """Why there can be no outlook, if so."""
    known, history = past.table, past.drivers
    last_year = [*history[-4:].ravel(), *past.statement.part(slice(-4, None)).result]
    if last in known.index and len(known) >= 4 and np.isfinite(last_year).all():
        return _too_short(history, past.first, needed)
    for code in (RESULT_OF[past.level], "take_rate"):  # together they read every driver
        figure = indicator_measure(find_indicator(code, past.level), known, last, "")
        if figure.reason is not None:
            return NoOutlook(figure.reason, figure.facts)
    return NoOutlook(Reason.NO_VOLUME, {})


def _too_short(history: Figures, first: int, needed: int) -> NoOutlook | None:
    """No outlook on too few quarters, or where too few of them are calm.

    Eight quarters without Covid have four yearly changes, so four are wanted of a longer
    history that has Covid or gaps in it too.
    """
    reported = _reported(history)
    if reported < needed:
        facts = {"quarters": reported, "needed": needed}
        return NoOutlook(Reason.HISTORY_TOO_SHORT, facts)
    changes, wanted = len(yearly_changes(history, first).years), max(needed - 4, LEAST_CHANGES)
    if changes < wanted:
        return NoOutlook(Reason.TOO_FEW_CALM_QUARTERS, {"quarters": changes, "needed": wanted})
    return None


def _reported(history: Figures) -> int:
    """Quarters with all drivers known."""
    return int((~np.isnan(history).any(axis=1)).sum())
