"""Workbooks of today (.xlsx, .xlsb) whose container is sound and whose parts are not."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import partial

import xlsxwriter

from smartfin.findings import FindingCode
from tests.hostile import honest
from tests.hostile.nasty import Nasty, nasty
from tests.hostile.zips import SHEET, parts, with_parts, without
from tests.writers import ooxml, xlsb
from tests.writers.book import Book, Page
from tests.writers.package import zipped

BOOK_PART, TEXTS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)


def changed(name: str, old: bytes, new: bytes, count: int = 1) -> bytes:
    """The honest workbook with some bytes of one part replaced."""
    body = parts()[name]
    assert old in body, old
    return with_parts({name: body.replace(old, new, count)})


def declaration(encoding: str) -> str:
    """The first line of an XML part."""
    return f'<?xml version="1.0" encoding="{encoding}"?>'


def undeclared(name: str) -> str:
    """A part of the honest workbook without its first line."""
    return parts()[name].decode().removeprefix(declaration("utf-8"))


def with_bomb_in(name: str, encoding: str = "utf-8", filling: int = 0) -> bytes:
    """Entities that unfold into more entities, behind a comment of some length."""
    comment = f"<!--{'=' * filling}-->"
    text = f"{declaration(encoding)}{comment}{BOMB.decode()}{undeclared(name)}"
    return with_parts({name: text.encode(encoding)})


def with_row(row: str) -> bytes:
    """One more row in the first sheet."""
    return changed(SHEET, b"</sheetData>", row.encode() + b"</sheetData>")


def with_range(reference: str, row: str = "") -> bytes:
    """A used range, true or not."""
    body = parts()[SHEET].replace(b"<sheetData>", b"<sheetData>", 1)
    declared = f'<dimension ref="{reference}"/><sheetData>'.encode()
    body = body.replace(b"<sheetData>", declared, 1)
    return with_parts({SHEET: body.replace(b"</sheetData>", row.encode() + b"</sheetData>")})


def with_styles(count: int) -> bytes:
    """A megabyte of cell styles nobody uses."""
    many = b'<xf numFmtId="9" applyNumberFormat="1"/>' * count
    return changed(STYLES, b"</cellXfs>", many + b"</cellXfs>")


def with_merges(count: int) -> bytes:
    """Very many merges below the table."""
    merges = "".join(f'<mergeCell ref="B{n}:C{n}"/>' for n in range(100, 100 + count))
    wanted = f'</sheetData><mergeCells count="{count}">{merges}</mergeCells>'
    return changed(SHEET, b"</sheetData>", wanted.encode())


def with_sheets(count: int) -> bytes:
    """Very many sheets behind the honest ones."""
    more = tuple(Page(f"Foglio {n}", [[f"nota {n}"]]) for n in range(count))
    return ooxml.workbook(Book((*honest.BOOK.pages, *more)))


def in_encoding(name: str, encoding: str) -> bytes:
    """One part of the workbook in another encoding, as its declaration says."""
    return with_parts({name: (declaration(encoding) + undeclared(name)).encode(encoding)})


def cut(name: str, share: float) -> bytes:
    """A part that ends too early, in a sound container."""
    body = parts()[name]
    return with_parts({name: body[: int(len(body) * share)]})


def of_kind(kind: str) -> bytes:
    """A first sheet that the relations call a sheet of another kind."""
    return changed(RELATIONS, b'/worksheet"', f'/{kind}"'.encode())


def charts_only() -> bytes:
    """A chart on a sheet of its own, and no cells."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Dati!$A$1:$A$3"})
        book.add_chartsheet().set_chart(chart)
        book.add_worksheet("Dati")
    return target.getvalue()


def binary(change: Callable[[bytes], bytes], name: str = "xl/worksheets/sheet1.bin") -> bytes:
    """The honest binary workbook with one part changed."""
    made = xlsb.parts(honest.BOOK)
    return zipped({**made, name: change(made[name])})


def far_binary_cell() -> bytes:
    """A number in the outermost cell of a binary sheet."""
    row = xlsb.record(0, struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0))
    cell = xlsb.record(5, struct.pack("<IId", 16_383, 0, 1.0))
    end = xlsb.record(146)
    return binary(lambda body: body.replace(end, row + cell + end))


_DAMAGED, _HOSTILE, _LOST = FindingCode.DAMAGED, FindingCode.HOSTILE, FindingCode.SHEET_MISSING
_MANY, _NONE = FindingCode.TOO_MANY_CELLS, FindingCode.NO_STATEMENT
_UNKNOWN = FindingCode.UNMAPPED_AMOUNTS
_OUTERMOST = '<row r="1048576"><c r="XFD1048576"{}</c></row>'
_FAR, _FAR_STYLE = (
    _OUTERMOST.format("><v>1</v>"),
    '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
)
_WHOLE = "A1:XFD1048576"
_DEEP = "<x>" * 50_000
_WIDE = f'<row r="50" {"a" * 1_000_000}="1"></row>'

