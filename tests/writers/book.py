"""What a test writes into a workbook, whatever its format: sheets of cells and what hides in them.

The writers beside this module (``biff``, ``xlsb``, ``ods``, ``ooxml``, ``delimited``) make bytes of
it. They are written from the file formats' descriptions, part by part, so that a test can also
write what no spreadsheet program would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in a format: ``Shown(0.085, "0.0%")`` prints 8.5 %."""

    number: float
    number_format: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error value, e.g. ``#DIV/0!``."""

    code: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its last value; None when it was never calculated."""

    text: str
    value: float | str | bool | Wrong | None = None


Content: TypeAlias = float | str | bool | date | Shown | Wrong | Formula | None
Rows: TypeAlias = list[list[Content]]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet.

    Args:
        name: Its name.
        rows: Its cells from A1.
        hidden: Whether it is hidden.
        hidden_rows: Indices of hidden rows.
        hidden_columns: Indices of hidden columns.
        merged: Corners of merges: top, left, bottom, right, all included.
    """

    name: str
    rows: Rows
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cells(self) -> Iterator[tuple[int, int, Content]]:
        """Row, column and content of each cell that holds something."""
        for row, cells in enumerate(self.rows):
            for column, content in enumerate(cells):
                if content is not None:
                    yield row, column, content

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.

    Args:
        pages: Its sheets.
        from_1904: Whether days are counted from 1904, as old Macintosh books do.
    """

    pages: tuple[Page, ...] = field(default=())
    from_1904: bool = False

    def serial(self, day: date) -> float:
        """The number that stands for a day."""
        return float((day - (date(1904, 1, 1) if self.from_1904 else date(1899, 12, 30))).days)

    def formats(self) -> list[str]:
        """Number formats in use; the first is that of days."""
        used = (
            content.number_format
            for page in self.pages
            for _, _, content in page.cells()
            if isinstance(content, Shown)
        )
        return list(dict.fromkeys(["yyyy\\-mm\\-dd", *used]))


def letters(column: int) -> str:
    """The letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
