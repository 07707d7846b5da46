"""What people note beside the figures: remarks on flags, and legal matters that are open.

What a note says stands beside the chain, which knows a salted hash of it: so it can be erased.
The title of a legal matter is the first line of its text, and goes with it. A matter noted
before titles could be erased has its title in ``decision.topic``, sealed as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, update

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.store import schema
from smartfin.store.decisions import Decision, DecisionKind, decide, decisions, next_moment
from smartfin.store.limits import LONGEST_TEXT, LONGEST_TITLE, refuse_long


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says about a flag.

    Args:
        id: Number of the decision that noted it.
        partner: Code of the partner.
        rule: Code of the rule.
        quarter: The quarter it is about.
        text: What is said; empty once erased.
        by: Who says it; empty once erased.
        at: When (UTC).
    """

    id: int
    partner: str
    rule: str
    quarter: Quarter
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LegalFlag:
    """A legal or regulatory matter of a partner.

    Args:
        id: Number of the decision that opened it.
        partner: Code of the partner.
        title: What it is called; empty once erased.
        text: What it is about; empty once erased.
        owner: Who answers for it; empty once erased.
        share: Share of the invoiced volume it threatens [fraction]; None where nobody said.
        opened: First quarter it counts in.
        opened_at: When it was noted (UTC).
        closed: First quarter it counts no more in; None while it is open.
        closed_at: When that was noted (UTC); None while it is open.
        closed_by: Who closed it; empty while it is open, or once erased.
        outcome: Why it was closed; empty while it is open, or once erased.
    """

    id: int
    partner: str
    title: str
    text: str
    owner: str
    share: float | None
    opened: Quarter
    opened_at: datetime
    closed: Quarter | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""


def remark(
    connection: Connection, about: tuple[str, str, Quarter], text: str, by: str, at: datetime | None
) -> Decision:
    """Note what is said about a flag.

    Args:
        connection: Writing.
        about: Partner, rule and quarter.
        text: What is said.
        by: Who says it.
        at: When; None for what the clock says.

    Raises:
        InputError: ``remark-missing``, ``text-too-long``; ``note-ahead`` for a quarter to come.
    """
    partner, rule, quarter = about
    if not text.strip():
        raise InputError("remark-missing")
    refuse_long(text.strip(), LONGEST_TEXT)
    _refuse_ahead(connection, quarter, partner, at)
    facts = {"partner": partner, "topic": rule, "quarter": str(quarter)}
    return decide(connection, DecisionKind.REMARK, by, at, text.strip(), **facts)


def remarks(connection: Connection, as_of: datetime | None) -> tuple[Remark, ...]:
    """The remarks on flags by a moment, oldest first."""
    return tuple(
        Remark(each.id, each.partner, each.topic, each.quarter, each.reason, each.by, each.at)
        for each in decisions(connection, as_of, DecisionKind.REMARK)
        if each.partner and each.topic and each.quarter
    )


def open_legal_flag(
    connection: Connection,
    about: tuple[str, str, Quarter],
    text: str,
    share: float | None,
    by: str,
    at: datetime | None,
) -> Decision:
    """Note a legal matter.

    Args:
        connection: Writing.
        about: Partner, title and the first quarter it counts in.
        text: What it is about.
        share: Share of the invoiced volume it threatens [fraction]; None where nobody knows.
        by: Who answers for it.
        at: When; None for what the clock says.

    Raises:
        InputError: ``legal-title-missing``, ``legal-share-outside``, ``text-too-long``;
            ``note-ahead`` for a quarter to come.
    """
    partner, title, quarter = about
    if not title.strip():
        raise InputError("legal-title-missing")
    refuse_long(title.strip(), LONGEST_TITLE)
    refuse_long(by, LONGEST_TITLE)
    refuse_long(text.strip(), LONGEST_TEXT)
    if share is not None and not 0 <= share <= 1:
        raise InputError("legal-share-outside", share=share)
    _refuse_ahead(connection, quarter, partner, at)
    said = f"{' '.join(title.split())}\n{text.strip()}"
    facts = {"partner": partner, "quarter": str(quarter), "share": share}
    return decide(connection, DecisionKind.LEGAL_OPENING, by, at, said, **facts)


