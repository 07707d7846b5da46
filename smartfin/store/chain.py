"""The chain: every submission and decision sealed, each with the one before.

A seal is SHA-256 over the seal before and the sealed content: canonical JSON of what the
tables say, with a digest of the facts, the random id of the person, and salted hashes of
the texts that may be erased one day. Whoever changes a digit, a file name or the order of
things has to make every later seal anew, and nobody who kept one is deceived.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, func, insert, select

from smartfin.store import schema
from smartfin.store.schema import as_stored

START = "0" * 64
"""What stands in place of the seal before the first."""

_ADDED = ("topic", "share")
"""Columns that decisions got later: sealed where they hold something, so that old seals stay."""

_FIGURE = ("scenario", "span", "item", "amount", "unit", "sheet", "cell", "label")


class Sealed(StrEnum):
    """What a link of the chain seals."""

    SUBMISSION = "submission"
    DECISION = "decision"


class Link(NamedTuple):
    """One link of the chain, as stored."""

    id: int
    kind: str
    number: int
    partner: str | None
    content: str
    before: str
    hash: str


def seal(connection: Connection, kind: Sealed, number: int) -> str:
    """Append a submission or decision just written, with all that belongs to it; gives its hash."""
    before = head(connection)
    partner, content = sealed_content(
        connection, kind, number, _person_of(connection, kind, number)
    )
    written = canonical(content)
    sealed = link_hash(before, written)
    about = {"kind": kind.value, "number": number, "partner": partner}
    link = {**about, "content": written, "before": before, "hash": sealed}
    connection.execute(insert(schema.chain), link)
    return sealed


def head(connection: Connection) -> str:
    """The newest seal: who keeps it can prove later that nothing before it was changed."""
    newest = select(schema.chain.c.hash).order_by(schema.chain.c.id.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or START


def seal_unsealed(connection: Connection) -> None:
    """Seal what an earlier version wrote, in the order it came; what it forgot comes last.

    Only for a database that has just been brought to this version: anywhere else what has no
    seal is a finding.
    """
    for number in connection.execute(select(_head.id).order_by(_head.id)).scalars().all():
        seal(connection, Sealed.SUBMISSION, number)
    answer, decision = schema.remembered_answer, schema.decision
    forgotten = select(answer).where(answer.c.submission.is_(None)).order_by(answer.c.id)
    for row in connection.execute(forgotten).all():
        about = {"kind": "forgetting", "at": row.at, "partner": row.partner}
        made = connection.execute(insert(decision).returning(decision.c.id), about)
        number = made.scalar_one()
        said = {"decision": number, "by": row.by, "reason": row.question, "salt": fresh_salt()}
        connection.execute(insert(schema.decision_cover), said)
        seal(connection, Sealed.DECISION, number)


def link_hash(before: str, content: str) -> str:
    """SHA-256 of a link, in hexadecimal."""
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def canonical(content: Mapping[str, object]) -> str:
    """JSON with one way to write each thing."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def salted_hash(salt: str, text: str) -> str:
    """What the chain knows of a text; empty for an empty one."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""


def fresh_salt() -> str:
    """A salt nobody can guess."""
    return secrets.token_hex(16)


def sealed_content(
    connection: Connection, kind: Sealed, number: int, person: str
) -> tuple[str | None, dict[str, object]]:
    """The partner and the content of a link, as the tables say them now.

    Args:
        connection: Reading or writing.
        kind: What it seals.
        number: Of the submission or decision; it exists.
        person: Id of who handed it in or decided.
    """
    if kind is Sealed.SUBMISSION:
        return _submission_content(connection, number, person)
    return _decision_content(connection, number, person)


def _submission_content(
    connection: Connection, number: int, person: str
) -> tuple[str, dict[str, object]]:
    row = connection.execute(_raw(schema.submission).where(_head.id == number)).one()
    cover = connection.execute(select(schema.cover).where(_cover.submission == number)).one()
    texts = ("name", "by", "note", "restates")
    content = {
        **row._asdict(),
        "sealed": Sealed.SUBMISSION.value,
        "person": person,
        "facts": facts_digest(connection, number),
        "recipe": _recipe_digest(connection, number),
        "answered": _answered(connection, number, cover.salt),
        "remembered": _remembered(connection, number, cover.salt),
        "texts": {name: salted_hash(cover.salt, getattr(cover, name)) for name in texts},
    }
    return row.partner, content


def _decision_content(
    connection: Connection, number: int, person: str
) -> tuple[str | None, dict[str, object]]:
    decision, cover = schema.decision, schema.decision_cover
    row = connection.execute(_raw(decision).where(decision.c.id == number)).one()
    said = connection.execute(select(cover).where(cover.c.decision == number)).one()
    columns = row._asdict().items()
    content = {
        **{name: value for name, value in columns if name not in _ADDED or value is not None},
        "sealed": Sealed.DECISION.value,
        "person": person,
        "texts": {name: salted_hash(said.salt, getattr(said, name)) for name in ("by", "reason")},
    }
    return row.partner, content


def facts_digest(connection: Connection, number: int) -> str:
    """SHA-256 over every fact of a submission with its cell, amounts to the last bit."""
    columns = [schema.fact.c[name] for name in _FIGURE]
    rows = connection.execute(select(*columns).where(schema.fact.c.submission == number))
    lines = sorted([*row[:3], (float(row[3]) + 0.0).hex(), *row[4:]] for row in rows)
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def _recipe_digest(connection: Connection, number: int) -> str:
    query = select(schema.recipe.c.content).where(schema.recipe.c.submission == number)
    told = connection.execute(query).scalar_one_or_none()
    return hashlib.sha256(told.encode()).hexdigest() if told else ""


def _answered(connection: Connection, number: int, salt: str) -> list[list[str]]:
    table = schema.answered_finding
    query = _raw(table).where(table.c.submission == number).order_by(table.c.key)
    return [
        [
            *(each.key, each.code, each.sheet, each.cell, each.facts),
            *(each.at, salted_hash(salt, each.sentence), salted_hash(salt, each.by)),
        ]
        for each in connection.execute(query)
    ]


def _remembered(connection: Connection, number: int, salt: str) -> list[list[str]]:
    table = schema.remembered_answer
    query = _raw(table).where(table.c.submission == number).order_by(table.c.id)
    return [
        [row.question, row.value, row.at, salted_hash(salt, row.by)]
        for row in connection.execute(query)
    ]


def _raw(table: Table) -> Select[Any]:
    """The rows of a table as they are kept: two writings of one moment are not the same."""
    return select(*(as_stored(column).label(column.name) for column in table.c))


def _person_of(connection: Connection, kind: Sealed, number: int) -> str:
    table, key = {
        Sealed.SUBMISSION: (schema.cover, schema.cover.c.submission),
        Sealed.DECISION: (schema.decision_cover, schema.decision_cover.c.decision),
    }[kind]
    name: str = connection.execute(select(table.c.by).where(key == number)).scalar_one()
    return person_id(connection, name)


def person_id(connection: Connection, name: str) -> str:
    """The random id that stands for a person in the chain, made when the name is new."""
    known = select(schema.person.c.id).where(schema.person.c.name == name)
    found: str | None = connection.execute(known).scalar_one_or_none() if name else None
    if found is None:
        found = secrets.token_hex(8)
        connection.execute(insert(schema.person), {"id": found, "name": name})
    return found


def length(connection: Connection, partner: str | None = None) -> int:
    """A number that grows with each link, of a partner or of all; 0 before the first."""
    query = select(func.coalesce(func.max(schema.chain.c.id), 0))
    if partner is not None:
        query = query.where(schema.chain.c.partner == partner)
    newest: int = connection.execute(query).scalar_one()
    return newest


_head = schema.submission.c
_cover = schema.cover.c
