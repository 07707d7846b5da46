"""Votes of members on their fee: what can explain, and never silences, that they paid more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class MemberVote:
    """A fee that the members themselves voted on.

    Args:
        first: First quarter the fee applies in.
        decided: Day of the vote.
        turnout: Members who voted, over those who could [fraction, 0 to 1]; None where nobody
            knows.
        in_favour: Votes in favour, over those cast [fraction, 0 to 1].
        text: What was decided, and on what accounts.

    Raises:
        ValueError: a share outside 0 to 1; who reads one from a person checks first.
    """

    first: Quarter
    decided: date
    turnout: float | None
    in_favour: float
    text: str

    def __post_init__(self) -> None:
        shares = (self.in_favour, self.turnout or 0.0)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("turnout and votes in favour are shares")

    @property
    def carried(self) -> bool:
        """Whether more than half of those who voted were in favour.

        Example:
            >>> MemberVote(Quarter(2022, 1), date(2021, 12, 4), 0.3, 0.5, "9.5 %").carried
            False
        """
        return self.in_favour > 1 / 2
