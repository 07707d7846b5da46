"""Slopes, the check of the cost split, and the statement, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.split import Judgement, slope_with_range, split_check
from smartfin.analysis.trend import projected, theil_sen, trailing_slope
from smartfin.quarter import Quarter
from tests.unit.analysis_builders import table_of

NOW = Quarter.parse("2019-Q4").ordinal
nan = math.nan


def swinging(
    costs_of_each: float, count: int = 12, last: str = "2019-Q4"
) -> tuple[dict[str, float], ...]:
    """Quarters whose volume swings between 100 and 200, 0.1 of it counted as variable."""
    volumes = [100.0 if number % 2 else 200.0 for number in range(count)]
    return tuple(
        {
            "invoiced_volume": volume,
            "fee_revenue": 0.2 * volume,
            "bad_debt_expense": 0.1 * volume,
            "staff_costs": 50 + (costs_of_each - 0.1) * volume,
        }
        for volume in volumes
    )


def test_one_odd_quarter_does_not_bend_the_slope() -> None:
    assert theil_sen(np.array([50.0, 60.0, 70.0, 900.0, 90.0])) == pytest.approx(10)


def test_an_unknown_quarter_leaves_its_distance() -> None:
    assert theil_sen(np.array([1.0, nan, nan, 7.0])) == pytest.approx(2)
    assert math.isnan(theil_sen(np.array([1.0, nan])))
    assert math.isnan(theil_sen(np.array([])))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=10), st.floats(-1e3, 1e3))
def test_a_steady_rise_added_to_a_series_is_added_to_its_slope(
    values: list[float], rise: float
) -> None:
    series = np.array(values)
    risen = series + rise * np.arange(len(series))

    assert theil_sen(risen) == pytest.approx(theil_sen(series) + rise, abs=1e-3)
    assert theil_sen(-series) == pytest.approx(-theil_sen(series), abs=1e-6)


def test_a_trailing_slope_needs_its_quarters_and_the_newest_of_them() -> None:
    slopes = trailing_slope(np.array([*range(0, 18, 2), nan], dtype=np.float64))

    assert np.isnan(slopes[:7]).all()
    assert slopes[7:9].tolist() == [2.0, 2.0]
    assert np.isnan(slopes[9])
    sparse = np.array([0.0, nan, nan, nan, nan, nan, 6.0, 7.0])
    assert np.isnan(trailing_slope(sparse)).all()  # three known of eight say nothing


def test_a_figure_is_projected_along_its_slope_but_never_back() -> None:
    assert projected(0.88, 0.02, 4) == pytest.approx(0.96)
    assert projected(0.88, 0.02, -3) == 0.88


def test_costs_that_move_as_the_items_say_agree() -> None:
    check = split_check(table_of(*swinging(0.1), last="2019-Q4"), NOW)

    assert (check.judgement, check.changes) == (Judgement.AGREES, 11)
    assert check.from_items == pytest.approx(0.1)
    assert check.suggested == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("moves", "judgement"),
    [(0.15, Judgement.MORE_VARIABLE), (0.04, Judgement.LESS_VARIABLE)],
)
def test_costs_that_move_more_or_less_than_the_items_say_are_told(
    moves: float, judgement: Judgement
) -> None:
    check = split_check(table_of(*swinging(moves), last="2019-Q4"), NOW)

    assert check.judgement is judgement
    assert check.suggested == check.low == check.high == pytest.approx(moves)


def test_costs_that_grow_beside_volume_are_not_taken_for_variable_ones() -> None:
    quarters = [dict(quarter) for quarter in swinging(0.1, 16)]
    for number, quarter in enumerate(quarters):
        quarter["staff_costs"] += 3 * number  # a rise every quarter, whatever volume does
        quarter["invoiced_volume"] += 10 * number

    check = split_check(table_of(*quarters, last="2019-Q4"), NOW)

    assert check.suggested == pytest.approx(0.1, abs=0.03)


def test_covid_quarters_and_gaps_are_left_out_with_their_changes() -> None:
    quarters = [dict(quarter) for quarter in swinging(0.1, 20)]  # 2017-Q1 to 2021-Q4
    for number in range(13, 18):  # 2020-Q2 to 2021-Q2
        quarters[number]["staff_costs"] = 900.0
    check = split_check(table_of(*quarters, last="2021-Q4"), Quarter.parse("2021-Q4").ordinal)
    assert (check.changes, check.judgement) == (13, Judgement.AGREES)

    quarters[5] = {}
    check = split_check(table_of(*quarters, last="2021-Q4"), Quarter.parse("2021-Q4").ordinal)
    assert check.changes == 11


def test_few_quarters_or_a_volume_that_stands_still_say_nothing() -> None:
    few = split_check(table_of(*swinging(0.1, 8), last="2019-Q4"), NOW)
    assert (few.judgement, few.suggested) == (Judgement.TOO_FEW, None)

    still = [{**quarter, "invoiced_volume": 100.0} for quarter in swinging(0.1, 12)]
    check = split_check(table_of(*still, last="2019-Q4"), NOW)
    assert (check.judgement, check.suggested) == (Judgement.TOO_FEW, None)


def test_the_range_is_that_of_kendalls_statistic() -> None:
    across = np.arange(10.0)
    up = np.array([0.0, 1.2, 1.9, 3.1, 4.0, 5.2, 5.8, 7.1, 8.0, 9.1])
    first, second = np.triu_indices(10, k=1)
    slopes = sorted((up[second] - up[first]) / (second - first))

    fitted = slope_with_range(across, up)

    # 45 pairs; 1.645 * sqrt(10 * 9 * 25 / 18) = 18.39 ranks apart: the 14th and the 33rd.
    assert fitted == pytest.approx((slopes[22], slopes[13], slopes[32]))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=12))
def test_the_slope_lies_within_its_range(points: list[tuple[int, int]]) -> None:
    fitted = slope_with_range(*np.array(points, dtype=np.float64).T)

    if fitted is not None:
        slope, low, high = fitted
        assert low <= slope <= high
