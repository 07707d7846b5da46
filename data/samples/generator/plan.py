"""The budgets of 2022 and 2023: a little hopeful on volume, in round sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.samples.generator.curves import noise, printed
from data.samples.generator.economics import (
    FIXED,
    MEMO,
    OWN_INCOME,
    PAY_SHARE,
    VARIABLE,
    add_subtotals,
)
from data.samples.generator.profiles import Profile
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a plan differs from the figures it starts from, as factors."""

    volume: float
    costs: float
    support: float


def budgets(profile: Profile, pnl: pd.DataFrame) -> pd.DataFrame:
    """The statement planned for both years, from that of 2022; empty without one."""
    if profile.last < Quarter(2022, 4):
        return pnl.iloc[:0]
    year = pnl[pnl.index >= Quarter(2022, 1).ordinal]
    hope = float(noise(profile, "hope", 0.02)[0])
    wishes = (_Wish(1.04 * hope, 0.985, 1.0), _Wish(profile.plan_growth, 1.025, 0.5))
    fees = (_listed_fees(year), np.full(4, profile.fees[-1][1]))
    plans = [
        _plan(profile, year.set_axis(year.index + 4 * place), wish, rates)
        for place, (wish, rates) in enumerate(zip(wishes, fees, strict=True))
    ]
    return pd.concat(plans)


def _listed_fees(year: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The fees of the year, found back from its rounded revenue [percent]."""
    rate = (year["fee_revenue"] / year["invoiced_volume"]).to_numpy() * 100
    return np.round(rate * 2) / 2


def _plan(
    profile: Profile,
    base: pd.DataFrame,
    wish: _Wish,
    fees: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> pd.DataFrame:
    plan = base * 0.0
    coarse = profile.step * profile.plan_rounding
    volume = printed(base["invoiced_volume"].to_numpy() * wish.volume, coarse * 10)
    plan["invoiced_volume"] = volume
    plan["fee_revenue"] = printed(volume * fees / 100, profile.step)
    factors = dict.fromkeys((*FIXED, "financial_expense"), wish.costs)
    factors |= dict.fromkeys((*OWN_INCOME[1:], *VARIABLE, "financial_income"), wish.volume)
    factors |= dict.fromkeys(("operating_grants", "group_contribution_received"), wish.support)
    for item, factor in factors.items():
        plan[item] = printed(base[item].to_numpy() * factor, coarse)
    kept = volume - plan["fee_revenue"].to_numpy()
    plan["member_payroll_cost"] = printed(kept * PAY_SHARE, profile.step)
    plan["member_project_expenses"] = kept - plan["member_payroll_cost"].to_numpy()
    add_subtotals(plan)
    plan[list(MEMO)] = np.nan  # nobody plans what stands below the line
    return plan
