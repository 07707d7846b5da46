"""One fact per item, quarter and scenario: repeats are merged, contradictions reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.normalise import Stated
from smartfin.items import Items, Statement


def agreed(
    stated: Iterable[Stated], items: Items
) -> tuple[tuple[Stated, ...], tuple[Finding, ...]]:
    """The facts of a workbook, each stated once, and what is stated twice differently.

    Of several statements the one on its own statement's sheet counts, then the one from the
    shortest column, then the finest printed. A contradicted fact is kept out by its finding, an
    error.
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
        findings += _contradictions(ranked, items)
    return tuple(chosen), tuple(findings)


def _contradictions(ranked: Sequence[Stated], items: Items) -> list[Finding]:
    """At most one finding for what is stated differently."""
    first = ranked[0]
    for other in ranked[1:]:
        if _agree(first, other, items):
            continue
        fact, twin = first.fact, other.fact
        facts = {
            "item": fact.item,
            "period": str(fact.quarter or fact.period),
            "scenario": fact.scenario,
            "amount": twin.amount,
            "other_amount": fact.amount,
            "other_sheet": fact.sheet,
            "other_cell": fact.cell,
            "unit": fact.unit,
        }
        return [Finding(FindingCode.CONTRADICTING_FACTS, twin.sheet, twin.cell, facts)]
    return []


def _agree(one: Stated, other: Stated, items: Items) -> bool:
    """Whether two statements are the same figure, printed to different digits perhaps.

    A cash-flow statement repeats the result's costs with the sign of cash.
    """
    slack = 1.02 * (one.precision + other.precision) + 1e-9 * abs(one.fact.amount)
    difference = abs(one.fact.amount - other.fact.amount)
    if one.home > other.home and items[one.fact.item].statement is Statement.PNL:
        difference = min(difference, abs(one.fact.amount + other.fact.amount))
    return difference <= slack
