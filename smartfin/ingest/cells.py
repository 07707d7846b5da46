"""A workbook as sheets of typed cells with addresses, read with python-calamine.

Runs in the child process only: calamine can be made to take gigabytes or to abort.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from smartfin.findings import Finding, FindingCode
from smartfin.ingest import guard, hidden

Value: TypeAlias = float | str | bool | date | None
Place: TypeAlias = tuple[int, int]  # row and column, counted from 0


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed, e.g. ``#DIV/0!``."""

    code: str


@dataclass(frozen=True, slots=True)
class NeverCalculated:
    """A cell whose formula was written by a program and never computed."""


Cell: TypeAlias = Value | CellError | NeverCalculated


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Args:
        name: Its name.
        rows: Cells from A1, row by row; rows may differ in length.
        merged: Place of each cell under a merge, to the place that holds its text.
        factors: What a cell's number is multiplied by to get what is printed (100 for a percent
            format, 0.001 for a thousands format), by place; 1 when absent.
        hidden: Whether it is hidden.
        chart: Whether it is no sheet of cells.
        flipped: Whether rows and columns are exchanged.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: Mapping[Place, Place] = field(default_factory=dict)
    factors: Mapping[Place, float] = field(default_factory=dict)
    hidden: bool = False
    chart: bool = False
    flipped: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place; None outside the sheet."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else None

    def address(self, row: int, column: int) -> str:
        """The name a cell has in the workbook."""
        return address(column, row) if self.flipped else address(row, column)

    def turned(self) -> Sheet:
        """The sheet with rows and columns exchanged; addresses stay those of the workbook."""
        width = max((len(row) for row in self.rows), default=0)
        rows = tuple(
            tuple(row[column] if column < len(row) else None for row in self.rows)
            for column in range(width)
        )
        merged = {place[::-1]: anchor[::-1] for place, anchor in self.merged.items()}
        factors = {place[::-1]: factor for place, factor in self.factors.items()}
        return replace(self, rows=rows, merged=merged, factors=factors, flipped=not self.flipped)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets, and the title, subject and keywords of the document's properties."""

    sheets: tuple[Sheet, ...]
    properties: str = ""


def address(row: int, column: int) -> str:
    """The name of a cell.

    Example:
        >>> address(13, 2), address(0, 26)
        ('C14', 'AA1')
    """
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=16_384)
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_cells(content: bytes) -> Workbook:
    """All cells of a workbook.

    Raises:
        PartRefused: The container's parts are damaged or hostile, or the cells too many.
        CalamineError: The workbook cannot be read.
    """
    parts = guard.read_parts(content) if content.startswith(b"PK") else {}
    secrets = hidden.read_secrets(parts)
    for body in secrets.bodies.values():
        guard.refuse_far_cells(body)
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        room = guard.MOST_CELLS
        sheets = []
        for metadata in workbook.sheets_metadata:
            concealed = metadata.visible is not SheetVisibleEnum.Visible
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                sheets.append(Sheet(metadata.name, (), hidden=concealed, chart=True))
                continue
            read = workbook.get_sheet_by_name(metadata.name)
            room -= read.height * read.width
            if room < 0:
                raise guard.PartRefused(_too_many_cells())
            sheets.append(_sheet(read, secrets.of_sheet(metadata.name), concealed=concealed))
    return Workbook(tuple(sheets), secrets.properties)


def _too_many_cells() -> Finding:
    return Finding(FindingCode.TOO_MANY_CELLS, facts={"limit": guard.MOST_CELLS})


def _sheet(read: CalamineSheet, secrets: hidden.SheetSecrets, *, concealed: bool) -> Sheet:
    top, left = read.start or (0, 0)
    pad: tuple[Cell, ...] = (None,) * left
    rows: list[tuple[Cell, ...]] = [()] * top
    rows += [pad + tuple(_typed(cells)) for cells in read.to_python(skip_empty_area=True)]
    marks: dict[Place, Cell] = {place: CellError(code) for place, code in secrets.errors.items()}
    marks |= dict.fromkeys(secrets.uncalculated, NeverCalculated())
    for (row, column), mark in marks.items():
        rows += [()] * (row + 1 - len(rows))
        cells = list(rows[row]) + [None] * (column + 1 - len(rows[row]))
        cells[column] = mark
        rows[row] = tuple(cells)
    merged = _merged(read.merged_cell_ranges or [])
    return Sheet(read.name, tuple(rows), merged, secrets.factors, hidden=concealed)


_LARGEST = 1e300  # beyond it, and for "inf" and "nan", a cell holds no number


def _typed(cells: Iterable[object]) -> Iterable[Cell]:
    """Blank texts are no cells; whole numbers are numbers; a moment is its day."""
    return [
        (cell if -_LARGEST < cell < _LARGEST else CellError("#NUM!"))
        if type(cell) is float
        else (cell or None)
        if type(cell) is str
        else _converted(cell)
        for cell in cells
    ]


def _converted(cell: object) -> Cell:
    if isinstance(cell, bool | date) and not isinstance(cell, datetime):
        return cell
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int):
        return float(cell)
    return _days(cell)


def _days(cell: object) -> float | None:
    """A number in a format of hours or time, as the days it counts."""
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86_400
    if isinstance(cell, time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / 86_400
    return None


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> dict[Place, Place]:
    """Cells under a merge to the one that holds the text; absurdly large merges are ignored."""
    places: dict[Place, Place] = {}
    for (top, left), (bottom, right) in ranges[:20_000]:
        if (bottom - top + 1) * (right - left + 1) <= 2_000 and len(places) < 200_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    places[row, column] = (top, left)
    return places
