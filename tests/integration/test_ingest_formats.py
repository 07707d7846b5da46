"""One workbook in every format that is read: the same cells at the same addresses."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from python_calamine import CalamineError

from smartfin.findings import FindingCode
from smartfin.ingest.container.refusal import PartRefused
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook, read_cells
from tests.writers import biff, ods, ole, ooxml, text, xlsb
from tests.writers.book import Book, Content, Formula, Page, Shown, Wrong
from tests.writers.ooxml import Dialect
from tests.writers.package import zipped
from tests.writers.text import TextDialect

STATEMENT = Page(
    "Résultat & co",
    [
        [],
        [None, "Œuvres sociales (kEUR)", None, "T1 2022", "T2 2022", "Été"],
        [None, "Chiffre d’affaires", None, 1234.0, -1234567.25, 0.0],
        [None, "Größe\nzwei", None, Shown(0.085, "0.0%"), Shown(5000.0, "#,##0,"), 1e-7],
        [None, "faux", None, Wrong("#DIV/0!"), Formula("NA()", Wrong("#N/A")), Wrong("#REF!")],
        [None, "total", None, Formula("1+1", 2.5), Formula("T(A1)", "texte"), True],
        [],
        [None, "le", None, date(2021, 3, 31), date(2022, 12, 31), Shown(2022.0, "yyyy")],
        [None, "long " * 60, None, Shown(-0.5, "0.0%;-0.0%"), Shown(0.5, "hh:mm"), 7.0],
    ],
    hidden_rows=frozenset({2, 5}),
    hidden_columns=frozenset({4}),
    merged=((1, 1, 1, 2),),
)
BOOK = Book((STATEMENT, Page("Caché", [["x", 1.0]], hidden=True)))
CELLS: dict[tuple[int, int], Cell] = {
    (1, 1): "Œuvres sociales (kEUR)",
    (1, 5): "Été",
    (2, 1): "Chiffre d’affaires",
    (2, 3): 1234.0,
    (2, 4): -1234567.25,
    (2, 5): 0.0,
    (3, 1): "Größe\nzwei",
    (3, 3): 0.085,
    (3, 4): 5000.0,
    (3, 5): 1e-7,
    (4, 3): CellError("#DIV/0!"),
    (4, 4): CellError("#N/A"),
    (4, 5): CellError("#REF!"),
    (5, 3): 2.5,
    (5, 4): "texte",
    (5, 5): True,
    (7, 3): date(2021, 3, 31),
    (7, 4): date(2022, 12, 31),
    (8, 3): -0.5,
    (8, 4): 0.5,
    (8, 5): 7.0,
}


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a workbook.

    Args:
        write: Makes its bytes.
        from_1904: Whether days are counted from 1904.
        merges: Whether the format knows merged cells.
        years_stay: Whether a year number in a format of days stays a number.
    """

    write: Callable[[Book], bytes]
    from_1904: bool = False
    merges: bool = True
    years_stay: bool = False

    def read(self, book: Book) -> Workbook:
        return read_cells(self.write(replace(book, from_1904=self.from_1904)))

    def sheet(self, book: Book = BOOK) -> Sheet:
        return self.read(book).sheets[0]


def dialect(**how: object) -> Callable[[Book], bytes]:
    return lambda book: ooxml.workbook(book, Dialect(**how))  # type: ignore[arg-type]


FORMATS = {
    "xlsx": Format(ooxml.workbook),
    "xlsx-1904": Format(ooxml.workbook, from_1904=True),
    "xlsx-strict": Format(dialect(strict=True)),
    "xlsx-strict-1904": Format(dialect(strict=True), from_1904=True),
    "xlsx-inline": Format(dialect(inline=True)),
    "xlsx-prefixed": Format(dialect(prefix="x:")),
    "xlsx-utf-16": Format(dialect(encoding="utf-16")),
    "xlsx-latin": Format(dialect(encoding="cp1252")),
    "xlsx-backslashes": Format(dialect(named=lambda name: name.replace("/", "\\"))),
    "xlsx-capitals": Format(dialect(named=str.upper)),
    "xlsx-rooted": Format(dialect(named=lambda name: f"/{name}")),
    "xlsm": Format(dialect(macros=True)),
    "xls-5": Format(lambda book: biff.workbook(book, biff.BIFF5), merges=False),
    "xls-5-1904": Format(
        lambda book: biff.workbook(book, biff.BIFF5), from_1904=True, merges=False
    ),
    "xls-8": Format(biff.workbook),
    "xls-8-1904": Format(biff.workbook, from_1904=True),
    "xlsb": Format(xlsb.workbook),
    "xlsb-1904": Format(xlsb.workbook, from_1904=True),
    "ods": Format(ods.workbook, years_stay=True),
}


