"""What calamine hides of an .xlsx or .xlsm: its sheets' XML is looked through for it.

A few counts of bytes tell whether a sheet is written the usual way and whether anything is
hidden in it; then expressions find it. Only XML written in an unusual way is walked through
cell by cell, which takes many times longer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from smartfin.ingest.grid.hidden import (
    Place,
    SheetSecrets,
    parse_xml,
    properties_of,
    refers_outside,
)
from smartfin.ingest.grid.hidden_walk import CellWalk, Places
from smartfin.ingest.grid.number_format import NumberFormat, built_in, number_format

_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]* t="e"[^<>]*>'
    rb"(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]*)</v></c>"
)
_WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"([^<>]*)>(<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(<v></v>|<v ?/>)?</c>'
)
_ZERO = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*><f[^<>]*>[^<]*</f><v>0</v></c>')
_BRACKETED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*><f[^<>]*>([^<]*\[[^<]*)</f>')
_HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^<>]* hidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col [^<>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FEW_STYLES = 100  # that an expression looks for by name; a book may have a megabyte of them
_COLUMN_PLACE = re.compile(rb'\b(min|max)="(\d{1,5})"')


@dataclass(frozen=True, slots=True)
class OoxmlSecrets:
    """What an .xlsx says beyond its values (see ``hidden.Secrets``).

    Args:
        bodies: XML of each sheet, by the sheet's name; given up when asked for.
        styles: Formats that print another number than the cell's, by number of the style.
        uncomputed: No formula of the workbook has been computed, though each has a value 0.
        properties: Texts of the document's properties.
        missing: Names of sheets without XML.
        from_1904: Whether days are counted from 1904.
        linked: It refers to another workbook, nobody knows where; here each formula tells.
        places: Places by address.
    """

    bodies: dict[str, bytes]
    styles: Mapping[bytes, NumberFormat]
    uncomputed: bool
    properties: str
    missing: tuple[str, ...]
    from_1904: bool
    linked: bool = False
    places: Places = field(default_factory=Places)

    def of_sheet(self, name: str) -> SheetSecrets:
        """The secrets of one sheet; its XML is given up."""
        body = self.bodies.pop(name, b"")
        if not body:
            return SheetSecrets()
        secrets = _usual_secrets(body, self.places, uncomputed=self.uncomputed)
        if secrets is None:
            return CellWalk(self.styles, uncomputed=self.uncomputed).secrets(body)
        factors, varying = _formats(body, self.styles, self.places)
        return replace(secrets, factors=factors, varying=varying)


def read_ooxml_secrets(parts: Mapping[str, bytes]) -> OoxmlSecrets:
    """What a package's parts (by lower-case name) say beyond the values."""
    workbook = parts.get("xl/workbook.xml", b"")
    bodies, missing, from_1904 = _sheets(parts, workbook)
    return OoxmlSecrets(
        bodies=bodies,
        styles=_styles(parts.get("xl/styles.xml", b"")),
        uncomputed=_never_opened(workbook, bodies),
        properties=properties_of(parts),
        missing=missing,
        from_1904=from_1904,
    )


def _sheets(
    parts: Mapping[str, bytes], workbook: bytes
) -> tuple[dict[str, bytes], tuple[str, ...], bool]:
    """The XML of each sheet, found through the relations; the sheets without; the epoch."""
    targets = relations_of(parts.get("xl/_rels/workbook.xml.rels", b""))
    bodies: dict[str, bytes] = {}
    missing: list[str] = []
    epoch: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            epoch.append(attributes.get("date1904", ""))
        elif name == "sheet":
            ids = (value for key, value in attributes.items() if key.rsplit(":", 1)[-1] == "id")
            body = parts.get(targets.get(next(ids, ""), ""))
            if body is None:
                missing.append(attributes.get("name", ""))
            else:
                bodies[attributes.get("name", "")] = body

    parse_xml(workbook, start)
    return bodies, tuple(missing), epoch[:1] in (["1"], ["true"])


