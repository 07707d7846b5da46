"""Where on a sheet the tables are: their headings, columns, labels and rows.

Below each band of headings (``bands``) stands a table; beside each other stand as many as
there are columns of labels. What its columns are is read in ``columns``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from smartfin.findings import Finding, Question
from smartfin.ingest.grid.cells import Sheet
from smartfin.ingest.layout.bands import Band, find_bands, is_figure
from smartfin.ingest.layout.clues import Clues
from smartfin.ingest.layout.columns import Column
from smartfin.ingest.layout.header import BandReader
from smartfin.ingest.layout.titles import Titles
from smartfin.ingest.reading import PeriodKind


@dataclass(frozen=True)
class Table:
    """Figures under one band, with their labels to the left.

    Args:
        sheet: Where it stands.
        top: First row of the band.
        first: First row of figures.
        last: Last row of figures.
        left: First column that may hold labels.
        right: First column that may not.
        columns: The columns of figures.
        is_cumulative: Title, corner or sheet name say that the figures run from the year's start.
    """

    sheet: Sheet
    top: int
    first: int
    last: int
    left: int
    right: int
    columns: tuple[Column, ...]
    is_cumulative: bool = False

    def labels(self, row: int) -> list[tuple[int, str]]:
        """Columns and texts that may be the label of a row, outermost first."""
        cells = ((column, self.sheet.cell(row, column)) for column in range(self.left, self.right))
        return [(column, cell) for column, cell in cells if isinstance(cell, str) and cell.strip()]

    def has_figures(self, row: int) -> bool:
        """Whether a row holds anything under the periods."""
        return any(self.sheet.cell(row, column.index) is not None for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a sheet.

    Args:
        tables: From top to bottom, left to right.
        findings: Headings that contradict themselves.
        questions: What must be asked about headings.
    """

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def find_tables(
    sheet: Sheet, clues: Clues, is_label: Callable[[str], bool], bands: Sequence[Band] | None = None
) -> Layout:
    """The tables of one sheet.

    Args:
        sheet: Its cells.
        clues: What tells the periods when the sheet does not.
        is_label: Whether a text names a line item.
        bands: Its headings; None to look for them.
    """
    bands = find_bands(sheet, is_label) if bands is None else bands
    tables: list[Table] = []
    findings: list[Finding] = []
    questions: list[Question] = []
    top: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    for number, band in enumerate(bands):
        end = bands[number + 1].rows[0] - 1 if number + 1 < len(bands) else len(sheet.rows) - 1
        floor = bands[number - 1].rows[-1] + 1 if number else 0
        if not band.above:  # a block's own row stands under the titles of its columns
            above = tuple(_texts_above(sheet, band, floor))
            top = top if number else above
        titles = Titles(sheet.name, above, top if number else ())
        reader = BandReader(sheet, band, titles, clues)
        tables += _tables_under(sheet, band, end, reader.columns(), titles, is_label)
        findings += reader.findings
        questions += reader.questions
    return Layout(tuple(tables), tuple(findings), tuple(questions))


def _tables_under(
    sheet: Sheet,
    band: Band,
    end: int,
    columns: Sequence[Column],
    titles: Titles,
    is_label: Callable[[str], bool],
) -> Iterator[Table]:
    """The tables under one band, from left to right."""
    says_so = any(column.kind is PeriodKind.YTD for column in columns)
    cumulative = titles.say_cumulative and not says_so
    top, first = max(band.rows[0], 0), band.rows[-1] + 1
    for left, group in _side_by_side(sheet, band, end, columns, is_label):
        yield Table(sheet, top, first, end, left, group[0].index, group, cumulative)


def _texts_above(sheet: Sheet, band: Band, floor: int) -> list[str]:
    """Texts above a table and in its corner, from top to bottom; figures end the search."""
    first = max(band.rows[0], 0)
    while first > floor and not any(is_figure(cell) for cell in sheet.rows[first - 1]):
        first -= 1
    return [
        cell
        for row in range(first, band.rows[-1] + 1)
        for column, cell in enumerate(sheet.rows[row])
        if isinstance(cell, str) and (row < band.rows[0] or column < band.main_left)
    ]


def _side_by_side(
    sheet: Sheet,
    band: Band,
    end: int,
    columns: Sequence[Column],
    is_label: Callable[[str], bool],
) -> list[tuple[int, tuple[Column, ...]]]:
    """Columns in groups, each with the first column its labels may stand in."""
    groups: list[tuple[int, list[Column]]] = []
    past = -1
    for column in columns:
        between = range(past + 1, column.index)
        if not groups or any(_holds_labels(sheet, band, end, c, is_label) for c in between):
            groups.append((past + 1, []))
        groups[-1][1].append(column)
        past = column.index
    return [(left, tuple(group)) for left, group in groups]


def _holds_labels(
    sheet: Sheet, band: Band, end: int, column: int, is_label: Callable[[str], bool]
) -> bool:
    cells = (sheet.cell(row, column) for row in range(band.rows[-1] + 1, end + 1))
    return sum(1 for cell in cells if isinstance(cell, str) and is_label(cell)) >= 2
