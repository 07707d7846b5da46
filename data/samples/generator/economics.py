"""The quarterly profit and loss: volume makes revenue, coverage decides costs, costs pay posts.

Components are rounded to what the workbook prints before anything is added up, so that
every subtotal of the sheet is the sum of the figures above it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.samples.generator.curves import (
    Path,
    fee_rate,
    growing_through,
    index_of,
    noise,
    printed,
    quarters_of,
    through_years,
    years_of,
)
from data.samples.generator.people import registered_members
from data.samples.generator.profiles import COVID, Profile

OWN_INCOME = (
    "fee_revenue",
    "employment_margin",
    "membership_fees",
    "service_revenue",
    "other_operating_income",
)
FIXED = (
    "staff_costs",
    "it_costs",
    "rent_costs",
    "professional_fees",
    "marketing_costs",
    "member_services_costs",
    "other_operating_expenses",
    "depreciation",
)
VARIABLE = ("insurance_costs", "bad_debt_expense", "guarantee_fund_charge")
SUPPORT = ("operating_grants", "group_contribution_received")

MEMO = (
    "labour_budget",
    "adviser_costs",
    "imputed_group_services",
)
PAY_SHARE = 0.86  # of what members keep: pay and contributions; the rest is project costs
IMPUTED_SHARE = 0.03  # of own costs: what the group does for a partner without a bill


def invoiced_volume(profile: Profile) -> Path:
    """Quarterly invoices to clients, excluding VAT [currency]."""
    usual = growing_through(profile.volume, profile) / 4
    seasons = np.array([profile.seasons[quarter.number - 1] for quarter in quarters_of(profile)])
    pandemic = np.array([COVID.get(quarter, 1.0) for quarter in quarters_of(profile)])
    return printed(usual * seasons * pandemic * noise(profile, "volume", 0.018), profile.step)


def profit_and_loss(profile: Profile) -> pd.DataFrame:
    """Every item of the statement, quarter by quarter [currency], costs positive."""
    frame = pd.DataFrame(index=index_of(profile))
    frame["invoiced_volume"] = invoiced_volume(profile)
    frame["fee_revenue"] = printed(
        frame["invoiced_volume"].to_numpy() * fee_rate(profile) / 100, profile.step
    )
    _add_pass_through(frame, profile)
    _add_own_income(frame, profile)
    _add_costs(frame, profile)
    _add_support(frame, profile)
    _add_memo(frame, profile)
    _add_results(frame, profile)
    return frame


def own_costs(frame: pd.DataFrame) -> pd.Series:
    """All recurring costs of the structure, financial ones included [currency]."""
    return frame[[*VARIABLE, *FIXED, "financial_expense"]].sum(axis=1)


def earned(frame: pd.DataFrame) -> pd.Series:
    """Own revenue and financial income [currency]."""
    return frame["own_revenue"] + frame["financial_income"]


def _add_pass_through(frame: pd.DataFrame, profile: Profile) -> None:
    kept = (frame["invoiced_volume"] - frame["fee_revenue"]).to_numpy()
    pay = printed(kept * PAY_SHARE * noise(profile, "pay", 0.01), profile.step)
    frame["member_payroll_cost"] = pay
    frame["member_project_expenses"] = kept - pay


def _add_own_income(frame: pd.DataFrame, profile: Profile) -> None:
    fees = frame["fee_revenue"].to_numpy()
    for item in ("employment_margin", "service_revenue", "other_operating_income"):
        share = profile.extra.get(item, 0.0)
        frame[item] = printed(fees * share * noise(profile, item, 0.06), profile.step)
    members = registered_members(profile, frame["invoiced_volume"])
    frame["membership_fees"] = printed(members * profile.dues / 4, profile.step)
    frame["financial_income"] = printed(fees * 0.0012, profile.step)
    frame["own_revenue"] = frame[list(OWN_INCOME)].sum(axis=1)


def _add_costs(frame: pd.DataFrame, profile: Profile) -> None:
    volume = frame["invoiced_volume"].to_numpy()
    for item in VARIABLE:
        rate = profile.variable.get(item, 0.0)
        wobble = 0.0 if item == "guarantee_fund_charge" else 0.08
        frame[item] = printed(volume * rate * noise(profile, item, wobble), profile.step)
    fixed = _fixed_costs(frame, profile)
    left = fixed.copy()
    shares = {item: np.full(len(fixed), share) for item, share in profile.shares.items()}
    shares["member_services_costs"] = through_years(profile.services, profile)
    for item, share in shares.items():
        frame[item] = printed(fixed * share * noise(profile, item, 0.02), profile.step)
        left -= frame[item].to_numpy()
    frame["staff_costs"] = printed(left, profile.step)


def _fixed_costs(frame: pd.DataFrame, profile: Profile) -> Path:
    """Fixed costs that give each year the coverage of its profile, without jumps inside it."""
    years = years_of(profile)
    variable = frame[list(VARIABLE)].sum(axis=1).to_numpy()
    income = earned(frame).to_numpy()
    yearly = {}
    for year, coverage in profile.coverage.items():
        inside = years == year
        total = income[inside].sum() / coverage - variable[inside].sum()
        yearly[year] = total / inside.sum()
    path = through_years(yearly, profile) * noise(profile, "fixed", 0.01)
    for year, average in yearly.items():
        path[years == year] *= average / path[years == year].mean()
    return path


def _add_support(frame: pd.DataFrame, profile: Profile) -> None:
    years = years_of(profile)
    aid = np.array([profile.covid_aid.get(quarter, 0.0) for quarter in quarters_of(profile)])
    grants = np.array([profile.grants.get(int(year), 0.0) / 4 for year in years]) + aid
    frame["operating_grants"] = printed(grants, profile.step)
    gap = (own_costs(frame) - earned(frame) - frame["operating_grants"]).to_numpy()
    contribution = np.zeros(len(frame))
    for year in np.unique(years):
        inside = years == year
        usual = profile.cover * max(gap[inside].sum(), 0.0)
        total = profile.support.get(int(year), usual)
        contribution[inside] = total / inside.sum()
    contribution = printed(contribution, max(profile.step, 100))
    frame["contribution"] = contribution
    frame["group_contribution_received"] = contribution * (not profile.through_equity)


def _add_memo(frame: pd.DataFrame, profile: Profile) -> None:
    advising = through_years(profile.advisers, profile)
    frame["adviser_costs"] = printed(frame["staff_costs"].to_numpy() * advising, profile.step)
    base = frame["member_payroll_cost"] * (frame["employment_margin"] > 0)
    frame["labour_budget"] = base
    free = own_costs(frame).to_numpy() * IMPUTED_SHARE * profile.full_social
    frame["imputed_group_services"] = printed(free, profile.step)


def _add_results(frame: pd.DataFrame, profile: Profile) -> None:
    one_offs = [profile.one_offs.get(quarter, 0.0) for quarter in quarters_of(profile)]
    frame["exceptional_result"] = one_offs
    add_subtotals(frame)
    frame["income_tax"] = _income_tax(frame["net_result"].to_numpy(), profile)
    frame["net_result"] -= frame["income_tax"]


def add_subtotals(frame: pd.DataFrame) -> None:
    """Write the subtotals of a frame of components; a missing tax counts as none."""
    frame["own_revenue"] = frame[list(OWN_INCOME)].sum(axis=1)
    frame["total_costs"] = frame[[*VARIABLE, *FIXED]].sum(axis=1)
    support = frame[list(SUPPORT)].sum(axis=1)
    frame["operating_result"] = frame["own_revenue"] + support - frame["total_costs"]
    tax = frame.get("income_tax", 0.0)
    frame["net_result"] = (
        frame["operating_result"]
        + frame["financial_income"]
        - frame["financial_expense"]
        + frame["exceptional_result"]
        - tax
    )


def _income_tax(before_tax: Path, profile: Profile) -> Path:
    """Tax on a year that ends positive, booked in its last quarter."""
    years = years_of(profile)
    tax = np.zeros(len(before_tax))
    for year in np.unique(years):
        last = np.flatnonzero(years == year)[-1]
        tax[last] = profile.tax_rate * max(before_tax[years == year].sum(), 0.0)
    return printed(tax, profile.step)
