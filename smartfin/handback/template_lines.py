"""What a template asks: its sheets, their lines, and what its formulas give."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from smartfin.entity import DEALINGS
from smartfin.facts import Fact, Scenario
from smartfin.ingest.ours import ColumnSign
from smartfin.items import Item, Items, Statement
from smartfin.partner import Partner
from smartfin.quarter import Quarter, quarters_between

MOST_KNOWN = 8
"""Quarters shown beside those to fill: two years, to compare with."""

_PLANNED_AHEAD = 4  # quarters after the last one to fill

Amounts = Mapping[str, float]
"""Amounts of one column by item."""


@dataclass(frozen=True, slots=True)
class TemplateOrder:
    """What a template is wanted for.

    Args:
        partner: Who fills it.
        quarters: The quarters to fill, oldest first; at least one.
        known: Actual and budget figures in force, of quarters.
        synthetic: Whether those are made up.
    """

    partner: Partner
    quarters: tuple[Quarter, ...]
    known: tuple[Fact, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures.

    Args:
        sign: What it holds.
        amounts: What is known of it, totals included.
    """

    sign: ColumnSign
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet.

    Args:
        item: What it is.
        parts: The signed codes a formula adds up; empty for what is entered.
    """

    item: Item
    parts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """One sheet before it is written.

    Args:
        name: Last word of its message key.
        sections: The lines under each heading.
        columns: From left to right.
    """

    name: str
    sections: Mapping[Statement, Sequence[Line]]
    columns: Sequence[Column]


def plots(order: TemplateOrder, items: Items) -> tuple[Plot, ...]:
    """The sheets of a template: three for what happened, one for what is planned."""
    stated = frozenset(fact.item for fact in order.known)
    items = _without_dealings(order, items)
    actual = _columns(order, items, Scenario.ACTUAL)
    happened = (
        ("result", (Statement.PNL,)),
        ("balance", (Statement.BALANCE_SHEET, Statement.CASH_FLOW)),
        ("activity", (Statement.MEMBERS, Statement.SOCIAL)),
    )
    budget = frozenset(fact.item for fact in order.known if fact.scenario is Scenario.BUDGET)
    planned = {Statement.PNL: lines(items, Statement.PNL, budget)}
    for statement in (Statement.MEMBERS, Statement.SOCIAL):
        extra = [line for line in lines(items, statement, budget) if line.item.code in budget]
        planned |= {statement: extra} if extra else {}
    return (
        *(
            Plot(name, {one: lines(items, one, stated) for one in statements}, actual)
            for name, statements in happened
        ),
        Plot("plan", planned, _columns(order, items, Scenario.BUDGET)),
    )


def _without_dealings(order: TemplateOrder, items: Items) -> Items:
    """The items without those that only a partner of several legal entities has."""
    if order.partner.entity_of:
        return items
    return Items(
        tuple(item for item in items.values() if item.code not in DEALINGS), items.ambiguous
    )


def lines(items: Items, statement: Statement, stated: Collection[str]) -> list[Line]:
    """The lines of a statement; totals are formulas.

    A total that the partner states without ever stating a part of it is entered, as it always
    was: a formula would give nothing.

    Args:
        items: The chart of line items.
        statement: Which one.
        stated: Items the partner has stated before.
    """
    return [
        Line(item, () if _is_entered(item, items, stated) else item.parts())
        for item in items.of_books.values()
        if item.statement is statement
    ]


def _is_entered(item: Item, items: Items, stated: Collection[str]) -> bool:
    if not item.derived:
        return True
    return item.code in stated and not any(part in stated for part in _all_parts(item, items))


def _all_parts(item: Item, items: Items) -> set[str]:
    found: set[str] = set()
    for _, code in item.parts():
        found |= {code, *_all_parts(items[code], items)}
    return found


def _columns(order: TemplateOrder, items: Items, scenario: Scenario) -> tuple[Column, ...]:
    """The columns of a scenario: what is known, then what is to be filled."""
    amounts: dict[Quarter, dict[str, float]] = {}
    for fact in order.known:
        unit = items[fact.item].unit if fact.item in items else ""
        fits = fact.unit == (order.partner.currency if unit == "currency" else unit)
        if fact.scenario is scenario and fact.quarter is not None and fits:
            amounts.setdefault(fact.quarter, {})[fact.item] = fact.amount
    first, last = order.quarters[0], order.quarters[-1]
    if scenario is Scenario.BUDGET:
        known: list[Quarter] = []
        wanted = tuple(quarters_between(first, last + _PLANNED_AHEAD))
    else:
        known = sorted(quarter for quarter in amounts if quarter < first)[-MOST_KNOWN:]
        wanted = order.quarters
    return tuple(
        Column(
            ColumnSign(scenario, quarter, known=quarter in known),
            with_totals(amounts.get(quarter, {}), items),
        )
        for quarter in (*known, *wanted)
    )


def with_totals(amounts: Amounts, items: Items) -> Amounts:
    """Amounts and the totals they add up to; a total none of whose parts is known has none.

    Example: own revenue is there once any kind of income is.
    """
    complete = dict(amounts)
    for item in items.values():  # a total stands after those inside it
        parts = [(sign, complete[code]) for sign, code in item.parts() if code in complete]
        if item.derived and item.code not in complete and parts:
            complete[item.code] = sum(sign * amount for sign, amount in parts)
    return complete
