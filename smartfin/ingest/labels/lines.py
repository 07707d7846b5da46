"""The rows with amounts of a table, known or not, and the statement each of them stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, repeat
from math import sqrt

from smartfin.ingest.amounts.figures import numbers_of, rounding_of
from smartfin.ingest.labels.rows import Row, TableRows, unlabelled_rows
from smartfin.ingest.reading import MapReason
from smartfin.items import Item, Items, Statement

_LAST_OF_RESULT = "net_result"  # what follows it is said for memory

Amounts = tuple[float | None, ...]


@dataclass(frozen=True)
class Line:
    """A row with amounts.

    Args:
        row: The row.
        item: What it was taken for; None for nothing.
        amounts: As printed, by column.
        section: Number of the run of rows it stands in, with no row between without figures.
    """

    row: Row
    item: Item | None
    amounts: Amounts
    section: int

    @cached_property
    def rounding(self) -> float:
        """Half of what the last digit of its amounts is worth."""
        return rounding_of([amount for amount in self.amounts if amount is not None])

    @property
    def is_entry(self) -> bool:
        """Whether it was taken for an item that is no sum of others."""
        return self.item is not None and not self.item.derived

    @property
    def moves_result(self) -> bool:
        """Whether it is an income, a cost, an asset ... or a total of them; not a memo."""
        return self.item is not None and (self.item.effect != 0 or bool(self.item.derived))


def is_sum(line: Line, parts: Sequence[Line], signs: Sequence[int] = ()) -> bool:
    """Whether a line is plus or minus the sum of others in every column, rounding apart.

    Roundings are as often up as down: their sum grows with the root of their number.

    Args:
        line: What may be the sum.
        parts: What is added up; a single one must be repeated exactly.
        signs: What each part is multiplied by; nothing for plain addition.
    """
    if not parts:
        return False
    signed = list(zip(signs or repeat(1), parts))  # noqa: B905  (repeat never ends)
    slack: float | None = None
    ways = {1, -1}
    for column, amount in enumerate(line.amounts):
        if amount is None:
            continue
        total = sum(sign * (part.amounts[column] or 0) for sign, part in signed)
        if slack is None:
            slack = _slack(line, parts)
        most = slack + 1e-9 * abs(total)
        ways = {sign for sign in ways if abs(amount - sign * total) <= most}
        if not ways:
            return False
    return True


def _slack(line: Line, parts: Sequence[Line]) -> float:
    """By how much a line may differ from the sum of others for their rounding."""
    if len(parts) == 1:
        return 0.0
    return line.rounding + max(part.rounding for part in parts) * sqrt(len(parts))


def lines_of(
    rows: TableRows, items: Items, statements: Sequence[Statement]
) -> dict[Statement, tuple[Line, ...]]:
    """The rows with amounts of a table by their statement; nothing when no row is unknown.

    Args:
        rows: The table.
        items: The chart of line items.
        statements: The statements asked for.
    """
    if not any(rows.statements[statement] for statement in statements):
        return {}
    unlabelled = unlabelled_rows(rows.table)
    if not unlabelled and all(row.match.item is not None for row in rows.rows):
        return {}
    lines = tuple(_lines(rows, unlabelled, items))
    homes = _homes(lines)
    found: dict[Statement, tuple[Line, ...]] = {}
    for statement in statements:
        found[statement] = tuple(line for line in lines if homes.get(line.section) is statement)
    return found


def _lines(rows: TableRows, unlabelled: Sequence[Row], items: Items) -> Iterator[Line]:
    """The rows with amounts, from top to bottom; ratios and head counts are none."""
    section, past = 0, -1
    for row in sorted((*rows.rows, *unlabelled), key=lambda row: row.index):
        section += row.index != past + 1
        past = row.index
        amounts = numbers_of(rows, row.index)
        if any(amount is not None for amount in amounts) and not _is_no_amount(row, rows):
            item = items[row.match.item] if row.match.item is not None else None
            yield Line(row, item, amounts, section)


def _is_no_amount(row: Row, rows: TableRows) -> bool:
    if row.match.item is not None:
        return False
    if row.match.reason is MapReason.RATIO or (row.unit is not None and row.unit.kind):
        return True
    shown = rows.table.sheet.factors
    if not shown:
        return False
    return any(shown.get((row.index, c.index), 1) > 1 for c in rows.table.columns)


def _homes(lines: Sequence[Line]) -> dict[int, Statement]:
    """The statement of each section: of most of its rows, else of the section before it.

    A section of nothing but memos, and what follows it, belongs to no statement.
    """
    homes: dict[int, Statement] = {}
    last: Statement | None = None
    waiting: list[int] = []
    for section, group in groupby(lines, key=lambda line: line.section):
        known = [line.item for line in group if line.item is not None]
        if known:
            last = _home(known)
        elif last is None:
            waiting.append(section)
        if last is not None:
            homes |= dict.fromkeys((*waiting, section), last)
            waiting.clear()
    return homes


def _home(known: Sequence[Item]) -> Statement | None:
    if not any(item.effect or item.derived or item.pass_through for item in known):
        return None
    return Counter(item.statement for item in known).most_common(1)[0][0]


def body_of(block: tuple[Line, ...], statement: Statement) -> tuple[Line, ...]:
    """The lines of a statement up to its last total; what follows is said for memory."""
    moving = [place for place, line in enumerate(block) if line.moves_result]
    last = block[moving[-1]].item if moving else None
    if last is None or not last.derived:
        return block
    ends = statement is not Statement.PNL or last.code == _LAST_OF_RESULT
    return block[: moving[-1] + 1] if ends else block
