"""Rows that stand on the other side of a balance sheet than their label usually does.

A current account may be a claim or a debt, whatever its label usually means; where it stands
says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from smartfin.ingest.labels.match import Match
from smartfin.ingest.labels.rows import TableRows
from smartfin.ingest.reading import MapReason
from smartfin.items import Item, Items, Statement

_FEWEST_SIDED = 5  # rows of a balance sheet from which its two sides can be told


def with_misplaced_asked(rows: TableRows, items: Items) -> TableRows:
    """A table whose one row that stands on the wrong side is asked about.

    Args:
        rows: The table.
        items: The chart of line items.
    """
    if rows.statements[Statement.BALANCE_SHEET] < _FEWEST_SIDED:
        return rows
    sided = [(row, _side(items[row.match.item])) for row in rows.rows if row.match.item is not None]
    sided = [(row, side) for row, side in sided if side]
    sides = [side for _, side in sided]
    if _is_parted(sides):
        return rows
    wrong = [p for p in range(len(sides)) if _is_parted(sides[:p] + sides[p + 1 :])]
    if len(wrong) != 1:
        return rows  # no order to stand out from
    row, side = sided[wrong[0]]
    if row.match.is_settled or items[row.match.item or ""].derived:
        return rows
    others = [
        item.code
        for item in items.values()
        if _side(item) not in ("", side) and item.effect and not item.derived
    ]
    match = Match(None, 0.5, MapReason.AMBIGUOUS, (row.match.item or "", *others))
    asked = replace(row, match=match)
    return rows.with_rows(tuple(asked if one is row else one for one in rows.rows), items)


def _side(item: Item) -> str:
    """``asset`` or ``credit`` for what adds up in a balance sheet; empty for the rest."""
    if item.statement is not Statement.BALANCE_SHEET or not (item.effect or item.derived):
        return ""
    return "asset" if item.side == "asset" else "credit"


def _is_parted(sides: Sequence[str]) -> bool:
    """Whether all of one side come before all of the other, at least two of each."""
    changes = sum(one != other for one, other in pairwise(sides))
    return changes == 1 and min(sides.count(side) for side in set(sides)) > 1
