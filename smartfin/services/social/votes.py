"""What members decided on their fee, as far as anybody wrote it down."""

from __future__ import annotations

from datetime import datetime

from smartfin.fee import FeeVote, decided_by
from smartfin.member_vote import MemberVote
from smartfin.partner import find_partner
from smartfin.services.record.vote import member_votes_of
from smartfin.services.start import Smartfin


def votes_of(
    smartfin: Smartfin, partner: str, moment: datetime | None = None
) -> tuple[MemberVote, ...]:
    """The members' votes, with how they voted: as group.toml and as the ledger have them.

    Oldest first.

    Args:
        smartfin: Opened.
        partner: Code.
        moment: Until when knowledge counts; None for all that is known.
    """
    written = (_vote(fee) for fee in fees_decided(smartfin, partner, moment))
    votes = [vote for vote in written if vote]
    noted = member_votes_of(smartfin, partner, moment)
    return tuple(sorted((*votes, *noted), key=lambda vote: (vote.first, vote.decided)))


def fees_decided(
    smartfin: Smartfin, partner: str, moment: datetime | None = None
) -> tuple[FeeVote, ...]:
    """The fees that group.toml dates, whether or not it says how many voted."""
    fees = find_partner(smartfin.partners, partner).fee_votes
    return fees if moment is None else decided_by(fees, moment.date())


def _vote(fee: FeeVote) -> MemberVote | None:
    """A fee as a vote of the members; None where nobody wrote down how they voted."""
    if fee.turnout is None or fee.in_favour is None:
        return None
    return MemberVote(fee.first, fee.decided, fee.turnout, fee.in_favour, fee.why)
