"""Forecasts of one partner from each earlier quarter, beside what came true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.forecast.drift import COVID
from smartfin.analysis.forecast.futures import Futures, four_quarters
from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.forecast.outlook import FAN, printed_probability
from smartfin.analysis.forecast.scores import crps, seasonal_step
from smartfin.analysis.partition import Statement, over_a_year, surplus
from smartfin.analysis.table import Figures, quotient


class Model(StrEnum):
    """What made a forecast."""

    MIX = "mix"  # the outlook as it is shown
    NAIVE = "naive"  # as a year before


class Era(StrEnum):
    """When a forecast was made and came due, against the Covid quarters."""

    BEFORE = "before"  # both before them
    OVERTAKEN = "overtaken"  # made before them, due in or after them
    WITHIN = "within"  # made in one of them: what it starts from is the shock itself
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Forecast:
    """One forecast beside what came true.

    Args:
        partner: Code.
        origin: Ordinal of the newest quarter it knew.
        horizon: Quarters ahead.
        model: What made it.
        volume_error: Error of the quarter's invoiced volume [multiple of the mean yearly
            step of the known history]; NaN where that never moved.
        result_error: The same of the four-quarter result.
        crps: Of the four-quarter coverage [fraction].
        probability: Of a four-quarter result of nil or more, as printed [fraction].
        happened: Whether it came true.
        within_half: Whether coverage came to lie in the 50 % band.
        within_most: The same of the 80 % band.
    """

    partner: str
    origin: int
    horizon: int
    model: Model
    volume_error: float
    result_error: float
    crps: float
    probability: float
    happened: bool
    within_half: bool
    within_most: bool

    @property
    def era(self) -> Era:
        """When it was made and came due, against Covid."""
        if self.origin in COVID:
            return Era.WITHIN
        if self.origin > COVID[-1]:
            return Era.AFTER
        return Era.OVERTAKEN if self.origin + self.horizon >= COVID[0] else Era.BEFORE

    @property
    def squared_error(self) -> float:
        """Its part of the Brier score [fraction]."""
        return (self.probability - self.happened) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What came true, quarter by quarter.

    Args:
        partner: Code.
        first: Ordinal of the first row.
        volume: Invoiced volume of the quarter [currency].
        result: Four-quarter result [currency].
        coverage: Four-quarter income over costs [fraction].
    """

    partner: str
    first: int
    volume: Figures
    result: Figures
    coverage: Figures

    def known(self, origin: int) -> slice:
        """Rows up to a quarter."""
        return slice(0, origin - self.first + 1)

    def following(self, origin: int, horizons: int) -> slice:
        """Rows of the quarters after it, as far as there are any."""
        start = origin - self.first + 1
        return slice(start, start + horizons)


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """Simulated futures as far as they are scored, each of shape (horizon, paths).

    Args:
        volume: Invoiced volume of the quarter [currency].
        income: Four-quarter income [currency].
        costs: Four-quarter costs [currency].
    """

    volume: Figures
    income: Figures
    costs: Figures

    @classmethod
    def of_futures(cls, futures: Futures) -> Foreseen:
        """What is scored of simulated futures."""
        return cls(futures.volume, four_quarters(futures.income), four_quarters(futures.costs))

    @property
    def result(self) -> Figures:
        """Four-quarter result [currency]."""
        return surplus(self.income, self.costs)

    def up_to(self, horizon: int) -> Foreseen:
        """The nearest quarters."""
        return Foreseen(self.volume[:horizon], self.income[:horizon], self.costs[:horizon])


def course_of(partner: str, first: int, statement: Statement) -> Course:
    """What came true for a partner, from the statement of its quarters."""
    trailing = over_a_year(statement)
    return Course(
        partner=partner,
        first=first,
        volume=statement.volume,
        result=trailing.result,
        coverage=trailing.ratio,
    )


def scored_forecasts(
    course: Course, origin: int, model: Model, foreseen: Foreseen
) -> list[Forecast]:
    """The forecasts made in a quarter, one a horizon, as far as theirs is known by now."""
    ahead = course.following(origin, len(foreseen.volume))
    volume, result, happened = course.volume[ahead], course.result[ahead], course.coverage[ahead]
    seen = foreseen.up_to(len(happened))
    coverage = np.sort(quotient(seen.income, seen.costs), axis=1)
    volume_error = _scaled(seen.volume, volume, course.volume[course.known(origin)])
    result_error = _scaled(seen.result, result, course.result[course.known(origin)])
    away = crps(coverage, happened)
    odds = (seen.result >= 0).mean(axis=1)
    half, most = _within(coverage, happened)
    return [
        Forecast(
            partner=course.partner,
            origin=origin,
            horizon=row + 1,
            model=model,
            volume_error=float(volume_error[row]),
            result_error=float(result_error[row]),
            crps=float(away[row]),
            probability=printed_probability(float(odds[row])),
            happened=bool(result[row] >= 0),
            within_half=bool(half[row]),
            within_most=bool(most[row]),
        )
        for row in np.flatnonzero(~np.isnan(happened + volume + away)).tolist()
    ]


def _scaled(paths: Figures, happened: Figures, known: Figures) -> Figures:
    """How far the middle of the paths was off, in mean yearly steps; NaN without a step."""
    step = seasonal_step(known)
    error: Figures = np.abs(middle(paths, axis=1) - happened)
    return error / (step if step > 0 else np.nan)


def _within(coverage: Figures, happened: Figures) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether what came true lies in the 50 % and in the 80 % band of sorted paths."""
    ranks = [round(share * (coverage.shape[1] - 1)) for share in FAN]
    most_low, half_low, _, half_high, most_high = coverage[:, ranks].T
    return (
        (half_low <= happened) & (happened <= half_high),
        (most_low <= happened) & (happened <= most_high),
    )
