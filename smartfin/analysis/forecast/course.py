"""The one form all models have: a level, a slope and a lasting drift, and what they learn.

    said(t) = level + drift + phi x slope         what was expected of a quarter
    level   = said + alpha x error                what its surprise teaches the level
    slope   = phi x slope + beta x error          and the slope, which fades

This is the innovations form of exponential smoothing (Hyndman and others, 2008). Models
differ in alpha, beta and phi, and in how level, slope and drift are found. Because all of
it is linear in the starting level, the starting slope and the drift, one pass over the
history for every alpha, beta and phi of a grid is enough to find these by least squares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.table import Figures

LEVEL, SLOPE, DRIFT = 0, 1, 2  # the unknowns, in the order of the last columns of a pass


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """What is tried: a triple a place.

    Args:
        alpha: What a surprise moves the level by [fraction, above 0 and under 1].
        beta: What it moves the slope by [fraction].
        phi: What is left of the slope a quarter later [fraction].
    """

    alpha: Figures
    beta: Figures
    phi: Figures

    def __len__(self) -> int:
        """Number of triples."""
        return len(self.alpha)


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """A history gone through once for each triple of a grid, from nothing known.

    The last axis but one has the series and then ``LEVEL``, ``SLOPE``, ``DRIFT``: what one
    unit more of each adds.

    Args:
        errors: Surprises of the known quarters, shape (known, series + 3, grid).
        spread: Their standard deviation against that of a quarter without a gap before
            it [1 or more], shape (known, grid).
        level: Level after the last quarter, shape (series + 3, grid).
        slope: Slope after it.
    """

    errors: Figures
    spread: Figures
    level: Figures
    slope: Figures

    def part(self, places: slice) -> Passed:
        """The same for some triples of the grid."""
        return Passed(
            self.errors[..., places],
            self.spread[:, places],
            self.level[:, places],
            self.slope[:, places],
        )


def pass_over(history: Figures, grid: Grid) -> Passed:
    """Go through a history for every triple of a grid.

    A quarter not known is an intervention, in mean and in variance: nothing is learned
    from it, and the first one after a gap is allowed to be as much further off, and teaches
    the level as much more, as a level that kept wandering unseen asks for (the Kalman
    filter of a local level with the same alpha).

    Args:
        history: Shape (quarters, series); a row is known as a whole or NaN, the first is
            known.
        grid: Triples.
    """
    known = ~np.isnan(history[:, 0])
    columns = history.shape[1] + 3
    level = np.zeros((columns, len(grid)))
    slope = np.zeros((columns, len(grid)))
    level[LEVEL - 3], slope[SLOPE - 3] = 1.0, 1.0
    errors = np.empty((int(known.sum()), columns, len(grid)))
    spread = np.ones((len(errors), len(grid)))
    gap, row = 0, 0
    for quarter, there in enumerate(known.tolist()):
        slope *= grid.phi
        level += slope
        level[DRIFT - 3] += 1.0
        if not there:
            gap += 1
            continue
        error = errors[row]
        np.negative(level, out=error)
        error[:-3] += history[quarter, :, np.newaxis]
        teaches, spread[row] = _after_gap(grid.alpha, gap)
        level += teaches * error
        slope += grid.beta / grid.alpha * teaches * error
        gap, row = 0, row + 1
    return Passed(errors, spread, level, slope)


def _after_gap(alpha: Figures, gap: int) -> tuple[Figures, Figures | float]:
    """What a surprise teaches the level after a gap, and how far off it may be."""
    if gap == 0:
        return alpha, 1.0
    doubt = alpha / (1 - alpha)  # variance of the level, in units of that of the noise
    wider = doubt + gap * alpha * doubt  # every unseen quarter adds as much again
    return wider / (wider + 1), np.sqrt((wider + 1) / (doubt + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Where one model stands after the last quarter, for every triple it tries.

    Args:
        grid: The triples.
        level: Level, shape (series, grid).
        slope: Fading slope.
        drift: Lasting change a quarter.
        odds: How well each triple explains the history [sum 1 for each series].
        residuals: Surprises in the known quarters by the odds, about nil, each in the
            measure of a quarter without a gap before it, shape (known, series).
    """

    grid: Grid
    level: Figures
    slope: Figures
    drift: Figures
    odds: Figures
    residuals: Figures

    def ahead(self, horizon: int) -> Figures:
        """What is expected of the next quarters, shape (horizon, series)."""
        steps = np.arange(1, horizon + 1)[:, np.newaxis]
        faded = np.cumsum(self.grid.phi**steps, axis=0)[:, np.newaxis]
        drifted = drift_ahead(horizon)[:, np.newaxis, np.newaxis]
        futures = self.level + self.slope * faded + self.drift * drifted
        expected: Figures = (self.odds * futures).sum(axis=2)
        return expected


