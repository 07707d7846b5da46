"""Rules about income: what stands under other operating income must be said."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.checks.book import Book, about
from smartfin.ingest.checks.totals import Facts
from smartfin.ingest.periods.normalise import Stated

_OTHER = "other_operating_income"
MOST_OTHER = 0.05
"""Share of own revenue above which other operating income must be answered."""


def other_income_is_small(book: Book) -> Iterator[Finding]:
    """Aid, released provisions and waived debts hide there; told at the newest quarter."""
    if _OTHER in book.asked:
        return
    large = [each for facts in book.actual.values() for each in _large(book, facts)]
    for one, limit in large[-1:]:
        yield about(FindingCode.OTHER_INCOME_LARGE, one, computed=limit, count=len(large))


def _large(book: Book, facts: Facts) -> Iterator[tuple[Stated, float]]:
    """Other operating income beyond the limit, and the limit."""
    other, revenue = facts.get(_OTHER), book.worth("own_revenue", facts)
    if other is None or revenue is None or revenue.amount <= 0:
        return
    limit = MOST_OTHER * revenue.amount
    if other.fact.amount > limit + MOST_OTHER * revenue.rounding + other.precision:
        yield other, limit
