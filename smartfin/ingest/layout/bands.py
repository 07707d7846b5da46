"""Runs of heading rows on a sheet: where tables begin.

A heading row holds words about time, scenario or unit and no figures; a band is a run of
such rows, one of which names periods over figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from smartfin.ingest.amounts.number import Writing, read_number
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet
from smartfin.ingest.layout.heading import Heading, read_heading
from smartfin.ingest.periods.period import period_of_year
from smartfin.ingest.text import folded

_DIGIT = re.compile(r"\d")
_HIGHEST = 6  # rows of a heading
_FEWEST_NAMES = 2  # of companies or regions side by side above a heading


@dataclass(frozen=True)
class Band:
    """Heading rows.

    Args:
        rows: Their indices.
        main: The row that names most periods.
        headings: Meaning of each cell, by row and column.
        above: Rows of the band whose columns these rows are a part of.
    """

    rows: tuple[int, ...]
    main: int
    headings: Mapping[int, Mapping[int, Heading]]
    above: tuple[int, ...] = ()

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """All rows that speak of its columns, from top to bottom."""
        return self.above + self.rows

    @cached_property
    def main_left(self) -> int:
        """Column of the first period."""
        return min(column for column, cell in self.headings[self.main].items() if cell.period)


def find_bands(sheet: Sheet, is_label: Callable[[str], bool]) -> list[Band]:
    """The bands of a sheet, from top to bottom.

    Args:
        sheet: Its cells.
        is_label: Whether a text names a line item; such a row is no heading.
    """
    bands: list[Band] = []
    run: dict[int, Mapping[int, Heading]] = {}
    for row in range(len(sheet.rows) + 1):
        headings = _heading_row(sheet, row, is_label)
        if headings is not None and len(run) < _HIGHEST:
            run[row] = headings
            continue
        if run and row - max(run) <= 1 and not any(sheet.rows[row : row + 1]):
            continue  # one empty row does not end a heading
        band = _band(sheet, run, is_label) or (_section(sheet, run, bands[-1]) if bands else None)
        if band is not None:
            bands.append(band)
        run = {row: headings} if headings is not None else {}
    return bands


def _heading_row(
    sheet: Sheet, row: int, is_label: Callable[[str], bool]
) -> Mapping[int, Heading] | None:
    """The headings of a row; None when the row holds figures or no word of a heading."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    if any(_is_plain_figure(cell) for cell in cells):
        return None  # before its texts are read: most rows end here
    found: dict[int, Heading] = {}
    years: list[float] = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        heading = read_heading(cell)
        if heading is None or _is_written_number(cell):
            return None
        found[column] = heading
        if heading.number and isinstance(cell, float):
            years.append(cell)
    found = _with_unclear(found)
    if not any(heading.is_part_of_heading for heading in found.values()):
        return None
    names_time = any(cell.period or cell.scenario or cell.previous for cell in found.values())
    if (years and not _are_years(years)) or (
        (years or not names_time) and any(is_label(cell.label) for cell in found.values())
    ):
        return None
    return found


def _is_plain_figure(cell: Cell) -> bool:
    """Whether a cell holds a number that is no year, or the error of a formula."""
    if cell.__class__ is float:
        return period_of_year(cell) is None
    return isinstance(cell, CellError | NeverCalculated)


def _with_unclear(found: dict[int, Heading]) -> dict[int, Heading]:
    """The headings; periods that all stand beside the same unknown words are taken for periods.

    What the words mean (a running total, a plan) must be asked.
    """
    beside = {column: heading for column, heading in found.items() if heading.beside is not None}
    words = {heading.unknown for heading in beside.values()}
    if len(beside) < _FEWEST_NAMES or len(words) > 1 or any(h.period for h in found.values()):
        return found
    taken = {
        column: replace(heading, period=heading.beside, other=False, unclear=True)
        for column, heading in beside.items()
    }
    return {**found, **taken}


