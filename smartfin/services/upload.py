"""The Upload page: what was understood of a workbook, what is wrong, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from smartfin.facts import Scenario, Stage
from smartfin.findings import Answer, Finding, FindingCode, Question, QuestionKind, Severity
from smartfin.handback import marked_name
from smartfin.ingest import Reading
from smartfin.partner import Partner
from smartfin.services.handback import can_be_marked
from smartfin.services.intake import (
    Intake,
    acceptable,
    closed_quarters_changed,
    read_draft,
    seen_revisions,
)
from smartfin.services.mapping import SheetMapping, item_choices, sheet_mappings, unused_sheets
from smartfin.services.meanwhile import Meanwhile, known_at, meanwhile
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, stated_cell, text_cell
from smartfin.store import Change, Draft
from smartfin.support import GROUP, partner_of
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the reader's words.

    Args:
        severity: How much it matters.
        severity_text: In a word.
        place: ``Sheet!C14``, a sheet, or empty for the file.
        sentence: What is wrong.
        remedy: What to do.
        key: What an answer to it holds for; empty for what cannot be answered.
        answer: What a person said about it, who and when; empty while unanswered.
    """

    severity: Severity
    severity_text: str
    place: str
    sentence: str
    remedy: str
    key: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One thing only a person can settle.

    Args:
        id: Of the question.
        place: Where.
        sentence: The question.
        options: Codes and names of the answers.
        any_item: Whether any other line item could be the answer.
    """

    id: str
    place: str
    sentence: str
    options: tuple[tuple[str, str], ...]
    any_item: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """One workbook waiting to be accepted or discarded.

    Args:
        id: Of the draft.
        file: Name of the workbook.
        partner: Name of the country; empty when unknown.
        partner_asked: Whether a person must say whose workbook it is.
        summary: What was understood, in one or two sentences.
        sheets: What each used sheet and each of its rows was taken for.
        unused: The other sheets, and why.
        findings: Everything noticed, errors first.
        questions: What must be settled before its figures count.
        changes: What would change against what is stored, in one sentence.
        restated: Figures that would change, old and new.
        acceptable: Whether it can be accepted.
        refusal: Why not; empty when acceptable.
        synthetic: Whether it says of itself that it is made up.
        stage: How far its books are settled.
        marked_name: File name of the workbook with its remarks marked; empty when it could not
            be opened.
        revision: State of the partner's ledger that the changes were compared with.
        known_at: When the partner's ledger came into that state; None while it is empty.
        meanwhile: What came in since the person first looked; None for nothing.
        closed: The closed quarters it would change, in words; empty where it changes none.
    """

    id: int
    file: str
    partner: str
    partner_asked: bool
    summary: str
    sheets: tuple[SheetMapping, ...]
    unused: Table
    findings: tuple[FindingRow, ...]
    questions: tuple[QuestionRow, ...]
    changes: str
    restated: Table | None
    acceptable: bool
    refusal: str
    synthetic: bool
    stage: Stage
    marked_name: str
    revision: int | None
    known_at: datetime | None = None
    meanwhile: Meanwhile | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class UploadView:
    """Everything the Upload page shows.

    Args:
        drafts: Workbooks waiting, newest first.
        partners: Codes and names, for a workbook that does not say whose it is.
        items: Codes and names of all line items, for a row that was taken for the wrong one.
    """

    drafts: tuple[DraftView, ...]
    partners: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]


def upload_view(
    smartfin: Smartfin,
    words: Words,
    session: str,
    seen: Mapping[int, datetime | None] | None = None,
) -> UploadView:
    """Every workbook that waits, with what was understood of it.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        session: Whose workbooks.
        seen: ``DraftView.known_at`` of each draft when the person first looked at it.
    """
    drafts = smartfin.ledger.drafts(session)
    return UploadView(
        drafts=tuple(_draft_view(smartfin, words, draft, seen or {}) for draft in reversed(drafts)),
        partners=(
            *((unit.code, _unit_name(words, unit)) for unit in smartfin.units),
            (GROUP, words.country(GROUP)),
        ),
        items=item_choices(words, smartfin.items.of_books),
    )


def _read_beside_one_state(smartfin: Smartfin, draft: Draft) -> tuple[Intake, int | None]:
    """A waiting workbook compared with its partner's figures, and the revision they had.

    What comes in for the partner while it is compared would be overwritten unseen.
    """
    while True:
        before = smartfin.ledger.revision()
        intake = read_draft(smartfin, draft)
        partner = intake.reading.partner
        seen = seen_revisions(smartfin.ledger, intake.reading)
        revision = max(seen.values(), default=0) if partner else None
        if revision is None or revision <= before:
            return intake, revision


def _draft_view(
    smartfin: Smartfin, words: Words, draft: Draft, seen: Mapping[int, datetime | None]
) -> DraftView:
    intake, revision = _read_beside_one_state(smartfin, draft)
    reading = intake.reading
    refusal = _refusal(words, intake)
    partner = reading.partner
    closed = closed_quarters_changed(smartfin.ledger, intake) if not refusal else ()
    return DraftView(
        id=draft.id,
        file=draft.name,
        partner=words.country(partner) if partner else "",
        partner_asked=partner is None,
        summary=reading_summary(words, reading),
        sheets=sheet_mappings(words, reading),
        unused=unused_sheets(words, reading),
        findings=finding_rows(words, reading, intake.answered),
        questions=tuple(_question_row(words, question) for question in reading.questions),
        changes=changes_sentence(words, intake),
        restated=_restated_table(words, intake),
        acceptable=not refusal,
        refusal=refusal,
        synthetic=reading.synthetic,
        stage=intake.stage,
        marked_name=marked_name(draft.name, words) if can_be_marked(reading) else "",
        revision=revision,
        known_at=known_at(smartfin, partner),
        meanwhile=meanwhile(smartfin, words, intake, seen[draft.id]) if draft.id in seen else None,
        closed=words.join([words.quarter(each) for each in closed]),
    )


def finding_rows(
    words: Words, reading: Reading, answered: Mapping[str, Answer] | None = None
) -> tuple[FindingRow, ...]:
    """The findings in words, errors first, else in the order of the workbook.

    What is asked is not told as well: the question says where and what.

    Args:
        words: Of the reader's language.
        reading: What was understood.
        answered: Answers to warnings, by ``Finding.key``.
    """
    order = list(Severity)
    findings = sorted(_untold(reading), key=lambda finding: order.index(finding.severity))
    known = answered or {}
    return tuple(_finding_row(words, each, known.get(each.key)) for each in findings)


def _untold(reading: Reading) -> Iterable[Finding]:
    """The findings, but not that a row is unknown where a question asks what it is."""
    asked = {(q.sheet, q.cell) for q in reading.questions if q.kind is QuestionKind.ITEM}
    for finding in reading.findings:
        unknown = finding.code is FindingCode.UNMAPPED_AMOUNTS
        if not (unknown and (finding.sheet, finding.cell) in asked):
            yield finding


def _finding_row(words: Words, finding: Finding, answer: Answer | None) -> FindingRow:
    sentence, remedy = words.finding(finding)
    return FindingRow(
        severity=finding.severity,
        severity_text=words.text(f"severity.{finding.severity.value}"),
        place=_place(finding.sheet, finding.cell),
        sentence=sentence,
        remedy=remedy,
        key=finding.key if finding.severity is Severity.WARNING else "",
        answer=_answer_words(words, answer) if answer else "",
    )


def _answer_words(words: Words, answer: Answer) -> str:
    said = {"sentence": answer.sentence, "by": answer.by, "at": answer.at}
    return words.text("upload.explained", **said)


def _question_row(words: Words, question: Question) -> QuestionRow:
    return QuestionRow(
        id=question.id,
        place=_place(question.sheet, question.cell),
        sentence=words.question(question),
        options=tuple((option, words.option(option)) for option in question.options),
        any_item=question.kind is QuestionKind.ITEM,
    )


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if cell else sheet


# Errors that are gone once somebody says whose a workbook is.
_ASKED_WHOSE: tuple[list[FindingCode], ...] = (
    [],
    [FindingCode.UNKNOWN_PARTNER],
    [FindingCode.UNKNOWN_ENTITY],
)


def _unit_name(words: Words, unit: Partner) -> str:
    """Who may hand in, to be chosen from; of a divided partner its combined workbook."""
    if unit.entity_of:
        country = words.country(unit.entity_of)
        return words.text("upload.partner.entity", country=country, name=unit.organisation)
    if unit.entities:
        return words.text("upload.partner.combined", country=words.country(unit.code))
    return words.country(unit.code)


def _refusal(words: Words, intake: Intake) -> str:
    """Why a workbook cannot be accepted; empty when it can."""
    reading = intake.reading
    errors = [finding.code for finding in reading.findings if finding.severity is Severity.ERROR]
    if intake.duplicate_of is not None:
        before = intake.duplicate_of
        return words.text("intake.duplicate", submission=before.id, at=before.at)
    if reading.partner is None and errors in _ASKED_WHOSE:
        return words.text("intake.refusal-partner")
    certain = [code for code in errors if code is not FindingCode.MISSING_ITEM]
    if reading.questions and not certain:  # an answer may bring the item that is missing
        return words.plural("intake.refusal-questions", len(reading.questions))
    if errors:
        return words.plural("intake.refusal-errors", len(errors))
    return "" if reading.facts else words.text("intake.refusal-nothing")


def reading_summary(words: Words, reading: Reading) -> str:
    """What was understood, in a sentence."""
    dated = [fact for fact in reading.facts if fact.quarter]
    actual = [fact for fact in dated if fact.scenario is Scenario.ACTUAL]
    quarters = [fact.quarter for fact in actual or dated if fact.quarter]
    if quarters and reading.units:
        return words.plural(
            "intake.summary-list",
            len(reading.facts),
            facts=len(reading.facts),
            partners=tuple(partner_of(unit) for unit in reading.by_unit),
            first=min(quarters),
            last=max(quarters),
        )
    if not quarters or reading.partner is None or reading.currency is None:
        return words.text("intake.summary-nothing")
    return words.plural(
        "intake.summary",
        len(reading.facts),
        facts=len(reading.facts),
        partner=reading.partner,
        currency=reading.currency,
        first=min(quarters),
        last=max(quarters),
    )


def changes_sentence(words: Words, intake: Intake) -> str:
    """How many figures it changes, or changed; empty for what cannot be accepted."""
    if not acceptable(intake.reading):
        return ""
    restated = sum(change.restates for change in intake.changes)
    return words.text(
        "intake.changes",
        new=len(intake.changes) - restated,
        restated=restated,
        unchanged=len(intake.reading.facts) - len(intake.changes),
    )


def _restated_table(words: Words, intake: Intake) -> Table | None:
    """The figures that would change, old and new; None when there are none.

    Of group finance's list each with the partner it is about.
    """
    restated = [
        (unit, change)
        for unit, change in zip(intake.changed, intake.changes, strict=True)
        if change.restates
    ]
    if not restated or not acceptable(intake.reading):
        return None
    whose = ("partner",) if intake.reading.units else ()  # a list is about several
    columns = (*whose, "item", "quarter", "scenario", "old", "new")
    return Table(
        caption=words.text("intake.restated-caption"),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_restated_row(words, unit, change) for unit, change in restated),
    )


def _restated_row(words: Words, unit: str, change: Change) -> tuple[Cell, ...]:
    whose = partner_of(unit)
    return (
        *((text_cell(words.country(whose)),) if whose else ()),
        text_cell(words.item(change.item)),
        text_cell(words.span(change.quarter)),
        text_cell(words.text(f"scenario.{change.scenario.value}")),
        stated_cell(words, change.old, change.unit),
        stated_cell(words, change.new, change.unit),
    )
