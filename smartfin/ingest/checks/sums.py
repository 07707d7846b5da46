"""Rules within one column: the balance sheet balances, totals and results add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.checks.book import Book, about
from smartfin.ingest.checks.totals import Facts, Total, differs
from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Item, Statement

_ASSETS = "total_assets"
_FUNDING = ("equity", "total_liabilities")


class _Imbalance(NamedTuple):
    """A balance sheet that does not balance.

    Args:
        assets: What the assets are.
        funding: What equity and liabilities are.
        place: The figure to point at: the one total whose parts would balance, else the assets.
    """

    assets: float
    funding: float
    place: Stated


def balance_sheet_balances(book: Book) -> Iterator[Finding]:
    """Total assets are equity and liabilities."""
    for when, facts in book.by_quarter.items():
        off = _imbalance(book, facts, book.totals[when])
        if off is not None:
            sums = {"assets": off.assets, "funding": off.funding}
            yield about(FindingCode.BALANCE_DIFFERS, off.place, **sums)


def subtotals_add_up(book: Book) -> Iterator[Finding]:
    """A printed total is the sum of its printed parts; results have a rule of their own."""
    for when, totals in book.totals.items():
        off = _imbalance(book, book.by_quarter[when], totals)
        told = off.place.fact.item if off is not None else ""
        for code, total in totals.items():
            explained = total.fits or code == told or book.rests_on_gap(code, when)
            if not (explained or is_result(book.items[code])):
                yield about(FindingCode.SUBTOTAL_DIFFERS, total.stated, computed=total.computed)


def results_add_up(book: Book) -> Iterator[Finding]:
    """A printed result is income less costs."""
    for when, totals in book.totals.items():
        for code, total in totals.items():
            explained = total.fits or book.rests_on_gap(code, when)
            if is_result(book.items[code]) and not explained:
                yield about(FindingCode.RESULT_DIFFERS, total.stated, computed=total.computed)


def is_result(item: Item) -> bool:
    """Whether an item is income less costs."""
    return item.statement is Statement.PNL and any(sign < 0 for sign, _ in item.parts())


def _imbalance(book: Book, facts: Facts, totals: Mapping[str, Total]) -> _Imbalance | None:
    assets = book.worth(_ASSETS, facts)
    funding = [worth for code in _FUNDING if (worth := book.worth(code, facts)) is not None]
    if assets is None or len(funding) < len(_FUNDING):
        return None
    total = sum(worth.amount for worth in funding)
    slack = assets.rounding + sum(worth.rounding for worth in funding)
    if not differs(assets.amount, total, slack):
        return None
    excess = {_ASSETS: assets.amount - total} | dict.fromkeys(_FUNDING, total - assets.amount)
    mending = [
        totals[code].stated
        for code, amount in excess.items()
        if code in totals and not totals[code].fits
        if not differs(totals[code].excess, amount, slack)
    ]
    place = mending[0] if len(mending) == 1 else assets.place
    return _Imbalance(assets.amount, total, place)
