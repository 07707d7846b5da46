"""Labels that mean different things in different books, settled by the printed totals.

Such a label is settled only when the totals add up with one meaning and no other. What
reaches a total in one presentation of the books may stand outside it in another (members'
money): both are tried, and what both would explain is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from smartfin.ingest.amounts.figures import numbers_of
from smartfin.ingest.labels.lines import Line
from smartfin.ingest.labels.match import proven_match
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.labels.totals import PrintedTotals, line_of
from smartfin.ingest.labels.unmapped import unknown_rows
from smartfin.ingest.reading import MapReason
from smartfin.items import Items

_TWO_MEANINGS = 2  # of a label: where one is stated by another row, the other is left
_MOST_READINGS = 1024  # ways to read a table's ambiguous rows that are tried

# Members' money in a result that is printed gross: its sign, and what it is printed beside.
_GROSS = {"invoiced_volume": 1, "member_project_grants": 1}
_HOSTS = {1: "fee_revenue", -1: "staff_costs"}


class Meaning(NamedTuple):
    """One way to read a row.

    Args:
        item: Code of the line item; None for a row that is no part of any total.
        weight: What its amounts are multiplied by in a total; 0 when they stay outside.
    """

    item: str | None
    weight: int


_OUTSIDE = Meaning(None, 0)


def is_ambiguous(row: Row) -> bool:
    """Whether a row has a label that the chart says is ambiguous, not settled yet."""
    return row.match.reason is MapReason.AMBIGUOUS and row.match.is_complete


class Ambiguities:
    """The ambiguous rows of a table, read in every way and held against its totals.

    Args:
        rows: The table.
        items: The chart of line items.
    """

    def __init__(self, rows: TableRows, items: Items) -> None:
        self._rows = rows
        self._items = items
        self._totals = PrintedTotals(rows, items)
        self._known = {
            row.match.item: numbers_of(rows, row.index)
            for row in rows.rows
            if row.match.item is not None
        }
        sums = unknown_rows(rows, items).explained
        doubtful = [row for row in rows.rows if is_ambiguous(row) and row.index not in sums]
        self._lines = [line_of(rows, row, None) for row in doubtful]

    def settled(self) -> TableRows:
        """The table with the rows that are certain taken for their item."""
        chosen = {line.row.index: self._repeats(line) for line in self._lines}
        open_lines = [line for line in self._lines if chosen[line.row.index] is None]
        open_lines = [line for line in open_lines if any(line.amounts)]
        for line, item in zip(open_lines, self._proven(open_lines), strict=True):
            chosen[line.row.index] = item
        if not any(chosen.values()):
            return self._rows
        rows = tuple(
            replace(row, match=proven_match(row.match, item, MapReason.CONTEXT))
            if (item := chosen.get(row.index)) is not None
            else row
            for row in self._rows.rows
        )
        return self._rows.with_rows(rows, self._items)

    def _repeats(self, line: Line) -> str | None:
        """The item whose figures an ambiguous row repeats."""
        same = [
            code
            for code in line.row.match.candidates
            if any(line.amounts) and self._known.get(code) == line.amounts
        ]
        return same[0] if len(same) == 1 else None

    def _proven(self, lines: Sequence[Line]) -> list[str | None]:
        """The item of each line that the totals leave no other choice for; else None."""
        ways = [self._meanings(line) for line in lines]
        count = 1
        for way in ways:
            count *= len(way)
        if not lines or count > _MOST_READINGS:
            return [None] * len(lines)
        scores: dict[tuple[Meaning, ...], int] = {}
        for reading in product(*ways):
            score = self._score(lines, reading)
            if score is not None:
                scores[reading] = score
        most = max(scores.values(), default=0)
        best = [reading for reading, score in scores.items() if score == most]
        if not most:
            return [None] * len(lines)
        return [
            self._only(line, {reading[place] for reading in best})
            for place, line in enumerate(lines)
        ]

    def _meanings(self, line: Line) -> list[Meaning]:
        """Every way to read a line: each candidate, members' money in and outside the totals."""
        found = [_OUTSIDE]
        for code in line.row.match.candidates:
            item = self._items[code]
            sign = -1 if code in line.row.match.opposing else 1
            if item.pass_through:
                found += [Meaning(code, 0), Meaning(code, _GROSS.get(code, item.effect))]
            else:
                found.append(Meaning(code, sign))
        return found

    def _score(self, lines: Sequence[Line], reading: Sequence[Meaning]) -> int | None:
        """How many totals add up under a reading; None when it states an item twice.

        A label of more than two meanings may stand for a remainder of an item that another row
        states, too: its being stated rules out nothing.
        """
        taken = [meaning.item for meaning in reading if meaning.item is not None]
        if len(set(taken)) < len(taken):
            return None
        parts: dict[str, list[tuple[Line, int]]] = defaultdict(list)
        for line, meaning in zip(lines, reading, strict=True):
            if meaning.item is None:
                continue
            is_stated = bool(self._totals.lines(meaning.item))
            if is_stated and len(line.row.match.candidates) == _TWO_MEANINGS:
                return None
            passes = self._items[meaning.item].pass_through
            host = _HOSTS.get(meaning.weight, "") if passes else meaning.item
            if host:
                parts[host] = parts[host] or [(known, 1) for known in self._totals.lines(host)]
                parts[host].append((line, 1 if passes else meaning.weight))
        return self._totals.met(parts)

    def _only(self, line: Line, meanings: set[Meaning]) -> str | None:
        """The item all best readings of a line agree on.

        A row that leaves the totals as they are could be anything: then only an item that
        stands outside every total will do, and the other candidates must be stated elsewhere.
        """
        if _OUTSIDE in meanings:
            rest = meanings - {_OUTSIDE}
            if len(line.row.match.candidates) != _TWO_MEANINGS or any(one.weight for one in rest):
                return None
            meanings = rest
        found = {meaning.item for meaning in meanings}
        return found.pop() if len(found) == 1 else None
