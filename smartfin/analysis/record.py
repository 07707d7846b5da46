"""What a partner's four-quarter results have been: reached, lost, met or missed.

Each function takes the results as a series: index ``quarter`` (contiguous ordinals),
values [currency], NaN where undefined. A result is 0 or more exactly when costs are
covered, because ``partition.surplus`` made it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from smartfin.analysis.states import DeadlineOutcome, Outcome
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class LostBreakeven:
    """A break-even that was reached and lost again.

    Args:
        reached: First quarter of it.
        lost: First quarter after it.
    """

    reached: Quarter
    lost: Quarter


def reached_since(results: pd.Series[float], ordinal: int) -> Quarter | None:
    """First quarter of the unbroken break-even that still held at ``ordinal``.

    None when the result was below nil or undefined then.
    """
    until = results.loc[:ordinal]
    if ordinal not in until.index or not until.loc[ordinal] >= 0:
        return None
    elsewhere = until.index[~(until >= 0)]
    first = int(until.index[0]) if elsewhere.empty else int(elsewhere[-1]) + 1
    return Quarter.from_ordinal(first)


def lost_breakeven(results: pd.Series[float], ordinal: int, within: int) -> LostBreakeven | None:
    """The newest break-even lost before ``ordinal``, when it held within so many quarters.

    None while at break-even, and when there was none to lose.
    """
    if not results.get(ordinal, math.nan) < 0:
        return None
    recent = results.loc[ordinal - within : ordinal - 1]
    held = recent.index[recent >= 0]
    since = reached_since(results, int(held[-1])) if len(held) else None
    if since is None:
        return None
    return LostBreakeven(since, Quarter.from_ordinal(int(held[-1]) + 1))


def deadline_outcome(results: pd.Series[float], deadline: int, reporting: int) -> DeadlineOutcome:
    """What the deadline quarter decided, as known in the reporting quarter.

    The result of the deadline quarter settles met or missed; later quarters only add that
    it was lost since, or reached late. A correction of the deadline quarter settles anew.

    Args:
        results: Up to the reporting quarter.
        deadline: Ordinal of the deadline.
        reporting: Ordinal of the reporting quarter.
    """
    if reporting < deadline:
        return DeadlineOutcome(Outcome.OPEN)
    settled = results.get(deadline, math.nan)
    if math.isnan(settled):
        return DeadlineOutcome(Outcome.NOT_REPORTED)
    after = results.loc[deadline + 1 :].dropna()
    return _met(after, deadline) if settled >= 0 else _missed(after, deadline)


def _met(after: pd.Series[float], deadline: int) -> DeadlineOutcome:
    """Met, and whether it is lost by now."""
    held = after.index[after >= 0]
    lost = after.index[after.index > (held[-1] if len(held) else deadline)]
    if lost.empty:
        return DeadlineOutcome(Outcome.MET)
    return DeadlineOutcome(Outcome.MET_LOST, since=Quarter.from_ordinal(int(lost[0])))


def _missed(after: pd.Series[float], deadline: int) -> DeadlineOutcome:
    """Missed, and whether it was reached later."""
    reached = after.index[after >= 0]
    if reached.empty:
        return DeadlineOutcome(Outcome.MISSED)
    first = int(reached[0])
    return DeadlineOutcome(
        Outcome.MISSED_REACHED_LATE,
        since=Quarter.from_ordinal(first),
        quarters_late=first - deadline,
    )
