"""What the command line prints for people; scripts ask for ``--json`` instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smartfin.facts import LedgerFact
from smartfin.ingest import Reading
from smartfin.measure import Measure, Unit
from smartfin.services.intake import Intake
from smartfin.services.upload import changes_sentence, finding_rows, reading_summary
from smartfin.wording import DASH, Words, visible

Lines = list[str]


def reading_lines(words: Words, reading: Reading) -> Lines:
    """What was understood of a workbook, what must be settled, what is wrong."""
    questions = [
        f"? {visible(question.id)}: {words.question(question)} [{', '.join(question.options)}]"
        for question in reading.questions
    ]
    return [reading_summary(words, reading), *questions, *_finding_lines(words, reading)]


def intake_lines(words: Words, intake: Intake) -> Lines:
    """What became of one workbook."""
    if intake.submission is not None:
        changes = changes_sentence(words, intake)
        number = intake.submission.id
        return [words.text("cli.imported", file=intake.file, submission=number, changes=changes)]
    if intake.duplicate_of is not None:
        number = intake.duplicate_of.id
        return [words.text("cli.duplicate", file=intake.file, submission=number)]
    refused = words.text("cli.refused", file=intake.file)
    return [refused, *_finding_lines(words, intake.reading)]


def status_lines(words: Words, document: dict[str, Any]) -> Lines:
    """The verdict on each partner, a line each, with its reason below."""
    lines = []
    for partner in document["partners"]:
        name = words.country(partner["partner"])
        state = words.text(f"verdict.{partner['verdict']}")
        coverage = _percent(words, partner["coverage"])
        probability = _percent(words, partner["probability"])
        lines.append(f"{name:<16} {state:<22} {coverage:>8} {probability:>8}")
        lines.append(f"    {partner['reason']}")
    return lines


def fact_lines(words: Words, facts: Sequence[LedgerFact]) -> Lines:
    """Each figure with its cell, in columns parted by tabs."""
    return [
        "\t".join(
            (
                known.partner,
                str(known.fact.quarter or known.fact.period),
                known.fact.scenario.value,
                known.fact.item,
                words.measure(Measure(known.fact.amount, known.fact.unit), scale="1"),
                visible(f"{known.file} {known.fact.sheet}!{known.fact.cell}"),
            )
        )
        for known in facts
    ]


def _finding_lines(words: Words, reading: Reading) -> Lines:
    return [
        f"{row.severity_text} {visible(row.place)}: {row.sentence} {row.remedy}".rstrip()
        for row in finding_rows(words, reading)
    ]


def _percent(words: Words, fraction: float | None) -> str:
    return DASH if fraction is None else words.measure(Measure(fraction, Unit.FRACTION))
