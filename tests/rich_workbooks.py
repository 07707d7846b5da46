"""Workbooks with everything Excel has that a mere reader of cells would lose."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

SHEET = "GuV & Plan's"
LABELS = {
    "fee_revenue": "Fee revenue",
    "membership_fees": "Membership fees",
    "staff_costs": "Staff costs",
    "it_costs": "IT costs",
}
QUARTERS = ("Q1 2021", "Q2 2021", "Q3 2021", "Q4 2021")
_TRANSITIONAL = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"officeDocument/relationships",
    ),
    (b"http://schemas.openxmlformats.org/drawingml/2006/", b"drawingml/"),
)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a container by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A container of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return written.getvalue()


def rich_workbook(*, macros: bool = False) -> bytes:
    """A quarterly statement amid charts, pictures, comments, controls and the like."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    second = book.add_worksheet("Notes")
    book.add_chartsheet("Chart").set_chart(_chart(book))
    _write_statement(book, sheet)
    _decorate(book, sheet)
    second.write_comment("A1", "Please read", {"author": "Anna"})
    second.write("A1", "Only words here")
    book.define_name("Revenue", f"='{SHEET.replace(chr(39), chr(39) * 2)}'!$B$5:$E$5")
    if macros:
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 no real project"), is_stream=True)
    book.close()
    return written.getvalue()


def _write_statement(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    money = book.add_format({"num_format": "#,##0.00 [$€-1]", "border": 1})
    heading = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "white"})
    tinted = book.add_format({"num_format": "#,##0", "bg_color": "#E2EFDA"})
    sheet.merge_range("A1:E1", "Profit and loss in EUR", heading)
    for column, quarter in enumerate(QUARTERS, start=1):
        sheet.write(3, column, quarter, heading)
    for row, label in enumerate(LABELS.values(), start=4):
        sheet.write(row, 0, label)
        for column in range(1, 5):
            look = tinted if row == 5 else money
            sheet.write_number(row, column, 1000.0 * row + 10 * column, look)
    for column, letter in enumerate("BCDE", start=1):
        total = sum(1000.0 * row + 10 * column for row in (4, 5))
        sheet.write_formula(9, column, f"=SUM({letter}5:{letter}6)", money, total)
    sheet.write_array_formula("G5:G6", "{=B5:B6*2}", money, 8020.0)


def _decorate(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.insert_chart("H2", _chart(book))
    sheet.insert_image("H20", "dot.png", {"image_data": io.BytesIO(_png())})
    sheet.insert_button("H30", {"caption": "Refresh"})
    sheet.write_comment("B6", "Seen by the auditor\nin March", {"author": "Anna"})
    sheet.write_comment("C7", "Check <this> & that", {"author": "Bert"})
    sheet.conditional_format("B5:E8", {"type": "data_bar"})
    sheet.data_validation("B5:E8", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.write_url("A20", "https://example.org/")
    sheet.add_table("J1:K3", {"columns": [{"header": "Key"}, {"header": "Value"}]})
    sheet.add_sparkline("F5", {"range": "B5:E5"})
    sheet.freeze_panes(4, 1)
    sheet.set_header("&C&G", {"image_center": "dot.png", "image_data_center": io.BytesIO(_png())})
    sheet.protect("", {"objects": True})
    sheet.print_area("A1:E20")


def _chart(book: xlsxwriter.Workbook) -> xlsxwriter.chart.Chart:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [SHEET, 4, 1, 4, 4]})
    return chart


def _png() -> bytes:
    """One red dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    dot = chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + head + dot + chunk(b"IEND", b"")


def strict_workbook() -> bytes:
    """The same in ISO-Strict markup."""
    parts = parts_of(rich_workbook())
    for name in parts:
        if name.endswith((".xml", ".rels")):
            for old, new in _TRANSITIONAL:
                parts[name] = parts[name].replace(old, b"http://purl.oclc.org/ooxml/" + new)
    return packed(parts)


def prefixed_workbook() -> bytes:
    """A small workbook with a prefix before every name, no addresses of cells, in UTF-16."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(
        f"<x:row>{''.join(_prefixed_cell(value) for value in row)}</x:row>" for row in _table()
    )
    parts = parts_of(rich_workbook())
    kept = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml")
    written = {name: parts[name] for name in kept}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    written["[Content_Types].xml"] = (
        f'<t:Types xmlns:t="{package}/content-types">'
        '<t:Default Extension="xml" ContentType="application/xml"/><t:Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relations+xml"/>'
        f'<t:Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<t:Override PartName="/xl/sheets/one.xml" ContentType="{types}.worksheet+xml"/>'
        "</t:Types>"
    ).encode()
    written["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="a"'
        f' Type="{office}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'
    ).encode()
    written["xl/workbook.xml"] = (
        f'<x:workbook xmlns:x="{main}" xmlns:rel="{office}"><x:sheets>'
        '<x:sheet name="One" sheetId="7" rel:id="q"/></x:sheets></x:workbook>'
    ).encode()
    written["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="q"'
        f' Type="{office}/worksheet" Target="/xl/sheets/one.xml"/></Relationships>'
    ).encode()
    written["xl/sheets/one.xml"] = (
        '<?xml version="1.0" encoding="UTF-16"?>'
        f'<x:worksheet xmlns:x="{main}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    ).encode("utf-16")
    return packed({name: body for name, body in written.items() if "docProps" not in name})


def _table() -> list[list[object]]:
    rows = [[label, *(100 * n + k for k in range(4))] for n, label in enumerate(LABELS.values(), 1)]
    return [["EUR", *QUARTERS], *rows]


def _prefixed_cell(value: object) -> str:
    if isinstance(value, str):
        return f'<x:c t="inlineStr"><x:is><x:t>{value}</x:t></x:is></x:c>'
    return f"<x:c><x:v>{value}</x:v></x:c>"


def with_conversation(content: bytes, sheet: int, cell: str) -> bytes:
    """A workbook with a threaded comment in a cell that has a plain one."""
    parts = parts_of(content)
    name = f"xl/worksheets/_rels/sheet{sheet}.xml.rels"
    kind = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relation = b'<Relationship Id="rIdT" Type="%s" Target="../threadedComments/t.xml"/>' % kind
    parts[name] = parts[name].replace(b"</Relationships>", relation + b"</Relationships>")
    namespace = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts["xl/threadedComments/t.xml"] = (
        f'<ThreadedComments xmlns="{namespace}"><threadedComment ref="{cell}"'
        ' id="{0}"><text>hello</text></threadedComment></ThreadedComments>'
    ).encode()
    override = (
        b'<Override PartName="/xl/threadedComments/t.xml"'
        b' ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>'
    )
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override)
    return packed(parts)
