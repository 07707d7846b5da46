"""The verdict on a partner's social project beside its money (docs/metrics.md#social-verdict).

Two answers, never one score: did the result improve, and did the social project hold? The
matrix of the two alone gives the verdict; the bought share is evidence beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.bridge import Bridge, bridge
from smartfin.analysis.partition import OWN_COSTS
from smartfin.analysis.social.bought import BoughtShare, EffectCode, bought_share
from smartfin.analysis.social.standing import BAD, JUDGED, Held, Standing, standings_at
from smartfin.analysis.table import known_until, trailing_total
from smartfin.measure import Unit
from smartfin.member_vote import MemberVote
from smartfin.quarter import Quarter
from smartfin.settings import Level, SocialSettings
from smartfin.social_floor import SocialFloor

_YEAR = 4  # quarters


class SocialState(StrEnum):
    """The verdict (message ``social.state.<code>``)."""

    SOUND = "sound"  # result improved, social project held
    BOUGHT = "bought"  # result improved, social project fell: the board must discuss
    PATIENT_INVESTMENT = "patient_investment"  # result worse, held, within what was voted
    LOSING_SOCIAL_HELD = "losing_social_held"  # result worse, held, beyond what was voted
    FAILING_ON_BOTH = "failing_on_both"  # result worse, social project fell
    UNCHANGED = "unchanged"  # neither better nor worse, held
    UNCHANGED_SOCIAL_FELL = "unchanged_social_fell"
    NOT_REPORTED = "not_reported"  # too few of the twelve to say
    NO_RESULT = "no_result"  # eight quarters of the result are not there


class Social(StrEnum):
    """Whether the social project held (message ``social.project.<code>``)."""

    HELD = "held"
    FELL = "fell"
    NOT_REPORTED = "not_reported"


class ResultCourse(StrEnum):
    """What the result before support did in a year (message ``social.result.<code>``)."""

    IMPROVED = "improved"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"


class BoughtAlarm(StrEnum):
    """How much of an improvement was bought (message ``social.alarm.<code>``)."""

    NONE = "none"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"


class Patience(StrEnum):
    """Whether the group still invests as it voted to (message ``social.patience.<code>``)."""

    OPEN = "open"
    SPENT = "spent"  # more was paid than was voted
    OVER = "over"  # the last quarter it was voted for has passed
    UNKNOWN = "unknown"  # a payment of some quarter is not known
    NONE = "none"  # nothing was voted for this partner


@dataclass(frozen=True, slots=True)
class Envelope:
    """The support voted for a partner, and what of it was paid.

    Args:
        until: Last quarter it was voted for.
        voted: Over all its quarters [EUR].
        paid: Since its first quarter, up to the one judged [EUR]; None where it is not known.
    """

    until: Quarter
    voted: float
    paid: float | None

    def patience(self, quarter: Quarter) -> Patience:
        """Whether a loss in a quarter lies within it.

        Example:
            >>> Envelope(Quarter(2023, 4), 185_000.0, 120_000.0).patience(Quarter(2022, 4))
            <Patience.OPEN: 'open'>
        """
        if quarter > self.until:
            return Patience.OVER
        if self.paid is None:
            return Patience.UNKNOWN
        return Patience.OPEN if round(self.paid - self.voted, 2) <= 0 else Patience.SPENT


@dataclass(frozen=True, slots=True)
class SocialVerdict:
    """The verdict of one quarter with all its evidence.

    Args:
        quarter: The quarter.
        state: The verdict.
        social: Whether the social project held.
        result: What the result did.
        bridge: From the four quarters before to the four judged; None where one is not known.
        own_costs: Of the four quarters judged [currency]; None where they are not known.
        standings: The twelve.
        bought: How much of the improvement was bought.
        alarm: What follows from that.
        patience: Whether the group's voted support still covers a loss.
        envelope: That support; None where nothing was voted.
        explained_by: The members' vote that explains what was bought; None where none does.
    """

    quarter: Quarter
    state: SocialState
    social: Social
    result: ResultCourse
    bridge: Bridge | None
    own_costs: float | None
    standings: tuple[Standing, ...]
    bought: BoughtShare
    alarm: BoughtAlarm
    patience: Patience
    envelope: Envelope | None = None
    explained_by: MemberVote | None = None

    @property
    def fallen(self) -> tuple[Standing, ...]:
        """The indicators that speak against it: beyond their tolerance, or under their floor."""
        return tuple(each for each in self.standings if each.held in BAD)

    @property
    def judged(self) -> int:
        """How many of the twelve could be judged."""
        return sum(each.held in JUDGED for each in self.standings)

    @property
    def missing(self) -> tuple[Standing, ...]:
        """The indicators that are not reported, or not long enough."""
        return tuple(each for each in self.standings if each.held not in JUDGED)

    @property
    def flagged(self) -> bool:
        """Whether the board must discuss it: a bought verdict, or a share over its limit."""
        return self.state is SocialState.BOUGHT or self.alarm in {
            BoughtAlarm.AMBER,
            BoughtAlarm.RED,
        }


def social_verdict(
    table: pd.DataFrame,
    ordinal: int,
    floors: Iterable[SocialFloor] = (),
    *,
    rules: SocialSettings | None = None,
    votes: Sequence[MemberVote] = (),
    envelope: Envelope | None = None,
    currency: str = Unit.CURRENCY,
) -> SocialVerdict:
    """Whether four quarters improved on the four before, and whether the social project held.

    Formula: result R_oss of the four quarters against that of the four before; less than
        2 % of own costs is unchanged. Social project: fell where two indicators fell or one
        floor is broken; not reported where fewer than six of twelve can be judged.

    Args:
        table: As made by ``partner_table``, in local currency.
        ordinal: The quarter judged; later rows are not looked at.
        floors: What this partner's assembly set (``floors_of``).
        rules: Thresholds; None for the house values.
        votes: Votes of its members on fees, in any order.
        envelope: Support voted for it; without one no loss is a patient investment.
        currency: ISO code of the table's amounts.

    Returns:
        Always a verdict: where something is missing, the one that says so.

    Source:
        docs/metrics.md#social-verdict
    """
    rules, quarter = rules or SocialSettings(), Quarter.from_ordinal(ordinal)
    known = known_until(table, ordinal)
    standings = standings_at(known, ordinal, floors, currency=currency)
    built = bridge(known, ordinal - _YEAR, ordinal, Level.OSS)
    costs = _own_costs(known, ordinal)
    social, course = social_project(standings, rules), _course(built, costs, rules)
    patience = envelope.patience(quarter) if envelope else Patience.NONE
    state = _state(social, course, patience)
    bought = bought_share(known, ordinal - _YEAR, ordinal, Level.OSS)
    alarm = _alarm(bought, rules)
    verdict = SocialVerdict(
        quarter, state, social, course, built, costs, standings, bought, alarm, patience, envelope
    )
    return replace(verdict, explained_by=_explaining(verdict, votes))


def social_project(standings: Sequence[Standing], rules: SocialSettings) -> Social:
    """Whether the social project held, from its twelve standings.

    What was reported within the eight quarters before and no longer is counts for the worse:
    where the project held only because something is not said any more, it is not reported.
    """
    judged = sum(each.held in JUDGED for each in standings)
    if judged < rules.least_reported:
        return Social.NOT_REPORTED
    fallen = sum(each.held in BAD for each in standings)
    broken = any(each.held is Held.FLOOR_BROKEN for each in standings)
    if broken or fallen > rules.most_fallen:
        return Social.FELL
    silent = [each for each in standings if each.stopped]
    could_break = any(each.floor is not None for each in silent)
    if could_break or fallen + len(silent) > rules.most_fallen:
        return Social.NOT_REPORTED
    return Social.HELD


def _own_costs(table: pd.DataFrame, ordinal: int) -> float | None:
    """Own costs of the four quarters judged [currency]."""
    if ordinal not in table.index:
        return None
    costs = float(trailing_total(table, OWN_COSTS)[-1])
    return None if np.isnan(costs) else costs


def _course(built: Bridge | None, costs: float | None, rules: SocialSettings) -> ResultCourse:
    if built is None or costs is None:
        return ResultCourse.UNKNOWN
    if abs(built.change) < rules.unchanged * abs(costs) or built.change == 0:
        return ResultCourse.UNCHANGED
    return ResultCourse.IMPROVED if built.change > 0 else ResultCourse.WORSE


def _state(social: Social, course: ResultCourse, patience: Patience) -> SocialState:
    """The matrix."""
    if social is Social.NOT_REPORTED:
        return SocialState.NOT_REPORTED
    if course is ResultCourse.UNKNOWN:
        return SocialState.NO_RESULT
    if social is Social.FELL:
        return _FELL[course]
    if course is ResultCourse.WORSE:
        held = patience is Patience.OPEN
        return SocialState.PATIENT_INVESTMENT if held else SocialState.LOSING_SOCIAL_HELD
    return SocialState.SOUND if course is ResultCourse.IMPROVED else SocialState.UNCHANGED


_FELL = {
    ResultCourse.IMPROVED: SocialState.BOUGHT,
    ResultCourse.WORSE: SocialState.FAILING_ON_BOTH,
    ResultCourse.UNCHANGED: SocialState.UNCHANGED_SOCIAL_FELL,
}


def _alarm(bought: BoughtShare, rules: SocialSettings) -> BoughtAlarm:
    share = bought.share.value
    if share is None:
        return BoughtAlarm.UNKNOWN
    if share > rules.bought_red:
        return BoughtAlarm.RED
    return BoughtAlarm.AMBER if share > rules.bought_amber else BoughtAlarm.NONE


def _explaining(verdict: SocialVerdict, votes: Sequence[MemberVote]) -> MemberVote | None:
    """The newest vote that carried and whose fee is part of what was bought.

    A fee moves the difference of the two windows when it begins after the first quarter of
    the earlier one and not after the last of the later one.
    """
    if not verdict.flagged or verdict.bought.amount(EffectCode.FEE) <= 0:
        return None
    first = verdict.quarter + -(2 * _YEAR - 1)
    explaining = [vote for vote in votes if vote.carried and first < vote.first <= verdict.quarter]
    return max(explaining, key=lambda vote: (vote.first, vote.decided), default=None)
