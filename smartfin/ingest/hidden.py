"""What calamine hides of an .xlsx: error cells, formulas never calculated, number formats.

A quick look for tell-tale bytes decides whether a sheet's XML is worth parsing; most sheets
have none of it. Other formats tell nothing of this; their sheets have no secrets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

_PERCENT_FORMATS = frozenset({9, 10})  # built in: 0% and 0.00%
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?])")
_TELL_TALES = (b't="e"', b"t='e'", b"</f></c>", b'"/></c>', b"<v></v>", b"<v/>", b"<v />")


@dataclass(frozen=True, slots=True)
class SheetSecrets:
    """What a sheet's XML says beyond its values, by row and column counted from 0."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    factors: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a workbook's parts say beyond its values.

    Args:
        bodies: XML of each sheet, by the sheet's name.
        style_factors: Factor of each cell style that has one (see ``Sheet.factors``).
        uncomputed: No formula of the workbook has been computed, though each has a value 0.
        properties: Title, subject, keywords and description of the document.
    """

    bodies: Mapping[str, bytes]
    style_factors: Mapping[str, float]
    uncomputed: bool
    properties: str

    def of_sheet(self, name: str) -> SheetSecrets:
        """The secrets of one sheet; none for a format that tells nothing."""
        body = self.bodies.get(name)
        if body is None:
            return SheetSecrets()
        if not self.uncomputed and not _is_worth_parsing(body):
            return SheetSecrets(factors=_factors(body, self.style_factors))
        return _CellReader(self.style_factors, uncomputed=self.uncomputed).read(body)


def read_secrets(parts: Mapping[str, bytes]) -> Secrets:
    """What a container's parts (by lower-case name) say beyond the values."""
    bodies = _sheet_bodies(parts)
    return Secrets(
        bodies=bodies,
        style_factors=_style_factors(parts.get("xl/styles.xml", b"")) if bodies else {},
        uncomputed=_never_opened(parts.get("xl/workbook.xml", b""), bodies),
        properties=_properties(parts.get("docprops/core.xml") or parts.get("meta.xml") or b""),
    )


def _sheet_bodies(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The XML of each sheet, found through the workbook's relations."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    bodies: dict[str, bytes] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            ids = (value for key, value in attributes.items() if key.rsplit(":", 1)[-1] == "id")
            body = parts.get(_part_name(targets.get(next(ids, ""), "")))
            if body is not None:
                bodies[attributes.get("name", "")] = body

    _parse(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    _parse(parts.get("xl/workbook.xml", b""), sheet)
    return bodies


def _part_name(target: str) -> str:
    path = PurePosixPath("xl") / target.replace("\\", "/")
    return str(path).lstrip("/").casefold()


def _parse(
    body: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feeds elements (names without prefix) to the handlers; stops quietly at a fault.

    A fault in the XML is calamine's to report: it reads the same part.
    """
    if not body:
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError:
        return


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def _properties(body: bytes) -> str:
    texts: list[str] = []
    _parse(body, lambda _name, _attributes: None, text=texts.append)
    return " ".join(texts)[:2000]


def _never_opened(workbook: bytes, bodies: Mapping[str, bytes]) -> bool:
    """Whether a program wrote the formulas with 0 for a value and nobody has opened the file.

    Such programs ask for a full calculation on load; Excel, once it has calculated, does not.
    """
    if b"fullCalcOnLoad" not in workbook:
        return False
    formulas = sum(body.count(b"</f>") for body in bodies.values())
    zeros = sum(body.count(b"</f><v>0</v>") for body in bodies.values())
    return 0 < formulas == zeros


# --- number formats


def _style_factors(styles: bytes) -> dict[str, float]:
    """Factor of each cell style whose number format prints another number than the cell's."""
    codes: dict[int, str] = {}
    factors: dict[str, float] = {}
    inside = [False]
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdigit():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            number = attributes.get("numFmtId", "0")
            factor = _factor(int(number) if number.isdigit() else 0, codes)
            if factor != 1:
                factors[str(count[0])] = factor
            count[0] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    _parse(styles, start, end)
    return factors


def _factor(number: int, codes: Mapping[int, str]) -> float:
    if number in _PERCENT_FORMATS:
        return 100.0
    code = _QUOTED.sub("", codes.get(number, "").split(";")[0])
    if "%" in code:
        return 100.0
    commas = _THOUSANDS.search(code)
    return 1000.0 ** -len(commas[1]) if commas else 1.0


def _factors(body: bytes, styles: Mapping[str, float]) -> dict[tuple[int, int], float]:
    """Factors of cells written the usual way: ``<c r="B3" s="5"``."""
    if not styles:
        return {}
    wanted = b"|".join(style.encode() for style in styles)
    pattern = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(' + wanted + rb')"')
    return {
        _place(letters.decode(), int(row)): styles[style.decode()]
        for letters, row, style in pattern.findall(body)
    }


# --- cells


def _is_worth_parsing(body: bytes) -> bool:
    """Whether the XML holds errors or empty formulas, or is written in an unusual way."""
    if any(tell_tale in body for tell_tale in _TELL_TALES):
        return True
    closed = body.count(b"</c>")
    return b"<sheetData" not in body or closed != (
        body.count(b"</c><c ") + body.count(b"</c></row>")
    )


def _place(letters: str, row: int) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return row - 1, column - 1


class _CellReader:
    """Walks through a sheet's XML, cell by cell."""

    def __init__(self, styles: Mapping[str, float], *, uncomputed: bool) -> None:
        self._styles = styles
        self._uncomputed = uncomputed
        self._errors: dict[tuple[int, int], str] = {}
        self._empty: set[tuple[int, int]] = set()
        self._factors: dict[tuple[int, int], float] = {}
        self._place = (0, -1)
        self._is_error = self._is_formula = self._in_value = False
        self._value = ""

    def read(self, body: bytes) -> SheetSecrets:
        """The secrets of one sheet."""
        _parse(body, self._start, self._end, self._text)
        return SheetSecrets(self._errors, frozenset(self._empty), self._factors)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place = self._place_of(attributes.get("r", ""))
            self._is_error = attributes.get("t") == "e"
            self._is_formula, self._value = False, ""
            factor = self._styles.get(attributes.get("s", ""))
            if factor is not None:
                self._factors[self._place] = factor
        elif name == "row":
            row = attributes.get("r", "")
            self._place = (int(row) - 1 if row.isdigit() else self._place[0] + 1, -1)
        elif name == "f":
            self._is_formula = True
        elif name in ("v", "t"):
            self._in_value = True

    def _place_of(self, reference: str) -> tuple[int, int]:
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
        if match is None:  # cells may leave out their address
            return self._place[0], self._place[1] + 1
        return _place(match[1], int(match[2]))

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            if self._is_error:
                self._errors[self._place] = self._value or "#VALUE!"
            elif self._is_formula and (not self._value.strip() or self._uncomputed):
                self._empty.add(self._place)
