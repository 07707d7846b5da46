"""A small workbook as finance hands it in, in every format: what the nasty files are made from."""

from __future__ import annotations

from tests.writers import biff, ods, ooxml, xlsb
from tests.writers.book import Book, Page, Rows, Shown

QUARTERS = [f"Q{quarter} {year}" for year in (2021, 2022) for quarter in (1, 2, 3, 4)]
RESULT: Rows = [
    ["Smart Italia", None],
    ["TEUR", *QUARTERS],
    ["Volume fatturato", *[1000.5 + 20 * n for n in range(8)]],
    ["Trattenute cooperative", *[80.25 + n for n in range(8)]],
    ["Personale di struttura", *[60.5 + n for n in range(8)]],
    ["Quota sul totale", *[Shown(0.5 + n / 100, "0.0%") for n in range(8)]],
]
MEMBERS: Rows = [
    ["Soci", *QUARTERS],
    ["Soci attivi", *[200.0 + 5 * n for n in range(8)]],
]
BOOK = Book((Page("Conto economico", RESULT), Page("Soci", MEMBERS)))
PARTNER = "IT"


def as_xlsx() -> bytes:
    """As Excel writes it today."""
    return ooxml.workbook(BOOK)


def as_xls() -> bytes:
    """As Excel 97 to 2003 wrote it."""
    return biff.workbook(BOOK)


def as_xls_95() -> bytes:
    """As Excel 5 and 95 wrote it."""
    return biff.workbook(BOOK, biff.BIFF5)


def as_xlsb() -> bytes:
    """As Excel writes its binary workbooks."""
    return xlsb.workbook(BOOK)


def as_ods() -> bytes:
    """As LibreOffice writes it."""
    return ods.workbook(BOOK)


def as_csv() -> bytes:
    """The first sheet as Excel exports it in Italy."""
    return as_text(RESULT).encode()


def as_text(rows: Rows) -> str:
    """Rows of cells as text parted by semicolons."""
    return "\r\n".join(";".join(map(_cell, row)) for row in rows)


def _cell(content: object) -> str:
    number = content.number if isinstance(content, Shown) else content
    if isinstance(number, float):
        return f"{number:.2f}".replace(".", ",")
    return "" if content is None else str(content)