def relations_of(body: bytes) -> dict[str, str]:
    """The lower-case name of the part that each relation of the workbook leads to, by its id."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = str(PurePosixPath("xl") / target).lstrip("/")
            targets[attributes.get("Id", "")] = path.casefold()

    parse_xml(body, start)
    return targets


def _never_opened(workbook: bytes, bodies: Mapping[str, bytes]) -> bool:
    """Whether a program wrote the formulas with 0 for a value and nobody has opened the file.

    Such programs ask for a full calculation on load; Excel, once it has calculated, does not.
    """
    if b"fullCalcOnLoad" not in workbook:
        return False
    formulas = sum(body.count(b"</f>") for body in bodies.values())
    zeros = sum(body.count(b"</f><v>0</v>") for body in bodies.values())
    return 0 < formulas == zeros


def _styles(styles: bytes) -> dict[bytes, NumberFormat]:
    """Each cell style whose format prints another number than the cell's, by its number."""
    codes: dict[str, str] = {}
    found: dict[bytes, NumberFormat] = {}
    inside = [False]
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            number = attributes.get("numFmtId", "0")
            code = codes.get(number)
            if code is None:
                shown = built_in(int(number) if number.isdigit() else 0)
            else:
                shown = number_format(code)
            if shown.factor != 1:
                found[str(count[0]).encode()] = shown
            count[0] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    parse_xml(styles, start, end)
    return found


# --- XML written the usual way: compact, in double quotes, addresses first


def _usual_secrets(body: bytes, places: Places, *, uncomputed: bool) -> SheetSecrets | None:
    """The secrets of a sheet but for its formats; None when it is written in an unusual way."""
    closed, full = body.count(b"</c>"), body.count(b"</v></c>")
    empty: frozenset[Place] = frozenset()
    if closed != full:
        full += body.count(b"</is></c>")
    if closed != full or b"<v></v>" in body:
        found = _WITHOUT_VALUE.findall(body)
        full += sum(1 for *_, value in found if value != b"<v></v>")
        empty = frozenset(places[one[0]] for one in found if _is_uncalculated(*one[1:]))
    errors = _errors(body, places)
    if closed != full or errors is None or (not closed and b"<sheetData" not in body):
        return None
    if uncomputed:
        empty |= {places[reference] for reference in _ZERO.findall(body)}
    return SheetSecrets(
        errors,
        empty,
        hidden_rows=_hidden_rows(body),
        hidden_columns=_hidden_columns(body),
        links=_links(body, places),
    )


def _is_uncalculated(attributes: bytes, formula: bytes, value: bytes) -> bool:
    """Whether a cell without value lacks one; a formula may have come to an empty text."""
    return bool(formula) and not (value and b't="str"' in attributes)


def _errors(body: bytes, places: Places) -> dict[Place, str] | None:
    """The error cells; None when there are others than the usual expression finds."""
    if b"'e'" in body:
        return None
    said = body.count(b'"e"')
    found = _ERROR.findall(body) if said else []
    if said != len(found):
        return None
    return {places[reference]: code.decode("utf-8", "replace") for reference, code in found}


def _hidden_rows(body: bytes) -> tuple[range, ...]:
    if b' hidden="' not in body:
        return ()
    rows = (int(row) - 1 for row in _HIDDEN_ROW.findall(body))
    return tuple(range(row, row + 1) for row in rows)


def _hidden_columns(body: bytes) -> tuple[range, ...]:
    """The hidden columns; they stand before the cells."""
    head = body[: max(0, body.find(b"<sheetData"))]
    columns = (one for one in _COLUMN.findall(head) if _HIDDEN.search(one))
    spans = [dict(_COLUMN_PLACE.findall(one)) for one in columns]
    return tuple(
        range(int(span[b"min"]) - 1, int(span[b"max"])) for span in spans if len(span) == 2
    )


def _links(body: bytes, places: Places) -> tuple[Place, ...]:
    """The formulas that refer to another workbook."""
    if b"[" not in body:
        return ()
    return tuple(
        places[reference]
        for reference, formula in _BRACKETED.findall(body)
        if refers_outside(formula.decode("utf-8", "replace").replace("&apos;", "'"))
    )


def _formats(
    body: bytes, styles: Mapping[bytes, NumberFormat], places: Places
) -> tuple[dict[Place, float], dict[Place, NumberFormat]]:
    """Factors of cells whose format prints another number, and formats where it varies."""
    if not styles:
        return {}, {}
    few = len(styles) <= _FEW_STYLES
    wanted = b"|".join(styles) if few else rb"\d+"
    pattern = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})" s="(' + wanted + rb')"')
    found = pattern.findall(body)
    if not few:
        found = [(reference, style) for reference, style in found if style in styles]
    steady = {style: shown.factor for style, shown in styles.items() if shown.factor is not None}
    if len(steady) == len(styles):
        return {places[reference]: steady[style] for reference, style in found}, {}
    factors = {places[ref]: steady[style] for ref, style in found if style in steady}
    varying = {places[ref]: styles[style] for ref, style in found if style not in steady}
    return factors, varying
