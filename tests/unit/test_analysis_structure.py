"""Advisers as a step cost, growth needed, the three parts of a result, and the statement."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.explain import explanation
from smartfin.analysis.formula import worked_out
from smartfin.analysis.indicators.family import (
    RESULT_OF,
    find_indicator,
    indicator_measure,
    indicators_at,
)
from smartfin.analysis.indicators.growth import growth_achieved, growth_needed
from smartfin.analysis.partition import IMPUTED_SUPPORT
from smartfin.analysis.statement import Kind, StatementRow, statement_rows
from smartfin.measure import Measure, Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.analysis_builders import steady, table_of

LAST = Quarter.parse("2022-Q4")
NOW = LAST.ordinal
DEADLINE = LAST + 4
# Volume 100,000, fee 9 %, risk 1 %, team 8,000 a quarter: balanced; a quarter of it advisers.
ADVISED = {"adviser_costs": 2_000.0, "adviser_fte": 0.5}
money = st.integers(0, 1_000_000).map(float)


def measured(
    code: str,
    table: pd.DataFrame,
    level: Level = Level.OSS,
    deadline: Quarter | None = DEADLINE,
) -> Measure:
    return indicator_measure(find_indicator(code, level, deadline), table, NOW, "EUR")


def value(code: str, changed: Mapping[str, float], level: Level = Level.OSS) -> float | None:
    return measured(code, steady(4, {**ADVISED, **changed}), level).value


def reason(code: str, changed: Mapping[str, float]) -> Reason | None:
    return measured(code, steady(4, {**ADVISED, **changed})).reason


# --- advisers as a step cost


def test_one_adviser_costs_what_all_cost_over_the_mean_of_the_posts() -> None:
    quarters = [
        {**dict(steady(1).iloc[0]), "adviser_costs": 10_000.0, "adviser_fte": posts}
        for posts in (1.0, 1.0, 1.5, 1.5)
    ]
    table = table_of(*quarters)

    assert measured("adviser_cost", table).value == pytest.approx(40_000 / 1.25)
    assert measured("volume_per_adviser", table).value == pytest.approx(400_000 / 1.25)


def test_the_floor_is_risk_and_what_an_adviser_takes_of_the_volume_they_carry() -> None:
    floor = value("structural_fee_floor", {})
    one, carried = value("adviser_cost", {}), value("volume_per_adviser", {})

    assert floor == pytest.approx(0.01 + 0.02)
    assert one is not None
    assert carried is not None
    assert floor == pytest.approx(0.01 + one / carried)
    assert value("structural_margin", {}) == pytest.approx(0.06)


def test_austria_never_breaks_even_at_seven_and_a_half_per_cent() -> None:
    # An adviser of EUR 45,000 who carries EUR 600,000 a year takes the whole fee.
    austria = {
        "invoiced_volume": 150_000.0,
        "fee_revenue": 0.075 * 150_000,
        "bad_debt_expense": 0.0,
        "staff_costs": 30_000.0,
        "adviser_costs": 11_250.0,
        "adviser_fte": 1.0,
    }

    assert value("adviser_cost", austria) == 45_000
    assert value("volume_per_adviser", austria) == 600_000
    assert value("structural_fee_floor", austria) == pytest.approx(0.075)
    assert reason("breakeven_volume_with_advisers", austria) is Reason.NEVER_AT_THIS_FEE
    assert reason("growth_needed", austria) is Reason.NEVER_AT_THIS_FEE
    assert value("breakeven_volume", austria) == pytest.approx(4 * 30_000 / 0.075)
    dearer = {**austria, "fee_revenue": 0.1 * 150_000}
    assert value("breakeven_volume_with_advisers", dearer) == pytest.approx(4 * 18_750 / 0.025)


def test_advisers_leave_the_fixed_costs_and_become_a_cost_of_volume() -> None:
    short = {"staff_costs": 9_000.0}  # a thousand short each quarter

    assert value("breakeven_volume", short) == pytest.approx(36_000 / 0.08)
    assert value("breakeven_volume_with_advisers", short) == pytest.approx(28_000 / 0.06)


def test_without_figures_on_advisers_there_is_no_headline_and_it_says_why() -> None:
    table = steady(4)
    for code in ("breakeven_volume_with_advisers", "structural_fee_floor", "adviser_cost"):
        measure = measured(code, table)
        assert measure.reason is Reason.ITEM_MISSING
        assert measure.facts["item"] == "adviser_costs"
    assert measured("breakeven_volume", table).value == pytest.approx(400_000)
    assert reason("adviser_cost", {"adviser_fte": 0.0}) is Reason.NO_ADVISERS


def test_each_reason_comes_before_the_next() -> None:
    code = "breakeven_volume_with_advisers"

    assert reason(code, {"invoiced_volume": 0.0}) is Reason.NO_VOLUME
    assert reason(code, {"bad_debt_expense": 9_000.0}) is Reason.EACH_SALE_LOSES
    assert reason(code, {"bad_debt_expense": 7_000.0}) is Reason.NEVER_AT_THIS_FEE
    assert reason(code, {"membership_fees": 6_000.0}) is Reason.COVERED_ANYWAY


def test_other_income_that_covers_the_team_comes_before_a_fee_that_is_never_enough() -> None:
    covered = {"bad_debt_expense": 7_000.0, "membership_fees": 8_000.0}
    today = {"bad_debt_expense": 7_000.0, "membership_fees": 6_000.0}

    assert reason("breakeven_volume_with_advisers", covered) is Reason.COVERED_ANYWAY
    assert reason("growth_needed", covered) is Reason.COVERED_ANYWAY
    assert reason("breakeven_volume_with_advisers", today) is Reason.NEVER_AT_THIS_FEE
    assert reason("growth_needed", today) is Reason.VOLUME_REACHED


@settings(max_examples=60, deadline=None)
@given(fee=money, other=money, variable=money, team=money, advisers=money, volume=money)
def test_volume_reaches_the_headline_exactly_when_the_result_is_nil_or_more(
    fee: float, other: float, variable: float, team: float, advisers: float, volume: float
) -> None:
    figures = {
        "invoiced_volume": volume,
        "fee_revenue": fee,
        "membership_fees": other,
        "bad_debt_expense": variable,
        "staff_costs": team + advisers,
        "adviser_costs": advisers,
        IMPUTED_SUPPORT: 10.0,
    }
    for level in Level:
        result = value(RESULT_OF[level], figures, level)
        needed = value("breakeven_volume_with_advisers", figures, level)
        assert result is not None
        if needed is not None and not math.isclose(needed, 4 * volume, rel_tol=1e-9):
            assert (4 * volume >= needed) == (result >= 0)


@given(short=st.integers(1, 7_000))
def test_below_breakeven_the_headline_asks_for_more_than_todays_team(short: int) -> None:
    poorer, richer = {"staff_costs": 8_000.0 + short}, {"staff_costs": 8_000.0 - short / 2}
    for changed, sign in ((poorer, 1), (richer, -1)):
        headline = value("breakeven_volume_with_advisers", changed)
        today = value("breakeven_volume", changed)
        assert headline is not None
        assert today is not None
        assert sign * (headline - today) > 0


# --- growth


def growing(share: float, quarters: int = 8) -> pd.DataFrame:
    """Volume of each four quarters that share above the four before, always short of money."""
    rows = []
    for number in range(quarters):
        volume = 100_000 * (1 + share) ** (number // 4)
        rows.append({
            **ADVISED, "invoiced_volume": volume, "fee_revenue": 0.09 * volume,
            "bad_debt_expense": 0.01 * volume, "staff_costs": 14_000.0,
        })  # fmt: skip
    return table_of(*rows)


def test_growth_achieved_is_the_fourth_root_of_a_year() -> None:
    assert measured("growth_achieved", growing(0.4641)).value == pytest.approx(0.1)
    assert measured("volume_a_year_earlier", growing(0.4641)).value == pytest.approx(400_000)


def test_growth_achieved_needs_two_years_and_says_so() -> None:
    measure = measured("growth_achieved", growing(0.1, 7))

    assert measure.reason is Reason.HISTORY_TOO_SHORT
    assert measure.facts == {"quarters": 7, "needed": 8}


@pytest.mark.parametrize("quarters", [1, 4, 7])
def test_at_the_growth_needed_volume_is_breakeven_volume_at_the_deadline(quarters: int) -> None:
    table = growing(0.0)
    needed = measured("breakeven_volume_with_advisers", table).value
    growth = measured("growth_needed", table, deadline=LAST + quarters).value

    assert growth is not None
    assert 400_000 * (1 + growth) ** quarters == pytest.approx(needed)


def test_after_the_deadline_or_once_there_no_growth_is_needed() -> None:
    table = growing(0.0)

    assert measured("growth_needed", table, deadline=LAST).reason is Reason.NO_QUARTERS_LEFT
    assert measured("growth_needed", table, deadline=LAST + -3).reason is Reason.NO_QUARTERS_LEFT
    assert measured("growth_needed", table, deadline=None).reason is Reason.NO_DEADLINE
    assert measured("quarters_left", table, deadline=LAST + -3).value == 0
    assert reason("growth_needed", {}) is Reason.VOLUME_REACHED
    assert reason("growth_needed", {"staff_costs": 7_000.0}) is Reason.VOLUME_REACHED


def test_growth_works_on_single_figures_and_on_series() -> None:
    np.testing.assert_allclose(growth_needed([100, 100], [121, 90], [2, 2]), [0.1, np.nan])
    np.testing.assert_allclose(growth_needed(100, 121, [2, 0, -1]), [0.1, np.nan, np.nan])
    np.testing.assert_allclose(growth_achieved([81, 0], [100, 100]), [0.9**0.5 - 1, np.nan])


def test_the_sum_behind_the_growth_needed_can_be_followed() -> None:
    table = growing(0.0)
    family = {each.code: each for each in indicators_at(Level.OSS, DEADLINE)}

    found = explanation(family["growth_needed"], family, table, NOW)

    assert [term.code for term in found.steps[0].terms] == [
        "breakeven_volume_with_advisers", "invoiced_volume", "quarters_left",
    ]  # fmt: skip
    assert worked_out(found.steps[0]) == pytest.approx(found.steps[0].value)
    assert "quarters_left" not in [step.code for step in found.steps]  # a count, no sum
    achieved = explanation(family["growth_achieved"], family, table, NOW)
    assert len({used.quarter for used in achieved.inputs}) == 8


# --- earned, supported, lucky

PARTS = {
    "operating_grants": 1_000.0,
    "group_contribution_received": 2_000.0,
    "one_off_income": 500.0,
    "one_off_cost": 200.0,
    "exceptional_result": -50.0,
    "fx_result": 25.0,
}


def test_earned_supported_and_lucky_are_the_result_before_tax() -> None:
    assert value("result_before_support", PARTS) == 0
    assert value("support", PARTS) == 12_000
    assert value("one_off_result", PARTS) == 4 * 275
    assert value("one_off_result_quarter", PARTS) == 275
    assert value("result_before_tax", PARTS) == 12_000 + 4 * 275


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("staff_costs", *PARTS), st.integers(-9999, 9999))))
def test_the_three_parts_always_add_up(cents: dict[str, int]) -> None:
    figures = {code: amount / 100 for code, amount in cents.items()}
    parts = [
        value(code, figures) for code in ("result_before_support", "support", "one_off_result")
    ]

    assert value("result_before_tax", figures) == pytest.approx(sum(part or 0 for part in parts))


def test_support_of_every_kind_stands_over_own_revenue() -> None:
    support = {"group_capital_injection": 1_000.0, "group_loan_drawdown": -100.0, **PARTS}

    assert value("support_rate", support) == pytest.approx((2_000 + 1_000 - 100) / 9_000)
    assert value("sdi", {**support, IMPUTED_SUPPORT: 900.0}) == pytest.approx(900 / 9_000)
    assert reason("support_rate", {"fee_revenue": 0.0}) is Reason.NO_OWN_REVENUE


# --- the statement


def row(rows: tuple[StatementRow, ...], code: str) -> StatementRow:
    return next(each for each in rows if each.code == code)


def running_totals(rows: tuple[StatementRow, ...]) -> list[float]:
    """What the lines come to at each total, added up again."""
    running, totals = 0.0, []
    for each in rows:
        assert each.amount is not None
        if each.kind is Kind.LINE:
            running += each.sign * each.amount
        else:
            totals.append(running)
    return totals


def test_the_statement_leads_from_volume_to_the_net_result() -> None:
    rows = statement_rows(steady(4, {**ADVISED, **PARTS, "income_tax": 75.0}), NOW)
    totals = {each.code: each.amount for each in rows if each.kind is Kind.TOTAL}

    assert rows[0].code == "invoiced_volume"
    assert totals == {
        "fee_income": 36_000,
        "own_revenue": 36_000,
        "contribution": 32_000,
        "result_before_support": 0,
        "result_after_support": 12_000,
        "result_before_tax": 13_100,
        "net_result": 12_800,
    }
    assert row(rows, "members_money").amount == 364_000
    assert (row(rows, "adviser_costs").amount, row(rows, "other_team_costs").amount) == (
        8_000,
        24_000,
    )
    assert row(rows, "adviser_costs").share == pytest.approx(-8 / 36)


def test_without_advisers_told_apart_the_team_is_one_line() -> None:
    codes = [each.code for each in statement_rows(steady(4), NOW)]

    assert "staff_costs" in codes
    assert not {"adviser_costs", "other_team_costs"} & set(codes)


def test_a_line_nobody_knows_leaves_the_totals_below_it_unknown() -> None:
    table = steady(5, {**ADVISED, "it_costs": 100.0})
    table.loc[NOW, "it_costs"] = np.nan

    rows = statement_rows(table, NOW)

    assert row(rows, "contribution").amount == 32_000
    assert row(rows, "it_costs").amount is None
    assert row(rows, "result_before_support").amount is None
    assert row(rows, "net_result").share is None
    assert statement_rows(table, NOW + 1) == ()


@settings(max_examples=40, deadline=None)
@given(
    cents=st.fixed_dictionaries(
        dict.fromkeys(("fee_revenue", "staff_costs", "rent_costs", "financial_expense", *PARTS),
                      st.integers(-10**9, 10**9))
    )
)  # fmt: skip
def test_the_statement_adds_up_and_agrees_with_the_indicators(cents: dict[str, int]) -> None:
    table = steady(4, {code: amount / 100 for code, amount in cents.items()})

    rows = statement_rows(table, NOW)

    totals = [each for each in rows if each.kind is Kind.TOTAL]
    assert [each.amount for each in totals] == pytest.approx(running_totals(rows), abs=1e-5)
    for code in ("own_revenue", "result_before_support", "result_after_support",
                 "result_before_tax"):  # fmt: skip
        assert row(rows, code).amount == pytest.approx(measured(code, table).value, abs=0.005)
