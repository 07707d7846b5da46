"""Rules about money that enters as equity: what the group put in must be said."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.checks.book import Book, about
from smartfin.ingest.periods.normalise import Stated
from smartfin.support import CONTRIBUTIONS, RISE, Kind

_INJECTION = Kind.CAPITAL.item


def capital_put_in_is_stated(book: Book) -> Iterator[Finding]:
    """Contributions to equity that rise are money of the group; told at the newest rise.

    Members' shares rise too, but by members' own money.
    """
    stated = any(_INJECTION in facts for facts in book.actual.values())
    if stated or not book.asked.isdisjoint((_INJECTION, CONTRIBUTIONS)):
        return
    rises = list(_rises(book))
    for one, rise in rises[-1:]:
        yield about(FindingCode.INJECTION_UNSTATED, one, computed=rise, count=len(rises))


def _rises(book: Book) -> Iterator[tuple[Stated, float]]:
    """Contributions that rose since they were last stated, and by how much.

    Before the first statement there were none; of the workbook's first quarter nobody knows.
    """
    quarters = list(book.actual.values())
    before = quarters[0].get(CONTRIBUTIONS) if quarters else None
    for facts in quarters[1:]:
        now = facts.get(CONTRIBUTIONS)
        if now is None:
            continue
        rise = now.fact.amount - (before.fact.amount if before else 0.0)
        slack = now.precision + (before.precision if before else 0.0)
        if rise > RISE * abs(now.fact.amount) + slack:
            yield now, rise
        before = now
