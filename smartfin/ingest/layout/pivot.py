"""A list of facts rearranged into a table: a row an item, a column a period and scenario.

The rearranged sheet knows where each cell came from, so that findings and facts name the
workbook's own cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smartfin.findings import Finding, FindingCode
from smartfin.ingest import vocabulary
from smartfin.ingest.amounts.unit import read_unit
from smartfin.ingest.grid.cells import Cell, Place, Sheet, address
from smartfin.ingest.layout.heading import read_heading
from smartfin.ingest.text import comparable

_CODE, _LABEL, _UNIT, _FIRST_AMOUNT = range(4)  # columns of the table it becomes
_LETTER_OF_PARTS = {4: "Q", 12: "M", 0: ""}


@dataclass(frozen=True, slots=True)
class Rearranged(Sheet):
    """A sheet whose cells stand elsewhere than in the workbook.

    Args:
        places: Row and column in the workbook of each cell, by its place here.
    """

    places: Mapping[Place, Place] = field(default_factory=dict)

    @property
    def keeps_rows(self) -> bool:
        """Facts of one item come from many rows."""
        return False

    def address(self, row: int, column: int) -> str:
        """The name a cell has in the workbook."""
        return address(*self.places.get((row, column), (row, column)))


@dataclass(frozen=True, slots=True)
class TidyList:
    """A list with one fact a row, as a table, and what is wrong with it."""

    sheet: Rearranged
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ListColumns:
    """What the columns of a list are for, by their index.

    Args:
        label: Names the items.
        amounts: Hold the figures.
        periods: Tell the period: one column, or the year's and the part's.
        scenario: Tells the scenario; None when the headings do.
        unit: Tells the unit.
        code: Tells the account.
        others: Anything else.
    """

    label: int
    amounts: tuple[int, ...]
    periods: tuple[int, ...]
    scenario: int | None
    unit: int | None
    code: int | None
    others: tuple[int, ...]


class Pivot:
    """Puts the facts of a list into rows of items and columns of periods.

    Args:
        sheet: Where the list stands.
        rows: Its rows.
        header: The row above them.
        columns: What its columns are for.
    """

    def __init__(
        self, sheet: Sheet, rows: Sequence[int], header: int, columns: ListColumns
    ) -> None:
        self._sheet = sheet
        self._rows = rows
        self._header = header
        self._columns = columns
        self._grid: dict[Place, tuple[Cell, Place]] = {}
        self._row_of: dict[tuple[Cell, ...], int] = {}
        self._column_of: dict[tuple[str, ...], int] = {}
        self._findings: list[Finding] = []
        self._down = {c: self._filled_down(c) for c in (columns.label, *columns.periods)}

    def _filled_down(self, column: int) -> dict[int, Cell]:
        """The cells of a column; where one is empty the one above goes on."""
        found: dict[int, Cell] = {}
        last: Cell = None
        for row in self._rows:
            cell = self._sheet.cell(row, column)
            last = found[row] = cell if is_filled(cell) else last
        return found

    def rearranged(self) -> TidyList:
        """The table: titles, a row of periods and one of scenarios, a row an item."""
        self._titles()
        for row in self._rows:
            for column in self._columns.amounts:
                self._place(row, column)
        height = 1 + max(row for row, _ in self._grid)
        width = 1 + max(column for _, column in self._grid)
        cells = tuple(
            tuple(self._grid[row, c][0] if (row, c) in self._grid else None for c in range(width))
            for row in range(height)
        )
        places = {place: origin for place, (_, origin) in self._grid.items()}
        sheet = Rearranged(self._sheet.name, cells, factors=self._factors(places), places=places)
        return TidyList(sheet, tuple(self._findings))

    def _titles(self) -> None:
        """Keeps the texts above the list: they may name the unit."""
        for row in range(self._header):
            texts = [(c, v) for c, v in enumerate(self._sheet.rows[row]) if isinstance(v, str)]
            for column, text in texts[:1]:
                self._grid[row, 0] = (text, (row, column))
        unit = self._heading_unit()
        if unit is not None:
            self._grid[self._header, 0] = unit

    def _heading_unit(self) -> tuple[Cell, Place] | None:
        """The unit that a heading names ("Betrag in TEUR")."""
        for column, text in enumerate(self._sheet.rows[self._header]):
            unit = unit_at_end(text) if isinstance(text, str) else ""
            if unit:
                return unit, (self._header, column)
        return None

    def _place(self, row: int, column: int) -> None:
        """Puts one amount where its item and its period meet."""
        cell = self._sheet.cell(row, column)
        label = self._down[self._columns.label][row]
        if not is_filled(cell) or not isinstance(label, str) or not self._is_fact(row):
            return
        key = tuple(self._heading(row, column))
        target = (self._row(row, label), self._column(row, key))
        before = self._grid.get(target)
        if before is None:
            self._grid[target] = (cell, (row, column))
        elif before[0] != cell:
            self._repeat(target, before[1], (row, column), label, key)

    def _is_fact(self, row: int) -> bool:
        """Whether a row says anything of its own about its item, period or scenario."""
        named = (self._columns.label, self._columns.scenario, *self._columns.periods)
        return any(c is not None and is_filled(self._sheet.cell(row, c)) for c in named)

    def _repeat(
        self, target: Place, before: Place, place: Place, label: str, key: tuple[str, ...]
    ) -> None:
        """A fact stated twice with different amounts: neither counts, the first pair is told."""
        self._grid[target] = (None, before)
        if not self._findings:
            facts = {
                "label": " ".join(filter(None, (label.strip(), *key))),
                "other_cell": self._sheet.address(*before),
            }
            code = FindingCode.DUPLICATE_QUARTER
            self._findings.append(
                Finding(code, self._sheet.name, self._sheet.address(*place), facts)
            )

    def _heading(self, row: int, column: int) -> Iterator[str]:
        """What says the period and the scenario of an amount."""
        yield self._period(row)
        over = read_heading(self._sheet.cell(self._header, column))
        said = over is not None and (over.period is not None or over.sets_apart)
        yield text_of(self._sheet.cell(self._header, column)) if said else ""
        scenario = self._columns.scenario
        yield text_of(self._sheet.cell(row, scenario)) if scenario is not None else ""

    def _period(self, row: int) -> str:
        words = [self._down[column][row] for column in self._columns.periods]
        if len(words) == 2 and isinstance(words[1], float):
            heading = text_of(self._sheet.cell(self._header, self._columns.periods[1]))
            words[1] = f"{_LETTER_OF_PARTS[parts_of(heading)]}{words[1]:.0f}"
        return " ".join(_written(word) for word in words[::-1])

    def _row(self, row: int, label: str) -> int:
        unit = self._columns.unit
        key = (label, self._sheet.cell(row, unit) if unit is not None else None)
        if key not in self._row_of:
            place = self._header + 3 + len(self._row_of)
            self._row_of[key] = place
            self._grid[place, _LABEL] = (label, (row, self._columns.label))
            code = self._columns.code
            if code is not None:
                self._grid[place, _CODE] = (self._sheet.cell(row, code), (row, code))
            if unit is not None and is_filled(key[1]):
                self._grid[place, _UNIT] = (key[1], (row, unit))
        return self._row_of[key]

    def _column(self, row: int, key: tuple[str, ...]) -> int:
        if key not in self._column_of:
            place = _FIRST_AMOUNT + len(self._column_of)
            self._column_of[key] = place
            period, over, scenario = key
            origin = (row, (*self._columns.periods, self._columns.label)[0])
            self._grid[self._header + 1, place] = (f"{period} {over}".strip(), origin)
            if scenario:
                self._grid[self._header + 2, place] = (scenario, origin)
        return self._column_of[key]

    def _factors(self, places: Mapping[Place, Place]) -> dict[Place, float]:
        known = self._sheet.factors
        if not known:
            return {}
        return {here: known[there] for here, there in places.items() if there in known}


def _written(value: Cell) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.0f}" if isinstance(value, float) else str(value or "").strip()


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything."""
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """The text of a cell; empty for any other."""
    return cell if isinstance(cell, str) else ""


def parts_of(heading: str) -> int:
    """How many parts of a year a column's name speaks of; 0 for none."""
    words = set(comparable(heading).split())
    if words & vocabulary.QUARTER:
        return 4
    return 12 if words & vocabulary.MONTHS else 0


def unit_at_end(text: str) -> str:
    """The unit of money a heading ends with; empty when there is none."""
    words = text.replace("(", " ").replace(")", " ").split()
    for first in range(len(words)):
        tail = " ".join(words[first:])
        unit = read_unit(tail)
        if unit is not None and not unit.kind and unit.scale is not None:
            return tail
    return ""
