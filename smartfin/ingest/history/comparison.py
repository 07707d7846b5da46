"""A reading beside what its partner handed in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from smartfin.facts import Fact, Scenario, Stage
from smartfin.findings import VALUE, Finding, FindingCode, QuestionKind
from smartfin.ingest.amounts.flip import turns_negative
from smartfin.ingest.history.known import History, Series
from smartfin.ingest.history.restated import Restated, restated_figures
from smartfin.ingest.history.scale import scale_factor
from smartfin.ingest.reading import Reading
from smartfin.items import Items
from smartfin.quarter import Quarter

_FEWEST_ROWS = 3  # of a sheet that agree on another unit


@dataclass(frozen=True)
class Comparison:
    """A reading beside the history of its partner.

    Args:
        reading: What the workbook says.
        history: What was handed in before.
        items: The chart of line items.
        stage: How far the workbook's books are settled.
        fiscal_year_starts: Month in which the financial year begins, 1 to 12.
    """

    reading: Reading
    history: History
    items: Items
    stage: Stage
    fiscal_year_starts: int

    @cached_property
    def now(self) -> Mapping[tuple[str, Quarter], Fact]:
        """The actual figures of the workbook by item and quarter."""
        return {
            (fact.item, fact.quarter): fact
            for fact in self.reading.facts
            if fact.quarter is not None and fact.scenario is Scenario.ACTUAL
        }

    @cached_property
    def newest(self) -> Quarter | None:
        """The newest actual quarter of the workbook; None when it has none."""
        return max((quarter for _, quarter in self.now), default=None)

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """Each item of the workbook with its history, the workbook's figures in force."""
        found = {item: dict(self.history.series.get(item, {})) for item, _ in self.now}
        for (item, quarter), fact in self.now.items():
            found[item][quarter] = fact.amount
        return {
            item: {quarter: series[quarter] for quarter in sorted(series, key=_ordinal)}
            for item, series in found.items()
        }

    @cached_property
    def sheets(self) -> Mapping[str, tuple[Fact, ...]]:
        """The actual money of each sheet."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.now.values():
            if self.items[fact.item].unit == "currency":
                found[fact.sheet].append(fact)
        return {sheet: tuple(facts) for sheet, facts in found.items()}

    @cached_property
    def rescaled(self) -> Mapping[str, float]:
        """Sheets whose money is in another unit than before, with the factor.

        A sheet of few rows is believed where a longer one says the same.
        """
        factors = {sheet: scale_factor(facts, self.history) for sheet, facts in self.sheets.items()}
        sure = {found.factor for found in factors.values() if found.rows >= _FEWEST_ROWS}
        return {
            sheet: found.factor
            for sheet, found in factors.items()
            if found.factor in sure and found.factor != 1
        }

    @cached_property
    def restated(self) -> tuple[Restated, ...]:
        """All figures that are not what they were before."""
        return restated_figures(self.now, self.sheets, self.rescaled, self.history, self.items)

    @cached_property
    def flipped(self) -> frozenset[tuple[str, Quarter]]:
        """Figures with which a row that was never negative turns negative."""
        turned = {
            item: turns_negative(series)
            for item, series in self.series.items()
            if not self.items[item].signed
        }
        return frozenset(
            (item, quarter)
            for item, quarter in turned.items()
            if quarter is not None and (item, quarter) in self.now
        )

    @cached_property
    def asked(self) -> frozenset[str]:
        """Items an open question is about."""
        return frozenset(
            option
            for question in self.reading.questions
            if question.kind is QuestionKind.ITEM
            for option in question.options
        )

    def ends_year(self, quarter: Quarter) -> bool:
        """Whether a financial year ends in a quarter."""
        last = (self.fiscal_year_starts - 2) % 12 + 1
        return Quarter.containing(date(quarter.year, last, 1)) == quarter


def _ordinal(quarter: Quarter) -> int:
    return quarter.ordinal


def about(code: FindingCode, fact: Fact, **facts: object) -> Finding:
    """A finding about one figure: its cell, its value, its unit and its quarter."""
    said = {"item": fact.item, "quarter": str(fact.quarter), VALUE: fact.amount, "unit": fact.unit}
    return Finding(code, fact.sheet, fact.cell, {**said, **facts})
