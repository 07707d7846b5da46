"""Partners side by side: euro, time axis, places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.compare import (
    Exchange,
    aligned,
    euro_measure,
    euro_series,
    euro_table,
    ranks,
)
from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.items import read_items
from smartfin.measure import Reason
from smartfin.money import QuarterRate, Rates
from smartfin.quarter import Quarter
from tests.unit.analysis_builders import BALANCED, steady, table_of

ITEMS = read_items(Path(__file__).parents[2] / "data" / "items.yaml")
NOW = Quarter.parse("2022-Q4")
RATES = Rates(
    {
        ("SEK", Quarter(2022, number)): QuarterRate(mean=mean, close=close, days=days)
        for number, mean, close, days in [
            (1, 10.0, 20.0, 64),
            (2, 12.5, 25.0, 63),
            (3, 16.0, 8.0, 66),
            (4, 20.0, 40.0, 64),
        ]
    }
)
KRONA = Exchange("SEK", ITEMS, RATES)
BANK = {
    "cash": 900.0,
    "member_balances": 60.0,
    "tax_social_liabilities": 40.0,
    "members_active": 10.0,
}


def test_flows_are_divided_by_each_quarter_before_they_are_added() -> None:
    measure = euro_measure(find_indicator("invoiced_volume"), steady(4), NOW.ordinal, KRONA)

    assert measure.value == pytest.approx(10_000 + 8_000 + 6_250 + 5_000)
    assert measure.unit == "EUR"


def test_stocks_are_divided_by_the_closing_rate() -> None:
    measure = euro_measure(find_indicator("free_cash"), steady(4, BANK), NOW.ordinal, KRONA)

    assert measure.value == pytest.approx(800 / 40)


def test_counts_are_not_money() -> None:
    table = euro_table(steady(4, BANK), KRONA)

    assert table["members_active"].tolist() == [10.0] * 4


def test_ratios_and_months_are_those_of_the_local_books() -> None:
    table = steady(4, {**BANK, "staff_costs": 9_000.0})
    table.loc[NOW.ordinal, "staff_costs"] = 4_000.0
    for code in ("coverage", "months_of_free_cash", "members_active"):
        local = indicator_measure(find_indicator(code), table, NOW.ordinal, "SEK")
        assert euro_measure(find_indicator(code), table, NOW.ordinal, KRONA) == local


def test_constant_rates_divide_every_quarter_by_the_same_rate() -> None:
    constant = RATES.constant("SEK", 2022)
    exchange = Exchange("SEK", ITEMS, RATES, constant_year=2022)
    assert constant is not None

    flow = euro_measure(find_indicator("invoiced_volume"), steady(4), NOW.ordinal, exchange)
    stock = euro_measure(find_indicator("free_cash"), steady(4, BANK), NOW.ordinal, exchange)

    assert flow.value == pytest.approx(400_000 / constant)
    assert stock.value == pytest.approx(800 / constant)


def test_a_quarter_without_a_rate_is_undefined_and_named() -> None:
    measure = euro_measure(find_indicator("own_costs"), steady(5), NOW.ordinal + -1, KRONA)

    assert measure.reason is Reason.RATE_MISSING
    assert measure.facts == {"currency": "SEK", "quarter": Quarter.parse("2021-Q4")}


def test_a_currency_without_any_rate_lacks_rates_and_no_item() -> None:
    forint = Exchange("HUF", ITEMS, RATES)
    for code in ("own_costs", "free_cash", "cumulative_result", "invoiced_volume_quarter"):
        indicator = find_indicator(code)

        measure = euro_measure(indicator, steady(5, BANK), NOW.ordinal, forint)

        first = next(indicator.quarters_read(steady(5), NOW.ordinal))
        assert measure.reason is Reason.RATE_MISSING
        assert measure.facts == {"currency": "HUF", "quarter": first}


def test_what_only_the_mix_of_rates_undoes_keeps_its_own_reason() -> None:
    profitable = {"fee_revenue": 9_000.0, "bad_debt_expense": 8_000.0}
    losing = {"fee_revenue": 8_000.0, "bad_debt_expense": 8_900.0}
    quarters = [{**BALANCED, **losing}, *[{**BALANCED, **profitable}] * 3]
    rates = {
        ("SEK", Quarter(2022, number)): QuarterRate(mean=rate, close=rate, days=60)
        for number, rate in [(1, 1.0), (2, 10.0), (3, 10.0), (4, 10.0)]
    }

    measure = euro_measure(
        find_indicator("breakeven_volume"),
        table_of(*quarters),
        NOW.ordinal,
        Exchange("SEK", ITEMS, Rates(rates)),
    )

    assert measure.reason is Reason.EACH_SALE_LOSES


def test_a_line_that_is_no_longer_in_the_chart_of_items_is_left_out() -> None:
    table = steady(4, {**BANK, "an_item_given_up": 7.0})

    assert "an_item_given_up" not in euro_table(table, KRONA).columns
    pd.testing.assert_frame_equal(euro_table(table, KRONA), euro_table(steady(4, BANK), KRONA))
    measure = euro_measure(find_indicator("own_costs"), table, NOW.ordinal, KRONA)
    assert measure.value is not None


def test_a_line_without_a_rate_is_not_taken_as_nothing() -> None:
    series = euro_series(find_indicator("variable_costs"), steady(8), KRONA)

    assert series.isna().tolist() == [True] * 7 + [False]


def test_what_is_undefined_in_the_books_stays_so_for_its_own_reason() -> None:
    table = steady(4, {"bad_debt_expense": 9_000.0})

    measure = euro_measure(find_indicator("breakeven_volume"), table, NOW.ordinal, KRONA)

    assert measure.reason is Reason.EACH_SALE_LOSES


def test_euro_books_stay_as_they_are() -> None:
    euro = Exchange("EUR", ITEMS, RATES)

    pd.testing.assert_frame_equal(euro_table(steady(4, BANK), euro), steady(4, BANK))


def test_the_local_table_is_left_alone() -> None:
    table = steady(4, BANK)

    euro_table(table, KRONA)

    pd.testing.assert_frame_equal(table, steady(4, BANK))


def series_from(first: str, *values: float) -> pd.Series[float]:
    start = Quarter.parse(first).ordinal
    return pd.Series(values, index=pd.RangeIndex(start, start + len(values)), dtype="float64")


def test_calendar_time_leaves_empty_what_a_partner_did_not_live_through() -> None:
    frame = aligned({"IT": series_from("2022-Q2", 1, 2), "ES": series_from("2022-Q4", 3)})

    assert list(frame.columns) == ["IT", "ES"]
    assert list(frame.index) == [(NOW + -2).ordinal, (NOW + -1).ordinal, NOW.ordinal]
    np.testing.assert_array_equal(frame["ES"], [np.nan, np.nan, 3])


def test_quarters_since_launch_put_partners_of_the_same_age_side_by_side() -> None:
    series = {"IT": series_from("2014-Q1", 1, 2), "ES": series_from("2013-Q3", 3, 4)}
    launches = {"IT": Quarter.parse("2014-Q1"), "ES": Quarter.parse("2013-Q2")}

    frame = aligned(series, launches)

    assert list(frame.index) == [0, 1, 2]
    np.testing.assert_array_equal(frame["IT"], [1, 2, np.nan])
    np.testing.assert_array_equal(frame["ES"], [np.nan, 3, 4])


def test_nobody_gives_an_empty_frame() -> None:
    assert aligned({}).empty


def test_places_follow_polarity_and_equal_values_share_one() -> None:
    values = {"ES": 5.0, "IT": 7.0, "DE": 5.0, "AT": 1.0}

    assert ranks(values, +1) == {"ES": 2, "IT": 1, "DE": 2, "AT": 4}
    assert ranks(values, -1) == {"ES": 2, "IT": 4, "DE": 2, "AT": 1}


def test_what_is_undefined_has_no_place_and_takes_none() -> None:
    assert ranks({"ES": None, "IT": 7.0, "DE": float("nan")}, -1) == {
        "ES": None,
        "IT": 1,
        "DE": None,
    }


def test_there_are_no_places_where_neither_is_better() -> None:
    assert ranks({"ES": 1.0, "IT": 2.0}, 0) == {"ES": None, "IT": None}


def test_a_rate_that_moves_hides_no_capital_and_makes_none() -> None:
    put_in, given = "shareholder_contributions", find_indicator("group_support_quarter")
    still = steady(4, {put_in: 1_000.0})  # in euro it doubles in the third quarter
    assert euro_series(given, still, KRONA).tolist() == [0.0] * 4
    risen = still.assign(**{put_in: [1_000.0, 1_200.0, 1_200.0, 1_200.0]})  # in euro it falls first
    assert euro_series(given, risen, KRONA).isna().tolist() == [False, True, True, True]
