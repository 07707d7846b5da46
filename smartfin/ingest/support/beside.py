"""What stands in a workbook with the list without being read: told, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.reading import SheetReason
from smartfin.ingest.support.meaning import (
    is_blank,
    is_figure,
    kind_of,
    quarter_of,
    text_of,
    word_of,
)
from smartfin.ingest.support.tables import ListTable
from smartfin.ingest.support.words import NEEDED, Column
from smartfin.partner import Partner

_ENTRY = 2  # filled cells that make a row under incomplete headings one of the list
_MOST_NAMED = 6  # rows or columns in one remark
_LONGEST_NAME = 40  # signs


def left_unread(
    workbook: Workbook, tables: Sequence[ListTable], partners: Mapping[str, Partner]
) -> Iterator[Finding]:
    """Entries without their headings, a list of nothing, and all that is not read.

    A cell that holds anything lies in a row and a column that are read, or it is told by its
    sheet, row or column. Silent are titles above the headings, and sheets of words alone.

    Args:
        workbook: With the list.
        tables: Its tables.
        partners: By the names they are written with.
    """
    bare = list(_without_headings(workbook, tables, partners))
    missing = [*_incomplete(tables), *bare]
    if not tables and not missing:
        missing = [_heading_missing("", "", NEEDED)]
    yield from missing
    if not missing and not any(row for table in tables for row in table.rows()):
        first = tables[0]
        yield Finding(FindingCode.LIST_EMPTY, first.sheet.name, _place(first))
    yield from filter(None, map(_other_columns, tables))
    yield from _other_rows(workbook, tables, {finding.sheet for finding in bare})
    yield from _other_sheets(workbook, tables, {finding.sheet for finding in missing})


def _incomplete(tables: Sequence[ListTable]) -> Iterator[Finding]:
    """Tables with entries that lack a heading; where none is whole, all that lack one.

    On a sheet with the list itself, whatever stands under such headings is an entry.
    """
    with_list = {table.sheet.name for table in tables if table.whole}
    for table in tables:
        entries = any(table.filled(row) >= _ENTRY for row in table.rows())
        beside = table.sheet.name in with_list and any(map(table.holds_any, table.under))
        if table.missing and (entries or beside or not with_list):
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
    known = told | {table.sheet.name for table in tables if table.whole}
    for sheet in workbook.sheets:
        figures = (is_figure(cell) for row in sheet.rows for cell in row)
        if not sheet.ours and sheet.name not in known and any(figures):
            facts = {"reason": SheetReason.NO_HEADINGS}
            yield Finding(FindingCode.SHEET_UNUSED, sheet.name, facts=facts)


def _other_rows(
    workbook: Workbook, tables: Sequence[ListTable], told: set[str]
) -> Iterator[Finding]:
    """Rows that are not read, on the sheets with the list.

    Args:
        workbook: With the list.
        tables: Its tables.
        told: Sheets whose rows above the headings are told already.
    """
    for sheet in workbook.sheets:
        within = [table for table in tables if table.sheet.name == sheet.name]
        whole = [table for table in within if table.whole]
        if not whole:
            continue
        lost = [] if sheet.name in told else _amounts_above(sheet, within[0].top)
        lost += [row for table in whole for row in table.other_rows()]
        if lost:
            column = next(at for at, cell in enumerate(sheet.rows[lost[0]]) if not is_blank(cell))
            facts = {"rows": _named([str(row + 1) for row in lost])}
            place = sheet.address(lost[0], column)
            yield Finding(FindingCode.LIST_ROW_UNUSED, sheet.name, place, facts)


def _amounts_above(sheet: Sheet, top: int) -> list[int]:
    """Rows above the first headings that hold more than a title, which may hold its day."""
    return [
        row
        for row, cells in enumerate(sheet.rows[:top])
        if any(is_figure(cell) and not isinstance(cell, date) for cell in cells)
    ]


def _other_columns(table: ListTable) -> Finding | None:
    """The columns of a table that are not read and hold entries, or a figure as heading."""
    sheet, rows = table.sheet, list(table.rows())
    width = max((len(sheet.rows[row]) for row in (table.top, *rows)), default=0)
    other = [
        column
        for column in range(width)
        if column not in table.columns.values()
        and (
            is_figure(sheet.cell(table.top, column))
            or any(not is_blank(sheet.cell(row, column)) for row in rows)
        )
    ]
    if not other or not table.whole:
        return None
    names = _named([_name(table, column) for column in other])
    place = sheet.address(table.top, other[0])
    return Finding(FindingCode.LIST_COLUMN_UNUSED, sheet.name, place, {"columns": names})


def _name(table: ListTable, column: int) -> str:
    heading = text_of(table.sheet.cell(table.top, column))[:_LONGEST_NAME]
    return heading or table.sheet.address(0, column).rstrip("1")


def _named(names: Sequence[str]) -> str:
    """The first of them, with a sign that there are more."""
    more = ["…"] if len(names) > _MOST_NAMED else []
    return ", ".join([*names[:_MOST_NAMED], *more])


def _place(table: ListTable) -> str:
    return table.sheet.address(table.top, min(table.columns.values()))


def _heading_missing(sheet: str, cell: str, columns: Sequence[Column]) -> Finding:
    headings = tuple(column.value for column in columns)
    return Finding(FindingCode.LIST_HEADING_MISSING, sheet, cell, {"headings": headings})
