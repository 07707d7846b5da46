"""Kinds of condition that look at one indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.indicators.family import indicator_measure
from smartfin.analysis.table import Figures, line
from smartfin.analysis.trend import SLOPE_OVER, trailing_slope
from smartfin.analysis.warning.rule import (
    COUNTED,
    MEASURED,
    Crossing,
    Readings,
    Said,
    Why,
    alike,
)
from smartfin.analysis.warning.sight import LEAST_SISTERS, Sight
from smartfin.measure import Reason


def why_undefined(sight: Sight, code: str, ordinal: int) -> Why | None:
    """Why an indicator has no value at a quarter; None where it has one."""
    measure = indicator_measure(sight.indicator(code), sight.table, ordinal, sight.partner.currency)
    return None if measure.reason is None else (measure.reason, measure.facts)


def too_early(sight: Sight, ordinal: int, needed: int) -> Why:
    """The partner has not been active for as long as it takes."""
    age = ordinal - sight.partner.launch.ordinal + 1
    return Reason.HISTORY_TOO_SHORT, {"quarters": age, "needed": needed}


def short_of(sight: Sight, ordinal: int, needed: int) -> Why:
    """The history up to a quarter does not reach as far back as it should."""
    quarters = ordinal - int(sight.table.index[0]) + 1
    return Reason.HISTORY_TOO_SHORT, {"quarters": min(quarters, needed - 1), "needed": needed}


def why_no_deadline(sight: Sight, ordinal: int) -> Why | None:
    """Why there is no deadline to look ahead to in a quarter; None where there is one."""
    if ordinal >= sight.settings.deadline.ordinal:
        return Reason.NO_QUARTERS_LEFT, {}
    if ordinal < sight.settings.deadline_from.ordinal:
        return Reason.DEADLINE_NOT_YET, {"first": sight.settings.deadline_from}
    return None


def at_the_ends(
    sight: Sight,
    code: str,
    worst: tuple[Reason, ...],
    best: tuple[Reason, ...],
    polarity: int,
) -> Figures:
    """An indicator, infinitely bad or good where the reason for its absence says so."""
    values = sight.series(code)
    ends = dict.fromkeys(worst, -polarity * np.inf) | dict.fromkeys(best, polarity * np.inf)
    open_still = np.isnan(values)
    if not (ends and open_still.any()):
        return values
    values = values.copy()
    for reason, applies in sight.indicator(code).unless:
        here = open_still & applies(sight.table)
        values[here] = ends.get(reason, np.nan)
        open_still &= ~here
    return values


def unless_covered(sight: Sight, result: str, values: Figures, polarity: int) -> Figures:
    """Figures, as good as can be where they are no number and a result is nil or more."""
    if not result:
        return values
    covered = ~np.isfinite(values) & (sight.series(result) >= 0)
    return np.where(covered, polarity * np.inf, values)


def is_covered(sight: Sight, result: str, ordinal: int) -> bool:
    """Whether a result is nil or more in a quarter."""
    return bool(result and sight.series(result)[sight.ordinals == ordinal] >= 0)


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
class AgainstSisters:
    """An indicator over its median among the sisters at the same age."""

    code: str
    crossing: Crossing = MEASURED
    said: Said | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)

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


def too_few_sisters(sight: Sight, code: str, ordinal: int) -> Why:
    """How many sisters have a figure at the same age."""
    ages = sight.ages[sight.ordinals == ordinal]
    found = [each.at_ages(code, ages) for each in sight.sisters_seen()]
    known = int(sum(np.count_nonzero(~np.isnan(values)) for values in found))
    return Reason.TOO_FEW_SISTERS, {"sisters": known, "needed": LEAST_SISTERS}


class Holds(StrEnum):
    """What must hold in each quarter of a run."""

    NOT_ABOVE_NIL = "<= 0"
    BELOW_NIL = "< 0"
    ABOVE_NIL = "> 0"
    FALLING = "falling"
    RISING = "rising"
    NOT_RISING = "not rising"

    @property
    def of_steps(self) -> bool:
        """Whether it is about what a series gains from quarter to quarter."""
        return self in {Holds.FALLING, Holds.RISING, Holds.NOT_RISING}


_ENOUGH = 1e-9  # a step smaller than this is what binary fractions leave

_HOLDS: Mapping[Holds, Callable[[Figures], NDArray[np.bool_]]] = {
    Holds.NOT_ABOVE_NIL: lambda values: values <= 0,
    Holds.BELOW_NIL: lambda values: values < 0,
    Holds.ABOVE_NIL: lambda values: values > 0,
    Holds.FALLING: lambda steps: steps < -_ENOUGH,
    Holds.RISING: lambda steps: steps > _ENOUGH,
    Holds.NOT_RISING: lambda steps: steps <= _ENOUGH,
}


def run_lengths(holds: NDArray[np.bool_], known: NDArray[np.bool_]) -> Figures:
    """For how many quarters in a row something has held; a gap begins the count anew.

    Example:
        >>> run_lengths(np.array([True, True, False, True]), np.array([True] * 4)).tolist()
        [1.0, 2.0, 0.0, 1.0]
    """
    lengths, run = np.full(len(holds), np.nan), 0
    for place, (here, said) in enumerate(zip(holds.tolist(), known.tolist(), strict=True)):
        run = run + 1 if here and said else 0
        if said:
            lengths[place] = run
    return lengths


def steps_of(values: Figures) -> Figures:
    """What a series gains from each quarter to the next; NaN at the first."""
    return np.diff(values, prepend=np.nan) if len(values) else values


@dataclass(frozen=True, slots=True)
class Run:
    """For how many quarters in a row something has held of an indicator."""

    code: str
    holds: Holds
    crossing: Crossing = COUNTED
    said: Said | None = Said.RUN

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The count."""
        return alike(self.lengths(sight))

    def lengths(self, sight: Sight) -> Figures:
        """The count [quarters]."""
        values = sight.series(self.code)
        if self.holds.of_steps:
            values = steps_of(values)
        return run_lengths(_HOLDS[self.holds](values), ~np.isnan(values))

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The indicator's own reason; else that of the quarter before."""
        return (
            why_undefined(sight, self.code, ordinal)
            or why_undefined(sight, self.code, ordinal - 1)
            or short_of(sight, ordinal, 2)
        )


@dataclass(frozen=True, slots=True)
class Increase:
    """What an indicator gained against the same season a year before."""

    code: str
    over: int = 4
    crossing: Crossing = MEASURED
    said: Said | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The gain."""
        values = sight.series(self.code)
        gains = np.full(len(values), np.nan)
        gains[self.over :] = values[self.over :] - values[: -self.over]
        return alike(gains)

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The indicator's own reason, now or a year before."""
        if ordinal - self.over < int(sight.table.index[0]):
            return why_undefined(sight, self.code, ordinal) or short_of(
                sight, ordinal, self.over + 1
            )
        return (
            why_undefined(sight, self.code, ordinal)
            or why_undefined(sight, self.code, ordinal - self.over)
            or short_of(sight, ordinal, self.over + 1)
        )


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where an indicator is on its way to, along its slope of eight quarters.

    Args:
        code: Of the indicator.
        quarters: How far ahead; None for up to the deadline, once that was decided.
        now: Whether the red threshold is held against the figure of today.
    """

    code: str
    quarters: int | None = None
    now: bool = False
    crossing: Crossing = MEASURED
    said: Said | None = Said.AHEAD

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)

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
