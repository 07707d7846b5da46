"""A workbook as sheets of typed cells with addresses, read with python-calamine.

Runs in the child process only: calamine can be made to take gigabytes or to abort.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import PurePath
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container import guard
from smartfin.ingest.container.kind import Kind, kind_of
from smartfin.ingest.container.package import plain_package
from smartfin.ingest.container.refusal import PartRefused
from smartfin.ingest.grid.delimited import read_delimited
from smartfin.ingest.grid.hidden import Secrets, SheetSecrets
from smartfin.ingest.grid.hidden_ods import read_ods_secrets
from smartfin.ingest.grid.hidden_ooxml import read_ooxml_secrets
from smartfin.ingest.grid.hidden_xls import read_xls_secrets
from smartfin.ingest.grid.hidden_xlsb import read_xlsb_secrets
from smartfin.ingest.ours import is_list_sheet

Value: TypeAlias = float | str | bool | date | None
Place: TypeAlias = tuple[int, int]  # row and column, counted from 0


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed, e.g. ``#DIV/0!``."""

    code: str


@dataclass(frozen=True, slots=True)
class NeverCalculated:
    """A cell whose formula was written by a program and never computed."""


Cell: TypeAlias = Value | CellError | NeverCalculated


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Args:
        name: Its name.
        rows: Cells from A1, row by row; rows may differ in length.
        merged: Place of each cell under a merge, to the place that holds its text.
        factors: What a cell's number is multiplied by to get what is printed (100 for a percent
            format, 0.001 for a thousands format), by place; 1 when absent.
        hidden: Whether it is hidden.
        chart: Whether it is no sheet of cells.
        ours: Whether it is the list of remarks smartfin added; its cells are left out.
        hidden_rows: Indices of hidden rows.
        hidden_columns: Indices of hidden columns.
        flipped: Whether rows and columns are exchanged.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: Mapping[Place, Place] = field(default_factory=dict)
    factors: Mapping[Place, float] = field(default_factory=dict)
    hidden: bool = False
    chart: bool = False
    ours: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    flipped: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place; None outside the sheet."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else None

    def address(self, row: int, column: int) -> str:
        """The name a cell has in the workbook."""
        return address(column, row) if self.flipped else address(row, column)

    @property
    def keeps_rows(self) -> bool:
        """Whether cells of one row are of one row in the workbook too."""
        return not self.flipped

    def turned(self) -> Sheet:
        """The sheet with rows and columns exchanged; addresses stay those of the workbook."""
        width = max((len(row) for row in self.rows), default=0)
        rows = tuple(
            tuple(row[column] if column < len(row) else None for row in self.rows)
            for column in range(width)
        )
        merged = {place[::-1]: anchor[::-1] for place, anchor in self.merged.items()}
        factors = {place[::-1]: factor for place, factor in self.factors.items()}
        return replace(
            self,
            rows=rows,
            merged=merged,
            factors=factors,
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            flipped=not self.flipped,
        )


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets, and what is said of the workbook as a whole.

    Args:
        sheets: In their order.
        properties: Title, subject and keywords of the document.
        external_links: Sheet and cell of each formula that refers to another workbook; one pair
            of empty texts where the format tells only that there are such formulas.
        missing: Names of sheets that the workbook lists without holding them.
    """

    sheets: tuple[Sheet, ...]
    properties: str = ""
    external_links: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


def address(row: int, column: int) -> str:
    """The name of a cell.

    Example:
        >>> address(13, 2), address(0, 26)
        ('C14', 'AA1')
    """
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=16_384)
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_cells(content: bytes, name: str = "") -> Workbook:
    """All cells of a workbook.

    Args:
        content: Bytes of a file that passed ``guard.container_findings``.
        name: Its name; that of the only sheet of a text.

    Raises:
        PartRefused: The container's parts are damaged or hostile, the cells too many, or a text
            holds no table.
        CalamineError: The workbook cannot be read.
    """
    kind = kind_of(content)
    if kind is Kind.TEXT:
        stem = PurePath(name.replace("\\", "/")).stem
        rows = (tuple(map(_text_cell, row)) for row in read_delimited(content))
        return Workbook((Sheet(stem, tuple(rows)),))
    if kind is Kind.COMPOUND:
        return _read_workbook(content, read_xls_secrets(content))
    parts = guard.read_parts(content)
    content = plain_package(content, parts)
    secrets = _package_secrets(parts)
    parts.clear()  # of a large workbook they are most of the memory
    return _read_workbook(content, secrets)


_ERROR_TEXT = re.compile(r"#[^\s#]{2,14}")
_MIDNIGHT = re.compile(r"(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})[ T]0?0:00(?::00(?:\.0+)?)?Z?")


def _text_cell(text: str | None) -> Cell:
    """A cell of a text: an error as any language prints it (``#N/D``); a midnight is its day."""
    if text is None:
        return None
    if text.startswith("#") and text.isupper() and _ERROR_TEXT.fullmatch(text):
        return CellError(text)
    midnight = _MIDNIGHT.fullmatch(text) if ":" in text else None
    return midnight[1] if midnight else text


def _package_secrets(parts: Mapping[str, bytes]) -> Secrets:
    """What a zip package's parts say beyond the values."""
    if "xl/workbook.bin" in parts:
        return read_xlsb_secrets(parts)
    if "content.xml" in parts:
        return read_ods_secrets(parts)
    secrets = read_ooxml_secrets(parts)
    for sheet, body in secrets.bodies.items():
        guard.refuse_far_cells(body, sheet)
    return secrets


def _read_workbook(content: bytes, secrets: Secrets) -> Workbook:
    links: list[tuple[str, str]] = [("", "")] if secrets.linked else []
    sheets: list[Sheet] = []
    room = guard.MOST_CELLS
    with _opened(content, secrets) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.name in secrets.missing:
                continue
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                sheets.append(Sheet(metadata.name, (), hidden=_is_hidden(metadata), chart=True))
                continue
            read = workbook.get_sheet_by_name(metadata.name)
            room -= read.height * read.width
            if room < 0:
                raise PartRefused(guard.too_many_cells())
            told = secrets.of_sheet(metadata.name)
            links += [(metadata.name, address(*place)) for place in told.links]
            sheets.append(_sheet(read, told, metadata, from_1904=secrets.from_1904))
    return Workbook(tuple(sheets), secrets.properties, tuple(links), secrets.missing)


def _opened(content: bytes, secrets: Secrets) -> CalamineWorkbook:
    """The workbook; one that lists a sheet without any place for it cannot be opened."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        if not secrets.missing:
            raise
        finding = Finding(FindingCode.SHEET_MISSING, facts={"sheet": secrets.missing[0]})
        raise PartRefused(finding) from error


def _is_hidden(metadata: SheetMetadata) -> bool:
    return metadata.visible is not SheetVisibleEnum.Visible


def _sheet(
    read: CalamineSheet, secrets: SheetSecrets, metadata: SheetMetadata, *, from_1904: bool
) -> Sheet:
    top, left = read.start or (0, 0)
    pad: tuple[Cell, ...] = (None,) * left
    rows: list[tuple[Cell, ...]] = [()] * top
    rows += [pad + tuple(_typed(cells)) for cells in read.to_python(skip_empty_area=True)]
    if is_list_sheet(rows):
        return Sheet(read.name, (), hidden=_is_hidden(metadata), ours=True)
    _mark(rows, secrets, _EPOCH_1904 if from_1904 else _EPOCH)
    if from_1904:
        rows = [tuple(map(_year_of_1904, row)) for row in rows]
    width = max(map(len, rows), default=0)
    return Sheet(
        read.name,
        tuple(rows),
        _merged(read.merged_cell_ranges or secrets.merged),
        _factors(rows, secrets),
        hidden=_is_hidden(metadata),
        hidden_rows=_within(secrets.hidden_rows, len(rows)),
        hidden_columns=_within(secrets.hidden_columns, width),
    )


def _mark(rows: list[tuple[Cell, ...]], secrets: SheetSecrets, epoch: date) -> None:
    """Puts into the rows what calamine left out of them."""
    marks: dict[Place, Cell] = {place: CellError(code) for place, code in secrets.errors.items()}
    marks |= dict.fromkeys(secrets.uncalculated, NeverCalculated())
    for place in secrets.days:
        number = _at(rows, place)
        if isinstance(number, float) and 0 <= number < _MOST_DAYS:
            marks[place] = epoch + timedelta(days=int(number))
    for (row, column), mark in marks.items():
        rows += [()] * (row + 1 - len(rows))
        cells = list(rows[row]) + [None] * (column + 1 - len(rows[row]))
        cells[column] = mark
        rows[row] = tuple(cells)


def _at(rows: Sequence[tuple[Cell, ...]], place: Place) -> Cell:
    row, column = place
    cells = rows[row] if row < len(rows) else ()
    return cells[column] if column < len(cells) else None


def _factors(rows: Sequence[tuple[Cell, ...]], secrets: SheetSecrets) -> Mapping[Place, float]:
    """The factor of each cell whose format prints another number, where it varies by the number."""
    if not secrets.varying:
        return secrets.factors
    factors = dict(secrets.factors)
    for place, shown in secrets.varying.items():
        number = _at(rows, place)
        if isinstance(number, float):
            factors[place] = shown.factor_of(number)
    return factors


def _within(spans: Sequence[range], end: int) -> frozenset[int]:
    """The indices of some spans, as far as the sheet goes."""
    clipped = dict.fromkeys(range(span.start, min(span.stop, end)) for span in spans)
    return frozenset(index for span in clipped for index in span)


_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MOST_DAYS = 2_958_466  # 31 December 9999 and on is no day
_YEARS = range(1990, 2100)  # that a number in a format of days may be meant as


def _year_of_1904(cell: Cell) -> Cell:
    """A year number in a format of days, counted from 1904: the same day as in other books."""
    if isinstance(cell, date) and (cell - _EPOCH_1904).days in _YEARS:
        return _EPOCH + (cell - _EPOCH_1904)
    return cell


_LARGEST = 1e300  # beyond it, and for "inf" and "nan", a cell holds no number


def _typed(cells: Iterable[object]) -> Iterable[Cell]:
    """Blank texts are no cells; whole numbers are numbers; a moment is its day."""
    return [
        (cell if -_LARGEST < cell < _LARGEST else CellError("#NUM!"))
        if type(cell) is float
        else (cell or None)
        if type(cell) is str and "\x00" not in cell
        else _converted(cell)
        for cell in cells
    ]


def _converted(cell: object) -> Cell:
    if isinstance(cell, bool | date) and not isinstance(cell, datetime):
        return cell
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int):
        return float(cell)
    if isinstance(cell, str):
        return cell.replace("\x00", "") or None  # no database holds such a sign in a text
    return _days(cell)


def _days(cell: object) -> float | None:
    """A number in a format of hours or time, as the days it counts."""
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86_400
    if isinstance(cell, time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / 86_400
    return None


def _merged(ranges: Sequence[tuple[Place, Place]]) -> dict[Place, Place]:
    """Cells under a merge to the one that holds the text; absurdly large merges are ignored."""
    places: dict[Place, Place] = {}
    for (top, left), (bottom, right) in ranges[:20_000]:
        if (bottom - top + 1) * (right - left + 1) <= 2_000 and len(places) < 200_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    places[row, column] = (top, left)
    return places
