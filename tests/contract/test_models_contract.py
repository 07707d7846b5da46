"""What every forecasting model owes, members of the mix, those left out and the mix itself."""

from __future__ import annotations

import numpy as np
import pytest

from smartfin.analysis.forecast.mix import LEFT_OUT, MODELS, Mix, fitted_mix
from smartfin.analysis.forecast.model import Model
from smartfin.analysis.forecast.prior import Prior
from smartfin.analysis.table import Figures

FREE = Prior(np.zeros(1), np.ones(1))
GROUPS = [(model,) for model in (*MODELS, *LEFT_OUT)] + [MODELS]
QUARTERS = np.arange(24)
LINE: Figures = np.linspace(100.0, 146.0, 24)  # two a quarter
EVERY = pytest.mark.parametrize("models", GROUPS, ids=lambda group: "+".join(m.code for m in group))


def fitted(history: Figures, models: tuple[Model, ...]) -> Mix:
    """Models fitted to one series, growth as it is."""
    return fitted_mix(history[:, np.newaxis], len(history) - 1, FREE, models=models)


def futures_of(mix: Mix, paths: int = 400, horizon: int = 8) -> Figures:
    """Futures drawn with one seed."""
    futures = np.empty((1, horizon, paths))
    mix.fill(np.random.default_rng(7), futures)
    drawn: Figures = futures[0]
    return drawn


def uneven() -> Figures:
    """A growing series with a season and noise."""
    noise = np.random.default_rng(2).normal(0, 0.5, len(QUARTERS))
    values: Figures = 20 + 0.3 * QUARTERS + np.array([2.0, -1.0, 0.0, -1.0])[QUARTERS % 4] + noise
    return values


def test_codes_are_distinct() -> None:
    codes = [model.code for model in (*MODELS, *LEFT_OUT)]

    assert len(set(codes)) == len(codes)


@EVERY
def test_a_constant_stays_on_every_path(models: tuple[Model, ...]) -> None:
    assert (futures_of(fitted(np.full(16, 7.25), models)) == 7.25).all()


@EVERY
def test_a_line_is_followed_and_not_overtaken(models: tuple[Model, ...]) -> None:
    expected = np.mean(fitted(LINE, models).ahead(8), axis=0)[:, 0]
    line = 100 + 2.0 * np.arange(24, 32)

    assert (np.diff(expected) > 0).all()
    assert (expected <= line + 1e-6).all()
    assert expected[0] >= line[0] - 1.1  # half of a step behind, and a lagging level


@EVERY
def test_scaling_and_shifting_the_series_scales_and_shifts_its_futures(
    models: tuple[Model, ...],
) -> None:
    plain = futures_of(fitted(uneven(), models))

    assert futures_of(fitted(1000 * uneven() + 5, models)) == pytest.approx(1000 * plain + 5)


@EVERY
def test_a_gap_is_bridged(models: tuple[Model, ...]) -> None:
    holed = LINE.copy()
    holed[10:15] = np.nan

    whole = fitted(LINE, models).ahead(4)
    for expected, same in zip(fitted(holed, models).ahead(4), whole, strict=True):
        assert expected == pytest.approx(same, abs=0.5)


@EVERY
def test_what_is_in_a_gap_is_not_looked_at(models: tuple[Model, ...]) -> None:
    holed = uneven()
    holed[10:15] = np.nan
    leading = np.concatenate([[np.nan] * 4, holed])

    assert futures_of(fitted(leading, models)) == pytest.approx(futures_of(fitted(holed, models)))


@EVERY
def test_the_same_seed_gives_the_same_futures(models: tuple[Model, ...]) -> None:
    mix = fitted(uneven(), models)

    assert (futures_of(mix) == futures_of(mix)).all()


@EVERY
def test_the_fan_widens(models: tuple[Model, ...]) -> None:
    spread = np.ptp(np.quantile(futures_of(fitted(uneven(), models)), (0.1, 0.9), axis=1), axis=0)

    assert spread[0] > 0
    assert spread[7] > spread[0]
