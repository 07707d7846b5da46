"""What happened at each partner, what it first reported, and what it planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from data.samples.generator.balance import balance_sheet
from data.samples.generator.correction import first_reported
from data.samples.generator.economics import profit_and_loss
from data.samples.generator.people import people
from data.samples.generator.plan import budgets
from data.samples.generator.profiles import PROFILES, Profile
from smartfin.facts import Scenario

Figures = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Story:
    """One partner from launch to its last quarter.

    Args:
        profile: What the partner is like.
        actual: Index quarter ordinals, a column for each item [single units, costs
            positive]; also the subtotals that are printed but are no item.
        reported: The same as first handed in; differs only where a correction follows.
        budget: The statement planned for 2022 and 2023; empty without plans.
    """

    profile: Profile
    actual: pd.DataFrame
    reported: pd.DataFrame
    budget: pd.DataFrame


@cache
def story(code: str) -> Story:
    """The story of a partner; the same every time."""
    profile = PROFILES[code]
    pnl = profit_and_loss(profile)
    money = pd.concat([pnl, balance_sheet(profile, pnl)], axis=1)
    actual = pd.concat([money, people(profile, money)], axis=1)
    reported = first_reported(actual) if code == "ES" else actual
    return Story(profile, actual, reported, budgets(profile, pnl))


@cache
def figures(partner: str, scenario: Scenario, restated: bool) -> Figures:
    """The figures a workbook prints: by row and quarter ordinal [single units, costs positive]."""
    told = story(partner)
    if scenario is Scenario.BUDGET:
        frame = told.budget
    else:
        frame = told.actual if restated else told.reported
    quarters = [int(quarter) for quarter in frame.index]
    return {
        str(code): dict(zip(quarters, frame[code].tolist(), strict=True)) for code in frame.columns
    }
