"""Sums over all partners as JSON: what group finance adds up elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import pandas as pd

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess_at
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis
from smartfin.support import is_of_group


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
    frame = _totals(smartfin, items, quarters, end_of_day(as_of), basis)
    rows = zip(*(frame[name].tolist() for name in _COLUMNS), strict=True)
    return {"totals": [_total(*row) for row in rows]}


_COLUMNS = ("scenario", "quarter", "item", "amount", "currency", "partners", "synthetic")


def _totals(
    smartfin: Smartfin,
    items: Collection[str] | None,
    quarters: Collection[Quarter] | None,
    moment: datetime | None,
    basis: Basis,
) -> pd.DataFrame:
    """The sums over what partners hand in: group finance's list says the same once more.

    A partner of several legal entities counts once, as put together.
    """
    divided = [partner for partner in smartfin.partners if partner.entities]
    units = {unit.code for partner in divided for unit in partner.units}
    known = {each.partner for each in smartfin.ledger.submissions(moment)}
    others = {code for code in known - units if not is_of_group(code)}
    if not divided:
        whole = others == known
        return smartfin.ledger.totals(items, quarters, moment, basis, None if whole else others)
    combination = assess_at(smartfin, None, moment, basis).combination
    frame = combination.frame if combination else pd.DataFrame(columns=list(_COLUMNS))
    wanted = frame["partner"].isin([partner.code for partner in divided])
    if items is not None:
        wanted &= frame["item"].isin(list(items))
    if quarters is not None:
        wanted &= frame["quarter"].isin([quarter.ordinal for quarter in quarters])
    theirs = frame[wanted].assign(partners=1)[list(_COLUMNS)]
    rest = smartfin.ledger.totals(items, quarters, moment, basis, others)
    both = pd.concat([each for each in (rest, theirs) if len(each)] or [rest])
    keys = ["scenario", "quarter", "item", "currency", "synthetic"]
    return both.groupby(keys, as_index=False)[["amount", "partners"]].sum()


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
