"""A table that goes on after a page break, under its heading printed again, is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartfin.ingest.amounts.unit import UnitWords, closing_currency, money_unit, read_unit
from smartfin.ingest.grid.cells import Sheet
from smartfin.ingest.labels.rows import TableRows
from smartfin.ingest.layout.columns import Column
from smartfin.items import Items


def joined_pages(tables: Sequence[TableRows], items: Items) -> tuple[TableRows, ...]:
    """The tables of a sheet, those that only a repeated heading parts put together.

    Its totals are then found beside their parts. Another company's table states the same items
    again, and one in another unit says so: neither goes on.

    Args:
        tables: Of one sheet, from top to bottom.
        items: The chart of line items.
    """
    joined: list[TableRows] = []
    for rows in tables:
        place = next((p for p, above in enumerate(joined) if _goes_on(above, rows)), None)
        if place is None:
            joined.append(rows)
            continue
        above = joined[place]
        table = replace(above.table, last=rows.table.last)
        joined[place] = replace(above, table=table).with_rows((*above.rows, *rows.rows), items)
    return tuple(joined)


def _goes_on(above: TableRows, below: TableRows) -> bool:
    one, other = above.table, below.table
    if not above.rows or not below.rows or one.last >= other.top:
        return False
    if (one.left, one.is_cumulative) != (other.left, other.is_cumulative):
        return False
    if [_meaning(c) for c in one.columns] != [_meaning(c) for c in other.columns]:
        return False
    stated = {row.match.item for row in above.rows if row.match.item is not None}
    if any(row.match.item in stated for row in below.rows):
        return False
    between = _units_named(one.sheet, above.rows[-1].index + 1, other.first)
    return between <= _units_named(one.sheet, 0, one.first)


def _units_named(sheet: Sheet, first: int, end: int) -> set[UnitWords]:
    """The units that the texts of some rows name."""
    texts = (cell for row in sheet.rows[first:end] for cell in row if isinstance(cell, str))
    named = (read_unit(text) or money_unit(text) or closing_currency(text) for text in texts)
    return {unit for unit in named if unit is not None}


def _meaning(column: Column) -> tuple[object, ...]:
    """What makes two columns the same one, on two pages."""
    return column.index, column.kind, column.span, column.scenario, column.unit
