"""Cells of real files, with what calamine hides: errors, empty formulas, formats, merges."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, address, read_cells


def written(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook of one sheet made with xlsxwriter, as ``fill(book, sheet)`` fills it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        fill(book, book.add_worksheet("S"))
    return target.getvalue()


def sheet_of(content: bytes) -> Sheet:
    return read_cells(content).sheets[0]


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.namelist():
            body = source.read(entry)
            copy.writestr(entry, change(body) if entry == name else body)
    return target.getvalue()


def test_addresses_count_like_a_spreadsheet() -> None:
    places = [(0, 0), (13, 2), (0, 25), (0, 26), (0, 701), (0, 702), (1048575, 16383)]
    names = ["A1", "C14", "Z1", "AA1", "ZZ1", "AAA1", "XFD1048576"]
    assert [address(*place) for place in places] == names


def test_values_keep_their_type_and_place() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(2, 1, "text")
        sheet.write(2, 2, 1.5)
        sheet.write(2, 3, 7)
        sheet.write_datetime(2, 4, date(2021, 3, 31), book.add_format({"num_format": "dd/mm/yy"}))
        sheet.write_boolean(2, 5, True)  # noqa: FBT003 - xlsxwriter takes it by position

    sheet = sheet_of(written(fill))
    found = [sheet.cell(2, column) for column in range(6)]
    assert found == [None, "text", 1.5, 7.0, date(2021, 3, 31), True]
    assert sheet.cell(99, 99) is None


def test_an_error_cell_keeps_its_error() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B3", "=NA()", None, "#N/A")
        sheet.write("A1", 1)

    sheet = sheet_of(written(fill))
    assert (sheet.cell(1, 1), sheet.cell(2, 1)) == (CellError("#DIV/0!"), CellError("#N/A"))


@pytest.mark.parametrize("cache", [b"", b"<v></v>", b"<v/>"])
def test_a_formula_without_value_was_never_calculated(cache: bytes) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1+2", None, 3)

    def empty(body: bytes) -> bytes:
        return body.replace(b"<v>3</v>", cache)

    sheet = sheet_of(rewritten(written(fill), "xl/worksheets/sheet1.xml", empty))
    assert (sheet.cell(0, 0), sheet.cell(1, 0)) == (2.0, NeverCalculated())


def test_formulas_all_zero_in_a_file_no_spreadsheet_has_calculated_are_not_zero() -> None:
    def never(_: Any, sheet: Any) -> None:
        sheet.write("A1", 5)
        sheet.write_formula("A2", "=A1*2")

    def calculated(_: Any, sheet: Any) -> None:
        never(_, sheet)
        sheet.write_formula("A3", "=A1*3", None, 15)

    assert sheet_of(written(never)).cell(1, 0) == NeverCalculated()
    assert sheet_of(written(calculated)).cell(1, 0) == 0.0


def test_a_shared_formula_without_value_is_seen() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1+2", None, 3)

    def share(body: bytes) -> bytes:
        return body.replace(b"<f>1+2</f><v>3</v>", b'<f t="shared" si="0"/>')

    sheet = sheet_of(rewritten(written(fill), "xl/worksheets/sheet1.xml", share))
    assert (sheet.cell(0, 0), sheet.cell(1, 0)) == (2.0, NeverCalculated())


def test_an_error_is_seen_in_unusual_xml() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")

    def spread(body: bytes) -> bytes:
        return body.replace(b't="e"', b"t = 'e'").replace(b"</c>", b"\n</c>\n")

    sheet = sheet_of(rewritten(written(fill), "xl/worksheets/sheet1.xml", spread))
    assert sheet.cell(1, 1) == CellError("#DIV/0!")


@pytest.mark.parametrize(
    ("number_format", "factor"),
    [("0%", 100.0), ("0.0%", 100.0), ("#,##0", 1.0), ("#,##0,", 0.001), ('#,##0,"k"', 0.001),
     ("#,##0.0,,", 1e-6), ('0.0 "%"', 1.0), ("dd/mm/yyyy", 1.0)],
)  # fmt: skip
def test_a_format_that_prints_another_number_is_known(number_format: str, factor: float) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("B2", 1234, book.add_format({"num_format": number_format}))

    factors = sheet_of(written(fill)).factors
    assert factors.get((1, 1), 1.0) == pytest.approx(factor)


def test_cells_under_a_merge_lead_to_the_one_with_the_text() -> None:
    sheet = sheet_of(written(lambda _, sheet: sheet.merge_range("B1:C2", "2021")))
    assert sheet.merged[1, 2] == (0, 1)


def test_hidden_sheets_and_properties_are_known() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", 1)
        book.add_worksheet("H").hide()
        book.set_properties({"title": "made up", "comments": "synthetic"})

    workbook = read_cells(written(fill))
    assert [sheet.hidden for sheet in workbook.sheets] == [False, True]
    assert "synthetic" in workbook.properties


def rows_of(content: bytes) -> list[list[Cell]]:
    return [list(row) for row in sheet_of(content).rows]


def test_an_open_document_is_read() -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>Omzet</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="12.5"/>'
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", body)
    assert rows_of(target.getvalue()) == [["Omzet", 12.5]]
