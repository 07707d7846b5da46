"""Whether the past agrees with how costs are split into variable and fixed (docs/metrics.md#split).

The split used everywhere is that of the line items. The past gives a second opinion: volume
swings with the seasons while the team stays, so what costs do from one quarter to the next
tells what really moves with volume. Both are shown; the second never replaces the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.forecast.drift import COVID
from smartfin.analysis.partition import OWN_COSTS, VARIABLE
from smartfin.analysis.table import Figures, line, total

LEAST_CHANGES = 8  # two years of quarters; with fewer a range says nothing
_NINETY = 1.645  # standard normal deviate of a range that holds nine times out of ten


class Judgement(StrEnum):
    """What the past says about the split of the line items."""

    AGREES = "agrees"
    MORE_VARIABLE = "more-variable"  # more of the costs moves with volume than the items say
    LESS_VARIABLE = "less-variable"
    TOO_FEW = "too-few"  # quarters to say anything


@dataclass(frozen=True, slots=True)
class SplitCheck:
    """The split of the line items beside the one that the past suggests.

    Args:
        changes: How many quarter-to-quarter changes were looked at.
        from_items: Variable costs over volume in the quarters looked at [fraction]; None
            without any.
        suggested: Costs that came with each unit of volume, by the past [fraction]; None
            with too few changes.
        low: Lower end of its 90 % range [fraction]; None with too few changes.
        high: Upper end [fraction]; None with too few changes.
        judgement: Whether the rate of the items lies in the range.
    """

    changes: int
    from_items: float | None
    suggested: float | None
    low: float | None
    high: float | None
    judgement: Judgement


def split_check(table: pd.DataFrame, ordinal: int) -> SplitCheck:
    """The split of the line items beside the one that the own history suggests.

    Formula: Theil-Sen slope of the changes of own costs on the changes of volume, from one
    quarter to the next; range by Kendall's statistic (Sen 1968)

    Changes, not levels: costs and volume both grow with the years, and two rising series
    look related whatever the seasons do. Quarters of Covid and gaps are left out with the
    changes into and out of them.

    Args:
        table: As made by ``partner_table`` [currency, costs >= 0].
        ordinal: Last quarter looked at.

    Returns:
        ``TOO_FEW`` without rates under eight changes, or where volume never changed.

    Source:
        docs/metrics.md#split
    """
    known = table.loc[table.index <= ordinal]
    volume, costs = line(known, "invoiced_volume"), total(known, OWN_COSTS)
    calm = ~np.isin(known.index.to_numpy(), np.asarray(COVID))
    usable = calm & ~np.isnan(volume) & ~np.isnan(costs)
    both = usable[1:] & usable[:-1]
    rate = _rate_of_items(known, both)
    moved = (np.diff(volume)[both], np.diff(costs)[both])
    count = int(np.count_nonzero(both))
    if count < LEAST_CHANGES or rate is None:
        return SplitCheck(count, rate, None, None, None, Judgement.TOO_FEW)
    fitted = slope_with_range(*moved)
    if fitted is None:
        return SplitCheck(count, rate, None, None, None, Judgement.TOO_FEW)
    suggested, low, high = fitted
    return SplitCheck(count, rate, suggested, low, high, _judged(rate, low, high))


def slope_with_range(across: Figures, up: Figures) -> tuple[float, float, float] | None:
    """Theil-Sen slope of one series on another, with its 90 % range.

    Formula: median of (y_j - y_i) / (x_j - x_i) over every pair; the range between the two
    of these slopes that are 1.645 * sqrt(n (n - 1) (2n + 5) / 18) apart in rank

    Args:
        across: x [any unit].
        up: y [any unit], as long.

    Returns:
        Slope, lower and upper end [unit of y per unit of x]; None where all x are equal.

    Source:
        docs/metrics.md#split (Theil 1950; Sen 1968)

    Example:
        >>> slope_with_range(np.array([0.0, 10, 20, 30]), np.array([5.0, 6, 7, 8]))
        (0.1, 0.1, 0.1)
        >>> slope_with_range(np.array([0.0, 0]), np.array([5.0, 6])) is None
        True
    """
    first, second = np.triu_indices(len(across), k=1)
    run = across[second] - across[first]
    rise = up[second] - up[first]
    slopes = np.sort(rise[run != 0] / run[run != 0])
    if not len(slopes):
        return None
    n, pairs = len(across), len(slopes)
    apart = _NINETY * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = int(np.clip(np.floor((pairs - apart) / 2), 0, pairs - 1))
    high = int(np.clip(np.ceil((pairs + apart) / 2), 0, pairs - 1))
    return float(np.median(slopes)), float(slopes[low]), float(slopes[high])


def _rate_of_items(table: pd.DataFrame, both: NDArray[np.bool_]) -> float | None:
    """Variable costs over volume in the later quarter of each change."""
    volume = line(table, "invoiced_volume")[1:][both].sum()
    variable = total(table, VARIABLE)[1:][both].sum()
    return float(variable / volume) if volume > 0 else None


def _judged(rate: float, low: float, high: float) -> Judgement:
    if rate < low:
        return Judgement.MORE_VARIABLE
    return Judgement.LESS_VARIABLE if rate > high else Judgement.AGREES
