"""In which unit figures are printed: found near them, or asked; never assumed in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from smartfin.findings import Aspect, FindingCode, QuestionKind
from smartfin.ingest.amounts.unit import closing_currency, currencies_in, money_unit
from smartfin.ingest.grid.cells import Sheet, Workbook
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.layout.columns import Column
from smartfin.ingest.layout.layout import Table
from smartfin.ingest.memory import Answers
from smartfin.ingest.remarks import Remarks
from smartfin.items import Item, Items

_SCALE_ANSWERS = ("1", "1000", "1000000")
_PERCENT_ANSWERS = ("percent", "fraction")
_LONGEST_COVER = 60  # rows
_LARGEST_BORROWED = 10.0  # times the amounts of the sheet whose unit a silent one borrows
_OF_ONE_SIZE = 100.0  # times: amounts further apart may be in different units


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
        answers: What is settled already.
        remarks: Where questions and assumptions go.
        items: The chart of line items.
    """

    def __init__(
        self,
        workbook: Workbook,
        tables: Sequence[TableRows],
        answers: Answers,
        remarks: Remarks,
        items: Items,
    ) -> None:
        used = {table.table.sheet.name for table in tables}
        self._covers = [s for s in workbook.sheets if s.name not in used and not s.hidden]
        self._answers = answers
        self._remarks = remarks
        self._used: dict[str, Counter[float]] = defaultdict(Counter)
        printed = {id(table): self._printed(table) for table in tables}
        silent = [t.table.sheet.name for t in tables if printed[id(t)] is None]
        sizes = _sizes(tables, items) if silent else {}
        said = [(t.table.sheet.name, scale) for t in tables if (scale := printed[id(t)])]
        self._borrowed = _borrowed(silent, said, sizes)
        self._asked_at = _asked_at([name for name in silent if name not in self._borrowed], sizes)
        self._scales = {id(t): printed[id(t)] or self._settled(t.table.sheet.name) for t in tables}

    def currencies(self, table: TableRows) -> set[frozenset[str]]:
        """The currencies a table names in its rows, columns and titles."""
        units = [row.unit for row in table.rows] + [column.unit for column in table.table.columns]
        named = {unit.currencies for unit in units if unit is not None and unit.currencies}
        own = self._scales[id(table)].currencies
        return named | {own} if own else named

    def scale(self, sheet: str) -> float | None:
        """Factor to single units of most money rows of a sheet; None when unknown or none."""
        factors = self._used.get(sheet)
        return factors.most_common(1)[0][0] if factors else None

    def question(self, sheet: str) -> str:
        """Id of the question in which unit the money of a sheet is.

        Sheets that say nothing, borrow nothing and hold amounts of one size share the question of
        the first.
        """
        return f"unit:{self._asked_at.get(sheet, sheet)}"

    def factors(self, table: TableRows, row: Row, item: Item) -> list[float | None]:
        """Factors from a row's printed figures to single units; None where it must be asked."""
        columns = table.table.columns
        if item.unit == "percent":
            return [self._percent_factor(table, row)] * len(columns)
        if item.unit != "currency":
            return [1.0] * len(columns)
        factors = self._money_factors(table, row)
        shown = table.table.sheet.factors
        if shown:  # a format that divides what is shown leaves the cell in single units
            factors = [
                1.0 if factor and shown.get((row.index, column.index), 1.0) < 1 else factor
                for factor, column in zip(factors, columns, strict=True)
            ]
        if factors[0] is not None:
            self._used[table.table.sheet.name][factors[0]] += 1
        return factors

    def _money_factors(self, table: TableRows, row: Row) -> list[float | None]:
        columns = table.table.columns
        if row.unit is not None and row.unit.scale is not None:
            return [row.unit.scale] * len(columns)
        if all(column.unit is None for column in columns):
            return [self._table_factor(table, row)] * len(columns)
        return [self._column_factor(table, row, column) for column in columns]

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
                self.question(sheet.name),
                (sheet.name, sheet.address(row.index, row.column)),
                _SCALE_ANSWERS,
                label=row.label,
                value=next(values, None),
                aspect=Aspect.WORKBOOK,
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

    def _printed(self, table: TableRows) -> Scale | None:
        """The unit of a table's money, from the nearest place on its sheet that names one.

        Heading and corner, texts above (nearest first), the sheet's name, notes below. Two units
        in one place are settled by an answer for that sheet. None where nothing is said.
        """
        for texts in _tiers(table.table, table):
            scale = _agreed(texts)
            if scale is None:
                continue
            answer = self._answers.get(f"unit:{table.table.sheet.name}")
            if scale.factor is None and answer in _SCALE_ANSWERS:
                return Scale(float(answer), scale.currencies)
            return scale
        return None

    def _settled(self, sheet: str) -> Scale:
        """The unit of a sheet that says none: an answer, what was remembered, a cover.

        What was remembered of any sheet counts where all silent sheets share one question: a
        later workbook may name its sheets otherwise.
        """
        answer = self._answers.get(f"unit:{sheet}") or self._answers.get(self.question(sheet))
        if answer not in _SCALE_ANSWERS and len(set(self._asked_at.values())) == 1:
            earlier = Answers({}, self._answers.remembered)
            answer = earlier.of_any("unit", _SCALE_ANSWERS)
        if answer in _SCALE_ANSWERS:
            return Scale(float(answer), _named_currencies(self._covers))
        for cover in self._covers:
            scale = _agreed(_cover_texts(cover))
            if scale is not None and scale.factor is not None:
                return Scale(scale.factor, scale.currencies, source=cover.name)
        return self._borrowed.get(sheet) or Scale(None, _named_currencies(self._covers))


