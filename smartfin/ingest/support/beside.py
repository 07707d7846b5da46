"""What stands in a workbook with the list without being read: told, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.reading import SheetReason
from smartfin.ingest.support.meaning import is_blank, kind_of, quarter_of, text_of, word_of
from smartfin.ingest.support.tables import ListTable
from smartfin.ingest.support.words import NEEDED, Column
from smartfin.partner import Partner

_ENTRY = 2  # filled cells that make a row under incomplete headings one of the list
_MOST_NAMED = 6  # columns in one remark
_LONGEST_NAME = 40  # signs


def left_unread(
    workbook: Workbook, tables: Sequence[ListTable], partners: Mapping[str, Partner]
) -> Iterator[Finding]:
    """Entries without their headings, sheets and columns that are not read, a list of nothing.

    Args:
        workbook: With the list.
        tables: Its tables.
        partners: By the names they are written with.
    """
    missing = [*_incomplete(tables), *_without_headings(workbook, tables, partners)]
    if not tables and not missing:
        missing = [_heading_missing("", "", NEEDED)]
    yield from missing
    if not missing and not any(row for table in tables for row in table.rows()):
        first = tables[0]
        yield Finding(FindingCode.LIST_EMPTY, first.sheet.name, _place(first))
    yield from filter(None, map(_other_columns, tables))
    yield from _other_sheets(workbook, tables, {finding.sheet for finding in missing})


def _incomplete(tables: Sequence[ListTable]) -> Iterator[Finding]:
    """Tables with entries that lack a heading; where none is whole, all that lack one."""
    none_whole = not any(table.whole for table in tables)
    for table in tables:
        entries = any(table.filled(row) >= _ENTRY for row in table.rows())
        if table.missing and (entries or none_whole):
            yield _heading_missing(table.sheet.name, _place(table), table.missing)


def _without_headings(
    workbook: Workbook, tables: Sequence[ListTable], partners: Mapping[str, Partner]
) -> Iterator[Finding]:
    """The first row of a sheet that names partner, quarter and kind above or without headings."""
    tops = {table.sheet.name: table.top for table in reversed(tables)}
    for sheet in workbook.sheets:
        rows = sheet.rows[: tops.get(sheet.name)]
        for place, row in enumerate(rows):
            if not sheet.ours and _is_entry(row, partners):
                yield _heading_missing(sheet.name, sheet.address(place, 0), NEEDED)
                break


def _is_entry(row: Sequence[Cell], partners: Mapping[str, Partner]) -> bool:
    texts = [cell for cell in row if isinstance(cell, str)]
    return (
        any(kind_of(text) for text in texts)
        and any(word_of(text) in partners for text in texts)
        and any(quarter_of(cell) for cell in row)
    )


def _other_sheets(
    workbook: Workbook, tables: Sequence[ListTable], told: set[str]
) -> Iterator[Finding]:
    """Sheets with figures that are no part of the list."""
    known = told | {table.sheet.name for table in tables}
    for sheet in workbook.sheets:
        if sheet.name not in known and _holds_figures(sheet):
            facts = {"reason": SheetReason.NO_HEADINGS.value}
            yield Finding(FindingCode.SHEET_UNUSED, sheet.name, facts=facts)


def _holds_figures(sheet: Sheet) -> bool:
    return any(isinstance(cell, float) for row in sheet.rows for cell in row)


def _other_columns(table: ListTable) -> Finding | None:
    """The columns of a table with entries beside those that are read."""
    known, rows = set(table.columns.values()), list(table.rows())
    width = max((len(table.sheet.rows[row]) for row in rows), default=0)
    other = [
        column
        for column in range(width)
        if column not in known and any(not is_blank(table.sheet.cell(row, column)) for row in rows)
    ]
    if not other or not table.whole:
        return None
    names = ", ".join(_name(table, column) for column in other[:_MOST_NAMED])
    place = table.sheet.address(table.top, other[0])
    return Finding(FindingCode.LIST_COLUMN_UNUSED, table.sheet.name, place, {"columns": names})


def _name(table: ListTable, column: int) -> str:
    heading = text_of(table.sheet.cell(table.top, column))[:_LONGEST_NAME]
    return heading or table.sheet.address(0, column).rstrip("1")


def _place(table: ListTable) -> str:
    return table.sheet.address(table.top, min(table.columns.values()))


def _heading_missing(sheet: str, cell: str, columns: Sequence[Column]) -> Finding:
    headings = tuple(column.value for column in columns)
    return Finding(FindingCode.LIST_HEADING_MISSING, sheet, cell, {"headings": headings})
