"""Group finance's list of support: one row a partner, quarter and kind, with amount and currency.

The list is known by its headings, in any of seven languages and any order. Amounts are in single
units; a currency is the euro or the partner's own. An empty cell is missing, never zero: each row
must be whole, and a list with one wrong row is not accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smartfin.facts import Fact, Scenario
from smartfin.findings import FindingCode
from smartfin.ingest.amounts.number import Writing, read_number
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook
from smartfin.ingest.naming import country_names
from smartfin.ingest.origin import says_synthetic
from smartfin.ingest.periods.period import read_period
from smartfin.ingest.reading import (
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
    SheetReason,
    SheetUse,
)
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.support_words import CURRENCY_SIGNS, HEADING_OF, KIND_OF, NEEDED, Column
from smartfin.ingest.text import comparable
from smartfin.items import Items
from smartfin.money import EURO
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.support import GROUP, Kind, group_unit, is_of_group

_HEAD = 40  # rows from the top that may hold the headings
_SHOWN = 40  # characters of a cell that a remark repeats


@dataclass(frozen=True)
class _Grid:
    """A sheet with the headings of the list: in which row, and which column holds what."""

    sheet: Sheet
    row: int
    columns: Mapping[Column, int]

    @property
    def whole(self) -> bool:
        """Whether all that a row must say has its column."""
        return all(column in self.columns for column in NEEDED)

    def cell(self, row: int, column: Column) -> Cell:
        """What stands in a row under a heading."""
        return self.sheet.cell(row, self.columns[column]) if column in self.columns else None

    def text(self, row: int, column: Column) -> str:
        """The same as text."""
        return _text(self.cell(row, column))

    def address(self, row: int, column: Column) -> str:
        """Where it stands."""
        return self.sheet.address(row, self.columns[column])

    def rows(self) -> Iterator[int]:
        """The rows under the headings that hold anything but a note."""
        for row in range(self.row + 1, len(self.sheet.rows)):
            if any(self.cell(row, column) is not None for column in NEEDED) and any(
                self.text(row, column) for column in NEEDED
            ):
                yield row


def is_support_list(workbook: Workbook, context: ReadingContext) -> bool:
    """Whether a workbook is the list: a person says so, or headings and a kind of support do."""
    if context.partner is not None and is_of_group(context.partner):
        return True
    return any(
        grid.whole and any(_kind(grid.text(row, Column.KIND)) for row in grid.rows())
        for grid in _grids(workbook)
    )


def support_reading(workbook: Workbook, name: str, context: ReadingContext) -> Reading:
    """What the list says.

    Args:
        workbook: Its cells.
        name: File name; may say that the figures are made up.
        context: Line items and partners.
    """
    return _ListReader(workbook, name, context).reading()


def _grids(workbook: Workbook) -> list[_Grid]:
    grids = (_grid(sheet) for sheet in workbook.sheets if not sheet.ours)
    return [grid for grid in grids if grid is not None]


def _grid(sheet: Sheet) -> _Grid | None:
    """The row of a sheet with most of the headings; None where it has fewer than three."""
    best: _Grid | None = None
    for place, row in enumerate(sheet.rows[:_HEAD]):
        found: dict[Column, int] = {}
        for at, cell in enumerate(row):
            heading = HEADING_OF.get(comparable(cell)) if isinstance(cell, str) else None
            if heading is not None:
                found.setdefault(heading, at)
        if len(found) > max(2, len(best.columns) if best else 0):
            best = _Grid(sheet, place, found)
    return best


def _text(cell: Cell) -> str:
    if isinstance(cell, CellError):
        return cell.code
    return "" if cell is None or isinstance(cell, NeverCalculated) else str(cell).strip()


def _kind(text: str) -> Kind | None:
    return KIND_OF.get(comparable(text))


def _quarter(cell: Cell) -> Quarter | None:
    """The quarter a cell names: ``2021-Q3``, ``Q3 2021``, ``3T 2021``, or a day in it."""
    if isinstance(cell, date):
        return Quarter.containing(cell)
    words = read_period(cell) if isinstance(cell, str) else None
    span = words.span() if words else None
    if span is None:
        return None
    quarter = Quarter.containing(span.start)
    return quarter if (quarter.start, quarter.end) == (span.start, span.end) else None


class _ListReader:
    """One list on its way to a reading."""

    def __init__(self, workbook: Workbook, name: str, context: ReadingContext) -> None:
        self._workbook = workbook
        self._name = name
        self._context = context
        self._items: Items = context.items
        self._remarks = Remarks()
        self._partners = {
            word: partner
            for partner in context.partners
            if not partner.entity_of
            for word in _names(partner)
        }
        self._grids = _grids(workbook)
        self._seen: dict[tuple[str, Kind, Quarter], tuple[str, str]] = {}

    def reading(self) -> Reading:
        """Everything the list says."""
        self._tell_of_the_whole()
        stated = [one for grid in self._grids if grid.whole for one in self._rows(grid)]
        stated.sort(key=lambda one: one[0])  # the order of rows says nothing
        facts = tuple(fact for _, fact in stated)
        quarters = sorted({fact.quarter for fact in facts if fact.quarter})
        return Reading(
            partner=GROUP,
            facts=facts,
            units=tuple(unit for unit, _ in stated),
            findings=self._remarks.findings,
            periods=tuple(
                PeriodHeader(str(each), PeriodKind.QUARTER, each.start, each.end)
                for each in quarters
            ),
            sheets=tuple(self._uses(facts)),
            synthetic=self._synthetic,
        )

    def _tell_of_the_whole(self) -> None:
        """That it is made up, that it was taken for a partner's, that it has no headings."""
        if self._synthetic:
            self._remarks.note(FindingCode.SYNTHETIC, "")
        said = self._context.partner
        if said is not None and not is_of_group(said):
            self._remarks.note(FindingCode.WRONG_PARTNER, "", expected=said, found=GROUP)
        for grid in self._grids:
            missing = tuple(column.value for column in NEEDED if column not in grid.columns)
            if missing and not any(each.whole for each in self._grids):
                place = grid.sheet.address(grid.row, min(grid.columns.values()))
                code = FindingCode.LIST_HEADING_MISSING
                self._remarks.note(code, grid.sheet.name, place, headings=missing)
        if not self._grids:
            missing = tuple(column.value for column in NEEDED)
            self._remarks.note(FindingCode.LIST_HEADING_MISSING, "", headings=missing)

    @property
    def _synthetic(self) -> bool:
        """Whether a title, a name or a sheet without the list calls the figures made up."""
        above = {grid.sheet.name: grid.row for grid in self._grids}
        texts = [self._name, self._workbook.properties]
        for sheet in self._workbook.sheets:
            rows = sheet.rows[: above.get(sheet.name, _HEAD)]
            texts += [sheet.name, *(c for row in rows for c in row if isinstance(c, str))]
        return any(says_synthetic(text) for text in texts)

    def _rows(self, grid: _Grid) -> Iterator[tuple[str, Fact]]:
        for row in grid.rows():
            found = self._row(grid, row)
            if found is not None:
                yield found

    def _row(self, grid: _Grid, row: int) -> tuple[str, Fact] | None:
        """What one row states; every fault of it is told, and then it states nothing."""
        partner = self._partner(grid, row)
        quarter = self._quarter(grid, row)
        kind = self._kind(grid, row)
        amount = self._amount(grid, row, kind)
        currency = self._currency(grid, row, partner)
        if not (partner and quarter and kind and currency) or amount is None:
            return None
        if self._stands_twice(grid, row, (partner.code, kind, quarter)):
            return None
        place = grid.address(row, Column.AMOUNT)
        label = " – ".join(filter(None, (grid.text(row, Column.KIND), self._said(grid, row))))
        fact = Fact(
            kind.item, quarter, Scenario.ACTUAL, amount, currency, grid.sheet.name, place, label
        )
        self._tell_of_negative(fact)
        return group_unit(partner.code), fact

    @staticmethod
    def _said(grid: _Grid, row: int) -> str:
        return grid.text(row, Column.NOTE)

    # --- cell by cell

    def _partner(self, grid: _Grid, row: int) -> Partner | None:
        text = grid.text(row, Column.PARTNER)
        found = self._partners.get(comparable(text))
        if found is None:
            known = ", ".join(each.code for each in self._context.partners if not each.entity_of)
            self._refuse(FindingCode.LIST_PARTNER_UNKNOWN, grid, row, Column.PARTNER, known=known)
        return found

    def _quarter(self, grid: _Grid, row: int) -> Quarter | None:
        quarter = _quarter(grid.cell(row, Column.QUARTER))
        if quarter is None:
            self._refuse(FindingCode.LIST_QUARTER_UNREADABLE, grid, row, Column.QUARTER)
            return None
        newest = self._context.newest_allowed
        if newest is not None and quarter > newest:
            code, place = FindingCode.LIST_QUARTER_AHEAD, grid.address(row, Column.QUARTER)
            self._remarks.note(code, grid.sheet.name, place, quarter=str(quarter))
            return None
        return quarter

    def _kind(self, grid: _Grid, row: int) -> Kind | None:
        kind = _kind(grid.text(row, Column.KIND))
        if kind is None:
            self._refuse(FindingCode.LIST_KIND_UNKNOWN, grid, row, Column.KIND)
        return kind

    def _currency(self, grid: _Grid, row: int, partner: Partner | None) -> str:
        text = grid.text(row, Column.CURRENCY)
        code = CURRENCY_SIGNS.get(text.casefold(), text.upper())
        local = partner.currency if partner else EURO
        known = {EURO, local} if partner else {EURO, *(p.currency for p in self._context.partners)}
        if code in known:
            return code
        allowed = " / ".join(dict.fromkeys((EURO, local)))
        column = Column.CURRENCY
        self._refuse(FindingCode.LIST_CURRENCY_UNKNOWN, grid, row, column, allowed=allowed)
        return ""

    def _amount(self, grid: _Grid, row: int, kind: Kind | None) -> float | None:
        cell, place = grid.cell(row, Column.AMOUNT), grid.address(row, Column.AMOUNT)
        if isinstance(cell, float):
            return cell
        if isinstance(cell, CellError):
            facts = {"error": cell.code, "item": kind.item if kind else "", "label": ""}
            self._remarks.note(FindingCode.ERROR_CELL, grid.sheet.name, place, **facts)
            return None
        if isinstance(cell, NeverCalculated):
            self._remarks.note(FindingCode.NEVER_CALCULATED, grid.sheet.name, place, count=1)
            return None
        number = read_number(cell) if isinstance(cell, str) else Writing.NO_NUMBER
        if isinstance(number, float):
            return number
        self._refuse(FindingCode.LIST_AMOUNT_UNREADABLE, grid, row, Column.AMOUNT)
        return None

    def _refuse(
        self, code: FindingCode, grid: _Grid, row: int, column: Column, **facts: object
    ) -> None:
        """Tells that a cell says nothing the list may say."""
        text = grid.text(row, column)[:_SHOWN]
        self._remarks.note(code, grid.sheet.name, grid.address(row, column), text=text, **facts)

    def _stands_twice(self, grid: _Grid, row: int, key: tuple[str, Kind, Quarter]) -> bool:
        place = (grid.sheet.name, grid.address(row, Column.AMOUNT))
        first = self._seen.setdefault(key, place)
        if first == place:
            return False
        partner, kind, quarter = key
        facts = {"partner": partner, "item": kind.item, "quarter": str(quarter)}
        other = f"{first[0]}!{first[1]}"
        self._remarks.note(FindingCode.LIST_ROW_TWICE, *place, other=other, **facts)
        return True

    def _tell_of_negative(self, fact: Fact) -> None:
        """An amount below zero, but of services, which may be charged above their price."""
        if fact.amount < 0 and fact.item != Kind.SERVICES.item:
            facts = {"item": fact.item, "quarter": str(fact.quarter), "unit": fact.unit}
            code = FindingCode.NEGATIVE_AMOUNT
            self._remarks.note(code, fact.sheet, fact.cell, value=fact.amount, **facts)

    # --- report

    def _uses(self, facts: Iterable[Fact]) -> Iterator[SheetUse]:
        whole = {grid.sheet.name for grid in self._grids if grid.whole}
        for sheet in self._workbook.sheets:
            quarters = [f.quarter for f in facts if f.sheet == sheet.name and f.quarter]
            reason = SheetReason.USED if sheet.name in whole else SheetReason.NO_ITEMS
            use = SheetUse(sheet.name, None, sheet.name in whole, reason, hidden=sheet.hidden)
            if quarters:
                first, last = min(quarters).start, max(quarters).end
                use = replace(use, scale=1.0, first=first, last=last, facts=len(quarters))
            yield use


def _names(partner: Partner) -> set[str]:
    """How a partner may be written: its code, its organisation, its country in eight languages."""
    names = (partner.code, partner.organisation, *country_names(partner.code))
    return {comparable(name) for name in names}