def _sizes(tables: Sequence[TableRows], items: Items) -> dict[str, float]:
    """The largest amount of money of each sheet that has any."""
    sizes: dict[str, float] = {}
    for table in tables:
        rows = [row for row in table.rows if _is_money(row, items)]
        if rows:
            name = table.table.sheet.name
            sizes[name] = max(sizes.get(name, 0.0), _largest(table, rows))
    return sizes


def _asked_at(silent: Iterable[str], sizes: Mapping[str, float]) -> dict[str, str]:
    """The sheet whose question settles each silent sheet: the first with amounts of its size.

    Thousands on one sheet and single units on another differ by about a thousand in size.
    """
    leaders: dict[str, float] = {}
    asked: dict[str, str] = {}
    for sheet in dict.fromkeys(silent):
        if sheet in sizes:
            alike = (name for name, other in leaders.items() if _is_of_size(sizes[sheet], other))
            asked[sheet] = next(alike, sheet)
            leaders.setdefault(asked[sheet], sizes[sheet])
    return asked


def _borrowed(
    silent: Iterable[str], said: Sequence[tuple[str, Scale]], sizes: Mapping[str, float]
) -> dict[str, Scale]:
    """The unit of silent sheets that all sheets agree on that print one.

    What is in single units beside thousands is about a thousand times as large: a sheet with
    much larger amounts than the one that prints its unit borrows nothing.
    """
    lenders = [(sizes[sheet], sheet, scale) for sheet, scale in said if sheet in sizes]
    if len({scale.factor for _, _, scale in lenders}) != 1:
        return {}
    size, lender, scale = max(lenders, key=lambda one: one[:2])
    lent = replace(scale, source=lender)
    return {name: lent for name in silent if sizes.get(name, 0.0) <= _LARGEST_BORROWED * size}


def _is_money(row: Row, items: Items) -> bool:
    return row.match.item is not None and items[row.match.item].unit == "currency"


def _largest(table: TableRows, rows: Sequence[Row]) -> float:
    """The largest amount in some rows of a table."""
    sheet = table.table.sheet
    return max(
        (
            abs(cell)
            for row in rows
            for column in table.table.columns
            if isinstance(cell := sheet.cell(row.index, column.index), float)
        ),
        default=0.0,
    )


def _is_of_size(one: float, other: float) -> bool:
    return not one or not other or max(one, other) / min(one, other) <= _OF_ONE_SIZE


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
        texts = _texts(sheet, row)
        yield texts
        if len(texts) == 1 and closing_currency(texts[0]) is not None:
            yield [texts[0].rstrip().rpartition(" ")[2], *_title_texts(sheet, row)]
    yield [sheet.name]
    yield [sheet.name.rpartition(" ")[2]]
    labelled = {row.index for row in rows.rows}
    below = (row for row in range(table.first, len(sheet.rows)) if row not in labelled)
    yield [text for row in below for text in _texts(sheet, row)]


def _title_texts(sheet: Sheet, row: int) -> list[str]:
    """The texts above a title, up to the figures of another table: they may say thousands."""
    found: list[str] = []
    while row > 0 and not any(isinstance(cell, float) for cell in sheet.rows[row - 1]):
        row -= 1
        found += _texts(sheet, row)
    return found


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [cell for cell in sheet.rows[row] if isinstance(cell, str)]


def _cover_texts(sheet: Sheet, *, bare: bool = False) -> list[str]:
    """Texts of a sheet without figures; a bare ``EUR`` there is the currency, not the unit."""
    rows = range(min(len(sheet.rows), _LONGEST_COVER))
    texts = [text.strip() for row in rows for text in _texts(sheet, row)]
    return [text for text in texts if bare or not (text.isupper() and len(text) == 3)]


def _agreed(texts: Iterable[str]) -> Scale | None:
    """The unit texts name; without a factor when they name two."""
    units = [unit for text in texts if (unit := money_unit(text)) is not None]
    factors = {unit.scale for unit in units if unit.scale is not None}
    currencies = {unit.currencies for unit in units if unit.currencies}
    if not factors:
        return None
    named = currencies.pop() if len(currencies) == 1 else frozenset()
    return Scale(factors.pop() if len(factors) == 1 else None, named)
