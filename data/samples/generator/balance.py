"""Balance sheet and cash flow that tie to the profit and loss, quarter by quarter.

What people owe and are owed follows the volume; the group's loans fill what is missing
in the bank; cash is what remains, so that assets equal liabilities and equity exactly.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.samples.generator.curves import Path, index_of, noise, printed, through_years, years_of
from data.samples.generator.economics import own_costs
from data.samples.generator.people import registered_members
from data.samples.generator.profiles import Profile

LIABILITIES = (
    "salary_guarantee_fund",
    "other_provisions",
    "member_balances",
    "group_loans",
    "bank_debt",
    "tax_social_liabilities",
    "trade_payables",
    "deferred_income",
)
OTHERS_MONEY = (
    "member_balances",
    "tax_social_liabilities",
    "salary_guarantee_fund",
    "deferred_income",
)
REPAY_ABOVE = 0.9  # months of costs beyond the wanted ones before a loan is paid back
FUND_CAP = 0.03  # guarantee fund over yearly volume; more than that covers losses


def balance_sheet(profile: Profile, pnl: pd.DataFrame) -> pd.DataFrame:
    """Every item of balance sheet and cash flow [currency], quarter by quarter."""
    frame = pd.DataFrame(index=index_of(profile))
    _add_assets(frame, profile, pnl)
    _add_debts(frame, profile, pnl)
    _add_equity(frame, profile, pnl)
    _add_loans_and_cash(frame, profile, pnl)
    add_balance_totals(frame)
    _add_cash_flow(frame, profile, pnl)
    return frame


def _add_assets(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    step, volume = profile.step, pnl["invoiced_volume"].to_numpy()
    depreciation = pnl["depreciation"].to_numpy()
    invested = printed(depreciation * 1.06 * noise(profile, "invested", 0.25), step)
    invested[0] += printed(depreciation * 8, step)[0]
    frame["invested"] = invested
    frame["fixed_assets"] = np.cumsum(invested - depreciation)
    days = profile.receivable_days * noise(profile, "days", 0.04)
    frame["trade_receivables"] = printed(volume * days / 91, step)
    frame["receivables_allowance"] = printed(frame["trade_receivables"].to_numpy() * 0.025, step)
    frame["receivables_over_90_days"] = printed(
        frame["trade_receivables"].to_numpy() * 0.07 * noise(profile, "old", 0.1), step
    )
    frame["other_receivables"] = printed(pnl["staff_costs"].to_numpy() * 0.15, step)


def _add_debts(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    step = profile.step
    pay = pnl["member_payroll_cost"].to_numpy()
    frame["member_balances"] = printed(pay * 14 / 91 * noise(profile, "balances", 0.03), step)
    taxed = pay * 0.28 + pnl["staff_costs"].to_numpy() * 0.35
    frame["tax_social_liabilities"] = printed(taxed / 3, step)
    frame["overdue_public_debt"] = 0.0
    trailing = pnl["invoiced_volume"].rolling(4, min_periods=1).sum().to_numpy()
    frame["bank_debt"] = printed(trailing * profile.bank, profile.loan)
    bought = (own_costs(pnl) - pnl["staff_costs"] - pnl["depreciation"]).to_numpy()
    frame["trade_payables"] = printed(bought * 0.35, step)
    frame["other_provisions"] = printed(pnl["staff_costs"].to_numpy() * 0.12, step)
    frame["deferred_income"] = printed(pnl["invoiced_volume"].to_numpy() * 0.02, step)
    frame["grants_received_in_advance"] = printed(pnl["operating_grants"].to_numpy() * 0.5, step)
    frame["deferred_income"] += frame["grants_received_in_advance"]
    frame["receivable_losses_covered_by_fund"] = _fund_use(profile, pnl)
    flow = pnl["guarantee_fund_charge"] - frame["receivable_losses_covered_by_fund"]
    frame["salary_guarantee_fund"] = flow.cumsum()


def _fund_use(profile: Profile, pnl: pd.DataFrame) -> Path:
    """Losses the guarantee fund pays: what it holds beyond its cap."""
    held, uses = 0.0, []
    for charge, volume in zip(pnl["guarantee_fund_charge"], pnl["invoiced_volume"], strict=True):
        held += charge
        use = max(held - FUND_CAP * volume * 4, 0.25 * charge)
        use = float(np.floor(use / profile.step) * profile.step)
        held -= use
        uses.append(use)
    return np.array(uses)


def _add_equity(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    years = years_of(profile)
    members = registered_members(profile, pnl["invoiced_volume"])
    frame["registered_share_capital"] = profile.founding
    paid_in = printed(members * profile.share, profile.step)
    frame["member_share_capital"] = paid_in + profile.founding
    frame["given"] = pnl["contribution"] * profile.through_equity
    frame["shareholder_contributions"] = frame["given"].cumsum()
    frame["result_year_to_date"] = pnl["net_result"].groupby(years).cumsum()
    frame["reserves_retained"] = pnl["net_result"].cumsum() - frame["result_year_to_date"]


def _add_loans_and_cash(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    debts = frame[[name for name in LIABILITIES if name != "group_loans"]].sum(axis=1)
    tied = (
        frame["fixed_assets"]
        + frame["trade_receivables"]
        - frame["receivables_allowance"]
        + frame["other_receivables"]
    )
    own = ["member_share_capital", "shareholder_contributions", "reserves_retained"]
    funds = frame[[*own, "result_year_to_date"]].sum(axis=1)
    unaided = (funds + debts - tied).to_numpy()
    others = frame[list(OTHERS_MONEY)].sum(axis=1).to_numpy()
    monthly = own_costs(pnl).rolling(4, min_periods=1).mean().to_numpy() / 3
    wanted = monthly * through_years(profile.months, profile)
    loans = [0.0]
    for free, floor, month in zip(unaided - others, wanted, monthly, strict=True):
        loans.append(_loans_needed(free, floor, month, loans[-1], profile.loan))
    frame["group_loans"] = loans[1:]
    frame["cash"] = unaided + frame["group_loans"]


def _loans_needed(free: float, wanted: float, month: float, loans: float, lot: float) -> float:
    """The group's loans after this quarter: enough for what is wanted, in round lots."""
    short = wanted - free - loans
    if short > 0:
        return loans + float(np.ceil(short / lot) * lot)
    spare = max(-short - REPAY_ABOVE * month, 0.0)
    return loans - min(loans, float(np.floor(spare / lot) * lot))


