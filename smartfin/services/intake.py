"""The Upload page: what was understood of a workbook, what is wrong, what it would change."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.findings import Severity
from smartfin.services.view import Table


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
