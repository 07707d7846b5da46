"""A partner of two legal entities, an association and a company, and their books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from smartfin.entity import Entity
from smartfin.items import read_items
from smartfin.partner import Partner, Status, StatusChange
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

ITEMS = read_items(read_settings({}).data / "items.yaml")
EV = Entity("EV", "Smart Deutschland e.V.", "e.V.")
GMBH = Entity("GMBH", "Smart Deutschland GmbH", "GmbH", 25_000.0)
DE = Partner(
    "DE",
    "Smart Deutschland",
    "EUR",
    ("de",),
    Quarter(2015, 4),
    (StatusChange(date(2015, 10, 1), Status.ACTIVE),),
    entities=(EV, GMBH),
)
COLUMNS = ["partner", "quarter", "scenario", "item", "amount", "currency", "synthetic"]
LAST = Quarter(2022, 4)

# Worked by hand: the association has the members, the company the team, which it charges on.
ASSOCIATION: Mapping[str, float] = {
    "invoiced_volume": 1000.0,
    "fee_revenue": 90.0,
    "staff_costs": 20.0,
    "other_operating_expenses": 62.0,
    "own_entities_costs": 60.0,
    "trade_payables": 15.0,
    "own_entities_payables": 12.0,
    "cash": 100.0,
    "total_assets": 100.0,
    "total_liabilities": 15.0,
    "fee_rate": 9.0,
    "members_active": 50.0,
}
COMPANY: Mapping[str, float] = {
    "invoiced_volume": 0.0,
    "fee_revenue": 0.0,
    "service_revenue": 70.0,
    "own_entities_income": 60.0,
    "staff_costs": 65.0,
    "other_receivables": 12.0,
    "own_entities_receivables": 12.0,
    "trade_payables": 5.0,
    "cash": 30.0,
    "total_assets": 42.0,
    "total_liabilities": 5.0,
    "members_active": 0.0,
}


def rows(unit: str, *quarters: Mapping[str, float], last: Quarter = LAST) -> pd.DataFrame:
    """The rows of a unit's quarters, the last one named."""
    found = [
        (unit, (last + (place - len(quarters) + 1)).ordinal, "actual", item, amount, "EUR", False)
        for place, quarter in enumerate(quarters)
        for item, amount in quarter.items()
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def frame_of(*parts: pd.DataFrame) -> pd.DataFrame:
    """All rows in one tidy frame."""
    return pd.concat(parts, ignore_index=True)


def partner_of(*entities: Entity) -> Partner:
    """The partner with other entities."""
    return replace(DE, entities=entities)
