"""Figures that are not what they were when they were handed in before."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from smartfin.facts import Fact
from smartfin.ingest.history.known import History, rounded_to
from smartfin.items import Item, Items
from smartfin.quarter import Quarter


class Restated(NamedTuple):
    """A figure with what it was before."""

    fact: Fact
    quarter: Quarter
    old: float


def restated_figures(
    now: Mapping[tuple[str, Quarter], Fact],
    sheets: Mapping[str, Iterable[Fact]],
    rescaled: Container[str],
    history: History,
    items: Items,
) -> tuple[Restated, ...]:
    """All figures that differ beyond rounding: money first, causes before totals, then by size.

    Args:
        now: The actual figures of the workbook, by item and quarter.
        sheets: The actual money of each of its sheets.
        rescaled: Sheets whose unit is in doubt; their figures are not looked at.
        history: What was handed in before.
        items: The chart of line items.
    """
    money = {code for code, item in items.items() if item.unit == "currency"}
    grain = {sheet: rounded_to(fact.amount for fact in facts) for sheet, facts in sheets.items()}
    then: dict[Quarter, float] = {}
    found = []
    for (item, quarter), fact in now.items():
        old = history.amounts.get((item, quarter))
        if old is None or fact.sheet in rescaled or fact.amount == old:
            continue
        slack = 1e-9 * abs(old)
        if item in money:
            if quarter not in then:
                then[quarter] = history.rounding(quarter, money)
            slack += _slack(grain[fact.sheet], then[quarter])
        if abs(fact.amount - old) > slack:
            found.append(Restated(fact, quarter, old))
    return tuple(sorted(found, key=lambda one: _rank(items[one.fact.item], one)))


def _rank(item: Item, one: Restated) -> tuple[bool, bool, float]:
    return item.unit != "currency", bool(item.derived), -abs(one.fact.amount - one.old)


def _slack(now: float, then: float) -> float:
    """What rounding explains: of two roundings more, as a quarter may be a difference."""
    coarser = max(now, then)
    return 0.51 * coarser if now == then else 1.02 * coarser
