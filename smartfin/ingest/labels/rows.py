"""The rows of a table: label, line item, and the unit the row itself names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from smartfin.ingest.amounts.number import is_percentage, likely_decimal_mark, settled_decimal_mark
from smartfin.ingest.amounts.unit import UnitWords, read_unit
from smartfin.ingest.labels.match import NO_MATCH, Match, Matcher, unit_in_label
from smartfin.ingest.layout.layout import Table
from smartfin.ingest.periods.period import period_of_year
from smartfin.ingest.reading import MapReason
from smartfin.ingest.text import comparable
from smartfin.items import Item, Items, Statement

_RATE = re.compile(r"\d\s*%\s*$")  # "Grant 80 %" holds money: the mark belongs to the name
_REACH = 3  # rows above and below that say which statement a row stands in
_FEWEST_AROUND = 2  # of them
_RIVALS = (Statement.BALANCE_SHEET, Statement.PNL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a label and figures.

    Args:
        index: Counted from 0.
        label: As printed, without blanks around it.
        column: Where the label stands.
        match: What it was taken for.
        unit: The unit named in the row or its label.
        section: What sets it apart from other rows of its label, comparable; mostly nothing.
    """

    index: int
    label: str
    column: int
    match: Match
    unit: UnitWords | None
    section: str = ""


@dataclass(frozen=True)
class TableRows:
    """A table with what its rows are.

    Args:
        table: Where they stand.
        rows: From top to bottom.
        statements: How many rows belong to each statement.
    """

    table: Table
    rows: tuple[Row, ...]
    statements: Counter[Statement]

    @property
    def statement(self) -> Statement | None:
        """The statement most rows belong to."""
        return max(self.statements, key=lambda s: self.statements[s]) if self.statements else None

    def texts(self) -> Iterator[str]:
        """The texts standing where figures are expected."""
        sheet = self.table.sheet
        for row in self.rows:
            for column in self.table.columns:
                cell = sheet.cell(row.index, column.index)
                if isinstance(cell, str):
                    yield cell

    @cached_property
    def decimal_mark(self) -> str | None:
        """What the table's own text numbers agree on; None where they leave it open."""
        return settled_decimal_mark(self.texts())

    @cached_property
    def likely_mark(self) -> str:
        """What its text numbers are likeliest read with: what makes them of its numbers' size.

        Enough to see an amount, never to state one.
        """
        if self.decimal_mark is not None:
            return self.decimal_mark
        cells = [
            self.table.sheet.cell(row.index, column.index)
            for row in self.rows
            for column in self.table.columns
        ]
        return likely_decimal_mark(
            [cell for cell in cells if isinstance(cell, str)],
            [cell for cell in cells if isinstance(cell, float) and cell],
        )

    def with_rows(self, rows: tuple[Row, ...], items: Items) -> TableRows:
        """The table with rows matched anew."""
        return TableRows(self.table, rows, _statements(rows, items))


def read_rows(table: Table, matcher: Matcher, items: Items) -> TableRows:
    """The rows of a table that hold figures, each matched in the light of its neighbours."""
    drafts = [
        row
        for index in range(table.first, min(table.last + 1, len(table.sheet.rows)))
        if table.sheet.rows[index] and (row := _row(table, index, matcher)) is not None
    ]
    drafts = _set_apart(drafts, table, matcher)
    settled = tuple(
        _settled(row, table, matcher, items, _home(place, drafts, items))
        for place, row in enumerate(drafts)
    )
    return TableRows(table, settled, _statements(settled, items))


def _statements(rows: Sequence[Row], items: Items) -> Counter[Statement]:
    found = (row.match.item for row in rows)
    return Counter(items[code].statement for code in found if code is not None)


def unlabelled_rows(table: Table) -> tuple[Row, ...]:
    """The rows of a table that hold figures and nothing that says what they are."""
    indices = range(table.first, min(table.last + 1, len(table.sheet.rows)))
    return tuple(
        Row(index, "", table.right, NO_MATCH, None)
        for index in indices
        if table.sheet.rows[index]
        and not table.labels(index)
        and table.has_figures(index)
        and not _names_years(table, index)
    )


def _names_years(table: Table, index: int) -> bool:
    """Whether a row holds nothing but years: a heading printed again."""
    cells = [table.sheet.cell(index, column.index) for column in table.columns]
    return all(isinstance(c, float) and period_of_year(c) is not None for c in cells if c)


def _row(table: Table, index: int, matcher: Matcher) -> Row | None:
    """The row at an index; None without label or figures."""
    texts = table.labels(index)
    if not texts or not table.has_figures(index):
        return None
    units = [(column, unit) for column, text in texts if (unit := read_unit(text)) is not None]
    unit_columns = {column for column, _ in units}
    names = [(column, text) for column, text in texts if column not in unit_columns] or texts
    column, text = _likeliest(names, matcher)
    unit = units[0][1] if units and names is not texts else unit_in_label(text)
    return Row(index, text.strip(), column, matcher.match(text), unit)


