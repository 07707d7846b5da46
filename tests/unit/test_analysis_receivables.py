"""What clients owe, what much hangs on, and who joins: worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.measure import Measure, Reason
from tests.unit.analysis_builders import BALANCED, steady, table_of

OWED: Mapping[str, float] = {
    "trade_receivables": 50_000,
    "receivables_over_90_days": 5_000,
    "receivables_allowance": 2_000,
}


def measured(code: str, table: pd.DataFrame) -> Measure:
    return indicator_measure(find_indicator(code), table, int(table.index[-1]), "EUR")


def valued(code: str, changed: Mapping[str, float]) -> float | None:
    return measured(code, steady(4, changed)).value


def test_days_are_counted_on_a_years_volume_whatever_the_season() -> None:
    weak = {**BALANCED, **OWED, "invoiced_volume": 40_000.0}
    strong = {**BALANCED, **OWED, "invoiced_volume": 200_000.0}
    table = table_of(strong, strong, strong, weak)

    assert measured("receivable_days_computed", table).value == pytest.approx(
        365 * 48_000 / 640_000
    )


def test_reported_days_stay_as_reported() -> None:
    assert valued("receivable_days", {**OWED, "receivable_days": 31.0}) == 31


def test_late_invoices_are_a_share_of_what_clients_owe_before_the_allowance() -> None:
    assert valued("receivables_over_90_share", OWED) == 0.1


def test_losses_count_whoever_bore_them() -> None:
    fund = {"receivable_losses_covered_by_fund": 500.0, "salary_guarantee_fund": 3_000.0}

    assert valued("bad_debt_rate", fund) == pytest.approx(1_500 / 100_000)
    assert valued("fund_cover_months", fund) == pytest.approx(3_000 / (6_000 / 12))


def test_an_emptied_fund_bears_nothing_and_one_that_never_was_has_no_number() -> None:
    full = {**BALANCED, "salary_guarantee_fund": 3_000.0}
    empty = {**BALANCED, "salary_guarantee_fund": 0.0}

    assert measured("fund_cover_months", table_of(full, full, full, empty)).value == 0
    assert measured("fund_cover_months", table_of(*[empty] * 4)).reason is Reason.NO_GUARANTEE_FUND
    assert measured("fund_cover_months", steady(4)).reason is Reason.NO_GUARANTEE_FUND


def test_without_losses_a_fund_lasts_for_ever() -> None:
    table = steady(4, {"bad_debt_expense": 0.0, "salary_guarantee_fund": 3_000.0})

    assert measured("fund_cover_months", table).reason is Reason.NO_RECEIVABLE_LOSSES


def test_what_clients_soon_pay_lengthens_free_cash() -> None:
    bank = {"cash": 9_000.0, "member_balances": 1_000.0, "tax_social_liabilities": 2_000.0}
    table = steady(4, {**OWED, **bank})

    assert measured("months_of_free_cash_with_receivables", table).value == pytest.approx(
        (6_000 + 43_000) / (32_000 / 12)
    )


def test_free_services_add_to_dependence_only_where_they_are_stated() -> None:
    cash = {"group_contribution_received": 900.0}
    stated = steady(4, {**cash, "imputed_group_services": 450.0})

    assert measured("group_dependency_total", stated).value == pytest.approx(1_350 / 9_000)
    assert measured("group_dependency", stated).value == pytest.approx(0.1)
    assert measured("group_dependency_total", steady(4, cash)).reason is (
        Reason.IMPUTED_SUPPORT_UNKNOWN
    )


@pytest.mark.parametrize(
    ("sources", "concentration"),
    [
        ({}, 1.0),
        ({"membership_fees": 9_000.0}, 0.5),
        ({"membership_fees": 4_500.0, "financial_income": 4_500.0}, 0.375),
        ({"operating_grants": 9_000.0}, 1.0),  # support is no source of own income
    ],
)
def test_concentration_adds_the_squares_of_the_shares(
    sources: Mapping[str, float], concentration: float
) -> None:
    assert valued("revenue_concentration", sources) == pytest.approx(concentration)


def test_shares_of_volume_are_those_of_four_quarters() -> None:
    quarters = [{**BALANCED, "largest_client_volume": part} for part in (0.0, 0.0, 0.0, 60_000.0)]

    assert measured("largest_client_share", table_of(*quarters)).value == pytest.approx(0.15)


def test_the_margin_is_before_support_and_interest() -> None:
    changed = {"staff_costs": 7_100.0, "financial_expense": 900.0, "operating_grants": 5_000.0}

    assert valued("operating_margin", changed) == pytest.approx(900 / 9_000)


def test_what_could_be_cut_before_the_team_is_administration() -> None:
    changed = {"staff_costs": 5_000.0, "rent_costs": 2_000.0, "member_services_costs": 1_000.0}

    assert valued("administrative_cost_share", changed) == pytest.approx(2_000 / 9_000)


def test_growth_is_measured_on_the_members_of_a_year_ago() -> None:
    joined = {**BALANCED, "members_new": 8.0, "members_left": 3.0, "members_total": 120.0}
    table = table_of(*[joined] * 4)

    assert measured("net_new_members", table).value == 5
    assert measured("member_growth", table).value == pytest.approx(0.2)
