"""What calamine hides of an old workbook (.xls, BIFF5 and BIFF8): its records are walked through.

Every record counts here that holds an error, a number in a format that prints another number, or
a hidden row or column. What the format does not tell: where a formula refers to another workbook
(only that one does), and whether a formula was calculated, as each has some value; they count as
never calculated where all of the workbook are an empty text, which is what programs write
that do not calculate.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container.compound import read_stream
from smartfin.ingest.container.refusal import PartRefused, damaged
from smartfin.ingest.grid.hidden import KnownSecrets, Place, SheetSecrets
from smartfin.ingest.grid.number_format import NumberFormat, built_in, number_format

_STREAMS = ("Workbook", "Book")
_BEGIN, _END = 0x0809, 0x000A
_SHEET, _FORMAT, _STYLE, _EPOCH = 0x0085, 0x041E, 0x00E0, 0x0022
_LOCKED = 0x002F  # what follows is encrypted
_OTHER_BOOK, _OTHER_BOOK_5 = 0x01AE, 0x0017
_FORMULA, _BOOLEAN_OR_ERROR, _NUMBER, _PACKED, _PACKED_ROW = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_ROW, _COLUMNS = 0x0208, 0x007D
_BIFF8 = 0x0600
_HIDDEN_ROW = 0x20  # bit of the options of a row
_NO_NUMBER = 0xFFFF  # in place of a formula's number: a text, truth value, error or nothing
_ERROR_RESULT, _EMPTY_RESULT = 2, 3
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01  # in place of another workbook's name
_OWN_SHEETS = (2, 3, 4)  # first byte of such a name in BIFF5

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def read_xls_secrets(content: bytes) -> KnownSecrets:
    """What an .xls says beyond its values.

    Raises:
        PartRefused: The container is damaged, or behind a password.
    """
    stream = read_stream(content, _STREAMS)
    book = _Globals()
    for kind, body in _records(stream, 0):
        book.take(kind, body)
    sheets = {name: _walked(stream, start, book.styles) for name, start in book.sheets.items()}
    blank = all(sheet.formulas == len(sheet.empty) for sheet in sheets.values())
    return KnownSecrets(
        {name: sheet.secrets(uncalculated=blank) for name, sheet in sheets.items()},
        from_1904=book.from_1904,
        linked=book.linked,
    )


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record from a place to the end of its part.

    Raises:
        PartRefused: ``damaged``: no part begins there, or it does not end within the stream.
    """
    at, end, depth = start, len(stream) - 4, 0
    if at > end or stream[at : at + 2] != _BEGIN.to_bytes(2, "little"):
        raise damaged()
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4 + length
        if kind == _BEGIN:  # a chart may stand within a sheet
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:
            yield kind, stream[at - length : at]
    raise damaged()


@dataclass(slots=True)
class _Globals:
    """What the records about the whole workbook say."""

    version: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    styles: dict[int, NumberFormat] = field(default_factory=dict)
    from_1904: bool = False
    linked: bool = False
    _codes: dict[int, str] = field(default_factory=dict)
    _count: int = 0

    def take(self, kind: int, body: bytes) -> None:
        """Learns from one record; one that is too short says nothing."""
        try:
            self._take(kind, body)
        except (struct.error, IndexError):
            return

    def _take(self, kind: int, body: bytes) -> None:
        if kind == _BEGIN:
            (self.version,) = struct.unpack_from("<H", body)
        elif kind == _EPOCH:
            self.from_1904 = body[0] == 1
        elif kind == _SHEET:
            (start,) = struct.unpack_from("<I", body)
            if start == 0:  # where these records themselves begin
                raise damaged()
            self.sheets[self._text(body[6:], 1)] = start
        elif kind == _LOCKED:
            raise PartRefused(Finding(FindingCode.ENCRYPTED))
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            self._codes[number] = self._text(body[2:], 2 if self.version == _BIFF8 else 1)
        elif kind == _STYLE:
            self._take_style(*struct.unpack_from("<H", body, 2))
        elif kind == _OTHER_BOOK:
            self.linked |= struct.unpack_from("<H", body, 2)[0] not in (_OWN_BOOK, _ADD_IN)
        elif kind == _OTHER_BOOK_5 and self.version < _BIFF8:
            self.linked |= body[1] not in _OWN_SHEETS and b"." in body

    def _take_style(self, number: int) -> None:
        code = self._codes.get(number)
        shown = built_in(number) if code is None else number_format(code)
        if shown.factor != 1:
            self.styles[self._count] = shown
        self._count += 1

    def _text(self, body: bytes, width: int) -> str:
        """A text that begins with its length in some bytes."""
        length = int.from_bytes(body[:width], "little")
        if self.version < _BIFF8:
            return body[width : width + length].decode("latin-1")
        if body[width] & 1:
            return body[width + 1 : width + 1 + 2 * length].decode("utf-16-le", "replace")
        return body[width + 1 : width + 1 + length].decode("latin-1")


