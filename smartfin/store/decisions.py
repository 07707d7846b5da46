"""Decisions: a submission withdrawn or approved, a quarter closed, a board meeting pinned.

A decision is added and never taken back; another one may undo it (``reopening``, ``unpin``).
Each is sealed into the chain like a submission.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, insert, select

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.store import schema
from smartfin.store.carried import read_scenario, read_vote
from smartfin.store.chain import Sealed, fresh_salt, seal
from smartfin.store.limits import LONGEST_TEXT, LONGEST_TITLE, refuse_long
from smartfin.store.standing import APPROVAL, WITHDRAWAL, settle, touched

_TICK = timedelta(microseconds=1)


class DecisionKind(StrEnum):
    """What can be decided."""

    WITHDRAWAL = WITHDRAWAL  # a submission counts no more
    APPROVAL = APPROVAL  # a submission counts for the board
    CLOSING = "closing"  # a quarter takes corrections as restatements only
    REOPENING = "reopening"  # it takes them as before
    PIN = "pin"  # a moment gets a name: a board meeting
    UNPIN = "unpin"  # the name is taken away
    FORGETTING = "forgetting"  # a remembered answer is asked again
    REMARK = "remark"  # what somebody says about a flag of early warning
    LEGAL_OPENING = "legal-opening"  # a legal matter is noted
    LEGAL_CLOSING = "legal-closing"  # it is settled
    ERASURE = "erasure"  # what a note says is emptied
    VOTE = "vote"  # members voted
    VOTE_WITHDRAWAL = "vote-withdrawal"  # a vote counts no more
    SCENARIO = "scenario"  # a version of a named scenario is saved
    SCENARIO_END = "scenario-end"  # the scenario is removed from the list
    PLAN_OF_RECORD = "plan-of-record"  # a version is frozen for a meeting


CHANGE_NO_FIGURE = frozenset(
    {DecisionKind.SCENARIO, DecisionKind.SCENARIO_END, DecisionKind.PLAN_OF_RECORD}
)
"""Kinds that change no figure, flag or verdict: what was worked out before them still holds."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Args:
        id: Its number.
        kind: What was decided.
        at: When (UTC).
        by: Who decided; empty once erased.
        partner: Code of the partner concerned; None for all.
        submission: Number of the submission concerned, else None.
        quarter: The quarter concerned, else None.
        moment: The moment pinned, or whose knowledge a scenario was frozen with, else None.
        undoes: Number of the decision it undoes, or whose text it erased; of the first version
            of the scenario it is a version of, or of the version it froze; else None.
        reason: Why, the name of a meeting or the text of a note; empty where none is needed,
            or once erased.
        topic: Code of the rule remarked on, or title of the legal matter or scenario, which is
            empty once erased; else None.
        share: Share of the invoiced volume a legal matter threatens, or of the votes that were
            in favour [fraction], else None.
        held: Day of a vote, else None.
        turnout: Share of the members who voted [fraction]; None where nobody knows.
        changes: What a scenario changes, as canonical JSON; empty once erased, else None.
    """

    id: int
    kind: DecisionKind
    at: datetime
    by: str
    partner: str | None
    submission: int | None
    quarter: Quarter | None
    moment: datetime | None
    undoes: int | None
    reason: str
    topic: str | None = None
    share: float | None = None
    held: date | None = None
    turnout: float | None = None
    changes: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A moment with a name, to be reopened: what a board saw.

    Args:
        id: Number of the decision that pinned it.
        name: Of the meeting.
        moment: Whose knowledge is shown (UTC).
        by: Who pinned it.
        at: When (UTC).
    """

    id: int
    name: str
    moment: datetime
    by: str
    at: datetime


def withdraw(
    connection: Connection, number: int, reason: str, by: str, at: datetime | None
) -> Decision:
    """Let a submission count no more; what stood before it stands again.

    Raises:
        InputError: ``submission-unknown``, ``already-withdrawn``, ``reason-missing``,
            ``text-too-long``.
    """
    if not reason.strip():
        raise InputError("reason-missing", submission=number)
    refuse_long(reason.strip(), LONGEST_TEXT)
    partner = _standing_partner(connection, number)
    about = {"partner": partner, "submission": number}
    return decide(connection, DecisionKind.WITHDRAWAL, by, at, reason.strip(), **about)


