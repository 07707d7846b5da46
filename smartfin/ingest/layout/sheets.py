"""Which sheets hold statements: by their content, never by their name or place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from smartfin.facts import Period, Scenario
from smartfin.findings import Finding, FindingCode, Question
from smartfin.ingest.grid.cells import Sheet, Workbook
from smartfin.ingest.labels.match import Matcher
from smartfin.ingest.labels.rows import TableRows, read_rows
from smartfin.ingest.layout.clues import Clues
from smartfin.ingest.layout.layout import Layout, find_tables
from smartfin.ingest.layout.repeats import across_sheets, without_repeats
from smartfin.ingest.layout.tidy import scenario_by_row, tidy_list
from smartfin.ingest.layout.untitled import untitled_band
from smartfin.ingest.layout.unused import unused_columns
from smartfin.ingest.periods.span import Span
from smartfin.ingest.reading import SheetReason, SheetUse
from smartfin.items import Items, Statement

_MOST_TURNED_CELLS = 60_000  # of a sheet that is also tried with rows and columns exchanged
_LONGEST_LABEL = 80  # characters
_MOST_ROWS = 2_000  # a statement without a period above it names its first item within
_MOST_LABELS = 300  # that are compared with line items where none is one exactly
_FEWEST_LOST = 3  # line items from which a sheet that is not used is missed
_FEWEST_LABELS = 2  # from which a sheet without periods is missed


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet was taken for.

    Args:
        sheet: Its cells; rows and columns exchanged when periods run down.
        layout: Its tables and what is wrong with their headings.
        tables: Those that hold line items.
        reason: Why it was, or was not, used.
        findings: What is wrong with its headings, and which columns are not used.
        questions: What must be asked about its periods and scenarios.
        untitled: Whether its headings name no periods.
    """

    sheet: Sheet
    layout: Layout
    tables: tuple[TableRows, ...]
    reason: SheetReason
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    untitled: bool = False

    @property
    def use(self) -> SheetUse:
        """The sheet as it is reported."""
        counts: Counter[Statement] = Counter()
        for table in self.tables:
            counts.update(table.statements)
        statement = counts.most_common(1)[0][0] if counts else None
        spans = [column.span for table in self.tables for column in table.table.columns]
        return SheetUse(
            self.sheet.name,
            statement,
            bool(self.tables),
            self.reason,
            first=min((span.start for span in spans), default=None),
            last=max((span.end for span in spans), default=None),
            hidden=self.sheet.hidden,
        )


def read_sheets(
    workbook: Workbook, items: Items, clues: Clues, matcher: Matcher
) -> tuple[SheetReading, ...]:
    """What each sheet of a workbook was taken for.

    Args:
        workbook: Its cells.
        items: The chart of line items.
        clues: What tells periods and scenarios when the sheets do not.
        matcher: Knows the labels.
    """
    reader = _SheetReader(items, clues, matcher)
    read = _with_one_period(tuple(map(reader.read, workbook.sheets)), reader)
    used = {one.sheet.name: one.tables for one in read if one.tables}
    clashing = across_sheets(used, clues.answers) if len(used) > 1 else {}
    return tuple(
        replace(one, tables=settled.tables, questions=(*one.questions, *settled.questions))
        if (settled := clashing.get(one.sheet.name)) is not None
        else one
        for one in read
    )


def _with_one_period(
    read: tuple[SheetReading, ...], reader: _SheetReader
) -> tuple[SheetReading, ...]:
    """The sheets, one that tells no period taken for that of all others of its kind."""
    told = {
        column.span: one.sheet.name
        for one in read
        if one.untitled
        for table in one.tables
        for column in table.table.columns
        if column.quarter is not None and column.scenario is Scenario.ACTUAL
    }
    if len(told) != 1:
        return read
    ((span, source),) = told.items()
    return tuple(
        reader.of_period(one, span, source) if one.untitled and not one.tables else one
        for one in read
    )


