"""Small tables for the tests of the analysis: one partner, round figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from smartfin.partner import Partner, Status, StatusChange
from smartfin.quarter import Quarter
from smartfin.settings import Level, Settings, read_settings

# A quarter in which own income covers own costs exactly.
BALANCED: Mapping[str, float] = {
    "invoiced_volume": 100_000,
    "fee_revenue": 9_000,
    "bad_debt_expense": 1_000,
    "staff_costs": 8_000,
}


def table_of(*quarters: Mapping[str, float], last: str = "2022-Q4") -> pd.DataFrame:
    """A partner's table with these quarters in a row, the last one named."""
    end = Quarter.parse(last).ordinal
    index = pd.RangeIndex(end - len(quarters) + 1, end + 1, name="quarter")
    return pd.DataFrame([dict(quarter) for quarter in quarters], index=index, dtype="float64")


def steady(
    quarters: int, changed: Mapping[str, float] | None = None, last: str = "2022-Q4"
) -> pd.DataFrame:
    """A table of equal quarters: ``BALANCED`` with some figures changed."""
    return table_of(*[{**BALANCED, **(changed or {})}] * quarters, last=last)


def with_results(*results: float, last: str = "2022-Q4") -> pd.DataFrame:
    """A table whose quarters have these results before support."""
    quarters = [{**BALANCED, "staff_costs": 8_000 - result} for result in results]
    return table_of(*quarters, last=last)


def a_partner(status: Status | None = None, since: date = date(2020, 4, 1)) -> Partner:
    """A partner active since 2012, with another status from a day on where asked."""
    history = [StatusChange(date(2012, 1, 1), Status.ACTIVE)]
    if status is not None:
        history.append(StatusChange(since, status))
    return Partner("ES", "Example", "EUR", ("es",), Quarter(2012, 1), tuple(history))


def some_settings(level: Level = Level.OSS, deadline: str = "2023-Q4") -> Settings:
    """The settings of the project with few paths, so that tests are quick."""
    settings = read_settings({})
    return replace(
        settings,
        level=level,
        deadline=Quarter.parse(deadline),
        deadline_from=Quarter(2012, 1),
        outlook=replace(settings.outlook, paths=400),
    )
