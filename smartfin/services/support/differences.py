"""Where a partner's books and group finance's list differ, in a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smartfin.facts import LedgerFact
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import ITEM, LISTED, SUPPORT, Figure, source_of
from smartfin.services.support.books import Comparison, Difference, Side
from smartfin.services.support.comparison import difference_amount
from smartfin.services.support.path import SupportPath
from smartfin.services.view import (
    Cell,
    Table,
    approval_mark,
    measure_cell,
    stated_cell,
    text_cell,
)
from smartfin.support import group_unit
from smartfin.wording import Words

_DIFFERENCES = ("books", "list", "difference", "books-place", "list-place")


def differences_sentence(words: Words, case: Case, held: Comparison, *, listed: bool) -> str:
    """How many amounts differ, or why none can, in a sentence."""
    said = {"partner": case.partner.code}
    if not listed:
        return words.text("support.differences.no-list", **said)
    if not held.quarters:
        return words.text("support.differences.nothing", **said)
    if not held.differences:
        return words.text("support.differences.none", **said)
    return words.plural("support.differences.count", len(held.differences), **said)


def differences_table(
    words: Words, case: Case, path: SupportPath, told: Iterable[Difference]
) -> Table:
    """The amounts that differ with the cells of both sides, newest first."""
    columns = (
        words.text("column.quarter"),
        words.text("column.item"),
        *(words.text(f"support.differences.{name}") for name in _DIFFERENCES),
    )
    newest_first = sorted(told, key=lambda each: each.quarter, reverse=True)
    return Table(
        caption=words.text("support.differences.caption", partner=case.partner.code),
        columns=columns,
        rows=tuple(_difference_row(words, path, each) for each in newest_first),
    )


def _difference_row(words: Words, path: SupportPath, each: Difference) -> tuple[Cell, ...]:
    currency, code = each.partner.currency, each.partner.code
    books = source_of(code, each.quarter, f"{ITEM}{each.item}") if each.books.facts else ""
    listed = Figure(group_unit(code), each.quarter, f"{LISTED}{each.item}")
    source = str(Figure(code, each.quarter, f"{SUPPORT}difference:{each.item}"))
    return (
        text_cell(words.quarter(each.quarter)),
        text_cell(words.item(each.item)),
        _side_cell(words, path, each.books, currency, books),
        _side_cell(words, path, each.listed, currency, str(listed)),
        measure_cell(words, difference_amount(each), scale="1", sign=True, source=source),
        text_cell(_places(each.books.facts)),
        text_cell(_places(each.listed.facts[:1])),
    )


def _side_cell(words: Words, path: SupportPath, side: Side, currency: str, source: str) -> Cell:
    """What one side says; a dash where it says nothing."""
    if not side.facts:
        return stated_cell(words, None, currency)
    cell = stated_cell(words, side.amount, currency, source)
    return marked(words, cell, path.waits(side.facts))


def marked(words: Words, cell: Cell, waits: bool) -> Cell:
    """The cell, with a note where what it rests on is not approved yet."""
    return replace(cell, note=cell.note or approval_mark(words, provisional=waits))


def _places(facts: Iterable[LedgerFact]) -> str:
    """The cells that state an amount: of several legal entities one each."""
    return "; ".join(f"{each.file} · {each.fact.sheet}!{each.fact.cell}" for each in facts)
