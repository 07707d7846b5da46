"""Kinds of condition that look at how much one indicator is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import line
from smartfin.analysis.trend import SLOPE_OVER, trailing_slope
from smartfin.analysis.warning.absence import (
    at_the_ends,
    is_covered,
    short_of,
    too_early,
    too_few_sisters,
    unless_covered,
    why_no_deadline,
    why_no_gain,
    why_undefined,
)
from smartfin.analysis.warning.rule import (
    MEASURED,
    Crossing,
    OfOne,
    Readings,
    Said,
    Why,
    alike,
)
from smartfin.analysis.warning.sight import Sight
from smartfin.measure import Reason


@dataclass(frozen=True, slots=True)
class Level:
    """An indicator as it stands.

    Args:
        code: Of the indicator.
        at_least: Code of one that stands in while ``until`` was never stated.
        until: The item without which that has no value. Once stated it is missed: what
            stands in leaves it out, and a figure that shrank by it would clear a flag.
        after: Quarters of activity before it is judged.
        worst: Reasons for having no value that are as bad as can be.
        best: Reasons that are as good as can be.
        result: Code of the result that at nil or more is as good as can be, whatever the
            reason for having no value.
    """

    code: str
    at_least: str = ""
    until: str = ""
    after: int = 0
    worst: tuple[Reason, ...] = ()
    best: tuple[Reason, ...] = ()
    result: str = ""
    crossing: Crossing = MEASURED
    said: Said | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads, and the one that stands in."""
        return (self.code, self.at_least) if self.at_least else (self.code,)

    def readings(self, sight: Sight, polarity: int) -> Readings:
        """The indicator; at its end where its absence says everything."""
        values = at_the_ends(sight, self.code, self.worst, self.best, polarity)
        values = unless_covered(sight, self.result, values, polarity)
        if self.at_least:
            stands_in = np.isnan(values) & self._never_stated(sight)
            values = np.where(stands_in, sight.series(self.at_least), values)
        return alike(np.where(sight.ages >= self.after, values, np.nan))

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The indicator's own reason; else it is too early."""
        if is_covered(sight, self.result, ordinal):
            return Reason.VOLUME_REACHED, {}
        stands_in = self.at_least and self._never_stated(sight)[sight.ordinals == ordinal].all()
        code = self.at_least if stands_in else self.code
        return why_undefined(sight, code, ordinal) or too_early(sight, ordinal, self.after)

    def _never_stated(self, sight: Sight) -> NDArray[np.bool_]:
        stated = ~np.isnan(line(sight.table, self.until))
        return ~np.logical_or.accumulate(stated)


@dataclass(frozen=True, slots=True)
class AgainstSisters(OfOne):
    """An indicator over its median among the sisters at the same age."""

    crossing: Crossing = MEASURED
    said: Said | None = None

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """Share of the median."""
        medians = sight.sisters_median(self.code)
        values = np.full(len(medians), np.nan)
        np.divide(sight.series(self.code), medians, out=values, where=medians > 0)
        return alike(values)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The indicator's own reason; else too few sisters were as old."""
        return why_undefined(sight, self.code, ordinal) or too_few_sisters(
            sight, self.code, ordinal
        )


@dataclass(frozen=True, slots=True)
class Increase(OfOne):
    """What an indicator gained against the same season a year before."""

    over: int = 4
    crossing: Crossing = MEASURED
    said: Said | None = None

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The gain."""
        values = sight.series(self.code)
        gains = np.full(len(values), np.nan)
        gains[self.over :] = values[self.over :] - values[: -self.over]
        return alike(gains)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The indicator's own reason, now or a year before."""
        if ordinal - self.over < int(sight.table.index[0]):
            why = why_undefined(sight, self.code, ordinal)
        else:
            why = why_no_gain(sight, self.code, ordinal, self.over)
        return why or short_of(sight, ordinal, self.over + 1)


@dataclass(frozen=True, slots=True)
class Ahead(OfOne):
    """Where an indicator is on its way to, along its slope of eight quarters.

    Args:
        code: Of the indicator.
        quarters: How far ahead; None for up to the deadline, once that was decided.
        now: Whether the red threshold is held against the figure of today.
    """

    quarters: int | None = None
    now: bool = False
    crossing: Crossing = MEASURED
    said: Said | None = Said.AHEAD

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The figure there; up to the deadline the rule ends with it."""
        values = sight.series(self.code)
        slopes = trailing_slope(values)
        if self.quarters is not None:
            there = values + slopes * self.quarters
            return Readings(there, values if self.now else there)
        left = sight.settings.deadline.ordinal - sight.ordinals
        there = np.where(sight.before_deadline, values + slopes * left, np.nan)
        return Readings(there, there, sight.deadline_row)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """No deadline counts, the indicator's own reason, or too few quarters."""
        if self.quarters is None and (no_deadline := why_no_deadline(sight, ordinal)):
            return no_deadline
        return why_undefined(sight, self.code, ordinal) or short_of(sight, ordinal, SLOPE_OVER)
