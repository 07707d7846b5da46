"""Columns of a table, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.facts import Scenario
from smartfin.items import Item, Nature, Statement
from tests.corpus.accounts import Accounts, Month, first_day, last_day, month_of, quarter_of
from tests.corpus.draft import Key
from tests.corpus.plan import Plan

FLOWS = (Statement.PNL, Statement.CASH_FLOW)


@dataclass(frozen=True)
class Head:
    """One column.

    Args:
        first: First month.
        last: Last month.
        scenario: Of its figures.
        kind: ``quarter``, ``month``, ``ytd``, ``half``, ``nine``, ``year``, ``rolling``; ``prior``
            for the same quarter a year ago, ``change``, ``percent``, ``share``, ``sum`` and
            ``empty`` for columns that state nothing.
        of: The columns a change, percentage or sum is made of.
    """

    first: Month
    last: Month
    scenario: Scenario = Scenario.ACTUAL
    kind: str = "quarter"
    of: tuple[Head, ...] = ()

    @property
    def states_nothing(self) -> bool:
        """Whether it holds no figure of a period."""
        return self.kind in ("change", "percent", "share", "sum", "empty")


def heads_of(plan: Plan, statement: Statement) -> list[Head]:
    """The columns of one statement's table, in printed order."""
    heads = _spans(plan, statement)
    if statement is Statement.PNL:
        heads = _with_scenarios(plan, heads)
    if plan.has("order", "newest-first"):
        heads = heads[::-1]
    return _with_gaps(plan, heads, statement)


# Spans that stand alone: kind, months, months from one to the next, how many.
_ALONE = {
    "month": ("month", 1, 1, 0), "years": ("year", 12, 12, 3), "halves": ("half", 6, 6, 4),
    "nine-months": ("nine", 9, 12, 2),
}  # fmt: skip


def _spans(plan: Plan, statement: Statement) -> list[Head]:
    start = _start(plan)
    quarters = [Head(start + 3 * n, start + 3 * n + 2) for n in range(plan.quarters)]
    span = plan.choice["span"]
    if plan.has("header", "in-title", "in-file", "in-sheet"):
        return quarters[-1:]
    if span in _ALONE:
        kind, months, step, count = _ALONE[span]
        count = 3 * min(plan.quarters, 5) if span == "month" else count
        firsts = [start + step * number for number in range(count)]
        return [Head(first, first + months - 1, kind=kind) for first in firsts]
    everywhere = span in ("cumulative", "to-date") and statement is not Statement.BALANCE_SHEET
    if statement is not Statement.PNL and not everywhere:
        return quarters
    if span in ("cumulative", "to-date", "running-months"):
        return [_ytd(head, start) for head in quarters]
    return _beside(span, quarters, start)


def _beside(span: str, quarters: Sequence[Head], start: Month) -> list[Head]:
    """Quarters with longer spans between them."""
    heads: list[Head] = []
    for number, head in enumerate(quarters):
        heads.append(head)
        if span == "quarter-and-ytd":
            heads.append(_ytd(head, start))
        if span == "rolling" and number >= 3:
            heads.append(Head(head.last - 11, head.last, kind="rolling"))
        if span == "with-halves" and number % 2 == 1:
            heads.append(Head(head.last - 5, head.last, kind="half"))
        if span in ("with-years", "with-halves") and number % 4 == 3:
            heads.append(Head(head.last - 11, head.last, kind="year"))
    return heads


def _start(plan: Plan) -> Month:
    start = month_of(plan.year, plan.fiscal)
    late = plan.has("span", "quarter", "rolling") and plan.has("fiscal", "january")
    return start + 3 * (plan.form % 4) if late else start


