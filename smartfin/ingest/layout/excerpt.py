"""The rows around a cell, as a person looks for them: headings above, labels at the left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook
from smartfin.ingest.layout.bands import find_bands

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ABOVE, _BELOW, _LEFT, _RIGHT = 3, 3, 3, 2
_MOST_HEADINGS = 3
_MOST_LABELS = 2  # columns of words at the left
_LONGEST = 80  # signs of a cell
_PER_CENT = 100  # the factor of a fraction that is shown as per cent


class Shown(StrEnum):
    """What a cell of an excerpt is."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # a fraction that the workbook shows as per cent
    DAY = "day"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """A cell.

    Args:
        kind: What it is.
        text: Words, the code of an error, or a day as 2022-12-31; empty otherwise.
        number: Of a number as the workbook shows it, of per cent the fraction; else None.
    """

    kind: Shown
    text: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """A row, counted from 1, with whether it is of the heading."""

    row: int
    heading: bool
    cells: tuple[ExcerptCell, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some rows and columns of a sheet around one cell.

    Args:
        sheet: Name of the sheet.
        columns: Letters of the columns.
        rows: As many cells each as there are columns, from top to bottom.
        row: Place of the cell's row among the rows.
        column: Place of its column among the columns.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]
    row: int
    column: int


def cut_out(workbook: Workbook, name: str, cell: str) -> Excerpt | None:
    """The rows around a cell; None where the workbook has no such sheet or cell.

    Args:
        workbook: Its cells.
        name: Of the sheet; the only sheet of a workbook goes by any name, as that of a text
            is named after its file.
        cell: Address on it, e.g. ``C14``.
    """
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    sheet = next(iter(named or workbook.sheets), None)
    place = _place_of(cell)
    if sheet is None or place is None or not (named or len(workbook.sheets) == 1):
        return None
    row, column = place
    if row >= len(sheet.rows) or column >= max(map(len, sheet.rows)):
        return None
    near = range(max(0, row - _ABOVE), min(len(sheet.rows), row + _BELOW + 1))
    headings = _headings(sheet, row, column)
    chosen = tuple(sorted({*headings, *near}))
    columns = _columns(sheet, chosen, near, column)
    rows = tuple(
        ExcerptRow(at + 1, at in headings, tuple(_shown(sheet, at, each) for each in columns))
        for at in chosen
    )
    letters = tuple(sheet.address(0, each).rstrip("1") for each in columns)
    return Excerpt(sheet.name, letters, rows, chosen.index(row), columns.index(column))


def _place_of(cell: str) -> tuple[int, int] | None:
    """Row and column of an address, counted from 0."""
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _headings(sheet: Sheet, row: int, column: int) -> tuple[int, ...]:
    """The rows that say what a column is; those the reader takes for headings before others."""
    bands = [band for band in find_bands(sheet, lambda _: False) if max(band.levels) < row]
    if bands:
        return tuple(sorted(bands[-1].levels))[-_MOST_HEADINGS:]
    words = [above for above in range(row) if isinstance(_at(sheet, above, column), str | date)]
    return tuple(words[-1:])


def _columns(sheet: Sheet, rows: tuple[int, ...], near: range, column: int) -> tuple[int, ...]:
    """Labels at the left, then the neighbours of the cell that hold anything."""
    width = max(len(sheet.rows[row]) for row in rows)
    filled = [
        each
        for each in range(width)
        if each == column or any(sheet.cell(row, each) is not None for row in rows)
    ]
    place = filled.index(column)
    labels = [
        each
        for each in filled[:place]
        if any(isinstance(sheet.cell(row, each), str) for row in near)
    ]
    around = filled[max(0, place - _LEFT) : place + _RIGHT + 1]
    return tuple(sorted({*labels[:_MOST_LABELS], *around}))


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    """A cell; of one under a merge, the cell that holds its text."""
    return sheet.cell(*sheet.merged.get((row, column), (row, column)))


def _shown(sheet: Sheet, row: int, column: int) -> ExcerptCell:
    cell = sheet.cell(row, column)
    if isinstance(cell, float):
        factor = sheet.factors.get((row, column), 1)
        percent = factor == _PER_CENT
        return ExcerptCell(
            Shown.PERCENT if percent else Shown.NUMBER, number=cell if percent else cell * factor
        )
    if isinstance(cell, CellError | NeverCalculated):
        return ExcerptCell(Shown.ERROR, getattr(cell, "code", "")[:_LONGEST])
    if isinstance(cell, date):
        return ExcerptCell(Shown.DAY, cell.isoformat())
    words = str(cell).strip()[:_LONGEST] if cell is not None else ""
    return ExcerptCell(Shown.TEXT, words) if words else ExcerptCell(Shown.EMPTY)
