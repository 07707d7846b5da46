"""Where each of the twelve stands against what was usual (docs/metrics.md#social-standing)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.indicator import indicator_measure
from smartfin.analysis.social.measures import MEASURES, Direction, SocialMeasure
from smartfin.analysis.table import Figures, known_until
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.social_floor import SocialFloor

LOOKED_BACK = 8
"""Quarters before the one judged of which the median is what was usual."""
LEAST_KNOWN = 4
"""Of these, how many must be known for it to be usual (house value)."""

_ROUNDING = 1e-9  # what binary fractions leave: less than this is no difference
_HALF = 0.5


class Held(StrEnum):
    """Where one of the twelve stands (message ``social.held.<code>``)."""

    HELD = "held"
    FELL = "fell"  # worse than usual by more than the tolerance
    FLOOR_BROKEN = "floor_broken"  # worse than is acceptable, whatever was usual
    NOT_REPORTED = "not_reported"
    TOO_SHORT = "too_short"  # reported, but not long enough to say what is usual


JUDGED = frozenset({Held.HELD, Held.FELL, Held.FLOOR_BROKEN})
BAD = frozenset({Held.FELL, Held.FLOOR_BROKEN})


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the twelve in one quarter.

    Args:
        measure: Which.
        value: Its main figure, or why there is none.
        median: What was usual: the median of the eight quarters before [unit of the
            figure]; None where fewer than ``LEAST_KNOWN`` of them are known.
        known: How many of these eight are known.
        tolerance: By how much it may be worse [fraction of the median, or of 1 for shares].
        floor: The worst that is acceptable [unit of the figure]; None for none.
        held: What follows.
        why: Who set the newest floor or tolerance in force; empty where the defaults stand.
    """

    measure: SocialMeasure
    value: Measure
    median: float | None
    known: int
    tolerance: float
    floor: float | None
    held: Held
    why: str = ""

    @property
    def change(self) -> float | None:
        """How much it differs from what was usual [unit of the figure]; None if not known."""
        if self.value.value is None or self.median is None:
            return None
        return self.value.value - self.median

    @property
    def worsening(self) -> float | None:
        """The same in the direction that is bad [unit of the figure]; above nil is worse."""
        if self.value.value is None or self.median is None:
            return None
        return worsening(self.measure.direction, self.value.value, self.median)

    @property
    def allowance(self) -> float | None:
        """By how much it may be worse and still be held [unit of the figure]."""
        return (
            None if self.median is None else _allowance(self.measure, self.tolerance, self.median)
        )

    @property
    def stopped(self) -> bool:
        """Whether it was reported in the eight quarters before, and is no more."""
        return self.held is Held.NOT_REPORTED and self.known > 0


def standings_at(
    table: pd.DataFrame,
    ordinal: int,
    floors: Iterable[SocialFloor] = (),
    *,
    currency: str = Unit.CURRENCY,
) -> tuple[Standing, ...]:
    """The twelve in one quarter, each against its own eight quarters before.

    Formula: usual = median of the value in the quarters t-8 to t-1; worse by more than the
        tolerance is ``fell``, worse than the floor ``floor_broken``.

    Args:
        table: As made by ``partner_table``, in local currency; rows after the quarter are
            not looked at.
        ordinal: The quarter.
        floors: What this partner's assembly set (``floors_of``); those in force at the
            quarter's end count.
        currency: ISO code of the table's amounts, for the unit of figures of money.

    Returns:
        Always twelve, in their order. ``not_reported`` where the figure has no value, with
        its reason; ``too_short`` where fewer than four of the eight quarters have one.

    Source:
        docs/metrics.md#social-standing
    """
    until = known_until(table, ordinal)
    set_by = sorted(floors, key=lambda floor: floor.since)
    return tuple(_standing(measure, until, ordinal, set_by, currency) for measure in MEASURES)


