"""Debts, capital and the score of Altman, worked by hand; Sweden's filed accounts among them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.measure import Measure, Reason
from tests.unit.analysis_builders import BALANCED, steady, table_of

# A balance sheet with round ratios: working capital 50, retained 20, equity 50 of 100.
SHEET: Mapping[str, float] = {
    "current_assets": 90_000,
    "current_liabilities": 40_000,
    "reserves_retained": 15_000,
    "result_year_to_date": 5_000,
    "equity": 50_000,
    "total_assets": 100_000,
    "total_liabilities": 50_000,
    "member_balances": 20_000,
}

# Filed accounts of the Swedish company, thousand SEK: result before tax, total assets, equity,
# and the score worked out from the full accounts. The split of the balance sheet is not given.
SWEDEN = {
    2021: (-838.0, 11_067.0, 358.0, -0.33),
    2022: (-588.0, 16_977.0, 674.0, 0.12),
    2023: (-1_354.0, 9_999.0, 139.0, -0.85),
}
SHARE_CAPITAL = 50.0
# Assumed: what the printed scores leave for fixed assets if all debts fall due within a year.
FIXED_ASSETS = {2021: 269.0, 2022: 184.0, 2023: 114.0}


def measured(code: str, table: pd.DataFrame) -> Measure:
    return indicator_measure(find_indicator(code), table, int(table.index[-1]), "EUR")


def valued(code: str, changed: Mapping[str, float] | None = None) -> float:
    value = measured(code, steady(4, {**SHEET, **(changed or {})})).value
    assert value is not None
    return value


def swedish(year: int, fixed_assets: float) -> pd.DataFrame:
    """Four quarters with the year's accounts; the pre-tax result stands for EBIT.

    Retained earnings are equity less share capital; every debt falls due within a year.
    """
    result, assets, equity, _ = SWEDEN[year]
    quarter = {
        "invoiced_volume": 5_000.0,
        "fee_revenue": 400.0,
        "staff_costs": 400.0 - result / 4,
        "total_assets": assets,
        "total_liabilities": assets - equity,
        "equity": equity,
        "current_assets": assets - fixed_assets,
        "current_liabilities": assets - equity,
        "reserves_retained": equity - SHARE_CAPITAL - result,
        "result_year_to_date": result,
        "registered_share_capital": SHARE_CAPITAL,
    }
    return table_of(*[quarter] * 4, last=f"{year}-Q4")


def test_the_score_weighs_four_ratios() -> None:
    quarter = {"staff_costs": 5_500.0}  # leaves 2,500 a quarter, 10,000 a year

    by_hand = 6.56 * 0.5 + 3.26 * 0.2 + 6.72 * 0.1 + 1.05 * 1.0

    assert valued("z_score", quarter) == pytest.approx(by_hand)
    assert valued("z_score_emerging", quarter) == pytest.approx(by_hand + 3.25)


def test_members_money_is_taken_off_assets_and_debts_alike() -> None:
    by_hand = 6.56 * 50 / 80 + 3.26 * 20 / 80 + 1.05 * 50 / 30

    assert valued("z_score_net") == pytest.approx(by_hand)


def test_interest_is_no_part_of_the_score_and_support_only_where_it_says_so() -> None:
    quarter = {"financial_expense": 700.0, "financial_income": 100.0, "operating_grants": 2_500.0}

    assert valued("z_score", quarter) == pytest.approx(valued("z_score"))
    assert valued("z_score_after_support", quarter) - valued("z_score", quarter) == pytest.approx(
        6.72 * 0.1
    )


def test_contributions_of_shareholders_are_no_retained_earnings() -> None:
    assert valued("z_score", {"shareholder_contributions": 30_000.0}) == valued("z_score")


def test_debts_due_within_a_year_are_never_estimated() -> None:
    table = steady(4, SHEET).drop(columns="current_liabilities")

    for code in ("z_score", "z_score_net", "z_score_after_support", "current_ratio"):
        measure = measured(code, table)
        assert measure.reason is Reason.ITEM_MISSING
        assert measure.facts["item"] == "current_liabilities"


def test_current_assets_are_added_up_where_they_are_not_printed() -> None:
    parts = {"trade_receivables": 40_000, "receivables_allowance": 2_000,
             "other_receivables": 2_000, "cash": 50_000}  # fmt: skip
    table = steady(4, {**SHEET, **parts}).drop(columns="current_assets")

    assert measured("current_ratio", table).value == 90_000 / 40_000


def test_without_debts_there_is_nothing_to_hold_equity_against() -> None:
    only_members = {"total_liabilities": 20_000.0}

    assert measured("z_score", steady(4, {**SHEET, "total_liabilities": 0.0})).reason is (
        Reason.NO_DEBTS
    )
    assert measured("z_score_net", steady(4, {**SHEET, **only_members})).reason is Reason.NO_DEBTS
    assert measured("z_score", steady(4, {**SHEET, **only_members})).value is not None


@pytest.mark.parametrize("year", SWEDEN)
def test_sweden_is_in_distress_in_every_year(year: int) -> None:
    printed = SWEDEN[year][3]
    least_fixed = measured("z_score", swedish(year, fixed_assets=0.0)).value
    assumed = measured("z_score", swedish(year, FIXED_ASSETS[year])).value

    assert least_fixed is not None
    assert assumed is not None
    assert assumed == pytest.approx(printed, abs=0.006)
    assert (assumed > 0) == (least_fixed > 0) == (printed > 0)
    assert least_fixed < 1.10  # red whatever the assets are, as none of them fixed is the best


@pytest.mark.parametrize(("year", "ratio"), [(2021, 358 / 50), (2022, 674 / 50), (2023, 139 / 50)])
def test_swedens_legal_bell_is_silent_while_its_equity_ratio_is_thin(
    year: int, ratio: float
) -> None:
    table = swedish(year, FIXED_ASSETS[year])
    share = measured("equity_ratio", table).value

    assert measured("net_assets_capital_ratio", table).value == ratio
    assert ratio > 0.5
    assert share is not None
    assert share < 0.08


@pytest.mark.parametrize(
    ("reserves", "result", "lost"),
    [
        (-3_000, -2_000, 5_000 / 10_000),
        (-3_000, 1_000, 2_000 / 10_000),
        (-3_000, 4_000, 0.0),
        (10_000, -5_000, 5_000 / 20_000),  # reserves are there to bear losses
        (0, -10_000, 1.0),
    ],
)
def test_the_share_of_capital_lost(reserves: float, result: float, lost: float) -> None:
    capital = {"member_share_capital": 6_000.0, "shareholder_contributions": 4_000.0}
    sheet = {**capital, "reserves_retained": reserves, "result_year_to_date": result}

    assert valued("share_of_capital_lost", sheet) == pytest.approx(lost)


def test_a_loss_of_nothing_put_in_has_no_share() -> None:
    nothing = {"member_share_capital": 0.0, "reserves_retained": -5.0, "result_year_to_date": 0.0}

    assert measured("share_of_capital_lost", steady(4, nothing)).reason is Reason.NO_CAPITAL


def test_the_years_to_repay_debts_follow_the_austrian_act() -> None:
    # A year: result 0, wear 2,000 and 2,000 set aside less 400 used by the fund and 600 tax.
    flows = {"fee_revenue": 10_000.0, "depreciation": 500.0, "guarantee_fund_charge": 500.0,
             "receivable_losses_covered_by_fund": 100.0, "income_tax": 150.0}  # fmt: skip
    sheet = {**SHEET, **flows, "cash": 10_000.0, "deferred_income": 4_000.0}

    assert valued("cash_surplus", sheet) == pytest.approx(3_000)
    assert valued("debt_repayment_years", sheet) == pytest.approx((50_000 - 14_000) / 3_000)
    assert valued("cash_flow_to_assets", sheet) == pytest.approx(0.03)


def test_more_cash_than_debts_takes_no_years_and_no_surplus_no_number_of_them() -> None:
    surplus = {**SHEET, "fee_revenue": 10_000.0}
    rich = steady(4, {**surplus, "cash": 60_000.0})
    poor = steady(4, {**SHEET, "cash": 10_000.0, "staff_costs": 9_000.0})

    assert measured("debt_repayment_years", rich).value == 0
    assert measured("debt_repayment_years", poor).reason is Reason.NO_CASH_SURPLUS


def test_provisions_are_no_debts() -> None:
    sheet = {"salary_guarantee_fund": 6_000.0, "other_provisions": 4_000.0}

    assert valued("equity_to_debt", sheet) == 50_000 / 40_000


def test_only_what_clients_soon_pay_covers_debts() -> None:
    sheet = {"cash": 10_000.0, "trade_receivables": 20_000.0, "receivables_over_90_days": 4_000.0,
             "receivables_allowance": 1_000.0, "debts_due_within_12_months": 50_000.0}  # fmt: skip

    assert valued("liquidity_cover", sheet) == pytest.approx((10_000 + 15_000) / 50_000)


def test_turnover_is_the_invoiced_volume() -> None:
    assert valued("interest_to_revenue", {"financial_expense": 1_000.0}) == pytest.approx(
        1_000 / BALANCED["invoiced_volume"]
    )
