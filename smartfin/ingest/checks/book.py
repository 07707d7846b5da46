"""What the rules look at: the facts of one workbook, by quarter, with its totals added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from smartfin.facts import Scenario
from smartfin.findings import VALUE, Finding, FindingCode
from smartfin.ingest.checks.totals import (
    Facts,
    Formulas,
    Total,
    Worth,
    all_parts,
    formulas_of,
    judged_totals,
    worth,
)
from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Items, Statement
from smartfin.quarter import Quarter

_USUAL = 4  # quarters in a row after which an item is expected in the next


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
    def by_quarter(self) -> Mapping[tuple[Quarter, Scenario], Facts]:
        """The facts of each quarter and scenario."""
        quarters: dict[tuple[Quarter, Scenario], dict[str, Stated]] = defaultdict(dict)
        for one in self.stated:
            if one.fact.quarter is not None:
                quarters[one.fact.quarter, one.fact.scenario][one.fact.item] = one
        return dict(sorted(quarters.items()))

    @cached_property
    def actual(self) -> Mapping[Quarter, Facts]:
        """The actual facts of each quarter, oldest first."""
        return {
            quarter: facts
            for (quarter, scenario), facts in self.by_quarter.items()
            if scenario is Scenario.ACTUAL
        }

    @cached_property
    def totals(self) -> Mapping[tuple[Quarter, Scenario], Mapping[str, Total]]:
        """The totals that can be judged, by item; none that an open question is about."""
        judged = [code for code in self._formulas if not self._is_open(code)]
        return {
            when: judged_totals(judged, facts, self._formulas)
            for when, facts in self.by_quarter.items()
        }

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Required items of the workbook's statements that it does not have at all."""
        present = {one.fact.item for one in self.stated} | self.asked
        return tuple(
            item.code
            for item in self.items.values()
            if item.required and item.statement in self.statements and item.code not in present
        )

    @cached_property
    def gaps(self) -> Mapping[str, Stated]:
        """Items expected in the newest actual quarter and not there, with their last figure.

        What is required is expected, also where only a budget states it, and what was stated in
        each of the last quarters.
        """
        if not self.actual:
            return {}
        newest = max(self.actual)
        spans = {one.fact.item for one in self.stated if one.fact.quarter is None}
        known = {*self.actual[newest], *spans, *self.asked}
        before = [self.actual.get(newest + -back, {}) for back in range(1, _USUAL + 1)]
        anywhere = [*self.by_quarter.values(), *self.actual.values()]
        gaps: dict[str, Stated] = {}
        for item in self.items.values():
            usual = all(item.code in facts for facts in before)
            if item.code not in known and (item.required or usual):
                stated = [facts[item.code] for facts in anywhere if item.code in facts]
                gaps.update((one.fact.item, one) for one in stated[-1:])
        return gaps

    def rests_on_gap(self, code: str, when: tuple[Quarter, Scenario]) -> bool:
        """Whether a total lacks a part that is told to be missing."""
        told = set(self.missing)
        if self.gaps and when == (max(self.actual), Scenario.ACTUAL):
            told |= self.gaps.keys()
        return bool(told) and not told.isdisjoint(all_parts(code, self._formulas))

    def actual_totals(self, quarter: Quarter) -> Mapping[str, Total]:
        """The totals of an actual quarter that can be judged, by item."""
        return self.totals.get((quarter, Scenario.ACTUAL), {})

    def worth(self, code: str, facts: Facts) -> Worth | None:
        """A total as printed, else as its parts add up; None when too few of them are known."""
        if code not in facts and self._is_open(code):
            return None
        return worth(code, facts, self._formulas)

    @cached_property
    def _formulas(self) -> Formulas:
        return formulas_of(self.items)

    def _is_open(self, code: str) -> bool:
        """Whether a part of a total may be in the workbook though nobody knows yet which row."""
        return not self.asked.isdisjoint(all_parts(code, self._formulas))


def about(code: FindingCode, one: Stated, **facts: object) -> Finding:
    """A finding about one figure: its cell, its value, its unit and its quarter."""
    fact = one.fact
    said = {"item": fact.item, VALUE: fact.amount, "unit": fact.unit}
    when = {} if fact.quarter is None else {"quarter": str(fact.quarter)}
    return Finding(code, fact.sheet, fact.cell, {**said, **when, **facts})
