"""The rows of a table: label, line item, and the unit the row itself names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.ingest.layout import Table
from smartfin.ingest.match import NO_MATCH, Match, Matcher, unit_in_label
from smartfin.ingest.reading import MapReason
from smartfin.ingest.unit import UnitWords, read_unit
from smartfin.items import Item, Items, Statement

_RATE = re.compile(r"\d\s*%\s*$")  # "Grant 80 %" holds money: the mark belongs to the name
_REACH = 3  # rows above and below that say which statement a row stands in


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a label and figures.

    Args:
        index: Counted from 0.
        label: As printed, without blanks around it.
        column: Where the label stands.
        match: What it was taken for.
        unit: The unit named in the row or its label.
    """

    index: int
    label: str
    column: int
    match: Match
    unit: UnitWords | None


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


def read_rows(table: Table, matcher: Matcher, items: Items) -> TableRows:
    """The rows of a table that hold figures, each matched in the light of its neighbours."""
    drafts = [
        row
        for index in range(table.first, min(table.last + 1, len(table.sheet.rows)))
        if table.sheet.rows[index] and (row := _row(table, index, matcher)) is not None
    ]
    settled = tuple(
        _settled(row, table, matcher, items, _stands_in_balance_sheet(place, drafts, items))
        for place, row in enumerate(drafts)
    )
    found = (row.match.item for row in settled)
    counts = Counter(items[code].statement for code in found if code is not None)
    return TableRows(table, settled, counts)


def unlabelled_rows(table: Table) -> tuple[Row, ...]:
    """The rows of a table that hold figures and nothing that says what they are."""
    indices = range(table.first, min(table.last + 1, len(table.sheet.rows)))
    return tuple(
        Row(index, "", table.right, NO_MATCH, None)
        for index in indices
        if table.sheet.rows[index] and not table.labels(index) and table.has_figures(index)
    )


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


def _stands_in_balance_sheet(place: int, rows: list[Row], items: Items) -> bool:
    """Whether a row stands among rows of a balance sheet and none of a result."""
    near = rows[max(0, place - _REACH) : place] + rows[place + 1 : place + 1 + _REACH]
    around = [items[row.match.item].statement for row in near if row.match.item is not None]
    return around.count(Statement.BALANCE_SHEET) >= 2 and Statement.PNL not in around


def _settled(row: Row, table: Table, matcher: Matcher, items: Items, in_balance_sheet: bool) -> Row:
    """The row with its final match: context applied, ratios set apart."""
    match = matcher.match_in_balance_sheet(row.label) if in_balance_sheet else row.match
    if match.item is not None and _is_ratio(row, table, items[match.item]):
        match = Match(None, match.confidence, MapReason.RATIO)
    elif match.item is not None and _unit_differs(row.unit, items[match.item]):
        match = Match(None, match.confidence, MapReason.UNKNOWN)
    if match is NO_MATCH and _holds_percentages(row, table) and not _RATE.search(row.label):
        match = Match(None, 0.0, MapReason.RATIO)
    return Row(row.index, row.label, row.column, match, row.unit)


def _is_ratio(row: Row, table: Table, item: Item) -> bool:
    """Whether a row holds percentages of an item that is no percentage."""
    return item.unit != "percent" and _holds_percentages(row, table)


def _holds_percentages(row: Row, table: Table) -> bool:
    """Whether a row is printed in percent, by its label, its unit or most of its cells."""
    if row.unit is not None and row.unit.kind == "percent":
        return True
    factors = [table.sheet.factors.get((row.index, column.index)) for column in table.columns]
    return bool(factors) and factors.count(100.0) * 2 > len(factors)


def _unit_differs(unit: UnitWords | None, item: Item) -> bool:
    """Whether the unit printed in a row cannot be the item's."""
    if unit is None:
        return False
    if item.unit == "currency":
        return unit.kind not in ("", "percent")
    return unit.kind not in ("", item.unit, "count") or bool(unit.currencies)
