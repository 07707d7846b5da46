"""Slopes of short series that one odd quarter cannot bend (docs/metrics.md#trend)."""

from __future__ import annotations

import numpy as np

from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.table import Figures

SLOPE_OVER = 8
"""Quarters a trailing slope looks at: the two years of the "8-quarter slope"."""


def theil_sen(values: Figures) -> float:
    """Slope of a series: what it gains from one quarter to the next, at the median.

    Formula: median of (y_j - y_i) / (j - i) over every pair of known quarters i < j

    Args:
        values: A figure a quarter in a row [any unit]; NaN where one is unknown, which
            leaves out its pairs and keeps the distance of the others.

    Returns:
        [unit of the values a quarter]; NaN under two known figures.

    Source:
        docs/metrics.md#trend (Theil 1950; Sen 1968)

    Example:
        >>> theil_sen(np.array([0.5, 0.6, 0.7, 9.0, 0.9])).__round__(9)
        0.1
        >>> theil_sen(np.array([0.5, np.nan, 0.7])).__round__(9)
        0.1
        >>> theil_sen(np.array([0.5, np.nan]))
        nan
    """
    places = np.flatnonzero(~np.isnan(values))
    if len(places) < 2:
        return float("nan")
    first, second = np.triu_indices(len(places), k=1)
    rise = values[places[second]] - values[places[first]]
    return float(np.median(rise / (places[second] - places[first])))


def trailing_slope(values: Figures, quarters: int = SLOPE_OVER) -> Figures:
    """The slope over the quarters that end with each quarter.

    Formula: theil_sen of the last ``quarters`` figures

    Args:
        values: A figure a quarter in a row [any unit]; NaN where one is unknown.
        quarters: How many figures each slope looks at [quarters, >= 2].

    Returns:
        [unit of the values a quarter], one for each quarter; NaN before there are that
        many quarters, where the quarter itself is unknown, and where fewer than half of
        the figures are known.

    Source:
        docs/metrics.md#trend

    Example:
        >>> trailing_slope(np.array([1.0, 2.0, 3.0, 5.0]), quarters=3).tolist()
        [nan, nan, 1.0, 1.5]
    """
    slopes = np.full(len(values), np.nan)
    if len(values) < quarters:
        return slopes
    starts = np.arange(len(values) - quarters + 1)[:, np.newaxis]
    windows = values[starts + np.arange(quarters)]
    known = np.count_nonzero(~np.isnan(windows), axis=1)
    full = known == quarters
    first, second = np.triu_indices(quarters, k=1)
    rises = windows[full][:, second] - windows[full][:, first]
    slopes[quarters - 1 :][full] = middle(rises / (second - first))
    enough = (known >= max(2, quarters / 2)) & ~np.isnan(windows[:, -1])
    for place in np.flatnonzero(enough & ~full).tolist():
        slopes[quarters - 1 + place] = theil_sen(windows[place])
    return slopes


def projected(value: float, slope: float, quarters: int) -> float:
    """Where a figure stands after some quarters if it goes on along its slope.

    Formula: value + slope * quarters

    Args:
        value: The figure today [any unit].
        slope: What it gains a quarter [the same unit a quarter].
        quarters: How many lie ahead [quarters]; 0 or less is today.

    Returns:
        [unit of the value]; NaN where value or slope is unknown.

    Source:
        docs/metrics.md#trend

    Example:
        >>> round(projected(0.88, 0.02, 4), 2)
        0.96
    """
    return value + slope * max(quarters, 0)
