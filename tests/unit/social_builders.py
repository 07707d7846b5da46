"""A partner whose social project holds, in round figures, to be changed a line at a time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tests.unit.analysis_builders import table_of

# A quarter in which nothing moves: every one of the twelve indicators has a value.
HOLDING: Mapping[str, float] = {
    "invoiced_volume": 100_000,
    "fee_revenue": 9_000,
    "member_payroll_cost": 80_000,
    "member_project_expenses": 11_000,
    "bad_debt_expense": 500,
    "guarantee_fund_charge": 500,
    "staff_costs": 8_000,
    "adviser_costs": 4_000,
    "member_services_costs": 1_000,
    "members_total": 400,
    "members_active": 200,
    "members_retained": 160,
    "low_income_members": 80,
    "median_member_volume": 1_600,
    "national_median_pay": 32_000,
    "consumer_prices": 100,
    "insured_days": 2_000,
    "payments_total": 500,
    "payments_on_time": 497,
    "adviser_fte": 1.0,
    "staff_fte": 2.0,
    "training_hours": 100,
    "assembly_participants": 10,
    "board_members": 5,
    "member_board_seats": 3,
    "board_women": 2,
    "members_women": 200,
    "pay_gap": 4,
    "volunteer_leavers": 0,
    "sick_days": 4,
}
# Its result is -1,000 a quarter, so a change of more than 800 a year counts.
COSTS = 40_000.0


def holding(
    last: Mapping[str, float | None] | None = None,
    before: Mapping[str, float | None] | None = None,
    quarters: int = 16,
) -> pd.DataFrame:
    """Equal quarters up to 2022-Q4; ``last`` changes the last four, ``before`` the others.

    A line changed to None is not reported.
    """
    rows = [dict(HOLDING) for _ in range(quarters)]
    for row in rows[:-4]:
        row.update(before or {})  # type: ignore[arg-type]
    for row in rows[-4:]:
        row.update(last or {})  # type: ignore[arg-type]
    return table_of(*rows)
