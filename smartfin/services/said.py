"""What people said about workbooks: warnings they answered, questions they settled, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartfin.findings import AnsweredFinding
from smartfin.ingest.periods.fiscal import STARTS, YEARS
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import RememberedAnswer, Submission
from smartfin.wording import DASH, Words

# What a remembered question is about, by its name or the kind that begins with.
_ABOUT = {
    "item": "settled.item",
    "unit": "settled.unit",
    "number": "settled.number",
    "sign": "settled.sign",
    "scenario": "settled.scenario",
    "period": "settled.period",
    STARTS: "settled.fiscal-starts",
    YEARS: "settled.fiscal-years",
}


def answered_table(
    words: Words,
    submissions: Sequence[Submission],
    answered: Mapping[int, Sequence[AnsweredFinding]],
) -> Table | None:
    """Each answered warning with the submission that carries it, newest first."""
    rows = tuple(
        _answered_row(words, submission, each)
        for submission in reversed(submissions)
        for each in answered.get(submission.id, ())
    )
    columns = ("id", "partner", "place", "warning", "answer", "by", "at")
    return _table(words, "history.answered.caption", columns, rows)


def settled_table(
    words: Words, remembered: Mapping[str, Mapping[str, RememberedAnswer]]
) -> Table | None:
    """Each answer that holds for a partner's next workbooks, with who settled it."""
    rows = tuple(
        _settled_row(words, partner, question, answer)
        for partner, settled in remembered.items()
        for question, answer in settled.items()
    )
    columns = ("partner", "settled", "answer", "by", "at")
    return _table(words, "history.settled.caption", columns, rows)


def _table(
    words: Words, caption: str, columns: Sequence[str], rows: tuple[tuple[Cell, ...], ...]
) -> Table | None:
    headings = tuple(words.text(f"history.{name}") for name in columns)
    return Table(words.text(caption), headings, rows) if rows else None


def _answered_row(words: Words, submission: Submission, each: AnsweredFinding) -> tuple[Cell, ...]:
    finding, answer = each.finding, each.answer
    sentence, _ = words.finding(finding)
    return (
        text_cell(str(submission.id)),
        text_cell(words.country(submission.partner)),
        text_cell(f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet),
        text_cell(sentence),
        text_cell(answer.sentence),
        text_cell(answer.by),
        text_cell(words.moment(answer.at)),
    )


def _settled_row(
    words: Words, partner: str, question: str, answer: RememberedAnswer
) -> tuple[Cell, ...]:
    return (
        text_cell(words.country(partner)),
        text_cell(_question_name(words, question)),
        text_cell(words.option(answer.value)),
        text_cell(answer.by),
        text_cell(words.moment(answer.at)),
    )


def _question_name(words: Words, question: str) -> str:
    """What a remembered question is about: a label, or a sheet and sometimes one line of it."""
    kind, _, subject = question.partition(":")
    if question in _ABOUT:
        return words.text(_ABOUT[question])
    if kind not in _ABOUT:
        return question
    sheet, _, item = subject.partition(":")
    if kind == "unit" and item:
        return words.text("settled.unit-of-item", name=sheet or DASH, item=item)
    return words.text(_ABOUT[kind], name=subject or DASH)
