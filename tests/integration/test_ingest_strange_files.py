"""Files a hurried person hands in: each gets one clear answer, and none a traceback."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter

from smartfin.findings import FindingCode
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings

SETTINGS = read_settings({})
ITEMS, PARTNERS = read_items(SETTINGS.data / "items.yaml"), read_partners(SETTINGS)

TEXT = "Dear all,\nplease find our figures attached.\n"


def reading_of(content: bytes, partner: str | None = None) -> Reading:
    return read_workbook(content, "book.xlsx", ReadingContext(ITEMS, PARTNERS, partner))


def errors(reading: Reading) -> list[FindingCode]:
    return [finding.code for finding in reading.findings if finding.severity == "error"]


def written(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        fill(book)
    return target.getvalue()


def statement(corner: str = "TEUR", cover: Sequence[str] = ()) -> bytes:
    """A result of three rows, with a cover when it has texts."""

    def fill(book: xlsxwriter.Workbook) -> None:
        if cover:
            book.add_worksheet("Copertina").write_column("A1", cover)
        sheet = book.add_worksheet("Conto economico")
        sheet.write_row("A1", [corner, "Q1 2022"])
        sheet.write_row("A2", ["Volume fatturato", 100.0])
        sheet.write_row("A3", ["Trattenute cooperative", 9.0])
        sheet.write_row("A4", ["Personale di struttura", 8.0])

    return written(fill)


def chart_only(book: xlsxwriter.Workbook) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Dati!$A$1:$A$3"})
    book.add_chartsheet().set_chart(chart)
    book.add_worksheet("Dati")


def empty_sheets(book: xlsxwriter.Workbook) -> None:
    for _ in range(3):
        book.add_worksheet()


@pytest.mark.parametrize("partner", [None, "IT"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FindingCode.EMPTY_FILE),
        (TEXT.encode(), FindingCode.NOT_A_WORKBOOK),
        (TEXT.encode("utf-16"), FindingCode.NOT_A_WORKBOOK),
        (b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n", FindingCode.NOT_A_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FindingCode.NOT_A_WORKBOOK),
        (written(chart_only), FindingCode.NO_STATEMENT),
        (written(empty_sheets), FindingCode.NO_STATEMENT),
    ],
    ids=["nothing", "text", "text-utf-16", "pdf", "png", "charts", "empty-sheets"],
)  # fmt: skip
def test_what_holds_no_statement_gets_one_finding_and_no_question(
    content: bytes, code: FindingCode, partner: str | None
) -> None:
    reading = reading_of(content, partner)
    assert [finding.code for finding in reading.findings] == [code]
    assert (reading.facts, reading.questions) == ((), ())


def test_a_statement_of_nobody_known_is_asked_about_and_nothing_else() -> None:
    reading = reading_of(statement())
    assert errors(reading) == [FindingCode.UNKNOWN_PARTNER]
    assert [question.id for question in reading.questions] == ["partner"]


@pytest.mark.parametrize("corner", ["GBP", "£'000", "kGBP"])
def test_a_foreign_currency_is_one_error_that_names_both(corner: str) -> None:
    (finding,) = reading_of(statement(corner), "IT").findings
    assert finding.code is FindingCode.WRONG_CURRENCY
    assert finding.facts == {"expected": "EUR", "found": "GBP"}


def test_two_partners_on_the_cover_are_one_error_that_names_both() -> None:
    (finding,) = reading_of(statement(cover=("Smart Italia", "Smart Sverige"))).findings
    assert (finding.code, finding.facts["partners"]) == (FindingCode.TWO_PARTNERS, "IT, SE")