def agreed(
    measure: SocialMeasure, quarter: Quarter, floors: Iterable[SocialFloor]
) -> tuple[float | None, float, str]:
    """Floor, tolerance and who set them last, as they were in force at a quarter's end.

    What a change leaves out stays as it stood before it, at first the default.
    """
    floor, tolerance, why = measure.floor, measure.tolerance, ""
    for each in sorted(floors, key=lambda change: change.since):
        if each.measure != measure.code or Quarter.containing(each.since) > quarter:
            continue
        floor = floor if each.floor is None else each.floor
        tolerance = tolerance if each.tolerance is None else each.tolerance
        why = each.why
    return floor, tolerance, why


def worsening(direction: Direction, value: float, usual: float) -> float:
    """By how much a figure is worse than usual, in the direction that is bad.

    Formula: usual - value where it must not fall; value - usual where it must not rise;
        the distance either way where it must stay; for parity, the distance to one half less
        the usual distance

    Args:
        direction: Which way it must not go.
        value: Of the quarter judged.
        usual: Median of the eight quarters before, same unit.

    Returns:
        [unit of the figure]; above nil is worse.

    Source:
        docs/metrics.md#social-standing

    Example:
        >>> worsening(Direction.UP, 90.0, 100.0), worsening(Direction.DOWN, 90.0, 100.0)
        (10.0, -10.0)
        >>> worsening(Direction.PARITY, 0.25, 0.625)
        0.125
    """
    if direction in {Direction.UP, Direction.NOT_DOWN}:
        return usual - value
    if direction in {Direction.DOWN, Direction.NOT_SHARPLY_UP}:
        return value - usual
    if direction is Direction.STEADY:
        return abs(value - usual)
    return abs(value - _HALF) - abs(usual - _HALF)


def breaks_floor(direction: Direction, value: float, floor: float) -> bool:
    """Whether a figure is worse than acceptable.

    A floor is a ceiling where the figure must not rise; for parity it is what each sex must
    have at least.

    Example:
        >>> breaks_floor(Direction.UP, 0.97, 0.98), breaks_floor(Direction.DOWN, 0.3, 0.25)
        (True, True)
        >>> breaks_floor(Direction.PARITY, 0.7, 0.4)
        True
    """
    if direction in {Direction.DOWN, Direction.NOT_SHARPLY_UP}:
        return value > floor + _ROUNDING
    worst = min(value, 1 - value) if direction is Direction.PARITY else value
    return worst < floor - _ROUNDING


def _standing(
    measure: SocialMeasure,
    table: pd.DataFrame,
    ordinal: int,
    floors: Iterable[SocialFloor],
    currency: str,
) -> Standing:
    value = indicator_measure(measure.indicator, table, ordinal, currency)
    earlier = _earlier(measure.indicator.figures(table), table, ordinal)
    known = int(np.count_nonzero(~np.isnan(earlier)))
    median = float(np.nanmedian(earlier)) if known >= LEAST_KNOWN else None
    floor, tolerance, why = agreed(measure, Quarter.from_ordinal(ordinal), floors)
    held = _held(measure, value.value, median, floor, tolerance)
    return Standing(measure, value, median, known, tolerance, floor, held, why)


def _earlier(figures: Figures, table: pd.DataFrame, ordinal: int) -> Figures:
    """The values of the eight quarters before one."""
    place = ordinal - int(table.index[0]) if len(table) else 0
    return figures[max(place - LOOKED_BACK, 0) : max(place, 0)]


def _held(
    measure: SocialMeasure,
    value: float | None,
    median: float | None,
    floor: float | None,
    tolerance: float,
) -> Held:
    if value is None:
        return Held.NOT_REPORTED
    if floor is not None and breaks_floor(measure.direction, value, floor):
        return Held.FLOOR_BROKEN
    if median is None:
        return Held.TOO_SHORT
    beyond = worsening(measure.direction, value, median) - _allowance(measure, tolerance, median)
    return Held.FELL if beyond > _ROUNDING * max(1.0, abs(median)) else Held.HELD


def _allowance(measure: SocialMeasure, tolerance: float, median: float) -> float:
    return tolerance if measure.in_points else tolerance * abs(median)