@pytest.fixture(params=list(FORMATS))
def written(request: pytest.FixtureRequest) -> Format:
    return FORMATS[request.param]


def test_values_stand_at_their_addresses(written: Format) -> None:
    sheet = written.sheet()
    assert sheet.name == "Résultat & co"
    assert {place: sheet.cell(*place) for place in CELLS} == CELLS
    filled = {(row, column) for row, column, _ in STATEMENT.cells()}
    found = {(r, c) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row) if cell}
    assert found <= filled


def test_a_year_number_in_a_format_of_days_is_the_same_in_any_epoch(written: Format) -> None:
    meant = 2022.0 if written.years_stay else date(1905, 7, 14)
    assert written.sheet().cell(7, 5) == meant


def test_formats_that_print_another_number_are_known(written: Format) -> None:
    factors = written.sheet().factors
    assert factors == {(3, 3): 100.0, (3, 4): pytest.approx(0.001), (8, 3): 100.0}


def test_merged_cells_lead_to_the_one_with_the_text(written: Format) -> None:
    assert written.sheet().merged.get((1, 2)) == ((1, 1) if written.merges else None)


def test_hidden_sheets_rows_and_columns_are_known(written: Format) -> None:
    rows, columns = STATEMENT.hidden_rows, STATEMENT.hidden_columns
    sheets = written.read(BOOK).sheets
    assert [sheet.hidden for sheet in sheets] == [False, True]
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns) == (rows, columns)
    turned = sheets[0].turned()
    assert (turned.hidden_rows, turned.hidden_columns) == (columns, rows)


def test_formulas_of_a_program_that_does_not_calculate_are_no_zeros(written: Format) -> None:
    rows: list[list[Content]] = [["a", 5.0], ["b", Formula("B1*2")], ["c", Formula("B1*3")]]
    sheet = written.sheet(Book((Page("S", rows),)))
    assert sheet.cell(0, 1) == 5.0
    assert (sheet.cell(1, 1), sheet.cell(2, 1)) == (NeverCalculated(), NeverCalculated())


def test_a_formula_that_gives_an_empty_text_was_calculated(written: Format) -> None:
    rows: list[list[Content]] = [["a", Formula('IF(A1="","",1)', "")], ["b", Formula("1+1", 2.0)]]
    sheet = written.sheet(Book((Page("S", rows),)))
    assert (sheet.cell(0, 1), sheet.cell(1, 1)) == (None, 2.0)


# --- what the format alone can tell


@pytest.mark.parametrize("writer", [ooxml, xlsb])
def test_a_sheet_without_its_part_is_named_and_the_others_are_read(writer: object) -> None:
    book = Book((Page("A", [["x", 1.0]]), Page("B", [["y", 2.0]])))
    parts = writer.parts(book)  # type: ignore[attr-defined]
    del parts[next(name for name in parts if "sheet2" in name)]
    workbook = read_cells(zipped(parts))
    assert workbook.missing == ("B",)
    assert [sheet.name for sheet in workbook.sheets] == ["A"]


def test_a_sheet_without_relation_is_named() -> None:
    book = Book((Page("A", [["x", 1.0]]), Page("B", [["y", 2.0]])))
    parts = ooxml.parts(book)
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b'"rId2"', b'"rId9"')
    with pytest.raises(PartRefused) as caught:
        read_cells(zipped(parts))
    assert caught.value.finding.code is FindingCode.SHEET_MISSING
    assert caught.value.finding.facts == {"sheet": "B"}


LINKED: list[list[Content]] = [
    ["a", Formula("SUM(Table1[2021])+'My sheet'!A1", 1.0)],
    ["b", Formula("[1]Sheet1!A1*2", 2.0)],
    ["c", Formula("'[1]My sheet'!A1", 3.0)],
]


