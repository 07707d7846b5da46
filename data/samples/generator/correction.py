"""What Spain first got wrong: work and holiday pay of late September booked a quarter late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.samples.generator.balance import add_balance_totals
from data.samples.generator.economics import PAY_SHARE, add_subtotals
from data.samples.generator.people import receivable_days
from data.samples.generator.profiles import SPAIN
from smartfin.quarter import Quarter

CORRECTED = (Quarter(2021, 3), Quarter(2021, 4))
LATE_VOLUME = 96_000.0
LATE_HOLIDAY_PAY = 9_500.0
MISPLACED_SERVICES = 2_600.0  # member services of 2021-Q4 first booked as other expenses


def first_reported(actual: pd.DataFrame) -> pd.DataFrame:
    """Spain's story as first handed in, before the correction."""
    frame = actual.copy()
    for item, amount in _booked_late().items():
        _shift(frame, item, -amount, amount)
    _shift(frame, "member_services_costs", 0.0, -MISPLACED_SERVICES)
    _shift(frame, "other_operating_expenses", 0.0, MISPLACED_SERVICES)
    add_subtotals(frame)
    for item, amount in _owed_late().items():
        _shift(frame, item, -amount, 0.0)
    frame["result_year_to_date"] += (frame["net_result"] - actual["net_result"]).cumsum()
    add_balance_totals(frame)
    frame["receivable_days"] = receivable_days(SPAIN, frame)
    return frame


def _shift(frame: pd.DataFrame, item: str, third: float, fourth: float) -> None:
    """Change one item in the two quarters."""
    change = pd.Series([third, fourth], index=[quarter.ordinal for quarter in CORRECTED])
    frame[item] = frame[item] + change.reindex(frame.index, fill_value=0.0)


def _booked_late() -> dict[str, float]:
    """Flows of the third quarter that first stood in the fourth [EUR]."""
    fee = LATE_VOLUME * SPAIN.fees[-1][1] / 100
    pay = float(np.rint((LATE_VOLUME - fee) * PAY_SHARE))
    return {
        "invoiced_volume": LATE_VOLUME,
        "fee_revenue": fee,
        "member_payroll_cost": pay,
        "member_project_expenses": LATE_VOLUME - fee - pay,
        "guarantee_fund_charge": LATE_VOLUME * SPAIN.variable["guarantee_fund_charge"],
        "staff_costs": LATE_HOLIDAY_PAY,
    }


def _owed_late() -> dict[str, float]:
    """What the balance of the third quarter first lacked; that of the year's end was right."""
    late = _booked_late()
    return {
        "trade_receivables": LATE_VOLUME,
        "member_balances": late["member_payroll_cost"] + late["member_project_expenses"],
        "salary_guarantee_fund": late["guarantee_fund_charge"],
        "tax_social_liabilities": LATE_HOLIDAY_PAY,
    }