NASTY: tuple[Nasty, ...] = (
    *(
        nasty(f"entity bomb in {name}", partial(with_bomb_in, name), _HOSTILE)
        for name in (BOOK_PART, SHEET, TEXTS, STYLES, RELATIONS, "[Content_Types].xml")
    ),
    nasty("entity bomb in UTF-16", lambda: with_bomb_in(SHEET, "utf-16"), _HOSTILE),
    nasty("entity bomb far down", lambda: with_bomb_in(TEXTS, filling=200_000), _HOSTILE),
    nasty("a range said to be the whole sheet", lambda: with_range(_WHOLE)),
    nasty("the outermost cell is formatted", lambda: with_range(_WHOLE, _FAR_STYLE)),
    nasty("the outermost cell is blank", lambda: with_range(_WHOLE, _OUTERMOST.format("><v></v>"))),
    nasty("the outermost cell is filled", lambda: with_range(_WHOLE, _FAR), _MANY),
    nasty("the outermost cell is filled, unsaid", lambda: with_row(_FAR), _MANY),
    nasty("a small range said, a far cell", lambda: with_range("A1:I6", _FAR), _MANY, _HOSTILE),
    nasty("a megabyte of styles", lambda: with_styles(60_000)),
    nasty("50,000 merges", lambda: with_merges(50_000)),
    nasty(
        "a merge of the whole sheet",
        lambda: changed(
            SHEET,
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>',
        ),
    ),
    nasty("1,024 sheets", lambda: with_sheets(1024)),
    nasty("a sheet missing", lambda: without(SHEET), _LOST),
    nasty("a second sheet missing", lambda: without("xl/worksheets/sheet2.xml"), _LOST),
    nasty("a sheet without relation", lambda: changed(RELATIONS, b'"rId1"', b'"rId77"'), _LOST),
    nasty("no relations", lambda: without(RELATIONS), _LOST, _DAMAGED),
    nasty("no texts", lambda: without(TEXTS), _DAMAGED),
    nasty("no styles", lambda: without(STYLES), _DAMAGED),
    nasty("charts only", charts_only, _NONE),
    *(
        nasty(f"{name} in {encoding}", partial(in_encoding, name, encoding))
        for name in (SHEET, TEXTS, BOOK_PART, RELATIONS)
        for encoding in ("utf-16", "iso-8859-1")
    ),
    *(
        nasty(f"{name} ends at {share:.0%}", partial(cut, name, share), _DAMAGED, _LOST, _NONE)
        for name in (SHEET, TEXTS, BOOK_PART, RELATIONS)
        for share in (0.0, 0.3, 0.6, 0.9)
    ),
    nasty("elements nested deeply", lambda: with_row(_DEEP), _DAMAGED),
    nasty("an attribute name of a megabyte", lambda: with_row(_WIDE)),
    nasty(
        "a text of 10 MB",
        lambda: with_parts({TEXTS: parts()[TEXTS].replace(b"Volume", b"Volume" * 1_500_000, 1)}),
        _UNKNOWN,
    ),
    nasty("bytes that are no text", lambda: changed(TEXTS, b"Volume", b"V\xff\xfeume"), _DAMAGED),
    nasty("an attribute without value", lambda: changed(SHEET, b' r="A2"', b" r"), _DAMAGED),
    nasty("a zero byte", lambda: changed(TEXTS, b"Volume", b"V\x00lume"), _DAMAGED),
    nasty("a text that is not there", lambda: changed(SHEET, b"<v>0</v>", b"<v>99</v>"), _DAMAGED),
    nasty(
        "an address beyond the sheet",
        lambda: with_row('<row r="60"><c r="ZZZZ60"><v>1</v></c></row>'),
        _DAMAGED,
        _MANY,
        _HOSTILE,
    ),
    nasty(
        "an address of row nought",
        lambda: with_row('<row r="0"><c r="A0"><v>1</v></c></row>'),
        _DAMAGED,
    ),
    nasty(
        "an address of nothing",
        lambda: with_row('<row r="60"><c r="-"><v>1</v></c></row>'),
        _DAMAGED,
    ),
    nasty(
        "a row number beyond counting",
        lambda: with_row(f'<row r="{"9" * 30}"><c r="A{"9" * 30}"><v>1</v></c></row>'),
        _DAMAGED,
        _HOSTILE,
    ),
    nasty("a binary sheet cut off", lambda: binary(lambda body: body[: len(body) // 2]), _DAMAGED),
    nasty(
        "a binary record too long",
        lambda: binary(lambda body: xlsb.record(129) + b"\x06\xff\xff\xff\x7f" + body[3:]),
        _DAMAGED,
        _HOSTILE,
        _NONE,
    ),
    nasty(
        "a binary workbook cut off",
        lambda: binary(lambda body: body[:20], "xl/workbook.bin"),
        _DAMAGED,
        _NONE,
    ),
    nasty("a far binary cell", far_binary_cell, _MANY, _HOSTILE),
)
