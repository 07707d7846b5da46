"""Every fact that a perfect reader finds in the sample workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isnan, nan

from data.samples.generator.books import BOOKS, Book, Printed
from data.samples.generator.forms import ITEMS
from data.samples.generator.profiles import PROFILES
from data.samples.generator.story import figures
from smartfin.facts import Scenario
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class TrueFact:
    """What one workbook states about one item and quarter.

    Args:
        file: Name of the workbook.
        partner: Partner code.
        item: Code of the line item.
        quarter: Its quarter.
        scenario: Actual or budget.
        amount: As printed, in single units, storage sign of items.yaml.
        unit: ISO currency code, or count, fte, percent, days, hours.
    """

    file: str
    partner: str
    item: str
    quarter: Quarter
    scenario: Scenario
    amount: float
    unit: str


@cache
def truth() -> tuple[TrueFact, ...]:
    """The facts of all files, by file name; totals of years are no facts of quarters."""
    return tuple(fact for book in BOOKS for fact in facts_of(book))


def facts_of(book: Book) -> Iterator[TrueFact]:
    """The facts of one workbook, sheet by sheet."""
    for sheet in book.sheets:
        for column in sheet.columns:
            if column.stated is not None:
                yield from _column_facts(book, sheet, column.stated, column.scenario)


def _column_facts(
    book: Book, sheet: Printed, quarter: Quarter, scenario: Scenario
) -> Iterator[TrueFact]:
    printed = figures(book.partner, scenario, sheet.restated)
    currency = PROFILES[book.partner].currency
    for entry in sheet.entries:
        amount = float(printed[entry.code][quarter.ordinal]) if entry.is_item else nan
        if not isnan(amount):
            unit = ITEMS[entry.code].unit
            named = currency if unit == "currency" else unit
            yield TrueFact(book.name, book.partner, entry.code, quarter, scenario, amount, named)
