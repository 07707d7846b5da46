"""The workbooks as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from data.samples.generator.books import BOOKS, Book
from data.samples.generator.paper import Paper, Styles
from data.samples.generator.profiles import PROFILES
from data.samples.generator.support import write_support

FOLDER = Path(__file__).resolve().parents[1]


def write_samples(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write every sample workbook into a folder; returns their paths in name order."""
    books = (write_book(book, folder) for book in BOOKS)
    return tuple(sorted((*books, write_support(folder))))


def write_book(book: Book, folder: Path) -> Path:
    """Write one workbook; the same book gives the same cells, whenever it is written."""
    path = folder / book.name
    file = Workbook(str(path))
    day = book.handed_in
    file.set_properties(
        {
            "title": f"{book.habit.organisation} (synthetic)",
            "comments": book.habit.words.made_up,
            "created": datetime(day.year, day.month, day.day),  # a property knows no time zone
        }
    )
    file.set_custom_property("synthetic", value=True)
    styles = Styles(file)
    _write_cover(file, styles, book)
    for printed in book.sheets:
        sheet = file.add_worksheet(printed.name)
        Paper(sheet, styles, printed, book.habit).write()
    file.close()
    return path


def _write_cover(file: Workbook, styles: Styles, book: Book) -> None:
    habit, sheet = book.habit, file.add_worksheet(book.habit.words.cover)
    sheet.set_column(0, 0, 22)
    sheet.write_string(0, 0, habit.organisation, styles.of(bold=True, font_size=16))
    sheet.write_string(1, 0, habit.words.made_up, styles.of(bold=True, font_color="#B00020"))
    currency = PROFILES[book.partner].currency
    stated = (habit.organisation, book.period, currency, habit.unit, str(book.handed_in))
    for row, (caption, text) in enumerate(zip(habit.words.cover_rows, stated, strict=True), 3):
        sheet.write_string(row, 0, caption)
        sheet.write_string(row, 1, text)