@pytest.mark.parametrize("name", ["xlsx", "xlsx-prefixed", "xlsx-inline"])
def test_formulas_that_refer_to_another_workbook_are_known_by_their_cell(name: str) -> None:
    workbook = FORMATS[name].read(Book((Page("S", LINKED),)))
    assert workbook.external_links == (("S", "B2"), ("S", "B3"))


def test_an_open_document_that_refers_to_another_file_is_known_by_the_cell() -> None:
    rows: list[list[Content]] = [["a", Formula("['file:///C:/budget.ods'#$S.A1]", 1.0)]]
    assert read_cells(ods.workbook(Book((Page("S", rows),)))).external_links == (("S", "B1"),)


@pytest.mark.parametrize("version", [biff.BIFF5, biff.BIFF8])
def test_an_old_workbook_tells_that_it_refers_to_another_but_not_where(version: int) -> None:
    alone = read_cells(biff.workbook(BOOK, version))
    linked = read_cells(biff.workbook(BOOK, version, linked="C:\\budget.xls"))
    assert (alone.external_links, linked.external_links) == ((), (("", ""),))


def test_a_binary_workbook_tells_that_it_refers_to_another_but_not_where() -> None:
    parts = xlsb.parts(BOOK)
    linked = read_cells(zipped(xlsb.external_link(parts, "budget.xlsx")))
    assert (read_cells(zipped(parts)).external_links, linked.external_links) == ((), (("", ""),))


def test_hungarian_texts_of_an_old_workbook_are_read_in_their_code_page() -> None:
    book = Book((Page("Működés", [["Költség ősszel", 1.0]]),))
    sheet = read_cells(biff.workbook(book, biff.BIFF5, codepage=1250)).sheets[0]
    assert (sheet.name, sheet.cell(0, 0)) == ("Működés", "Költség ősszel")


@pytest.mark.parametrize(
    ("parts", "name", "row_end"),
    [
        (ooxml.parts(BOOK), "xl/worksheets/sheet1.xml", b"</row>"),
        (ooxml.parts(BOOK, Dialect(prefix="x:")), "xl/worksheets/sheet1.xml", b"</x:row>"),
        (ods.parts(BOOK), "content.xml", b"</table:table-row>"),
    ],
    ids=["xlsx", "xlsx-prefixed", "ods"],
)
def test_xml_that_ends_between_two_rows_is_not_half_read(
    parts: dict[str, bytes], name: str, row_end: bytes
) -> None:
    cut = {**parts, name: parts[name][: parts[name].rindex(row_end) + len(row_end)]}
    with pytest.raises((PartRefused, CalamineError)):
        read_cells(zipped(cut))


SHARED = (
    b'<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>4</v></c></row>'
    b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c>'
    b'<c r="B2"><f t="array" ref="B2:B3">C2:C3*2</f><v>8</v></c></row>'
    b'<row r="3"><c r="A3" t="e"><f t="shared" si="0"/><v>#N/A</v></c><c r="B3"><v>9</v></c>'
    b'<c r="C3" s="0"/><c r="D3"><f t="shared" si="0"/></c></row>'
)


@pytest.mark.parametrize("spread", [False, True])
def test_shared_and_array_formulas_keep_their_values(spread: bool) -> None:
    parts = ooxml.parts(Book((Page("S", []),)))
    cells = SHARED.replace(b"</c>", b"\n</c>\n") if spread else SHARED
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<sheetData>", b"<sheetData>" + cells)
    sheet = read_cells(zipped(parts)).sheets[0]
    assert [sheet.cell(row, 0) for row in range(3)] == [4.0, 6.0, CellError("#N/A")]
    assert [sheet.cell(row, 1) for row in range(3)] == [None, 8.0, 9.0]
    assert (sheet.cell(2, 2), sheet.cell(2, 3)) == (None, NeverCalculated())


