"""Break-even volume and fee, and the one family of results."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smartfin.analysis import breakeven
from smartfin.analysis.indicators.family import (
    RATIO_OF,
    RESULT_OF,
    find_indicator,
    indicator_measure,
)
from smartfin.analysis.partition import (
    FEE_INCOME,
    FIXED,
    IMPUTED_SUPPORT,
    OWN_INCOME,
    OWN_REVENUE,
    SUPPORT,
    VARIABLE,
    trailing_statement,
)
from smartfin.items import Role, read_items
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.analysis_builders import steady, table_of

NOW = Quarter.parse("2022-Q4").ordinal
money = st.integers(0, 1_000_000).map(float)


def value_of(code: str, changed: Mapping[str, float], level: Level = Level.OSS) -> float | None:
    indicator = find_indicator(code, level)
    return indicator_measure(indicator, steady(4, changed), NOW, "EUR").value


def reason_of(code: str, changed: Mapping[str, float], level: Level = Level.OSS) -> Reason | None:
    indicator = find_indicator(code, level)
    return indicator_measure(indicator, steady(4, changed), NOW, "EUR").reason


def test_the_partition_is_that_of_the_chart_of_items() -> None:
    by_role = read_items(Path(__file__).parents[2] / "data" / "items.yaml").codes_by_role

    assert set(by_role[Role.FEE_INCOME]) == set(FEE_INCOME)
    assert set(by_role[Role.OWN_INCOME]) == set(OWN_INCOME)
    assert set(by_role[Role.VARIABLE]) == set(VARIABLE)
    assert set(by_role[Role.FIXED]) == set(FIXED)
    assert set(by_role[Role.SUPPORT]) == set(SUPPORT)


def test_own_revenue_is_own_income_without_financial_income() -> None:
    assert set(FEE_INCOME + OWN_INCOME) - set(OWN_REVENUE) == {"financial_income"}


def test_breakeven_volume_is_reached_exactly_when_the_result_is_nil() -> None:
    assert value_of("gap_to_breakeven", {}) == 0
    assert value_of("breakeven_volume", {}) == pytest.approx(400_000)
    assert value_of("volume_reached", {}) == pytest.approx(1)
    assert value_of("margin_of_safety", {}) == pytest.approx(0)
    assert value_of("breakeven_fee", {}) == pytest.approx(0.09)


def test_breakeven_is_undefined_when_each_sale_loses_money() -> None:
    assert reason_of("breakeven_volume", {"bad_debt_expense": 9_000}) is Reason.EACH_SALE_LOSES
    assert reason_of("volume_reached", {"bad_debt_expense": 9_001}) is Reason.EACH_SALE_LOSES


def test_breakeven_has_no_volume_when_other_income_covers_all_fixed_costs() -> None:
    assert reason_of("breakeven_volume", {"membership_fees": 8_000}) is Reason.COVERED_ANYWAY
    assert value_of("breakeven_fee", {"membership_fees": 8_000}) == pytest.approx(0.01)


def test_breakeven_is_undefined_without_volume() -> None:
    assert reason_of("breakeven_volume", {"invoiced_volume": 0}) is Reason.NO_VOLUME
    assert reason_of("breakeven_fee", {"invoiced_volume": 0}) is Reason.NO_VOLUME
    assert reason_of("take_rate", {"invoiced_volume": 0}) is Reason.NO_VOLUME


def test_operating_leverage_is_undefined_without_profit() -> None:
    assert reason_of("operating_leverage", {}) is Reason.RESULT_NOT_POSITIVE
    assert value_of("operating_leverage", {"staff_costs": 7_000}) == pytest.approx(8)


def test_a_partner_that_pays_its_bills_is_not_limited_by_the_end_of_support() -> None:
    bank = {"cash": 5_000.0, "member_balances": 1_000.0, "tax_social_liabilities": 1_000.0}
    code = "months_of_free_cash_without_support"

    assert reason_of(code, bank) is Reason.NO_SHORTFALL
    assert value_of(code, {**bank, "staff_costs": 9_500}) == pytest.approx(3_000 / 1_500 * 3)


def test_bad_debts_and_fund_charges_use_up_cash_and_depreciation_does_not() -> None:
    bank = {"cash": 9_000.0, "member_balances": 0.0, "tax_social_liabilities": 0.0}
    code = "months_of_free_cash_without_support"
    costs = {"bad_debt_expense": 1_500.0, "guarantee_fund_charge": 500.0, "staff_costs": 8_500.0}

    months = value_of(code, {**bank, **costs, "depreciation": 700.0})

    assert months == pytest.approx(9_000 / 1_500 * 3)  # the loss of a quarter is 2 200


def test_books_balanced_to_the_cent_are_covered_whatever_binary_fractions_make_of_them() -> None:
    random = np.random.default_rng(11)
    off = 0
    for _ in range(200):
        cents = random.integers(1, 10_000_000, size=(4, 3))
        rows = [
            {
                "invoiced_volume": 20 * sum(quarter) / 100,
                "fee_revenue": (quarter[0] + quarter[1]) / 100,
                "membership_fees": quarter[2] / 100,
                "bad_debt_expense": quarter[0] / 100,
                "staff_costs": (quarter[1] + quarter[2]) / 100,
            }
            for quarter in cents.tolist()
        ]
        table = table_of(*rows)
        statement = trailing_statement(table, Level.OSS)
        off += (statement.income - statement.costs)[-1] != 0
        for code, balance in (
            ("result_before_support", 0),
            ("coverage", 1),
            ("volume_reached", 1),
            ("margin_of_safety", 0),
        ):
            measure = indicator_measure(find_indicator(code), table, NOW, "EUR")
            assert measure.value == balance, (code, rows)
    assert off > 10  # else nothing was put to the test


def test_a_cent_short_is_a_loss() -> None:
    assert value_of("result_before_support", {"staff_costs": 8_000.01}) == pytest.approx(-0.04)
    coverage = value_of("coverage", {"staff_costs": 8_000.01})
    assert coverage is not None
    assert coverage < 1


def test_money_of_others_in_the_bank_gives_no_month_without_support() -> None:
    bank = {"cash": 5_000.0, "member_balances": 6_000.0, "tax_social_liabilities": 1_000.0}

    months = value_of("months_of_free_cash_without_support", {**bank, "staff_costs": 12_000})

    assert months == 0
    assert value_of("months_of_free_cash", bank) == pytest.approx(-2_000 / 8_000 * 3)


def test_full_cost_is_not_known_until_imputed_support_is_stated() -> None:
    assert reason_of("fss_ratio", {}) is Reason.IMPUTED_SUPPORT_UNKNOWN
    assert reason_of("gap_to_breakeven", {}, Level.FSS) is Reason.IMPUTED_SUPPORT_UNKNOWN
    assert value_of("fss_ratio", {IMPUTED_SUPPORT: 0}) == 1


def test_support_through_capital_and_loans_never_shows_in_the_result() -> None:
    support = {"group_capital_injection": 1_000.0, "group_loan_drawdown": 500.0}

    assert value_of("result_after_support", support) == 0
    assert value_of("group_support", support) == 6_000


@settings(max_examples=50, deadline=None)
@given(fee=money, other=money, variable=money, fixed=money, volume=money, support=money)
def test_result_ratio_and_volume_agree_at_each_level(
    fee: float, other: float, variable: float, fixed: float, volume: float, support: float
) -> None:
    figures = {
        "invoiced_volume": volume,
        "fee_revenue": fee,
        "membership_fees": other,
        "bad_debt_expense": variable,
        "staff_costs": fixed,
        "operating_grants": support,
        IMPUTED_SUPPORT: support,
    }
    for level in Level:
        result = value_of(RESULT_OF[level], figures, level)
        ratio = value_of(RATIO_OF[level], figures, level)
        reached = value_of("volume_reached", figures, level)
        assert result is not None
        assert value_of("gap_to_breakeven", figures, level) == result
        assert ratio is None or (ratio >= 1) == (result >= 0)
        if reached is not None and not math.isclose(reached, 1):
            assert (reached > 1) == (result > 0)


@settings(max_examples=50, deadline=None)
@given(fee=money, fixed=money, grant=money, contribution=money, imputed=money)
def test_levels_are_in_order_when_support_is_not_negative(
    fee: float, fixed: float, grant: float, contribution: float, imputed: float
) -> None:
    figures = {
        "fee_revenue": fee,
        "staff_costs": fixed,
        "operating_grants": grant,
        "group_contribution_received": contribution,
        IMPUTED_SUPPORT: imputed,
    }
    supported, oss, fss = (value_of(RESULT_OF[level], figures) for level in Level)

    assert supported is not None
    assert oss is not None
    assert fss is not None
    assert supported >= oss >= fss


@given(fixed=st.floats(1, 1e6), other=st.floats(0, 1e6), take=st.floats(0, 1), rate=st.floats(0, 1))
def test_at_breakeven_volume_the_result_is_nil(
    fixed: float, other: float, take: float, rate: float
) -> None:
    assume(take - rate > 1e-6)

    volume = float(breakeven.breakeven_volume(fixed, other, take, rate))

    if fixed > other:
        assert (take - rate) * volume + other - fixed == pytest.approx(0, abs=1e-6 * fixed)
    else:
        assert math.isnan(volume)


def test_formulas_take_whole_series_and_leave_undefined_places_empty() -> None:
    volumes = breakeven.breakeven_volume([90, 90], [10, 10], [0.09, 0.01], [0.01, 0.01])

    np.testing.assert_array_equal(volumes, [1000.0, np.nan])