def _likeliest(names: Sequence[tuple[int, str]], matcher: Matcher) -> tuple[int, str]:
    """Of several texts in a row, the one that names a line item; else the outermost word."""
    if len(names) == 1:
        return names[0]
    for column, text in names:
        if matcher.is_label(text):
            return column, text
    return next(((c, t) for c, t in names if any(map(str.isalpha, t))), names[0])


def _set_apart(rows: list[Row], table: Table, matcher: Matcher) -> list[Row]:
    """The rows, those of one label told apart by the headings they stand under."""
    labels = Counter(row.label for row in rows if row.match.item is None or row.match.is_settled)
    if not labels or labels.most_common(1)[0][1] == 1:
        return rows
    found: list[Row] = []
    headings = _headings_above(rows, table)
    for row in rows:
        heading = headings[row.index] if labels[row.label] > 1 else ""
        match = matcher.match(row.label, heading) if heading else row.match
        found.append(replace(row, match=match, section=heading))
    return found


def _headings_above(rows: Sequence[Row], table: Table) -> dict[int, str]:
    """For each row the nearest text above it that stands in a row without figures, comparable."""
    found: dict[int, str] = {}
    heading, first = "", table.first
    for row in rows:
        for index in range(first, row.index):
            texts = table.labels(index)
            if texts and not table.has_figures(index):
                heading = comparable(texts[0][1])
        found[row.index], first = heading, row.index
    return found


def _home(place: int, rows: list[Row], items: Items) -> Statement | None:
    """The statement a row stands in, by rows around it; None where they do not tell."""
    near = rows[max(0, place - _REACH) : place] + rows[place + 1 : place + 1 + _REACH]
    around = {items[row.match.item].statement for row in near if row.match.item is not None}
    for home, other in (_RIVALS, _RIVALS[::-1]):
        if home in around and other not in around:
            known = sum(
                row.match.item is not None and items[row.match.item].statement is home
                for row in near
            )
            return home if known >= _FEWEST_AROUND else None
    return None


def _settled(row: Row, table: Table, matcher: Matcher, items: Items, home: Statement | None) -> Row:
    """The row with its final match: context applied, ratios set apart."""
    match = row.match
    if match.is_settled:
        return _said_of(row, matcher, items, home)
    if home is Statement.BALANCE_SHEET:
        match = matcher.match_in_balance_sheet(row.label)
    if match.item is not None and _is_ratio(row, table, items[match.item]):
        match = Match(None, match.confidence, MapReason.RATIO)
    elif match.item is not None and _unit_differs(row.unit, items[match.item]):
        match = Match(None, match.confidence, MapReason.UNKNOWN)
    if (
        match.reason is MapReason.UNKNOWN
        and _holds_percentages(row, table)
        and not _RATE.search(row.label)
    ):
        match = Match(None, 0.0, MapReason.RATIO)
    return row if match is row.match else replace(row, match=match)


def _said_of(row: Row, matcher: Matcher, items: Items, home: Statement | None) -> Row:
    """A row a person settled; what was said of a label in one statement is not so in another."""
    item = row.match.item
    if item is None or home is None or items[item].statement not in _RIVALS:
        return row
    if items[item].statement is home:
        return row
    match = matcher.match(row.label, home.value)
    if match.item == item:
        match = Match(None, 0.0, MapReason.UNKNOWN, proposals=(item,))
    return replace(row, match=match, section=home.value)


def _is_ratio(row: Row, table: Table, item: Item) -> bool:
    """Whether a row holds percentages of an item that is no percentage."""
    return item.unit != "percent" and _holds_percentages(row, table)


def _holds_percentages(row: Row, table: Table) -> bool:
    """Whether a row is printed in percent, by its label, its unit or most of its cells."""
    if row.unit is not None and row.unit.kind == "percent":
        return True
    cells, shown = table.sheet.rows[row.index], table.sheet.factors
    if not shown and not any(isinstance(cell, str) for cell in cells[table.right :]):
        return False
    places = [column.index for column in table.columns]
    percent = sum(
        shown.get((row.index, place)) == 100.0
        or (isinstance(cell := table.sheet.cell(row.index, place), str) and is_percentage(cell))
        for place in places
    )
    return percent * 2 > len(places)


def _unit_differs(unit: UnitWords | None, item: Item) -> bool:
    """Whether the unit printed in a row cannot be the item's."""
    if unit is None:
        return False
    if item.unit == "currency":
        return unit.kind not in ("", "percent")
    return unit.kind not in ("", item.unit, "count") or bool(unit.currencies)
