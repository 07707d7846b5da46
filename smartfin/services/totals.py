"""Sums over all partners as JSON: what group finance adds up elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis


def totals_document(
    smartfin: Smartfin,
    items: Collection[str] | None,
    quarters: Collection[Quarter] | None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> dict[str, Any]:
    """Sums over all partners, by scenario, quarter, item, unit and whether they are made up.

    Args:
        smartfin: Opened.
        items: Codes of line items; None for all.
        quarters: Quarters wanted; None for all.
        as_of: Day whose knowledge is shown; None for today's.
        basis: Which figures count.

    Raises:
        InputError: ``item-unknown``.
    """
    for code in items or ():
        if code not in smartfin.items:
            raise InputError("item-unknown", item=code)
    frame = smartfin.ledger.totals(items, quarters, end_of_day(as_of), basis)
    rows = zip(*(frame[name].tolist() for name in _COLUMNS), strict=True)
    return {"totals": [_total(*row) for row in rows]}


_COLUMNS = ("scenario", "quarter", "item", "amount", "currency", "partners", "synthetic")


def _total(
    scenario: str,
    quarter: int,
    item: str,
    amount: float,
    unit: str,
    partners: int,
    synthetic: bool,
) -> dict[str, Any]:
    return {
        "scenario": scenario,
        "quarter": str(Quarter.from_ordinal(quarter)),
        "item": item,
        "amount": amount,
        "unit": unit,
        "partners": partners,
        "synthetic": synthetic,
    }
