"""The social verdict of every partner, now and in the quarters before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartfin.analysis.social import Envelope, Social, SocialState, SocialVerdict, social_verdict
from smartfin.analysis.states import State
from smartfin.analysis.table import lines_read_once
from smartfin.member_vote import MemberVote
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.assessment import Assessment, Case
from smartfin.services.kept import kept
from smartfin.services.social.votes import votes_of
from smartfin.services.start import Smartfin
from smartfin.services.support.path import SupportPath
from smartfin.social_floor import SocialFloor, floors_of, read_social_floors

EARLIER = 8
"""Quarters a partner's verdicts are shown for."""

_REACHED = frozenset({State.REACHED, State.REACHED_NOT_SECURE})


@dataclass(frozen=True, eq=False)
class SocialCase:
    """One partner's social project as it stood in the reporting quarter.

    Args:
        case: The partner as judged by its money.
        verdict: What is said of its social project; None while nothing is known of it.
        floors: What its assembly set, oldest first.
        votes: Votes of its members on their fee, oldest first.
    """

    case: Case
    verdict: SocialVerdict | None
    floors: tuple[SocialFloor, ...] = ()
    votes: tuple[MemberVote, ...] = ()

    @property
    def social(self) -> Social:
        """Whether the social project held; who says nothing has not reported it."""
        return self.verdict.social if self.verdict else Social.NOT_REPORTED

    @property
    def state(self) -> SocialState:
        """The verdict."""
        return self.verdict.state if self.verdict else SocialState.NOT_REPORTED

    @property
    def must_discuss(self) -> bool:
        """Whether break-even was reached and bought: the board must discuss it."""
        return self.case.verdict.state in _REACHED and self.state is SocialState.BOUGHT


def social_cases(smartfin: Smartfin, assessment: Assessment) -> Mapping[str, SocialCase]:
    """Each partner's social project by its code, judged once for an assessment."""
    return _judged(smartfin, assessment)


def social_case(smartfin: Smartfin, assessment: Assessment, partner: str) -> SocialCase:
    """One partner's social project."""
    return social_cases(smartfin, assessment)[partner]


def social_history(
    smartfin: Smartfin, assessment: Assessment
) -> Mapping[str, tuple[SocialVerdict, ...]]:
    """The verdicts of each partner's last quarters by its code, newest first."""
    return _history(smartfin, assessment)


@kept(16)
def _judged(smartfin: Smartfin, assessment: Assessment) -> Mapping[str, SocialCase]:
    floors = read_social_floors(smartfin.settings)
    return {
        case.partner.code: _one(smartfin, assessment, case, floors) for case in assessment.cases
    }


def _one(
    smartfin: Smartfin, assessment: Assessment, case: Case, floors: Sequence[SocialFloor]
) -> SocialCase:
    own = floors_of(case.partner.code, floors)
    votes = votes_of(smartfin, case.partner.code, assessment.moment)
    if case.quarter is None:
        return SocialCase(case, None, own, votes)
    path = SupportPath(smartfin, case, assessment)
    return SocialCase(case, _verdict(case, path, own, votes, case.quarter), own, votes)


@kept(4)
def _history(smartfin: Smartfin, assessment: Assessment) -> Mapping[str, tuple[SocialVerdict, ...]]:
    judged = social_cases(smartfin, assessment)
    return {code: _earlier(smartfin, assessment, each) for code, each in judged.items()}


def _earlier(
    smartfin: Smartfin, assessment: Assessment, judged: SocialCase
) -> tuple[SocialVerdict, ...]:
    case, newest = judged.case, judged.verdict
    if case.quarter is None or newest is None:
        return ()
    path = SupportPath(smartfin, case, assessment)
    first = max(case.quarter + -(EARLIER - 1), Quarter.from_ordinal(int(case.table.index[0])))
    with lines_read_once():
        before = [
            _verdict(case, path, judged.floors, judged.votes, quarter)
            for quarter in quarters_between(first, case.quarter + -1)
        ]
    return (newest, *reversed(before))


def _verdict(
    case: Case,
    path: SupportPath,
    floors: Sequence[SocialFloor],
    votes: Sequence[MemberVote],
    quarter: Quarter,
) -> SocialVerdict:
    return social_verdict(
        case.table,
        quarter.ordinal,
        floors,
        rules=case.settings.social,
        votes=votes,
        envelope=_envelope(path, quarter),
        currency=case.partner.currency,
    )


def _envelope(path: SupportPath, quarter: Quarter) -> Envelope | None:
    """The support voted for a partner; None in a quarter before any of it."""
    if not path.votes or quarter < path.span[0]:
        return None
    first, last = path.span
    paid = path.paid_by_books(first, quarter).value
    return Envelope(until=last, voted=path.voted(first, last), paid=paid)
