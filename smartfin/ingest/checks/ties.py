"""Rules between statements: cash flow, result and fees explain what other rows say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.checks.book import Book, about
from smartfin.ingest.checks.totals import Facts, Worth, differs
from smartfin.ingest.periods.normalise import Stated
from smartfin.quarter import Quarter

_CASH_FLOWS = ("cash_flow_operating", "cash_flow_investing", "cash_flow_financing")
_OF_THE_GROUP = ("group_capital_injection", "group_loan_drawdown")  # often inside financing
_CAPITAL, _CONTRIBUTIONS, _INJECTION = (
    "member_share_capital",
    "shareholder_contributions",
    "group_capital_injection",
)

_FEE_TOLERANCE = 0.2  # of the expected fees: rebates, caps and old contracts


class _Change(NamedTuple):
    """What a quarter changed a stock by, in one way of reading the rows.

    Args:
        amount: In single units.
        rounding: What rounding may make of it.
    """

    amount: float
    rounding: float


class _Column(NamedTuple):
    """A quarter with the one before."""

    quarter: Quarter
    before: Facts
    now: Facts


def cash_ties(book: Book) -> Iterator[Finding]:
    """Cash is that of the quarter before and the three totals of the cash flow."""
    return _untied(book, FindingCode.CASH_DIFFERS, "cash", _cash_changes)


def equity_ties(book: Book) -> Iterator[Finding]:
    """Equity is that of the quarter before, the result, and the capital that came in."""
    return _untied(book, FindingCode.EQUITY_DIFFERS, "equity", _equity_changes)


def fees_follow_volume(book: Book) -> Iterator[Finding]:
    """Fees are about the listed rate times the volume; told once, at the newest quarter."""
    off = [
        (one, expected)
        for facts in book.actual.values()
        for one, expected in _unlike_fees(facts)
        if not book.asked.intersection(("fee_rate", "invoiced_volume", "fee_revenue"))
    ]
    for one, expected in off[-1:]:
        yield about(FindingCode.FEES_DIFFER, one, computed=expected, count=len(off))


def _untied(
    book: Book,
    code: FindingCode,
    stock: str,
    changes_of: Callable[[Book, _Column], Iterable[_Change]],
) -> Iterator[Finding]:
    """Quarters at which a stock is not what the quarter's rows lead to, in no way of reading them.

    A wrong stock is off twice, there and back; it is told once.
    """
    back = 0.0  # what the next quarter is off by if this one's stock is to blame
    for column in _columns(book):
        begin, end = book.worth(stock, column.before), book.worth(stock, column.now)
        changes = list(changes_of(book, column)) if begin and end else []
        if begin is None or end is None or not changes:
            back = 0.0
            continue
        gap, slack = min(
            (_gap(begin, end, change) for change in changes), key=lambda one: abs(one[0])
        )
        is_echo = back != 0 and not differs(gap, back, slack)
        back = 0.0
        if abs(gap) > slack and not is_echo:
            back = -gap
            computed = end.amount - gap
            yield about(code, end.place, item=stock, value=end.amount, computed=computed)


def _gap(begin: Worth, end: Worth, change: _Change) -> tuple[float, float]:
    """What a stock is off by, and what rounding allows; differenced flows are rounded twice."""
    slack = 2 * (begin.rounding + end.rounding + change.rounding) + 1e-9 * abs(end.amount)
    return end.amount - begin.amount - change.amount, slack


def _columns(book: Book) -> Iterator[_Column]:
    """Each actual quarter whose quarter before is there."""
    for quarter, facts in book.actual.items():
        before = book.actual.get(quarter + -1)
        if before is not None:
            yield _Column(quarter, before, facts)


def _cash_changes(book: Book, column: _Column) -> Iterator[_Change]:
    """The cash flow; money of the group may stand inside financing or beside it."""
    flows = [column.now[code] for code in _CASH_FLOWS if code in column.now]
    if len(flows) < len(_CASH_FLOWS) or book.asked.intersection((*_CASH_FLOWS, "cash")):
        return
    group = [column.now[code] for code in _OF_THE_GROUP if code in column.now]
    for beside in ([], *([one] for one in group), group):
        yield _summed([*flows, *beside])


def _equity_changes(book: Book, column: _Column) -> Iterator[_Change]:
    """The result and what came into equity beside it, where the rows tell both.

    Contributions of the group are known where they have a row, or where the rows of the balance
    sheet make up the whole of equity; else an injection may be inside the shares or beside them.
    """
    result = column.now.get("net_result")
    capital = _moved(column, _CAPITAL)
    if result is None or capital is None or book.asked.intersection(("net_result", "equity")):
        return
    told = book.actual_totals(column.quarter).get("net_result")
    if told is not None and not told.fits:
        return  # a result that is off is told where it stands
    plain = _summed([result], capital)
    contributions = _moved(column, _CONTRIBUTIONS)
    injection = column.now.get(_INJECTION)
    if contributions is not None:
        yield _summed([result], capital, contributions)
    elif _CONTRIBUTIONS in column.now or _CONTRIBUTIONS in column.before:
        return
    elif _is_whole(book, column):
        yield plain
    elif injection is not None:
        yield from (plain, _summed([result, injection], capital), _summed([result, injection]))


def _moved(column: _Column, code: str) -> _Change | None:
    """What a stock changed by; None when it is not stated at both ends."""
    if code not in column.before or code not in column.now:
        return None
    begin, end = column.before[code], column.now[code]
    return _Change(end.fact.amount - begin.fact.amount, begin.precision + end.precision)


def _is_whole(book: Book, column: _Column) -> bool:
    """Whether the printed rows make up the whole of equity at both ends."""
    ends = (column.quarter, column.quarter + -1)
    totals = [book.actual_totals(quarter).get("equity") for quarter in ends]
    return all(total is not None and total.fits for total in totals)


def _summed(flows: list[Stated], *changes: _Change) -> _Change:
    return _Change(
        sum(one.fact.amount for one in flows) + sum(change.amount for change in changes),
        sum(one.precision for one in flows) + sum(change.rounding for change in changes),
    )


def _unlike_fees(facts: Facts) -> Iterator[tuple[Stated, float]]:
    """Fees that the rate does not explain, and what it would make them.

    Grants of members' projects may bear the fee like invoices, and may not.
    """
    rate, volume, fees = (facts.get(c) for c in ("fee_rate", "invoiced_volume", "fee_revenue"))
    if rate is None or volume is None or fees is None:
        return
    grants = facts.get("member_project_grants")
    more = max(0.0, grants.fact.amount) if grants is not None else 0.0
    low = rate.fact.amount / 100 * volume.fact.amount
    high = rate.fact.amount / 100 * (volume.fact.amount + more)
    slack = fees.precision + rate.precision / 100 * volume.fact.amount
    least, most = (1 - _FEE_TOLERANCE) * low - slack, (1 + _FEE_TOLERANCE) * high + slack
    if low > 0 and not least <= fees.fact.amount <= most:
        yield fees, low
