"""Warnings that a person answered: the sentence travels with each submission that carries it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from smartfin.findings import Answer, AnsweredFinding, Finding, FindingCode
from smartfin.store.schema import answered_finding, submission
from smartfin.store.standing import WITHDRAWAL, decided


def keep_answered(connection: Connection, number: int, findings: Iterable[AnsweredFinding]) -> None:
    """Store the answered warnings of a submission; of two with one key the last counts."""
    rows = {each.answer.key: _values(number, each) for each in findings}
    if rows:
        connection.execute(insert(answered_finding), list(rows.values()))


def answers_to_findings(
    connection: Connection, partner: str, as_of: datetime | None
) -> dict[str, Answer]:
    """The newest answer of a partner to each warning, by ``Finding.key``.

    Not those that came with a workbook since withdrawn.
    """
    query = (
        select(_row.key, _row.sentence, _row.by, _row.at)
        .join_from(answered_finding, submission)
        .where(submission.c.partner == partner, ~decided(WITHDRAWAL, as_of=as_of))
        .order_by(_row.submission)
    )
    if as_of is not None:
        query = query.where(submission.c.at <= as_of)
    return {key: Answer(key, *said) for key, *said in connection.execute(query)}


def answered_findings(
    connection: Connection, as_of: datetime | None
) -> dict[int, tuple[AnsweredFinding, ...]]:
    """The answered warnings of each submission that carries any, by its number."""
    query = select(answered_finding).join(submission).order_by(_row.submission, _row.sheet)
    if as_of is not None:
        query = query.where(submission.c.at <= as_of)
    found: dict[int, tuple[AnsweredFinding, ...]] = {}
    for row in connection.execute(query):
        found[row.submission] = (*found.get(row.submission, ()), _answered(row))
    return found


def _values(number: int, each: AnsweredFinding) -> dict[str, Any]:
    finding, answer = each.finding, each.answer
    return {
        "submission": number,
        "key": answer.key,
        "code": finding.code.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "facts": json.dumps(dict(finding.facts), ensure_ascii=False, default=str),
        "sentence": answer.sentence,
        "by": answer.by,
        "at": answer.at,
    }


def _answered(row: Row[Any]) -> AnsweredFinding:
    facts = {name: _fact(value) for name, value in json.loads(row.facts).items()}
    finding = Finding(_CODES[row.code], row.sheet, row.cell, facts)
    return AnsweredFinding(finding, Answer(row.key, row.sentence, row.by, row.at))


def _fact(value: object) -> object:
    """JSON has lists only; a list in a fact was a tuple."""
    return tuple(value) if isinstance(value, list) else value


_row = answered_finding.c
_CODES = {code.value: code for code in FindingCode}
