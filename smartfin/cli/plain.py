"""What the command line prints for people; scripts ask for ``--json`` instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from smartfin.analysis.states import State
from smartfin.facts import LedgerFact
from smartfin.findings import Severity
from smartfin.measure import Measure, Unit
from smartfin.services.intake import Intake
from smartfin.services.upload import changes_sentence, finding_rows, reading_summary
from smartfin.wording import DASH, Words, visible

Lines = list[str]

_APART = {State.INACTIVE.value, State.CLOSED.value}  # by their dated status, not by figures


def reading_lines(words: Words, intake: Intake) -> Lines:
    """What was understood of a workbook, what must be settled, what is wrong."""
    summary = reading_summary(words, intake.reading)
    return [summary, *_question_lines(words, intake), *_finding_lines(words, intake)]


def intake_lines(words: Words, intake: Intake) -> Lines:
    """What became of one workbook; of an accepted one, its warnings with their answers."""
    if intake.submission is not None:
        changes = changes_sentence(words, intake)
        number = intake.submission.id
        done = words.text("cli.imported", file=intake.file, submission=number, changes=changes)
        return [done, *_finding_lines(words, intake, least=Severity.WARNING)]
    if intake.duplicate_of is not None:
        number = intake.duplicate_of.id
        return [words.text("cli.duplicate", file=intake.file, submission=number)]
    refused = words.text("cli.refused", file=intake.file)
    return [refused, *_question_lines(words, intake), *_finding_lines(words, intake)]


def answer_lines(words: Words, document: dict[str, Any]) -> Lines:
    """Each remembered answer with who settled it, in columns parted by tabs."""
    return [
        "\t".join((row["partner"], visible(row["id"]), visible(row["value"]), row["by"], row["at"]))
        for row in document["answers"]
    ]


def status_lines(words: Words, document: dict[str, Any]) -> Lines:
    """The verdict on each partner, a line each, with its reason and its flags below."""
    lines = []
    for partner in document["partners"]:
        name = words.country(partner["partner"])
        state = words.text(f"verdict.{partner['verdict']}")
        if partner["provisional"] and partner["verdict"] not in _APART:
            state = words.text("verdict.provisional", state=state)
        coverage = _percent(words, partner["coverage"])
        probability = _percent(words, partner["probability"])
        lines.append(f"{name:<16} {state:<22} {coverage:>8} {probability:>8}")
        lines.append(f"    {partner['reason']}")
        lines += [f"    ! {flag['sentence']}" for flag in partner["flags"]]
    return lines


def fact_lines(words: Words, facts: Sequence[LedgerFact], waiting: Collection[int] = ()) -> Lines:
    """Each figure with its cell, in columns parted by tabs; what waits for approval says so.

    Args:
        words: In which it is told.
        facts: The figures.
        waiting: Numbers of the submissions that wait for approval.
    """
    mark = words.text("approval.waiting-mark")
    return [
        "\t".join(
            (
                known.partner,
                str(known.fact.quarter or known.fact.period),
                known.fact.scenario.value,
                known.fact.item,
                words.measure(Measure(known.fact.amount, known.fact.unit), scale="1"),
                visible(f"{known.file} {known.fact.sheet}!{known.fact.cell}"),
                *([mark] if known.submission in waiting else []),
            )
        )
        for known in facts
    ]


def _question_lines(words: Words, intake: Intake) -> Lines:
    return [
        f"? {visible(question.id)}: {words.question(question)} [{', '.join(question.options)}]"
        for question in intake.reading.questions
    ]


def _finding_lines(words: Words, intake: Intake, least: Severity = Severity.NOTE) -> Lines:
    """The findings, errors first; a warning with the key to answer it by, or with its answer."""
    lines = []
    matter = list(Severity)[: list(Severity).index(least) + 1]
    for row in finding_rows(words, intake.reading, intake.answered):
        if row.severity in matter:
            key = f" [{row.key}]" if row.key and not row.answer else ""
            said = f"{row.sentence} {row.answer or row.remedy}".rstrip()
            lines.append(f"{row.severity_text} {visible(row.place)}{key}: {said}")
    return lines


def _percent(words: Words, fraction: float | None) -> str:
    return DASH if fraction is None else words.measure(Measure(fraction, Unit.FRACTION))
