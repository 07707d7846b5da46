"""The seasonal naive: each quarter will be as the same quarter a year earlier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.baseline import SEASONAL_NAIVE
from smartfin.analysis.forecast.drift import LEAST_CHANGES, yearly_changes
from smartfin.analysis.table import Figures


@dataclass(frozen=True, slots=True, eq=False)
class SeasonalNaive:
    """The plainest forecast of several series that move together.

    Its middle is the same quarter a year earlier. Its errors are the yearly changes of the
    past, either way round, because it expects none; those of four quarters in a row stay
    together, and errors of several years add up. It shrinks nothing and knows no group.

    Args:
        base: The last four quarters, shape (4, series).
        changes: Past yearly changes, oldest first, shape (changes, series).

    Source:
        Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2;
        docs/metrics.md#back-test
    """

    base: Figures
    changes: Figures

    @property
    def codes(self) -> tuple[str, ...]:
        """Name of the model."""
        return (SEASONAL_NAIVE,)

    def fill(self, random: np.random.Generator, futures: Figures) -> None:
        """Put simulated futures into an array of shape (series, horizon, paths)."""
        series, horizon, paths = futures.shape
        years = -(-horizon // 4)
        starts = random.integers(len(self.changes), size=(years, 1, paths))
        rows = (starts + np.arange(4).reshape(1, 4, 1)) % len(self.changes)
        turned = random.choice((-1.0, 1.0), size=(years, 1, paths))
        for place in range(series):
            errors = self.changes[:, place].take(rows)
            errors *= turned
            drawn = errors.cumsum(axis=0)
            drawn += self.base[:, place, np.newaxis]
            futures[place] = drawn.reshape(-1, paths)[:horizon]


def seasonal_naive(history: Figures, first: int) -> SeasonalNaive | None:
    """The seasonal naive of a history.

    Args:
        history: Shape (quarters, series), NaN where unknown.
        first: Ordinal of the first row.

    Returns:
        None where the last four quarters are not all known or fewer than two yearly
        changes are.
    """
    base, found = history[-4:], yearly_changes(history, first)
    if len(base) < 4 or np.isnan(base).any() or len(found.years) < LEAST_CHANGES:
        return None
    # A change that spans several years, over Covid or a gap, is that of one year on average.
    return SeasonalNaive(base, found.changes / np.sqrt(found.years)[:, np.newaxis])
