"""Several rows of one item: parts of it, a total and its parts, a repeat, or a question.

They are added up only when a printed total says so; rows that differ are never picked from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smartfin.ingest.labels.lines import Line, is_sum
from smartfin.ingest.labels.match import PROVEN, Match
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.labels.totals import FEWEST_PARTS, PrintedTotals, line_of
from smartfin.ingest.reading import MapReason
from smartfin.ingest.text import comparable
from smartfin.items import Items

_MOST_LINES = 200  # of one item, one of which may be the total of the others


def repeated_items(rows: TableRows) -> Mapping[str, list[Row]]:
    """The rows of each item that more than one row was taken for."""
    by_item: dict[str, list[Row]] = defaultdict(list)
    for row in rows.rows:
        if row.match.item is not None:
            by_item[row.match.item].append(row)
    if len(by_item) == sum(map(len, by_item.values())):
        return {}
    return {item: group for item, group in by_item.items() if len(group) > 1}


@dataclass(frozen=True)
class Duplicates:
    """The rows of a table that were taken for an item another row was taken for, too.

    Args:
        rows: The table.
        items: The chart of line items.
    """

    rows: TableRows
    items: Items

    def settled(self, repeated: Mapping[str, list[Row]]) -> TableRows:
        """The table with repeats left out, proven parts added up and the rest asked about."""
        changed: dict[int, Match] = {}
        for code, group in repeated.items():
            changed |= self._group(code, group)
        if not changed:
            return self.rows
        rows = tuple(
            replace(row, match=changed[row.index]) if row.index in changed else row
            for row in self.rows.rows
        )
        return self.rows.with_rows(rows, self.items)

    def _group(self, code: str, group: Sequence[Row]) -> dict[int, Match]:
        """New matches of the rows of one item."""
        item = self.items[code]
        unsettled = [row for row in group if not row.match.is_settled]
        lines = [line_of(self.rows, row, item) for row in unsettled]
        if len(lines) < FEWEST_PARTS or _fill_gaps(lines):
            return {}
        first, *others = lines
        changed = {line.row.index: _left_out() for line in others if _is_mirrored(line, first)}
        left = [line for line in lines if line.row.index not in changed]
        labels = {comparable(line.row.label) for line in left}
        is_entry = not item.derived and item.unit == "currency"
        if is_entry and len(labels) == len(left) > 1 and self._adds_up(code, left):
            return changed | {
                line.row.index: replace(line.row.match, reason=MapReason.CONTEXT, adds=True)
                for line in left[1:]
            }
        total = next((line for line in left if _is_total_of(line, left)), None)
        if total is not None:
            return changed | {line.row.index: _left_out() for line in left if line is not total}
        apart = [line for line in left[1:] if not _is_repeat(line, first)]
        if not apart or not is_entry or len(labels) < len(left):
            return changed  # stated twice: compared as facts
        asked = Match(None, 0.5, MapReason.AMBIGUOUS, (code,))
        waits = replace(asked, candidates=(), proposals=(code,))
        return changed | {first.row.index: waits} | {line.row.index: asked for line in apart}

    def _adds_up(self, code: str, lines: Sequence[Line]) -> bool:
        """Whether printed totals hold with all rows of an item, and not with one alone."""
        totals = PrintedTotals(self.rows, self.items)
        together = totals.met({code: [(line, 1) for line in lines]})
        return together > max(totals.met({code: [(line, 1)]}) for line in lines)


def _left_out() -> Match:
    """The match of a row that says again what another one says."""
    return Match(None, PROVEN, MapReason.CONTEXT)


def _fill_gaps(lines: Sequence[Line]) -> bool:
    """Whether no column holds figures of two rows."""
    columns = zip(*(line.amounts for line in lines), strict=True)
    return all(sum(amount is not None for amount in column) <= 1 for column in columns)


def _is_repeat(line: Line, other: Line) -> bool:
    pairs = zip(line.amounts, other.amounts, strict=True)
    return all(a == b for a, b in pairs if a is not None and b is not None)


def _is_mirrored(line: Line, other: Line) -> bool:
    """Whether a row repeats another with the opposite sign, as a cash flow does."""
    pairs = [
        (a, b)
        for a, b in zip(line.amounts, other.amounts, strict=True)
        if a is not None and b is not None
    ]
    return any(a for a, _ in pairs) and all(a == -b for a, b in pairs)


def _is_total_of(line: Line, lines: Sequence[Line]) -> bool:
    if not FEWEST_PARTS < len(lines) <= _MOST_LINES or not any(line.amounts):
        return False
    return is_sum(line, [other for other in lines if other is not line])
