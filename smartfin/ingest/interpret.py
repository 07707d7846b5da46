"""Cells to a Reading: the road from layout to checks, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from smartfin.findings import FindingCode, QuestionKind
from smartfin.ingest.agreement import agreed
from smartfin.ingest.cells import Workbook
from smartfin.ingest.checks import CHECKS, Book
from smartfin.ingest.columns import Column
from smartfin.ingest.cumulative import looks_cumulative
from smartfin.ingest.figures import Figure, FigureReader, texts_of
from smartfin.ingest.layout import Table
from smartfin.ingest.match import LEFT_OUT, NOTHING, Matcher, question_id
from smartfin.ingest.normalise import Stated, normalised
from smartfin.ingest.number import settled_decimal_mark
from smartfin.ingest.origin import Origin, origin_of
from smartfin.ingest.reading import (
    Mapped,
    MapReason,
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
)
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.rows import Row, TableRows
from smartfin.ingest.sheets import SheetReading, holds_labels, read_sheets, why_nothing
from smartfin.ingest.signs import ANSWERS as SIGN_ANSWERS
from smartfin.ingest.signs import settle_signs
from smartfin.ingest.span import Span, month_start
from smartfin.ingest.text import comparable
from smartfin.ingest.units import Units
from smartfin.ingest.unmapped import Unmapped, unknown_rows
from smartfin.items import Nature
from smartfin.quarter import Quarter

_PERIOD_ANSWERS = ("quarter", "cumulative")


def interpret(workbook: Workbook, name: str, context: ReadingContext) -> Reading:
    """What a workbook's cells say.

    Args:
        workbook: Its cells.
        name: File name; may tell partner, year and that the figures are synthetic.
        context: Line items, partners, answers.
    """
    return _Interpreter(workbook, name, context).reading()


class _Interpreter:
    """One workbook on its way to a reading."""

    def __init__(self, workbook: Workbook, name: str, context: ReadingContext) -> None:
        self._workbook = workbook
        self._name = name
        self._context = context
        self._items = context.items
        self._answers = context.answers
        self._matcher = Matcher(context.items, context.answers)
        self._remarks = Remarks()
        self._sheets = read_sheets(workbook, name, context, self._matcher)
        self._tables = [table for sheet in self._sheets for table in sheet.tables]
        self._units = Units(workbook, self._tables, context.answers, self._remarks)

    def reading(self) -> Reading:
        """Everything the workbook says."""
        origin = self._origin()
        currency = self._currency(origin)
        launch = origin.partner.launch if origin.partner else None
        for read in self._sheets:
            self._note_headings(read)
        stated = [
            one
            for sheet in self._sheets
            if sheet.tables
            for one in self._stated(sheet, currency, launch)
        ]
        chosen, contradictions = agreed(stated, self._items)
        self._remarks.add(*contradictions)
        self._check(chosen)
        return Reading(
            partner=origin.partner.code if origin.partner else None,
            currency=currency or None,
            facts=tuple(one.fact for one in chosen),
            mapping=tuple(self._mapping()),
            questions=self._remarks.questions,
            findings=self._remarks.findings,
            periods=tuple(self._periods()),
            sheets=tuple(read.use for read in self._sheets),
            synthetic=origin.synthetic,
        )

    # --- whose, and in which money

    def _origin(self) -> Origin:
        first = {
            read.sheet.name: min(table.table.top for table in read.tables)
            for read in self._sheets
            if read.tables and not read.sheet.flipped
        }
        origin = origin_of(self._workbook, self._name, self._context, first)
        if origin.synthetic:
            self._remarks.note(FindingCode.SYNTHETIC, "")
        if origin.asks and not self._tables:
            return origin  # whose it is does not matter where nothing is stated
        self._remarks.add(*origin.findings)
        if origin.asks:
            options = tuple(partner.code for partner in self._context.partners)
            self._remarks.ask(QuestionKind.PARTNER, "partner", ("", ""), options)
        return origin

    def _currency(self, origin: Origin) -> str:
        """The currency of the amounts; empty when it cannot be told."""
        printed = [
            (table.table.sheet.name, codes)
            for table in self._tables
            for codes in self._units.currencies(table)
        ]
        if origin.partner is not None:
            self._compare_currency(origin.partner.currency, printed)
            return origin.partner.currency
        certain = {code for _, codes in printed for code in codes if len(codes) == 1}
        if len(certain) == 1:
            return certain.pop()
        if self._tables:
            self._remarks.note(FindingCode.UNKNOWN_CURRENCY, "")
        return ""

    def _compare_currency(
        self, expected: str, printed: Sequence[tuple[str, frozenset[str]]]
    ) -> None:
        for sheet, codes in printed:
            if expected not in codes:
                found = ", ".join(sorted(codes))
                self._remarks.note(
                    FindingCode.WRONG_CURRENCY, sheet, expected=expected, found=found
                )

    # --- figures and facts

    def _note_headings(self, read: SheetReading) -> None:
        """Headings that contradict themselves or leave the year open."""
        if not read.tables and not (read.layout.undated and holds_labels(read, self._matcher)):
            return
        sheet = read.sheet.name
        self._remarks.add(*read.layout.findings)
        for label, cell in read.layout.undated[:1]:
            self._remarks.ask(
                QuestionKind.PERIOD, f"period:{sheet}", (sheet, cell), (), label=label
            )

    def _stated(
        self, read: SheetReading, currency: str, launch: Quarter | None
    ) -> tuple[Stated, ...]:
        """The facts of one sheet."""
        sheet = read.sheet.name
        figures = [figure for table in read.tables for figure in self._figures(table, currency)]
        usable = [f for f in figures if currency or f.item.unit != "currency"]
        result = normalised(usable, currency, launch)
        self._remarks.add(*result.findings)
        if result.split:
            count = len(result.split)
            self._remarks.note(FindingCode.CUMULATIVE_SPLIT, sheet, result.split[0], count=count)
        return result.stated

    def _figures(self, table: TableRows, currency: str) -> tuple[Figure, ...]:
        """The figures of one table in single units, storage sign and with their span."""
        self._tell_of_rows(table, currency)
        reader = FigureReader(
            table,
            self._items,
            lambda row, item: self._units.factors(table, row, item),
            lambda: self._decimal_mark,
        )
        read = reader.read()
        self._remarks.add(*read.findings)
        return self._signed(table, self._dated(table.table, read.figures))

    @cached_property
    def _decimal_mark(self) -> str | None:
        """What the text numbers of all tables agree on."""
        return settled_decimal_mark(text for table in self._tables for text in texts_of(table))

    def _tell_of_rows(self, table: TableRows, currency: str) -> None:
        """Asks what doubtful rows mean; tells of unexplained ones, and of the amounts in them."""
        unknown = unknown_rows(table, self._items)
        lost = {one.row.index: one for one in unknown.lost}
        for row in table.rows:
            reason, is_lost = row.match.reason, row.index in lost
            if row.match.candidates:
                self._ask_about(table, row, (*row.match.candidates, NOTHING))
            elif is_lost and reason in (MapReason.UNKNOWN, MapReason.ELSEWHERE):
                self._tell_of_loss(table, lost[row.index], currency)
            elif row.match is LEFT_OUT or (
                reason is MapReason.UNKNOWN and row.index not in unknown.explained
            ):
                self._tell_of_unused(table, row)
        for one in lost.values():
            if not one.row.label:
                self._tell_of_loss(table, one, currency)

    def _tell_of_unused(self, table: TableRows, row: Row) -> None:
        sheet = table.table.sheet
        place = sheet.address(row.index, row.column)
        self._remarks.note(FindingCode.UNMAPPED_LABEL, sheet.name, place, label=row.label)

    def _ask_about(self, table: TableRows, row: Row, options: tuple[str, ...]) -> None:
        sheet = table.table.sheet
        place = (sheet.name, sheet.address(row.index, row.column))
        name = question_id(row.label)
        self._remarks.ask(QuestionKind.ITEM, name, place, options, label=row.label)

    def _tell_of_loss(self, table: TableRows, one: Unmapped, currency: str) -> None:
        """Warns of amounts without a line item; asks for it where the result depends on it."""
        sheet, row = table.table.sheet, one.row
        factor = self._units.factors(table, row, one.example)[one.largest]
        facts: dict[str, object] = {
            "amount": one.amount * (factor or 1.0),
            "unit": currency if currency and factor else "count",
        }
        code = FindingCode.UNLABELLED_AMOUNTS
        if row.label:
            code, facts = FindingCode.UNMAPPED_AMOUNTS, {"label": row.label, **facts}
        cell = sheet.address(row.index, row.column)
        self._remarks.note(code, sheet.name, cell, **facts)
        if one.choices and comparable(row.label):
            self._ask_about(table, row, (*one.choices, NOTHING))

    def _dated(self, table: Table, figures: Sequence[Figure]) -> list[Figure]:
        """Figures with the span they cover, where a title or an answer says it."""
        name = f"period:{table.sheet.name}"
        answer = self._answers.get(name, "")
        suspect = not table.is_cumulative and looks_cumulative(figures)
        dated: list[Figure] = []
        for figure in figures:
            column = figure.column
            is_open = column.span.start == column.span.end and not table.is_cumulative
            settled = answer == "quarter" if suspect else not table.is_cumulative
            if figure.item.nature is Nature.STOCK or (settled and not is_open):
                dated.append(figure)
            elif answer in _PERIOD_ANSWERS or table.is_cumulative:
                runs = table.is_cumulative or answer == "cumulative"
                dated.append(figure._replace(column=_respanned(column, cumulative=runs)))
            else:
                place = (table.sheet.name, figure.cell)
                self._remarks.ask(
                    QuestionKind.PERIOD, name, place, _PERIOD_ANSWERS, label=column.label
                )
        return dated

    def _signed(self, table: TableRows, figures: list[Figure]) -> tuple[Figure, ...]:
        sheet = table.table.sheet.name
        name = f"sign:{sheet}"
        signed = settle_signs(figures, self._items, self._answers.get(name, ""))
        if signed.turned:
            count = len(signed.turned)
            self._remarks.note(FindingCode.COSTS_TURNED, sheet, signed.turned[0], count=count)
        if signed.unclear:
            self._remarks.ask(QuestionKind.SIGN, name, (sheet, signed.unclear[0]), SIGN_ANSWERS)
        return signed.figures

    # --- rules and report

    def _check(self, stated: tuple[Stated, ...]) -> None:
        if not self._tables:
            if not any(q.kind is QuestionKind.PERIOD for q in self._remarks.questions):
                self._remarks.add(why_nothing(self._sheets, self._matcher))
            return
        book = Book(
            stated,
            self._items,
            frozenset(statement for table in self._tables for statement in table.statements),
            self._left_open(),
            self._context.newest_allowed,
        )
        self._remarks.add(*(finding for check in CHECKS for finding in check(book)))

    def _left_open(self) -> frozenset[str]:
        """Items that may be in the workbook though their facts rest on an open question."""
        open_items = [
            option
            for question in self._remarks.questions
            if question.kind is QuestionKind.ITEM
            for option in question.options
        ]
        if any(question.kind is not QuestionKind.ITEM for question in self._remarks.questions):
            rows = (row for table in self._tables for row in table.rows)
            open_items += [row.match.item for row in rows if row.match.item]
        return frozenset(open_items)

    def _mapping(self) -> Iterable[Mapped]:
        for table in self._tables:
            sheet = table.table.sheet
            for row in table.rows:
                yield Mapped(
                    sheet.name,
                    sheet.address(row.index, row.column),
                    row.label,
                    row.match.item,
                    round(row.match.confidence, 3),
                    row.match.reason,
                )

    def _periods(self) -> Iterable[PeriodHeader]:
        columns = (column for table in self._tables for column in table.table.columns)
        return dict.fromkeys(
            PeriodHeader(column.label, column.kind, column.span.start, column.span.end)
            for column in columns
        )


def _respanned(column: Column, *, cumulative: bool) -> Column:
    """A column whose figures run from the year's start, or cover the quarter before a date."""
    end = column.span.end
    start = date(end.year, 1, 1) if cumulative else month_start(end.year, end.month - 2)
    kind = PeriodKind.YTD if cumulative else PeriodKind.QUARTER
    return replace(column, span=Span(start, end), kind=kind)
