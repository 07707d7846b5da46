"""The lines of several entities added up, quarter by quarter; never a partial sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.table import OPTIONAL, Figures, line, silent_quarters
from smartfin.entity import DEALINGS, Entity
from smartfin.items import Items, Nature

# Rates that are an average over something the entities state: weighed by it.
WEIGHTS: Mapping[str, str] = {
    "fee_rate": "invoiced_volume",
    "receivable_days": "invoiced_volume",
    "pay_delay_days": "payments_total",
}

# The largest client of the whole need not be the largest of any part.
NO_SUM = frozenset({"largest_client_volume"})

# Not totals with a formula, but short debts are in them.
_HOLD_PAYABLES = ("current_liabilities", "debts_due_within_12_months")


@dataclass(frozen=True, slots=True, eq=False)
class EntityBooks:
    """The figures of one entity.

    Args:
        unit: Its unit code.
        entity: As set.
        table: Its figures over all quarters of the partner, as ``partner_table`` has them.
        exists: In which of those quarters it existed.
    """

    unit: str
    entity: Entity
    table: pd.DataFrame
    exists: NDArray[np.bool_]

    def values(self, code: str) -> Figures:
        """One line; a memo of dealings is nothing until it is first stated, then a gap."""
        values = line(self.table, code)
        if code in DEALINGS:
            return np.where(~self.stated(code) & ~self.silent, 0.0, values)
        return values

    @property
    def silent(self) -> NDArray[np.bool_]:
        """In which quarters it reports nothing at all."""
        return silent_quarters(self.table)

    def stated(self, code: str) -> NDArray[np.bool_]:
        """Whether it had stated a line by each quarter."""
        if code not in self.table.columns:
            return np.zeros(len(self.table), dtype=bool)
        return np.logical_or.accumulate(self.table[code].notna().to_numpy())


def summed(books: tuple[EntityBooks, ...], code: str, items: Items) -> Figures:
    """One line of a partner, from those of its entities.

    Formula: sum over the entities that existed; of a rate its mean weighed by ``WEIGHTS``

    Args:
        books: Of every entity.
        code: Of the line.
        items: The chart of line items.

    Returns:
        A figure a quarter [unit of the item]. NaN where an entity that existed has none, and
        for what can neither be added up nor weighed, unless one entity alone existed.

    Source:
        docs/metrics.md#entities
    """
    number = np.sum([each.exists for each in books], axis=0)
    values = _added(books, code)
    if items[code].nature is Nature.RATE or code in NO_SUM:
        together = _weighed(books, code) if code in WEIGHTS else np.full(len(values), np.nan)
        values = np.where(number > 1, together, values)
    return np.where(number > 0, values, np.nan)


def forgotten(book: EntityBooks, code: str) -> NDArray[np.bool_]:
    """Where an entity that reports the quarter leaves out a cost or an income it had before."""
    if code not in OPTIONAL:
        return np.zeros(len(book.table), dtype=bool)
    return book.exists & ~book.silent & np.isnan(book.values(code))


def share_in(code: str, part: str, items: Items) -> int:
    """How often an entered line is counted in another: +1, -1, or 0 where it is not in it.

    Example: 1 for ``own_revenue`` and ``service_revenue``; 0 for a line that is no total.
    """
    if code == part:
        return 1
    if code in _HOLD_PAYABLES:
        return 1 if part == "trade_payables" else 0
    return sum(sign * share_in(each, part, items) for sign, each in items[code].parts())


def _added(books: tuple[EntityBooks, ...], code: str) -> Figures:
    values = np.zeros(len(books[0].table))
    for each in books:
        values = values + np.where(each.exists, each.values(code), 0.0)
    return values


def _weighed(books: tuple[EntityBooks, ...], code: str) -> Figures:
    """The mean of a rate; an entity without any of what it is weighed by has no say."""
    above, below = np.zeros(len(books[0].table)), np.zeros(len(books[0].table))
    for each in books:
        weight = np.where(each.exists, each.values(WEIGHTS[code]), 0.0)
        above += np.where(weight == 0, 0.0, weight * each.values(code))
        below += weight
    found: Figures = np.full(len(above), np.nan)
    return np.divide(above, below, out=found, where=below > 0)