def _walked(stream: bytes, start: int, styles: dict[int, NumberFormat]) -> _Walk:
    walk = _Walk(styles)
    takes = {
        _FORMULA: walk.take_formula,
        _BOOLEAN_OR_ERROR: walk.take_error,
        _ROW: walk.take_row,
        _COLUMNS: walk.take_columns,
        _NUMBER: walk.take_number,
        _PACKED: walk.take_number,
        _PACKED_ROW: walk.take_numbers,
    }
    if not styles:  # then plain numbers hide nothing
        del takes[_NUMBER], takes[_PACKED], takes[_PACKED_ROW]
    for kind, body in _records(stream, start):
        take = takes.get(kind)
        if take is not None:
            try:
                take(body)
            except (struct.error, IndexError):
                continue  # calamine reports a record that is too short, or does without it
    return walk


@dataclass(slots=True)
class _Walk:
    """What the records of one sheet say."""

    styles: dict[int, NumberFormat]
    formulas: int = 0
    empty: list[Place] = field(default_factory=list)
    _errors: dict[Place, str] = field(default_factory=dict)
    _factors: dict[Place, float] = field(default_factory=dict)
    _varying: dict[Place, NumberFormat] = field(default_factory=dict)
    _rows: list[range] = field(default_factory=list)
    _columns: list[range] = field(default_factory=list)

    def take_formula(self, body: bytes) -> None:
        """A formula and its last value."""
        row, column, style, kind, _, code, mark = struct.unpack_from("<HHHBBB3xH", body)
        self.formulas += 1
        if mark != _NO_NUMBER:
            self._style((row, column), style)
        elif kind == _ERROR_RESULT:
            self._errors[row, column] = ERRORS.get(code, "#VALUE!")
        elif kind == _EMPTY_RESULT:
            self.empty.append((row, column))

    def take_error(self, body: bytes) -> None:
        """A truth value or an error."""
        row, column, code, is_error = struct.unpack_from("<HH2xBB", body)
        if is_error:
            self._errors[row, column] = ERRORS.get(code, "#VALUE!")

    def take_number(self, body: bytes) -> None:
        """A number, packed or not."""
        row, column, style = struct.unpack_from("<HHH", body)
        self._style((row, column), style)

    def take_numbers(self, body: bytes) -> None:
        """Packed numbers beside each other."""
        row, first = struct.unpack_from("<HH", body)
        for number in range((len(body) - 6) // 6):
            (style,) = struct.unpack_from("<H", body, 4 + 6 * number)
            self._style((row, first + number), style)

    def take_row(self, body: bytes) -> None:
        """The look of a row."""
        row, options = struct.unpack_from("<H10xH", body)
        if options & _HIDDEN_ROW:
            self._rows.append(range(row, row + 1))

    def take_columns(self, body: bytes) -> None:
        """The look of some columns."""
        first, last, options = struct.unpack_from("<HH4xH", body)
        if options & 1:
            self._columns.append(range(first, last + 1))

    def _style(self, place: Place, style: int) -> None:
        shown = self.styles.get(style)
        if shown is not None and shown.factor is not None:
            self._factors[place] = shown.factor
        elif shown is not None:
            self._varying[place] = shown

    def secrets(self, *, uncalculated: bool) -> SheetSecrets:
        """What was found; empty texts count as never calculated when said so."""
        return SheetSecrets(
            self._errors,
            frozenset(self.empty if uncalculated else ()),
            self._factors,
            self._varying,
            hidden_rows=tuple(self._rows),
            hidden_columns=tuple(self._columns),
        )
