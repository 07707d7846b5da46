"""Works the formulas of a spreadsheet out: + - * / ^, brackets, SUM and cells, and no more.

Written for the test alone, so that nothing of the program under test takes part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Sheets = dict[str, dict[str, object]]
"""What each cell of each sheet holds: a number, a text, or a formula with its ``=``."""

_TOKEN = re.compile(r"(?:\w+!)?[A-Z]+\d+(?::[A-Z]+\d+)?|\d+(?:\.\d+)?|SUM|[-+*/^(),]")
_CELL = re.compile(r"([A-Z]+)(\d+)")


def value_of(sheets: Mapping[str, Mapping[str, object]], sheet: str, cell: str) -> float:
    """What a cell comes to; a formula is worked out, down to the numbers it rests on."""
    held = sheets[sheet][cell]
    if isinstance(held, str) and held.startswith("="):
        formula = _Formula(sheets, sheet, held[1:])
        return formula.result()
    assert isinstance(held, int | float), f"{sheet}!{cell} holds no number: {held!r}"
    return float(held)


class _Formula:
    def __init__(self, sheets: Mapping[str, Mapping[str, object]], sheet: str, text: str) -> None:
        self._sheets, self._sheet = sheets, sheet
        self._left = _TOKEN.findall(text)
        assert "".join(self._left) == text, f"not understood: {text}"

    def result(self) -> float:
        value = self._sum()
        assert not self._left
        return value

    def _sum(self) -> float:
        value = self._product()
        while self._left and self._left[0] in "+-":
            value += self._product() if self._left.pop(0) == "+" else -self._product()
        return value

    def _product(self) -> float:
        value = self._signed()
        while self._left and self._left[0] in "*/":
            if self._left.pop(0) == "*":
                value *= self._signed()
            else:
                value /= self._signed()
        return value

    def _signed(self) -> float:
        if self._left[0] == "-":
            self._left.pop(0)
            return -self._signed()
        value = self._single()
        if self._left and self._left[0] == "^":
            self._left.pop(0)
            return float(value ** self._signed())
        return value

    def _single(self) -> float:
        token = self._left.pop(0)
        if token == "(":
            value = self._sum()
            assert self._left.pop(0) == ")"
            return value
        if token == "SUM":
            assert self._left.pop(0) == "("
            values = self._cells(self._left.pop(0))
            assert self._left.pop(0) == ")"
            return sum(values)
        if token[0].isdigit():
            return float(token)
        (value,) = self._cells(token)
        return value

    def _cells(self, reference: str) -> list[float]:
        """The numbers of a cell or of a stretch of one column."""
        name, _, cells = reference.rpartition("!")
        first, _, last = cells.partition(":")
        column, start = _parted(first)
        other, end = _parted(last or first)
        assert column == other, f"more than a column: {reference}"
        sheet = name or self._sheet
        return [value_of(self._sheets, sheet, f"{column}{row}") for row in range(start, end + 1)]


def _parted(cell: str) -> tuple[str, int]:
    parts = _CELL.fullmatch(cell)
    assert parts, cell
    return parts[1], int(parts[2])
