"""The pool: growth and season of the whole group, which short histories are shrunk to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.prior import Prior, known_rows, mean_change, own_weight
from smartfin.analysis.forecast.season import own_factors
from smartfin.analysis.table import Figures

LEAST_QUARTERS = 8  # of a history that has a say, as many as an outlook wants
LEAST_HISTORIES = 2  # one partner alone is no group


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What is usual in the group, each series in its own measure (``measures``).

    Args:
        growth: Change a quarter, shape (series,).
        season: Factors, shape (4, series), the first of quarters whose ordinal divides by four.
        histories: How many histories it is made of.
    """

    growth: Figures
    season: Figures
    histories: int


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One partner's series for the pool.

    Args:
        values: Shape (quarters, series); a row with anything unknown is not looked at.
        first: Ordinal of the first row.
        measure: What growth and season of each series are counted in, shape (series,):
            one for a log, a level for an amount. Nil for a series that is not there.
    """

    values: Figures
    first: int
    measure: Figures


def pool_of(histories: Iterable[History]) -> Pool | None:
    """The pooled growth and season; None of fewer than two histories.

    Formula: growth = median of the mean changes a quarter; season = mean of the own
    factors, each history weighed n / (n + k)

    Args:
        histories: Of real partners, or of made-up ones, never of both.
    """
    usable = [history for history in map(_known_rows, histories) if _quarters(history)]
    if len(usable) < LEAST_HISTORIES:
        return None
    growth = [_shares(mean_change(each.values), each.measure) for each in usable]
    seasons = [_shares(own_factors(each.values, each.first)[0], each.measure) for each in usable]
    weights = [own_weight(_quarters(each)) for each in usable]
    return Pool(
        growth=np.median(growth, axis=0),
        season=np.average(seasons, axis=0, weights=weights),
        histories=len(usable),
    )


def _known_rows(history: History) -> History:
    """The same from its first known row, other rows known as a whole or not at all."""
    known = known_rows(history.values)
    start = int(np.argmax(known))
    values = np.where(known[:, np.newaxis], history.values, np.nan)[start:]
    return History(values, history.first + start, history.measure)


def _quarters(history: History) -> int:
    """Known quarters; none when they are too few to have a say."""
    known = int((~np.isnan(history.values[:, :1])).sum())
    return known if known >= LEAST_QUARTERS else 0


def _shares(amounts: Figures, measure: Figures) -> Figures:
    """Amounts in a measure; nil where that is nil."""
    shares: Figures = np.zeros_like(amounts)
    return np.divide(amounts, measure, out=shares, where=measure > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Shrinkage:
    """What the models of one partner are told of the group.

    Args:
        prior: Growth, and how far own growth is shrunk to it.
        season: Pooled factors in the partner's own measure, shape (4, series); None
            without a pool.
        own_season: Weight of the own season.
    """

    prior: Prior
    season: Figures | None
    own_season: float


def shrinkage(pool: Pool | None, quarters: int, measure: Figures, grows: Figures) -> Shrinkage:
    """How far a history of so many known quarters is shrunk, and to what.

    Args:
        pool: The group; without one, growth is shrunk to nil and the season to what
            chance does not explain.
        quarters: Known quarters, n.
        measure: As in ``History``.
        grows: One for a series that may grow, nil for one that only wanders.
    """
    weight = own_weight(quarters)
    growth = np.zeros_like(measure) if pool is None else pool.growth * measure
    season = None if pool is None else pool.season * measure
    return Shrinkage(Prior(growth * grows, weight * grows), season, weight if pool else 1.0)
