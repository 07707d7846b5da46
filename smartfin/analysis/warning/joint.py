"""Kinds of condition that look at several things at once, or at what people noted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.warning.absence import (
    at_the_ends,
    is_covered,
    short_of,
    too_early,
    unless_covered,
    why_no_deadline,
    why_undefined,
)
from smartfin.analysis.warning.alarms import raised
from smartfin.analysis.warning.rule import (
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
