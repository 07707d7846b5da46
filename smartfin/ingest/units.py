"""In which unit figures are printed: found near them, or asked; never assumed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartfin.findings import FindingCode, QuestionKind
from smartfin.ingest.cells import Sheet, Workbook
from smartfin.ingest.columns import Column
from smartfin.ingest.layout import Table
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.rows import Row, TableRows
from smartfin.ingest.unit import UnitWords, currencies_in, find_unit, read_unit
from smartfin.items import Item

_SCALE_ANSWERS = ("1", "1000", "1000000")
_PERCENT_ANSWERS = ("percent", "fraction")
_LONGEST_COVER = 60  # rows


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit of money of a table.

    Args:
        factor: To single units; None when nothing says it.
        currencies: ISO codes the currency may be; empty when nothing says it.
        source: Name of the sheet that says it, when it is another one; else empty.
    """

    factor: float | None
    currencies: frozenset[str] = frozenset()
    source: str = ""


class Units:
    """The units of a workbook's tables.

    Args:
        workbook: All sheets.
        tables: The tables read from them.
        answers: Answers by question id.
        remarks: Where questions and assumptions go.
    """

    def __init__(
        self,
        workbook: Workbook,
        tables: Sequence[TableRows],
        answers: Mapping[str, str],
        remarks: Remarks,
    ) -> None:
        used = {table.table.sheet.name for table in tables}
        self._covers = [s for s in workbook.sheets if s.name not in used and not s.hidden]
        self._answers = answers
        self._remarks = remarks
        self._scales = {id(table): self._scale(table) for table in tables}

    def currencies(self, table: TableRows) -> set[frozenset[str]]:
        """The currencies a table names in its rows, columns and titles."""
        units = [row.unit for row in table.rows] + [column.unit for column in table.table.columns]
        named = {unit.currencies for unit in units if unit is not None and unit.currencies}
        own = self._scales[id(table)].currencies
        return named | {own} if own else named

    def factors(self, table: TableRows, row: Row, item: Item) -> list[float | None]:
        """Factors from a row's printed figures to single units; None where it must be asked."""
        columns = table.table.columns
        if item.unit == "percent":
            return [self._percent_factor(table, row)] * len(columns)
        if item.unit != "currency":
            return [1.0] * len(columns)
        if row.unit is not None and row.unit.scale is not None:
            factors: list[float | None] = [row.unit.scale] * len(columns)
        elif all(column.unit is None for column in columns):
            factors = [self._table_factor(table, row)] * len(columns)
        else:
            factors = [self._column_factor(table, row, column) for column in columns]
        shown = table.table.sheet.factors
        if not shown:
            return factors
        return [  # a format that divides what is shown leaves the cell in single units
            1.0 if factor and shown.get((row.index, column.index), 1.0) < 1 else factor
            for factor, column in zip(factors, columns, strict=True)
        ]

    def _column_factor(self, table: TableRows, row: Row, column: Column) -> float | None:
        own = column.unit
        return own.scale if own and own.scale is not None else self._table_factor(table, row)

    def _table_factor(self, table: TableRows, row: Row) -> float | None:
        own = self._scales[id(table)]
        sheet = table.table.sheet
        if own.factor is None:
            cells = (sheet.cell(row.index, column.index) for column in table.table.columns)
            values = (cell for cell in cells if isinstance(cell, str | float))
            self._remarks.ask(
                QuestionKind.UNIT,
                f"unit:{sheet.name}",
                (sheet.name, sheet.address(row.index, row.column)),
                _SCALE_ANSWERS,
                label=row.label,
                value=next(values, None),
            )
        elif own.source:
            self._remarks.note(
                FindingCode.UNIT_ASSUMED, sheet.name, unit=own.factor, source=own.source
            )
        return own.factor

    def _percent_factor(self, table: TableRows, row: Row) -> float | None:
        """Percentages count as printed; small numbers without percent format are asked about."""
        sheet = table.table.sheet
        places = [(row.index, column.index) for column in table.table.columns]
        cells = [(sheet.cell(*place), sheet.factors.get(place, 1.0)) for place in places]
        numbers = [cell for cell, _ in cells if isinstance(cell, float) and cell]
        if not numbers or max(map(abs, numbers)) > 1 or any(factor > 1 for _, factor in cells):
            return 1.0
        name = f"unit:{sheet.name}:{row.match.item}"
        answer = self._answers.get(name)
        if answer in _PERCENT_ANSWERS:
            return 1.0 if answer == "percent" else 100.0
        place = (sheet.name, sheet.address(row.index, row.column))
        self._remarks.ask(
            QuestionKind.UNIT, name, place, _PERCENT_ANSWERS, label=row.label, value=numbers[0]
        )
        return None

    def _scale(self, table: TableRows) -> Scale:
        """The unit of a table's money, from the nearest place that names one.

        Heading and corner, texts above (nearest first), the sheet's name, notes below, an answer,
        and last a sheet without figures (a cover) that speaks for the whole workbook.
        """
        for texts in _tiers(table.table, table):
            scale = _agreed(texts)
            if scale is not None:
                return scale
        answer = self._answers.get(f"unit:{table.table.sheet.name}", "")
        if answer in _SCALE_ANSWERS:
            return Scale(float(answer))
        for cover in self._covers:
            scale = _agreed(_cover_texts(cover))
            if scale is not None and scale.factor is not None:
                return Scale(scale.factor, scale.currencies, source=cover.name)
        return Scale(None, _named_currencies(self._covers))


def _named_currencies(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The currency sheets name somewhere; empty when none, or more than one."""
    texts = (text for sheet in sheets for text in _cover_texts(sheet, bare=True))
    found = {named for text in texts if len(text) <= 60 and (named := currencies_in(text))}
    return found.pop() if len(found) == 1 else frozenset()


def _tiers(table: Table, rows: TableRows) -> Iterable[list[str]]:
    """Texts that may name the unit, nearest first."""
    sheet = table.sheet
    yield [text for row in range(table.top, table.first) for text in _texts(sheet, row)]
    for row in range(table.top - 1, -1, -1):
        yield _texts(sheet, row)
    yield [sheet.name]
    labelled = {row.index for row in rows.rows}
    below = (row for row in range(table.first, len(sheet.rows)) if row not in labelled)
    yield [text for row in below for text in _texts(sheet, row)]


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [cell for cell in sheet.rows[row] if isinstance(cell, str)]


def _cover_texts(sheet: Sheet, *, bare: bool = False) -> list[str]:
    """Texts of a sheet without figures; a bare ``EUR`` there is the currency, not the unit."""
    rows = range(min(len(sheet.rows), _LONGEST_COVER))
    texts = [text.strip() for row in rows for text in _texts(sheet, row)]
    return [text for text in texts if bare or not (text.isupper() and len(text) == 3)]


def _agreed(texts: Iterable[str]) -> Scale | None:
    """The unit texts name; without a factor when they name two."""
    units = [unit for text in texts if (unit := _money_unit(text)) is not None]
    factors = {unit.scale for unit in units if unit.scale is not None}
    currencies = {unit.currencies for unit in units if unit.currencies}
    if not factors:
        return None
    named = currencies.pop() if len(currencies) == 1 else frozenset()
    return Scale(factors.pop() if len(factors) == 1 else None, named)


def _money_unit(text: str) -> UnitWords | None:
    unit = read_unit(text) or find_unit(text)
    return unit if unit is not None and not unit.kind else None
