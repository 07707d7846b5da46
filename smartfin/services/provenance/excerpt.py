"""The picture of the rows around a cell, drawn anew from the workbook as it was handed in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from smartfin.findings import Finding
from smartfin.ingest.excerpt import read_excerpt
from smartfin.ingest.layout.excerpt import Excerpt, ExcerptCell, ExcerptRow, Shown
from smartfin.services.provenance.facts_read import FactRow
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A row of the picture.

    Args:
        number: As the workbook counts it.
        heading: Whether it is of the table's heading.
        cells: As many as the picture has columns.
        marked: Place of the cell that was read; None in other rows.
    """

    number: str
    heading: bool
    cells: tuple[Cell, ...]
    marked: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Some rows of a sheet, the cell that was read among them.

    Args:
        caption: File, sheet and cell.
        columns: Letters of the columns; none where nothing can be shown.
        rows: From top to bottom.
        sentence: What the cell's number became, or why there is no picture; empty where
            there is nothing to say.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[PictureRow, ...]
    sentence: str


def picture_of(smartfin: Smartfin, words: Words, fact: FactRow) -> Picture:
    """The rows around the cell a fact was read from."""
    caption = words.text(
        "explain.excerpt.caption", file=fact.file, sheet=fact.sheet, cell=fact.cell
    )
    content = smartfin.ledger.content(fact.submission)
    excerpt = read_excerpt(content, fact.file, fact.sheet, fact.cell)
    if isinstance(excerpt, Finding):
        sentence = words.text("explain.excerpt.refused", why=words.finding(excerpt)[0])
        return Picture(caption, (), (), sentence)
    if excerpt is None:
        sentence = words.text("explain.excerpt.none", cell=fact.cell, sheet=fact.sheet)
        return Picture(caption, (), (), sentence)
    rows = tuple(_row(words, excerpt, place) for place in range(len(excerpt.rows)))
    return Picture(caption, excerpt.columns, rows, _read_as(words, excerpt, fact))


def _row(words: Words, excerpt: Excerpt, place: int) -> PictureRow:
    row: ExcerptRow = excerpt.rows[place]
    return PictureRow(
        number=str(row.row),
        heading=row.heading,
        cells=tuple(
            _cell(words, cell, plain=row.heading or column < _labels_from(excerpt))
            for column, cell in enumerate(row.cells)
        ),
        marked=excerpt.column if place == excerpt.row else None,
    )


def _labels_from(excerpt: Excerpt) -> int:
    """The first column of words in the cell's row: what stands left of it numbers accounts."""
    cells = excerpt.rows[excerpt.row].cells[: excerpt.column]
    return next((at for at, cell in enumerate(cells) if cell.kind is Shown.TEXT), 0)


def _cell(words: Words, cell: ExcerptCell, *, plain: bool = False) -> Cell:
    """A cell in the reader's writing of numbers and days; words as they stand there.

    Args:
        words: Of the reader's language.
        cell: As read.
        plain: Whether a whole number is a name, as of a year or an account.
    """
    if plain and cell.kind is Shown.NUMBER and cell.number is not None and cell.number % 1 == 0:
        return Cell(f"{cell.number:.0f}")
    if cell.kind is Shown.PERCENT and cell.number is not None:
        return Cell(words.percent(cell.number, digits=1), cell.number, "fraction")
    if cell.kind is Shown.NUMBER and cell.number is not None:
        return Cell(words.number(cell.number), cell.number, "count")
    if cell.kind is Shown.DAY:
        return Cell(words.date(date.fromisoformat(cell.text)))
    return Cell(cell.text)


def _read_as(words: Words, excerpt: Excerpt, fact: FactRow) -> str:
    """What the number became where that is not what stands there."""
    cell = excerpt.rows[excerpt.row].cells[excerpt.column]
    if cell.number is not None and math.isclose(cell.number, fact.amount, abs_tol=0.005):
        return ""
    return words.text(
        "explain.excerpt.read-as",
        printed=_cell(words, cell).text,
        amount=words.figure(fact.amount, fact.unit),
        quarter=fact.quarter,
    )
