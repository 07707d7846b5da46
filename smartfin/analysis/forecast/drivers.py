"""What drives the result, and the models of it (docs/metrics.md#outlook)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from smartfin.analysis.forecast.baseline import fitted_baselines
from smartfin.analysis.forecast.drift import in_covid
from smartfin.analysis.forecast.mix import fitted_mix
from smartfin.analysis.forecast.pool import History, Pool, pool_of, shrinkage
from smartfin.analysis.partition import Statement, quarterly_statement
from smartfin.analysis.table import Figures, known_until
from smartfin.settings import Level

DRIVERS = ("log_volume", "variable_rate", "fixed", "other_income")

# Log volume, fixed costs and other income may grow; the variable-cost rate only wanders,
# because a rate that goes on growing ends above one.
GROWS = np.array([1.0, 0.0, 1.0, 1.0])

# Under three calm years there is nothing but the baselines: no model can be told from
# another on fewer.
QUARTERS_FOR_MODELS = 12


# Three calm years: older growth, and how uneven it was, is that of a launch. Partners are
# young; the models do better the more they see of a settled series, but not of a launch
# (the back-test over the sample partners, docs/metrics.md#outlook).
QUARTERS_LOOKED_AT = 12


class DriverModel(Protocol):
    """Models fitted to the drivers of one partner."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Names of the models."""

    def fill(self, random: np.random.Generator, futures: Figures) -> None:
        """Put simulated futures into an array of shape (drivers, horizon, paths)."""


def drivers(statement: Statement) -> Figures:
    """What is simulated: log volume, variable-cost rate, fixed costs, other income.

    Returns:
        Shape (quarters, 4); NaN rows where there is no volume or anything is unknown.
    """
    volume = np.where(statement.volume > 0, statement.volume, np.nan)
    columns = (np.log(volume), statement.variable / volume, statement.fixed, statement.other_income)
    stacked: Figures = np.column_stack(columns)
    return stacked


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """One partner's past up to a quarter, as an outlook looks at it.

    Args:
        table: As made by ``partner_table``.
        level: Result it is about.
        statement: A figure a quarter of the table.
        drivers: As the function ``drivers`` makes them of it.
    """

    table: pd.DataFrame
    level: Level
    statement: Statement
    drivers: Figures

    @property
    def first(self) -> int:
        """Ordinal of the first quarter; of an empty past 0."""
        return int(self.table.index[0]) if len(self.table) else 0

    def until(self, last: int) -> Past:
        """The same as it stood when ``last`` was the newest quarter.

        No figure rests on a later quarter, so nothing is worked out anew.
        """
        table = known_until(self.table, last)
        rows = slice(len(table))
        return Past(table, self.level, self.statement.part(rows), self.drivers[rows])


def past_of(table: pd.DataFrame, level: Level) -> Past:
    """The past that a table tells."""
    statement = quarterly_statement(table, level)
    return Past(table, level, statement, drivers(statement))


def driver_model(history: Figures, first: int, pool: Pool | None) -> DriverModel:
    """The models of a partner's drivers: the mix, or the baselines of a short history.

    Args:
        history: As ``drivers`` makes it; the last four quarters are known.
        first: Ordinal of the first row.
        pool: Growth and season of the group, None where there is no group.
    """
    calm = _newest(_calm(history, first))
    quarters = int((~np.isnan(calm).any(axis=1)).sum())
    told = shrinkage(pool, quarters, _measure(history), GROWS)
    if quarters < QUARTERS_FOR_MODELS:
        return fitted_baselines(history, first, told.prior)
    last = first + len(history) - 1
    return fitted_mix(calm, last, told.prior, told.season, told.own_season)


def pooled(tables: Iterable[pd.DataFrame], last: int, level: Level) -> Pool | None:
    """Growth and season of a group as they were known in one quarter.

    Args:
        tables: One a partner, as made by ``partner_table``; all of them of real partners
            or all of made-up ones.
        last: Ordinal of the newest quarter to use.
        level: Result the drivers are those of.

    Returns:
        None where fewer than two partners have a history long enough to have a say.

    Source:
        docs/metrics.md#outlook
    """
    return pool_of_pasts(past_of(known_until(table, last), level) for table in tables)


def pool_of_pasts(pasts: Iterable[Past]) -> Pool | None:
    """The same of pasts up to that quarter."""
    histories = map(_pool_history, pasts)
    return pool_of(history for history in histories if history is not None)


def _pool_history(past: Past) -> History | None:
    """What one partner tells the pool; nothing while it has reported nothing."""
    calm = _calm(past.drivers, past.first)
    if np.isnan(calm).any(axis=1).all():
        return None
    newest = _newest(calm)
    return History(newest, past.first + len(calm) - len(newest), _measure(newest))


def _calm(history: Figures, first: int) -> Figures:
    """The history without Covid and without quarters known in part only."""
    unknown = np.isnan(history).any(axis=1)
    unknown |= in_covid(first, len(history))
    calm: Figures = np.where(unknown[:, np.newaxis], np.nan, history)
    return calm


def _newest(calm: Figures) -> Figures:
    """The history from the quarter on that leaves ``QUARTERS_LOOKED_AT`` known ones."""
    known = np.flatnonzero(~np.isnan(calm[:, 0]))
    return calm[int(known[-QUARTERS_LOOKED_AT:][0]) :]


def _measure(history: Figures) -> Figures:
    """What a driver is compared between partners in: one of a log, else its mean of a year."""
    known = history[~np.isnan(history).any(axis=1)]
    measure: Figures = known[-4:].mean(axis=0)
    measure[0] = 1.0
    return measure