def add_balance_totals(frame: pd.DataFrame) -> None:
    """Write the totals of a balance sheet of components."""
    frame["equity"] = (
        frame["member_share_capital"]
        + frame["shareholder_contributions"]
        + frame["reserves_retained"]
        + frame["result_year_to_date"]
    )
    frame["current_assets"] = (
        frame["trade_receivables"]
        - frame["receivables_allowance"]
        + frame["other_receivables"]
        + frame["cash"]
    )
    frame["total_assets"] = frame["fixed_assets"] + frame["current_assets"]
    frame["total_liabilities"] = frame[list(LIABILITIES)].sum(axis=1)
    frame["current_liabilities"] = (
        frame["total_liabilities"] - frame["group_loans"] - frame["other_provisions"]
    )
    frame["equity_and_liabilities"] = frame["equity"] + frame["total_liabilities"]


def _add_cash_flow(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    def change(name: str) -> pd.Series:
        return frame[name].diff().fillna(frame[name])

    founding = np.zeros(len(frame))
    founding[0] = profile.founding
    frame["group_capital_injection"] = founding + frame["given"]
    frame["group_loan_drawdown"] = change("group_loans")
    shares_paid = change("member_share_capital") - founding
    frame["bank_change"] = change("bank_debt")
    frame["shares_paid_in"] = shares_paid
    frame["cash_flow_investing"] = -frame["invested"]
    frame["cash_flow_financing"] = (
        frame["group_capital_injection"]
        + frame["group_loan_drawdown"]
        + shares_paid
        + frame["bank_change"]
    )
    frame["cash_change"] = change("cash")
    frame["cash_flow_operating"] = (
        frame["cash_change"] - frame["cash_flow_investing"] - frame["cash_flow_financing"]
    )
