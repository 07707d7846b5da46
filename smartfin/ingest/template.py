"""A template of ours that comes back filled: read by its signs, to the letter.

Each sheet says for whom it was made and in which currency, each column its quarter, each row its
line item (``ours``); labels, headings, order and names are whatever a person made of them. What
a formula of the template computes is checked and not taken for a statement: a program may have
filled the sheet without calculating. Amounts are in single units, costs positive, as printed on
its first sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartfin.facts import Fact
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.amounts.agreement import agreed
from smartfin.ingest.amounts.figures import rounding_of
from smartfin.ingest.amounts.number import Writing, read_number
from smartfin.ingest.checks import CHECKS, Book
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Place, Sheet, Workbook
from smartfin.ingest.layout.bands import is_figure
from smartfin.ingest.ours import (
    ColumnSign,
    RowSign,
    TemplateSign,
    column_sign,
    row_sign,
    template_sign,
)
from smartfin.ingest.periods.normalise import Stated
from smartfin.ingest.reading import (
    Mapped,
    MapReason,
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
    SheetReason,
    SheetUse,
)
from smartfin.ingest.remarks import Remarks
from smartfin.items import Item, Statement
from smartfin.partner import Partner

_HEAD = 30  # rows from the top that may hold the sign, should a person add some
_MONTHS = 3


@dataclass(frozen=True)
class _Grid:
    """One sheet of a template.

    Args:
        sheet: Its cells.
        sign: What it says of itself.
        signed_column: Column of the rows' signs.
        columns: What each column of figures holds.
        rows: What each row holds.
    """

    sheet: Sheet
    sign: TemplateSign
    signed_column: int
    columns: Mapping[int, ColumnSign]
    rows: Mapping[int, RowSign]

    def label(self, row: int) -> tuple[str, int]:
        """What is printed in front of a row's figures, and where."""
        for column in range(min(self.columns, default=0)):
            cell = self.sheet.cell(row, column)
            if column != self.signed_column and isinstance(cell, str) and cell.strip():
                return cell.strip(), column
        return "", min(self.columns, default=0)


def is_template(workbook: Workbook) -> bool:
    """Whether a workbook holds a sheet of a template of ours."""
    return any(_sign_of(sheet) is not None for sheet in workbook.sheets)


def template_reading(workbook: Workbook, context: ReadingContext) -> Reading:
    """What a filled template says.

    Args:
        workbook: Its cells; at least one sheet is a template's.
        context: Line items and partners.
    """
    return _TemplateReader(workbook, context).reading()


