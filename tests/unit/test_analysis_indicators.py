"""Finding indicators, and the reasons they give."""

from __future__ import annotations

import pytest

from smartfin.analysis.direction import Direction, coverage_direction, direction_of
from smartfin.analysis.indicators.family import INDICATORS, find_indicator, indicator_measure
from smartfin.errors import InputError
from smartfin.measure import Reason, Unit
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.analysis_builders import BALANCED, steady, table_of, with_results

NOW = Quarter.parse("2022-Q4")


def test_an_unknown_indicator_names_those_that_exist() -> None:
    with pytest.raises(InputError) as raised:
        find_indicator("profit")

    assert raised.value.code == "indicator-unknown"
    assert "coverage" in str(raised.value.facts["known"])


def test_breakeven_follows_the_level_and_other_indicators_do_not() -> None:
    gap = find_indicator("gap_to_breakeven", Level.SUPPORTED)

    assert gap.formula == "result_after_support"
    assert find_indicator("coverage", Level.SUPPORTED) is find_indicator("coverage")


def test_amounts_name_their_currency_and_ratios_their_unit() -> None:
    table = steady(4)

    assert indicator_measure(find_indicator("own_costs"), table, NOW.ordinal, "SEK").unit == "SEK"
    assert (
        indicator_measure(find_indicator("coverage"), table, NOW.ordinal, "SEK").unit
        == Unit.FRACTION
    )


def test_a_quarter_outside_the_table_is_not_known() -> None:
    measure = indicator_measure(INDICATORS[0], steady(4), NOW.ordinal + 1, "EUR")

    assert measure.reason is Reason.NOTHING_KNOWN


def test_a_missing_quarter_is_named() -> None:
    table = table_of(BALANCED, BALANCED, {}, BALANCED, BALANCED)

    measure = indicator_measure(find_indicator("coverage"), table, NOW.ordinal, "EUR")

    assert measure.reason is Reason.QUARTERS_MISSING
    assert measure.facts == {"quarter": Quarter.parse("2022-Q2")}


def test_a_missing_item_is_named_with_its_quarter() -> None:
    table = steady(5)
    table.loc[NOW.ordinal - 1, "staff_costs"] = float("nan")

    measure = indicator_measure(find_indicator("coverage"), table, NOW.ordinal, "EUR")

    assert measure.reason is Reason.ITEM_MISSING
    assert measure.facts == {"item": "staff_costs", "quarter": Quarter.parse("2022-Q3")}


def test_a_stock_is_read_at_the_end_of_its_window_only() -> None:
    bank = {"cash": 9.0, "member_balances": 1.0, "tax_social_liabilities": 1.0}
    table = table_of(BALANCED, BALANCED, BALANCED, {**BALANCED, **bank})

    measure = indicator_measure(find_indicator("months_of_free_cash"), table, NOW.ordinal, "EUR")

    assert measure.value == pytest.approx(7 / (32_000 / 12))


def test_one_missing_quarter_stops_the_result_since_the_start() -> None:
    table = table_of(BALANCED, {}, BALANCED, BALANCED, BALANCED, BALANCED)

    measure = indicator_measure(find_indicator("cumulative_result"), table, NOW.ordinal, "EUR")

    assert measure.reason is Reason.QUARTERS_MISSING
    assert measure.facts == {"quarter": Quarter.parse("2021-Q4")}


def test_direction_compares_with_four_quarters_earlier() -> None:
    table = with_results(-900, -900, -900, -900, 0, 0, 0, 0)

    direction, change = coverage_direction(table, NOW.ordinal)

    assert direction is Direction.RISING
    assert change.value == pytest.approx(1 - 36_000 / 39_600)


def test_direction_is_that_of_the_level_it_is_asked_for() -> None:
    before, after = {**BALANCED, "operating_grants": 900.0}, {**BALANCED, "operating_grants": 0.0}
    table = table_of(*[before] * 4, *[after] * 4)

    assert coverage_direction(table, NOW.ordinal)[0] is Direction.FLAT
    direction, change = coverage_direction(table, NOW.ordinal, Level.SUPPORTED)
    assert direction is Direction.FALLING
    assert change.value == pytest.approx(-0.1)


def test_direction_is_flat_up_to_one_point_either_way() -> None:
    assert direction_of(0.95 - 0.94) is Direction.FLAT
    assert direction_of(0.94 - 0.95) is Direction.FLAT
    assert direction_of(0.0101) is Direction.RISING
    assert direction_of(-0.0101) is Direction.FALLING


def test_direction_is_unknown_under_eight_quarters_and_says_so() -> None:
    direction, change = coverage_direction(steady(7), NOW.ordinal)

    assert direction is Direction.UNKNOWN
    assert change.reason is Reason.HISTORY_TOO_SHORT
    assert change.facts == {"quarters": 7, "needed": 8}


def test_direction_is_unknown_when_a_quarter_is_missing() -> None:
    table = table_of(*[BALANCED] * 4, {}, *[BALANCED] * 4)

    direction, change = coverage_direction(table, NOW.ordinal)

    assert direction is Direction.UNKNOWN
    assert change.reason is Reason.QUARTERS_MISSING
