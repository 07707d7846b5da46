"""What a workbook does not show: hidden figures, links to other workbooks, sheets that are gone.

A hidden sheet is not used: who hid it did not hand it in. Hidden rows and columns of a table that
is used are read like the others, because a table means all of its rows. Both are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.grid.cells import Sheet, Workbook
from smartfin.ingest.labels.match import Matcher
from smartfin.ingest.labels.rows import TableRows
from smartfin.ingest.layout.sheets import SheetReading
from smartfin.ingest.reading import SheetReason


class Concealed(StrEnum):
    """What hides figures."""

    SHEET = "sheet"
    ROWS = "rows"
    COLUMNS = "columns"


_FEWEST_ROWS = 2  # of figures under known labels that make a hidden sheet a statement


def concealments(
    workbook: Workbook, sheets: Sequence[SheetReading], matcher: Matcher
) -> Iterator[Finding]:
    """Findings about what a workbook does not show.

    Args:
        workbook: Its cells.
        sheets: What each sheet was taken for.
        matcher: Knows the labels.
    """
    for name in workbook.missing:
        yield Finding(FindingCode.SHEET_MISSING, name, facts={"sheet": name})
    if workbook.external_links:
        sheet, cell = workbook.external_links[0]
        count = len(workbook.external_links)
        yield Finding(FindingCode.EXTERNAL_LINKS, sheet, cell, {"count": count})
    for read in sheets:
        if read.reason is SheetReason.HIDDEN:
            yield from _hidden_statement(read.sheet, matcher)
        elif read.tables and (read.sheet.hidden_rows or read.sheet.hidden_columns):
            yield from _hidden_parts(read.sheet, read.tables)


def _hidden_statement(sheet: Sheet, matcher: Matcher) -> Iterator[Finding]:
    """A hidden sheet whose figures stand beside line items."""
    labels: list[str] = []
    count = 0
    for index, row in enumerate(sheet.rows):
        figures = [column for column, cell in enumerate(row) if isinstance(cell, float)]
        if not figures:
            continue
        for column, cell in enumerate(row[: figures[-1]]):
            if isinstance(cell, str) and matcher.is_label(cell):
                labels.append(sheet.address(index, column))
                count += sum(1 for figure in figures if figure > column)
                break
    if len(labels) >= _FEWEST_ROWS:
        yield _hidden(Concealed.SHEET, sheet, labels[0], count)


def _hidden_parts(sheet: Sheet, tables: Sequence[TableRows]) -> Iterator[Finding]:
    """Hidden rows and columns of used tables that hold figures of line items."""
    places = [
        (row.index, column.index)
        for table in tables
        for row in table.rows
        for column in table.table.columns
        if row.match.item is not None and sheet.cell(row.index, column.index)
    ]
    in_rows = [place for place in places if place[0] in sheet.hidden_rows]
    in_columns = [place for place in places if place[1] in sheet.hidden_columns]
    if sheet.flipped:
        in_rows, in_columns = in_columns, in_rows
    for what, found in ((Concealed.ROWS, in_rows), (Concealed.COLUMNS, in_columns)):
        if found:
            yield _hidden(what, sheet, sheet.address(*found[0]), len(found))


def _hidden(what: Concealed, sheet: Sheet, cell: str, count: int) -> Finding:
    facts = {"concealed": what.value, "count": count}
    return Finding(FindingCode.HIDDEN_FIGURES, sheet.name, cell, facts)
