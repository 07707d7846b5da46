"""An empty list of support for group finance to fill in: one row a partner, quarter and kind."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from smartfin.handback.list_sheet import sheet_name
from smartfin.handback.template_look import Look
from smartfin.partner import Partner
from smartfin.support import Kind
from smartfin.wording import Words

COLUMNS = ("partner", "quarter", "kind", "amount", "currency", "note")
_WIDTHS = (12, 12, 28, 16, 12, 50)
_ROWS = 500  # prepared with lists to choose from; more may be written below
_STEPS = ("fill", "balance")


def support_list_name(words: Words) -> str:
    """The file name of the empty list."""
    return f"{words.text('support.template.name')}.xlsx"


def written_support_list(partners: Sequence[Partner], words: Words) -> bytes:
    """The empty list as the bytes of an .xlsx.

    Args:
        partners: Whom the group supports.
        words: Of the language it is in.
    """
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"title": words.text("support.template.title"), "author": "smartfin"})
    look, names = Look(book), list[str]()
    guide = _added(book, names, "guide", words)
    _write_list(_added(book, names, "list", words), look, partners, words)
    _write_guide(guide, look, words)
    book.close()
    return written.getvalue()


def _added(book: Workbook, names: list[str], name: str, words: Words) -> Worksheet:
    names.append(sheet_name(words.text(f"support.template.{name}"), names))
    return book.add_worksheet(names[-1])


def _write_list(sheet: Worksheet, look: Look, partners: Sequence[Partner], words: Words) -> None:
    """The headings, and lists to choose from under them."""
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words.text(f"support.column.{name}"), look.writing("heading"))
    currencies = list(dict.fromkeys(["EUR", *(partner.currency for partner in partners)]))
    offered = {
        "partner": [partner.code for partner in partners],
        "kind": [words.text(f"support.kind.{kind.value}") for kind in Kind],
        "currency": currencies,
    }
    for name, choices in offered.items():
        column = COLUMNS.index(name)
        sheet.data_validation(1, column, _ROWS, column, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 0)
    sheet.activate()


def _write_guide(sheet: Worksheet, look: Look, words: Words) -> None:
    """What to write, and the kinds with the line items they are kept as."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, words.text("support.template.title"), look.writing("title"))
    for row, step in enumerate(_STEPS, start=2):
        sheet.merge_range(
            row, 0, row, 1, words.text(f"support.template.{step}"), look.writing("step")
        )
        sheet.set_row(row, 34)
    first = 3 + len(_STEPS)
    sheet.write_string(first, 0, words.text("support.column.kind"), look.writing("heading"))
    for row, kind in enumerate(Kind, start=first + 1):
        sheet.write_string(row, 0, words.text(f"support.kind.{kind.value}"), look.writing("label"))
        sheet.write_string(row, 1, words.item(kind.item), look.writing("label"))
