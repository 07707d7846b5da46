"""Rolling origin, expanding window: the outlook made anew in each earlier quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from smartfin.analysis.backtest.forecasts import (
    Forecast,
    Foreseen,
    Model,
    course_of,
    scored_forecasts,
)
from smartfin.analysis.backtest.naive import seasonal_naive
from smartfin.analysis.backtest.report import HORIZONS, Backtest, backtest_of
from smartfin.analysis.forecast.drivers import Past, past_of, pool_of_pasts
from smartfin.analysis.forecast.futures import Futures, simulated_futures
from smartfin.analysis.forecast.kept_fee import kept_fee
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.forecast.simulation import futures_at
from smartfin.analysis.table import Figures
from smartfin.settings import Level, OutlookSettings

NAIVE_FROM = 8
"""Quarters of history from which the baseline is tried."""

MIX_FROM = 12
"""Quarters of history from which the outlook is tried."""

PATHS = 1000
"""Of each forecast: enough for a mean over many, and quick."""


def roll(
    tables: Mapping[str, pd.DataFrame], settings: OutlookSettings, level: Level
) -> Backtest | None:
    """Try the outlook on the past of all partners.

    In each quarter of each partner the outlook is made from what was known then, of the
    partner and of the others, and compared with what came true 1 to 8 quarters later.

    Args:
        tables: Of each partner, by code, as made by ``partner_table``: all of them real or
            all of them synthetic.
        settings: Seed of the chance; paths are at most ``PATHS``.
        level: Result to look at.

    Returns:
        The back-test; None while no outlook has met its quarter.

    Source:
        Tashman 2000, Int. J. of Forecasting 16; docs/metrics.md#back-test
    """
    pasts = {partner: past_of(table, level) for partner, table in tables.items() if len(table)}
    few = replace(settings, paths=min(settings.paths, PATHS))
    trial = _Trial(pasts, few)
    return backtest_of([made for partner in pasts for made in trial.forecasts(partner)])


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """All that a forecast of the past may look at, up to its own quarter."""

    pasts: Mapping[str, Past]
    settings: OutlookSettings
    _pools: dict[int, Pool | None] = field(default_factory=dict)

    def forecasts(self, partner: str) -> Iterator[Forecast]:
        """All forecasts of one partner whose quarter is known by now."""
        past = self.pasts[partner]
        course = course_of(partner, past.first, past.statement)
        for origin in past.table.index[NAIVE_FROM - 1 : -1].tolist():
            known = past.until(origin)
            made = {
                Model.NAIVE: self._naive(partner, known),
                Model.MIX: self._mix(partner, origin, known),
            }
            for model, futures in made.items():
                if futures is not None:
                    seen = Foreseen.of_futures(futures)
                    yield from scored_forecasts(course, origin, model, seen)

    def _naive(self, partner: str, known: Past) -> Futures | None:
        """The seasonal naive as it would have been made in a quarter.

        It keeps the fee as last decided, as the outlook does: the two differ in what they
        expect only.
        """
        if _reported(known.drivers) < NAIVE_FROM:
            return None
        model = seasonal_naive(known.drivers, known.first)
        if model is None:
            return None
        fee = kept_fee(known.table).ahead(HORIZONS)
        return simulated_futures(known.statement, model, fee, self.settings, partner)

    def _mix(self, partner: str, origin: int, known: Past) -> Futures | None:
        """The outlook as it would have been made in a quarter."""
        if _reported(known.drivers) < MIX_FROM:
            return None
        pool = self._pool(origin)
        futures = futures_at(known, origin, HORIZONS, self.settings, stream=partner, pool=pool)
        return futures if isinstance(futures, Futures) else None

    def _pool(self, origin: int) -> Pool | None:
        """Growth and season of the group as they were known in a quarter."""
        if origin not in self._pools:
            self._pools[origin] = pool_of_pasts(past.until(origin) for past in self.pasts.values())
        return self._pools[origin]


def _reported(history: Figures) -> int:
    """Quarters with all drivers known."""
    return int((~np.isnan(history).any(axis=1)).sum())
