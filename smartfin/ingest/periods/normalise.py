"""Figures of any span to quarters: flows by subtraction and addition, stocks by their date.

Spans of one item are the edges of a graph over month boundaries; what a span says is the
difference between its ends. Two boundaries that are connected have a known difference: months
that make a quarter, a half-year less a quarter, nine months, years, year-to-date are all one
rule. A printed quarter is taken as printed; totals beside their quarters are a check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from smartfin.facts import Fact, Period
from smartfin.findings import VALUE, Finding, FindingCode
from smartfin.ingest.amounts.figures import Figure
from smartfin.ingest.periods.span import Span
from smartfin.ingest.reading import PeriodKind
from smartfin.items import Nature
from smartfin.quarter import Quarter

_RUNNING = (PeriodKind.ROLLING, PeriodKind.OTHER)  # spans that nothing is derived from


class Stated(NamedTuple):
    """A fact and how well it is stated (a tuple, as there are thousands).

    Args:
        fact: The fact.
        precision: Half of what its last printed digit is worth.
        home: How many rows of its table belong to the item's statement.
        months: Length of the column it was read from.
    """

    fact: Fact
    precision: float
    home: int
    months: int


@dataclass(frozen=True)
class Normalised:
    """Facts of quarters (or spans that cannot become quarters), and remarks."""

    stated: tuple[Stated, ...]
    findings: tuple[Finding, ...]
    split: tuple[str, ...] = field(default=())  # cells whose quarter is a difference


def normalised(figures: Sequence[Figure], currency: str, launch: Quarter | None) -> Normalised:
    """The facts of one sheet's figures.

    Args:
        figures: In single units and storage sign.
        currency: ISO code of money.
        launch: The partner's first quarter; nothing flowed before, so that the first year's
            year-to-date figures begin there.
    """
    stated: list[Stated] = []
    findings: list[Finding] = []
    undivided: list[Figure] = []
    split: list[str] = []
    for group in _grouped(_from_launch(figures, launch)):
        if group[0].item.nature is Nature.FLOW:
            flow = _Flow(group, currency)
            stated += flow.stated()
            findings += flow.findings
            undivided += flow.undivided
            split += flow.split
        elif group[0].item.nature is Nature.STOCK:
            stated += _stocks(group, currency)
        else:
            stated += _rates(group, currency)
    return Normalised(tuple(stated), (*findings, *_incomplete(undivided)), tuple(split))


def _incomplete(figures: Sequence[Figure]) -> Iterator[Finding]:
    """One remark for each column whose figures could not become quarters."""
    columns: dict[object, list[Figure]] = defaultdict(list)
    for figure in figures:
        columns[figure.column.label, figure.column.span].append(figure)
    for group in columns.values():
        first = group[0]
        facts = {"period": first.column.label, "count": len(group)}
        yield Finding(FindingCode.CUMULATIVE_INCOMPLETE, first.sheet, first.cell, facts)


def _from_launch(figures: Sequence[Figure], launch: Quarter | None) -> Sequence[Figure]:
    """The figures, columns that run from before the launch cut to begin with it.

    A sheet with a column that ends before the launch knows better, and is left alone.
    """
    columns = {figure.column for figure in figures}
    if launch is None or any(column.span.end < launch.start for column in columns):
        return figures
    cut = {
        column: replace(column, span=Span(launch.start, column.span.end))
        for column in columns
        if column.span.start < launch.start
    }
    return [f._replace(column=cut.get(f.column, f.column)) for f in figures] if cut else figures


def _grouped(figures: Sequence[Figure]) -> Iterable[list[Figure]]:
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.item.code, figure.column.scenario].append(figure)
    return groups.values()


def _fact(figure: Figure, currency: str, quarter: Quarter | None, amount: float) -> Stated:
    item, column = figure.item, figure.column
    fact = Fact(
        item.code,
        quarter,
        column.scenario,
        amount,
        currency if item.unit == "currency" else item.unit,
        figure.sheet,
        figure.cell,
        figure.label,
        None if quarter else Period(column.span.start, column.span.end),
    )
    return Stated(fact, figure.precision, figure.home, _length(figure))


def _stocks(group: Sequence[Figure], currency: str) -> Iterator[Stated]:
    """A stock is the fact of the quarter its column ends with, however long the column."""
    for figure in group:
        if figure.column.ends is not None:
            yield _fact(figure, currency, figure.column.ends, figure.amount)


def _rates(group: Sequence[Figure], currency: str) -> Iterator[Stated]:
    """A rate is a quarter's only if its column is a quarter."""
    for figure in group:
        yield _fact(figure, currency, figure.column.quarter, figure.amount)


