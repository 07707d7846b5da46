"""Lists of support as group finance would hand them in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook

from smartfin.ingest.grid.cells import Cell, Sheet
from smartfin.ingest.grid.cells import Workbook as Cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Reading, ReadingContext
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import ROOT, read_settings

Row = Sequence[str | float | None]

HEADINGS = ("Partner", "Quarter", "Kind", "Amount", "Currency", "Note")
ITEMS = read_items(ROOT / "data" / "items.yaml")
PARTNERS = read_partners(read_settings({}))


def context(partner: str | None = None) -> ReadingContext:
    """What a reader knows of the sample group, in 2023-Q1."""
    return ReadingContext(
        items=ITEMS, partners=PARTNERS, partner=partner, newest_allowed=Quarter(2023, 1)
    )


def read_rows(
    rows: Sequence[Row],
    headings: Sequence[str] = HEADINGS,
    partner: str | None = None,
    name: str = "list.xlsx",
) -> Reading:
    """What a sheet with these rows under these headings says, without a file."""
    cells: tuple[tuple[Cell, ...], ...] = (("Support",), (), tuple(headings), *map(tuple, rows))
    return interpret(Cells((Sheet("List", cells),)), name, context(partner))


def list_file(rows: Sequence[Row], headings: Sequence[str] = HEADINGS) -> bytes:
    """The same as the bytes of an .xlsx."""
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 1, 1)})  # the same rows, the same bytes
    sheet = book.add_worksheet("List")
    for place, row in enumerate((("Support",), (), headings, *rows)):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(place, column, cell)
    book.close()
    return written.getvalue()
