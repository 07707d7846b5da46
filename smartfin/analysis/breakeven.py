"""The break-even formulas, as pure functions of figures (docs/metrics.md#partition).

Each takes numbers or arrays of one shape and returns an array of that shape, NaN where
the quantity has no value; who shows it says why (``indicator.indicator_measure``).
Amounts are sums of four quarters, recurring items only, in local currency.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from smartfin.analysis.table import Figures, quotient


def take_rate(fee_income: ArrayLike, volume: ArrayLike) -> Figures:
    """Effective take rate f: what the co-operative keeps of each unit invoiced.

    Formula: f = fee income / V

    Args:
        fee_income: Fee revenue and employment margin [currency, >= 0].
        volume: Invoiced volume V [currency, >= 0].

    Returns:
        [fraction]; NaN without volume.

    Source:
        docs/metrics.md#take_rate

    Example:
        >>> float(take_rate(90, 1000))
        0.09
    """
    return quotient(fee_income, volume)


def variable_rate(variable_costs: ArrayLike, volume: ArrayLike) -> Figures:
    """Variable-cost rate v: costs that come with each unit invoiced.

    Formula: v = variable costs / V

    Args:
        variable_costs: Bad debts, guarantee fund, insurance [currency, >= 0].
        volume: Invoiced volume V [currency, >= 0].

    Returns:
        [fraction]; NaN without volume.

    Source:
        docs/metrics.md#variable_rate

    Example:
        >>> float(variable_rate(10, 1000))
        0.01
    """
    return quotient(variable_costs, volume)


def breakeven_volume(
    fixed: ArrayLike, other_income: ArrayLike, take: ArrayLike, variable: ArrayLike
) -> Figures:
    """Break-even volume V*: the invoiced volume at which the result is nil.

    Formula: V* = (F - O) / (f - v)

    Args:
        fixed: Fixed costs F [currency a year, >= 0].
        other_income: Other income O [currency a year].
        take: Effective take rate f [fraction].
        variable: Variable-cost rate v [fraction].

    Returns:
        [currency a year]; NaN where f <= v (no volume is enough at this fee) and where
        F <= O (covered at any volume).

    Source:
        docs/metrics.md#breakeven_volume

    Example:
        >>> float(breakeven_volume(fixed=90, other_income=10, take=0.09, variable=0.01))
        1000.0
        >>> float(breakeven_volume(fixed=90, other_income=10, take=0.01, variable=0.01))
        nan
    """
    needed = np.subtract(fixed, other_income, dtype=np.float64)
    margin = np.subtract(take, variable, dtype=np.float64)
    possible = (margin > 0) & (needed > 0)
    return np.divide(needed, margin, out=np.full(np.shape(possible), np.nan), where=possible)


def breakeven_fee(
    fixed: ArrayLike, other_income: ArrayLike, variable: ArrayLike, volume: ArrayLike
) -> Figures:
    """Break-even fee f*: the take rate at which today's volume is enough.

    Formula: f* = v + (F - O) / V

    Args:
        fixed: Fixed costs F [currency a year, >= 0].
        other_income: Other income O [currency a year].
        variable: Variable-cost rate v [fraction].
        volume: Invoiced volume V [currency a year, >= 0].

    Returns:
        [fraction]; NaN without volume. Assumes that volume does not react to the fee.
        Below nil where other income alone covers all costs.

    Source:
        docs/metrics.md#breakeven_fee

    Example:
        >>> float(breakeven_fee(fixed=90, other_income=10, variable=0.01, volume=800))
        0.11
    """
    needed = np.subtract(fixed, other_income, dtype=np.float64)
    return np.asarray(variable, dtype=np.float64) + quotient(needed, volume)


def volume_reached(volume: ArrayLike, breakeven: ArrayLike) -> Figures:
    """Volume reached: how far the volume is on its way to break-even.

    Formula: V / V*

    Args:
        volume: Invoiced volume V [currency a year].
        breakeven: Break-even volume V* [currency a year].

    Returns:
        [fraction], 1 is break-even; NaN where V* has no value.

    Source:
        docs/metrics.md#volume_reached

    Example:
        >>> float(volume_reached(800, 1000))
        0.8
    """
    return quotient(volume, breakeven)


def margin_of_safety(volume: ArrayLike, breakeven: ArrayLike) -> Figures:
    """Margin of safety: the share of volume that may be lost before a loss begins.

    Formula: (V - V*) / V

    Args:
        volume: Invoiced volume V [currency a year].
        breakeven: Break-even volume V* [currency a year].

    Returns:
        [fraction], negative below break-even; NaN where V* has no value or V is nil.

    Source:
        docs/metrics.md#margin_of_safety

    Example:
        >>> float(margin_of_safety(1000, 800))
        0.2
    """
    return quotient(np.subtract(volume, breakeven, dtype=np.float64), volume)


def contribution_margin_ratio(take: ArrayLike, variable: ArrayLike) -> Figures:
    """Contribution margin ratio: what is left of each unit of fee for the structure.

    Formula: (f - v) / f

    Args:
        take: Effective take rate f [fraction].
        variable: Variable-cost rate v [fraction].

    Returns:
        [fraction]; NaN without fee.

    Source:
        docs/metrics.md#contribution_margin_ratio

    Example:
        >>> round(float(contribution_margin_ratio(0.09, 0.01)), 4)
        0.8889
    """
    return quotient(np.subtract(take, variable, dtype=np.float64), take)


def operating_leverage(contribution: ArrayLike, result: ArrayLike) -> Figures:
    """Operating leverage: by how many per cent the result moves with 1 % of volume.

    Formula: (fV - vV) / result

    Args:
        contribution: Fee income less variable costs [currency a year].
        result: Result at the chosen level [currency a year].

    Returns:
        [multiple]; NaN where the result is nil or negative.

    Source:
        docs/metrics.md#operating_leverage

    Example:
        >>> float(operating_leverage(80, 20))
        4.0
    """
    return quotient(contribution, result)
