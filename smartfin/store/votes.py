"""Votes of the members: that they decided something, how many voted, and for it.

A vote stands beside the figures and changes none. It is withdrawn by a later decision, never
taken away. Its text can be erased; day, turnout and result then stay (see ``carried``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.store.carried import vote_topic
from smartfin.store.decisions import Decision, DecisionKind, decide, decisions, next_moment
from smartfin.store.limits import LONGEST_TEXT, LONGEST_TITLE, refuse_long


@dataclass(frozen=True, slots=True)
class Ballot:
    """What members voted on, and how.

    Args:
        partner: Code of the partner.
        quarter: First quarter that what was voted applies to; may be still to come.
        held: Day of the vote.
        in_favour: Share of the votes that were in favour [fraction, 0 to 1].
        turnout: Share of the members who voted [fraction, 0 to 1]; None where nobody knows.
        text: What was voted on; empty once erased.
    """

    partner: str
    quarter: Quarter
    held: date
    in_favour: float
    turnout: float | None
    text: str


@dataclass(frozen=True, slots=True)
class MemberVote:
    """A vote of the members, on record.

    Args:
        id: Number of the decision that recorded it.
        ballot: What was voted on, and how.
        by: Who recorded it; empty once erased.
        at: When it was recorded (UTC).
        withdrawn: When it was withdrawn (UTC); None while it counts.
        withdrawn_by: Who withdrew it; empty while it counts, or once erased.
        withdrawn_why: Why; empty while it counts, or once erased.
    """

    id: int
    ballot: Ballot
    by: str
    at: datetime
    withdrawn: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""


def record_vote(connection: Connection, ballot: Ballot, by: str, at: datetime | None) -> Decision:
    """Note that members voted.

    Args:
        connection: Writing.
        ballot: What they voted on, and how.
        by: Who records it.
        at: When; None for what the clock says.

    Raises:
        InputError: ``vote-text-missing``, ``vote-share-outside``, ``vote-turnout-outside``,
            ``text-too-long``; ``vote-ahead`` for a day to come.
    """
    text, turnout = ballot.text.strip(), ballot.turnout
    if not text:
        raise InputError("vote-text-missing")
    refuse_long(text, LONGEST_TEXT)
    refuse_long(by, LONGEST_TITLE)
    if not 0 <= ballot.in_favour <= 1:
        raise InputError("vote-share-outside", share=ballot.in_favour)
    if turnout is not None and not 0 <= turnout <= 1:
        raise InputError("vote-turnout-outside", share=turnout)
    today = next_moment(connection, at, ballot.partner).date()
    if ballot.held > today:
        raise InputError("vote-ahead", day=ballot.held, newest=today)
    facts = {"partner": ballot.partner, "quarter": str(ballot.quarter), "share": ballot.in_favour}
    topic = vote_topic(ballot.held, turnout)
    return decide(connection, DecisionKind.VOTE, by, at, text, topic=topic, **facts)


def withdraw_vote(
    connection: Connection, number: int, reason: str, by: str, at: datetime | None
) -> Decision:
    """Let a vote count no more, as one recorded by mistake.

    Args:
        connection: Writing.
        number: Of the decision that recorded it.
        reason: Why.
        by: Who says so.
        at: When; None for what the clock says.

    Raises:
        InputError: ``reason-missing``, ``text-too-long``; ``vote-unknown`` when no such vote
            counts.
    """
    if not reason.strip():
        raise InputError("reason-missing")
    refuse_long(reason.strip(), LONGEST_TEXT)
    found = next((each for each in votes(connection, None) if each.id == number), None)
    if found is None or found.withdrawn:
        raise InputError("vote-unknown", id=number)
    about = {"partner": found.ballot.partner, "undoes": number}
    return decide(connection, DecisionKind.VOTE_WITHDRAWAL, by, at, reason.strip(), **about)


def votes(connection: Connection, as_of: datetime | None) -> tuple[MemberVote, ...]:
    """The votes recorded by a moment, in the order of recording; those withdrawn say so."""
    kinds = (DecisionKind.VOTE, DecisionKind.VOTE_WITHDRAWAL)
    found = decisions(connection, as_of, *kinds)
    ended = {each.undoes: each for each in found if each.kind is DecisionKind.VOTE_WITHDRAWAL}
    return tuple(
        _vote(each, ended.get(each.id)) for each in found if each.kind is DecisionKind.VOTE
    )


def _vote(each: Decision, end: Decision | None) -> MemberVote:
    said = (each.partner, each.quarter, each.held, each.share)
    if said[0] is None or said[1] is None or said[2] is None or said[3] is None:
        raise ValueError(f"decision {each.id} records no vote")
    ballot = Ballot(said[0], said[1], said[2], said[3], each.turnout, each.reason)
    if end is None:
        return MemberVote(each.id, ballot, each.by, each.at)
    return MemberVote(each.id, ballot, each.by, each.at, end.at, end.by, end.reason)
