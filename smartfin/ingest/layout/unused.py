"""Columns of figures beside a table that no heading gave a period: told, so that none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.labels.rows import TableRows
from smartfin.ingest.layout.heading import Heading, read_heading

_MOST_NAMED = 6  # columns in one remark


def unused_columns(tables: Sequence[TableRows]) -> Iterator[Finding]:
    """A note for each table beside whose periods other columns hold figures.

    Differences, growth and shares follow from the rest and need no word.

    Args:
        tables: The tables of one sheet that are used.
    """
    for table in tables:
        known = {column.index for column in table.table.columns}
        last = _last_column(table, tables)
        names = [
            name
            for column in range(table.table.right, last)
            if column not in known and (name := _name_if_lost(table, column))
        ]
        if names:
            sheet = table.table.sheet
            yield Finding(
                FindingCode.COLUMN_UNUSED,
                sheet.name,
                sheet.address(table.table.top, table.table.right),
                {"columns": ", ".join(names[:_MOST_NAMED])},
            )


def _last_column(table: TableRows, tables: Sequence[TableRows]) -> int:
    """First column that belongs to the next table beside this one, or the end of the rows."""
    beside = [
        other.table.left
        for other in tables
        if other.table.top == table.table.top and other.table.left > table.table.left
    ]
    rows = table.table.sheet.rows
    return min([*beside, max((len(rows[row.index]) for row in table.rows), default=0)])


def _name_if_lost(table: TableRows, column: int) -> str:
    """How a column with figures that count is headed; empty for any other column."""
    sheet = table.table.sheet
    over = [
        heading
        for row in range(table.table.top, table.table.first)
        if (heading := read_heading(sheet.cell(row, column))) is not None
    ]
    if any(map(_follows_from_others, over)) or not _holds_amounts(table, column):
        return ""
    letters = sheet.address(0, column).rstrip("1")
    return over[-1].label if over else letters


def _follows_from_others(heading: Heading) -> bool:
    is_share = heading.unit is not None and heading.unit.kind == "percent"
    return heading.variance or is_share or heading.impossible


def _holds_amounts(table: TableRows, column: int) -> bool:
    """Whether half of the rows with a line item hold a number there, not in percent."""
    sheet = table.table.sheet
    rows = [row.index for row in table.rows if row.match.item is not None]
    numbers = [
        row
        for row in rows
        if isinstance(sheet.cell(row, column), float) and sheet.factors.get((row, column), 1.0) <= 1
    ]
    return bool(rows) and 2 * len(numbers) >= len(rows)