def _sign_of(sheet: Sheet) -> tuple[TemplateSign, int, int] | None:
    """The sign of a sheet, its row and column; None where it has none."""
    for index, row in enumerate(sheet.rows[:_HEAD]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (sign := template_sign(cell)) is not None:
                return sign, index, column
    return None


def _grid_of(sheet: Sheet) -> _Grid | None:
    found = _sign_of(sheet)
    if found is None:
        return None
    sign, top, left = found
    columns = {n: told for n, cell in enumerate(sheet.rows[top]) if (told := column_sign(cell))}
    named = {n: row_sign(sheet.cell(n, left)) for n in range(len(sheet.rows))}
    rows = {n: named_so for n, named_so in named.items() if named_so is not None}
    return _Grid(sheet, sign, left, columns, rows)


def _calculated(cell: Cell) -> float | None:
    """What a formula of the template gave; nothing where no program has calculated it."""
    return cell if isinstance(cell, float) else None


class _TemplateReader:
    """One filled template on its way to a reading."""

    def __init__(self, workbook: Workbook, context: ReadingContext) -> None:
        self._workbook = workbook
        self._context = context
        self._items = context.items
        self._remarks = Remarks()
        grids = (_grid_of(sheet) for sheet in workbook.sheets)
        self._grids = [grid for grid in grids if grid is not None]

    def reading(self) -> Reading:
        """Everything the template says."""
        partner = self._partner()
        currency = self._currency(partner)
        entered: list[Stated] = []
        computed: list[Stated] = []
        for grid in self._grids:
            for row, sign in grid.rows.items():
                if sign.item in self._items:
                    target = computed if sign.computed else entered
                    target += self._row(grid, row, sign, currency)
            self._tell_of_others(grid, currency)
        chosen, contradictions = agreed(entered, self._items)
        self._remarks.add(*contradictions)
        self._check(chosen, computed)
        uses = tuple(self._uses(chosen))
        return Reading(
            partner=partner.code if partner else None,
            currency=currency,
            facts=tuple(one.fact for one in chosen),
            mapping=tuple(self._mapping()),
            findings=self._remarks.findings,
            periods=tuple(self._periods()),
            sheets=uses,
            synthetic=any(grid.sign.synthetic for grid in self._grids),
        )

    # --- whose, and in which money

    def _partner(self) -> Partner | None:
        """The partner the template was made for; another one that is expected is told."""
        known = {partner.code: partner for partner in self._context.partners}
        made_for = dict.fromkeys(grid.sign.partner for grid in self._grids)
        if len(made_for) > 1:
            both = {"partners": ", ".join(sorted(made_for))}
            self._remarks.add(Finding(FindingCode.TWO_PARTNERS, facts=both))
        (code, *_) = made_for
        expected = known.get((self._context.partner or code).upper())
        if expected is None:
            self._remarks.add(Finding(FindingCode.UNKNOWN_PARTNER))
        elif expected.code != code:
            facts = {"expected": expected.code, "found": code}
            self._remarks.add(Finding(FindingCode.WRONG_PARTNER, facts=facts))
        return expected

    def _currency(self, partner: Partner | None) -> str:
        for grid in self._grids:
            found = grid.sign.currency
            if partner is not None and found != partner.currency:
                facts = {"expected": partner.currency, "found": found}
                self._remarks.add(Finding(FindingCode.WRONG_CURRENCY, grid.sheet.name, facts=facts))
        return partner.currency if partner else self._grids[0].sign.currency

    # --- figures

    def _row(self, grid: _Grid, row: int, sign: RowSign, currency: str) -> list[Stated]:
        """What a row states, column by column; empty cells are missing, never zero."""
        item = self._items[sign.item]
        unit = currency if item.unit == "currency" else item.unit
        label, _ = grid.label(row)
        read = {
            column: (
                _calculated(grid.sheet.cell(row, column))
                if sign.computed
                else self._number(grid.sheet, (row, column), item, label)
            )
            for column, held in grid.columns.items()
            if not (sign.computed and held.known)
        }
        numbers = {column: number for column, number in read.items() if number is not None}
        precision = rounding_of(list(numbers.values())) if numbers else 0.0
        stated = []
        for column, number in numbers.items():
            held, address = grid.columns[column], grid.sheet.address(row, column)
            fact = Fact(
                item.code,
                held.quarter,
                held.scenario,
                number,
                unit,
                grid.sheet.name,
                address,
                label,
            )
            stated.append(Stated(fact, precision, len(grid.rows), _MONTHS))
            if number < 0 and not item.signed and not sign.computed:
                facts = {"item": item.code, "quarter": str(held.quarter), "unit": unit}
                code = FindingCode.NEGATIVE_AMOUNT
                self._remarks.note(code, grid.sheet.name, address, value=number, **facts)
        return stated

    def _number(self, sheet: Sheet, place: Place, item: Item, label: str) -> float | None:
        """The number somebody typed; a finding when it is none."""
        cell, address = sheet.cell(*place), sheet.address(*place)
        if cell is None:
            return None
        if isinstance(cell, float):
            is_fraction = item.unit == "percent" and sheet.factors.get(place, 1.0) == 100
            return float(f"{cell * 100:.15g}") if is_fraction else cell
        if isinstance(cell, CellError):
            facts: dict[str, object] = {"error": cell.code, "item": item.code, "label": label}
            self._remarks.note(FindingCode.ERROR_CELL, sheet.name, address, **facts)
            return None
        if isinstance(cell, NeverCalculated):
            self._remarks.note(FindingCode.NEVER_CALCULATED, sheet.name, address, count=1)
            return None
        number = read_number(cell) if isinstance(cell, str) else Writing.NO_NUMBER
        if isinstance(number, float):
            return number
        if number is not Writing.MISSING:
            text = str(cell)[:40]
            self._remarks.note(
                FindingCode.NOT_A_NUMBER, sheet.name, address, text=text, label=label
            )
        return None

    # --- what a person added

    def _tell_of_others(self, grid: _Grid, currency: str) -> None:
        """Tells of figures in rows and columns that are not the template's."""
        known = {
            row for row, sign in grid.rows.items() if sign.computed or sign.item in self._items
        }
        for row in range(len(grid.sheet.rows)):
            figures = [
                cell
                for column in grid.columns
                if isinstance(cell := grid.sheet.cell(row, column), float)
            ]
            if row in known or not figures:
                continue
            label, column = grid.label(row)
            facts: dict[str, object] = {"amount": max(figures, key=abs), "unit": currency}
            code = FindingCode.UNLABELLED_AMOUNTS
            if label:
                code, facts = FindingCode.UNMAPPED_AMOUNTS, {"label": label, **facts}
            address = grid.sheet.address(row, column)
            self._remarks.note(code, grid.sheet.name, address, **facts)
        self._tell_of_other_columns(grid)

    def _tell_of_other_columns(self, grid: _Grid) -> None:
        if not grid.columns:
            return
        width = max(len(row) for row in grid.sheet.rows)
        unknown = {
            column: row
            for column in range(min(grid.columns), width)
            for row in grid.rows
            if column not in grid.columns and isinstance(grid.sheet.cell(row, column), float)
        }
        if unknown:
            names = tuple(grid.sheet.address(0, column).rstrip("1") for column in unknown)
            column, row = next(iter(unknown.items()))
            address = grid.sheet.address(row, column)
            self._remarks.note(FindingCode.COLUMN_UNUSED, grid.sheet.name, address, columns=names)

    # --- rules and report

    def _check(self, chosen: tuple[Stated, ...], computed: list[Stated]) -> None:
        """The rules; totals a formula computed are looked at, and no statement."""
        statements = {self._items[one.fact.item].statement for one in chosen}
        totals = [
            one for one in computed if not any(one.fact.key == other.fact.key for other in chosen)
        ]
        book = Book(
            (*chosen, *totals),
            self._items,
            frozenset(statements),
            frozenset(),
            self._context.newest_allowed,
        )
        self._remarks.add(*(finding for rule in CHECKS for finding in rule.broken(book)))

    def _mapping(self) -> Iterator[Mapped]:
        for grid in self._grids:
            for row, sign in grid.rows.items():
                if sign.computed or sign.item not in self._items:
                    continue
                label, column = grid.label(row)
                figures = [grid.sheet.cell(row, column) for column in grid.columns]
                value = next((cell for cell in reversed(figures) if isinstance(cell, float)), None)
                address = grid.sheet.address(row, column)
                yield Mapped(
                    grid.sheet.name, address, label, sign.item, 1.0, MapReason.KEY, (), value
                )

    def _periods(self) -> Iterator[PeriodHeader]:
        signs = dict.fromkeys(sign for grid in self._grids for sign in grid.columns.values())
        for quarter in dict.fromkeys(sign.quarter for sign in signs):
            yield PeriodHeader(str(quarter), PeriodKind.QUARTER, quarter.start, quarter.end)

    def _uses(self, chosen: tuple[Stated, ...]) -> Iterator[SheetUse]:
        grids = {grid.sheet.name: grid for grid in self._grids}
        for sheet in self._workbook.sheets:
            if sheet.name in grids:
                facts = [one.fact for one in chosen if one.fact.sheet == sheet.name]
                yield self._use(grids[sheet.name], facts)
                continue
            if any(is_figure(cell) for row in sheet.rows for cell in row):
                reason = SheetReason.BESIDE_TEMPLATE
                self._remarks.note(FindingCode.SHEET_UNUSED, sheet.name, reason=reason)
            else:
                reason = SheetReason.REMARKS if sheet.ours else SheetReason.EMPTY
            yield SheetUse(sheet.name, None, used=False, reason=reason, hidden=sheet.hidden)

    def _use(self, grid: _Grid, facts: list[Fact]) -> SheetUse:
        quarters = [sign.quarter for sign in grid.columns.values()]
        if not quarters:
            reason = SheetReason.GUIDE
            return SheetUse(grid.sheet.name, None, used=False, reason=reason)
        return SheetUse(
            grid.sheet.name,
            self._statement(grid),
            used=True,
            reason=SheetReason.USED,
            scale=1.0,
            first=min(quarters).start,
            last=max(quarters).end,
            facts=len(facts),
            hidden=grid.sheet.hidden,
        )

    def _statement(self, grid: _Grid) -> Statement | None:
        rows = (sign.item for sign in grid.rows.values() if sign.item in self._items)
        first = next(rows, None)
        return self._items[first].statement if first else None
