"""What a cell of the list may say: a partner, a quarter, a kind of support, an amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from smartfin.ingest.amounts.number import Writing, read_number
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet
from smartfin.ingest.naming import country_names
from smartfin.ingest.periods.period import read_period
from smartfin.ingest.support.words import KIND_OF
from smartfin.ingest.text import LONGEST, comparable
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.support import Kind

_PERCENT = "%"


def text_of(cell: Cell) -> str:
    """What a cell shows, without blanks around it; empty for one that was never calculated."""
    if isinstance(cell, CellError):
        return cell.code
    return "" if cell is None or isinstance(cell, NeverCalculated) else str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing: a formula that was never calculated holds something."""
    return not isinstance(cell, NeverCalculated) and not text_of(cell)


def is_figure(cell: Cell) -> bool:
    """Whether a cell may hold an amount or a day: anything but words, or a number as text."""
    if isinstance(cell, str):
        return isinstance(read_number(cell), float) or read_number(cell) is Writing.AMBIGUOUS
    return not is_blank(cell)


def word_of(text: str) -> str:
    """A text as words are compared; empty for one so long that its end would not be looked at."""
    return comparable(text) if len(text) <= LONGEST else ""


def partners_by_name(partners: Iterable[Partner]) -> Mapping[str, Partner]:
    """The partners by code, organisation and country in eight languages; no legal entities."""
    return {
        word: partner
        for partner in partners
        if not partner.entity_of
        for name in (partner.code, partner.organisation, *country_names(partner.code))
        if (word := comparable(name))
    }


def kind_of(text: str) -> Kind | None:
    """The kind of support that a text names."""
    return KIND_OF.get(word_of(text))


def quarter_of(cell: Cell) -> Quarter | None:
    """The quarter a cell names: ``2021-Q3``, ``Q3 2021``, ``3T 2021``, or a day in it."""
    if isinstance(cell, date):
        return Quarter.containing(cell)
    words = read_period(cell) if isinstance(cell, str) else None
    span = words.span() if words else None
    if span is None:
        return None
    quarter = Quarter.containing(span.start)
    return quarter if (quarter.start, quarter.end) == (span.start, span.end) else None


def amount_of(sheet: Sheet, row: int, column: int) -> float | None:
    """The amount of money a cell holds; none where it holds a percentage or no number."""
    cell = sheet.cell(row, column)
    if _PERCENT in shown_amount(sheet, row, column):
        return None
    number = read_number(cell) if isinstance(cell, str) else cell
    return number if isinstance(number, float) else None


def shown_amount(sheet: Sheet, row: int, column: int) -> str:
    """What the reader of the workbook sees there: a number in a format of per cent as such."""
    cell, factor = sheet.cell(row, column), sheet.factors.get((row, column), 1.0)
    if isinstance(cell, float) and factor > 1:
        return f"{cell * factor:g} {_PERCENT}"
    return text_of(cell)
