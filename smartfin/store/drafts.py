"""Workbooks that wait to be accepted: kept apart from the ledger, and free to change.

A draft belongs to a session key, which the browser keeps, so that an upload survives a
page change, a reload and a restart of the server.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, delete, insert, select, update

from smartfin.errors import InputError
from smartfin.facts import Stage
from smartfin.findings import Answer
from smartfin.store import schema
from smartfin.store.schema import utc_text


@dataclass(frozen=True, slots=True)
class Draft:
    """One workbook waiting.

    Args:
        id: Its number.
        session_key: Whose it is.
        name: File name as handed in.
        by: Who handed it in.
        at: When (UTC).
        sha256: Of its bytes, in hexadecimal.
        partner: Code of the partner where the person chose one, else None.
        answers: Question id to the person's answer.
        content: Its bytes.
        explained: Answers to its warnings, by ``Finding.key``.
        stage: How far the books are settled, where the person said so, else None.
    """

    id: int
    session_key: str
    name: str
    by: str
    at: datetime
    sha256: str
    partner: str | None
    answers: Mapping[str, str]
    content: bytes = field(repr=False)
    explained: Mapping[str, Answer]
    stage: Stage | None


def save_draft(
    connection: Connection, name: str, content: bytes, by: str, at: datetime, session_key: str
) -> Draft:
    """Keep a workbook; the same bytes in the same session are one draft, kept as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    same = _DRAFTS.where(_draft.session_key == session_key, _draft.sha256 == sha256)
    found = connection.execute(same).one_or_none()
    if found is None:
        row = {"name": name, "content": content, "by": by, "at": at}
        row |= {"answers": "{}", "explained": "{}"}
        key = {"session_key": session_key, "sha256": sha256}
        connection.execute(insert(schema.draft), {**row, **key})
        found = connection.execute(same).one()
    return _read(found)


def draft(connection: Connection, number: int) -> Draft:
    """One draft.

    Raises:
        InputError: ``draft-unknown``.
    """
    row = connection.execute(_DRAFTS.where(_draft.id == number)).one_or_none()
    if row is None:
        raise InputError("draft-unknown", draft=number)
    return _read(row)


def drafts(connection: Connection, session_key: str) -> tuple[Draft, ...]:
    """The drafts of a session, oldest first."""
    query = _DRAFTS.where(_draft.session_key == session_key).order_by(_draft.id)
    return tuple(_read(row) for row in connection.execute(query))


def answer_draft(
    connection: Connection, number: int, answers: Mapping[str, str], partner: str | None
) -> Draft:
    """Note what the person settled; answers given earlier stay unless given again.

    Raises:
        InputError: ``draft-unknown``.
    """
    before = draft(connection, number)
    settled = {
        "answers": json.dumps({**before.answers, **answers}),
        "partner": partner or before.partner,
    }
    connection.execute(update(schema.draft).where(_draft.id == number).values(settled))
    return draft(connection, number)


def explain_draft(connection: Connection, number: int, answer: Answer) -> Draft:
    """Note the sentence that answers a warning; an empty one takes it back.

    Raises:
        InputError: ``draft-unknown``.
    """
    said = {**draft(connection, number).explained, answer.key: answer}
    kept = {key: _answer_row(each) for key, each in said.items() if each.sentence}
    values = {"explained": json.dumps(kept)}
    connection.execute(update(schema.draft).where(_draft.id == number).values(values))
    return draft(connection, number)


def stage_draft(connection: Connection, number: int, stage: Stage) -> Draft:
    """Note how far the books are settled.

    Raises:
        InputError: ``draft-unknown``.
    """
    values = {"stage": stage.value}
    connection.execute(update(schema.draft).where(_draft.id == number).values(values))
    return draft(connection, number)


def discard_draft(connection: Connection, number: int) -> None:
    """Let a draft go.

    Raises:
        InputError: ``draft-unknown``.
    """
    gone: CursorResult[Any] = connection.execute(delete(schema.draft).where(_draft.id == number))
    if gone.rowcount == 0:
        raise InputError("draft-unknown", draft=number)


def _read(row: Row[Any]) -> Draft:
    values = row._asdict()
    explained = json.loads(values["explained"])
    read = {
        "answers": json.loads(values["answers"]),
        "explained": {key: _answer(key, *said) for key, said in explained.items()},
        "stage": values["stage"] and Stage(values["stage"]),
    }
    return Draft(**{**values, **read})


def _answer_row(answer: Answer) -> list[str]:
    return [answer.sentence, answer.by, utc_text(answer.at)]


def _answer(key: str, sentence: str, by: str, at: str) -> Answer:
    return Answer(key, sentence, by, datetime.fromisoformat(at))


_draft = schema.draft.c
_DRAFTS = select(schema.draft)
