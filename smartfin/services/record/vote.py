"""Votes of the members, recorded beside what they decided: a fee, say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from smartfin import member_vote
from smartfin.partner import find_partner
from smartfin.services.record.decide import Decided
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Ballot, MemberVote


def record_vote(smartfin: Smartfin, ballot: Ballot, by: str) -> Decided:
    """Note that members voted.

    Args:
        smartfin: Opened.
        ballot: What they voted on, and how; code of the partner, or of a legal entity of it,
            in any case.
        by: Who records it.

    Raises:
        InputError: ``partner-unknown``, ``vote-text-missing``, ``vote-share-outside``,
            ``vote-turnout-outside``, ``text-too-long``; ``vote-ahead`` for a day to come.
    """
    code = find_partner(smartfin.units, ballot.partner).code
    return Decided((smartfin.ledger.record_vote(replace(ballot, partner=code), by),))


def withdraw_vote(smartfin: Smartfin, number: int, reason: str, by: str) -> Decided:
    """Let a vote count no more, as one recorded by mistake; it stays on record.

    Raises:
        InputError: ``vote-unknown``, ``reason-missing``, ``text-too-long``.
    """
    return Decided((smartfin.ledger.withdraw_vote(number, reason, by),))


def votes(
    smartfin: Smartfin, as_of: date | None = None, partner: str | None = None
) -> tuple[MemberVote, ...]:
    """The votes by the end of a day, of a partner with its entities or of all, oldest first.

    Those withdrawn say so.

    Raises:
        InputError: ``partner-unknown``.
    """
    found = smartfin.ledger.votes(end_of_day(as_of))
    if not partner:
        return found
    codes = {unit.code for unit in find_partner(smartfin.units, partner).units}
    return tuple(each for each in found if each.ballot.partner in codes)


def member_votes_of(
    smartfin: Smartfin, partner: str, moment: datetime | None
) -> tuple[member_vote.MemberVote, ...]:
    """The votes that count at a moment, as what may explain a fee, oldest first.

    Those of a partner's legal entities are among them: their members are its members.

    Args:
        smartfin: Opened.
        partner: Code, in any case.
        moment: Whose knowledge counts; None for all that is known.

    Raises:
        InputError: ``partner-unknown``.
    """
    found = [each.ballot for each in votes(smartfin, moment, partner) if not each.withdrawn]
    return tuple(
        member_vote.MemberVote(each.quarter, each.held, each.turnout, each.in_favour, each.text)
        for each in sorted(found, key=lambda each: each.held)
    )
