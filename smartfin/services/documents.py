"""The JSON of the command line (docs/operations.md#command-line): plain dicts, one function each.

Keys and codes are a contract with scripts outside; only ``message`` and ``text`` are in
the reader's language.
"""

from __future__ import annotations

from typing import Any

from smartfin.errors import SmartfinError
from smartfin.facts import Fact, LedgerFact
from smartfin.findings import Finding, Question
from smartfin.ingest import Mapped, PeriodHeader, Reading
from smartfin.services.intake import Intake
from smartfin.store import Change
from smartfin.wording import Words

Document = dict[str, Any]


def fact_document(fact: Fact) -> Document:
    """A fact; a flow over another span than a quarter carries ``period`` instead."""
    span: Document = (
        {"quarter": str(fact.quarter)} if fact.quarter else {"period": str(fact.period)}
    )
    return {
        "item": fact.item,
        **span,
        "scenario": fact.scenario.value,
        "amount": fact.amount,
        "unit": fact.unit,
        "sheet": fact.sheet,
        "cell": fact.cell,
    }


def ledger_fact_document(known: LedgerFact) -> Document:
    """A fact of the ledger, with whose it is and since when it is known."""
    return {
        **fact_document(known.fact),
        "partner": known.partner,
        "submission": known.submission,
        "known_from": known.known_from.isoformat(),
        "file": known.file,
        "synthetic": known.synthetic,
    }


def finding_document(words: Words, finding: Finding) -> Document:
    """A finding with its sentence and remedy."""
    sentence, remedy = words.finding(finding)
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": f"{sentence} {remedy}".strip(),
    }


def question_document(words: Words, question: Question) -> Document:
    """A question with its options."""
    return {
        "id": question.id,
        "kind": question.kind.value,
        "sheet": question.sheet,
        "cell": question.cell,
        "text": words.question(question),
        "options": list(question.options),
    }


def mapped_document(mapped: Mapped) -> Document:
    """What a label was taken for."""
    return {
        "sheet": mapped.sheet,
        "cell": mapped.cell,
        "label": mapped.label,
        "item": mapped.item,
        "confidence": mapped.confidence,
        "reason": mapped.reason.value,
    }


def period_document(period: PeriodHeader) -> Document:
    """A period heading as it was understood."""
    return {
        "label": period.label,
        "kind": period.kind.value,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def reading_document(words: Words, reading: Reading) -> Document:
    """What ``read`` prints."""
    return {
        "partner": reading.partner,
        "currency": reading.currency,
        "synthetic": reading.synthetic,
        "facts": [fact_document(fact) for fact in reading.facts],
        "mapping": [mapped_document(mapped) for mapped in reading.mapping],
        "questions": [question_document(words, question) for question in reading.questions],
        "findings": [finding_document(words, finding) for finding in reading.findings],
        "periods": [period_document(period) for period in reading.periods],
    }


def import_document(words: Words, intake: Intake) -> Document:
    """What became of one workbook of an ``import``."""
    reading = intake.reading
    return {
        "file": intake.file,
        "submission": intake.submission.id if intake.submission else None,
        "duplicate": intake.duplicate_of is not None,
        "duplicate_of": intake.duplicate_of.id if intake.duplicate_of else None,
        "partner": reading.partner,
        "synthetic": reading.synthetic,
        "findings": [finding_document(words, finding) for finding in reading.findings],
        "questions": [question_document(words, question) for question in reading.questions],
        "changes": [change_document(change) for change in intake.changes],
    }


def failure_document(words: Words, file: str, error: SmartfinError) -> Document:
    """A workbook that could not be imported for no fault of its own."""
    return {
        "file": file,
        "submission": None,
        "duplicate": False,
        "duplicate_of": None,
        "findings": [],
        "questions": [],
        "changes": [],
        "error": {"code": error.code, "message": words.error(error)},
    }


def change_document(change: Change) -> Document:
    """A figure that is new, or not what it was."""
    return {
        "item": change.item,
        "quarter": change.quarter,
        "scenario": change.scenario.value,
        "old": change.old,
        "new": change.new,
        "unit": change.unit,
    }
