"""A drafted workbook as bytes, in each format finance hands in.

The usual formats are written by the libraries people use (xlsxwriter, openpyxl), the others by
``tests/writers``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.draft import BookDraft, Cell, Formula, SheetDraft
from tests.writers import biff, book, ods, ooxml, xlsb

FORMATS = {
    "date": "dd.mm.yyyy", "month": "mmm-yy", "percent": "0.0%", "thousands": "#,##0,",
    "amount": "#,##0.00", "integer": "#,##0",
}  # fmt: skip


def by_xlsxwriter(draft: BookDraft, *, date_1904: bool = False) -> bytes:
    """As xlsxwriter writes it."""
    target = io.BytesIO()
    options = {"in_memory": True, "date_1904": date_1904, "strings_to_numbers": False,
               "strings_to_formulas": False, "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(target, options) as made:
        formats = {name: made.add_format({"num_format": code}) for name, code in FORMATS.items()}
        for sheet in draft.sheets:
            page = made.add_worksheet(sheet.name)
            if sheet.hidden:
                page.hide()
            for column in sheet.hidden_columns:
                page.set_column(column, column, None, None, {"hidden": True})
            for span in sheet.merged:
                page.merge_range(*span, "")
            for (row, column), cell in sorted(sheet.cells.items()):
                _write_xlsx(page, (row, column), cell, formats.get(cell.style))
    return target.getvalue()


def _write_xlsx(
    page: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], cell: Cell, style: object
) -> None:
    if isinstance(cell.value, Formula):
        value = "" if cell.value.value is None else cell.value.value
        page.write_formula(*place, f"={cell.value.text}", style, value)
    elif isinstance(cell.value, date):
        page.write_datetime(*place, datetime.combine(cell.value, datetime.min.time()), style)
    else:
        page.write(*place, cell.value, style)


def from_1904(draft: BookDraft) -> bytes:
    """With days counted from 1904."""
    return by_xlsxwriter(draft, date_1904=True)


def by_openpyxl(draft: BookDraft, *, epoch: datetime | None = None) -> bytes:
    """As openpyxl writes it: formulas would have no value, so values are written instead."""
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    if epoch is not None:
        made.epoch = epoch
    for sheet in draft.sheets:
        page = made.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for (row, column), cell in sorted(sheet.cells.items()):
            target = page.cell(row + 1, column + 1)
            target.value = _plain(cell)
            target.number_format = FORMATS.get(cell.style, "General")
        for a, b, c, d in sheet.merged:
            page.merge_cells(start_row=a + 1, start_column=b + 1, end_row=c + 1, end_column=d + 1)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def from_1904_by_openpyxl(draft: BookDraft) -> bytes:
    """As openpyxl writes a workbook whose days are counted from 1904."""
    return by_openpyxl(draft, epoch=CALENDAR_MAC_1904)


def _plain(cell: Cell) -> float | int | str | date | bool | None:
    """What a cell shows, formulas resolved."""
    return cell.value.value if isinstance(cell.value, Formula) else cell.value


# --- by hand


def bound(draft: BookDraft) -> book.Book:
    """The draft as ``tests/writers`` take it."""
    return book.Book(tuple(_page(sheet) for sheet in draft.sheets))


def _page(sheet: SheetDraft) -> book.Page:
    return book.Page(
        sheet.name,
        [[_content(cell) for cell in row] for row in sheet.rows()],
        hidden=sheet.hidden,
        hidden_columns=frozenset(sheet.hidden_columns),
        merged=tuple(sheet.merged),
    )


def _content(cell: Cell | None) -> book.Content:
    if cell is None:
        return None
    value = cell.value
    if isinstance(value, Formula):
        return book.Formula(value.text, value.value)
    if cell.style in ("", "date") or not isinstance(value, float | int):
        is_serial = cell.style == "date" and isinstance(value, float)
        return book.Shown(float(value), FORMATS["date"]) if is_serial else value  # type: ignore[arg-type]
    return book.Shown(float(value), FORMATS[cell.style])


def xlsm(draft: BookDraft) -> bytes:
    """A workbook that may hold macros."""
    return ooxml.workbook(bound(draft), ooxml.Dialect(macros=True))


def strict(draft: BookDraft) -> bytes:
    """In the namespaces of ISO Strict."""
    return ooxml.workbook(bound(draft), ooxml.Dialect(strict=True))


def inline(draft: BookDraft) -> bytes:
    """With its texts inside the cells."""
    return ooxml.workbook(bound(draft), ooxml.Dialect(inline=True))


def xls_95(draft: BookDraft) -> bytes:
    """Excel 95, in the code page its letters need."""
    texts = "".join(
        cell.value
        for sheet in draft.sheets
        for cell in sheet.cells.values()
        if isinstance(cell.value, str)
    )
    for codepage in (1252, 1250):
        try:
            texts.encode(f"cp{codepage}")
        except UnicodeEncodeError:
            continue
        return biff.workbook(bound(draft), biff.BIFF5, codepage)
    return biff.workbook(bound(draft))


# --- text


def delimited(
    draft: BookDraft, delimiter: str, encoding: str, mark: str, day: Callable[[date], str]
) -> bytes:
    """The first visible sheet as text.

    Args:
        draft: The workbook.
        delimiter: Between cells.
        encoding: Of the bytes.
        mark: Decimal mark.
        day: How a date is written.
    """
    sheet = next(sheet for sheet in draft.sheets if not sheet.hidden)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    for cells in sheet.rows():
        writer.writerow(_as_text(cell, mark, day) for cell in cells)
    return target.getvalue().encode(encoding, errors="replace")


def _as_text(cell: Cell | None, mark: str, day: Callable[[date], str]) -> str:
    value = _plain(cell) if cell else None
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        if cell is not None and cell.style == "percent":
            return f"{value * 100:.1f}".replace(".", mark) + "%"
        return f"{value:.12g}".replace(".", mark)
    return str(value)


def one_sheet(draft: BookDraft, name: str) -> SheetDraft:
    """All visible sheets below each other, for formats that hold one."""
    whole = SheetDraft(name)
    for sheet in draft.sheets:
        if not sheet.hidden:
            whole.paste(sheet, whole.height + 2 if whole.cells else 0, 0)
    return whole


WRITERS: dict[str, tuple[str, Callable[[BookDraft], bytes]]] = {
    "xlsx": ("xlsx", by_xlsxwriter),
    "openpyxl": ("xlsx", by_openpyxl),
    "1904": ("xlsx", from_1904),
    "1904-openpyxl": ("xlsx", from_1904_by_openpyxl),
    "strict": ("xlsx", strict),
    "inline": ("xlsx", inline),
    "xlsm": ("xlsm", xlsm),
    "xlsb": ("xlsb", lambda draft: xlsb.workbook(bound(draft))),
    "xls": ("xls", lambda draft: biff.workbook(bound(draft))),
    "xls-95": ("xls", xls_95),
    "ods": ("ods", lambda draft: ods.workbook(bound(draft))),
}