# No growth goes on for ever: each further quarter brings this share of the one before,
# which is 0.7 of a year's growth in the year after.
LASTING = 0.915


def drift_ahead(horizon: int) -> Figures:
    """The sum of a fading drift of one over the next quarters, shape (horizon,)."""
    return np.cumsum(LASTING ** np.arange(horizon))


def settled(
    passed: Passed,
    grid: Grid,
    unknowns: tuple[int, ...],
    drift: Figures | None = None,
    sharpness: float = 1.0,
) -> Course:
    """The course of a model by least squares on what a pass has found.

    Args:
        passed: The pass over the history with this grid.
        grid: The triples.
        unknowns: Which of ``LEVEL``, ``SLOPE``, ``DRIFT`` to find.
        drift: Drift given instead [a quarter], shape (series,).
        sharpness: Power the likelihood is taken to before the triples are averaged.
    """
    series = passed.level.shape[0] - 3
    given = np.zeros((series, 3))
    given[:, DRIFT] = 0.0 if drift is None else drift
    errors = passed.errors / passed.spread[:, np.newaxis]
    columns = errors[:, [series + place for place in unknowns]]
    errors = (
        errors[:, :series] + given[:, DRIFT, np.newaxis] * errors[:, series + DRIFT, np.newaxis]
    )
    found = _least_squares(columns, errors)
    for place in range(len(unknowns)):
        errors += columns[:, place, np.newaxis] * found[:, place]
    drifts = np.repeat(given[:, DRIFT, np.newaxis], len(grid), axis=1)
    if DRIFT in unknowns:
        drifts = drifts + found[:, unknowns.index(DRIFT)]
    odds = _odds(errors, len(unknowns) + 2, sharpness)
    residuals = (errors * odds).sum(axis=2)
    places = [series + place for place in unknowns]
    return Course(
        grid=grid,
        level=_ended(passed.level, given, places, found),
        slope=_ended(passed.slope, given, places, found),
        drift=drifts,
        odds=odds,
        residuals=residuals - residuals.mean(axis=0),
    )


def _ended(end: Figures, given: Figures, places: list[int], found: Figures) -> Figures:
    """Level or slope after the last quarter, with what was given and found."""
    ended: Figures = end[:-3] + given @ end[-3:] + (end[places] * found).sum(axis=1)
    return ended


def _least_squares(columns: Figures, errors: Figures) -> Figures:
    """What of each column makes the squared errors least, shape (series, unknowns, grid)."""
    by_triple = columns.transpose(2, 1, 0)
    squares = by_triple @ by_triple.transpose(0, 2, 1)
    squares += 1e-9 * np.eye(columns.shape[1])  # a column of nothing stays at nothing
    found = np.linalg.solve(squares, -by_triple @ errors.transpose(2, 0, 1))
    return np.asarray(found.transpose(2, 1, 0), dtype=np.float64)


def _odds(errors: Figures, used: int, sharpness: float) -> Figures:
    """How well each triple explains a series, the scale of the errors being unknown."""
    squared: Figures = np.square(errors).sum(axis=0)
    least = squared.min(axis=1, keepdims=True)
    ratio: Figures = np.divide(squared, least, out=np.ones_like(squared), where=least > 0)
    odds: Figures = ratio ** (-sharpness * max(len(errors) - used, 1) / 2)
    shares: Figures = odds / odds.sum(axis=1, keepdims=True)
    return shares
