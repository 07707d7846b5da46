"""Accepting a workbook into the ledger, and what was accepted."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, func, insert, select

from smartfin.errors import InputError
from smartfin.facts import Fact, Period, Scenario, Stage
from smartfin.findings import AnsweredFinding
from smartfin.quarter import Quarter
from smartfin.store import schema
from smartfin.store.answered import keep_answered
from smartfin.store.chain import Sealed, canonical, fresh_salt, length, seal
from smartfin.store.database import insert_rows
from smartfin.store.decisions import CHANGE_NO_FIGURE, closed_quarters, next_moment
from smartfin.store.limits import LONGEST_TEXT, refuse_long
from smartfin.store.remembered import remember
from smartfin.store.standing import APPROVAL, WITHDRAWAL, decided
from smartfin.store.validity import (
    Figure,
    Key,
    changed_keys,
    figures_in_force,
    put_in_force,
)


@dataclass(frozen=True, slots=True)
class HandIn:
    """A workbook as it is handed in.

    Args:
        partner: Code of the partner.
        facts: What it states.
        content: Its bytes.
        name: Its file name.
        by: Who hands it in.
        at: When, with a time zone; None for what the clock says once nobody else writes.
        synthetic: Whether it is made-up sample data.
        note: What the person says about it.
        stage: How far the books were settled.
        answers: What was settled about it and holds for later workbooks, by the name
            under which it is remembered.
        answered: Warnings of it that a person answered.
        restates: Why it restates figures of closed quarters; empty where it does not.
        recipe: What its reader was told, as JSON can write it; empty when nobody noted it.
    """

    partner: str
    facts: tuple[Fact, ...]
    content: bytes
    name: str
    by: str
    at: datetime | None
    synthetic: bool
    note: str = ""
    stage: Stage = Stage.MANAGEMENT
    answers: Mapping[str, str] = field(default_factory=dict)
    answered: tuple[AnsweredFinding, ...] = ()
    restates: str = ""
    recipe: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """A workbook that was accepted.

    Args:
        id: Its number; later submissions have higher numbers.
        partner: Code of the partner.
        name: File name as handed in.
        sha256: Of its bytes, in hexadecimal.
        size: Of its bytes.
        by: Who handed it in.
        at: When it was accepted (UTC).
        synthetic: Whether it is made-up sample data.
        note: What the person said about it.
        fact_count: Figures it states.
        new_count: How many of them were not known before.
        restated_count: How many replaced another amount; the rest repeated what was known,
            or are sample data where a real figure stands.
        first_quarter: First quarter with an actual figure, else with any figure; None
            when no figure is of a quarter.
        last_quarter: Last one, likewise.
        stage: How far the books were settled.
        restates: Why it restates figures of closed quarters; empty where it does not.
        withdrawn: When it was withdrawn (UTC); None while it stands.
        approved: When it was approved (UTC); None while it is not.
    """

    id: int
    partner: str
    name: str
    sha256: str
    size: int
    by: str
    at: datetime
    synthetic: bool
    note: str
    fact_count: int
    new_count: int
    restated_count: int
    first_quarter: Quarter | None
    last_quarter: Quarter | None
    stage: Stage
    restates: str
    withdrawn: datetime | None
    approved: datetime | None


def accept(connection: Connection, hand_in: HandIn, seen_revision: int | None) -> Submission:
    """Write a workbook into the ledger, within the caller's write transaction.

    Time moves forward (``decisions.next_moment``): a hand-in dated not later than what is
    there (a clock set back, two in one moment, a sample imported late) is recorded one
    microsecond after it, so that no earlier day changes its content.

    The same bytes are a duplicate whatever came after them, unless they were withdrawn:
    whoever imports a folder twice must not bring back what a later workbook corrected.

    Raises:
        InputError: ``nothing-to-accept``, ``fact-stated-twice``, ``amount-not-finite``,
            ``text-too-long``; ``duplicate-submission``; ``ledger-moved-on`` when the
            partner's revision is not the one seen; ``quarter-closed`` when it restates a
            figure of a closed quarter and does not say why.
    """
    if not hand_in.facts:
        raise InputError("nothing-to-accept", name=hand_in.name, partner=hand_in.partner)
    for said in (hand_in.restates, *(each.answer.sentence for each in hand_in.answered)):
        refuse_long(said, LONGEST_TEXT)
    stated = stated_figures(hand_in.facts, hand_in.name, synthetic=hand_in.synthetic)
    sha256 = hashlib.sha256(hand_in.content).hexdigest()
    _refuse_duplicate(connection, hand_in, sha256)
    _refuse_unseen(connection, hand_in.partner, seen_revision)
    known = figures_in_force(connection, hand_in.partner, stated)
    _refuse_closed(connection, hand_in, known, stated)
    row: dict[str, Any] = {
        "partner": hand_in.partner,
        "at": next_moment(connection, hand_in.at, hand_in.partner),
        "sha256": sha256,
        "size": len(hand_in.content),
        "synthetic": hand_in.synthetic,
        "stage": hand_in.stage.value,
        **_contents(hand_in.facts, known, stated),
    }
    number = _written(connection, row, hand_in, stated)
    put_in_force(connection, number, known, stated)
    remember(connection, hand_in.partner, hand_in.answers, hand_in.by, row["at"], number)
    keep_answered(connection, number, hand_in.answered)
    seal(connection, Sealed.SUBMISSION, number)
    return submission(connection, number)


def stated_figures(
    facts: Iterable[Fact], name: str = "", *, synthetic: bool = False
) -> dict[Key, Figure]:
    """What facts state, by key and in their order; ``name`` is the workbook's, for the message.

    Raises:
        InputError: ``fact-stated-twice`` or ``amount-not-finite``.
    """
    stated: dict[Key, Figure] = {}
    for fact in facts:
        key = fact_key(fact)
        if key in stated or not math.isfinite(fact.amount):
            code = "fact-stated-twice" if key in stated else "amount-not-finite"
            place = {"item": key.item, "quarter": key.span, "scenario": key.scenario}
            raise InputError(code, name=name, **place)
        stated[key] = Figure(fact.amount, fact.unit, synthetic)
    return stated


def fact_key(fact: Fact) -> Key:
    """The ledger's key of a fact."""
    return Key(fact.scenario.value, _span(fact.quarter or fact.period), fact.item)


