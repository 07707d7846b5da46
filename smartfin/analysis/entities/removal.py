"""What the entities sold and owe each other, taken out of lines and of the totals they are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smartfin.analysis.entities.dealings import Settled, Side, settled_dealings
from smartfin.analysis.entities.remark import EntityRemark, Remarked, Removed
from smartfin.analysis.entities.sums import EntityBooks, share_in
from smartfin.analysis.table import Figures
from smartfin.entity import DEALINGS
from smartfin.items import Items
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures, and of which quarters.

    Args:
        partner: Code of the partner.
        scenario: Of the figures.
        currency: ISO code of their money.
        quarters: One a row, oldest first.
    """

    partner: str
    scenario: str
    currency: str
    quarters: tuple[Quarter, ...]

    def remark(self, code: Remarked, row: int, **facts: object) -> EntityRemark:
        """Something to look at in one of the quarters."""
        return EntityRemark(code, self.partner, self.scenario, self.quarters[row], facts)


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures after dealings were taken out.

    Args:
        values: By line, a figure a quarter.
        removed: What was taken out.
        remarks: What does not agree.
    """

    values: Mapping[str, Figures]
    removed: tuple[Removed, ...]
    remarks: tuple[EntityRemark, ...]


def dealings_taken_out(
    whose: Whose, books: tuple[EntityBooks, ...], values: Mapping[str, Figures], items: Items
) -> Taken:
    """The entities' lines added up, less what they sold and owe each other.

    Args:
        whose: Whose figures.
        books: Of every entity.
        values: Their lines added up, by line.
        items: The chart of line items.

    Returns:
        NaN in the lines, and the totals they are in, of which it is unknown how much to take.

    Source:
        docs/metrics.md#entities
    """
    left = {code: np.copy(amounts) for code, amounts in values.items()}
    removed: list[Removed] = []
    remarks: list[EntityRemark] = []
    for row, quarter in enumerate(whose.quarters):
        settled = _settled(books, row)
        remarks += [whose.remark(code, row, **facts) for code, facts in settled.remarks]
        for (entity, memo, line), amount in settled.removed.items():
            place = (whose.partner, whose.scenario, quarter, entity, memo, line)
            removed.append(Removed(*place, amount, whose.currency))
            for code, amounts in left.items():
                if share := share_in(code, line, items):
                    amounts[row] -= share * amount
    return Taken(left, tuple(removed), tuple(remarks))


def _settled(books: tuple[EntityBooks, ...], row: int) -> Settled:
    """Of a quarter in which every entity reports; else there is nothing to put together."""
    there = [each for each in books if each.exists[row]]
    if len(there) < 2 or any(each.silent[row] for each in there):
        return Settled()
    return settled_dealings([_side(each, memo, row) for each in there for memo in DEALINGS])


def _side(book: EntityBooks, memo: str, row: int) -> Side:
    line = book.entity.line_of(memo)
    amount, stands = (float(book.values(code)[row]) for code in (memo, line))
    return Side(book.unit, memo, line, amount, stands)
