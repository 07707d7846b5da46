"""The outlook: what many simulated futures say of one partner (docs/metrics.md#outlook).

``simulation`` draws the futures and reads it off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from smartfin.analysis.table import Figures
from smartfin.fee import FeeVote
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level

FAN = (0.10, 0.25, 0.50, 0.75, 0.90)  # borders of the 80 % and 50 % bands, and the middle


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
        probability_by: The same in at least one quarter after ``last``, up to the target
            [fraction].
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
        """That of at least one quarter up to the target, as printed [fraction]."""
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