def submission(connection: Connection, number: int) -> Submission:
    """One submission.

    Raises:
        InputError: ``submission-unknown``.
    """
    row = connection.execute(_heads().where(schema.submission.c.id == number)).one_or_none()
    if row is None:
        raise InputError("submission-unknown", submission=number)
    return _submission(row)


def submissions(connection: Connection, as_of: datetime | None) -> tuple[Submission, ...]:
    """All submissions accepted by a moment, oldest first; None is now."""
    query = _heads(as_of).order_by(schema.submission.c.id)
    if as_of is not None:
        query = query.where(schema.submission.c.at <= as_of)
    return tuple(_submission(row) for row in connection.execute(query))


def duplicate(connection: Connection, partner: str, sha256: str) -> Submission | None:
    """The submission of a partner with these bytes that stands; None when there is none."""
    head = schema.submission.c
    same = (head.partner == partner, head.sha256 == sha256)
    query = _heads().where(*same, ~decided(WITHDRAWAL))
    row = connection.execute(query.order_by(head.id.desc())).first()
    return None if row is None else _submission(row)


def content(connection: Connection, number: int) -> bytes:
    """The bytes of a submission as they were handed in.

    Raises:
        InputError: ``submission-unknown``.
    """
    query = select(schema.workbook.c.content).where(schema.workbook.c.submission == number)
    found: bytes | None = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise InputError("submission-unknown", submission=number)
    return found


def recipe(connection: Connection, number: int) -> Mapping[str, Any] | None:
    """What the reader of a submission was told; None where nobody noted it."""
    query = select(schema.recipe.c.content).where(schema.recipe.c.submission == number)
    told: str | None = connection.execute(query).scalar_one_or_none()
    return None if told is None else json.loads(told)


def revision(connection: Connection, partner: str | None) -> int:
    """A number that grows with each submission and decision; 0 before the first."""
    return length(connection, partner)


def figures_revision(connection: Connection) -> int:
    """The same without decisions that change no figure, flag or verdict."""
    link, decision = schema.chain.c, schema.decision.c
    of_decision = (link.kind == Sealed.DECISION.value) & (decision.id == link.number)
    counts = decision.kind.is_(None) | decision.kind.not_in(sorted(CHANGE_NO_FIGURE))
    query = select(link.id).select_from(schema.chain.outerjoin(schema.decision, of_decision))
    # From the newest link backwards: what is passed over is few.
    newest = connection.execute(query.where(counts).order_by(link.id.desc()).limit(1)).scalar()
    return newest or 0


