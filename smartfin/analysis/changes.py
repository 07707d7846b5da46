"""What changed on the board: between two days, or from one quarter to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import pandas as pd

from smartfin.analysis.direction import FLAT_WITHIN
from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.indicators.family import RATIO_OF, find_indicator
from smartfin.analysis.states import State
from smartfin.analysis.verdict import Verdict
from smartfin.quarter import Quarter
from smartfin.settings import Level

ODDS_BY = 0.10  # two steps of the printed probability; one is within what chance draws
RESTATED_BY = 0.001  # a tenth of a point of coverage: the least that shows in print


class ChangeCode(StrEnum):
    """What kind of change (message ``change.<code>``)."""

    STATE = "state"  # facts: before, after (State), quarter, quarter_before; odds, odds_before
    RESTATED = "restated"  # facts: before, after (ratio), quarter
    AUDITED = "audited"  # the same, where the audit alone corrected them
    FLAG_ROSE = "flag-rose"  # a red traction flag; facts: flags (rule codes), quarter
    FLAG_CLEARED = "flag-cleared"  # the same
    ODDS_ROSE = "odds-rose"  # facts: before, after (Measure), quarter, quarter_before; target
    ODDS_FELL = "odds-fell"  # the same
    COVERAGE_ROSE = "coverage-rose"  # facts: before, after (ratio), quarter, quarter_before
    COVERAGE_FELL = "coverage-fell"  # the same


@dataclass(frozen=True, slots=True)
class BoardChange:
    """One change worth a sentence.

    Args:
        code: What kind.
        partner: Code of the partner.
        facts: What the sentence needs, by name.
        weight: How telling it is among changes of its kind.
        cause: The change that goes with a changed verdict, where one does.
    """

    code: ChangeCode
    partner: str
    facts: Mapping[str, object]
    weight: float
    cause: BoardChange | None = None


class Judged(Protocol):
    """A partner as it was known: its table and the verdict on it."""

    @property
    def table(self) -> pd.DataFrame:
        """As made by ``partner_table``."""

    @property
    def verdict(self) -> Verdict:
        """The verdict on it."""


def telling_changes(
    before: Mapping[str, Judged], after: Mapping[str, Judged], level: Level, limit: int = 2
) -> tuple[BoardChange, ...]:
    """The changes that tell most, at most one a partner.

    Changed verdicts come first, then corrected figures, then red traction flags that rose or
    cleared, then moves of the probability of ten points or more, then moves of coverage of
    more than a point; within each the largest first.

    Args:
        before: Partner to what was known.
        after: Partner to what is known; partners in only one of the two are left out.
        level: Level the board judges on.
        limit: Most changes to return.
    """
    both = [(before[partner], after[partner]) for partner in after if partner in before]
    ordered = [
        *_heaviest(change for pair in both for change in _state_change(*pair)),
        *_heaviest(change for pair in both for change in _restatement(*pair, level)),
        *_heaviest(change for pair in both for change in _flag_change(*pair)),
        *_heaviest(change for pair in both for change in _odds_move(*pair)),
        *_heaviest(change for pair in both for change in _coverage_move(*pair)),
    ]
    first: dict[str, BoardChange] = {}
    for change in ordered:
        first.setdefault(change.partner, change)
    return tuple(first.values())[:limit]


def _heaviest(changes: Iterator[BoardChange]) -> list[BoardChange]:
    return sorted(changes, key=lambda change: -change.weight)


def _state_change(before: Judged, after: Judged) -> Iterator[BoardChange]:
    """The change of verdict, if any, with the printed probabilities there are."""
    old, new = before.verdict, after.verdict
    if old.state is not new.state:
        odds = {"odds_before": old.probability, "odds": new.probability}
        facts = {
            "before": old.state,
            "after": new.state,
            "quarter": new.quarter,
            "quarter_before": old.quarter,
            **{name: each for name, each in odds.items() if each.value is not None},
        }
        steps, cause = _steps(old.state, new.state), _cause(before, after)
        yield BoardChange(ChangeCode.STATE, new.partner, facts, steps, cause)


def _cause(before: Judged, after: Judged) -> BoardChange | None:
    """What went the way the verdict went: red flags that rose or cleared, else coverage."""
    old, new = before.verdict.state.standing, after.verdict.state.standing
    if old is None or new is None or old == new:
        return None
    along = (
        {ChangeCode.FLAG_CLEARED, ChangeCode.COVERAGE_ROSE}
        if new > old
        else {ChangeCode.FLAG_ROSE, ChangeCode.COVERAGE_FELL}
    )
    found = (*_flag_change(before, after), *_coverage_move(before, after))
    return next((change for change in found if change.code in along), None)


def _steps(before: State, after: State) -> int:
    """How many verdicts lie between two; 1 when they cannot be compared."""
    if before.standing is None or after.standing is None:
        return 1
    return abs(after.standing - before.standing)


def _restatement(before: Judged, after: Judged, level: Level) -> Iterator[BoardChange]:
    """The quarter whose four-quarter ratio was corrected most, if any was."""
    ratio = find_indicator(RATIO_OF[level])
    old = ratio.series(before.table)
    new = ratio.series(after.table).reindex(old.index)
    moved = (new - old).abs().dropna()
    if not moved.empty and moved.max() >= RESTATED_BY:
        quarter = int(moved.index[int(moved.to_numpy().argmax())])
        facts = {
            "before": float(old.loc[quarter]),
            "after": float(new.loc[quarter]),
            "quarter": Quarter.from_ordinal(quarter),
        }
        yield BoardChange(
            ChangeCode.RESTATED, after.verdict.partner, facts, float(moved.loc[quarter])
        )


def _flag_change(before: Judged, after: Judged) -> Iterator[BoardChange]:
    """Red traction flags that rose; else those that cleared."""
    old, new = ({flag.rule: flag for flag in each.verdict.red_flags} for each in (before, after))
    risen = tuple(rule for rule in new if rule not in old)
    cleared = tuple(rule for rule in old if rule not in new)
    code = ChangeCode.FLAG_ROSE if risen else ChangeCode.FLAG_CLEARED
    if risen or cleared:
        facts = {"flags": risen or cleared, "quarter": after.verdict.quarter}
        yield BoardChange(code, after.verdict.partner, facts, len(risen or cleared))


def _odds_move(before: Judged, after: Judged) -> Iterator[BoardChange]:
    """The move of the printed probability, if it is worth a sentence.

    Between a quarter before the deadline and one after it there is none: the first probability
    is about the deadline, the second about a year ahead.
    """
    old, new = before.verdict, after.verdict
    if old.probability.value is None or new.probability.value is None:
        return
    if not _comparable(old.outlook, new.outlook):
        return
    move = round(new.probability.value - old.probability.value, 9)
    if abs(move) >= ODDS_BY:
        facts = {
            "before": old.probability,
            "after": new.probability,
            "quarter": new.quarter,
            "quarter_before": old.quarter,
            **_common_target(old.outlook, new.outlook),
        }
        code = ChangeCode.ODDS_ROSE if move > 0 else ChangeCode.ODDS_FELL
        yield BoardChange(code, new.partner, facts, abs(move))


def _comparable(old: Outlook | None, new: Outlook | None) -> bool:
    """Whether two probabilities are about the same quarter, or look equally far ahead."""
    if old is None or new is None:
        return False
    return old.target == new.target or old.target - old.last == new.target - new.last


def _common_target(old: Outlook | None, new: Outlook | None) -> dict[str, Quarter]:
    """The quarter both probabilities are about; after the deadline each has one of its own."""
    targets = {each.target for each in (old, new) if each}
    return {"target": targets.pop()} if len(targets) == 1 else {}


def _coverage_move(before: Judged, after: Judged) -> Iterator[BoardChange]:
    """The move of the ratio from the newest quarter then to the newest now, if it is one."""
    old, new = before.verdict, after.verdict
    if old.ratio.value is None or new.ratio.value is None or old.quarter == new.quarter:
        return
    move = round(new.ratio.value - old.ratio.value, 9)
    if abs(move) > FLAT_WITHIN:
        code = ChangeCode.COVERAGE_ROSE if move > 0 else ChangeCode.COVERAGE_FELL
        facts = {
            "before": old.ratio.value,
            "after": new.ratio.value,
            "quarter": new.quarter,
            "quarter_before": old.quarter,
        }
        yield BoardChange(code, new.partner, facts, abs(move))
