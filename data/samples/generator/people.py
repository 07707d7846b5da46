"""Members, the permanent team, and what the social project did for both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.samples.generator.curves import (
    Path,
    fee_rate,
    index_of,
    noise,
    printed,
    quarters_of,
    through_years,
    years_of,
)
from data.samples.generator.profiles import Profile

CHURN = 0.012  # members who leave, a quarter
POST_COST_GROWTH = 0.022  # a year


def active_members(profile: Profile, volume: pd.Series) -> Path:
    """Members with an invoice in the last four quarters."""
    trailing = volume.rolling(4, min_periods=1).mean().to_numpy() * 4
    return np.rint(trailing / through_years(profile.member_volume, profile))


def registered_members(profile: Profile, volume: pd.Series) -> Path:
    """Members who hold a share at the quarter's end."""
    new, left = _movements(profile, volume)
    return np.cumsum(new - left)


def people(profile: Profile, money: pd.DataFrame) -> pd.DataFrame:
    """Every item of the member and social sheets, from the statements' items."""
    frame = pd.DataFrame(index=index_of(profile))
    _add_members(frame, profile, money["invoiced_volume"])
    _add_team(frame, profile, money)
    frame["receivable_days"] = receivable_days(profile, money)
    _add_social(frame, profile, money)
    _add_governance(frame, profile)
    _add_work(frame, profile)
    return frame


def receivable_days(profile: Profile, money: pd.DataFrame) -> Path:
    """Days of volume that clients owe at the quarter's end."""
    days = np.array([(quarter.end - quarter.start).days + 1 for quarter in quarters_of(profile)])
    net = money["trade_receivables"] - money["receivables_allowance"]
    owed: Path = net.to_numpy() / money["invoiced_volume"].to_numpy() * days
    return np.rint(owed)


def _movements(profile: Profile, volume: pd.Series) -> tuple[Path, Path]:
    wanted = active_members(profile, volume) / through_years(profile.active_share, profile)
    new, left = np.zeros(len(wanted)), np.zeros(len(wanted))
    total = 0.0
    for place, target in enumerate(wanted):
        left[place] = np.rint(total * CHURN)
        new[place] = max(np.rint(target) - total + left[place], np.rint(total * 0.008))
        total += new[place] - left[place]
    return new, left


def _add_members(frame: pd.DataFrame, profile: Profile, volume: pd.Series) -> None:
    new, left = _movements(profile, volume)
    active = active_members(profile, volume)
    frame["members_total"] = np.cumsum(new - left)
    frame["members_active"] = active
    frame["members_new"], frame["members_left"] = new, left
    before = np.concatenate([np.full(4, np.nan), active[:-4]])[: len(active)]
    stay = 0.84 * noise(profile, "retention", 0.01)
    kept = np.minimum(np.rint(before * stay), np.rint(active * 0.93))
    frame["members_retained"] = np.where(np.isnan(before), np.nan, kept)
    invoice = through_years(profile.member_volume, profile) / 11
    frame["invoices_count"] = np.rint(volume / invoice * noise(profile, "invoices", 0.02))
    frame["contracts_count"] = np.rint(frame["invoices_count"] * 1.3)
    median = through_years(profile.member_volume, profile) * 0.62
    frame["median_member_volume"] = printed(median, profile.step)
    frame["largest_client_volume"] = printed(
        volume.to_numpy() * 0.09 * noise(profile, "client", 0.1), profile.step
    )
    outside = {int(year): 0.12 + 0.012 * (year - 2012) for year in np.unique(years_of(profile))}
    frame["non_creative_volume"] = printed(
        volume.to_numpy() * through_years(outside, profile) * noise(profile, "other", 0.03),
        profile.step,
    )


def _add_team(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    age = profile.last.year - years_of(profile)
    post = profile.post_cost / (1 + POST_COST_GROWTH) ** age
    team = np.maximum(np.round(pnl["staff_costs"].to_numpy() * 4 / post, 1), 0.1)
    frame["staff_fte"] = team
    share = through_years(profile.advisers, profile)
    frame["adviser_fte"] = np.maximum(np.round(team * share, 1), 0.1)
    frame["fee_rate"] = fee_rate(profile)


def _add_social(frame: pd.DataFrame, profile: Profile, pnl: pd.DataFrame) -> None:
    active = frame["members_active"].to_numpy()
    pay = pnl["member_payroll_cost"].to_numpy() / 1.3
    frame["member_pay_total"] = printed(pay, profile.step)
    low = through_years(profile.low_income, profile)
    frame["low_income_members"] = np.rint(active * low)
    hours = profile.training * through_years(profile.services, profile)
    hours = hours / max(profile.services.values())
    frame["training_hours"] = np.rint(active * hours * noise(profile, "training", 0.05))
    frame["pay_delay_days"] = np.rint(9 * noise(profile, "delay", 0.06))
    frame["insured_days"] = np.rint(active * 14.5 * noise(profile, "insured", 0.02))
    frame["payments_total"] = np.rint(frame["contracts_count"] * 1.05)
    late = frame["payments_total"] * 0.007 * noise(profile, "late", 0.3)
    frame["payments_on_time"] = frame["payments_total"] - np.rint(late)
    frame["members_women"] = np.rint(frame["members_total"] * 0.51)


def _add_governance(frame: pd.DataFrame, profile: Profile) -> None:
    spring = np.array([quarter.number == 2 for quarter in quarters_of(profile)])
    turnout = 0.11 * noise(profile, "assembly", 0.04)
    frame["assembly_participants"] = np.rint(frame["members_total"] * turnout) * spring
    grown = frame["members_total"].to_numpy() > 250
    frame["board_members"] = np.where(grown, 7.0, 5.0)
    frame["board_women"] = np.where(grown, 4.0, 2.0)
    frame["member_board_seats"] = np.where(grown, 4.0, 2.0)


def _add_work(frame: pd.DataFrame, profile: Profile) -> None:
    team = frame["staff_fte"].to_numpy()
    draws = noise(profile, "leavers", 0.5)
    frame["volunteer_leavers"] = (draws > 1.45).astype(float) * (team > 1)
    frame["sick_days"] = np.rint(team * 2.1 * noise(profile, "sick", 0.2))
    frame["pay_gap"] = np.round(4.0 * noise(profile, "gap", 0.05), 1)