def _written(
    connection: Connection, row: dict[str, Any], hand_in: HandIn, keys: Iterable[Key]
) -> int:
    """Insert a submission with all that belongs to it; gives its number."""
    inserted = connection.execute(insert(schema.submission).returning(schema.submission.c.id), row)
    number: int = inserted.scalar_one()
    said = {"name": hand_in.name, "by": hand_in.by, "note": hand_in.note}
    said |= {"restates": hand_in.restates.strip(), "salt": fresh_salt()}
    connection.execute(insert(schema.cover), {"submission": number, **said})
    if hand_in.recipe:
        recipe = {"submission": number, "content": canonical(hand_in.recipe)}
        connection.execute(insert(schema.recipe), recipe)
    workbook = {"submission": number, "content": hand_in.content}
    connection.execute(insert(schema.workbook), workbook)
    places = zip(keys, hand_in.facts, strict=True)
    # Plus nil: of the two kinds of nil SQLite knows one, and a seal is to hold in any database.
    rows = [(number, *key, f.amount + 0.0, f.unit, f.sheet, f.cell, f.label) for key, f in places]
    insert_rows(connection, schema.fact, rows)
    return number


def _contents(
    facts: Sequence[Fact], known: Mapping[Key, Figure], stated: Mapping[Key, Figure]
) -> dict[str, Any]:
    """How much a submission states, how much of it is new or restated, and for which quarters."""
    changed = changed_keys(known, stated)
    new = sum(key not in known for key in changed)
    first, last = _span_of_quarters(facts)
    return {
        "fact_count": len(stated),
        "new_count": new,
        "restated_count": len(changed) - new,
        "first_quarter": first and str(first),
        "last_quarter": last and str(last),
    }


def _refuse_duplicate(connection: Connection, hand_in: HandIn, sha256: str) -> None:
    same = duplicate(connection, hand_in.partner, sha256)
    if same is not None:
        raise InputError(
            "duplicate-submission",
            name=hand_in.name,
            partner=same.partner,
            submission=same.id,
            accepted_name=same.name,
            at=same.at,
            by=same.by,
        )


def _refuse_unseen(connection: Connection, partner: str, seen_revision: int | None) -> None:
    newest = revision(connection, partner)
    if seen_revision not in (None, newest):
        raise InputError("ledger-moved-on", partner=partner, seen=seen_revision, newest=newest)


def _refuse_closed(
    connection: Connection,
    hand_in: HandIn,
    known: Mapping[Key, Figure],
    stated: Mapping[Key, Figure],
) -> None:
    """A closed quarter changes only if somebody says why."""
    if hand_in.restates.strip():
        return
    closed = {str(quarter) for quarter in closed_quarters(connection, None)}
    touched = {
        key.span
        for key in changed_keys(known, stated)
        if key.span in closed and key.scenario == Scenario.ACTUAL.value
    }
    if touched:
        quarters = tuple(Quarter.parse(span) for span in sorted(touched))
        raise InputError(
            "quarter-closed", name=hand_in.name, partner=hand_in.partner, quarters=quarters
        )


def _span_of_quarters(facts: Sequence[Fact]) -> tuple[Quarter | None, Quarter | None]:
    """First and last quarter with an actual figure, else with any."""
    any_quarters = {(fact.scenario, fact.quarter) for fact in facts if fact.quarter is not None}
    actual = {quarter for scenario, quarter in any_quarters if scenario is Scenario.ACTUAL}
    quarters = actual or {quarter for _, quarter in any_quarters}
    return min(quarters, default=None), max(quarters, default=None)


@lru_cache(maxsize=1024)
def _span(of: Quarter | Period | None) -> str:
    """A quarter or period as text; cached, as thousands of facts share a few dozen."""
    return str(of)


def _submission(row: Row[Any]) -> Submission:
    values = row._asdict()
    for end in ("first_quarter", "last_quarter"):
        values[end] = values[end] and Quarter.parse(values[end])
    return Submission(**{**values, "stage": Stage(values["stage"])})


def _heads(as_of: datetime | None = None) -> Select[Any]:
    """Submissions with what stands beside them, and what was decided of them by a moment."""
    cover = schema.cover.c
    return select(
        schema.submission,
        cover.name,
        cover.by,
        cover.note,
        cover.restates,
        _decided_at(WITHDRAWAL, as_of).label("withdrawn"),
        _decided_at(APPROVAL, as_of).label("approved"),
    ).join_from(schema.submission, schema.cover)


def _decided_at(kind: str, as_of: datetime | None) -> ScalarSelect[datetime]:
    """When a submission was withdrawn or approved."""
    decision = schema.decision.c
    # The least: a row put in by somebody else is for ``verify`` to tell, not to end a page.
    query = select(func.min(decision.at, type_=decision.at.type)).where(
        decision.submission == schema.submission.c.id, decision.kind == kind
    )
    if as_of is not None:
        query = query.where(decision.at <= as_of)
    return query.correlate(schema.submission).scalar_subquery()
