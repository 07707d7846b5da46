"""Rules over a row's own quarters."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.amounts.flip import turns_negative
from smartfin.ingest.checks.book import Book, about


def signs_are_kept(book: Book) -> Iterator[Finding]:
    """What was never negative does not turn negative; results and the like may."""
    negative = {
        one.fact.item
        for facts in book.actual.values()
        for one in facts.values()
        if one.fact.amount < 0
    }
    for code in sorted(negative - book.asked):
        if book.items[code].signed:
            continue
        row = {quarter: facts[code] for quarter, facts in book.actual.items() if code in facts}
        turned = turns_negative({quarter: one.fact.amount for quarter, one in row.items()})
        if turned is not None:
            yield about(FindingCode.SIGN_FLIPPED, row[turned])
