"""Seasonal drift: each quarter is the same quarter a year earlier plus a yearly change.

The plain forecasting model of the first outlook. What it needs of a series is how much
it changes from year to year, and how unevenly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures
from smartfin.quarter import Quarter

# Five quarters in which neither volume nor its changes say anything about the course.
COVID = range(Quarter(2020, 2).ordinal, Quarter(2021, 2).ordinal + 1)


def in_covid(first: int, quarters: int) -> NDArray[np.bool_]:
    """Which of some quarters in a row are those of ``COVID``."""
    ordinals = first + np.arange(quarters)
    return (ordinals >= COVID[0]) & (ordinals <= COVID[-1])


# Three years of yearly changes: older growth is that of a launch, not of the present.
WINDOW = 12
LEAST_CHANGES = 2  # one alone has nothing to deviate from
HALF_LIFE = 4  # quarters; a change counts half as much as one that is a year younger

# A drift does not go on for ever: each further year brings this share of the year before
# (about 0.9 a quarter, as damped trends usually have).
DAMPING = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class SeasonalDrift:
    """The model of several series that move together.

    Args:
        base: The last four quarters, shape (4, series).
        drift: Change a year, shape (series,).
        residuals: What single yearly changes were above or below the drift, oldest first,
            shape (changes, series). A row is one quarter, so series stay together.
    """

    base: Figures
    drift: Figures
    residuals: Figures

    def paths(self, random: np.random.Generator, paths: int, horizon: int) -> Figures:
        """Simulated futures.

        Every path has a drift of its own, off by one drawn residual, because the drift is
        only estimated: that much doubt makes the bands as wide as they should be on public
        quarterly series. Its residuals come in runs of four quarters on average (the
        stationary bootstrap of Politis and Romano, 1994), because neighbouring yearly
        changes resemble each other.

        Returns:
            Shape (series, horizon, paths).
        """
        years = -(-horizon // 4)
        rows = _runs(random, len(self.residuals), (4 * years, paths))
        doubt = self.residuals[random.integers(len(self.residuals), size=paths)]
        futures = np.empty((len(self.drift), years, 4, paths))
        for place, drift in enumerate(self.drift):
            surprise = np.take(self.residuals[:, place], rows).reshape(years, 4, paths)
            before = np.repeat(self.base[:, place, np.newaxis], paths, axis=1)
            for year in range(years):
                change = DAMPING**year * (drift + doubt[:, place])
                before = futures[place, year] = before + surprise[year] + change
        return futures.reshape(len(self.drift), -1, paths)[:, :horizon]


def _runs(random: np.random.Generator, count: int, shape: tuple[int, int]) -> NDArray[np.intp]:
    """Row numbers below ``count`` that run on by one, with a new start every fourth time."""
    rows = random.integers(count, size=shape, dtype=np.intp)
    goes_on = random.integers(4, size=shape, dtype=np.uint8) > 0
    for step in range(1, shape[0]):
        following = rows[step - 1] + 1
        following[following == count] = 0
        np.copyto(rows[step], following, where=goes_on[step])
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class YearlyChanges:
    """Changes between same quarters of different years, oldest first.

    Args:
        ages: Quarters since each change ended, shape (changes,).
        years: Years it spans, shape (changes,).
        changes: Its size over all these years, shape (changes, series).
    """

    ages: NDArray[np.intp]
    years: NDArray[np.intp]
    changes: Figures


def yearly_changes(history: Figures, first: int) -> YearlyChanges:
    """Changes against the nearest calm same quarter of an earlier year, ``WINDOW`` at most.

    A quarter is calm when all its series are known and it is not in ``COVID``. Over
    a gap or over Covid the change spans several years.

    Args:
        history: Shape (quarters, series), NaN where unknown.
        first: Ordinal of the first row.
    """
    calm = ~np.isnan(history).any(axis=1)
    calm &= ~in_covid(first, len(history))
    pairs = []
    for later in np.flatnonzero(calm).tolist():
        earlier = (place for place in range(later - 4, -1, -4) if calm[place])
        nearest = next(earlier, None)
        if nearest is not None:
            pairs.append((nearest, later))
    starts, ends = np.array(pairs[-WINDOW:], dtype=np.intp).reshape(-1, 2).T
    return YearlyChanges(
        ages=len(history) - 1 - ends,
        years=(ends - starts) // 4,
        changes=history[ends] - history[starts],
    )


def seasonal_drift(history: Figures, first: int) -> SeasonalDrift:
    """The model fitted to a history that ends with four known quarters.

    Formula: a yearly change is a change / the years it spans; drift = their mean, each
    weighed 1/2 ^ (its age in quarters / ``HALF_LIFE``);
    residual = (change - years x plain mean) / sqrt(years), about nil and widened by
    sqrt(n / (n - 1)) for the mean that was taken out

    Args:
        history: Shape (quarters, series), NaN where unknown; at least ``LEAST_CHANGES`` changes.
        first: Ordinal of the first row.
    """
    found = yearly_changes(history, first)
    years = found.years[:, np.newaxis]
    yearly = found.changes / years
    residuals = (yearly - yearly.mean(axis=0)) * np.sqrt(years)
    residuals -= residuals.mean(axis=0)
    count = len(residuals)
    return SeasonalDrift(
        base=history[-4:],
        drift=np.average(yearly, axis=0, weights=0.5 ** (found.ages / HALF_LIFE)),
        residuals=residuals * np.sqrt(count / (count - 1)),
    )
