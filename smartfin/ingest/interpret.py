"""Cells to a Reading: the road from layout to checks, in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from smartfin.facts import Scenario
from smartfin.findings import Aspect, FindingCode, QuestionKind
from smartfin.ingest.amounts.agreement import agreed
from smartfin.ingest.amounts.figures import Doubt, Figure, FigureReader
from smartfin.ingest.amounts.number import DECIMAL_MARKS, settled_decimal_mark
from smartfin.ingest.amounts.signs import ANSWERS as SIGN_ANSWERS
from smartfin.ingest.amounts.signs import settle_signs
from smartfin.ingest.amounts.units import Units
from smartfin.ingest.checks import CHECKS, Book
from smartfin.ingest.grid.cells import Workbook
from smartfin.ingest.grid.concealed import concealments
from smartfin.ingest.labels.context import tables_in_context
from smartfin.ingest.labels.mapping import Choices, mapped_rows
from smartfin.ingest.labels.match import NOTHING, Matcher
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.labels.unmapped import Unmapped, unknown_rows
from smartfin.ingest.layout.clues import clues_of
from smartfin.ingest.layout.layout import Table
from smartfin.ingest.layout.sheets import (
    SheetReading,
    holds_labels,
    lost_statements,
    read_sheets,
    why_nothing,
)
from smartfin.ingest.memory import Answers, item_question
from smartfin.ingest.origin import Origin, origin_of
from smartfin.ingest.periods.dating import dated, length_options
from smartfin.ingest.periods.normalise import Stated, normalised
from smartfin.ingest.reading import (
    Mapped,
    MapReason,
    PeriodHeader,
    Reading,
    ReadingContext,
    SheetUse,
    Unsettled,
)
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.support import is_support_list, support_reading
from smartfin.ingest.template import is_template, template_reading
from smartfin.ingest.text import comparable
from smartfin.quarter import Quarter


def interpret(workbook: Workbook, name: str, context: ReadingContext) -> Reading:
    """What a workbook's cells say.

    Args:
        workbook: Its cells.
        name: File name; may tell partner, year and that the figures are synthetic.
        context: Line items, partners, answers.
    """
    if is_support_list(workbook, context):
        return support_reading(workbook, name, context)
    context = replace(context, items=context.items.of_books)
    if is_template(workbook):
        return template_reading(workbook, context)
    return _Interpreter(workbook, name, context).reading()


class _Interpreter:
    """One workbook on its way to a reading."""

    def __init__(self, workbook: Workbook, name: str, context: ReadingContext) -> None:
        self._workbook = workbook
        self._name = name
        self._context = context
        self._items = context.items
        self._origin = origin_of(workbook, name, context)
        whose = self._origin.partner.code if self._origin.partner else ""
        self._answers = Answers(context.answers, context.remembered.get(whose, {}))
        self._matcher = Matcher(context.items, self._answers)
        self._remarks = Remarks()
        self._clues = clues_of(name, self._origin.partner, context, self._answers)
        self._unsettled: list[Unsettled] = []
        self._choices: dict[int, Choices] = {}
        self._sheets = tuple(
            replace(read, tables=tables_in_context(read.tables, context.items))
            for read in read_sheets(workbook, context.items, self._clues, self._matcher)
        )
        self._tables = [table for sheet in self._sheets for table in sheet.tables]
        self._units = Units(workbook, self._tables, self._answers, self._remarks, context.items)

    def reading(self) -> Reading:
        """Everything the workbook says."""
        origin = self._origin
        self._tell_origin(origin)
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
        self._remarks.add(*concealments(self._workbook, self._sheets, self._matcher))
        self._check(chosen)
        return Reading(
            partner=origin.partner.code if origin.partner else None,
            currency=currency or None,
            facts=tuple(one.fact for one in chosen),
            mapping=tuple(self._mapping()),
            questions=self._remarks.questions,
            findings=self._remarks.findings,
            periods=tuple(self._periods()),
            sheets=tuple(self._uses(chosen)),
            unsettled=tuple(self._unsettled),
            synthetic=origin.synthetic,
            stage=origin.stage,
        )

    # --- whose, and in which money

    def _tell_origin(self, origin: Origin) -> None:
        if origin.synthetic:
            self._remarks.note(FindingCode.SYNTHETIC, "")
        if origin.asks and not self._tables:
            return  # whose it is does not matter where nothing is stated
        self._remarks.add(*origin.findings)
        if origin.asks:
            self._remarks.ask(QuestionKind.PARTNER, "partner", ("", ""), origin.options)

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
        if not self._tables or origin.asks:
            return ""  # nothing to know, or the partner asked for brings its currency
        possible = certain or {code for _, codes in printed for code in codes}
        return self._asked_currency(possible or {p.currency for p in self._context.partners})

    def _asked_currency(self, possible: Iterable[str]) -> str:
        """The currency a person named; empty, and asked for, when nobody did."""
        options = tuple(sorted(possible))
        answer = self._answers.get("currency")
        if answer in options:
            return answer
        self._remarks.note(FindingCode.UNKNOWN_CURRENCY, "")
        place = (self._tables[0].table.sheet.name, "")
        self._remarks.ask(QuestionKind.CURRENCY, "currency", place, options)
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
        """Headings that contradict themselves, leave the year open or repeat a period."""
        if read.tables or (read.questions and holds_labels(read, self._matcher)):
            self._remarks.add(*read.findings)
            self._remarks.pose(*read.questions)

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
        self._ask_about_numbers(table, read.doubts)
        if read.waiting:
            self._unsettled += self._waiting(table, read.waiting)
        return self._signed(table, self._dated(table.table, read.figures))

    def _waiting(self, table: TableRows, figures: Sequence[Figure]) -> Iterator[Unsettled]:
        """Actual amounts of quarters, as printed, that wait for their unit."""
        question = self._units.question(table.table.sheet.name)
        dated = self._signed(table, self._dated(table.table, figures))
        for fact in (one.fact for one in normalised(dated, "", None).stated):
            if fact.quarter is not None and fact.scenario is Scenario.ACTUAL:
                yield Unsettled(question, fact.item, fact.quarter, fact.amount)

    def _ask_about_numbers(self, table: TableRows, doubts: Sequence[Doubt]) -> None:
        """Asks once a workbook what the separator of its ambiguous text numbers means."""
        if doubts and not any(q.id.startswith("number:") for q in self._remarks.questions):
            sheet, doubt = table.table.sheet.name, doubts[0]
            self._remarks.ask(
                QuestionKind.UNIT,
                f"number:{sheet}",
                (sheet, doubt.cell),
                DECIMAL_MARKS,
                label=doubt.label,
                value=doubt.text,
                aspect=Aspect.NUMBER,
            )

    @cached_property
    def _decimal_mark(self) -> str | None:
        """What the text numbers of all tables agree on; else what a person said."""
        texts = (text for table in self._tables for text in table.texts())
        return settled_decimal_mark(texts) or self._answers.of_any("number", DECIMAL_MARKS) or None

    def _tell_of_rows(self, table: TableRows, currency: str) -> None:
        """Asks what doubtful rows mean; tells of unexplained ones, and of the amounts in them."""
        unknown = unknown_rows(table, self._items)
        lost = {one.row.index: one for one in unknown.lost}
        self._choices[id(table)] = {index: one.choices for index, one in lost.items()}
        stated = {row.match.item for row in table.rows}
        for row in table.rows:
            reason, is_lost = row.match.reason, row.index in lost
            sums_up = row.index in unknown.explained and (
                not row.match.is_complete or stated.issuperset(row.match.candidates)
            )
            if row.match.candidates and not sums_up:
                self._ask_about(table, row, (*row.match.candidates, NOTHING))
            elif is_lost and reason in (MapReason.UNKNOWN, MapReason.ELSEWHERE):
                self._tell_of_loss(table, lost[row.index], currency)
            elif row.match.is_left_out or (
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
        name = item_question(row.label, row.section)
        self._remarks.ask(QuestionKind.ITEM, name, place, options, label=row.label)

    def _tell_of_loss(self, table: TableRows, one: Unmapped, currency: str) -> None:
        """Warns of amounts without a line item; asks for it where the result depends on it."""
        sheet, row = table.table.sheet, one.row
        factor = self._units.factors(table, row, one.example)[one.largest]
        place = row.index, table.table.columns[one.largest].index
        shown = min(sheet.factors.get(place, 1.0), 1.0)
        facts: dict[str, object] = {
            "amount": one.amount / shown * (factor or 1.0),
            "unit": currency if currency and factor else "count",
        }
        code = FindingCode.UNLABELLED_AMOUNTS
        if row.label:
            code, facts = FindingCode.UNMAPPED_AMOUNTS, {"label": row.label, **facts}
        cell = sheet.address(row.index, row.column)
        self._remarks.note(code, sheet.name, cell, **facts)
        if one.choices and comparable(row.label):
            likely = [code for code in row.match.proposals if code in one.choices]
            self._ask_about(table, row, (*dict.fromkeys((*likely, *one.choices)), NOTHING))

    def _dated(self, table: Table, figures: Sequence[Figure]) -> list[Figure]:
        """Figures with the span they cover; asks how long they ran where nothing says it."""
        name = f"period:{table.sheet.name}"
        answer = self._answers.get(name)
        found = dated(table, figures, answer, self._clues.calendar)
        if found.asked is not None:
            place, label = (table.sheet.name, found.asked.cell), found.asked.column.label
            options = length_options(answer, found.asked)
            self._remarks.ask(QuestionKind.PERIOD, name, place, options, label=label)
        return found.figures

    def _signed(self, table: TableRows, figures: list[Figure]) -> tuple[Figure, ...]:
        sheet = table.table.sheet.name
        name = f"sign:{sheet}"
        signed = settle_signs(figures, self._items, self._answers.get(name))
        if signed.turned:
            count = len(signed.turned)
            self._remarks.note(FindingCode.COSTS_TURNED, sheet, signed.turned[0], count=count)
        if signed.credits:
            count = len(signed.credits)
            self._remarks.note(FindingCode.CREDITS_TURNED, sheet, signed.credits[0], count=count)
        if signed.unclear:
            self._remarks.ask(QuestionKind.SIGN, name, (sheet, signed.unclear[0]), SIGN_ANSWERS)
        return signed.figures

    # --- rules and report

    def _check(self, stated: tuple[Stated, ...]) -> None:
        if not self._tables:
            asked = any(q.kind is QuestionKind.PERIOD for q in self._remarks.questions)
            if not asked and not self._workbook.missing:
                self._remarks.add(why_nothing(self._sheets, self._matcher))
            return
        self._remarks.add(*lost_statements(self._sheets, self._matcher))
        book = Book(
            stated,
            self._items,
            frozenset(statement for table in self._tables for statement in table.statements),
            self._left_open(),
            self._context.newest_allowed,
        )
        self._remarks.add(*(finding for rule in CHECKS for finding in rule.broken(book)))

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

    def _mapping(self) -> Iterator[Mapped]:
        for table in self._tables:
            yield from mapped_rows(
                table, self._choices.get(id(table), {}), lambda: self._decimal_mark
            )

    def _uses(self, chosen: Sequence[Stated]) -> Iterator[SheetUse]:
        facts = Counter(one.fact.sheet for one in chosen)
        for use in (read.use for read in self._sheets):
            yield replace(use, scale=self._units.scale(use.sheet), facts=facts[use.sheet])

    def _periods(self) -> Iterable[PeriodHeader]:
        columns = (column for table in self._tables for column in table.table.columns)
        return dict.fromkeys(
            PeriodHeader(column.label, column.kind, column.span.start, column.span.end)
            for column in columns
        )