def approve(
    connection: Connection, numbers: Collection[int], by: str, at: datetime | None
) -> tuple[Decision, ...]:
    """Let submissions count for the board, in the order of their numbers: all or none.

    Raises:
        InputError: ``submission-unknown``, ``already-withdrawn``, ``already-approved``.
    """
    decided = []
    for number in sorted(set(numbers)):
        partner = _standing_partner(connection, number)
        if _verdict(connection, number, DecisionKind.APPROVAL):
            raise InputError("already-approved", submission=number)
        about = {"partner": partner, "submission": number}
        decided.append(decide(connection, DecisionKind.APPROVAL, by, at, "", **about))
    return tuple(decided)


def close_quarter(
    connection: Connection, quarter: Quarter, by: str, at: datetime | None | None, reason: str
) -> Decision:
    """Let a quarter take corrections as restatements only.

    Raises:
        InputError: ``quarter-closed-already``, ``text-too-long``.
    """
    refuse_long(reason, LONGEST_TEXT)
    if quarter in closed_quarters(connection, None):
        raise InputError("quarter-closed-already", quarter=quarter)
    return decide(connection, DecisionKind.CLOSING, by, at, reason, quarter=str(quarter))


def reopen_quarter(
    connection: Connection, quarter: Quarter, by: str, at: datetime | None | None, reason: str
) -> Decision:
    """Let a closed quarter take corrections as before.

    Raises:
        InputError: ``quarter-not-closed``, ``reason-missing``, ``text-too-long``.
    """
    if not reason.strip():
        raise InputError("reason-missing", quarter=quarter)
    refuse_long(reason, LONGEST_TEXT)
    if quarter not in closed_quarters(connection, None):
        raise InputError("quarter-not-closed", quarter=quarter)
    return decide(connection, DecisionKind.REOPENING, by, at, reason, quarter=str(quarter))


def closed_quarters(connection: Connection, as_of: datetime | None) -> frozenset[Quarter]:
    """The quarters closed at a moment."""
    closed: set[Quarter] = set()
    for each in decisions(connection, as_of, DecisionKind.CLOSING, DecisionKind.REOPENING):
        if each.kind is DecisionKind.CLOSING and each.quarter:
            closed.add(each.quarter)
        elif each.quarter:
            closed.discard(each.quarter)
    return frozenset(closed)


def pin(
    connection: Connection, name: str, moment: datetime | None, by: str, at: datetime | None
) -> Decision:
    """Give a moment a name; None for right now, of which nothing is that comes later.

    Raises:
        InputError: ``pin-name-missing``, ``text-too-long``; ``pin-taken`` when another pin
            has it.
    """
    wanted = name.strip()
    if not wanted:
        raise InputError("pin-name-missing")
    refuse_long(wanted, LONGEST_TITLE)
    for each in pins(connection, None):
        if each.name == wanted:
            raise InputError("pin-taken", name=wanted, moment=each.moment)
    now = next_moment(connection, at)
    return decide(connection, DecisionKind.PIN, by, now, wanted, moment=moment or now)


def unpin(connection: Connection, number: int, by: str, at: datetime | None) -> Decision:
    """Take the name of a moment away.

    Raises:
        InputError: ``pin-unknown``.
    """
    if number not in {each.id for each in pins(connection, None)}:
        raise InputError("pin-unknown", pin=number)
    return decide(connection, DecisionKind.UNPIN, by, at, "", undoes=number)


def pins(connection: Connection, as_of: datetime | None) -> tuple[Pin, ...]:
    """The moments that have a name at a moment, newest moment first."""
    found: dict[int, Pin] = {}
    for each in decisions(connection, as_of, DecisionKind.PIN, DecisionKind.UNPIN):
        if each.kind is DecisionKind.PIN and each.moment:
            found[each.id] = Pin(each.id, each.reason, each.moment, each.by, each.at)
        elif each.undoes is not None:
            found.pop(each.undoes, None)
    return tuple(sorted(found.values(), key=lambda each: each.moment, reverse=True))


def forget(
    connection: Connection, partner: str, by: str, at: datetime | None, question: str
) -> Decision:
    """Note that a remembered answer is asked again."""
    return decide(connection, DecisionKind.FORGETTING, by, at, question, partner=partner)


