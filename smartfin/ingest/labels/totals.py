"""The printed totals of a table, as proof of what its rows are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from smartfin.ingest.amounts.figures import numbers_of
from smartfin.ingest.labels.lines import Line, is_sum
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.items import Item, Items, Statement

FEWEST_PARTS = 2  # of a total that proves anything
_ADDING_UP = (Statement.PNL, Statement.BALANCE_SHEET)


class PrintedTotals:
    """The printed totals of a table and what they are the sum of.

    Args:
        rows: The table.
        items: The chart of line items.
    """

    def __init__(self, rows: TableRows, items: Items) -> None:
        self._items = items
        self._lines: dict[str, list[Line]] = defaultdict(list)
        for row in rows.rows:
            item = items[row.match.item] if row.match.item is not None else None
            if item is not None and item.unit == "currency" and item.statement in _ADDING_UP:
                self._lines[item.code].append(line_of(rows, row, item))
        self._totals = [code for code in self._lines if items[code].derived]

    def met(self, parts: Mapping[str, Sequence[tuple[Line, int]]]) -> int:
        """How many printed totals their parts add up to.

        Args:
            parts: The lines read for an item, each with its weight, in place of those known.
        """
        return sum(self._is_met(code, parts) for code in self._totals)

    def lines(self, item: str) -> Sequence[Line]:
        """The rows of the table that were taken for an item."""
        return self._lines.get(item, ())

    def _is_met(self, code: str, parts: Mapping[str, Sequence[tuple[Line, int]]]) -> bool:
        if len(self._lines[code]) != 1:
            return False
        found = list(self._parts(code, parts, top=True))
        if len(found) < FEWEST_PARTS:
            return False
        lines, signs = zip(*found, strict=True)
        return is_sum(self._lines[code][0], lines, signs)

    def _parts(
        self, code: str, parts: Mapping[str, Sequence[tuple[Line, int]]], *, top: bool = False
    ) -> Iterator[tuple[Line, int]]:
        """The printed parts of an item with their signs; what is not printed resolved further."""
        if not top and code in parts:
            yield from parts[code]
        elif not top and code in self._lines:
            yield from ((line, 1) for line in self._lines[code])
        elif code in self._items:
            for sign, part in self._items[code].parts():
                for line, inner in self._parts(part, parts):
                    yield line, sign * inner * _printed_sign(line, self._items[part])


def _printed_sign(line: Line, item: Item) -> int:
    """-1 for a cost or allowance printed negative, which a total then adds."""
    if item.effect != -1 or item.derived:
        return 1
    return -1 if sum(amount or 0 for amount in line.amounts) < 0 else 1


def line_of(rows: TableRows, row: Row, item: Item | None) -> Line:
    """A row with its amounts as printed."""
    return Line(row, item, numbers_of(rows, row.index), 0)
