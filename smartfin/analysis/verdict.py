"""Who makes the deadline: the verdict on each partner (docs/metrics.md#verdict).

A verdict has a *state*, which follows the newest figures, and an *outcome*, which the
figures of the deadline quarter fix, as they are known. Both come from the tables in
docs/metrics.md, first row that applies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from smartfin.analysis.forecast.outlook import NoOutlook, Outlook
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.forecast.simulation import simulate_outlook
from smartfin.analysis.indicators.family import (
    RATIO_OF,
    RESULT_OF,
    find_indicator,
    indicator_measure,
)
from smartfin.analysis.record import (
    deadline_outcome,
    lost_breakeven,
    reached_since,
)
from smartfin.analysis.states import (
    DeadlineOutcome,
    Outcome,
    RedFlag,
    State,
    VerdictReason,
    state_of,
)
from smartfin.analysis.table import known_until, silent_quarters
from smartfin.fee import FeeVote, decided_by
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from smartfin.settings import Settings, VerdictSettings

__all__ = [
    "DeadlineOutcome",
    "Outcome",
    "RedFlag",
    "State",
    "Verdict",
    "VerdictReason",
    "judge",
    "state_of",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said about one partner, with the figures it rests on.

    Args:
        partner: Code of the partner.
        state: Where it stands.
        outcome: What the deadline quarter decided; open for an inactive or closed partner.
        reason: Why the state applies.
        facts: What the reason's sentence needs, by name.
        quarter: Newest quarter the verdict rests on; None when nothing is known.
        quarters_behind: How many quarters that is behind the reporting quarter.
        result: Four-quarter result at the chosen level.
        ratio: Four-quarter ratio at the chosen level.
        since: First quarter of the present break-even, when reached.
        probability: As printed and judged, or why there is none.
        lost_from: First quarter of a break-even lost again within the last quarters.
        lost_since: First quarter without it.
        outlook: Simulated futures; None where none is made.
        previous: The last verdict that could be given, when none can be given now.
        red_flags: Red traction flags.
        provisional: Whether unapproved figures are in it.
    """

    partner: str
    state: State
    outcome: DeadlineOutcome
    reason: VerdictReason
    facts: Mapping[str, object]
    quarter: Quarter | None
    quarters_behind: int
    result: Measure
    ratio: Measure
    probability: Measure
    since: Quarter | None = None
    lost_from: Quarter | None = None
    lost_since: Quarter | None = None
    outlook: Outlook | None = None
    previous: Verdict | None = None
    red_flags: tuple[RedFlag, ...] = ()
    provisional: bool = False

    @property
    def probability_by(self) -> Measure:
        """Of break-even at least once on the way to the target; no verdict looks at it."""
        if self.outlook is None:
            return self.probability
        return Measure(self.outlook.printed_probability_by, Unit.FRACTION)


# The states that are the group's own decision.
_DECIDED = {Status.INACTIVE: State.INACTIVE, Status.CLOSED: State.CLOSED}

# What is said when the result or the outlook has no value; else a figure is missing.
_UNDEFINED = {
    Reason.HISTORY_TOO_SHORT: (State.TOO_EARLY, VerdictReason.HISTORY_SHORT),
    Reason.TOO_FEW_CALM_QUARTERS: (State.TOO_EARLY, VerdictReason.TOO_FEW_CALM_QUARTERS),
    Reason.NO_VOLUME: (State.TOO_EARLY, VerdictReason.NO_VOLUME),
    Reason.QUARTERS_MISSING: (State.NOT_ASSESSABLE, VerdictReason.QUARTER_MISSING),
}


def _no_flags(_quarter: Quarter) -> tuple[RedFlag, ...]:
    """No red flag in any quarter."""
    return ()


def _no_pool(_quarter: Quarter) -> Pool | None:
    """No group in any quarter."""
    return None