class _Flow:
    """One flow of one scenario on one sheet."""

    def __init__(self, figures: Sequence[Figure], currency: str) -> None:
        self._currency = currency
        self._figures = figures
        self._printed = [figure for figure in figures if figure.column.quarter is not None]
        self._spans = [
            figure
            for figure in figures
            if figure.column.quarter is None and figure.column.kind not in _RUNNING
        ]
        self._line = _TimeLine()
        self._off: list[tuple[float, Figure]] = []  # spans that were told, and by how much
        self.findings: list[Finding] = []
        self.undivided: list[Figure] = []  # of spans that could not become quarters
        self.split: list[str] = []

    def stated(self) -> list[Stated]:
        """Facts of quarters, printed or derived, and of spans no quarter is known for."""
        found = [_fact(f, self._currency, f.column.quarter, f.amount) for f in self._printed]
        if len(self._printed) == len(self._figures):
            return found
        for figure in sorted(self._printed + self._spans, key=_length):
            self._add(figure)
        known = {f.column.quarter.ordinal for f in self._printed if f.column.quarter}
        for figure in sorted(self._spans, key=lambda f: (f.column.months[1], _length(f))):
            for quarter in figure.column.touched:
                if quarter not in known and (derived := self._derived(quarter)) is not None:
                    known.add(quarter)
                    found.append(derived)
        return found + self._left_over(known)

    def _add(self, figure: Figure) -> None:
        """Adds what a span says; one that is known already is compared."""
        start, end = figure.column.months
        known = self._line.between(start, end)
        if known is None:
            self._line.connect(start, end, Decimal(repr(figure.amount)))
            return
        within = [f for f in self._figures if _lies_within(f, start, end)]
        slack = figure.precision * max(2, len(within)) + 1e-9 * abs(figure.amount)
        gap = figure.amount - float(known)
        echoes = (abs(gap - told) <= slack for told, f in self._off if f in within)
        if abs(gap) > slack and not any(echoes):
            self._off.append((gap, figure))
            self.findings.append(self._differing(figure, float(known)))

    def _differing(self, figure: Figure, computed: float) -> Finding:
        """A longer period that is not the sum of the shorter ones in it."""
        unit = self._currency if figure.item.unit == "currency" else figure.item.unit
        facts = {
            "item": figure.item.code,
            "period": figure.column.label,
            VALUE: figure.amount,
            "computed": computed,
            "unit": unit,
        }
        return Finding(FindingCode.YEAR_DIFFERS, figure.sheet, figure.cell, facts)

    def _derived(self, quarter: int) -> Stated | None:
        """A quarter that follows from other spans; it names the cell that ends with it."""
        end = quarter * 3 + 3
        amount = self._line.between(end - 3, end)
        if amount is None:
            return None
        ending = [f for f in self._spans if f.column.months[1] == end]
        around = ending or [f for f in self._spans if quarter in f.column.touched]
        source = min(around, key=_length)
        self.split.append(source.cell)
        return _fact(source, self._currency, Quarter.from_ordinal(quarter), float(amount))

    def _left_over(self, known: set[int]) -> list[Stated]:
        """Spans with a quarter that stays unknown are facts of their own period."""
        left = [
            figure
            for figure in self._figures
            if figure.column.quarter is None and not known.issuperset(figure.column.touched)
        ]
        self.undivided += [f for f in left if f.column.kind not in _RUNNING]
        return [_fact(figure, self._currency, None, figure.amount) for figure in left]


def _lies_within(figure: Figure, start: int, end: int) -> bool:
    first, last = figure.column.months
    return start <= first and last <= end


def _length(figure: Figure) -> int:
    """Months a figure's column covers."""
    start, end = figure.column.months
    return end - start


class _TimeLine:
    """Known differences between month boundaries (a weighted union-find)."""

    def __init__(self) -> None:
        self._parent: dict[int, tuple[int, Decimal]] = {}

    def _root(self, month: int) -> tuple[int, Decimal]:
        """The boundary a month hangs on, and its distance from there."""
        distance = Decimal(0)
        while month in self._parent:
            month, step = self._parent[month]
            distance += step
        return month, distance

    def between(self, start: int, end: int) -> Decimal | None:
        """What flowed between two boundaries; None when it does not follow."""
        (one, before), (other, after) = self._root(start), self._root(end)
        return after - before if one == other else None

    def connect(self, start: int, end: int, amount: Decimal) -> None:
        """Learns what flowed between two boundaries not yet connected."""
        (one, before), (other, after) = self._root(start), self._root(end)
        self._parent[other] = (one, before + amount - after)
