"""The secrets of a sheet's XML that is not written the usual way, found cell by cell.

Slower by far than looking for byte patterns (``hidden_ooxml``), but any XML is understood:
prefixes, line breaks between the elements, single quotes, cells without address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smartfin.ingest.grid.hidden import Place, SheetSecrets, parse_xml, refers_outside
from smartfin.ingest.grid.number_format import NumberFormat

_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")


class Places(dict[bytes, Place]):
    """Places by address; the sheets of a workbook share most of them."""

    def __missing__(self, reference: bytes) -> Place:
        match = _REFERENCE.fullmatch(reference)
        assert match is not None  # the expressions that find it let no other through
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        place = self[reference] = (int(match[2]) - 1, column - 1)
        return place


class CellWalk:
    """Walks through a sheet's XML, cell by cell.

    Args:
        styles: Formats that print another number than the cell's, by number of the style.
        uncomputed: Formulas with the value 0 were never computed.
    """

    def __init__(self, styles: Mapping[bytes, NumberFormat], *, uncomputed: bool) -> None:
        self._styles = {style.decode(): shown for style, shown in styles.items()}
        self._uncomputed = uncomputed
        self._errors: dict[Place, str] = {}
        self._empty: set[Place] = set()
        self._factors: dict[Place, float] = {}
        self._varying: dict[Place, NumberFormat] = {}
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._links: list[Place] = []
        self._place = (0, -1)
        self._type = self._value = self._formula = ""
        self._is_formula = self._has_value = False
        self._within = ""

    def secrets(self, body: bytes) -> SheetSecrets:
        """The secrets of one sheet."""
        parse_xml(body, self._start, self._end, self._text)
        return SheetSecrets(
            self._errors,
            frozenset(self._empty),
            self._factors,
            self._varying,
            hidden_rows=tuple(self._hidden_rows),
            hidden_columns=tuple(self._hidden_columns),
            links=tuple(self._links),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            row = attributes.get("r", "")
            self._place = (int(row) - 1 if row.isdigit() else self._place[0] + 1, -1)
            if attributes.get("hidden") in ("1", "true"):
                self._hidden_rows.append(range(self._place[0], self._place[0] + 1))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self._hidden_columns.append(range(int(first) - 1, int(last)))
        elif name in ("f", "v", "t"):
            self._within = name
            self._is_formula |= name == "f"
            self._has_value |= name == "v"

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._place = self._place_of(attributes.get("r", ""))
        self._type = attributes.get("t", "")
        self._is_formula = self._has_value = False
        self._value = self._formula = ""
        shown = self._styles.get(attributes.get("s", ""))
        if shown is not None and shown.factor is not None:
            self._factors[self._place] = shown.factor
        elif shown is not None:
            self._varying[self._place] = shown

    def _place_of(self, reference: str) -> Place:
        if _REFERENCE.fullmatch(reference.encode()) is None:  # cells may leave out their address
            return self._place[0], self._place[1] + 1
        return Places()[reference.encode()]

    def _text(self, text: str) -> None:
        if self._within == "f":
            self._formula += text
        elif self._within:
            self._value += text

    def _end(self, name: str) -> None:
        if name in ("f", "v", "t"):
            self._within = ""
        elif name == "c":
            if self._type == "e":
                self._errors[self._place] = self._value or "#VALUE!"
            elif self._is_formula and self._lacks_value():
                self._empty.add(self._place)
            if refers_outside(self._formula):
                self._links.append(self._place)

    def _lacks_value(self) -> bool:
        if self._type == "str" and self._has_value:
            return False
        return not self._value.strip() or (self._uncomputed and self._value.strip() == "0")