def close_legal_flag(
    connection: Connection,
    number: int,
    reason: str,
    by: str,
    at: datetime | None,
    quarter: Quarter | None = None,
) -> Decision:
    """Note that a legal matter is settled.

    Args:
        connection: Writing.
        number: Of the decision that opened it.
        reason: How it ended.
        by: Who says so.
        at: When; None for what the clock says.
        quarter: First quarter it counts no more in; None, or one before it was opened, for
            the one it was opened in: then it never counted.

    Raises:
        InputError: ``legal-unknown`` when no such matter is open, ``remark-missing``,
            ``text-too-long``; ``note-ahead`` for a quarter to come.
    """
    if not reason.strip():
        raise InputError("remark-missing")
    refuse_long(reason.strip(), LONGEST_TEXT)
    matter = next((each for each in legal_flags(connection, None) if each.id == number), None)
    if matter is None or matter.closed:
        raise InputError("legal-unknown", id=number)
    first = max(quarter or matter.opened, matter.opened)
    _refuse_ahead(connection, first, matter.partner, at)
    facts = {"partner": matter.partner, "undoes": number, "quarter": str(first)}
    return decide(connection, DecisionKind.LEGAL_CLOSING, by, at, reason.strip(), **facts)


_NOTES = (
    DecisionKind.REMARK,
    DecisionKind.LEGAL_OPENING,
    DecisionKind.LEGAL_CLOSING,
    DecisionKind.VOTE,
    DecisionKind.VOTE_WITHDRAWAL,
    DecisionKind.SCENARIO,
)


def erase_note(connection: Connection, number: int, by: str, at: datetime | None) -> Decision:
    """Empty what a note says, for good; that it was stays.

    A note is a remark, a legal matter with title and outcome, a vote with why it was
    withdrawn, or a scenario with name and changes.

    Args:
        connection: Writing.
        number: Of the decision that noted it; of the first version of a scenario for all of
            them, of another for that version alone.
        by: Who erases it.
        at: When; None for what the clock says.

    Raises:
        InputError: ``note-unknown`` where there is no such note, or it says nothing any more.
    """
    notes = decisions(connection, None, *_NOTES)
    cover = schema.decision_cover
    own = {each.id: each for each in notes if number in {each.id, each.undoes}}
    said = update(cover).where(cover.c.decision.in_(own), cover.c.reason != "")
    if not own or not connection.execute(said.values(reason="")).rowcount:
        raise InputError("note-unknown", id=number)
    about = {"partner": own[number].partner, "undoes": number}
    return decide(connection, DecisionKind.ERASURE, by, at, "", **about)


def _refuse_ahead(
    connection: Connection, quarter: Quarter, partner: str, at: datetime | None
) -> None:
    """Nobody knows yet what would be noted of a quarter to come."""
    newest = Quarter.containing(next_moment(connection, at, partner).date())
    if quarter > newest:
        raise InputError("note-ahead", quarter=quarter, newest=newest)


def legal_flags(connection: Connection, as_of: datetime | None) -> tuple[LegalFlag, ...]:
    """The legal matters noted by a moment, oldest first; also those closed since."""
    kinds = (DecisionKind.LEGAL_OPENING, DecisionKind.LEGAL_CLOSING)
    noted = decisions(connection, as_of, *kinds)
    closings = {each.undoes: each for each in noted if each.kind is DecisionKind.LEGAL_CLOSING}
    return tuple(
        _legal_flag(each, closings.get(each.id))
        for each in noted
        if each.kind is DecisionKind.LEGAL_OPENING
    )


def _legal_flag(opening: Decision, closing: Decision | None) -> LegalFlag:
    if opening.partner is None or opening.topic is None or opening.quarter is None:
        raise ValueError(f"decision {opening.id} opens no legal matter")
    return LegalFlag(
        id=opening.id,
        partner=opening.partner,
        title=opening.topic,
        text=opening.reason,
        owner=opening.by,
        share=opening.share,
        opened=opening.quarter,
        opened_at=opening.at,
        closed=closing.quarter if closing else None,
        closed_at=closing.at if closing else None,
        closed_by=closing.by if closing else "",
        outcome=closing.reason if closing else "",
    )
