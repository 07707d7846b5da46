"""Whether a partner moves towards break-even or away from it (docs/metrics.md#direction)."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF, find_indicator
from smartfin.analysis.indicators.indicator import indicator_measure
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.settings import Level

FLAT_WITHIN = 0.01  # one point of coverage, either way


class Direction(StrEnum):
    """Where coverage went within a year."""

    RISING = "rising"
    FLAT = "flat"
    FALLING = "falling"
    UNKNOWN = "unknown"


def coverage_direction(
    table: pd.DataFrame, ordinal: int, level: Level = Level.OSS
) -> tuple[Direction, Measure]:
    """Change of the four-quarter ratio at a level against four quarters earlier.

    Formula: ratio(t) - ratio(t - 4); flat within 1 point either way

    Args:
        table: As made by ``partner_table``.
        ordinal: The quarter t.
        level: Whose ratio; that of coverage unless said.

    Returns:
        The direction and the change [fraction]; ``UNKNOWN`` with the reason when either
        ratio has no value.

    Source:
        docs/metrics.md#direction
    """
    known = ordinal - int(table.index[0]) + 1 if len(table) else 0
    if 0 < known < 8:
        too_short = undefined(Unit.FRACTION, Reason.HISTORY_TOO_SHORT, quarters=known, needed=8)
        return Direction.UNKNOWN, too_short
    coverage = find_indicator(RATIO_OF[level])
    now = indicator_measure(coverage, table, ordinal, "")
    before = indicator_measure(coverage, table, ordinal - 4, "")
    if now.value is None or before.value is None:
        return Direction.UNKNOWN, now if now.value is None else before
    change = now.value - before.value
    return direction_of(change), Measure(change, Unit.FRACTION)


def direction_of(change: float) -> Direction:
    """Direction of a change of coverage [fraction].

    Example:
        >>> [direction_of(change).value for change in (0.02, 0.95 - 0.94, -0.02)]
        ['rising', 'flat', 'falling']
    """
    points = round(change, 9)  # 0.95 - 0.94 is one point, whatever binary fractions say
    if abs(points) <= FLAT_WITHIN:
        return Direction.FLAT
    return Direction.RISING if points > 0 else Direction.FALLING
