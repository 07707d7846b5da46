"""One statement in every format gives the same facts; what a workbook hides is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from smartfin.findings import Finding, FindingCode
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES
from smartfin.wording.words import words_of
from tests.writers import biff, ods, ooxml, text, xlsb
from tests.writers.book import Book, Content, Formula, Page, Rows, Shown, Wrong
from tests.writers.ooxml import Dialect
from tests.writers.package import zipped
from tests.writers.text import TextDialect

SETTINGS = read_settings({})
CONTEXT = ReadingContext(
    read_items(SETTINGS.data / "items.yaml"), read_partners(SETTINGS), partner="IT"
)
HEAD: list[Content] = [None, "TEUR", "Q1 2022", "Q2 2022", "Q3 2022"]
ROWS: Rows = [
    [],
    HEAD,
    [None, "Volume fatturato", 1100.5, 1200.0, 1250.25],
    [None, "Trattenute cooperative", 99.0, 108.25, 112.5],
    [None, "Personale di struttura", 80.0, 81.5, 83.0],
]
NAME = "Conto economico"
WRITERS: dict[str, Callable[[Book], bytes]] = {
    "xlsx": ooxml.workbook,
    "xlsx-1904": lambda book: ooxml.workbook(replace(book, from_1904=True)),
    "xlsx-strict": lambda book: ooxml.workbook(book, Dialect(strict=True)),
    "xlsx-utf-16": lambda book: ooxml.workbook(book, Dialect(encoding="utf-16")),
    "xlsm": lambda book: ooxml.workbook(book, Dialect(macros=True)),
    "xls-5": lambda book: biff.workbook(book, biff.BIFF5),
    "xls-8": biff.workbook,
    "xlsb": xlsb.workbook,
    "ods": ods.workbook,
    "csv": lambda book: text.table(book, TextDialect()),
    "csv-english": lambda book: text.table(book, TextDialect(",", ".", encoding="cp1252")),
    "csv-utf-16": lambda book: text.table(book, TextDialect(encoding="utf-16")),
    "tsv": lambda book: text.table(book, TextDialect("\t")),
}
WORKBOOKS = {name: write for name, write in WRITERS.items() if "sv" not in name}


def book(rows: Rows = ROWS, **page: object) -> Book:
    return Book((Page(NAME, rows, **page),))  # type: ignore[arg-type]


def reading(content: bytes, name: str = NAME) -> Reading:
    return read_workbook(content, name, CONTEXT)


def found(read: Reading, code: FindingCode) -> list[Finding]:
    return [finding for finding in read.findings if finding.code is code]


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_statement_gives_the_same_facts(name: str) -> None:
    read = reading(WRITERS[name](book()), f"in/{NAME}.{name.partition('-')[0]}")
    facts = {(fact.item, str(fact.quarter), fact.cell): fact.amount for fact in read.facts}
    assert facts == {
        ("invoiced_volume", "2022-Q1", "C3"): 1_100_500.0,
        ("invoiced_volume", "2022-Q2", "D3"): 1_200_000.0,
        ("invoiced_volume", "2022-Q3", "E3"): 1_250_250.0,
        ("fee_revenue", "2022-Q1", "C4"): 99_000.0,
        ("fee_revenue", "2022-Q2", "D4"): 108_250.0,
        ("fee_revenue", "2022-Q3", "E4"): 112_500.0,
        ("staff_costs", "2022-Q1", "C5"): 80_000.0,
        ("staff_costs", "2022-Q2", "D5"): 81_500.0,
        ("staff_costs", "2022-Q3", "E5"): 83_000.0,
    }
    assert {fact.sheet for fact in read.facts} == {NAME}
    assert (read.questions, read.findings) == ((), ())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_quarter_ends_as_dates_head_columns_in_any_epoch(name: str) -> None:
    days: list[Content] = [date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30)]
    rows: Rows = [[], [None, "TEUR", *days], *ROWS[2:]]
    quarters = {str(fact.quarter) for fact in reading(WRITERS[name](book(rows))).facts}
    assert quarters == {"2022-Q1", "2022-Q2", "2022-Q3"}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_years_in_a_format_of_days_over_quarters_are_years(name: str) -> None:
    years: list[Content] = [Shown(2022.0, "yyyy\\-mm\\-dd")] * 3
    quarters: list[Content] = ["Q1", "Q2", "Q3"]
    rows: Rows = [[None, None, *years], [None, "TEUR", *quarters], *ROWS[2:]]
    assert {str(fact.quarter) for fact in reading(WRITERS[name](book(rows))).facts} == {
        "2022-Q1",
        "2022-Q2",
        "2022-Q3",
    }


@pytest.mark.parametrize("name", WRITERS)
def test_an_error_cell_is_told_in_any_format(name: str) -> None:
    rows: Rows = [*ROWS[:4], [None, "Personale di struttura", 80.0, Wrong("#DIV/0!"), 83.0]]
    read = reading(WRITERS[name](book(rows)), f"{NAME}.{name.partition('-')[0]}")
    (finding,) = found(read, FindingCode.ERROR_CELL)
    assert (finding.cell, finding.facts["error"]) == ("D5", "#DIV/0!")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_formulas_never_calculated_are_told_in_any_format(name: str) -> None:
    formulas: list[Content] = [Formula("1+1"), Formula("1+1"), Formula("1+1")]
    rows = [*ROWS[:4], [None, "Personale di struttura", *formulas]]
    (finding,) = found(reading(WRITERS[name](book(rows))), FindingCode.NEVER_CALCULATED)
    assert (finding.cell, finding.facts["count"]) == ("C5", 3)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_cells_in_a_thousands_format_hold_single_units_in_any_format(name: str) -> None:
    shown: list[Content] = [Shown(80_000.0, "#,##0,"), Shown(81_500.0, "#,##0,"), 83.0]
    rows = [*ROWS[:4], [None, "Personale di struttura", *shown]]
    read = reading(WRITERS[name](book(rows)))
    staff = [fact.amount for fact in read.facts if fact.item == "staff_costs"]
    assert staff == [80_000.0, 81_500.0, 83_000.0]


# --- what a workbook does not show


@pytest.mark.parametrize("name", WORKBOOKS)
def test_hidden_rows_and_columns_are_used_and_told(name: str) -> None:
    content = WRITERS[name](book(hidden_rows=frozenset({3}), hidden_columns=frozenset({4, 7})))
    read = reading(content)
    assert len(read.facts) == 9
    told = [(f.sheet, f.cell, f.facts) for f in found(read, FindingCode.HIDDEN_FIGURES)]
    assert told == [
        (NAME, "C4", {"concealed": "rows", "count": 3}),
        (NAME, "E3", {"concealed": "columns", "count": 3}),
    ]


def test_a_hidden_row_without_figures_of_the_statement_is_not_told() -> None:
    rows: Rows = [*ROWS, [None, "note", None, None, None]]
    read = reading(ooxml.workbook(book(rows, hidden_rows=frozenset({0, 1, 5}))))
    assert read.findings == ()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hidden_statement_is_told_and_not_used(name: str) -> None:
    pages = (Page(NAME, ROWS), Page("Vecchio", ROWS, hidden=True))
    read = reading(WRITERS[name](Book(pages)))
    assert {fact.sheet for fact in read.facts} == {NAME}
    (finding,) = found(read, FindingCode.HIDDEN_FIGURES)
    assert (finding.sheet, finding.cell) == ("Vecchio", "B3")
    assert finding.facts == {"concealed": "sheet", "count": 9}


def test_a_hidden_sheet_that_is_no_statement_is_not_told() -> None:
    lists: Rows = [["codice", 1.0], ["altro", 2.0], ["Volume fatturato", None]]
    pages = (Page(NAME, ROWS), Page("Elenchi", lists, hidden=True))
    assert reading(ooxml.workbook(Book(pages))).findings == ()


def test_a_link_to_another_workbook_is_told_by_its_first_cell() -> None:
    linked: list[Content] = [Formula("[1]Conto!A1", 80.0), Formula("[1]Conto!B1", 81.0), 83.0]
    rows = [*ROWS[:4], [None, "Personale di struttura", *linked]]
    read = reading(ooxml.workbook(book(rows)))
    assert len(read.facts) == 9
    (finding,) = read.findings
    assert (finding.code, finding.sheet, finding.cell) == (FindingCode.EXTERNAL_LINKS, NAME, "C5")
    assert finding.facts == {"count": 2}


def test_a_sheet_that_is_listed_and_not_there_is_an_error_with_its_name() -> None:
    parts = ooxml.parts(Book((Page(NAME, ROWS), Page("Stato", [["x", 1.0]]))))
    del parts["xl/worksheets/sheet2.xml"]
    (finding,) = reading(zipped(parts)).findings
    assert (finding.code, finding.facts) == (FindingCode.SHEET_MISSING, {"sheet": "Stato"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("concealed", ["sheet", "rows", "columns"])
def test_each_way_to_hide_has_its_clause(language: str, concealed: str) -> None:
    facts = {"concealed": concealed, "count": 3}
    message, _ = words_of(language).finding(Finding(FindingCode.HIDDEN_FIGURES, "S", "A1", facts))
    assert f": {concealed}." not in message and "3" in message