class _SheetReader:
    """Tries the ways a sheet may be laid out, the usual ones first."""

    def __init__(self, items: Items, clues: Clues, matcher: Matcher) -> None:
        self._items = items
        self._clues = clues
        self._matcher = matcher

    def read(self, sheet: Sheet) -> SheetReading:
        """What one sheet was taken for."""
        for reason, applies in (
            (SheetReason.CHART, sheet.chart),
            (SheetReason.REMARKS, sheet.ours),
            (SheetReason.HIDDEN, sheet.hidden),
            (SheetReason.EMPTY, not any(map(any, sheet.rows))),
        ):
            if applies:
                return SheetReading(sheet, Layout(()), (), reason)
        upright = self._laid_out(sheet)
        if upright.tables and not scenario_by_row(upright.layout.tables):
            return upright
        if not upright.tables and not self._names_items(sheet):
            return upright
        listed = self._listed(sheet)
        if upright.tables or (listed is not None and listed.tables):
            return listed or upright
        return self._unusual(sheet, upright)

    def _unusual(self, sheet: Sheet, upright: SheetReading) -> SheetReading:
        """The sheet turned, or with periods its headings do not name; else as it stands."""
        if sum(map(len, sheet.rows)) <= _MOST_TURNED_CELLS:
            turned = self._laid_out(sheet.turned())
            if turned.tables:
                return turned
        band = None if upright.layout.questions else untitled_band(sheet, self._may_be_item)
        if band is None:
            return upright
        layout = find_tables(sheet, self._clues, self._is_label, [band])
        untitled = replace(self._settled(sheet, layout), untitled=True)
        return untitled if untitled.tables or untitled.questions else upright

    def of_period(self, read: SheetReading, span: Span, source: str) -> SheetReading:
        """A sheet that tells no period, taken for the one that ``source`` is of."""
        clues = replace(self._clues, elsewhere=span)
        again = _SheetReader(self._items, clues, self._matcher).read(read.sheet)
        if not again.tables:
            return read
        facts = {"period": str(Period(span.start, span.end)), "source": source}
        told = Finding(FindingCode.PERIOD_ASSUMED, read.sheet.name, facts=facts)
        return replace(again, findings=(*again.findings, told))

    def _listed(self, sheet: Sheet) -> SheetReading | None:
        """The sheet as a list of facts, one a row."""
        listed = tidy_list(sheet, self._is_label, self._clues.whose)
        if listed is None:
            return None
        read = self._laid_out(listed.sheet)
        return replace(read, findings=(*listed.findings, *read.findings))

    def _laid_out(self, sheet: Sheet) -> SheetReading:
        return self._settled(sheet, find_tables(sheet, self._clues, self._is_label))

    def _settled(self, sheet: Sheet, layout: Layout) -> SheetReading:
        tables = (read_rows(table, self._matcher, self._items) for table in layout.tables)
        used = tuple(table for table in tables if _holds_items(table))
        if not used:
            unused = SheetReason.NO_ITEMS if layout.tables else SheetReason.NO_PERIODS
            return SheetReading(sheet, layout, (), unused, layout.findings, layout.questions)
        settled = without_repeats(used, self._clues.answers)
        findings = (*layout.findings, *settled.findings, *unused_columns(used))
        questions = (*layout.questions, *settled.questions)
        return SheetReading(sheet, layout, settled.tables, SheetReason.USED, findings, questions)

    def _names_items(self, sheet: Sheet) -> bool:
        """Whether any text on a sheet may be a line item."""
        texts = texts_on(sheet)
        if any(map(self._is_label, texts)):
            return True
        labels = sorted(text for text in texts if len(text) <= _LONGEST_LABEL)
        return any(map(self._may_be_item, labels[:_MOST_LABELS]))

    def _may_be_item(self, text: str) -> bool:
        """Whether a text is, or may be, a line item: where labels alone show that rows count."""
        match = self._matcher.match(text)
        return match.item is not None or bool(match.candidates)

    @property
    def _is_label(self) -> Callable[[str], bool]:
        return self._matcher.is_label


def _holds_items(table: TableRows) -> bool:
    """Whether a table has any row that is, or may be, a line item."""
    return any(row.match.item is not None or row.match.candidates for row in table.rows)


def texts_on(sheet: Sheet) -> set[str]:
    """The texts on a sheet, each once; below so many rows a list of entries goes on."""
    return {cell for row in sheet.rows[:_MOST_ROWS] for cell in row if cell.__class__ is str}


def holds_labels(read: SheetReading, matcher: Matcher) -> bool:
    """Whether a sheet names line items at all."""
    texts = texts_on(read.sheet)
    return sum(1 for text in texts if matcher.is_label(text)) >= _FEWEST_LABELS


def lost_statements(sheets: tuple[SheetReading, ...], matcher: Matcher) -> Iterator[Finding]:
    """Sheets without periods whose line items stand nowhere else in the workbook."""
    stated = {row.match.item for read in sheets for table in read.tables for row in table.rows}
    for read in sheets:
        if read.reason is not SheetReason.NO_PERIODS or read.questions:
            continue
        named = {
            matcher.match(cell).item
            for row in read.sheet.rows
            if any(isinstance(cell, float) for cell in row)
            for cell in row
            if isinstance(cell, str) and matcher.is_label(cell)
        }
        if len(named - stated - {None}) >= _FEWEST_LOST:
            yield Finding(FindingCode.NO_PERIODS, read.sheet.name, facts={"sheet": read.sheet.name})


def why_nothing(sheets: tuple[SheetReading, ...], matcher: Matcher) -> Finding:
    """Why no sheet could be used: rows without periods, or nothing at all."""
    for read in sheets:
        if read.reason is SheetReason.NO_PERIODS and holds_labels(read, matcher):
            name = read.sheet.name
            return Finding(FindingCode.NO_PERIODS, name, facts={"sheet": name})
    return Finding(FindingCode.NO_STATEMENT)