def judge(  # noqa: PLR0913, PLR0917 - all that is known of a partner at once
    partner: Partner,
    table: pd.DataFrame,
    reporting: Quarter,
    settings: Settings,
    red_flags: tuple[RedFlag, ...] = (),
    provisional: bool = False,
    earlier_flags: Callable[[Quarter], tuple[RedFlag, ...]] = _no_flags,
    pool: Pool | None = None,
    earlier_pool: Callable[[Quarter], Pool | None] = _no_pool,
) -> Verdict:
    """The verdict on one partner as it stood in the reporting quarter.

    Args:
        partner: Who; its status history may settle the verdict, and fees decided by the end of
            the reporting quarter are in the outlook.
        table: Its actual figures in local currency, as made by ``partner_table``.
        reporting: The board's quarter; later figures are not looked at.
        settings: Deadline, level, thresholds and how the outlook is simulated.
        red_flags: Red traction flags.
        provisional: Whether unapproved figures are in the table.
        earlier_flags: Red traction flags of an earlier quarter, for the last verdict that
            could be given.
        pool: Growth and season of the group, for the outlook.
        earlier_pool: The same as known in an earlier quarter, for that last verdict.

    Returns:
        The verdict; it never fails, because "cannot be judged" is one of its states.

    Source:
        docs/metrics.md#verdict
    """
    verdict = _present_verdict(partner, table, reporting, settings, red_flags, pool)
    if verdict.state is State.NOT_ASSESSABLE:
        known = known_until(table, reporting.ordinal)
        previous = _last_judged(partner, known, settings, earlier_flags, earlier_pool)
        verdict = replace(verdict, previous=previous)
    return replace(verdict, provisional=provisional)


def _present_verdict(
    partner: Partner,
    table: pd.DataFrame,
    reporting: Quarter,
    settings: Settings,
    red_flags: tuple[RedFlag, ...] = (),
    pool: Pool | None = None,
) -> Verdict:
    """The verdict, without a look back at earlier ones."""
    known = known_until(table, reporting.ordinal)
    verdict = replace(_unsettled(partner, known, reporting, settings), red_flags=red_flags)
    newest = verdict.quarter
    if partner.status_on(reporting.end) is not Status.ACTIVE:
        return _by_status(verdict, partner, reporting)
    if newest is None:
        return verdict
    if verdict.quarters_behind > 1:
        return _without_figures(verdict, Reason.QUARTERS_MISSING, {"quarter": newest + 1})
    votes = decided_by(partner.fee_votes, reporting.end)
    return _by_figures(verdict, newest.ordinal, known, settings, votes, pool)


def _unsettled(
    partner: Partner, known: pd.DataFrame, reporting: Quarter, settings: Settings
) -> Verdict:
    """The figures of a verdict, before anything is said about them."""
    heard = known.index[~silent_quarters(known)]
    newest = Quarter.from_ordinal(int(heard[-1])) if len(heard) else None
    at = (newest or reporting).ordinal
    level = settings.level
    results = find_indicator(RESULT_OF[level]).series(known)
    return Verdict(
        partner=partner.code,
        state=State.NOT_ASSESSABLE,  # until something can be said
        outcome=deadline_outcome(results, settings.deadline.ordinal, reporting.ordinal),
        reason=VerdictReason.NOTHING_KNOWN,
        facts={},
        quarter=newest,
        quarters_behind=reporting - newest if newest else 0,
        result=indicator_measure(find_indicator(RESULT_OF[level]), known, at, partner.currency),
        ratio=indicator_measure(find_indicator(RATIO_OF[level]), known, at, partner.currency),
        probability=undefined(Unit.FRACTION, Reason.NOTHING_KNOWN),
    )


def _by_status(verdict: Verdict, partner: Partner, reporting: Quarter) -> Verdict:
    """The verdict that the group's own decision is; such a partner owes no deadline."""
    change = [change for change in partner.history if change.day <= reporting.end][-1]
    facts = {"since": change.day, "decided": partner.decided_in(reporting.end)}
    return replace(
        verdict,
        state=_DECIDED[change.status],
        outcome=DeadlineOutcome(Outcome.OPEN),
        reason=VerdictReason.STATUS,
        facts=facts,
        probability=undefined(Unit.FRACTION, Reason.INACTIVE),
    )


