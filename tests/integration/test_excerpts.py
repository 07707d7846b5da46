"""The rows around a cell, from a real file of each format; a refusal is a reason, no failure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.excerpt import read_excerpt
from smartfin.ingest.layout.excerpt import Excerpt, Shown
from tests.writers import biff, ods, ooxml, text, xlsb
from tests.writers.book import Book, Content, Page, Rows
from tests.writers.text import TextDialect

NAME = "Conto economico"
HEAD: list[Content] = [None, "TEUR", "Q1 2022", "Q2 2022", "Q3 2022"]
FILLER: Rows = [[None, f"Voce {row}", 1.0, 2.0, 3.0] for row in range(6)]
ROWS: Rows = [[], HEAD, *FILLER, [None, "Trattenute", 99.0, 108.25, 112.5], [None, "Costi", 80.0]]
WRITERS: dict[str, Callable[[Book], bytes]] = {
    "xlsx": ooxml.workbook,
    "xls": biff.workbook,
    "xlsb": xlsb.workbook,
    "ods": ods.workbook,
    "csv": lambda book: text.table(book, TextDialect()),
}
CELL = "D9"


def excerpt(kind: str, sheet: str = NAME, cell: str = CELL) -> Excerpt | Finding | None:
    content = WRITERS[kind](Book((Page(NAME, ROWS),)))
    return read_excerpt(content, f"{NAME}.{kind}", sheet, cell)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_cell_stands_among_its_rows_under_its_heading(kind: str) -> None:
    found = excerpt(kind)

    assert isinstance(found, Excerpt)
    marked = found.rows[found.row]
    assert (marked.row, found.columns[found.column]) == (9, "D")
    shown = marked.cells[found.column]
    assert shown.number == 108.25 or shown.text == "108,25"
    words = [cell.text for cell in marked.cells]
    assert "Trattenute" in words
    heading = next(row for row in found.rows if row.heading)
    assert heading.row == 2
    assert heading.cells[found.column].text == "Q2 2022"
    assert [row.row for row in found.rows] == [2, 6, 7, 8, 9, 10]


def test_numbers_words_and_nothing_are_told_apart() -> None:
    found = excerpt("xlsx")

    assert isinstance(found, Excerpt)
    kinds = {cell.kind for row in found.rows for cell in row.cells}
    assert kinds == {Shown.TEXT, Shown.NUMBER, Shown.EMPTY}


@pytest.mark.parametrize(("sheet", "cell"), [("Altro", CELL), (NAME, "ZZ99"), (NAME, "14")])
def test_a_cell_that_is_not_there_has_no_picture(sheet: str, cell: str) -> None:
    book = Book((Page(NAME, ROWS), Page("Secondo", ROWS)))

    assert read_excerpt(ooxml.workbook(book), "libro.xlsx", sheet, cell) is None


def test_what_cannot_be_read_is_refused_with_its_reason() -> None:
    refused = read_excerpt(b"PK\x03\x04 no workbook", "libro.xlsx", NAME, CELL)
    words = read_excerpt(b"shopping list", "libro.xlsx", NAME, CELL)

    assert isinstance(refused, Finding)
    assert isinstance(words, Finding)
    assert words.code is FindingCode.NOT_A_WORKBOOK
