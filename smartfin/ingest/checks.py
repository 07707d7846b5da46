"""The rules a workbook is held against: one small function a rule, all in ``CHECKS``.

To add a rule: write it here, add its code to ``FindingCode`` and its sentence to the
catalogues.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from smartfin.facts import Fact, Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.normalise import Stated
from smartfin.items import Items, Statement
from smartfin.quarter import Quarter, quarters_between

_FEWEST_PARTS = 3  # printed parts from which a subtotal is judged


@dataclass(frozen=True)
class Book:
    """What the rules look at.

    Args:
        stated: The facts of the workbook.
        items: The chart of line items.
        statements: Statements the workbook contains.
        asked: Items an open question is about; they may be in the workbook after all.
        newest_allowed: Newest quarter that can have happened; None when not judged.
    """

    stated: tuple[Stated, ...]
    items: Items
    statements: frozenset[Statement]
    asked: frozenset[str]
    newest_allowed: Quarter | None

    @cached_property
    def by_quarter(self) -> Mapping[tuple[Quarter, Scenario], Mapping[str, Stated]]:
        """The facts of each quarter and scenario, by item."""
        quarters: dict[tuple[Quarter, Scenario], dict[str, Stated]] = defaultdict(dict)
        for one in self.stated:
            if one.fact.quarter is not None:
                quarters[one.fact.quarter, one.fact.scenario][one.fact.item] = one
        return dict(sorted(quarters.items()))


def required_items(book: Book) -> Iterator[Finding]:
    """Without these a partner cannot be judged."""
    present = {one.fact.item for one in book.stated}
    for item in book.items.values():
        wanted = item.required and item.statement in book.statements
        if wanted and item.code not in present | book.asked:
            yield Finding(FindingCode.MISSING_ITEM, facts={"item": item.code})


def balance_sheet_balances(book: Book) -> Iterator[Finding]:
    """Total assets are equity and liabilities."""
    for (quarter, _), facts in book.by_quarter.items():
        assets = _worth("total_assets", facts, book.items)
        funding = [_worth(code, facts, book.items) for code in ("equity", "total_liabilities")]
        if assets is None or None in funding:
            continue
        known = [worth for worth in funding if worth is not None]
        total = sum(amount for amount, _, _ in known)
        slack = assets[1] + sum(rounding for _, rounding, _ in known)
        if abs(assets[0] - total) > slack + 1e-9 * abs(total):
            yield Finding(
                FindingCode.BALANCE_DIFFERS,
                assets[2].sheet,
                assets[2].cell,
                {
                    "period": str(quarter),
                    "assets": assets[0],
                    "funding": total,
                    "unit": assets[2].unit,
                },
            )


def subtotals_add_up(book: Book) -> Iterator[Finding]:
    """A printed subtotal is the sum of its printed parts."""
    derived = [
        item.code
        for item in book.items.values()
        if item.derived and not book.asked.intersection(_all_parts(item.code, book.items))
    ]
    for (quarter, _), facts in book.by_quarter.items():
        for code in derived:
            parts = _parts(code, facts, book.items) if code in facts else []
            if len(parts) < _FEWEST_PARTS:
                continue
            one = facts[code]
            computed = sum(sign * part.fact.amount for sign, part in parts)
            slack = one.precision + sum(part.precision for _, part in parts)
            if abs(computed - one.fact.amount) > slack + 1e-9 * abs(computed):
                yield Finding(
                    FindingCode.SUBTOTAL_DIFFERS,
                    one.fact.sheet,
                    one.fact.cell,
                    {
                        "item": code,
                        "period": str(quarter),
                        "printed": one.fact.amount,
                        "computed": computed,
                        "unit": one.fact.unit,
                    },
                )


def no_quarter_missing(book: Book) -> Iterator[Finding]:
    """Actual quarters follow each other without a gap; a lone column of last year is no gap."""
    actual = {quarter for quarter, scenario in book.by_quarter if scenario is Scenario.ACTUAL}
    runs = {quarter for quarter in actual if {quarter + 1, quarter + -1} & actual}
    for quarter in quarters_between(min(runs), max(runs)) if runs else ():
        if quarter not in actual:
            yield Finding(FindingCode.MISSING_QUARTER, facts={"quarter": str(quarter)})


def no_actual_in_the_future(book: Book) -> Iterator[Finding]:
    """What has not ended cannot be actual."""
    if book.newest_allowed is None:
        return
    for (quarter, scenario), facts in book.by_quarter.items():
        if scenario is Scenario.ACTUAL and quarter > book.newest_allowed:
            first = next(iter(facts.values())).fact
            detail = {"item": first.item, "quarter": str(quarter)}
            yield Finding(FindingCode.FUTURE_ACTUAL, first.sheet, first.cell, detail)


CHECKS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    required_items,
    balance_sheet_balances,
    subtotals_add_up,
    no_quarter_missing,
    no_actual_in_the_future,
)


def _worth(
    code: str, facts: Mapping[str, Stated], items: Items
) -> tuple[float, float, Fact] | None:
    """Amount and rounding of a total, printed or added up, and a fact to point at."""
    if code in facts:
        return facts[code].fact.amount, facts[code].precision, facts[code].fact
    parts = _parts(code, facts, items)
    if len(parts) < _FEWEST_PARTS:
        return None
    amount = sum(sign * part.fact.amount for sign, part in parts)
    return amount, sum(part.precision for _, part in parts), parts[0][1].fact


def _parts(
    code: str, facts: Mapping[str, Stated], items: Items, *, top: bool = True
) -> list[tuple[int, Stated]]:
    """The printed parts of a derived item; subtotals that are not printed resolved further."""
    if code in facts and not top:
        return [(1, facts[code])]
    if code not in items or not items[code].derived:
        return []
    return [
        (sign * inner, part)
        for sign, name in items[code].parts()
        for inner, part in _parts(name, facts, items, top=False)
    ]


def _all_parts(code: str, items: Items) -> Iterator[str]:
    """Every item below a derived one."""
    for _, name in items[code].parts() if items[code].derived else ():
        yield name
        yield from _all_parts(name, items)
