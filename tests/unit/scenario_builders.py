"""Partners for the tests of scenarios: every line a lever moves, one year like another or not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from smartfin.analysis.scenario.draw import Draw, draw_of
from smartfin.fee import FeeVote
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, Event, LeverCode, LeverSetting
from smartfin.settings import Level, OutlookSettings
from tests.unit.analysis_builders import steady

LAST, DEADLINE = Quarter(2019, 4), Quarter(2020, 4)
NEXT = LAST + 1
SETTINGS = OutlookSettings(paths=400, seed=1, horizon=20)

# A quarter: 1,000 short of what it costs before support, 500 after it.
WHOLE: Mapping[str, float] = {
    "invoiced_volume": 100_000, "fee_revenue": 8_000, "fee_rate": 8,
    "membership_fees": 1_000, "bad_debt_expense": 600, "guarantee_fund_charge": 400,
    "staff_costs": 6_000, "adviser_costs": 3_000, "member_services_costs": 1_000,
    "rent_costs": 1_600, "depreciation": 400,
    "operating_grants": 200, "group_contribution_received": 300, "imputed_group_services": 100,
    "cash": 9_000, "member_balances": 4_000, "tax_social_liabilities": 1_000,
    "members_active": 100, "adviser_fte": 2, "median_member_volume": 3_000,
    "member_payroll_cost": 80_000, "member_project_expenses": 12_000, "consumer_prices": 100,
}  # fmt: skip


def whole(changed: Mapping[str, float] | None = None, quarters: int = 16) -> pd.DataFrame:
    """A partner whose every quarter is ``WHOLE``: it has one future only."""
    return steady(quarters, {**WHOLE, **(changed or {})}, last=str(LAST))


def uneven(staff: float = 6_000, growth: float = 0.06, seed: int = 3) -> pd.DataFrame:
    """A partner that grows in fits and starts; with these costs break-even is open."""
    random = np.random.default_rng(seed)
    table = whole({"staff_costs": staff})
    quarters = np.arange(len(table))
    volume = 100_000 * (1 + growth) ** (quarters / 4) * np.exp(random.normal(0, 0.05, len(table)))
    for item in ("invoiced_volume", "fee_revenue", "member_payroll_cost"):
        table[item] *= volume / 100_000
    table["bad_debt_expense"] = volume * random.uniform(0.003, 0.009, len(table))
    table["staff_costs"] += random.normal(0, 150, len(table))
    return table


def drawn(
    table: pd.DataFrame,
    level: Level = Level.OSS,
    deadline: Quarter = DEADLINE,
    votes: tuple[FeeVote, ...] = (),
    support: Mapping[Quarter, float] | None = None,
    settings: OutlookSettings = SETTINGS,
) -> Draw:
    draw = draw_of(
        table, LAST.ordinal, deadline.ordinal, settings, level, votes=votes, support=support
    )
    assert isinstance(draw, Draw)
    return draw


def moved(code: LeverCode, amount: float, start: Quarter = NEXT, ramp: int = 0) -> Changes:
    """One lever set."""
    return Changes((LeverSetting(code, amount, start, ramp),))


def happens(*events: Event) -> Changes:
    """Events alone."""
    return Changes((), events)