def _is_written_number(cell: Cell) -> bool:
    return isinstance(cell, str) and _writes_number(cell)


@lru_cache(maxsize=8192)
def _writes_number(text: str) -> bool:
    """Whether a text is a number, and not a year."""
    if not _DIGIT.search(folded(text)):
        return False
    if read_number(text) in (Writing.MISSING, Writing.NO_NUMBER):
        return False
    heading = read_heading(text)
    return heading is None or (heading.period is None and heading.unit is None)


def _are_years(numbers: Sequence[float]) -> bool:
    """Whether numbers between 1990 and 2099 follow each other as years (or months) do."""
    return all(
        abs(later - earlier) in (0.0, 1.0, 89.0) or later == numbers[0]
        for earlier, later in pairwise(numbers)
    )


def _band(
    sheet: Sheet, run: Mapping[int, Mapping[int, Heading]], is_label: Callable[[str], bool]
) -> Band | None:
    """The band of a run of heading rows; None when none of them stands over figures."""
    best: tuple[int, int, int] | None = None
    for row, headings in run.items():
        periods = [column for column, cell in headings.items() if cell.period]
        parts = sum(1 for column in periods if _names_part(headings[column]))
        if len(periods) >= 2 or any(_stands_over_figures(sheet, max(run), c) for c in periods):
            score = (len(periods) + parts, row, len(periods))
            best = max(best or score, score)
    if best is None:
        return None
    band = Band(tuple(range(min(run), max(run) + 1)), best[1], run)
    return _with_names_above(sheet, band, is_label)


def _with_names_above(sheet: Sheet, band: Band, is_label: Callable[[str], bool]) -> Band:
    """The band with the row of names right above it (``Nord | Süd | Gesamt``), if there is one."""
    row = band.rows[0] - 1
    cells = sheet.rows[row] if row >= 0 else ()
    names = {c: cell for c, cell in enumerate(cells) if c >= band.main_left and cell is not None}
    if len(names) < _FEWEST_NAMES or any(is_figure(cell) for cell in cells):
        return band
    read = {column: read_heading(cell) for column, cell in names.items()}
    headings = {
        c: heading for c, heading in read.items() if heading and not is_label(heading.label)
    }
    if len(headings) < len(names):
        return band
    return Band((row, *band.rows), band.main, {**band.headings, row: headings})


def _section(sheet: Sheet, run: Mapping[int, Mapping[int, Heading]], band: Band) -> Band | None:
    """A row such as ``Plan 2022`` among the labels: the columns go on, another block begins."""
    said = [(column, cell) for headings in run.values() for column, cell in headings.items()]
    if not said or any(column >= band.main_left for column, _ in said):
        return None
    speaks = any(cell.scenario or cell.previous or _is_year(cell) for _, cell in said)
    if not speaks or any(cell.other or cell.variance for _, cell in said):
        return None
    main = {band.main: band.headings[band.main]}
    kept = {row: band.headings[row] for row in band.levels if row not in _sections(band)} | main
    above = tuple(kept)
    return Band(tuple(run), band.main, {**kept, **run}, above)


def _sections(band: Band) -> tuple[int, ...]:
    """The rows of a band that are a block's own, not its columns'."""
    return band.rows if band.above else ()


def _is_year(heading: Heading) -> bool:
    return heading.period is not None and heading.period.is_year_alone


def _names_part(heading: Heading) -> bool:
    """Whether a heading names a part of a year; years and dates go with any such row."""
    return heading.period is not None and heading.period.names_part


def _stands_over_figures(sheet: Sheet, row: int, column: int) -> bool:
    """Whether figures follow under a lone heading."""
    below = (sheet.cell(under, column) for under in range(row + 1, row + 40))
    return sum(is_figure(cell) for cell in below) >= 2


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, be it a formula's error or a number written as text."""
    return isinstance(cell, float | CellError | NeverCalculated) or _is_written_number(cell)
