"""Figures that were handed in before are the same now: in their unit, and one by one."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.facts import Fact, Stage
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.history.comparison import Comparison, about
from smartfin.ingest.history.known import History
from smartfin.ingest.history.restated import Restated
from smartfin.quarter import Quarter

_SINGLY = 5  # restated figures that are told one by one, the largest


def scale_is_kept(seen: Comparison) -> Iterator[Finding]:
    """Most amounts of a sheet are not a thousand or a million times what they were."""
    for sheet, factor in seen.rescaled.items():
        example, old = max(
            ((fact, old) for fact in seen.sheets[sheet] if (old := _before(fact, seen.history))),
            key=lambda pair: (pair[0].quarter or Quarter(1, 1), abs(pair[0].amount)),
        )
        size = max(factor, 1 / factor)
        yield about(FindingCode.SCALE_CHANGED, example, old=old, factor=round(size))


def figures_are_kept(seen: Comparison) -> Iterator[Finding]:
    """What was handed in before stays as it was; the largest changes are told one by one."""
    for one in _unaudited(seen)[:_SINGLY]:
        yield about(FindingCode.RESTATED, one.fact, old=one.old)


def most_figures_are_kept(seen: Comparison) -> Iterator[Finding]:
    """How many more figures changed than are told one by one."""
    more = _unaudited(seen)[_SINGLY:]
    if more:
        quarters = [one.quarter for one in more]
        first, last = str(min(quarters)), str(max(quarters))
        facts = {"count": len(more), "first": first, "last": last}
        yield Finding(FindingCode.RESTATED_MORE, facts=facts)


def audit_adjusts(seen: Comparison) -> Iterator[Finding]:
    """What an audit changes in the last quarter of a financial year is told, not asked."""
    for one in seen.restated:
        if _is_audit(seen, one):
            yield about(FindingCode.AUDIT_ADJUSTMENT, one.fact, old=one.old)


def _unaudited(seen: Comparison) -> list[Restated]:
    return [one for one in seen.restated if not _is_audit(seen, one)]


def _is_audit(seen: Comparison, one: Restated) -> bool:
    return seen.stage is Stage.AUDITED and seen.ends_year(one.quarter)


def _before(fact: Fact, history: History) -> float | None:
    """What a figure was before: its own quarter, else the newest of its row."""
    row = history.series.get(fact.item)
    if not row or fact.quarter is None:
        return None
    return row.get(fact.quarter, row[max(row)])
