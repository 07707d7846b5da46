"""One fact per item, quarter and scenario: repeats are merged, contradictions reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from smartfin.findings import VALUE, Finding, FindingCode
from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Items, Nature, Statement

_YEAR = 12  # months
_AVERAGED = "fte"  # a year's column holds the year's mean: no statement about its last quarter


def agreed(
    stated: Iterable[Stated], items: Items
) -> tuple[tuple[Stated, ...], tuple[Finding, ...]]:
    """The facts of a workbook, each stated once, and what is stated twice differently.

    Of several statements the one on its own statement's sheet counts, then the one from the
    shortest column, then the finest printed. A contradicted fact is kept out by its finding, an
    error. What a year's column says of a stock, or a cash flow of the cash it ends with, is no
    second statement but a check: it differs with a warning.
    """
    groups: dict[object, list[Stated]] = defaultdict(list)
    for one in stated:
        fact = one.fact
        when = fact.quarter.ordinal if fact.quarter else fact.period
        groups[fact.item, when, fact.scenario].append(one)
    findings: list[Finding] = []
    chosen: list[Stated] = []
    for group in groups.values():
        if len(group) == 1:
            chosen.append(group[0])
            continue
        ranked = sorted(group, key=lambda one: (-one.home, one.months, one.precision))
        chosen.append(ranked[0])
        findings += _differences(ranked, items)
    return tuple(chosen), tuple(findings)


def _differences(ranked: Sequence[Stated], items: Items) -> list[Finding]:
    """At most one finding for what is stated differently."""
    first = ranked[0]
    for other in ranked[1:]:
        if not _agree(first, other, items):
            return [_difference(first, other, items)]
    return []


def _difference(first: Stated, other: Stated, items: Items) -> Finding:
    fact, twin = first.fact, other.fact
    when = str(fact.quarter or fact.period)
    if fact.item == "cash" and first.home > other.home:
        said = {"item": fact.item, "quarter": when, VALUE: fact.amount, "computed": twin.amount}
        return Finding(FindingCode.CASH_DIFFERS, fact.sheet, fact.cell, {**said, "unit": fact.unit})
    said = {"item": fact.item, "period": when, VALUE: twin.amount, "unit": fact.unit}
    if _is_of_the_year(first, other, items):
        said["computed"] = fact.amount
        return Finding(FindingCode.YEAR_DIFFERS, twin.sheet, twin.cell, said)
    place = {"other_sheet": fact.sheet, "other_cell": fact.cell}
    more = {"scenario": fact.scenario, "other_amount": fact.amount, **place}
    return Finding(FindingCode.CONTRADICTING_FACTS, twin.sheet, twin.cell, {**said, **more})


def _is_of_the_year(first: Stated, other: Stated, items: Items) -> bool:
    """Whether the other statement of a stock is the year's, beside the quarter's."""
    is_stock = items[first.fact.item].nature is Nature.STOCK
    return is_stock and other.months >= _YEAR > first.months


def _agree(one: Stated, other: Stated, items: Items) -> bool:
    """Whether two statements are the same figure, printed to different digits perhaps.

    A cash-flow statement repeats the result's costs with the sign of cash.
    """
    if one.fact.unit == _AVERAGED and _is_of_the_year(one, other, items):
        return True
    slack = 1.02 * (one.precision + other.precision) + 1e-9 * abs(one.fact.amount)
    difference = abs(one.fact.amount - other.fact.amount)
    if one.home > other.home and items[one.fact.item].statement is Statement.PNL:
        difference = min(difference, abs(one.fact.amount + other.fact.amount))
    return difference <= slack
