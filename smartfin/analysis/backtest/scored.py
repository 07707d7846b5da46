"""Scores of many forecasts, each with the range that a draw of other countries would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from smartfin.analysis.backtest.forecasts import Forecast
from smartfin.analysis.forecast.intervals import block_interval, mean_of_totals
from smartfin.analysis.forecast.outlook import Likelihood
from smartfin.analysis.forecast.scores import ReliabilityRow, Values, brier_skill, reliability
from smartfin.measure import Measure, Reason, Unit, undefined


class Score(StrEnum):
    """What is measured of forecasts."""

    VOLUME = "volume"  # MASE of the quarter's invoiced volume
    RESULT = "result"  # MASE of the four-quarter result
    CRPS = "crps"  # of the four-quarter coverage
    BRIER = "brier"
    SKILL = "skill"  # of the Brier score, against the base rate
    HALF = "band-50"
    MOST = "band-80"


ERRORS = (Score.VOLUME, Score.RESULT, Score.CRPS, Score.BRIER)
"""Less is better, so that two models compare."""

BINS = (0.0, 0.10, 0.35, 0.65, 0.91, 1.0)
"""Borders of the words for a printed probability; 90 % is printed "likely" still."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score and how far it can be trusted.

    Args:
        value: The score, or why there is none.
        interval: Where 80 % of draws of other countries put it; None where they cannot.
    """

    value: Measure
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of some forecasts.

    Args:
        count: Forecasts.
        partners: Partners they are about.
        happened: Of them, those that came to a result of nil or more.
        estimates: Every score.
    """

    count: int
    partners: int
    happened: int
    estimates: Mapping[Score, Estimate]

    def value(self, score: Score) -> float | None:
        """A score's value."""
        return self.estimates[score].value.value


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts given one word of probability.

    Args:
        word: The word.
        row: How many, what was said and what came true.
        partners: Partners they are about.
        interval: Of the share that came true, as of an ``Estimate``.
    """

    word: Likelihood
    row: ReliabilityRow
    partners: int
    interval: tuple[float, float] | None

    @property
    def happened(self) -> int:
        """Of the forecasts, those that came true."""
        return round((self.row.happened or 0.0) * self.row.count)


def scores_of(forecasts: Sequence[Forecast]) -> Scored:
    """Every score of some forecasts of one model."""
    by_partner = _by_partner(forecasts)
    return Scored(
        count=len(forecasts),
        partners=len(by_partner),
        happened=sum(forecast.happened for forecast in forecasts),
        estimates={
            **{score: _mean(by_partner, score, part) for score, part in _PARTS.items()},
            Score.SKILL: _skill(forecasts, by_partner),
        },
    )


def bins_of(forecasts: Sequence[Forecast]) -> tuple[Bin, ...]:
    """What was said beside what came true, a row for each word of probability."""
    said = [forecast.probability for forecast in forecasts]
    rows = reliability(said, [forecast.happened for forecast in forecasts], BINS)
    return tuple(
        _bin(word, row, [each for each in forecasts if row.low <= each.probability < row.high])
        for word, row in zip(Likelihood, rows, strict=True)
    )


_PARTS: Mapping[Score, Callable[[Forecast], float]] = {
    Score.VOLUME: lambda forecast: forecast.volume_error,
    Score.RESULT: lambda forecast: forecast.result_error,
    Score.CRPS: lambda forecast: forecast.crps,
    Score.BRIER: lambda forecast: forecast.squared_error,
    Score.HALF: lambda forecast: float(forecast.within_half),
    Score.MOST: lambda forecast: float(forecast.within_most),
}

_UNITS = {Score.VOLUME: Unit.MULTIPLE, Score.RESULT: Unit.MULTIPLE}


def _by_partner(forecasts: Sequence[Forecast]) -> dict[str, list[Forecast]]:
    groups: dict[str, list[Forecast]] = {}
    for forecast in forecasts:
        groups.setdefault(forecast.partner, []).append(forecast)
    return groups


def _mean(
    by_partner: Mapping[str, Sequence[Forecast]],
    score: Score,
    part: Callable[[Forecast], float],
) -> Estimate:
    """A score that is a mean; a forecast without it is left out."""
    unit = _UNITS.get(score, Unit.FRACTION)
    totals = []
    for group in by_partner.values():
        values = np.array([part(forecast) for forecast in group])
        values = values[~np.isnan(values)]
        if values.size:
            totals.append((float(values.sum()), float(values.size)))
    if not totals:
        return Estimate(undefined(unit, Reason.NOTHING_KNOWN), None)
    mean = float(mean_of_totals(np.sum(totals, axis=0)))
    return Estimate(Measure(mean, unit), block_interval(totals))


def _skill(forecasts: Sequence[Forecast], by_partner: Mapping[str, Sequence[Forecast]]) -> Estimate:
    value = brier_skill(
        [forecast.probability for forecast in forecasts],
        [forecast.happened for forecast in forecasts],
    )
    if value.value is None:
        return Estimate(value, None)
    totals = [
        (
            sum(forecast.squared_error for forecast in group),
            float(sum(forecast.happened for forecast in group)),
            float(len(group)),
        )
        for group in by_partner.values()
    ]
    return Estimate(value, block_interval(totals, _skill_of_totals))


def _skill_of_totals(totals: Values) -> Values:
    """Skill from squared errors, cases that came true and cases; NaN where all ended alike."""
    squared, happened, count = np.moveaxis(totals, -1, 0)
    doubt = happened * (count - happened) / count
    skill: Values = 1 - np.divide(squared, doubt, out=np.full_like(doubt, np.nan), where=doubt > 0)
    return skill


def _bin(word: Likelihood, row: ReliabilityRow, forecasts: Sequence[Forecast]) -> Bin:
    groups = _by_partner(forecasts).values()
    totals = [(float(sum(each.happened for each in group)), float(len(group))) for group in groups]
    return Bin(word, row, len(totals), block_interval(totals) if len(totals) > 1 else None)
