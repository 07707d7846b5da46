"""Cells by row and column, counted from 1, and by the name they have in a workbook."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LAST = (1_048_576, 16_384)

Place = tuple[int, int]


def place_of(address: str) -> Place | None:
    """Row and column of a cell, counted from 1; None when there is no such cell.

    Example:
        >>> place_of("C14"), place_of("14")
        ((14, 3), None)
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= _LAST[0] and column <= _LAST[1] else None


def address_of(place: Place) -> str:
    """The name of a cell.

    Example:
        >>> address_of((14, 28))
        'AB14'
    """
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
