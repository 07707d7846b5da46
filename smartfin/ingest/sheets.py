"""Which sheets hold statements: by their content, never by their name or place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.cells import Sheet, Workbook
from smartfin.ingest.layout import Layout, find_tables
from smartfin.ingest.match import Matcher
from smartfin.ingest.reading import ReadingContext, SheetReason, SheetUse
from smartfin.ingest.rows import TableRows, read_rows
from smartfin.items import Statement

_MOST_TURNED_CELLS = 60_000  # of a sheet that is also tried with rows and columns exchanged
_FEWEST_LABELS = 2  # from which a sheet without periods is missed


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet was taken for.

    Args:
        sheet: Its cells; rows and columns exchanged when periods run down.
        layout: Its tables and what is wrong with their headings.
        tables: Those that hold line items.
        reason: Why it was, or was not, used.
    """

    sheet: Sheet
    layout: Layout
    tables: tuple[TableRows, ...]
    reason: SheetReason

    @property
    def use(self) -> SheetUse:
        """The sheet as it is reported."""
        counts: Counter[Statement] = Counter()
        for table in self.tables:
            counts.update(table.statements)
        statement = counts.most_common(1)[0][0] if counts else None
        return SheetUse(self.sheet.name, statement, bool(self.tables), self.reason)


def read_sheets(
    workbook: Workbook, name: str, context: ReadingContext, matcher: Matcher
) -> tuple[SheetReading, ...]:
    """What each sheet of a workbook was taken for.

    Args:
        workbook: Its cells.
        name: File name; may tell the year.
        context: Line items and answers.
        matcher: Knows the labels.
    """
    return tuple(_read(sheet, name, context, matcher) for sheet in workbook.sheets)


def _read(sheet: Sheet, name: str, context: ReadingContext, matcher: Matcher) -> SheetReading:
    for reason, applies in (
        (SheetReason.CHART, sheet.chart),
        (SheetReason.HIDDEN, sheet.hidden),
        (SheetReason.EMPTY, not any(map(any, sheet.rows))),
    ):
        if applies:
            return SheetReading(sheet, Layout(()), (), reason)
    upright = _laid_out(sheet, name, context, matcher)
    if upright.tables or sum(map(len, sheet.rows)) > _MOST_TURNED_CELLS:
        return upright
    turned = _laid_out(sheet.turned(), name, context, matcher)
    return turned if turned.tables else upright


def _laid_out(sheet: Sheet, name: str, context: ReadingContext, matcher: Matcher) -> SheetReading:
    answer = context.answers.get(f"period:{sheet.name}", "")
    layout = find_tables(sheet, f"{name} {answer}", matcher.is_label)
    tables = (read_rows(table, matcher, context.items) for table in layout.tables)
    used = tuple(table for table in tables if _holds_items(table))
    unused = SheetReason.NO_ITEMS if layout.tables else SheetReason.NO_PERIODS
    return SheetReading(sheet, layout, used, SheetReason.USED if used else unused)


def _holds_items(table: TableRows) -> bool:
    """Whether a table has any row that is, or may be, a line item."""
    return any(row.match.item is not None or row.match.candidates for row in table.rows)


def holds_labels(read: SheetReading, matcher: Matcher) -> bool:
    """Whether a sheet names line items at all."""
    texts = (cell for row in read.sheet.rows for cell in row if isinstance(cell, str))
    return sum(1 for text in texts if matcher.is_label(text)) >= _FEWEST_LABELS


def why_nothing(sheets: tuple[SheetReading, ...], matcher: Matcher) -> Finding:
    """Why no sheet could be used: rows without periods, or nothing at all."""
    for read in sheets:
        if read.reason is SheetReason.NO_PERIODS and holds_labels(read, matcher):
            name = read.sheet.name
            return Finding(FindingCode.NO_PERIODS, name, facts={"sheet": name})
    return Finding(FindingCode.NO_STATEMENT)
