"""What the history leads one to expect and the workbook does not have, or has otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.history.comparison import Comparison, about
from smartfin.items import Item, Statement
from smartfin.quarter import Quarter, quarters_between

_USUAL = 4  # quarters in a row after which an item is expected in the next
_SINGLY = 5  # missing items of a statement that are told one by one


def signs_go_on(seen: Comparison) -> Iterator[Finding]:
    """What was never negative does not turn negative; results and the like may."""
    told = {(f.code, f.sheet, f.cell) for f in seen.reading.findings}
    for place in sorted(seen.flipped):
        fact = seen.now[place]
        if (FindingCode.SIGN_FLIPPED, fact.sheet, fact.cell) not in told:
            yield about(FindingCode.SIGN_FLIPPED, fact)


def quarters_follow_on(seen: Comparison) -> Iterator[Finding]:
    """No quarter is left out between what was handed in before and the workbook."""
    if not seen.history.quarters or seen.newest is None:
        return
    stated = {quarter for _, quarter in seen.now}
    told = {
        finding.facts.get("quarter")
        for finding in seen.reading.findings
        if finding.code is FindingCode.MISSING_QUARTER
    }
    for quarter in quarters_between(max(seen.history.quarters), seen.newest):
        if quarter not in stated | seen.history.quarters.keys() and str(quarter) not in told:
            yield Finding(FindingCode.MISSING_QUARTER, facts={"quarter": str(quarter)})


def items_go_on(seen: Comparison) -> Iterator[Finding]:
    """What was stated in each of the last quarters is stated in the newest.

    Only of statements the workbook has for that quarter; totals may go, their parts tell them.
    """
    newest = seen.newest
    if newest is None:
        return
    sheets = _sheets(seen, newest)
    missing: dict[Statement, list[str]] = defaultdict(list)
    for item in seen.items.values():
        if item.statement in sheets and _is_missed(seen, item, newest):
            missing[item.statement].append(item.code)
    for statement, codes in missing.items():
        told = [(code, 1) for code in codes] if len(codes) <= _SINGLY else [(codes[0], len(codes))]
        for code, count in told:
            facts = {"item": code, "quarter": str(newest), "count": count}
            yield Finding(FindingCode.ITEM_GAP, sheets[statement], facts=facts)


def _is_missed(seen: Comparison, item: Item, newest: Quarter) -> bool:
    """Whether an item was there in each of the last quarters, and is not in the newest."""
    if item.derived or item.code in seen.asked or (item.code, newest) in seen.now:
        return False
    amounts = seen.history.amounts
    told = {
        finding.facts.get("item")
        for finding in seen.reading.findings
        if finding.code in (FindingCode.ITEM_GAP, FindingCode.MISSING_ITEM)
    }
    usual = all(
        (item.code, newest + -back) in amounts or (item.code, newest + -back) in seen.now
        for back in range(1, _USUAL + 1)
    )
    return usual and (item.code, newest) not in amounts and item.code not in told


def _sheets(seen: Comparison, newest: Quarter) -> dict[Statement, str]:
    """The sheet most figures of a statement are on, of statements stated for the newest quarter."""
    counts: dict[Statement, Counter[str]] = defaultdict(Counter)
    for (item, quarter), fact in seen.now.items():
        if quarter == newest:
            counts[seen.items[item].statement][fact.sheet] += 1
    return {statement: sheets.most_common(1)[0][0] for statement, sheets in counts.items()}
