"""A workbook as it is being made: cells that know which facts they state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

Key: TypeAlias = tuple[str, str, str]
"""Item, period (``2021-Q1`` or ``2021-01-01/2021-12-31``) and scenario."""


@dataclass(frozen=True)
class Formula:
    """A formula with what it came to; None when it was never calculated."""

    text: str
    value: float | str | None


Value: TypeAlias = float | int | str | date | bool | Formula


@dataclass(frozen=True)
class Cell:
    """A cell.

    Args:
        value: What stands in it.
        style: Name of its number format (``files.FORMATS``); empty for none.
        states: The facts it states, alone or together with others.
    """

    value: Value
    style: str = ""
    states: tuple[Key, ...] = ()


@dataclass
class SheetDraft:
    """A sheet being made; rows and columns count from 0.

    Args:
        name: Its name.
        cells: By row and column.
        merged: First and last row and column of each merge.
        hidden: Whether the sheet is hidden.
        hidden_columns: Columns nobody sees.
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Value | Cell | None, style: str = "") -> None:
        """Write a cell; nothing for None."""
        if value is not None:
            self.cells[row, column] = value if isinstance(value, Cell) else Cell(value, style)

    @property
    def height(self) -> int:
        """Rows up to the last that is written."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        """Columns up to the last that is written."""
        return max((column for _, column in self.cells), default=-1) + 1

    def paste(self, other: SheetDraft, row: int, column: int) -> None:
        """Write another draft onto this one."""
        for (r, c), cell in other.cells.items():
            self.cells[r + row, c + column] = cell
        self.merged += [(a + row, b + column, c + row, d + column) for a, b, c, d in other.merged]
        self.hidden_columns |= {c + column for c in other.hidden_columns}

    def turned(self) -> SheetDraft:
        """Rows and columns exchanged."""
        return SheetDraft(
            self.name,
            {(c, r): cell for (r, c), cell in self.cells.items()},
            [(b, a, d, c) for a, b, c, d in self.merged],
        )

    def rows(self) -> Iterator[list[Cell | None]]:
        """The cells, row by row."""
        for row in range(self.height):
            yield [self.cells.get((row, column)) for column in range(self.width)]

    def change(self, places: Iterable[tuple[int, int]], **changes: object) -> None:
        """Replace fields of some cells."""
        for place in places:
            self.cells[place] = replace(self.cells[place], **changes)  # type: ignore[arg-type]


@dataclass
class BookDraft:
    """A workbook being made."""

    sheets: list[SheetDraft] = field(default_factory=list)

    def places(self) -> dict[Key, list[tuple[str, int, int]]]:
        """Where each fact is stated: sheet, row, column."""
        found: dict[Key, list[tuple[str, int, int]]] = {}
        for sheet in self.sheets:
            for (row, column), cell in sheet.cells.items():
                for key in cell.states:
                    found.setdefault(key, []).append((sheet.name, row, column))
        return found
