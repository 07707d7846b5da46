"""What is known before a history speaks: growth shrunk towards that of the group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures

# Quarters of own history that weigh as much as the group: n / (n + QUARTERS_AS_GROUP).
QUARTERS_AS_GROUP = 8


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """The growth to shrink to, and how far.

    Args:
        growth: Pooled change a quarter, nil without a pool, shape (series,).
        weight: Of the own growth, n / (n + k); nil for a series that does not grow.
    """

    growth: Figures
    weight: Figures

    def shrunk(self, own: Figures) -> Figures:
        """Own growth, shrunk."""
        shrunk: Figures = self.growth + self.weight * (own - self.growth)
        return shrunk


def own_weight(quarters: int) -> float:
    """The weight of own history, n / (n + k).

    Example:
        >>> own_weight(8), own_weight(24)
        (0.5, 0.75)
    """
    return quarters / (quarters + QUARTERS_AS_GROUP)


def known_rows(history: Figures) -> NDArray[np.bool_]:
    """Quarters in which every series is known."""
    return np.asarray(~np.isnan(history).any(axis=1))


def line_slope(history: Figures) -> Figures:
    """Change a quarter of the straight line through the known quarters, shape (series,).

    Example:
        >>> line_slope(np.array([[1.0], [np.nan], [5.0], [7.0]])).round(9).tolist()
        [2.0]
    """
    known = np.flatnonzero(~np.isnan(history[:, 0]))
    time = known - known.mean()
    slope: Figures = time @ history[known] / (time @ time)
    return slope


def mean_change(history: Figures) -> Figures:
    """Mean change a quarter from the first to the last known quarter, shape (series,)."""
    known = np.flatnonzero(~np.isnan(history[:, 0]))
    change: Figures = (history[known[-1]] - history[known[0]]) / (known[-1] - known[0])
    return change