def decisions(
    connection: Connection, as_of: datetime | None, *kinds: DecisionKind
) -> tuple[Decision, ...]:
    """The decisions of some kinds, else of all, by a moment, oldest first; None is now."""
    query = _DECISIONS.order_by(schema.decision.c.id)
    if kinds:
        query = query.where(schema.decision.c.kind.in_(kinds))
    if as_of is not None:
        query = query.where(schema.decision.c.at <= as_of)
    return tuple(_decision(row) for row in connection.execute(query))


def next_moment(
    connection: Connection, at: datetime | None, partner: str | None = None
) -> datetime:
    """The moment of what comes next: time moves forward, also when a clock is set back.

    Args:
        connection: Of a write transaction: the clock is read once nobody else writes.
        at: None for what the clock says, later than all that was written or pinned, so that
            what was known at a moment that has passed stays what it was. A moment given, as
            that of a sample, is only kept later than what concerns the same partner.
        partner: Code of the partner it concerns; None for all.
    """
    newest = [_newest(connection, table.c.at, table, partner, alone=at is not None)
              for table in (schema.submission, schema.decision)]  # fmt: skip
    if at is None:
        newest.append(_newest(connection, schema.decision.c.moment, schema.decision))
    known = [moment + _TICK for moment in newest if moment is not None]
    return max([at or datetime.now(UTC), *known])


def _newest(
    connection: Connection,
    column: Column[datetime],
    table: Table,
    partner: str | None = None,
    *,
    alone: bool = False,
) -> datetime | None:
    """The latest of some moments, of a partner (None: of what concerns all) alone if asked."""
    query = select(func.max(column, type_=column.type))
    if alone:
        query = query.where(table.c.partner == partner)
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def decide(
    connection: Connection,
    kind: DecisionKind,
    by: str,
    at: datetime | None | None,
    reason: str,
    **about: Any,
) -> Decision:
    """Write a decision, seal it, and let figures change hands."""
    moment = next_moment(connection, at, about.get("partner"))
    row = {"kind": kind.value, "at": moment, **about}
    inserted = connection.execute(insert(schema.decision).returning(schema.decision.c.id), row)
    number: int = inserted.scalar_one()
    said = {"decision": number, "by": by, "reason": reason, "salt": fresh_salt()}
    connection.execute(insert(schema.decision_cover), said)
    for basis in touched(kind):
        settle(connection, basis, about["submission"], moment)
    seal(connection, Sealed.DECISION, number)
    one = _DECISIONS.where(schema.decision.c.id == number)
    return _decision(connection.execute(one).one())


def _standing_partner(connection: Connection, number: int) -> str:
    """The partner of a submission that is there and not withdrawn."""
    query = select(schema.submission.c.partner).where(schema.submission.c.id == number)
    partner: str | None = connection.execute(query).scalar_one_or_none()
    if partner is None:
        raise InputError("submission-unknown", submission=number)
    withdrawn = _verdict(connection, number, DecisionKind.WITHDRAWAL)
    if withdrawn is not None:
        raise InputError("already-withdrawn", submission=number, at=withdrawn.at, by=withdrawn.by)
    return partner


def _verdict(connection: Connection, number: int, kind: DecisionKind) -> Decision | None:
    decision = schema.decision.c
    query = _DECISIONS.where(decision.submission == number, decision.kind == kind.value)
    row = connection.execute(query).first()
    return None if row is None else _decision(row)


def _decision(row: Row[Any]) -> Decision:
    values = row._asdict()
    values["kind"] = DecisionKind(values["kind"])
    values["quarter"] = values["quarter"] and Quarter.parse(values["quarter"])
    if values["kind"] is DecisionKind.LEGAL_OPENING and values["topic"] is None:
        values["topic"], _, values["reason"] = values["reason"].partition("\n")
    elif values["kind"] is DecisionKind.VOTE:
        values |= read_vote(values["topic"])
    elif values["kind"] is DecisionKind.SCENARIO:
        values |= read_scenario(values["reason"])
    return Decision(**values)


_DECISIONS = select(
    schema.decision, schema.decision_cover.c.by, schema.decision_cover.c.reason
).join_from(schema.decision, schema.decision_cover)
