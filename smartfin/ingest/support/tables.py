"""Where the list lies in a workbook: its tables, each under a row of headings.

A list printed over several pages repeats its headings: each row of headings begins a table, which
ends where the next begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.support.meaning import is_blank, text_of
from smartfin.ingest.support.words import HEADING_OF, NEEDED, Column
from smartfin.ingest.text import comparable

HEAD = 40  # rows from the top of a sheet that may hold its first headings
_FEWEST = 3  # headings of the list beside each other that are no accident


@dataclass(frozen=True)
class ListTable:
    """The rows of a sheet under one row of headings.

    Args:
        sheet: Where it stands.
        top: The row of its headings.
        end: First row that is not of it any more.
        columns: Which column holds what.
    """

    sheet: Sheet
    top: int
    end: int
    columns: Mapping[Column, int]

    @property
    def missing(self) -> tuple[Column, ...]:
        """What a row must say and no heading names."""
        return tuple(column for column in NEEDED if column not in self.columns)

    @property
    def whole(self) -> bool:
        """Whether all that a row must say has its column."""
        return not self.missing

    def cell(self, row: int, column: Column) -> Cell:
        """What stands in a row under a heading."""
        return self.sheet.cell(row, self.columns[column]) if column in self.columns else None

    def text(self, row: int, column: Column) -> str:
        """The same as text."""
        return text_of(self.cell(row, column))

    def address(self, row: int, column: Column) -> str:
        """Where it stands."""
        return self.sheet.address(row, self.columns[column])

    @property
    def under(self) -> range:
        """All rows under its headings."""
        return range(self.top + 1, self.end)

    def rows(self) -> Iterator[int]:
        """The rows under the headings that are read: they hold anything a row must say."""
        return (row for row in self.under if self.filled(row))

    def other_rows(self) -> Iterator[int]:
        """The rows under the headings that hold something else only, such as a note."""
        return (row for row in self.under if self.holds_any(row) and not self.filled(row))

    def holds_any(self, row: int) -> bool:
        """Whether anything stands in a row of the sheet."""
        return not all(map(is_blank, self.sheet.rows[row]))

    def filled(self, row: int) -> int:
        """How many of the cells that a row must have hold anything."""
        return sum(not is_blank(self.cell(row, column)) for column in NEEDED)


def tables_of(workbook: Workbook) -> tuple[ListTable, ...]:
    """The tables of a workbook under headings of the list, whole or not."""
    return tuple(
        table for sheet in workbook.sheets if not sheet.ours for table in _tables_in(sheet)
    )


def _tables_in(sheet: Sheet) -> list[ListTable]:
    end = len(sheet.rows)
    found = []
    for top, columns in reversed(_heads(sheet)):
        found.append(ListTable(sheet, top, end, columns))
        end = top
    return found[::-1]


def _heads(sheet: Sheet) -> list[tuple[int, Mapping[Column, int]]]:
    """The rows of a sheet that hold headings; none where the first comes too late."""
    found: list[tuple[int, Mapping[Column, int]]] = []
    for place, row in enumerate(sheet.rows):
        if place >= HEAD and not found:
            break
        columns = _headings(row)
        if len(columns) >= _FEWEST:
            found.append((place, columns))
    return found


def _headings(row: Sequence[Cell]) -> Mapping[Column, int]:
    found: dict[Column, int] = {}
    for at, cell in enumerate(row):
        heading = HEADING_OF.get(comparable(cell)) if isinstance(cell, str) else None
        if heading is not None:
            found.setdefault(heading, at)
    return found
