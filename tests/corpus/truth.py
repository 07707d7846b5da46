"""What the accounts say of a fact, and which facts a workbook must give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from smartfin.facts import Scenario
from tests.corpus.accounts import Accounts, month_of, quarter_of
from tests.corpus.draft import Key


def true_amount(accounts: Accounts, key: Key) -> float | None:
    """What the accounts say of a fact, in single units."""
    item, period, scenario = key
    if "/" in period:
        start, end = (date.fromisoformat(day) for day in period.split("/"))
        first, last = month_of(start.year, start.month), month_of(end.year, end.month)
    else:
        year, number = int(period[:4]), int(period[-1])
        first = month_of(year, number * 3 - 2)
        last = first + 2
    return accounts.amount(item, Scenario(scenario), first, last)


def not_repeated(required: Mapping[Key, float]) -> dict[Key, float]:
    """Without longer spans whose quarters are stated as well."""
    quarters = {key for key in required if "/" not in key[1]}
    kept: dict[Key, float] = {}
    for key, amount in required.items():
        item, period, scenario = key
        if "/" in period:
            start, end = (date.fromisoformat(day) for day in period.split("/"))
            months = range(month_of(start.year, start.month), month_of(end.year, end.month) + 1)
            inside = {(item, str(quarter_of(month)), scenario) for month in months}
            if inside <= quarters:
                continue
        kept[key] = amount
    return kept
