"""Kinds of condition that look at several things at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.partition import ROUNDING
from smartfin.analysis.warning.alarms import raised
from smartfin.analysis.warning.conditions import (
    Holds,
    Run,
    at_the_ends,
    is_covered,
    run_lengths,
    short_of,
    steps_of,
    too_early,
    too_few_sisters,
    unless_covered,
    why_no_deadline,
    why_undefined,
)
from smartfin.analysis.warning.rule import (
    COUNTED,
    GRADED,
    MEASURED,
    STATED,
    Condition,
    Crossing,
    Readings,
    Said,
    Why,
    alike,
)
from smartfin.analysis.warning.sight import Sight
from smartfin.measure import Reason


@dataclass(frozen=True, slots=True)
class Losses:
    """Quarters of loss in a row; red only where the year did not get better meanwhile.

    Args:
        quarter: Indicator of the result of a quarter.
        year: Indicator of the result of four quarters.
    """

    quarter: str
    year: str
    crossing: Crossing = COUNTED
    said: Said | None = Said.RUN

    @property
    def indicators(self) -> tuple[str, ...]:
        """Quarter and year."""
        return (self.quarter, self.year)

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The run; for red, nothing where the last four quarters beat the four before."""
        run = Run(self.quarter, Holds.BELOW_NIL).lengths(sight)
        years = sight.series(self.year)
        before = np.full(len(years), np.nan)
        before[4:] = years[:-4]
        better = years > before + ROUNDING * np.abs(before)
        red = np.where(better, 0.0, run)
        unknown = np.isnan(years) | np.isnan(before)
        return Readings(run, np.where(unknown & (run > 0), np.nan, red))

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The reason of the quarter's result."""
        return why_undefined(sight, self.quarter, ordinal) or short_of(sight, ordinal, 8)


@dataclass(frozen=True, slots=True)
class FallingShare:
    """Quarters a share has been falling in a row; red only under the sisters' median."""

    code: str
    crossing: Crossing = COUNTED
    said: Said | None = Said.RUN

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The run; for red, nothing where the share is at the median or above."""
        values = sight.series(self.code)
        steps = steps_of(values)
        run = run_lengths(steps < -1e-9, ~np.isnan(steps))
        medians = sight.sisters_median(self.code)
        red = np.where(values < medians, run, 0.0)
        unknown = np.isnan(values) | (np.isnan(medians) & (run > 0))
        return Readings(run, np.where(unknown, np.nan, red))

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The share's own reason, now or in the quarter before."""
        return (
            why_undefined(sight, self.code, ordinal)
            or why_undefined(sight, self.code, ordinal - 1)
            or too_few_sisters(sight, self.code, ordinal)
        )


@dataclass(frozen=True, slots=True)
class ShareOfNeeded:
    """What was achieved of what is needed; at or under nil it is as bad as can be.

    Args:
        achieved: Indicator of what was achieved.
        needed: Indicator of what is needed.
        worst: Reasons for having no need that are as bad as can be: no growth is enough.
        best: Reasons for having no need that are as good as can be.
        after: Quarters of activity before ``worst`` says anything.
        result: Code of the result that at nil or more needs nothing, whatever the reason.
    """

    achieved: str
    needed: str
    worst: tuple[Reason, ...] = ()
    best: tuple[Reason, ...] = ()
    after: int = 0
    result: str = ""
    crossing: Crossing = MEASURED
    said: Said | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """Achieved and needed."""
        return (self.achieved, self.needed)

    def readings(self, sight: Sight, polarity: int) -> Readings:
        """Achieved over needed, where anything is needed."""
        achieved, needed = sight.series(self.achieved), sight.series(self.needed)
        share = np.full(len(needed), np.nan)
        np.divide(achieved, needed, out=share, where=needed > 0)
        ends = at_the_ends(sight, self.needed, self.worst, self.best, polarity)
        early = (ends == -polarity * np.inf) & (sight.ages < self.after)
        share = np.where(np.isinf(ends) & ~early, ends, share)
        share = unless_covered(sight, self.result, share, polarity)
        share = np.where(sight.before_deadline, share, np.nan)
        red = np.where(share <= 0, -np.inf, share)
        return Readings(share, red, sight.deadline_row)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """No deadline counts, too early, or the first of the two that has no value."""
        why = why_no_deadline(sight, ordinal) or why_undefined(sight, self.needed, ordinal)
        age = ordinal - sight.partner.launch.ordinal + 1
        if why and why[0] in self.worst:
            if is_covered(sight, self.result, ordinal):
                return Reason.VOLUME_REACHED, {}
            if age < self.after:
                return too_early(sight, ordinal, self.after)
        return why or why_undefined(sight, self.achieved, ordinal) or short_of(sight, ordinal, 5)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several tests.

    Args:
        condition: What it looks at.
        limit: Its threshold.
        polarity: +1 it is met below, -1 above.
    """

    condition: Condition
    limit: float
    polarity: int


@dataclass(frozen=True, slots=True)
class Joint:
    """How many of several tests are met."""

    parts: tuple[Part, ...]
    crossing: Crossing = GRADED
    said: Said | None = Said.TESTS

    @property
    def indicators(self) -> tuple[str, ...]:
        """Those of its parts, each once."""
        codes = (code for part in self.parts for code in part.condition.indicators)
        return tuple(dict.fromkeys(codes))

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The count; unknown where any part is."""
        count = np.zeros(len(sight.table))
        for part in self.parts:
            values = part.condition.readings(sight, part.polarity).values
            limits = np.full(len(values), part.limit)
            met = raised(values, limits, part.polarity, part.condition.crossing)
            count += np.where(np.isnan(values), np.nan, met)
        return alike(count)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The reason of the first part without a figure."""
        row = ordinal - int(sight.table.index[0])
        for part in self.parts:
            if np.isnan(part.condition.readings(sight, part.polarity).values[row]):
                return part.condition.silence(sight, ordinal)
        return short_of(sight, ordinal, 2)


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Legal matters that somebody noted and nobody closed: how many, or what they threaten.

    Args:
        share: Whether the largest share of the volume that one threatens is asked for.
    """

    share: bool = False
    crossing: Crossing = STATED
    said: Said | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """None: it reads what people noted."""
        return ()

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """Count or share; nothing is noted is nothing open."""
        found = np.zeros(len(sight.table))
        for note in sight.notes:
            here = note.open_in(sight.ordinals)
            if self.share:
                found = np.where(here, np.maximum(found, note.share or 0.0), found)
            else:
                found = found + here
        return alike(found)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """Never asked for where there is a quarter at all."""
        return short_of(sight, ordinal, 1)
