"""Binary Excel workbooks (.xlsb), record by record."""

from __future__ import annotations

import struct
from datetime import date
from xml.sax.saxutils import quoteattr

from tests.writers.biff import ERRORS
from tests.writers.book import Book, Content, Formula, Page, Shown, Wrong
from tests.writers.package import RELATIONS, content_types, relations, zipped

_FIRST_FORMAT = 164
_NO_FORMULA = struct.pack("<HIBHI", 0, 3, 0x1E, 1, 0)  # flags, length, the number 1, no more


def workbook(book: Book) -> bytes:
    """A workbook as the bytes of an .xlsb file."""
    return zipped(parts(book))


def parts(book: Book) -> dict[str, bytes]:
    """The parts of a workbook by name, to be changed before they are packed."""
    targets = {f"rId{n}": f"worksheets/sheet{n}.bin" for n in range(1, len(book.pages) + 1)}
    made = {
        "[Content_Types].xml": content_types("bin", "/xl/workbook.bin", "sheet.binary.main"),
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/_rels/workbook.bin.rels": relations(
            {name: ("worksheet", target) for name, target in targets.items()}
            | {"rIdStyles": ("styles", "styles.bin")}
        ),
        "xl/workbook.bin": _globals(book),
        "xl/styles.bin": _styles(book),
    }
    for target, page in zip(targets.values(), book.pages, strict=True):
        made[f"xl/{target}"] = sheet(book, page)
    return made


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind in one or two bytes, its length in up to four, its body."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size >= 0x80:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _globals(book: Book) -> bytes:
    properties = struct.pack("<II", int(book.from_1904), 0) + _text("")
    sheets = b"".join(
        record(156, struct.pack("<II", int(page.hidden), n) + _text(f"rId{n}") + _text(page.name))
        for n, page in enumerate(book.pages, start=1)
    )
    return record(131) + record(153, properties) + record(143) + sheets + record(144) + record(132)


def _styles(book: Book) -> bytes:
    formats = book.formats()
    named = b"".join(
        record(44, struct.pack("<H", _FIRST_FORMAT + n) + _text(code))
        for n, code in enumerate(formats)
    )
    numbers = [0, *range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats))]
    styles = b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in numbers)
    return (
        record(278)
        + record(615, struct.pack("<I", len(formats)))
        + named
        + record(616)
        + record(617, struct.pack("<I", len(numbers)))
        + styles
        + record(618)
        + record(279)
    )


def sheet(book: Book, page: Page) -> bytes:
    """The part of one sheet."""
    size = struct.pack("<IIII", 0, max(0, len(page.rows) - 1), 0, max(0, page.width - 1))
    columns = b"".join(
        record(60, struct.pack("<IIIIH", column, column, 0, 0, 1))
        for column in sorted(page.hidden_columns)
    )
    rows = b"".join(_row(book, page, row) for row in range(len(page.rows)))
    merges = b"".join(
        record(176, struct.pack("<IIII", top, bottom, left, right))
        for top, left, bottom, right in page.merged
    )
    return b"".join(
        (
            record(129),
            record(148, size),
            record(390) + columns + record(391) if columns else b"",
            record(145) + rows + record(146),
            record(177, struct.pack("<I", len(page.merged))) + merges + record(178)
            if merges
            else b"",
            record(130),
        )
    )


def _row(book: Book, page: Page, row: int) -> bytes:
    is_hidden = 0x10 if row in page.hidden_rows else 0
    head = record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, is_hidden, 0, 0))
    return head + b"".join(
        _cell(book, column, content) for where, column, content in page.cells() if where == row
    )


def _cell(book: Book, column: int, content: Content) -> bytes:
    style = 0
    if isinstance(content, date):
        style, content = 1, book.serial(content)
    elif isinstance(content, Shown):
        style, content = 1 + book.formats().index(content.number_format), content.number
    head = struct.pack("<II", column, style)
    if isinstance(content, Formula):
        return _formula(head, content.value)
    if isinstance(content, bool):
        return record(4, head + bytes([content]))
    if isinstance(content, Wrong):
        return record(3, head + bytes([ERRORS[content.code]]))
    if isinstance(content, str):
        return record(6, head + _text(content))
    number = float(content or 0)
    if number.is_integer() and abs(number) < 1 << 29:
        return record(2, head + struct.pack("<i", int(number) << 2 | 2))
    return record(5, head + struct.pack("<d", number))


def _formula(head: bytes, value: float | str | bool | Wrong | None) -> bytes:
    if isinstance(value, bool):
        return record(10, head + bytes([value]) + _NO_FORMULA)
    if isinstance(value, Wrong):
        return record(11, head + bytes([ERRORS[value.code]]) + _NO_FORMULA)
    if isinstance(value, str) or value is None:
        return record(8, head + _text(value or "") + _NO_FORMULA)
    return record(9, head + struct.pack("<d", value) + _NO_FORMULA)


def external_link(parts_: dict[str, bytes], file: str) -> dict[str, bytes]:
    """The parts with a link to another workbook."""
    target = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x" '
    target += f'Target={quoteattr(file)} TargetMode="External"/></Relationships>'
    return parts_ | {
        "xl/externalLinks/externalLink1.bin": record(355) + record(588),
        "xl/externalLinks/_rels/externalLink1.bin.rels": target.encode(),
    }
