"""A workbook to fill in: a partner's own lines and quarters, in its language and currency.

No macros, no passwords. Hidden signs (``ingest.ours``) say what each row and column is, so that
labels and sheet names may be changed. Totals and checks are formulas whose values stand there
from the start; what is filled in is read by itself, whether or not a program calculated them.
"""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from smartfin.handback.list_sheet import sheet_name
from smartfin.handback.template_lines import TemplateOrder, plots
from smartfin.handback.template_look import Look
from smartfin.handback.template_sheet import Check, SheetWriter
from smartfin.ingest.ours import TemplateSign
from smartfin.items import Items
from smartfin.wording import Words

_STEPS = ("fill", "empty", "sign", "percent", "check")
_LABEL_WIDTH = 70
_FIGURE_WIDTH = 15


def template_name(order: TemplateOrder, words: Words) -> str:
    """The file name of a template."""
    key = "template.synthetic-name" if order.synthetic else "template.name"
    name = words.text(key, partner=order.partner.code, quarter=order.quarters[0])
    return f"{name}.xlsx"


def written_template(order: TemplateOrder, items: Items, words: Words) -> bytes:
    """A template as the bytes of an .xlsx.

    Args:
        order: For whom, and which quarters.
        items: The chart of line items.
        words: Of the language it is in.
    """
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"title": _title(order, words), "author": "smartfin"})
    book.set_calc_mode("auto")
    look = Look(book)
    names: list[str] = []
    guide = _added(book, names, "guide", words)
    sign = TemplateSign(order.partner.code, order.partner.currency, synthetic=order.synthetic)
    checks: list[Check] = []
    for plot in plots(order, items):
        sheet = _added(book, names, plot.name, words)
        writer = SheetWriter(sheet, plot, look, words, order.partner.currency)
        writer.write(str(sign), _title(order, words), _subject(order, words))
        checks += writer.checks
    _write_guide(guide, order, look, words, str(sign))
    _write_checks(guide, checks, look, words, first=5 + len(_STEPS))
    book.close()
    return written.getvalue()


def _added(book: Workbook, names: list[str], name: str, words: Words) -> Worksheet:
    names.append(sheet_name(words.text(f"template.sheet.{name}"), names))
    sheet = book.add_worksheet(names[-1])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.hide_gridlines(2)
    return sheet


def _title(order: TemplateOrder, words: Words) -> str:
    names = {"organisation": order.partner.organisation, "partner": order.partner.code}
    return words.text("template.title", **names)


def _subject(order: TemplateOrder, words: Words) -> str:
    currency = words.currency(order.partner.currency)
    return words.text("template.subject", quarters=order.quarters, currency=currency)


def _write_guide(
    sheet: Worksheet, order: TemplateOrder, look: Look, words: Words, sign: str
) -> None:
    """What to do, on the first sheet."""
    sheet.write_string(0, 0, sign)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, _LABEL_WIDTH)
    sheet.set_column(2, 12, _FIGURE_WIDTH)
    sheet.write_string(1, 1, _title(order, words), look.writing("title"))
    sheet.write_string(2, 1, _subject(order, words), look.writing("step"))
    for row, step in enumerate(_STEPS, start=4):
        text = f"{row - 3}. {words.text(f'template.step.{step}')}"
        sheet.write_string(row, 1, text, look.writing("step"))
    if order.synthetic:
        sheet.write_string(3, 1, words.text("template.synthetic"), look.writing("warning"))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()


def _write_checks(
    sheet: Worksheet, checks: list[Check], look: Look, words: Words, first: int
) -> None:
    """All checks of the workbook, on the first sheet."""
    if not checks:
        return
    sheet.write_string(first, 1, words.text("template.checks"), look.writing("heading"))
    for column, heading in enumerate(checks[0].headings, start=2):
        sheet.write_string(first, column, heading, look.writing("quarter"))
    for row, check in enumerate(checks, start=first + 1):
        sheet.write_string(row, 1, check.label, look.writing("label"))
        for column, (place, value) in enumerate(check.cells, start=2):
            cell = f"{quote_sheetname(check.sheet)}!{xl_rowcol_to_cell(*place)}"
            formula = f'=IF({cell}="","",{cell})'
            figure = look.figure("computed", "currency")
            sheet.write_formula(row, column, formula, figure, "" if value is None else value)
            here = xl_rowcol_to_cell(row, column)
            rule = f"=AND(ISNUMBER({here}),ABS({here})>=0.5)"
            sheet.conditional_format(
                row,
                column,
                row,
                column,
                {"type": "formula", "criteria": rule, "format": look.wrong()},
            )
