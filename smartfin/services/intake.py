"""The Upload page: what was understood of a workbook, what is wrong, what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from smartfin.errors import InputError
from smartfin.findings import Finding, Question, Severity, has_errors
from smartfin.ingest import Mapped, Reading, ReadingContext, SheetUse, read_workbook
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, stated_cell, text_cell
from smartfin.store import Change, Draft, Submission
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
    """

    severity: Severity
    severity_text: str
    place: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One thing only a person can settle.

    Args:
        id: Of the question.
        place: Where.
        sentence: The question.
        options: Codes and names of the answers.
    """

    id: str
    place: str
    sentence: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """One workbook waiting to be accepted or discarded.

    Args:
        id: Of the draft.
        file: Name of the workbook.
        partner: Name of the country; empty when unknown.
        partner_asked: Whether a person must say whose workbook it is.
        summary: What was understood, in one or two sentences.
        sheets: What each sheet was taken for.
        mapping: Each label with the line item it was taken for.
        findings: Everything noticed, errors first.
        questions: What must be settled before its figures count.
        changes: What would change against what is stored, in one sentence.
        restated: Figures that would change, old and new.
        acceptable: Whether it can be accepted.
        refusal: Why not; empty when acceptable.
        synthetic: Whether it says of itself that it is made up.
    """

    id: int
    file: str
    partner: str
    partner_asked: bool
    summary: str
    sheets: Table
    mapping: Table
    findings: tuple[FindingRow, ...]
    questions: tuple[QuestionRow, ...]
    changes: str
    restated: Table | None
    acceptable: bool
    refusal: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class UploadView:
    """Everything the Upload page shows.

    Args:
        drafts: Workbooks waiting, oldest first.
        partners: Codes and names, for a workbook that does not say whose it is.
    """

    drafts: tuple[DraftView, ...]
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one workbook.

    Args:
        file: Its name.
        reading: What was understood.
        submission: The submission it became; None when nothing was stored.
        duplicate_of: The submission that brought the same bytes before; None when none did.
        changes: What it changed, or would change if it were accepted.
    """

    file: str
    reading: Reading
    submission: Submission | None = None
    duplicate_of: Submission | None = None
    changes: tuple[Change, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it is kept out of the ledger for what it says."""
        return self.submission is None and self.duplicate_of is None


def import_workbook(
    smartfin: Smartfin, content: bytes, name: str, by: str, partner: str | None = None
) -> Intake:
    """Read a workbook and accept it unless it has errors.

    Args:
        smartfin: Opened.
        content: Its bytes.
        name: Its file name.
        by: Who hands it in.
        partner: Code of the partner it is from; None to find out.

    Raises:
        InputError: ``partner-unknown``.
    """
    intake = _read(smartfin, content, name, smartfin.reading_context(partner))
    if intake.duplicate_of or not _acceptable(intake.reading):
        return intake
    return replace(intake, submission=_accept(smartfin, intake, content, by))


def add_draft(smartfin: Smartfin, content: bytes, name: str, by: str, session: str) -> int:
    """Keep a dropped workbook until it is accepted or discarded; gives its number."""
    return smartfin.ledger.save_draft(name, content, by, datetime.now(UTC), session).id


def answer_draft(
    smartfin: Smartfin, draft: int, answers: Mapping[str, str], partner: str | None = None
) -> None:
    """Note what a person settled about a waiting workbook.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.answer_draft(draft, answers, partner)


def discard_draft(smartfin: Smartfin, draft: int) -> None:
    """Let a waiting workbook go; nothing is stored.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.discard_draft(draft)


def accept_draft(smartfin: Smartfin, draft: int, by: str) -> Submission:
    """Accept a waiting workbook into the ledger.

    Raises:
        InputError: ``draft-unknown``; ``draft-refused`` while it has errors;
            ``duplicate-submission`` when it was handed in before.
    """
    waiting = smartfin.ledger.draft(draft)
    intake = _read_draft(smartfin, waiting)
    if not _acceptable(intake.reading):
        raise InputError("draft-refused", file=waiting.name)
    submission = _accept(smartfin, intake, waiting.content, by)
    smartfin.ledger.discard_draft(draft)
    return submission


def upload_view(smartfin: Smartfin, words: Words, session: str) -> UploadView:
    """Every workbook that waits, with what was understood of it."""
    drafts = smartfin.ledger.drafts(session)
    return UploadView(
        drafts=tuple(_draft_view(smartfin, words, draft) for draft in drafts),
        partners=tuple(
            (partner.code, words.country(partner.code)) for partner in smartfin.partners
        ),
    )


def _acceptable(reading: Reading) -> bool:
    """Whether a reading may become a submission: whose it is known, no errors, some facts."""
    known = reading.partner is not None and bool(reading.facts)
    return known and not has_errors(reading.findings)


def _accept(smartfin: Smartfin, intake: Intake, content: bytes, by: str) -> Submission:
    reading = intake.reading
    if reading.partner is None:
        raise InputError("draft-refused", file=intake.file)
    return smartfin.ledger.accept(
        partner=reading.partner,
        facts=reading.facts,
        content=content,
        name=intake.file,
        by=by,
        at=datetime.now(UTC),
        synthetic=reading.synthetic,
    )


def _read_draft(smartfin: Smartfin, draft: Draft) -> Intake:
    context = replace(smartfin.reading_context(draft.partner), answers=draft.answers)
    return _read(smartfin, draft.content, draft.name, context)


def _read(smartfin: Smartfin, content: bytes, name: str, context: ReadingContext) -> Intake:
    """What a workbook says, and what it would change."""
    reading = read_workbook(content, name, context)
    intake = Intake(file=name, reading=reading)
    if reading.partner is None or not reading.facts:
        return intake
    ledger = smartfin.ledger
    return replace(
        intake,
        duplicate_of=ledger.find_duplicate(reading.partner, sha256(content).hexdigest()),
        changes=ledger.changes(reading.partner, reading.facts),
    )


def _draft_view(smartfin: Smartfin, words: Words, draft: Draft) -> DraftView:
    intake = _read_draft(smartfin, draft)
    reading = intake.reading
    refusal = _refusal(words, intake)
    return DraftView(
        id=draft.id,
        file=draft.name,
        partner=words.country(reading.partner) if reading.partner else "",
        partner_asked=reading.partner is None,
        summary=reading_summary(words, reading),
        sheets=_sheets_table(words, reading),
        mapping=_mapping_table(words, reading),
        findings=finding_rows(words, reading),
        questions=tuple(_question_row(words, question) for question in reading.questions),
        changes=changes_sentence(words, intake),
        restated=_restated_table(words, intake),
        acceptable=not refusal,
        refusal=refusal,
        synthetic=reading.synthetic,
    )


def finding_rows(words: Words, reading: Reading) -> tuple[FindingRow, ...]:
    """The findings in words, errors first, else in the order of the workbook."""
    order = list(Severity)
    findings = sorted(reading.findings, key=lambda finding: order.index(finding.severity))
    return tuple(_finding_row(words, finding) for finding in findings)


def _finding_row(words: Words, finding: Finding) -> FindingRow:
    sentence, remedy = words.finding(finding)
    return FindingRow(
        severity=finding.severity,
        severity_text=words.text(f"severity.{finding.severity.value}"),
        place=_place(finding.sheet, finding.cell),
        sentence=sentence,
        remedy=remedy,
    )


def _question_row(words: Words, question: Question) -> QuestionRow:
    return QuestionRow(
        id=question.id,
        place=_place(question.sheet, question.cell),
        sentence=words.question(question),
        options=tuple((option, words.option(option)) for option in question.options),
    )


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if cell else sheet


def _refusal(words: Words, intake: Intake) -> str:
    """Why a workbook cannot be accepted; empty when it can."""
    reading = intake.reading
    errors = sum(finding.severity is Severity.ERROR for finding in reading.findings)
    if intake.duplicate_of is not None:
        before = intake.duplicate_of
        return words.text("intake.duplicate", submission=before.id, at=before.at)
    if reading.partner is None:
        return words.text("intake.refusal-partner")
    if errors:
        return words.plural("intake.refusal-errors", errors)
    return "" if reading.facts else words.text("intake.refusal-nothing")


def reading_summary(words: Words, reading: Reading) -> str:
    """What was understood, in a sentence."""
    quarters = [fact.quarter for fact in reading.facts if fact.quarter]
    if not quarters or reading.partner is None or reading.currency is None:
        return words.text("intake.summary-nothing")
    return words.text(
        "intake.summary",
        facts=len(reading.facts),
        partner=reading.partner,
        currency=reading.currency,
        first=min(quarters),
        last=max(quarters),
    )


def changes_sentence(words: Words, intake: Intake) -> str:
    """How many figures it changes, or changed; empty for what cannot be accepted."""
    if not _acceptable(intake.reading):
        return ""
    restated = sum(change.restates for change in intake.changes)
    return words.text(
        "intake.changes",
        new=len(intake.changes) - restated,
        restated=restated,
        unchanged=len(intake.reading.facts) - len(intake.changes),
    )


def _restated_table(words: Words, intake: Intake) -> Table | None:
    """The figures that would change, old and new; None when there are none."""
    restated = [change for change in intake.changes if change.restates]
    if not restated or not _acceptable(intake.reading):
        return None
    columns = ("item", "quarter", "scenario", "old", "new")
    return Table(
        caption=words.text("intake.restated-caption"),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_restated_row(words, change) for change in restated),
    )


def _restated_row(words: Words, change: Change) -> tuple[Cell, ...]:
    return (
        text_cell(words.item(change.item)),
        text_cell(words.span(change.quarter)),
        text_cell(words.text(f"scenario.{change.scenario.value}")),
        stated_cell(words, change.old, change.unit),
        stated_cell(words, change.new, change.unit),
    )


def _sheets_table(words: Words, reading: Reading) -> Table:
    columns = ("sheet", "used-as", "remark")
    return Table(
        caption=words.text("intake.sheets-caption"),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(
            (
                text_cell(use.sheet),
                text_cell(_statement_name(words, use)),
                text_cell(words.text(f"sheet-reason.{use.reason.value}")),
            )
            for use in reading.sheets
        ),
    )


def _statement_name(words: Words, use: SheetUse) -> str:
    if not use.used or use.statement is None:
        return words.text("intake.not-used")
    return words.text(f"statement.{use.statement.value}")


def _mapping_table(words: Words, reading: Reading) -> Table:
    columns = ("cell", "label", "item", "confidence", "remark")
    return Table(
        caption=words.text("intake.mapping-caption"),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_mapping_row(words, mapped) for mapped in reading.mapping),
    )


def _mapping_row(words: Words, mapped: Mapped) -> tuple[Cell, ...]:
    name = words.item(mapped.item) if mapped.item else words.text("intake.not-recognised")
    return (
        text_cell(_place(mapped.sheet, mapped.cell)),
        text_cell(mapped.label),
        text_cell(name),
        Cell(words.percent(mapped.confidence), mapped.confidence, "fraction"),
        text_cell(words.text(f"mapped-reason.{mapped.reason.value}")),
    )
