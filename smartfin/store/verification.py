"""The ledger recomputed from its bytes: what was sealed is what is there, and adds up.

In this order: each link of the chain fits the one before and its own seal; what it seals is
what the tables say; nothing stands in the tables that no link seals; what is derived
(``validity``) is what the ledger gives when it is made anew. To make it anew needs the write
lock, for one partner at a time, and is undone.

What it cannot see is a chain cut off at its end, with all that hung on it, or one made anew
throughout. For that somebody keeps the newest seal (``Verification.head``) outside, and asks
whether it is still in the chain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, union
from sqlalchemy.exc import DBAPIError, NoResultFound

from smartfin.store import schema
from smartfin.store.chain import START, Link, Sealed, head, link_hash
from smartfin.store.database import Database
from smartfin.store.difference import Difference, DifferenceKind, Tally, Verification
from smartfin.store.sealed_rows import Content, SealedRows
from smartfin.store.standing import rebuild_validity
from smartfin.store.strays import strays

_BATCH = 500
_BEFORE_ALL = -(1 << 63)


class Step(StrEnum):
    """What a verification is at."""

    CHAIN = "chain"  # each submission and decision beside its seal
    VALIDITY = "validity"  # what is derived, partner by partner
    READING = "reading"  # each workbook read again


Report = Callable[[Step, int, int], None]
"""Told what a verification is at: step, how many are done, of how many."""


def silent(_step: Step, _done: int, _count: int) -> None:
    """Report to nobody."""


def verify(database: Database, report: Report = silent, kept: str = "") -> Verification:
    """Everything a ledger holds beside what was sealed.

    Args:
        database: Open; its validity table is written and restored.
        report: Told how far it is.
        kept: A seal that somebody wrote down; empty for none.
    """
    tally = Tally()
    with database.reading() as connection:
        tally.add(_not_in_chain(connection, kept))
        persons = _walk(connection, tally, report)
        tally.add(strays(connection, persons))
        newest = head(connection)
        partners = _partners(connection)
    for place, partner in enumerate(partners):
        report(Step.VALIDITY, place, len(partners))
        with database.writing() as connection:
            _compare_validity(connection, partner, tally)
    report(Step.VALIDITY, len(partners), len(partners))
    return Verification(newest, dict(tally.checked), tally.erased, tuple(tally.differences))


def _walk(connection: Connection, tally: Tally, report: Report) -> set[str]:
    """Every link of the chain with all it seals; gives the persons it names."""
    count = connection.execute(select(func.count()).select_from(schema.chain)).scalar_one()
    before, persons = START, set()
    tally.checked.update({"submissions": 0, "decisions": 0, "facts": 0, "figures": 0})
    for place, link in enumerate(_links(connection)):
        report(Step.CHAIN, place, count)
        sealed = _content(link)
        misfits = list(_misfits(link, before, sealed))
        tally.add(misfits)
        if sealed is not None and link.kind in set(Sealed):
            tally.checked[f"{link.kind}s"] += 1
            persons.add(str(sealed.get("person", "")))
            if all(each.column == "before" for each in misfits):
                SealedRows(connection, link, sealed, tally).compare()
        before = link.hash
    report(Step.CHAIN, count, count)
    return persons


def _not_in_chain(connection: Connection, kept: str) -> Iterator[Difference]:
    """A seal that was once the newest, and is gone."""
    found = select(schema.chain.c.id).where(schema.chain.c.hash == kept)
    if kept not in ("", START) and connection.execute(found).first() is None:
        yield Difference(DifferenceKind.HEAD, "chain", column="hash", expected=kept)


def _links(connection: Connection) -> Iterator[Link]:
    """The chain in its order, a few at a time."""
    last = _BEFORE_ALL
    query = select(schema.chain).order_by(schema.chain.c.id).limit(_BATCH)
    while batch := connection.execute(query.where(schema.chain.c.id > last)).all():
        for row in batch:
            yield Link(*row)
        last = batch[-1].id


def _content(link: Link) -> Content | None:
    """What a link seals; None where it is nothing a link could hold."""
    try:
        content = json.loads(link.content)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _misfits(link: Link, before: str, sealed: Content | None) -> Iterator[Difference]:
    """Where a link does not fit the one before, its own seal, or what it seals."""
    about: dict[str, Any] = {"partner": link.partner}
    if link.kind in set(Sealed):
        about[link.kind] = link.number
    said = sealed or {}
    for column, stored, expected in (
        ("before", link.before, before),
        ("hash", link.hash, link_hash(link.before, link.content)),
        ("kind", link.kind, said.get("sealed")),
        ("number", link.number, said.get("id")),
        ("partner", link.partner, said.get("partner")),
    ):
        if stored != expected:
            now, was = (None if each is None else str(each) for each in (stored, expected))
            yield Difference(DifferenceKind.CHAIN, "chain", str(link.id), column, now, was, **about)


def _partners(connection: Connection) -> list[str]:
    """The partners that figures are of, or should be."""
    partner = schema.validity.c.partner
    sealed = select(schema.submission.c.partner)
    return sorted(connection.execute(union(select(partner), sealed)).scalars())


def _compare_validity(connection: Connection, partner: str, tally: Tally) -> None:
    """What is derived of a partner beside what the ledger gives; nothing is kept."""
    stored = _validity(connection, partner)
    tally.checked["figures"] += len(stored)
    trial = connection.begin_nested()
    try:
        rebuild_validity(connection, partner)
        expected = _validity(connection, partner)
    except (DBAPIError, NoResultFound, ValueError) as error:  # of a ledger that contradicts itself
        why = str(getattr(error, "orig", error))
        tally.add([Difference(DifferenceKind.VALIDITY, "validity", expected=why, partner=partner)])
        return
    finally:
        trial.rollback()
    for key in sorted(stored.keys() | expected.keys()):
        if stored.get(key) != expected.get(key):
            tally.add(_of_figure(partner, key, stored.get(key), expected.get(key)))


_Row = tuple[Any, ...]
_KEYS = len(schema.validity.primary_key)
_COLUMNS = [column.name for column in schema.validity.c]
_AS_STORED = [schema.as_stored(column) for column in schema.validity.c]


def _validity(connection: Connection, partner: str) -> dict[tuple[str, ...], _Row]:
    """What is derived of a partner: the values of each figure by its key."""
    query = select(*_AS_STORED).where(schema.validity.c.partner == partner)
    return {row[:_KEYS]: row[_KEYS:] for row in map(tuple, connection.execute(query))}


def _of_figure(
    partner: str, key: tuple[str, ...], stored: _Row | None, expected: _Row | None
) -> Iterator[Difference]:
    """What differs between two rows, or that one of them is not there."""
    basis, _, *names = key
    shown = " ".join((basis, *names))
    nothing = (None,) * (len(_COLUMNS) - _KEYS)
    number = (stored or expected or nothing)[1]
    if stored is None or expected is None:
        values = ["" if row is None else f"{row[2]} {row[3]}" for row in (stored, expected)]
        pairs = [("", values[0] or None, values[1] or None)]
    else:
        named = zip(_COLUMNS[_KEYS:], stored, expected, strict=True)
        pairs = [(name, str(now), str(was)) for name, now, was in named if now != was]
    for column, now, was in pairs:
        place = ("validity", shown, column, now, was)
        yield Difference(DifferenceKind.VALIDITY, *place, partner=partner, submission=number)
