"""Baselines: what any model has to beat, and all there is for a history too short for one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smartfin.analysis.forecast.drift import SeasonalDrift, seasonal_drift
from smartfin.analysis.forecast.prior import Prior
from smartfin.analysis.table import Figures

SEASONAL_NAIVE = "seasonal-naive"  # the same quarter of last year
SEASONAL_DRIFT = "seasonal-drift"  # and a yearly change


@dataclass(frozen=True, slots=True, eq=False)
class Baselines:
    """Seasonal naive and seasonal drift, each with half of the futures.

    Args:
        models: By name.
    """

    models: dict[str, SeasonalDrift]

    @property
    def codes(self) -> tuple[str, ...]:
        """Names of the models."""
        return tuple(self.models)

    def only(self, code: str) -> Baselines:
        """One of them with all of the futures."""
        return Baselines({code: self.models[code]})

    def fill(self, random: np.random.Generator, futures: Figures) -> None:
        """Simulate futures, each model as many, into shape (series, horizon, paths)."""
        ends = np.linspace(0, futures.shape[2], len(self.models) + 1).astype(int).tolist()
        for model, start, end in zip(self.models.values(), ends, ends[1:], strict=False):
            futures[:, :, start:end] = model.paths(random, end - start, futures.shape[1])


def fitted_baselines(history: Figures, first: int, prior: Prior) -> Baselines:
    """The baselines fitted to a history that ends with four known quarters.

    Args:
        history: Shape (quarters, series), NaN where unknown.
        first: Ordinal of the first row.
        prior: What growth a quarter is shrunk to.
    """
    drift = seasonal_drift(history, first)
    shrunk = 4 * prior.shrunk(drift.drift / 4)
    return Baselines(
        {
            SEASONAL_NAIVE: replace(drift, drift=np.zeros_like(shrunk)),
            SEASONAL_DRIFT: replace(drift, drift=shrunk),
        }
    )
