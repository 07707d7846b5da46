"""The outlook: where the present course leads, as many simulated futures (docs/metrics.md#outlook).

What drives the result is simulated, not the result: volume, variable-cost rate, fixed
costs and other income, by a mix of small models. The fee is a decision, so the
latest one is kept, and what was decided for later is taken from its quarter on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.indicators.family import RESULT_OF, find_indicator, indicator_measure
from smartfin.analysis.partition import Statement, over_a_year
from smartfin.analysis.table import Figures, known_until
from smartfin.fee import FeeVote
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings

FAN = (0.10, 0.25, 0.50, 0.75, 0.90)  # borders of the 80 % and 50 % bands, and the middle
FAN_QUARTERS = 8  # two years are drawn even when the deadline is nearer
QUARTERS_NEEDED = 8  # what VerdictSettings.too_early says where no settings are at hand


class Likelihood(StrEnum):
    """A probability in a word (docs/metrics.md#outlook)."""

    REMOTE = "remote"
    UNLIKELY = "unlikely"
    OPEN = "open"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"


@dataclass(frozen=True, slots=True)
class FanQuarter:
    """Where coverage may be in one future quarter.

    Args:
        quarter: The quarter.
        coverage: Four-quarter ratio at the level [fraction], one for each of ``FAN``.
    """

    quarter: Quarter
    coverage: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """The quarter in which the present course reaches break-even, as a range.

    Args:
        early: First quarter in which at least 25 % of the futures are there; None when
            not within the horizon.
        middle: The same for at least 50 %.
        late: The same for at least 75 %.
    """

    early: Quarter | None
    middle: Quarter | None
    late: Quarter | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the simulated futures say.

    Args:
        last: Newest quarter the outlook knows.
        target: Quarter the probability is about: the deadline, or four quarters ahead
            once the deadline is reported.
        level: Result it is about.
        history: Quarters with all drivers known.
        probability: Share of futures whose four-quarter result is nil or more in the
            target quarter [fraction], unrounded.
        probability_by: The same in any quarter up to the target [fraction].
        landing: When the present course lands; ``last`` when it is there already.
        fan: Coverage of future quarters, at least two years and up to the target.
        money_needed: Deepest point of the summed results until a future lands, median
            of the futures [currency].
        money_needed_80: What is enough in 80 % of the futures [currency].
        take_rate: Fee kept, before any vote [fraction].
        volume_growth: Volume of the next four quarters over that of the last four, less
            one, median of the futures [fraction].
        models: What the futures were drawn from, in equal parts; baselines alone under
            twelve calm quarters.
        needed_paths: That deepest point in every future [currency], read-only. Quantiles
            do not add up, so what several partners need together is read off the sum of
            their futures: the n-th of one with the n-th of the other.
        votes: Fees decided for later quarters that are in it, oldest first.
    """

    last: Quarter
    target: Quarter
    level: Level
    history: int
    probability: float
    probability_by: float
    landing: Landing
    fan: tuple[FanQuarter, ...]
    money_needed: float
    money_needed_80: float
    take_rate: float
    volume_growth: float
    models: tuple[str, ...]
    needed_paths: Figures = field(repr=False, compare=False)
    votes: tuple[FeeVote, ...] = ()

    @property
    def printed_probability(self) -> float:
        """The probability as printed and judged [fraction]."""
        return printed_probability(self.probability)

    @property
    def printed_probability_by(self) -> float:
        """The probability of any quarter up to the target, as printed [fraction]."""
        return printed_probability(self.probability_by)

    def fan_frame(self) -> pd.DataFrame:
        """The fan for a chart: index ordinals, columns ``p10`` to ``p90`` [fraction]."""
        return pd.DataFrame(
            [row.coverage for row in self.fan],
            index=pd.Index([row.quarter.ordinal for row in self.fan], name="quarter"),
            columns=[f"p{share:.0%}".rstrip("%") for share in FAN],
        )


@dataclass(frozen=True, slots=True)
class NoOutlook:
    """Why nothing is simulated.

    Args:
        reason: What is in the way.
        facts: What the reason's sentence needs.
    """

    reason: Reason
    facts: Mapping[str, object]


def printed_probability(share: float) -> float:
    """A share of futures, rounded to 5 points and kept within 2 and 98 % [fraction].

    No simulation knows more than that; certainty is never printed.

    Example:
        >>> [printed_probability(share) for share in (0.0, 0.624, 0.625, 1.0)]
        [0.02, 0.6, 0.65, 0.98]
    """
    points = 5 * int(round(share * 20, 9) + 0.5)
    return min(max(points, 2), 98) / 100


def likelihood(probability: float) -> Likelihood:
    """The word for a printed probability [fraction].

    Example:
        >>> [likelihood(share).value for share in (0.05, 0.1, 0.35, 0.65, 0.9, 0.95)]
        ['remote', 'unlikely', 'open', 'likely', 'likely', 'very-likely']
    """
    if probability > 0.90:
        return Likelihood.VERY_LIKELY
    words = ((0.65, Likelihood.LIKELY), (0.35, Likelihood.OPEN), (0.10, Likelihood.UNLIKELY))
    return next((word for floor, word in words if probability >= floor), Likelihood.REMOTE)


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
    horizon = max(settings.horizon, target - last)
    past = past_or_obstacle(table, last, level, needed)
    if isinstance(past, NoOutlook):
        return past
    fee = kept_fee(past.table, votes)
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
    last, horizon, statement = fee.last, len(futures.volume), past.statement
    reached = futures.reached[: target - last]
    there = bool(over_a_year(statement).result[-1] >= 0)
    # Futures stand in blocks, one a model: unshuffled, those of two partners would go
    # together for no other reason.
    money = stream_of_chance(settings, f"{stream}/money").permutation(
        _money_needed(futures, settings.horizon, there=there)
    )
    money.setflags(write=False)
    middle, enough = np.quantile(money, (0.5, 0.8)).tolist()
    return Outlook(
        last=Quarter.from_ordinal(last),
        target=Quarter.from_ordinal(target),
        level=past.level,
        history=_reported(past.drivers),
        probability=float(reached[-1].mean()),
        probability_by=float(reached.any(axis=0).mean()),
        landing=_landed(last) if there else _landing(futures, last, settings.horizon),
        fan=_fan(futures, last, min(horizon, max(target - last, FAN_QUARTERS))),
        money_needed=middle,
        money_needed_80=enough,
        take_rate=fee.take_rate,
        volume_growth=_volume_growth(futures, statement),
        models=futures.models,
        needed_paths=money,
        votes=fee.within(horizon),
    )


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


def _volume_growth(futures: Futures, statement: Statement) -> float:
    """Volume of the next four quarters against the last four, median of the futures."""
    ahead = float(middle(futures.volume[:4].sum(axis=0)))
    return ahead / float(statement.volume[-4:].sum()) - 1


def _money_needed(futures: Futures, horizon: int, *, there: bool) -> Figures:
    """What each future needs until it lands; nothing where break-even is reached already."""
    return np.zeros(futures.reached.shape[1]) if there else futures.money_needed(horizon)


def _landed(last: int) -> Landing:
    """The landing of a partner that is at break-even."""
    quarter = Quarter.from_ordinal(last)
    return Landing(early=quarter, middle=quarter, late=quarter)


def _landing(futures: Futures, last: int, horizon: int) -> Landing:
    """The quarters in which a quarter, half and three quarters of the futures are there."""
    early, middle, late = (
        None if ahead is None else Quarter.from_ordinal(last + ahead)
        for ahead in futures.landings((0.25, 0.5, 0.75), horizon)
    )
    return Landing(early, middle, late)


def _fan(futures: Futures, last: int, quarters: int) -> tuple[FanQuarter, ...]:
    """Where coverage may go, as far as is worth drawing."""
    return tuple(
        FanQuarter(Quarter.from_ordinal(ordinal), tuple(coverage))
        for ordinal, coverage in enumerate(futures.coverage(quarters, FAN).tolist(), start=last + 1)
    )


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
