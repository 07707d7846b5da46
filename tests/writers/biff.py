"""Old Excel workbooks (.xls), record by record: BIFF5 (Excel 95) and BIFF8 (Excel 97 to 2003).

``workbook`` writes an honest one. ``record`` and the streams of a ``BookWriter`` are the pieces
from which a hostile one is made.
"""

from __future__ import annotations

import struct
from datetime import date

from tests.writers.book import Book, Content, Formula, Page, Shown, Wrong
from tests.writers.ole import compound

BIFF5, BIFF8 = 0x0500, 0x0600
ERRORS = {
    "#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42
}  # fmt: skip
_FIRST_FORMAT = 164  # number of the first format a book defines itself
_PLAIN_STYLES = 16  # a book begins with fifteen styles and one for cells
_ONE_PLUS_ONE = struct.pack("<BHBHB", 0x1E, 1, 0x1E, 1, 0x03)


def workbook(book: Book, version: int = BIFF8, codepage: int = 1252, linked: str = "") -> bytes:
    """A workbook as the bytes of an .xls file.

    Args:
        book: What it holds.
        version: ``BIFF5`` or ``BIFF8``.
        codepage: Of the texts of BIFF5.
        linked: File name of another workbook that formulas refer to.
    """
    writer = BookWriter(book, version, codepage, linked)
    stream = writer.stream()
    return compound({"Workbook" if version == BIFF8 else "Book": stream})


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind, its length, its body."""
    return struct.pack("<HH", kind, len(body)) + body


class BookWriter:
    """Writes the stream of one workbook.

    Args:
        book: What it holds.
        version: ``BIFF5`` or ``BIFF8``.
        codepage: Of the texts of BIFF5.
        linked: File name of another workbook that formulas refer to.
    """

    def __init__(
        self, book: Book, version: int = BIFF8, codepage: int = 1252, linked: str = ""
    ) -> None:
        self._book = book
        self._version = version
        self._encoding = f"cp{codepage}"
        self._codepage = 1200 if version == BIFF8 else codepage
        self._linked = linked
        self._formats = book.formats()
        self._texts: dict[str, int] = {}

    def stream(self) -> bytes:
        """Globals and sheets, with the place of each sheet."""
        sheets = [self.sheet_stream(page) for page in self._book.pages]
        places = [0] * len(sheets)
        start = len(self.globals_stream(places))
        for number, sheet in enumerate(sheets):
            places[number] = start
            start += len(sheet)
        return self.globals_stream(places) + b"".join(sheets)

    def globals_stream(self, places: list[int]) -> bytes:
        """The records about the whole workbook; ``places`` says where each sheet begins."""
        parts = [
            self._begin(5),
            record(0x0042, struct.pack("<H", self._codepage)),
            record(0x0022, struct.pack("<H", int(self._book.from_1904))),
            *[self._font() for _ in range(4)],
            *[self._format(number, code) for number, code in enumerate(self._formats)],
            *[self._style(0, number < _PLAIN_STYLES - 1) for number in range(_PLAIN_STYLES)],
            *[self._style(_FIRST_FORMAT + number) for number in range(len(self._formats))],
            *[
                self._sheet_entry(page, place)
                for page, place in zip(self._book.pages, places, strict=True)
            ],
            self._links(),
            self._shared_texts(),
            record(0x000A),
        ]
        return b"".join(parts)

    def sheet_stream(self, page: Page) -> bytes:
        """The records of one sheet."""
        size = struct.pack("<IIHHH", 0, len(page.rows), 0, page.width, 0)
        if self._version == BIFF5:
            size = struct.pack("<HHHHH", 0, len(page.rows), 0, page.width, 0)
        parts = [self._begin(0x10)]
        parts += [
            record(0x007D, struct.pack("<HHHHHH", column, column, 0, 15, 1, 0))
            for column in sorted(page.hidden_columns)
        ]
        parts.append(record(0x0200, size))
        parts += [
            record(0x0208, struct.pack("<HHHHHHI", row, 0, page.width, 0, 0, 0, 0x01000120))
            for row in sorted(page.hidden_rows)
        ]
        parts += [self._cell(*cell) for cell in page.cells()]
        if page.merged and self._version == BIFF8:
            corners = b"".join(
                struct.pack("<HHHH", top, bottom, left, right)
                for top, left, bottom, right in page.merged
            )
            parts.append(record(0x00E5, struct.pack("<H", len(page.merged)) + corners))
        return b"".join(parts) + record(0x000A)

    def _begin(self, kind: int) -> bytes:
        body = struct.pack("<HHHH", self._version, kind, 0x0DBB, 0x07CC)
        return record(0x0809, body + (struct.pack("<II", 0, 6) if self._version == BIFF8 else b""))

    def _font(self) -> bytes:
        body = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
        return record(0x0031, body + self._short("Arial"))

    def _format(self, number: int, code: str) -> bytes:
        body = struct.pack("<H", _FIRST_FORMAT + number)
        return record(0x041E, body + (self._long(code) if self._is_new else self._short(code)))

    def _style(self, number_format: int, is_base: bool = False) -> bytes:
        head = struct.pack("<HHH", 0, number_format, 0xFFF5 if is_base else 1)
        return record(0x00E0, head + bytes(14 if self._is_new else 10))

    def _sheet_entry(self, page: Page, place: int) -> bytes:
        head = struct.pack("<IBB", place, int(page.hidden), 0)
        return record(0x0085, head + self._short(page.name))

    def _links(self) -> bytes:
        """The other workbook that formulas refer to, and the reference they use."""
        if not self._linked:
            return b""
        name = b"\x01" + self._linked.encode("latin-1")
        if not self._is_new:
            return record(0x0016, struct.pack("<H", 1)) + record(
                0x0017, struct.pack("<B", len(name)) + name
            )
        supporting = struct.pack("<HHB", 1, len(name), 0) + name + self._long("Sheet1")
        return record(0x01AE, supporting) + record(0x0017, struct.pack("<HHHH", 1, 0, 0, 0))

    @property
    def _is_new(self) -> bool:
        return self._version == BIFF8

    # --- texts

    def _short(self, text: str) -> bytes:
        """A text with its length in one byte."""
        if not self._is_new:
            body = text.encode(self._encoding)
            return struct.pack("<B", len(body)) + body
        return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")

    def _long(self, text: str) -> bytes:
        """A text with its length in two bytes."""
        if not self._is_new:
            body = text.encode(self._encoding)
            return struct.pack("<H", len(body)) + body
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    def _shared_texts(self) -> bytes:
        """The table of texts of BIFF8; too long for one record, a text begins the next."""
        if not self._is_new:
            return b""
        pieces = [struct.pack("<II", len(self._texts), len(self._texts))]
        for text in self._texts:
            body = self._long(text)
            if len(pieces[-1]) + len(body) > 8224:
                pieces.append(b"")
            pieces[-1] += body
        return record(0x00FC, pieces[0]) + b"".join(record(0x003C, piece) for piece in pieces[1:])

    # --- cells

    def _cell(self, row: int, column: int, content: Content) -> bytes:
        place = struct.pack("<HH", row, column)
        style = struct.pack("<H", self._style_of(content))
        if isinstance(content, Formula):
            return self._formula(place + style, content)
        if isinstance(content, bool):
            return record(0x0205, place + style + struct.pack("<BB", content, 0))
        if isinstance(content, Wrong):
            return record(0x0205, place + style + struct.pack("<BB", ERRORS[content.code], 1))
        if isinstance(content, str):
            return self._label(place + style, content)
        number = self._number(content)
        if number.is_integer() and abs(number) < 1 << 29:
            packed = struct.pack("<i", int(number) << 2 | 2)
            return record(0x027E, place + style + packed)
        return record(0x0203, place + style + struct.pack("<d", number))

    def _number(self, content: Content) -> float:
        if isinstance(content, date):
            return self._book.serial(content)
        if isinstance(content, Shown):
            return float(content.number)
        assert isinstance(content, int | float)
        return float(content)

    def _style_of(self, content: Content) -> int:
        if isinstance(content, date):
            return _PLAIN_STYLES
        if isinstance(content, Shown):
            return _PLAIN_STYLES + self._formats.index(content.number_format)
        return _PLAIN_STYLES - 1

    def _label(self, head: bytes, text: str) -> bytes:
        if not self._is_new:
            return record(0x0204, head + self._long(text))
        number = self._texts.setdefault(text, len(self._texts))
        return record(0x00FD, head + struct.pack("<I", number))

    def _formula(self, head: bytes, formula: Formula) -> bytes:
        value, after = formula.value, b""
        if value is None or value == "":  # a program that does not calculate leaves an empty text
            result = struct.pack("<B5xH", 3, 0xFFFF)
        elif isinstance(value, bool):
            result = struct.pack("<BBB3xH", 1, 0, value, 0xFFFF)
        elif isinstance(value, Wrong):
            result = struct.pack("<BBB3xH", 2, 0, ERRORS[value.code], 0xFFFF)
        elif isinstance(value, str):
            result, after = struct.pack("<B5xH", 0, 0xFFFF), record(0x0207, self._long(value))
        else:
            result = struct.pack("<d", value)
        tail = struct.pack("<HIH", 0, 0, len(_ONE_PLUS_ONE)) + _ONE_PLUS_ONE
        return record(0x0006, head + result + tail) + after
