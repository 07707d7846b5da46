"""Rows that belong to nothing the chain knows: put in beside it, or left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, exists, literal, select

from smartfin.store import schema
from smartfin.store.chain import Sealed
from smartfin.store.difference import Difference, DifferenceKind

_OF_A_SUBMISSION = (
    schema.cover,
    schema.workbook,
    schema.recipe,
    schema.fact,
    schema.answered_finding,
    schema.remembered_answer,
)
_FORGETTING = "forgetting"


def strays(connection: Connection, persons: Collection[str]) -> Iterator[Difference]:
    """Every row of the ledger that no link of the chain stands for.

    Args:
        connection: Reading.
        persons: Ids of the persons that the chain names.
    """
    yield from _unsealed(connection, Sealed.SUBMISSION, schema.submission)
    yield from _unsealed(connection, Sealed.DECISION, schema.decision)
    for table in _OF_A_SUBMISSION:
        yield from _left_behind(connection, table, "submission", schema.submission)
    yield from _left_behind(connection, schema.decision_cover, "decision", schema.decision)
    yield from _remembered_of_others(connection)
    yield from _remembered_out_of_order(connection)
    yield from _forgotten_by_nobody(connection)
    for (person,) in connection.execute(select(schema.person.c.id).order_by(schema.person.c.id)):
        if person not in persons:
            yield _unknown(schema.person, person)


def _unsealed(connection: Connection, kind: Sealed, table: Table) -> Iterator[Difference]:
    """Submissions or decisions without a link."""
    link = schema.chain.c
    sealed = exists().where(link.kind == kind.value, link.number == table.c.id)
    query = select(table.c.id, table.c.partner).where(~sealed).order_by(table.c.id)
    for number, partner in connection.execute(query):
        yield Difference(
            DifferenceKind.UNSEALED,
            table.name,
            str(number),
            stored=str(number),
            partner=partner,
            **{kind.value: number},
        )


def _left_behind(
    connection: Connection, table: Table, column: str, owner: Table
) -> Iterator[Difference]:
    """Rows of a submission or decision that is not there."""
    of = table.c[column]
    query = select(of).where(of.is_not(None), ~exists().where(owner.c.id == of))
    for (number,) in connection.execute(query.distinct().order_by(of)):
        yield _unknown(table, str(number), **{column: number})


def _remembered_of_others(connection: Connection) -> Iterator[Difference]:
    """Answers remembered for another partner than the one whose workbook they settled."""
    answer, head = schema.remembered_answer.c, schema.submission.c
    query = (
        select(answer.question, answer.submission, answer.partner, head.partner)
        .join_from(schema.remembered_answer, schema.submission)
        .where(answer.partner != head.partner)
        .order_by(answer.id)
    )
    for question, number, stored, expected in connection.execute(query):
        place = ("remembered_answer", question, "partner", stored, expected)
        yield Difference(DifferenceKind.CHANGED, *place, partner=expected, submission=number)


def _remembered_out_of_order(connection: Connection) -> Iterator[Difference]:
    """Answers that stand behind those of a later submission: of two the last one counts."""
    answer = schema.remembered_answer.c
    query = select(answer.id, answer.submission, answer.partner).order_by(answer.id)
    newest = 0
    for number, submission, partner in connection.execute(
        query.where(answer.submission.is_not(None))
    ):
        if submission < newest:
            place = ("remembered_answer", str(number), "id", str(number))
            yield Difference(DifferenceKind.CHANGED, *place, partner=partner, submission=submission)
        newest = max(newest, submission)


def _forgotten_by_nobody(connection: Connection) -> Iterator[Difference]:
    """Answers forgotten without a decision, and decisions to forget that forgot nothing."""
    stored, sealed = _forgotten_rows(connection), _forgotten_decisions(connection)
    for when in sorted(stored.keys() | sealed.keys(), key=str):
        for row, decided in zip_longest(stored.get(when, ()), sealed.get(when, ())):
            if row is None:
                place = ("remembered_answer", decided.question, "", None, decided.question)
                yield Difference(DifferenceKind.MISSING, *place, partner=when[0])
            elif decided is None or row.value:
                yield _unknown(schema.remembered_answer, row.question, partner=when[0])
            else:
                for name in ("question", "by"):  # either may be erased
                    now, was = getattr(row, name), getattr(decided, name)
                    if now != was and now and was:
                        place = ("remembered_answer", row.question, name, now, was)
                        yield Difference(DifferenceKind.CHANGED, *place, partner=when[0])


_When = tuple[str, str]
"""Partner and moment."""


class _Forgotten(NamedTuple):
    """An answer that is asked again: the question, who wanted it, and what is put in place."""

    question: str
    by: str
    value: str


def _forgotten_rows(connection: Connection) -> dict[_When, list[_Forgotten]]:
    answer = schema.remembered_answer.c
    query = select(
        answer.partner, schema.as_stored(answer.at), answer.question, answer.by, answer.value
    )
    return _by_moment(connection, query.where(answer.submission.is_(None)))


def _forgotten_decisions(connection: Connection) -> dict[_When, list[_Forgotten]]:
    decision, said = schema.decision, schema.decision_cover
    query = select(
        decision.c.partner, schema.as_stored(decision.c.at), said.c.reason, said.c.by, literal("")
    ).join_from(decision, said)
    return _by_moment(connection, query.where(decision.c.kind == _FORGETTING))


def _by_moment(connection: Connection, query: Select[Any]) -> dict[_When, list[_Forgotten]]:
    found: dict[_When, list[_Forgotten]] = {}
    for partner, at, *rest in sorted(connection.execute(query), key=str):
        found.setdefault((partner, at), []).append(_Forgotten(*rest))
    return found


def _unknown(table: Table, key: str, **about: object) -> Difference:
    return Difference(DifferenceKind.UNSEALED, table.name, key, stored=key, **about)  # type: ignore[arg-type]  # only numbers and codes are given
