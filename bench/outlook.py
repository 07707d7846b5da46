"""How well the outlook's models forecast public series: points, bands and whole distributions.

    python -m bench.outlook [FILE] [--paths 2000]

FILE has columns series, quarter, value (positive); without it the M3 series beside the
repository are taken. The last 8 values of each series are the test and are seen by
nothing else. The very code of the outlook forecasts the log of each series, each on its
own: no group, no Covid. Printed for the whole histories and for the last 20 and 12
quarters of each: symmetric MAPE, MASE, CRPS (in the measure of MASE) and the share of
test values within the 50 and 80 % bands, of each model alone, the mix, the mix without
each of its members and with each model that was left out, and the baselines. A forecast
is the median of its futures. ``halves`` are the symmetric MAPE of every other series: a
choice that is good for one half only is luck.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from smartfin.analysis.forecast.baseline import fitted_baselines
from smartfin.analysis.forecast.drivers import DriverModel
from smartfin.analysis.forecast.mix import LEFT_OUT, MODELS, fitted_mix
from smartfin.analysis.forecast.model import Model
from smartfin.analysis.forecast.pool import shrinkage
from smartfin.analysis.forecast.scores import (
    band_coverage,
    crps,
    mase,
    seasonal_step,
    symmetric_mape,
)
from smartfin.analysis.table import Figures
from smartfin.quarter import Quarter

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "m3" / "quarterly_even.csv"
AHEAD = 8
CUTS = (None, 20, 12)
BORDERS = (0.10, 0.25, 0.50, 0.75, 0.90)

Fitting = Callable[[Figures, int], DriverModel]


@dataclass(frozen=True, slots=True)
class Series:
    """One public series.

    Args:
        history: What a forecast may see.
        actual: The last values.
        last: Ordinal of the last quarter of the history.
    """

    history: Figures
    actual: Figures
    last: int


@dataclass(frozen=True, slots=True)
class Scored:
    """How one forecast of one series came out."""

    smape: float
    mase: float
    crps: float
    within_50: float
    within_80: float


def read_series(path: Path) -> list[Series]:
    """Every series of a file."""
    made = []
    for _, rows in pd.read_csv(path).groupby("series", sort=False):
        values = rows["value"].to_numpy(dtype=float)
        last = Quarter.parse(str(rows["quarter"].iloc[-1])).ordinal
        made.append(Series(values[:-AHEAD], values[-AHEAD:], last - AHEAD))
    return made


def mix_of(models: tuple[Model, ...]) -> Fitting:
    """The mix of some models, without a group."""

    def fit(history: Figures, last: int) -> DriverModel:
        told = shrinkage(None, len(history), np.ones(1), np.ones(1))
        return fitted_mix(history, last, told.prior, models=models)

    return fit


def baseline(code: str) -> Fitting:
    """One of the baselines."""

    def fit(history: Figures, last: int) -> DriverModel:
        told = shrinkage(None, len(history), np.ones(1), np.ones(1))
        return fitted_baselines(history, last - len(history) + 1, told.prior).only(code)

    return fit


def contenders() -> Iterator[tuple[str, Fitting]]:
    """Everything that is measured, by name."""
    yield "mix", mix_of(MODELS)
    for model in (*MODELS, *LEFT_OUT):
        yield model.code, mix_of((model,))
    for model in MODELS:
        yield f"mix less {model.code}", mix_of(tuple(each for each in MODELS if each != model))
    for model in LEFT_OUT:
        yield f"mix and {model.code}", mix_of((*MODELS, model))
    for code in ("seasonal-naive", "seasonal-drift"):
        yield code, baseline(code)


def scored(series: Series, cut: int | None, fit: Fitting, paths: int) -> Scored:
    """One forecast of one series against what came true."""
    history = series.history[-cut:] if cut else series.history
    futures = np.empty((1, AHEAD, paths))
    model = fit(np.log(history)[:, np.newaxis], series.last)
    model.fill(np.random.default_rng(len(history)), futures)
    drawn = np.exp(futures[0])
    lowest, low, middle, high, highest = np.quantile(drawn, BORDERS, axis=1)
    step = seasonal_step(series.history)  # of the whole history, so that cuts compare
    return Scored(
        smape=symmetric_mape(series.actual, middle),
        mase=mase(series.history, series.actual, middle),
        crps=float(np.mean(crps(drawn, series.actual)) / step) if step > 0 else float("nan"),
        within_50=band_coverage(low, high, series.actual),
        within_80=band_coverage(lowest, highest, series.actual),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=BESIDE)
    parser.add_argument("--paths", type=int, default=2000)
    given = parser.parse_args()
    every = read_series(given.file)
    for cut in CUTS:
        print(f"\n{len(every)} series, {f'last {cut} quarters' if cut else 'whole histories'}")
        print(f"{'':24}  sMAPE   halves        MASE   CRPS   50 %   80 %")
        for name, fit in contenders():
            rows = pd.DataFrame([scored(series, cut, fit, given.paths) for series in every])
            mean, halves = rows.mean(), (rows["smape"][::2].mean(), rows["smape"][1::2].mean())
            print(
                f"{name:24} {mean['smape']:6.2f}  {halves[0]:5.2f} {halves[1]:5.2f}  "
                f"{mean['mase']:6.3f} {mean['crps']:6.3f}  "
                f"{100 * mean['within_50']:5.1f}  {100 * mean['within_80']:5.1f}"
            )


if __name__ == "__main__":
    main()
