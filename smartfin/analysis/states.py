"""The states and outcomes a verdict can have, and the rule that picks the state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smartfin.quarter import Quarter
from smartfin.settings import VerdictSettings


class State(StrEnum):
    """Where a partner stands (message ``verdict.<code>``).

    A higher ``standing`` is better; None is not comparable.
    """

    standing: int | None

    def __new__(cls, code: str, standing: int | None) -> State:
        """A member: its code and where it stands among the others."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.standing = standing
        return member

    NOT_ASSESSABLE = "not_assessable", None
    AT_RISK = "at_risk", 1
    WATCH = "watch", 2
    TOO_EARLY = "too_early", None
    ON_TRACK = "on_track", 3
    REACHED_NOT_SECURE = "reached_not_secure", 4
    REACHED = "reached", 5
    INACTIVE = "inactive", None
    CLOSED = "closed", None


class Outcome(StrEnum):
    """What the deadline quarter decided (message ``outcome.<code>``)."""

    OPEN = "open"
    MET = "met"
    MET_LOST = "met_lost"
    MISSED = "missed"
    MISSED_REACHED_LATE = "missed_reached_late"
    NOT_REPORTED = "not_reported"


class VerdictReason(StrEnum):
    """Why a state applies (message ``verdict.reason.<code>``).

    Those after ``NO_VOLUME`` have the facts of the figures: result, currency, ratio, probability,
    target, landing, since, flags.
    """

    STATUS = "status"  # the group's decision; facts: since (date), decided (quarter)
    NOTHING_KNOWN = "nothing-known"
    QUARTER_MISSING = "quarter-missing"  # facts: quarter
    FIGURE_MISSING = "figure-missing"  # facts: item, and quarter unless it is never reported
    HISTORY_SHORT = "history-short"  # facts: quarters, needed
    TOO_FEW_CALM_QUARTERS = "too-few-calm-quarters"  # facts: quarters, needed
    NO_VOLUME = "no-volume"  # nothing invoiced, so nothing to look ahead from
    BALANCE_LIKELY_TO_HOLD = "balance-likely-to-hold"
    BALANCE_NOT_LIKELY_TO_HOLD = "balance-not-likely-to-hold"
    BALANCE_WITH_RED_FLAG = "balance-with-red-flag"
    ODDS_LOW = "odds-low"
    RED_FLAGS_OF_PRECEDENT = "red-flags-of-precedent"
    ODDS_OPEN = "odds-open"
    ODDS_GOOD_WITH_RED_FLAG = "odds-good-with-red-flag"
    ODDS_GOOD = "odds-good"


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A rule of family *traction* that is red.

    Args:
        rule: Id of the rule.
        shown_by: Precedents that showed the same before their decision. A synthetic
            precedent stays out where the partner is real.
    """

    rule: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineOutcome:
    """What the deadline quarter decided.

    Args:
        code: The outcome.
        since: When a met break-even was lost, or a missed one reached.
        quarters_late: How late it was reached, 0 unless it was missed and reached.
    """

    code: Outcome
    since: Quarter | None = None
    quarters_late: int = 0


def state_of(
    reached: bool, probability: float, red_flags: tuple[RedFlag, ...], rules: VerdictSettings
) -> tuple[State, VerdictReason]:
    """The state of a partner that can be judged, and why.

    Args:
        reached: Whether the four-quarter result is nil or more.
        probability: As printed [fraction]: rounded before it is compared.
        red_flags: Red traction flags.
        rules: Thresholds.

    Returns:
        One of reached, reached not secure, at risk, watch, on track. It never gets worse
        when the result, the probability or the flags get better.

    Source:
        docs/metrics.md#verdict
    """
    likely = probability >= rules.on_track
    like_a_precedent = sum(bool(flag.shown_by) for flag in red_flags) >= rules.red_flags
    if reached:
        return _state_of_reached(likely, bool(red_flags))
    if probability < rules.at_risk:
        return State.AT_RISK, VerdictReason.ODDS_LOW
    if like_a_precedent:
        return State.AT_RISK, VerdictReason.RED_FLAGS_OF_PRECEDENT
    if not likely:
        return State.WATCH, VerdictReason.ODDS_OPEN
    if red_flags:
        return State.WATCH, VerdictReason.ODDS_GOOD_WITH_RED_FLAG
    return State.ON_TRACK, VerdictReason.ODDS_GOOD


def _state_of_reached(likely: bool, flagged: bool) -> tuple[State, VerdictReason]:
    if not likely:
        return State.REACHED_NOT_SECURE, VerdictReason.BALANCE_NOT_LIKELY_TO_HOLD
    if flagged:
        return State.REACHED_NOT_SECURE, VerdictReason.BALANCE_WITH_RED_FLAG
    return State.REACHED, VerdictReason.BALANCE_LIKELY_TO_HOLD
