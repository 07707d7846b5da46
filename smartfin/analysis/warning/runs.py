"""Kinds of condition that count quarters in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.partition import ROUNDING
from smartfin.analysis.table import Figures
from smartfin.analysis.warning.absence import (
    short_of,
    too_few_sisters,
    why_no_gain,
    why_undefined,
)
from smartfin.analysis.warning.rule import COUNTED, Crossing, OfOne, Readings, Said, Why, alike
from smartfin.analysis.warning.sight import Sight


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
class Run(OfOne):
    """For how many quarters in a row something has held of an indicator."""

    holds: Holds
    crossing: Crossing = COUNTED
    said: Said | None = Said.RUN

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
        return why_no_gain(sight, self.code, ordinal) or short_of(sight, ordinal, 2)


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
class FallingShare(OfOne):
    """Quarters a share has been falling in a row; red only under the sisters' median."""

    crossing: Crossing = COUNTED
    said: Said | None = Said.RUN

    def readings(self, sight: Sight, _polarity: int) -> Readings:
        """The run; for red, nothing where the share is at the median or above."""
        values = sight.series(self.code)
        run = Run(self.code, Holds.FALLING).lengths(sight)
        medians = sight.sisters_median(self.code)
        red = np.where(values < medians, run, 0.0)
        unknown = np.isnan(values) | (np.isnan(medians) & (run > 0))
        return Readings(run, np.where(unknown, np.nan, red))

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """The share's own reason, now or in the quarter before."""
        why = why_no_gain(sight, self.code, ordinal)
        return why or too_few_sisters(sight, self.code, ordinal)
