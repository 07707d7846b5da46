"""Scores of forecasts against what came true (docs/metrics.md#back-test).

Points: symmetric MAPE and MASE. Whole distributions: CRPS, band coverage. Events: Brier
score, its skill and a reliability table. Functions of arrays, without any partner in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smartfin.measure import Measure, Reason, Unit, undefined

Values = NDArray[np.float64]


def symmetric_mape(actual: ArrayLike, forecast: ArrayLike) -> float:
    """Symmetric mean absolute percentage error, as the M3 competition defines it.

    Formula: mean of 200 x |x - f| / (x + f)

    Args:
        actual: What came true, x [any unit, > 0].
        forecast: What was forecast, f [same unit, > 0].

    Returns:
        [percent, 0 to 200]; NaN of no values, or where x + f is nil or less.

    Source:
        Makridakis & Hibon 2000, The M3-Competition, Int. J. of Forecasting 16.

    Example:
        >>> symmetric_mape([100, 100], [50, 300])
        83.33333333333334
    """
    happened, said = _floats(actual), _floats(forecast)
    together = happened + said
    if not together.size or not (together > 0).all():
        return float("nan")
    return float(np.mean(200 * np.abs(happened - said) / together))


def mase(history: ArrayLike, actual: ArrayLike, forecast: ArrayLike, season: int = 4) -> float:
    """Mean absolute error, scaled by that of "as a year before" within the history.

    Formula: mean |x - f| / mean |h(t) - h(t - season)|

    Args:
        history: Known when the forecast was made, oldest first; NaN unknown.
        actual: What came true, x [same unit].
        forecast: What was forecast, f [same unit].
        season: Periods a year.

    Returns:
        [multiple, >= 0], under 1 better than that; NaN where the history has no two values
        a season apart, or none that differ.

    Source:
        Hyndman & Koehler 2006, Int. J. of Forecasting 22.

    Example:
        >>> mase([10, 20, 30, 40, 12, 22, 32, 42], [15], [14])
        0.5
    """
    scale = seasonal_step(history, season)
    error = np.abs(_floats(actual) - _floats(forecast))
    if not error.size or not scale > 0:
        return float("nan")
    return float(np.mean(error)) / scale


def seasonal_step(history: ArrayLike, season: int = 4) -> float:
    """Mean distance from the value a season before, within a history; NaN without any.

    Example:
        >>> seasonal_step([10, 20, 30, 40, 12, 22, 32, 42])
        2.0
    """
    known = _floats(history)
    steps = np.abs(known[season:] - known[:-season])
    steps = steps[~np.isnan(steps)]
    return float(np.mean(steps)) if steps.size else float("nan")


def crps(samples: ArrayLike, actual: ArrayLike) -> Values:
    """Continuous ranked probability score of a sample: distance from what came true.

    Formula: mean |x - y| - 1/2 mean |x - x'|

    Both means are exact: the second over all pairs of the sample, by sorting. Of a sample
    of one it is the absolute error, so points and distributions compare.

    Args:
        samples: Simulated values x, the sample on the last axis [any unit].
        actual: What came true, y; shape of ``samples`` without the last axis.

    Returns:
        [same unit, >= 0], shape of ``actual``; less is better.

    Source:
        Gneiting & Raftery 2007, Strictly Proper Scoring Rules, JASA 102.

    Example:
        >>> float(crps([1, 3], 2))
        0.5
    """
    drawn = np.sort(_floats(samples), axis=-1)
    count = drawn.shape[-1]
    away = np.abs(drawn - _floats(actual)[..., None]).mean(axis=-1)
    # Sum of |x - x'| over all pairs of a sorted sample: each value's rank weighs it.
    weights = 2.0 * np.arange(count) - (count - 1)
    spread = (drawn * weights).sum(axis=-1) / count**2
    return np.asarray(np.maximum(away - spread, 0.0))


def brier(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """Brier score: mean squared distance of a probability from what came true.

    Formula: mean of (p - o)^2

    Args:
        probabilities: Forecast p [fraction].
        outcomes: Whether it came true, o [1 or 0].

    Returns:
        [fraction, 0 best, 1 worst]; NaN of no forecasts.

    Source:
        Brier 1950, Monthly Weather Review 78.

    Example:
        >>> brier([0.8, 0.3], [1, 0])
        0.065
    """
    squared = (_floats(probabilities) - _floats(outcomes)) ** 2
    return round(float(squared.mean()), 12) if squared.size else float("nan")


def brier_skill(probabilities: ArrayLike, outcomes: ArrayLike) -> Measure:
    """How much better than always saying the share of all cases that came true.

    Formula: 1 - Brier / (b x (1 - b)), b the share that came true

    Args:
        probabilities: Forecast p [fraction].
        outcomes: Whether it came true [1 or 0].

    Returns:
        [fraction, at most 1]; nil is no better than the base rate, below nil worse.
        Undefined of no forecasts, and where all cases ended alike: there the base rate
        makes no error to improve upon.

    Source:
        Murphy 1973, J. of Applied Meteorology 12; docs/metrics.md#back-test

    Example:
        >>> round(brier_skill([0.8, 0.3], [1, 0]).value, 2)
        0.74
    """
    happened = _floats(outcomes)
    if not happened.size:
        return undefined(Unit.FRACTION, Reason.NOTHING_KNOWN)
    base = float(happened.mean())
    if base in (0.0, 1.0):
        return undefined(Unit.FRACTION, Reason.ALL_ENDED_ALIKE)
    return Measure(1 - brier(probabilities, outcomes) / (base * (1 - base)), Unit.FRACTION)


def band_coverage(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike) -> float:
    """Share of what came true that lies within its band, borders included.

    Args:
        lower: Lower borders [any unit].
        upper: Upper borders.
        actual: What came true.

    Returns:
        [fraction]; NaN of no bands.

    Source:
        docs/metrics.md#back-test

    Example:
        >>> band_coverage([0, 0, 0, 0], [1, 1, 1, 1], [0.5, 1, 2, 0])
        0.75
    """
    happened = _floats(actual)
    inside = (_floats(lower) <= happened) & (happened <= _floats(upper))
    return float(inside.mean()) if inside.size else float("nan")


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """What came true of the forecasts in one range of probability.

    Args:
        low: Lower border of the range [fraction].
        high: Upper border.
        count: Forecasts in it.
        forecast: Their mean [fraction]; None of none.
        happened: Share that came true [fraction]; None of none.
    """

    low: float
    high: float
    count: int
    forecast: float | None
    happened: float | None


def reliability(
    probabilities: ArrayLike, outcomes: ArrayLike, edges: Sequence[float]
) -> tuple[ReliabilityRow, ...]:
    """Forecasts in ranges of probability: what was said beside what came true.

    Args:
        probabilities: Forecast [fraction].
        outcomes: Whether it came true [1 or 0].
        edges: Borders of the ranges, ascending. A forecast on a border belongs to the
            range above it, one on the last border to the last range.

    Source:
        Murphy & Winkler 1977, Applied Statistics 26; docs/metrics.md#back-test

    Example:
        >>> rows = reliability([0.25, 0.25, 0.75], [0, 1, 1], (0, 0.5, 1))
        >>> [(row.count, row.forecast, row.happened) for row in rows]
        [(2, 0.25, 0.5), (1, 0.75, 1.0)]
    """
    said, happened = _floats(probabilities), _floats(outcomes)
    place = np.clip(np.searchsorted(edges, said, side="right") - 1, 0, len(edges) - 2)
    return tuple(
        _reliability_row(low, high, said[place == index], happened[place == index])
        for index, (low, high) in enumerate(pairwise(edges))
    )


def _reliability_row(low: float, high: float, said: Values, happened: Values) -> ReliabilityRow:
    if not said.size:
        return ReliabilityRow(low, high, 0, None, None)
    return ReliabilityRow(low, high, len(said), float(said.mean()), float(happened.mean()))


def _floats(values: ArrayLike) -> Values:
    return np.asarray(values, dtype=np.float64)
