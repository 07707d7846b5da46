"""Newest figures that leap beyond what a row's own history makes likely.

A change is unusual when it lies more than ``DEVIATIONS`` robust standard deviations from the
median change. It is measured twice, from quarter to quarter and from the same quarter a year
before, and both count (geometric mean): neither a season nor a year of growth is remarked alone.
How the number was chosen: docs/findings.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from smartfin.facts import Fact
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.history.comparison import Comparison, about
from smartfin.ingest.history.known import Series
from smartfin.items import Role
from smartfin.quarter import Quarter

DEVIATIONS = 6.0
FEWEST_QUARTERS = 8  # before the newest, without a gap
LONGEST = 24  # quarters looked back: older ones tell little about today's course
SMALLEST_SHARE = 0.05  # of the quarter's own revenue that money must move by
MOST = 5  # jumps told of one workbook, the largest

_SIGMA = 1.4826  # median absolute deviation to standard deviation, if normal
_CALMEST = 0.05  # a deviation below which nothing counts as a row's own unrest
_MOSTLY = 0.75  # of the quarters a row must have figures in: what comes now and then may jump
_DOUBLE = 2.0  # what is not money must at least double or halve, ...
_LEAST_COUNT = 5.0  # ... by at least this much


def newest_figures_are_usual(seen: Comparison) -> Iterator[Finding]:
    """The newest figures are within what their own history makes likely; the largest are told."""
    newest = seen.newest
    if newest is None:
        return
    found = {fact.item: (fact, before) for fact, before in _jumps(seen, newest)}
    causes = [code for code in found if not _has_part_among(seen, code, found)]
    causes.sort(key=lambda code: _weight(seen, *found[code]), reverse=True)
    for code in causes[:MOST]:
        fact, before = found[code]
        yield about(FindingCode.UNUSUAL_JUMP, fact, before=before)


def unusual_step(amounts: Sequence[float], deviations: float = DEVIATIONS) -> bool:
    """Whether the last of a row's figures is out of the ordinary.

    Args:
        amounts: Of neighbouring quarters, oldest first, the one to judge last.
        deviations: Robust standard deviations that are still ordinary.

    Example:
        >>> unusual_step([100, 104, 99, 108, 103, 109, 104, 111, 106])
        False
        >>> unusual_step([100, 104, 99, 108, 103, 109, 104, 111, 1060])
        True
    """
    recent = list(amounts[-LONGEST - 1 :])
    filled = sum(1 for amount in recent[:-1] if amount)
    if len(recent) <= FEWEST_QUARTERS or filled < _MOSTLY * (len(recent) - 1):
        return False
    levels = _levels(recent)
    steps = [later - earlier for earlier, later in pairwise(levels)]
    years = [later - earlier for earlier, later in zip(levels, levels[4:], strict=False)]
    return math.sqrt(_deviations(steps) * _deviations(years)) > deviations


def _jumps(seen: Comparison, newest: Quarter) -> Iterator[tuple[Fact, float]]:
    """The newest figures that leap, each with the one of the quarter before."""
    revenue = _own_revenue(seen, newest)
    for item, series in seen.series.items():
        fact, before = seen.now.get((item, newest)), series.get(newest + -1)
        if fact is None or before is None or not _is_judged(seen, fact, newest):
            continue
        if _is_large(seen, fact, before, revenue) and unusual_step(_run(series, newest)):
            yield fact, before


def _levels(amounts: Sequence[float]) -> list[float]:
    """Logarithms, so that changes are relative; what is not all positive in its usual size."""
    if min(amounts) > 0:
        return [math.log(amount) for amount in amounts]
    usual = median(abs(amount) for amount in amounts[:-1] if amount)
    return [amount / usual for amount in amounts]


def _deviations(changes: Sequence[float]) -> float:
    """How many robust standard deviations the last change lies from the middle of the others."""
    *earlier, last = changes
    middle = median(earlier)
    spread = _SIGMA * median(abs(change - middle) for change in earlier)
    return abs(last - middle) / max(spread, _CALMEST)


def _run(series: Series, newest: Quarter) -> list[float]:
    """The figures up to the newest, back to the first gap."""
    amounts: list[float] = []
    quarter = newest
    while quarter in series and len(amounts) <= LONGEST:
        amounts.append(series[quarter])
        quarter = quarter + -1
    return amounts[::-1]


def _is_judged(seen: Comparison, fact: Fact, newest: Quarter) -> bool:
    """A figure that is new, in its old unit, and that nothing else was said about.

    Equity moves once a year when the result is allotted; a rule of its own ties it to the result.
    """
    if seen.items[fact.item].side == "equity":
        return False
    place = (fact.item, newest)
    is_told = place in seen.flipped or fact.sheet in seen.rescaled
    return not (is_told or place in seen.history.amounts)


def _is_large(seen: Comparison, fact: Fact, before: float, revenue: float) -> bool:
    """Whether a change is worth a question: beside own revenue, or beside what it was."""
    change = abs(fact.amount - before)
    if seen.items[fact.item].unit == "currency":
        return change >= SMALLEST_SHARE * revenue
    less, more = sorted((abs(fact.amount), abs(before)))
    return change >= _LEAST_COUNT and more >= _DOUBLE * less


def _own_revenue(seen: Comparison, newest: Quarter) -> float:
    """Own revenue of the newest quarter, printed or added up; 0 when unknown."""
    printed = seen.now.get(("own_revenue", newest))
    if printed is not None:
        return abs(printed.amount)
    earned = [
        code
        for role in (Role.FEE_INCOME, Role.OWN_INCOME)
        for code in seen.items.codes_by_role[role]
    ]
    parts = [seen.now[code, newest].amount for code in earned if (code, newest) in seen.now]
    return abs(sum(parts))


def _has_part_among(seen: Comparison, code: str, found: Mapping[str, object]) -> bool:
    """Whether a total jumps because a part of it does: told at the part."""
    return any(
        part in found or _has_part_among(seen, part, found)
        for _, part in (seen.items[code].parts() if seen.items[code].derived else ())
    )


def _weight(seen: Comparison, fact: Fact, before: float) -> tuple[bool, float]:
    """Money before the rest, then the larger change."""
    return seen.items[fact.item].unit == "currency", abs(fact.amount - before)
