"""With which sign a table prints what it holds, decided by the table's own subtotals.

Costs are stored positive, and so are income, liabilities and equity. A table in which every
cost is negative is turned; so is the credit side of one that prints it negative, as ledgers
do. What is mixed is turned the way that makes the subtotals add up, or else asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from smartfin.ingest.amounts.figures import Figure
from smartfin.items import Item, Items, Nature, Statement

POSITIVE, NEGATIVE, MIXED, CREDIT = "positive", "negative", "mixed", "credit"
ANSWERS = (POSITIVE, NEGATIVE, MIXED, CREDIT)

_CLEAR_MAJORITY = 0.9  # of the money in cost rows; the rest are releases and corrections
_FEWEST_NEGATIVE = 2  # rows that cannot be negative by nature, from which no subtotal is needed
_CREDIT_SIDES = ("liability", "equity")
_BALANCE = ("total_assets", "equity", "total_liabilities")
_BESIDE_INCOME = ("invoiced_volume", "member_project_grants")  # members' money coming in


@dataclass(frozen=True, slots=True)
class Signed:
    """Figures in storage sign.

    Args:
        figures: All but those nobody can tell the sign of.
        turned: First cell of each cost row of a result that was turned, in reading order.
            Allowances of a balance sheet are turned without a word: printed negative is how they
            are printed.
        credits: First cell of each row of income, liabilities or equity that was turned.
        unclear: Cells of figures left out because their sign must be asked.
    """

    figures: tuple[Figure, ...]
    turned: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """How the rows of a statement are printed.

    Args:
        costs: Codes of costs and allowances printed negative.
        credits: Codes printed negative as they stand on the credit side.
        unclear: Codes whose sign must be asked.
    """

    costs: frozenset[str] = frozenset()
    credits: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()


@dataclass
class _Sorted:
    """Figures sorted by what is to be done with them."""

    kept: list[Figure] = field(default_factory=list)
    turned: dict[tuple[str, str], str] = field(default_factory=dict)
    credits: dict[tuple[str, str], str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)

    def add(self, figure: Figure, way: _Way) -> None:
        """Keeps a figure, turned if it must be."""
        code, row = figure.item.code, (figure.item.code, figure.label)
        if code in way.unclear:
            self.unclear.append(figure.cell)
            return
        if code in way.credits:
            self.credits.setdefault(row, figure.cell)
        elif code not in way.costs:
            self.kept.append(figure)
            return
        elif figure.item.statement is Statement.PNL:
            self.turned.setdefault(row, figure.cell)
        self.kept.append(figure._replace(amount=-figure.amount if figure.amount else 0.0))


def settle_signs(figures: Sequence[Figure], items: Items, answer: str) -> Signed:
    """The figures of one table in storage sign.

    Args:
        figures: As printed.
        items: The chart of line items; subtotals are its derived items.
        answer: A person's answer for this sheet: ``positive`` or ``negative`` costs, ``mixed``
            for costs of either sign that are all costs, ``credit`` for income, liabilities and
            equity printed negative; or empty.
    """
    found = _Sorted()
    for statement in dict.fromkeys(figure.item.statement for figure in figures):
        group = [figure for figure in figures if figure.item.statement is statement]
        sums = _sums(group)
        way = _credit_way(sums, figures, items, answer)
        way = way or _cost_way(group, sums, figures, items, answer)
        if way == _AS_PRINTED:
            found.kept += group
            continue
        for figure in group:
            found.add(figure, way)
    return Signed(
        tuple(found.kept),
        tuple(found.turned.values()),
        tuple(found.credits.values()),
        tuple(found.unclear),
    )


_AS_PRINTED = _Way()


def _sums(group: Iterable[Figure]) -> dict[str, float]:
    """The amounts of each item, added up over all columns."""
    sums: dict[str, float] = defaultdict(float)
    for figure in group:
        sums[figure.item.code] += figure.amount
    return sums


# --- the credit side printed negative


def _credit_way(
    sums: Mapping[str, float], table: Sequence[Figure], items: Items, answer: str
) -> _Way | None:
    """The way of a statement that prints its credit side negative; None when it does not.

    Income and liabilities cannot be negative row after row; a single row of them may be, and
    then a subtotal decides.
    """
    codes = frozenset(code for code in sums if _is_credit(items[code]))
    certain = [sums[code] for code in codes if sums[code] and not items[code].signed]
    doubtful = bool(certain) and max(certain) <= 0
    if answer in (POSITIVE, NEGATIVE, MIXED) or not (codes and (doubtful or answer == CREDIT)):
        return None
    costs = frozenset(code for code in sums if items[code].effect == -1)
    if answer != CREDIT and any(sums[code] < 0 and not items[code].signed for code in costs):
        return _Way(unclear=codes | costs)  # everything is negative: nobody can tell why
    results = frozenset(code for code in codes if items[code].derived and items[code].signed)
    ways = (codes, codes - results, frozenset[str]())
    whole, entries, printed = (
        _subtotals_met(table, items, way, any_parts=True) + _balances(table, way) for way in ways
    )
    if answer != CREDIT and printed > max(whole, entries):
        return None
    if answer != CREDIT and len(certain) < _FEWEST_NEGATIVE and printed == max(whole, entries):
        return _Way(unclear=codes)
    if whole == entries and results and answer != CREDIT:
        return _Way(credits=codes - results, unclear=results)
    return _Way(credits=codes - results if entries > whole else codes)


def _balances(table: Sequence[Figure], turned: frozenset[str]) -> int:
    """In how many columns assets equal equity and liabilities, turned as said."""
    columns: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for figure in table:
        if figure.item.code in _BALANCE:
            sign = -1 if figure.item.code in turned else 1
            columns[figure.column.index][figure.item.code] = sign * figure.amount, figure.precision
    met = 0
    for column in columns.values():
        if len(column) == len(_BALANCE):
            (assets, one), *funding = (column[code] for code in _BALANCE)
            rest = assets - sum(amount for amount, _ in funding)
            met += abs(rest) <= one + sum(slack for _, slack in funding) + 1e-9 * abs(assets)
    return met


def _is_credit(item: Item) -> bool:
    """Whether an amount stands on the side of income, liabilities and equity."""
    if item.unit != "currency":
        return False
    if item.statement is Statement.BALANCE_SHEET:
        return item.side in _CREDIT_SIDES
    is_income = item.effect == 1 or bool(item.derived) or item.code in _BESIDE_INCOME
    return item.statement is Statement.PNL and is_income


# --- costs printed negative


def _cost_way(
    group: Sequence[Figure], sums: Mapping[str, float], table: Sequence[Figure], items: Items,
    answer: str,
) -> _Way:  # fmt: skip
    """Which costs, allowances and memos of costs are printed negative."""
    costs = {code: total for code, total in sums.items() if items[code].effect == -1 and total}
    below = frozenset(code for code, total in costs.items() if total < 0)
    if not below and answer != NEGATIVE:
        return _AS_PRINTED
    memos = frozenset(c for c, total in sums.items() if total < 0 and _is_memo(items[c]))
    every = frozenset(code for code in sums if items[code].effect == -1) | memos
    said = {POSITIVE: _AS_PRINTED, CREDIT: _AS_PRINTED, NEGATIVE: _Way(costs=every)}
    said[MIXED] = _Way(costs=below | memos)
    if answer in said:
        return said[answer]
    if len(below) == len(costs):
        return _Way(costs=every)
    ways = (frozenset[str](), every, below | memos)
    scores = [_subtotals_met(table, items, way) for way in ways]
    best = max(scores)
    if best > 0 and scores.count(best) == 1:
        return _Way(costs=ways[scores.index(best)])
    return _by_majority(group, costs, every)


def _by_majority(
    group: Sequence[Figure], costs: Mapping[str, float], every: frozenset[str]
) -> _Way:
    """The way of nearly all the money in cost rows, where no subtotal tells.

    The others are releases and corrections as long as they come and go; a row that is of the
    other sign throughout may be printed so, and is asked about.
    """
    signs: dict[str, set[bool]] = defaultdict(set)
    for figure in group:
        if figure.item.code in costs and figure.amount:
            signs[figure.item.code].add(figure.amount < 0)
    below = frozenset(code for code, found in signs.items() if found == {True})
    above = frozenset(code for code, found in signs.items() if found == {False})
    share = sum(-total for total in costs.values() if total < 0)
    share /= sum(abs(total) for total in costs.values())
    if share >= _CLEAR_MAJORITY:
        return _Way(costs=every - above, unclear=above)
    if share <= 1 - _CLEAR_MAJORITY:
        return _Way(unclear=below)
    return _Way(unclear=frozenset(costs))


def _is_memo(item: Item) -> bool:
    """An amount beside the statement that is positive by nature (a cost "of which")."""
    is_amount = item.unit == "currency" and item.nature is Nature.FLOW and not item.derived
    return is_amount and item.effect == 0 and item.statement is Statement.PNL


def _subtotals_met(
    table: Sequence[Figure], items: Items, turned: frozenset[str], *, any_parts: bool = False
) -> int:
    """How many printed subtotals their printed parts add up to, rows turned as said.

    Of costs only subtotals that take off a cost say anything.
    """
    columns: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for figure in table:
        sign = -1 if figure.item.code in turned else 1
        columns[figure.column.index][figure.item.code] = (sign * figure.amount, figure.precision)
    return sum(
        1
        for column in columns.values()
        for code in column
        if items[code].derived and _is_met(code, column, items, any_parts=any_parts)
    )


def _is_met(
    code: str, column: Mapping[str, tuple[float, float]], items: Items, *, any_parts: bool
) -> bool:
    parts = [(sign, column[part]) for sign, part in _leaves(code, column, items, top=True)]
    tells = any_parts or any(sign < 0 for sign, _ in parts)
    printed, precision = column[code]
    computed = sum(sign * amount for sign, (amount, _) in parts)
    slack = precision + sum(rounding for _, (_, rounding) in parts) + 1e-9 * abs(printed)
    return tells and len(parts) > 1 and abs(computed - printed) <= slack


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
