"""What a link of the chain sealed, held against what the tables say now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, and_, bindparam, select

from smartfin.store import schema
from smartfin.store.chain import Link, Sealed, canonical, salted_hash, sealed_content
from smartfin.store.difference import Difference, DifferenceKind, Tally
from smartfin.store.validity import Key

_OF_ONE: Mapping[Sealed, tuple[tuple[Table, Column[Any]], ...]] = {
    Sealed.SUBMISSION: (
        (schema.submission, schema.submission.c.id),
        (schema.cover, schema.cover.c.submission),
        (schema.workbook, schema.workbook.c.submission),
    ),
    Sealed.DECISION: (
        (schema.decision, schema.decision.c.id),
        (schema.decision_cover, schema.decision_cover.c.decision),
    ),
}
"""The tables with one row for each submission or decision, and its number there."""

_COVERS = {Sealed.SUBMISSION: schema.cover, Sealed.DECISION: schema.decision_cover}

_ANSWERED = ("key", "code", "sheet", "cell", "facts", "at", "sentence", "by")
_REMEMBERED = ("question", "value", "at", "by")
_PERSONAL = {"sentence", "by"}
"""What is sealed by its hash, so that its text can be erased."""

Content = Mapping[str, Any]


class SealedRows:
    """Everything one link seals.

    Args:
        connection: Reading.
        link: As stored; its content is an object of JSON.
        sealed: That content.
        tally: Where what is found is noted.
    """

    def __init__(self, connection: Connection, link: Link, sealed: Content, tally: Tally) -> None:
        self._connection = connection
        self._link = link
        self._kind = Sealed(link.kind)
        self._sealed = sealed
        self._tally = tally

    def compare(self) -> None:
        """Note what is not as it was sealed."""
        missing = list(self._missing())
        self._tally.add(missing)
        if missing:
            return
        self._tally.checked["facts"] += int(self._sealed.get("fact_count", 0))
        person = str(self._sealed.get("person", ""))
        try:
            _, now = sealed_content(self._connection, self._kind, self._link.number, person)
        except ValueError as error:  # what should be a moment is none
            self._tally.add([self._changed(self._kind.value, "", error, None)])
            return
        if canonical(now) != self._link.content:
            self._tally.add(self._changes(now))
        self._tally.add(self._of_person(person))
        if self._kind is Sealed.SUBMISSION:
            self._tally.add(self._of_bytes())

    def _missing(self) -> Iterator[Difference]:
        for table, number in _OF_ONE[self._kind]:
            query = select(number).where(number == self._link.number)
            if self._connection.execute(query).first() is None:
                expected = str(self._link.number)
                yield self._difference(DifferenceKind.MISSING, table.name, expected=expected)

    def _changes(self, now: Content) -> Iterator[Difference]:
        """What differs between two contents, field by field; the salt shows in the texts first."""
        names = self._sealed.keys() | now.keys()
        for name in sorted(names, key=lambda name: (name != "texts", name)):
            was, stands = self._sealed.get(name), now.get(name)
            if was == stands:
                continue
            if name == "texts":
                yield from self._of_texts(stands or {}, was or {})
            elif name == "answered":
                yield from self._of_answered(stands or (), was or ())
            elif name == "remembered":
                yield from self._of_remembered(stands or (), was or ())
            elif name == "facts":
                yield self._of_facts(str(stands), str(was))
            elif name == "recipe":
                yield self._changed("recipe", "content", stands, was)
            else:
                yield self._changed(self._kind.value, name, stands, was)

    def _of_texts(self, now: Content, was: Content) -> Iterator[Difference]:
        """Texts that are others; those that are gone were erased, which may be."""
        table = _COVERS[self._kind]
        for name in sorted(now.keys() | was.keys()):
            if self._differs(now.get(name), was.get(name)):
                yield self._changed(table.name, name, self._text(table, name), was.get(name))

    def _of_answered(self, now: Sequence[Any], was: Sequence[Any]) -> Iterator[Difference]:
        stands, sealed = ({row[0]: row for row in rows} for rows in (now, was))
        for key in sorted(stands.keys() | sealed.keys()):
            rows = stands.get(key), sealed.get(key)
            yield from self._of_row("answered_finding", key, _ANSWERED, *rows)

    def _of_remembered(self, now: Sequence[Any], was: Sequence[Any]) -> Iterator[Difference]:
        for stands, sealed in zip_longest(now, was):
            key = (stands or sealed)[0]
            yield from self._of_row("remembered_answer", key, _REMEMBERED, stands, sealed)

    def _of_row(
        self,
        table: str,
        key: str,
        names: Sequence[str],
        now: Sequence[Any] | None,
        was: Sequence[Any] | None,
    ) -> Iterator[Difference]:
        """What differs between a row and what was sealed of it."""
        if now is None:
            yield self._difference(DifferenceKind.MISSING, table, key, expected=key)
        elif was is None:
            yield self._difference(DifferenceKind.UNSEALED, table, key, stored=key)
        else:
            for name, stands, sealed in zip(names, now, was, strict=False):
                personal = name in _PERSONAL
                if self._differs(stands, sealed) if personal else stands != sealed:
                    yield self._changed(table, name, stands, sealed, key)

    def _differs(self, now: object, was: object) -> bool:
        """Whether the hash of a text is another; one that was erased is counted."""
        if now == "" and was:
            self._tally.erased += 1
            return False
        return now != was

    def _of_facts(self, now: str, was: str) -> Difference:
        """The facts are others: which one, where the figures in time still tell."""
        for row in self._connection.execute(_FACTS_IN_TIME, {"number": self._link.number}):
            *names, amount, unit, known_amount, known_unit = row
            key = " ".join(names)
            if amount != known_amount:
                return self._changed("fact", "amount", amount, known_amount, key)
            if unit != known_unit:
                return self._changed("fact", "unit", unit, known_unit, key)
        return self._changed("fact", "", now, was)

    def _of_person(self, person: str) -> Iterator[Difference]:
        """The name behind the id, which is the sealed one or erased."""
        query = select(schema.person.c.name).where(schema.person.c.id == person)
        name = self._connection.execute(query).scalar_one_or_none()
        salt = self._text(_COVERS[self._kind], "salt")
        sealed = self._sealed.get("texts", {}).get("by", "")
        if name is None:
            yield self._difference(DifferenceKind.MISSING, "person", person, expected=person)
        elif name and salt and salted_hash(salt, name) != sealed:
            yield self._changed("person", "name", name, sealed, person)

    def _of_bytes(self) -> Iterator[Difference]:
        """The workbook, whose bytes were sealed by their hash."""
        workbook = schema.workbook.c
        query = select(workbook.content).where(workbook.submission == self._link.number)
        content = self._connection.execute(query).scalar_one()
        found = (hashlib.sha256(content).hexdigest(), len(content))
        was = (self._sealed.get("sha256"), self._sealed.get("size"))
        if found != was:
            stored, expected = (f"{digest} ({size})" for digest, size in (found, was))
            yield self._difference(
                DifferenceKind.BYTES, "workbook", "", "content", stored, expected
            )

    def _text(self, table: Table, column: str) -> str:
        """A text beside the chain."""
        _, number = next(pair for pair in _OF_ONE[self._kind] if pair[0] is table)
        query = select(table.c[column]).where(number == self._link.number)
        return str(self._connection.execute(query).scalar_one())

    def _changed(
        self, table: str, column: str, stored: object, expected: object, key: str = ""
    ) -> Difference:
        values = (None if each is None else str(each) for each in (stored, expected))
        return self._difference(DifferenceKind.CHANGED, table, key, column, *values)

    def _difference(
        self,
        kind: DifferenceKind,
        table: str,
        key: str = "",
        column: str = "",
        stored: str | None = None,
        expected: str | None = None,
    ) -> Difference:
        """A difference in what this link seals."""
        number, partner = self._link.number, self._link.partner
        whose = {"submission": number} if self._kind is Sealed.SUBMISSION else {"decision": number}
        return Difference(kind, table, key, column, stored, expected, partner, **whose)


def _facts_in_time() -> Select[Any]:
    """A submission's facts beside what the derived table repeats of them."""
    fact, validity = schema.fact, schema.validity
    same = [fact.c[name] == validity.c[name] for name in ("submission", *Key._fields)]
    names = [fact.c[name] for name in Key._fields]
    return (
        select(*names, fact.c.amount, fact.c.unit, validity.c.amount, validity.c.unit)
        .join_from(fact, validity, and_(*same))
        .where(fact.c.submission == bindparam("number"))
        .order_by(*names)
    )


_FACTS_IN_TIME = _facts_in_time()
