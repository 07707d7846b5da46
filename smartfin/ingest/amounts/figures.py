"""The figures of a table, in single units, as printed otherwise: before signs and periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.amounts.number import Writing, is_percentage, read_number
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Place
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.layout.columns import Column
from smartfin.items import Item, Items

COARSEST = 0.5  # half a unit of the last digit of whole numbers: nothing is rounded more


class Figure(NamedTuple):
    """A figure of a known row and column (a tuple, as there are thousands).

    Args:
        item: The line item.
        column: Its heading.
        amount: In single units; sign as printed.
        precision: Half of what the last printed digit is worth, in single units.
        sheet: Name of the sheet.
        cell: Address.
        label: Of the row.
        home: How many rows of its table belong to the item's statement.
    """

    item: Item
    column: Column
    amount: float
    precision: float
    sheet: str
    cell: str
    label: str
    home: int


class Doubt(NamedTuple):
    """A cell whose text is one of two numbers, by what its separator means."""

    cell: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a table's cells hold, and what is wrong with them.

    Args:
        figures: All whose amount is known.
        waiting: Amounts of money whose unit must be asked, as printed.
        doubts: Cells left out because nothing says what their separator means.
        findings: What is wrong.
    """

    figures: tuple[Figure, ...]
    waiting: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]
    findings: tuple[Finding, ...]


class FigureReader:
    """Reads the cells under the periods of one table.

    Args:
        rows: The table with its rows.
        items: The chart of line items.
        factors_of: Factors to single units of a row's cells; None where it must be asked.
        settled_mark: The decimal mark all tables agree on, for text numbers this one leaves open.
    """

    def __init__(
        self,
        rows: TableRows,
        items: Items,
        factors_of: Callable[[Row, Item], Sequence[float | None]],
        settled_mark: Callable[[], str | None],
    ) -> None:
        self._rows = rows
        self._table = rows.table
        self._sheet = rows.table.sheet
        self._items = items
        self._factors_of = factors_of
        self._settled_mark = settled_mark
        self._findings: list[Finding] = []
        self._doubts: list[Doubt] = []
        self._uncalculated: list[str] = []

    def read(self) -> Figures:
        """All figures of rows with a line item."""
        figures: list[Figure] = []
        waiting: list[Figure] = []
        for row in self._rows.rows:
            if row.match.item is not None:
                self._row(row, self._items[row.match.item], figures, waiting)
        adding = {row.label for row in self._rows.rows if row.match.adds}
        if adding:
            figures, waiting = _added_up(figures, adding), _added_up(waiting, adding)
        if self._uncalculated:
            count = {"count": len(self._uncalculated)}
            self._add(FindingCode.NEVER_CALCULATED, self._uncalculated[0], **count)
        return Figures(tuple(figures), tuple(waiting), tuple(self._doubts), tuple(self._findings))

    def _row(self, row: Row, item: Item, figures: list[Figure], waiting: list[Figure]) -> None:
        """Reads a row into the figures, or into those that wait for their unit."""
        numbers = self._numbers(row, item)
        known = [number for number in numbers if number is not None]
        if not known:
            return
        if row.match.opposes and sum(known) > 0:  # a loss printed positive, of a signed result
            numbers = [number and -number for number in numbers]
        rounding = rounding_of(known)
        home = self._rows.statements[item.statement]
        factors = self._factors_of(row, item)
        sheet, label = self._sheet.name, row.label
        columns = zip(self._table.columns, numbers, factors, self._names_of(row), strict=True)
        for column, number, factor, cell in columns:
            if number is None:
                continue
            if factor == 1:
                figures.append(Figure(item, column, number, rounding, sheet, cell, label, home))
            elif factor is not None:
                amount, slack = _clean(number * factor), rounding * factor
                figures.append(Figure(item, column, amount, slack, sheet, cell, label, home))
            elif item.unit == "currency":
                waiting.append(Figure(item, column, number, rounding, sheet, cell, label, home))

    def _names_of(self, row: Row) -> list[str]:
        """The addresses of a row's cells, column by column."""
        if not self._sheet.keeps_rows:
            return [self._sheet.address(row.index, c.index) for c in self._table.columns]
        number = row.index + 1
        return [f"{letters}{number}" for letters in self._letters]

    @cached_property
    def _letters(self) -> list[str]:
        return [self._sheet.address(0, c.index).removesuffix("1") for c in self._table.columns]

    def _numbers(self, row: Row, item: Item) -> list[float | None]:
        """The numbers printed in a row, column by column; None where there is none."""
        cells = self._sheet.rows[row.index]
        width = len(cells)
        plain = not self._sheet.factors
        numbers: list[float | None] = []
        for column in self._table.columns:
            cell = cells[column.index] if column.index < width else None
            if cell is None or (plain and isinstance(cell, float)):
                numbers.append(cell)
            else:
                numbers.append(self._odd_number(row, item, column, cell))
        return numbers

    def _odd_number(self, row: Row, item: Item, column: Column, cell: Cell) -> float | None:
        """The number of a cell that is no plain number; a finding when it is none at all."""
        address = self._sheet.address(row.index, column.index)
        if isinstance(cell, float):
            return self._formatted(cell, (row.index, column.index), item, row.label)
        if isinstance(cell, CellError):
            facts = {"error": cell.code, "item": item.code, "label": row.label}
            self._add(FindingCode.ERROR_CELL, address, **facts)
        elif isinstance(cell, NeverCalculated):
            self._uncalculated.append(address)
        else:
            return self._written(cell, address, row.label, item)
        return None

    def _formatted(self, cell: float, place: Place, item: Item, label: str) -> float | None:
        """A number as its format prints it: 0.085 in a percent format is 8.5."""
        factor = self._sheet.factors.get(place, 1.0)
        if factor <= 1:
            return cell
        if item.unit == "percent":
            return _clean(cell * factor)
        text = f"{cell:.1%}"
        self._add(FindingCode.NOT_A_NUMBER, self._sheet.address(*place), text=text, label=label)
        return None

    def _written(self, cell: Cell, address: str, label: str, item: Item) -> float | None:
        number = read_number(cell) if isinstance(cell, str) else Writing.NO_NUMBER
        if number is Writing.AMBIGUOUS and isinstance(cell, str):
            number = read_number(cell, self._decimal_mark)
            if number is Writing.AMBIGUOUS:
                self._doubts.append(Doubt(address, label, cell.strip()))
                return None
        if isinstance(number, float) and (item.unit == "percent" or not is_percentage(str(cell))):
            return number
        if number is not Writing.MISSING:
            self._add(FindingCode.NOT_A_NUMBER, address, text=str(cell)[:40], label=label)
        return None

    @cached_property
    def _decimal_mark(self) -> str | None:
        return self._rows.decimal_mark or self._settled_mark()

    def _add(self, code: FindingCode, cell: str, **facts: object) -> None:
        self._findings.append(Finding(code, self._table.sheet.name, cell, facts))


