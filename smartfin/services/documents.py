"""The JSON of the command line (docs/operations.md#command-line): plain dicts, one function each.

Keys and codes are a contract with scripts outside; only ``message`` and ``text`` are in
the reader's language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from smartfin.errors import SmartfinError
from smartfin.facts import Fact, LedgerFact
from smartfin.findings import Answer, Finding, Question
from smartfin.handback import Marked
from smartfin.ingest import Mapped, PeriodHeader, Reading, SheetUse
from smartfin.services.intake import Intake
from smartfin.store import Change, RememberedAnswer
from smartfin.support import is_of_group
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


def ledger_fact_document(known: LedgerFact, waiting: Collection[int] = ()) -> Document:
    """A fact of the ledger, with whose it is and since when it is known.

    Args:
        known: The fact.
        waiting: Numbers of the submissions that wait for approval.
    """
    return {
        **fact_document(known.fact),
        "partner": known.partner,
        "entity": entity_in(known.partner),
        "submission": known.submission,
        "known_from": known.known_from.isoformat(),
        "file": known.file,
        "synthetic": known.synthetic,
        "provisional": known.submission in waiting,
    }


def entity_in(unit: str) -> str | None:
    """Short code of the legal entity that a unit code names; None of a partner as a whole."""
    return None if is_of_group(unit) else unit.partition("-")[2] or None


def finding_document(words: Words, finding: Finding, answer: Answer | None = None) -> Document:
    """A finding with its sentence and remedy; an answered warning with its answer."""
    sentence, remedy = words.finding(finding)
    document = {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "key": finding.key,
        "message": f"{sentence} {remedy}".strip(),
    }
    if answer is None:
        return document
    said = {"sentence": answer.sentence, "by": answer.by, "at": answer.at.isoformat()}
    return {**document, "answer": said}


def _finding_documents(
    words: Words, reading: Reading, answered: Mapping[str, Answer]
) -> list[Document]:
    return [
        finding_document(words, finding, answered.get(finding.key)) for finding in reading.findings
    ]


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
        "candidates": list(mapped.candidates),
    }


def sheet_document(use: SheetUse) -> Document:
    """What a sheet was taken for."""
    return {
        "sheet": use.sheet,
        "statement": use.statement.value if use.statement else None,
        "used": use.used,
        "reason": use.reason.value,
        "scale": use.scale,
        "start": use.first.isoformat() if use.first else None,
        "end": use.last.isoformat() if use.last else None,
        "facts": use.facts,
        "hidden": use.hidden,
    }


def period_document(period: PeriodHeader) -> Document:
    """A period heading as it was understood."""
    return {
        "label": period.label,
        "kind": period.kind.value,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def reading_document(words: Words, intake: Intake) -> Document:
    """What ``read`` prints."""
    reading = intake.reading
    return {
        "partner": reading.partner,
        "currency": reading.currency,
        "synthetic": reading.synthetic,
        "stage": intake.stage.value,
        "facts": _stated(reading),
        "mapping": [mapped_document(mapped) for mapped in reading.mapping],
        "questions": [question_document(words, question) for question in reading.questions],
        "findings": _finding_documents(words, reading, intake.answered),
        "periods": [period_document(period) for period in reading.periods],
        "sheets": [sheet_document(use) for use in reading.sheets],
    }


def _stated(reading: Reading) -> list[Document]:
    """The facts of a workbook; of group finance's list each with the code it is kept under."""
    if not reading.units:
        return [fact_document(fact) for fact in reading.facts]
    pairs = zip(reading.units, reading.facts, strict=True)
    return [{**fact_document(fact), "partner": unit} for unit, fact in pairs]


def marked_document(words: Words, intake: Intake, back: Marked, path: str) -> Document:
    """What became of a workbook that was handed back with its remarks."""
    reading = intake.reading
    return {
        "file": path,
        "marked_cells": back.marked_cells,
        "list_only": back.list_only,
        "findings": _finding_documents(words, reading, intake.answered),
        "questions": [question_document(words, question) for question in reading.questions],
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
        "stage": intake.stage.value,
        "findings": _finding_documents(words, reading, intake.answered),
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


def answers_document(
    remembered: Mapping[str, Mapping[str, RememberedAnswer]], partner: str | None
) -> Document:
    """What was settled about the workbooks of a partner, or of all, and who settled it."""
    return {
        "answers": [
            {
                "partner": code,
                "id": question,
                "value": answer.value,
                "by": answer.by,
                "at": answer.at.isoformat(),
                "submission": answer.submission,
            }
            for code, settled in remembered.items()
            if partner in (None, code)
            for question, answer in settled.items()
        ]
    }
