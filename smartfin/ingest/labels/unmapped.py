"""Rows with amounts that no line item was found for: which of them a statement would lose.

Most unknown rows repeat what other rows say: totals, check totals, results, details of a row
that is known. They are told by arithmetic, never by their label, and need no word. Ratios, and what
stands below a statement, are no amounts of it. What remains is money that would silently be
missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from smartfin.ingest.amounts.figures import COARSEST, numbers_of
from smartfin.ingest.labels.lines import Line, body_of, is_sum, lines_of
from smartfin.ingest.labels.movements import explained_movements
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.reading import MapReason
from smartfin.ingest.text import comparable
from smartfin.ingest.vocabulary import DETAIL_LEADS
from smartfin.items import Item, Items, Statement

_EXAMINED = (Statement.PNL, Statement.BALANCE_SHEET, Statement.CASH_FLOW)
_FEWEST_PARTS = 2
_MOST_LINES = 600  # of a statement; of a longer list some rows add up by chance
_FEWEST_ENTRIES = 2  # known rows that move the result, from which a table is a statement


class Unmapped(NamedTuple):
    """A row whose amounts nothing explains.

    Args:
        row: The row; its label may be empty.
        largest: Position, among the columns, of its largest amount.
        amount: That amount, as printed.
        example: An item of its statement, for the unit its amounts are in.
        choices: Codes of the items it may be, likeliest first; empty outside a result.
    """

    row: Row
    largest: int
    amount: float
    example: Item
    choices: tuple[str, ...]


class UnknownRows(NamedTuple):
    """What arithmetic says about the rows no line item was found for.

    Args:
        lost: Those whose amounts a statement would lose, from top to bottom.
        explained: Indices of those that repeat what other rows say.
    """

    lost: tuple[Unmapped, ...]
    explained: frozenset[int]


def unknown_rows(rows: TableRows, items: Items) -> UnknownRows:
    """The unknown rows of a table, told apart by whether its other rows explain them."""
    lost: list[Unmapped] = []
    explained: set[int] = set()
    examined = False
    for statement, lines in lines_of(rows, items, _EXAMINED).items():
        body = body_of(lines, statement)
        if sum(line.is_entry and line.moves_result for line in body) < _FEWEST_ENTRIES:
            continue
        if len(body) > _MOST_LINES:
            continue
        examined = True
        if statement is Statement.CASH_FLOW:  # used by its totals alone: nothing can be lost
            explained |= explained_movements(body)
            continue
        block = _Block(body, items, statement)
        lost += block.unexplained()
        totals = block.totals()
        explained.update(block.explained())
        explained.update(_repeated(lines[len(body) :], totals))
    if not examined:
        lost += _beside_money(rows, items)
    return UnknownRows(tuple(sorted(lost, key=lambda one: one.row.index)), frozenset(explained))


def _beside_money(rows: TableRows, items: Items) -> Iterator[Unmapped]:
    """The unknown rows of a table that knows money, but too little of it to be a statement.

    Its arithmetic proves nothing: what may be money is told, and nothing is asked.
    """
    known = (items[row.match.item] for row in rows.rows if row.match.item)
    money = next((item for item in known if item.unit == "currency" and item.effect), None)
    for row in rows.rows if money else ():
        amounts = [abs(amount or 0.0) for amount in numbers_of(rows, row.index)]
        if money and row.match.reason is MapReason.UNKNOWN and row.label and any(amounts):
            largest = amounts.index(max(amounts))
            yield Unmapped(row, largest, amounts[largest], money, ())


def _repeated(below: Sequence[Line], totals: Sequence[Line]) -> Iterator[int]:
    """Indices of the unknown rows below a statement that repeat a total, or add up the last two.

    So does the total of equity and liabilities.
    """
    sums = [*([total] for total in totals), totals[-2:]]
    for line in below:
        if line.item is None and any(line.amounts) and any(is_sum(line, part) for part in sums):
            yield line.row.index


class _Block:
    """The lines of one statement in one table."""

    def __init__(self, lines: Sequence[Line], items: Items, statement: Statement) -> None:
        self._lines = lines
        self._statement = statement
        self._entered = [
            item
            for item in items.values()
            if item.statement is statement and item.unit == "currency" and not item.derived
        ]
        self._totals = {
            place for place, line in enumerate(lines) if line.item is not None and line.item.derived
        }
        self._details = self._find_details()

    def unexplained(self) -> Iterator[Unmapped]:
        """The unknown lines that are neither details nor totals of others."""
        for place, line in enumerate(self._lines):
            if line.item is not None or place in self._details or not any(line.amounts):
                continue
            if self._is_total(place):
                self._totals.add(place)
            else:
                yield self._unmapped(place)

    def explained(self) -> Iterator[int]:
        """Indices of the unknown rows that were found to be details or totals of others."""
        places = self._details | self._totals
        return (self._lines[place].row.index for place in places if self._is_open(place))

    def totals(self) -> list[Line]:
        """The lines that were taken for totals, or found to be totals."""
        return [self._lines[place] for place in sorted(self._totals)]

    def _unmapped(self, place: int) -> Unmapped:
        line, effect = self._lines[place], self._effects[place]
        known = ((abs(amount or 0), column) for column, amount in enumerate(line.amounts))
        _, largest = max(known)
        choices: tuple[str, ...] = ()
        if self._statement is Statement.PNL:
            ranked = sorted(self._entered, key=lambda item: item.effect != effect)
            choices = tuple(item.code for item in ranked)
        amount = line.amounts[largest] or 0.0
        return Unmapped(line.row, largest, amount, self._entered[0], choices)

    def _find_details(self) -> set[int]:
        """Unknown lines that say what a known one beside them consists of."""
        found: set[int] = set()
        for unknown, run in groupby(range(len(self._lines)), self._is_open):
            places = list(run)
            if not unknown:
                continue
            found |= {p for p in places if _says_detail(self._lines[p].row.label)}
            for length in range(_FEWEST_PARTS, len(places) + 1):
                for known, parts in (
                    (places[0] - 1, places[:length]),
                    (places[-1] + 1, places[-length:]),
                ):
                    if self._is_known_entry(known) and self._equals(known, parts):
                        found |= set(parts)
        return found

    def _is_open(self, place: int) -> bool:
        return self._lines[place].item is None

    def _is_known_entry(self, place: int) -> bool:
        return 0 <= place < len(self._lines) and self._lines[place].is_entry

    def _is_total(self, place: int) -> bool:
        """Whether a line repeats a known total, or is a sum of lines around it or a result."""
        derived = (total for total in self._totals if self._lines[total].item is not None)
        if any(self._equals(place, [total]) for total in derived):
            return True
        entries = [
            p
            for p in range(len(self._lines))
            if p != place and p not in self._totals and p not in self._details
        ]
        known = [p for p in entries if not self._is_open(p)]
        moving = [p for p in entries if not self._is_memo(p)]
        return any(
            self._equals(place, parts, signed=signed)
            for parted in (moving, entries, known)
            for signed, sums in ((False, self._sums), (True, self._results))
            for parts in sums(place, parted)
        )

    def _sums(self, place: int, entries: Sequence[int]) -> Iterator[list[int]]:
        """The lines a total may be the sum of.

        What members' money leaves is the fee itself: a sum of it ends with its section.
        """
        section, effect = self._lines[place].section, self._effects[place]
        above = [p for p in entries if p < place]
        above = [p for p in above if self._stands_in(section, p) or not self._passes_through(p)]
        below = [p for p in entries if p > place]
        before = sorted(total for total in self._totals if total < place)
        last, after = max(before, default=-1), min(self._totals - set(before), default=place)
        yield [p for p in above if p > last]
        yield [p for p in above if p > last and self._effects[p] == effect]
        yield [p for p in above if self._stands_in(section, p)]
        yield [p for p in above if self._effects[p] == effect != 0]
        yield before[-2:]
        yield [p for p in below if p < after]
        yield [p for p in below if self._stands_in(section, p)]

    def _results(self, place: int, entries: Sequence[int]) -> Iterator[list[int]]:
        """The lines of which a line may be what incomes less costs leave.

        From the top or a total on; assets less allowances within their section, from any line.
        """
        moving = [p for p in entries if p < place and self._effects[p]]
        if self._statement is Statement.BALANCE_SHEET:
            section = self._lines[place].section
            moving = [p for p in moving if self._stands_in(section, p)]
            yield from (moving[start:] for start in range(len(moving)))
            return
        yield moving
        for total in self._totals:
            since = [p for p in moving if p > total]
            if total < place and since:
                yield [total, *since]

    def _stands_in(self, section: int, place: int) -> bool:
        return self._lines[place].section == section

    def _is_memo(self, place: int) -> bool:
        """Whether a line was taken for an item that no total contains."""
        item = self._lines[place].item
        return item is not None and not (item.effect or item.derived or item.pass_through)

    def _passes_through(self, place: int) -> bool:
        item = self._lines[place].item
        return item is not None and item.pass_through

    def _equals(self, place: int, parts: Sequence[int], *, signed: bool = False) -> bool:
        """Whether a line is the sum of others; of a single one only if that is a total."""
        if not parts or (len(parts) < _FEWEST_PARTS and parts[0] not in self._totals):
            return False
        signs = [self._sign(part) for part in parts] if signed else ()
        return self._may_equal(place, parts, signs) and is_sum(
            self._lines[place], [self._lines[part] for part in parts], signs
        )

    def _may_equal(self, place: int, parts: Sequence[int], signs: Sequence[int]) -> bool:
        """Whether the first amount of a line is about the sum of others: mostly it is not."""
        amounts = self._lines[place].amounts
        column = next((column for column, amount in enumerate(amounts) if amount is not None), 0)
        known = [self._columns[column][part] for part in parts]
        if signs:
            known = [sign * amount for sign, amount in zip(signs, known, strict=True)]
        total = abs(sum(known))
        slack = COARSEST * (1 + sqrt(len(parts))) + 1e-9 * total
        return abs(abs(amounts[column] or 0.0) - total) <= slack

    @cached_property
    def _columns(self) -> list[list[float]]:
        """The amounts of each column, line by line."""
        columns = zip(*(line.amounts for line in self._lines), strict=True)
        return [[amount or 0.0 for amount in column] for column in columns]

    def _sign(self, place: int) -> int:
        """What a printed amount adds to the result: a cost printed positive lowers it."""
        if place in self._totals or self._effects[place] > 0:
            return 1
        return 1 if self._costs_are_negative else -1

    @cached_property
    def _costs_are_negative(self) -> bool:
        costs = (line for line in self._lines if line.item is not None and line.item.effect == -1)
        return sum(amount or 0 for line in costs for amount in line.amounts) < 0

    @cached_property
    def _effects(self) -> list[int]:
        """The effect of each line on the result; an unknown one has that of its neighbours.

        Money that passes through to members has none.
        """
        known: dict[int, int] = {}
        sections: dict[int, list[int]] = defaultdict(list)
        for place, line in enumerate(self._lines):
            if line.item is not None and not line.item.derived:
                known[place] = 0 if line.item.pass_through else line.item.effect
                if line.item.pass_through or line.item.effect:  # a memo says nothing of others
                    sections[line.section].append(place)
        effects: list[int] = []
        for place, line in enumerate(self._lines):
            near = sections[line.section] or list(known)
            closest = min(near, key=lambda p: (abs(p - place), p), default=None)
            effects.append(0 if closest is None else known.get(place, known[closest]))
        return effects


def _says_detail(label: str) -> bool:
    words = f"{comparable(label)} "
    return any(words.startswith(f"{lead} ") for lead in DETAIL_LEADS)
