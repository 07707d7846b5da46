"""Rules about what must be there: required items, each quarter, a complete newest quarter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from smartfin.facts import Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.checks.book import Book, about
from smartfin.ingest.grid.cells import address
from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Nature
from smartfin.quarter import Quarter, quarters_between

_YEAR = 4  # quarters
_SINGLY = 5  # missing cells of one sheet that are told one by one
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def required_items_are_there(book: Book) -> Iterator[Finding]:
    """Without these a partner cannot be judged."""
    for code in book.missing:
        yield Finding(FindingCode.MISSING_ITEM, facts={"item": code})


def no_quarter_missing(book: Book) -> Iterator[Finding]:
    """Actual quarters follow each other without a gap; a lone column of last year is no gap."""
    runs = {
        quarter
        for quarter in book.actual
        if quarter + 1 in book.actual or quarter + -1 in book.actual
    } | _near_another(book)
    for quarter in quarters_between(min(runs), max(runs)) if runs else ():
        if quarter not in book.actual:
            yield Finding(FindingCode.MISSING_QUARTER, facts={"quarter": str(quarter)})


def _near_another(book: Book) -> set[Quarter]:
    """Quarters with flows less than a year from others.

    A balance sheet beside the one of last year's end says nothing of the quarters between.
    """
    flows = [
        quarter
        for quarter, facts in book.actual.items()
        if any(book.items[code].nature is Nature.FLOW for code in facts)
    ]
    return {
        quarter
        for earlier, later in pairwise(flows)
        if later - earlier < _YEAR and earlier + _YEAR not in flows
        for quarter in (earlier, later)
    }


def no_actual_in_the_future(book: Book) -> Iterator[Finding]:
    """What has not ended cannot be actual."""
    if book.newest_allowed is None:
        return
    for quarter, facts in book.actual.items():
        if quarter > book.newest_allowed:
            yield about(FindingCode.FUTURE_ACTUAL, next(iter(facts.values())))


def newest_quarter_is_complete(book: Book) -> Iterator[Finding]:
    """What is required, or was stated in each of the last quarters, is there in the newest.

    A sheet that ends a quarter earlier than the others is told as a whole.
    """
    if not book.actual:
        return
    newest = max(book.actual)
    missing: dict[str, list[Stated]] = defaultdict(list)
    for one in book.gaps.values():
        missing[one.fact.sheet].append(one)
    for sheet, last in missing.items():
        moves = _moves(book, sheet, newest)
        cells = [_moved(one, moves) for one in last]
        if all(cells) and len(cells) <= _SINGLY:
            for one, cell in zip(last, cells, strict=True):
                yield _gap(one, newest, sheet, cell, 1)
        else:
            yield _gap(last[0], newest, sheet, "", len(last))


def _gap(one: Stated, newest: Quarter, sheet: str, cell: str, count: int) -> Finding:
    """A finding about an empty cell, or about several of a sheet."""
    facts = {"item": one.fact.item, "quarter": str(newest), "count": count}
    return Finding(FindingCode.ITEM_GAP, sheet, cell, facts)


def _moves(book: Book, sheet: str, newest: Quarter) -> Mapping[Quarter, tuple[int, int]]:
    """How far a row's newest cell lies from its cell of another quarter, on one sheet."""
    found: dict[Quarter, tuple[int, int]] = {}
    now = {code: one for code, one in book.actual[newest].items() if one.fact.sheet == sheet}
    for quarter, facts in book.actual.items():
        for code, one in now.items():
            if code in facts and facts[code].fact.sheet == sheet:
                (row, column), (to_row, to_column) = _place(facts[code]), _place(one)
                found[quarter] = (to_row - row, to_column - column)
                break
    return found


def _moved(one: Stated, moves: Mapping[Quarter, tuple[int, int]]) -> str:
    """The address a row's newest cell has; empty when it cannot be told."""
    quarter = one.fact.quarter
    if quarter is None or quarter not in moves or one.fact.scenario is not Scenario.ACTUAL:
        return ""
    (row, column), (down, right) = _place(one), moves[quarter]
    return address(row + down, column + right)


def _place(one: Stated) -> tuple[int, int]:
    """Row and column of a figure, counted from 0."""
    parts = _ADDRESS.fullmatch(one.fact.cell)
    letters, digits = parts.groups() if parts else ("A", "1")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1