def _by_figures(
    verdict: Verdict,
    newest: int,
    known: pd.DataFrame,
    settings: Settings,
    votes: tuple[FeeVote, ...],
    pool: Pool | None,
) -> Verdict:
    """The verdict that follows from the figures of the newest quarter."""
    rules = settings.verdict
    obstacle = _obstacle(verdict.result, rules)
    if obstacle is not None:
        return _without_figures(verdict, obstacle.reason, obstacle.facts)
    outlook = simulate_outlook(
        known,
        newest,
        settings.deadline.ordinal,
        settings.outlook,
        settings.level,
        rules.too_early,
        stream=verdict.partner,
        pool=pool,
        votes=votes,
    )
    if isinstance(outlook, NoOutlook):
        return _without_figures(verdict, outlook.reason, outlook.facts)
    results = find_indicator(RESULT_OF[settings.level]).series(known)
    return _judged(verdict, outlook, results, newest, rules)


def _obstacle(result: Measure, rules: VerdictSettings) -> NoOutlook | None:
    """Why there is no result to judge, if so; a history too short for it is so for odds first."""
    if result.reason is None:
        return None
    short = result.reason is Reason.HISTORY_TOO_SHORT
    needed = {"needed": rules.too_early} if short else {}
    return NoOutlook(result.reason, {**result.facts, **needed})


def _judged(
    verdict: Verdict,
    outlook: Outlook,
    results: pd.Series[float],
    newest: int,
    rules: VerdictSettings,
) -> Verdict:
    """The verdict on a partner with a result and an outlook."""
    since = reached_since(results, newest)
    lost = lost_breakeven(results, newest, rules.lost_within)
    probability = outlook.printed_probability
    state, reason = state_of(since is not None, probability, verdict.red_flags, rules)
    return replace(
        verdict,
        state=state,
        reason=reason,
        facts=_judged_facts(verdict, outlook, since),
        probability=Measure(probability, Unit.FRACTION),
        since=since,
        lost_from=lost.reached if lost else None,
        lost_since=lost.lost if lost else None,
        outlook=outlook,
    )


def _without_figures(verdict: Verdict, why: Reason, facts: Mapping[str, object]) -> Verdict:
    """The verdict when a figure it rests on has no value."""
    state, reason = _UNDEFINED.get(why, (State.NOT_ASSESSABLE, VerdictReason.FIGURE_MISSING))
    return replace(
        verdict,
        state=state,
        reason=reason,
        facts=facts,
        probability=undefined(Unit.FRACTION, why, **facts),
    )


def _last_judged(
    partner: Partner,
    known: pd.DataFrame,
    settings: Settings,
    earlier_flags: Callable[[Quarter], tuple[RedFlag, ...]],
    earlier_pool: Callable[[Quarter], Pool | None],
) -> Verdict | None:
    """The verdict of the newest quarter whose four quarters were all there."""
    results = find_indicator(RESULT_OF[settings.level]).series(known).dropna()
    for ordinal in reversed(results.index.tolist()):
        quarter = Quarter.from_ordinal(ordinal)
        flags, pool = earlier_flags(quarter), earlier_pool(quarter)
        verdict = _present_verdict(partner, known, quarter, settings, flags, pool)
        if verdict.state is not State.NOT_ASSESSABLE:
            return verdict
    return None


def _judged_facts(
    verdict: Verdict, outlook: Outlook, since: Quarter | None
) -> Mapping[str, object]:
    """What the sentence of a partner that can be judged may use.

    Returns:
        ``result`` [currency a year], ``currency``, ``ratio`` [fraction], ``probability``
        [fraction, as printed], ``target`` (quarter), ``landing`` and ``since`` (quarter or
        None), ``flags`` (rule ids).
    """
    return {
        "result": verdict.result.value,
        "currency": verdict.result.unit,
        "ratio": verdict.ratio.value,
        "probability": outlook.printed_probability,
        "target": outlook.target,
        "landing": outlook.landing.middle,
        "since": since,
        "flags": tuple(flag.rule for flag in verdict.red_flags),
    }