def _ytd(head: Head, start: Month) -> Head:
    return Head(start + (head.first - start) // 12 * 12, head.last, head.scenario, "ytd")


def _with_scenarios(plan: Plan, heads: list[Head]) -> list[Head]:
    scenario = plan.choice["scenario"]
    if scenario in ("none", "sheet"):
        return heads
    heads = heads[:4]
    planned = [Head(h.first, h.last, Scenario.BUDGET, h.kind) for h in heads]
    if scenario == "blocks":
        return heads + planned
    if scenario in ("forecast-tail", "letters"):
        tail = [Head(h.first, h.last, Scenario.FORECAST, h.kind) for h in heads[2:]]
        return heads[:2] + tail
    if scenario == "empty-future":
        return heads[:3] + [Head(h.first, h.last, kind="empty") for h in heads[3:]]
    mixed: list[Head] = []
    for head, plan_head in zip(heads, planned, strict=True):
        prior = Head(head.first - 12, head.last - 12, kind="prior")
        other = prior if scenario.startswith("last-year") else plan_head
        mixed += [head, other]
        if scenario.endswith("variance"):
            mixed.append(Head(head.first, head.last, kind="change", of=(head, other)))
            mixed.append(Head(head.first, head.last, kind="percent", of=(head, other)))
    return mixed


def _with_gaps(plan: Plan, heads: list[Head], statement: Statement) -> list[Head]:
    if plan.has("gaps", "change"):
        changed: list[Head] = []
        for before, head in zip([None, *heads], heads, strict=False):
            changed.append(head)
            if before is not None:
                pair = (head, before) if plan.has("order", "oldest-first") else (before, head)
                changed.append(Head(head.first, head.last, kind="percent", of=pair))
        return changed
    if plan.has("gaps", "share") and statement is Statement.PNL:
        shares = [Head(h.first, h.last, h.scenario, "share") for h in heads]
        return [head for pair in zip(heads, shares, strict=True) for head in pair]
    if plan.has("gaps", "total"):
        months = [month for head in heads for month in (head.first, head.last)]
        return [*heads, Head(min(months), max(months), kind="sum", of=tuple(heads))]
    return heads


# --- what a column says of an item


def printed(accounts: Accounts, item: Item, head: Head) -> float | None:
    """What stands in a column for an item, in storage sign; None for an empty cell."""
    if head.kind == "share":
        return _share(accounts, item, head)
    if head.of:
        return _compared(head, [printed(accounts, item, part) for part in head.of], item)
    is_rate = item.nature is Nature.RATE and head.kind not in ("quarter", "prior")
    if head.kind == "empty" or is_rate:
        return None
    return accounts.printed(item.code, head.scenario, head.first, head.last)


def _share(accounts: Accounts, item: Item, head: Head) -> float | None:
    """A flow's part of the invoiced volume."""
    volume = accounts.printed("invoiced_volume", head.scenario, head.first, head.last)
    value = accounts.printed(item.code, head.scenario, head.first, head.last)
    is_part = item.statement is Statement.PNL and item.unit == "currency"
    return round(value / volume, 4) if value is not None and volume and is_part else None


def _compared(head: Head, parts: Sequence[float | None], item: Item) -> float | None:
    """The sum of columns, their difference, or by how much the second has grown."""
    known = [part for part in parts if part is not None]
    if head.kind == "sum":
        return round(sum(known), 6) if item.nature is Nature.FLOW else None
    if len(known) < 2:
        return None
    after, before = known
    if head.kind == "change":
        return round(after - before, 6)
    return round(after / before - 1, 4) if before else None


def key_of(item: Item, head: Head, chained: bool) -> Key | None:
    """The fact that a column's cell helps to state.

    Args:
        item: Of the row.
        head: The column.
        chained: Whether the column's quarter can be told from it and the columns before it.
    """
    if head.states_nothing:
        return None
    scenario = head.scenario.value
    ends_quarter = head.last % 3 == 2
    if item.nature is not Nature.FLOW:
        return (item.code, str(quarter_of(head.last)), scenario) if ends_quarter else None
    if head.kind in ("quarter", "prior"):
        return item.code, str(quarter_of(head.last)), scenario
    if head.kind in ("month", "ytd") and chained:
        return item.code, str(quarter_of(head.last)), scenario
    if head.kind == "rolling":
        return None
    span = f"{first_day(head.first).isoformat()}/{last_day(head.last).isoformat()}"
    return item.code, span, scenario
