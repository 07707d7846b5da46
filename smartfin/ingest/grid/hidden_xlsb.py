"""What calamine hides of a binary workbook (.xlsb): its parts' records are walked through.

Beyond what it hides of other formats, calamine leaves whole numbers in a format of days as
numbers, and tells no merges. What the format does not tell: where a formula refers to another
workbook (only that one does), and whether a formula was calculated; as in .xls they count as never
calculated where all of the workbook are an empty text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smartfin.ingest.grid.hidden import KnownSecrets, Place, SheetSecrets, properties_of
from smartfin.ingest.grid.hidden_ooxml import relations_of
from smartfin.ingest.grid.hidden_xls import ERRORS
from smartfin.ingest.grid.number_format import NumberFormat, built_in, number_format, prints_days

_ROW, _PACKED, _ERROR, _REAL = 0, 2, 3, 5
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN, _FORMULA_ERROR = 8, 9, 10, 11
_FORMAT, _STYLE, _COLUMNS, _PROPERTIES, _SHEET, _MERGE = 44, 47, 60, 153, 156, 176
_BEGIN_STYLES, _END_STYLES = 617, 618
_HIDDEN_ROW = 0x10  # bit of the second byte of a row's options


def read_xlsb_secrets(parts: Mapping[str, bytes]) -> KnownSecrets:
    """What a package's parts (by lower-case name) say beyond the values."""
    targets = relations_of(parts.get("xl/_rels/workbook.bin.rels", b""))
    declared, from_1904 = _workbook(parts.get("xl/workbook.bin", b""))
    styles = _styles(parts.get("xl/styles.bin", b""))
    sheets: dict[str, _Walk] = {}
    missing: list[str] = []
    for name, relation in declared.items():
        body = parts.get(targets.get(relation, ""))
        if body is None:
            missing.append(name)
        else:
            sheets[name] = _walked(body, styles)
    blank = all(sheet.formulas == len(sheet.empty) for sheet in sheets.values())
    return KnownSecrets(
        {name: sheet.secrets(uncalculated=blank) for name, sheet in sheets.items()},
        properties_of(parts),
        tuple(missing),
        from_1904,
        linked=any(name.startswith("xl/externallinks/") for name in parts),
    )


def _records(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record; a part that is cut short ends early."""
    at, end = 0, len(body)
    while at < end - 1:
        kind = body[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | body[at] << 7
            at += 1
        length = shift = 0
        while at < end:
            byte = body[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        yield kind, body[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _workbook(body: bytes) -> tuple[dict[str, str], bool]:
    """The relation of each sheet by the sheet's name, and whether days count from 1904."""
    sheets: dict[str, str] = {}
    from_1904 = False
    for kind, record in _records(body):
        try:
            if kind == _PROPERTIES:
                from_1904 = bool(record[0] & 1)
            elif kind == _SHEET:
                relation, end = _text(record, 8)
                sheets[_text(record, end)[0]] = relation
        except (struct.error, IndexError):
            continue
    return sheets, from_1904


@dataclass(slots=True)
class _Styles:
    """Cell styles by number: those that print another number, and those that print days."""

    shown: dict[int, NumberFormat] = field(default_factory=dict)
    days: set[int] = field(default_factory=set)


def _styles(body: bytes) -> _Styles:
    styles = _Styles()
    codes: dict[int, str] = {}
    count = -1
    for kind, record in _records(body):
        if kind == _BEGIN_STYLES:
            count = 0
        elif kind == _END_STYLES:
            break
        elif kind == _FORMAT and len(record) >= 6:
            codes[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif kind == _STYLE and count >= 0 and len(record) >= 4:
            (number,) = struct.unpack_from("<H", record, 2)
            code = codes.get(number)
            shown = built_in(number) if code is None else number_format(code)
            if shown.factor != 1:
                styles.shown[count] = shown
            if prints_days(number, code or ""):
                styles.days.add(count)
            count += 1
    return styles


def _walked(body: bytes, styles: _Styles) -> _Walk:
    walk = _Walk(styles)
    for kind, record in _records(body):
        if kind <= _FORMULA_ERROR or kind in (_COLUMNS, _MERGE):
            try:
                walk.take(kind, record)
            except (struct.error, IndexError):
                continue
    return walk


@dataclass(slots=True)
class _Walk:
    """What the records of one sheet say."""

    styles: _Styles
    formulas: int = 0
    empty: list[Place] = field(default_factory=list)
    _row: int = 0
    _errors: dict[Place, str] = field(default_factory=dict)
    _factors: dict[Place, float] = field(default_factory=dict)
    _varying: dict[Place, NumberFormat] = field(default_factory=dict)
    _days: set[Place] = field(default_factory=set)
    _merged: list[tuple[Place, Place]] = field(default_factory=list)
    _rows: list[range] = field(default_factory=list)
    _columns: list[range] = field(default_factory=list)

    def take(self, kind: int, record: bytes) -> None:
        """Learns from one record."""
        if kind == _ROW:
            (self._row,) = struct.unpack_from("<I", record)
            if record[11] & _HIDDEN_ROW:
                self._rows.append(range(self._row, self._row + 1))
        elif kind == _COLUMNS:
            first, last, options = struct.unpack_from("<II8xH", record)
            if options & 1:
                self._columns.append(range(first, last + 1))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            self._merged.append(((top, left), (bottom, right)))
        else:
            self._take_cell(kind, record)

    def _take_cell(self, kind: int, record: bytes) -> None:
        column, style = struct.unpack_from("<II", record)
        place = (self._row, column)
        self.formulas += kind >= _FORMULA_TEXT
        if kind in (_ERROR, _FORMULA_ERROR):
            self._errors[place] = ERRORS.get(record[8], "#VALUE!")
        elif kind == _FORMULA_TEXT and record[8:12] == bytes(4):
            self.empty.append(place)
        elif kind in (_PACKED, _REAL, _FORMULA_NUMBER):
            self._take_number(place, style & 0xFFFFFF)

    def _take_number(self, place: Place, style: int) -> None:
        shown = self.styles.shown.get(style)
        if shown is not None and shown.factor is not None:
            self._factors[place] = shown.factor
        elif shown is not None:
            self._varying[place] = shown
        if style in self.styles.days:
            self._days.add(place)

    def secrets(self, *, uncalculated: bool) -> SheetSecrets:
        """What was found; empty texts count as never calculated when said so."""
        return SheetSecrets(
            self._errors,
            frozenset(self.empty if uncalculated else ()),
            self._factors,
            self._varying,
            frozenset(self._days),
            tuple(self._merged),
            tuple(self._rows),
            tuple(self._columns),
        )
