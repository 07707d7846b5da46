"""What was settled once about the workbooks of a partner, with who settled it.

Rows are only ever added: the newest of a question counts, and one without a value says
that nothing is settled any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select

from smartfin.errors import InputError
from smartfin.store.decisions import forget as decide_to_forget
from smartfin.store.schema import decision, remembered_answer, submission
from smartfin.store.standing import WITHDRAWAL, decided

_FORGOTTEN = ""


@dataclass(frozen=True, slots=True)
class RememberedAnswer:
    """An answer that holds for every later workbook of the partner.

    Args:
        value: The answer.
        by: Who settled it.
        at: When (UTC).
        submission: Number of the submission it was settled for.
    """

    value: str
    by: str
    at: datetime
    submission: int


Remembered = dict[str, dict[str, RememberedAnswer]]
"""Partner code to remembered question to the answer in force."""


def remembered(connection: Connection, as_of: datetime | None) -> Remembered:
    """Everything settled and not forgotten by a moment, partners and questions sorted.

    What was settled for a workbook goes with it when it is withdrawn.
    """
    newest: dict[tuple[str, str], RememberedAnswer] = {}
    query = (
        select(_row.partner, _row.question, _row.value, _row.by, _row.at, _row.submission)
        .join_from(remembered_answer, submission, isouter=True)
        .where(or_(_row.submission.is_(None), ~decided(WITHDRAWAL, as_of=as_of)))
        .order_by(_row.id)
    )
    if as_of is not None:
        query = query.where(_row.at <= as_of)
    for partner, question, *answer in connection.execute(query):
        newest[partner, question] = RememberedAnswer(*answer)
    found: Remembered = {}
    for partner, question in sorted(newest):
        answer_in_force = newest[partner, question]
        if answer_in_force.value != _FORGOTTEN:
            found.setdefault(partner, {})[question] = answer_in_force
    return found


def remember(
    connection: Connection,
    partner: str,
    answers: Mapping[str, str],
    by: str,
    at: datetime,
    submission: int,
) -> None:
    """Keep answers; one that repeats what is remembered stays with who settled it first."""
    in_force = remembered(connection, None).get(partner, {})
    known = {question: answer.value for question, answer in in_force.items()}
    rows = [
        {"partner": partner, "question": question, "value": value}
        | {"by": by, "at": at, "submission": submission}
        for question, value in answers.items()
        if known.get(question, _FORGOTTEN) != value
    ]
    if rows:
        connection.execute(insert(remembered_answer), rows)


def forget(
    connection: Connection, partner: str, question: str, by: str, at: datetime | None
) -> None:
    """Let what is remembered be asked again.

    Raises:
        InputError: ``answer-unknown`` when nothing is remembered of the question.
    """
    if question not in remembered(connection, None).get(partner, {}):
        raise InputError("answer-unknown", partner=partner, question=question)
    decided = decide_to_forget(connection, partner, by, at, question)
    row = {"partner": partner, "question": question, "value": _FORGOTTEN, "by": by}
    connection.execute(insert(remembered_answer), {**row, "at": decided.at})


def revision(connection: Connection) -> int:
    """A number that grows whenever what is remembered may change; 0 before the first answer."""
    answers = select(func.coalesce(func.max(_row.id), 0)).scalar_subquery()
    withdrawn = select(func.count()).where(decision.c.kind == WITHDRAWAL).scalar_subquery()
    newest: int = connection.execute(select(answers + withdrawn)).scalar_one()
    return newest


_row = remembered_answer.c