def test_packed_numbers_of_an_old_workbook_keep_their_format() -> None:
    """MULRK: numbers beside each other in one record, here hundredths as whole numbers."""
    book = Book((Page("S", [[Shown(0.085, "0.0%"), Shown(0.09, "0.0%")]]),))
    whole = biff.BookWriter(book).stream()
    style = 17
    packed = [round(number * 10_000) << 2 | 3 for number in (0.085, 0.09)]  # integers over 100
    numbers = b"".join(struct.pack("<Hi", style, number) for number in packed)
    both = biff.record(0x00BD, struct.pack("<HH", 0, 0) + numbers + struct.pack("<H", 1))
    first = whole.index(biff.record(0x0203)[:2] + struct.pack("<H", 14))
    stream = whole[:first] + both + whole[first + 36 :]
    sheet = read_cells(ole.compound({"Workbook": stream})).sheets[0]
    assert sheet.rows == ((8.5, 9.0),)
    assert sheet.factors == {(0, 0): 100.0, (0, 1): 100.0}


def test_open_documents_inherit_formats_and_repeat_cells_and_rows() -> None:
    parts = ods.parts(Book((Page("S", [[Shown(1000.0, "#,##0,")]]),)))
    number = 'office:value-type="float" office:value="5000"'
    rows = (
        '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell {number}/>'
        f"<table:table-cell {number}/></table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="percentage" office:value="0.5"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573" table:visibility="collapse">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = parts["content.xml"].decode()
    start = content.index("<table:table-column")
    parts["content.xml"] = (
        content[:start] + rows + content[content.index("</table:table>") :]
    ).encode()
    sheet = read_cells(zipped(parts)).sheets[0]
    assert sheet.rows[:3] == ((5000.0, 5000.0), (5000.0, 5000.0), (0.5, 0.5))
    thousands = pytest.approx(0.001)
    assert sheet.factors == {(0, 1): thousands, (1, 1): thousands, (2, 0): 100.0, (2, 1): 100.0}


def test_an_open_document_that_repeats_a_percentage_without_end_is_refused() -> None:
    parts = ods.parts(Book((Page("S", [[Shown(0.5, "0%")]]),)))
    many = b'<table:table-cell table:number-columns-repeated="999999999"'
    parts["content.xml"] = parts["content.xml"].replace(b"<table:table-cell", many)
    with pytest.raises(PartRefused) as caught:
        read_cells(zipped(parts))
    assert caught.value.finding.code is FindingCode.TOO_MANY_CELLS


# --- tables saved as text

TEXT_BOOK = Book(
    (
        Page(
            "any",
            [
                ["Bilan de l’été", None, None],
                [],
                ["kEUR", "T1 2022", "T2 2022"],
                ["Ventes; nettes", 1234.5, -9.0],
                ["Coûts\nfixes", 100.25, 2000.0],
                ["taux", Shown(0.085, "0.0%"), Wrong("#DIV/0!")],
                ["à \"part\"", None, 3.5],
            ],
        ),
    )
)  # fmt: skip

TEXTS = {
    "csv": TextDialect(),
    "csv-marked": TextDialect(encoding="utf-8-sig"),
    "csv-utf-16": TextDialect(encoding="utf-16"),
    "csv-cp1252": TextDialect(encoding="cp1252"),
    "csv-english": TextDialect(",", "."),
    "csv-quoted": TextDialect(",", ",", quoted=True),
    "csv-unix": TextDialect(line_end="\n"),
    "csv-said": TextDialect(begin="sep=;\r\n"),
    "csv-padded": TextDialect(end="\x1a"),
    "psv": TextDialect("|"),
    "tsv": TextDialect("\t"),
    "tsv-utf-16": TextDialect("\t", ".", encoding="utf-16"),
}


@pytest.mark.parametrize("how", TEXTS.values(), ids=TEXTS)
def test_a_table_in_text_keeps_its_cells_as_printed(how: TextDialect) -> None:
    (sheet,) = read_cells(text.table(TEXT_BOOK, how), "C:\\in\\Bilan 2022.csv").sheets
    assert sheet.name == "Bilan 2022"
    for row, column, content in TEXT_BOOK.pages[0].cells():
        printed = text.written(content, how.decimal)
        expected = CellError("#DIV/0!") if isinstance(content, Wrong) else printed
        assert sheet.cell(row, column) == expected
    assert sheet.cell(1, 0) is None


def test_a_midnight_in_a_text_is_its_day() -> None:
    content = b"x;2022-03-31T00:00:00;31/03/2022 00:00;12:00\nOmzet;1;2;3\n"
    row = read_cells(content, "x.csv").sheets[0].rows[0]
    assert row == ("x", "2022-03-31", "31/03/2022", "12:00")