def _added_up(figures: Sequence[Figure], adding: Set[str]) -> list[Figure]:
    """The figures, those of rows that are a part of an item added to its other rows'."""
    groups: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.item.code, figure.column.index].append(figure)
    added: list[Figure] = []
    for group in groups.values():
        parts = [figure for figure in group if figure.label in adding]
        others = [figure for figure in group if figure.label not in adding] or [parts.pop(0)]
        extra = sum(part.amount for part in parts)
        rounding = sum(part.precision for part in parts)
        added += [
            other._replace(amount=other.amount + extra, precision=other.precision + rounding)
            if parts
            else other
            for other in others
        ]
    return added


def numbers_of(rows: TableRows, index: int) -> tuple[float | None, ...]:
    """The numbers of any row of a table, known or not, column by column, as they are shown.

    A format that divides (thousands) shows what its neighbours without it hold. A text number
    that stays ambiguous is read with a decimal point: enough to see an amount.
    """
    sheet = rows.table.sheet
    row = sheet.rows[index]
    width = len(row)
    places = [column.index for column in rows.table.columns]
    cells = [row[place] if place < width else None for place in places]
    mark = None
    if any(isinstance(cell, str) for cell in cells):
        mark = rows.likely_mark
    numbers = tuple([c if isinstance(c, float) else _number_in(c, mark) for c in cells])
    if not sheet.factors:
        return numbers
    shown = [min(sheet.factors.get((index, place), 1.0), 1.0) for place in places]
    return tuple(n and _clean(n * factor) for n, factor in zip(numbers, shown, strict=True))


def _number_in(cell: Cell, mark: str | None) -> float | None:
    number = read_number(cell, mark) if isinstance(cell, str) else None
    return number if isinstance(number, float) else None


def _clean(product: float) -> float:
    """A product without the binary noise of the multiplication."""
    if product.is_integer():
        return product
    return float(f"{product:.15g}")


def rounding_of(numbers: Sequence[float]) -> float:
    """Half a unit of the last digit that a row prints: 0.5 for whole numbers."""
    if all(map(float.is_integer, numbers)):
        return COARSEST
    slack = 1e-9 * max(1.0, *map(abs, numbers))
    for step in (10.0, 100.0, 1000.0):
        if all(abs(number * step - round(number * step)) < slack * step for number in numbers):
            return COARSEST / step
    return 0.0
