"""Whether costs are printed negative, decided by the table's own subtotals.

Costs are stored positive. A table in which every cost is negative is turned; one in which
they are mixed is turned the way that makes its subtotals add up, or else asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartfin.ingest.figures import Figure
from smartfin.items import Item, Items, Nature, Statement

POSITIVE, NEGATIVE = "positive", "negative"
ANSWERS = (POSITIVE, NEGATIVE)

_CLEAR_MAJORITY = 0.9  # of the money in cost rows; the rest are releases and corrections


@dataclass(frozen=True, slots=True)
class Signed:
    """Figures in storage sign.

    Args:
        figures: All but those nobody can tell the sign of.
        turned: First cell of each row of a result that was turned, in reading order. Allowances
            of a balance sheet are turned without a word: printed negative is how they are printed.
        unclear: Cells of figures left out because their sign must be asked.
    """

    figures: tuple[Figure, ...]
    turned: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def settle_signs(figures: Sequence[Figure], items: Items, answer: str) -> Signed:
    """The figures of one table in storage sign.

    Args:
        figures: As printed.
        items: The chart of line items; subtotals are its derived items.
        answer: A person's answer for this sheet: ``positive``, ``negative`` or empty.
    """
    kept: list[Figure] = []
    turned: dict[tuple[str, str], str] = {}
    unclear: list[str] = []
    for statement in dict.fromkeys(figure.item.statement for figure in figures):
        group = [figure for figure in figures if figure.item.statement is statement]
        negative = _negative_items(group, figures, items, answer)
        for figure in group:
            if negative is None and figure.item.effect == -1:
                unclear.append(figure.cell)
            elif negative and figure.item.code in negative:
                kept.append(figure._replace(amount=-figure.amount if figure.amount else 0.0))
                if statement is Statement.PNL:
                    turned.setdefault((figure.item.code, figure.label), figure.cell)
            else:
                kept.append(figure)
    return Signed(tuple(kept), tuple(turned.values()), tuple(unclear))


def _negative_items(
    group: Sequence[Figure], table: Sequence[Figure], items: Items, answer: str
) -> frozenset[str] | None:
    """Codes of the items printed negative; None when it must be asked."""
    sums: dict[str, float] = defaultdict(float)
    for figure in group:
        sums[figure.item.code] += figure.amount
    costs = {code: total for code, total in sums.items() if items[code].effect == -1 and total}
    below = frozenset(code for code, total in costs.items() if total < 0)
    if not below and answer != NEGATIVE:
        return frozenset()
    memos = frozenset(c for c, total in sums.items() if total < 0 and _is_memo(items[c]))
    every = frozenset(code for code in sums if items[code].effect == -1) | memos
    if answer in ANSWERS:
        return every if answer == NEGATIVE else frozenset()
    if len(below) == len(costs):
        return every
    return _mixed(table, items, costs, below, every)


def _is_memo(item: Item) -> bool:
    """An amount beside the statement that is positive by nature (a cost "of which")."""
    is_amount = item.unit == "currency" and item.nature is Nature.FLOW and not item.derived
    return is_amount and item.effect == 0 and item.statement is Statement.PNL


def _mixed(
    table: Sequence[Figure],
    items: Items,
    costs: Mapping[str, float],
    below: frozenset[str],
    every: frozenset[str],
) -> frozenset[str] | None:
    """The way of turning that makes most subtotals add up; else the clear majority."""
    ways = (frozenset[str](), every, below)
    scores = [_subtotals_met(table, items, way) for way in ways]
    best = max(scores)
    if best > 0 and scores.count(best) == 1:
        return ways[scores.index(best)]
    money = sum(abs(total) for total in costs.values())
    share = sum(-costs[code] for code in below) / money
    if share >= _CLEAR_MAJORITY:
        return every
    return frozenset() if share <= 1 - _CLEAR_MAJORITY else None


def _subtotals_met(table: Sequence[Figure], items: Items, turned: frozenset[str]) -> int:
    """How many printed subtotals their printed parts add up to, costs turned as said."""
    columns: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for figure in table:
        sign = -1 if figure.item.code in turned else 1
        columns[figure.column.index][figure.item.code] = (sign * figure.amount, figure.precision)
    return sum(
        1
        for column in columns.values()
        for code in column
        if items[code].derived and _is_met(code, column, items)
    )


def _is_met(code: str, column: Mapping[str, tuple[float, float]], items: Items) -> bool:
    parts = [(sign, column[part]) for sign, part in _leaves(code, column, items, top=True)]
    has_cost = any(sign < 0 for sign, _ in parts)
    printed, precision = column[code]
    computed = sum(sign * amount for sign, (amount, _) in parts)
    slack = precision + sum(rounding for _, (_, rounding) in parts) + 1e-9 * abs(printed)
    return has_cost and len(parts) > 1 and abs(computed - printed) <= slack


def _leaves(
    code: str, column: Mapping[str, object], items: Items, *, top: bool = False
) -> list[tuple[int, str]]:
    """The printed parts of an item, subtotals that are not printed resolved further."""
    if code in column and not top:
        return [(1, code)]
    if code not in items or not items[code].derived:
        return []
    return [
        (sign * inner, leaf)
        for sign, part in items[code].parts()
        for inner, leaf in _leaves(part, column, items)
    ]
