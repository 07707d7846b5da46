"""Scores of forecasts: each worked by hand, and what must hold of any forecast."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.analysis.forecast.intervals import block_interval
from smartfin.analysis.forecast.scores import (
    Values,
    band_coverage,
    brier,
    brier_skill,
    crps,
    mase,
    reliability,
    seasonal_step,
    symmetric_mape,
)
from smartfin.measure import Reason

amounts = st.floats(-1e6, 1e6)
samples = st.lists(amounts, min_size=1, max_size=30)
probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_symmetric_mape_is_that_of_m3() -> None:
    # 200 * 50 / 150 = 66.67 and 200 * 200 / 400 = 100
    assert symmetric_mape([100, 100], [50, 300]) == pytest.approx((200 / 3 + 100) / 2)


@pytest.mark.parametrize(("actual", "forecast"), [([], []), ([0], [0]), ([-1], [1]), ([-3], [1])])
def test_symmetric_mape_of_nothing_has_no_value(actual: list[float], forecast: list[float]) -> None:
    assert np.isnan(symmetric_mape(actual, forecast))


def test_mase_is_the_error_in_steps_of_a_year() -> None:
    history = [10, 20, 30, 40, 13, 19, 32, 42]  # steps 3, 1, 2, 2: 2 on average
    assert mase(history, [15, 20], [14, 25]) == pytest.approx(((1 + 5) / 2) / 2)


def test_mase_takes_the_season_it_is_told() -> None:
    assert mase([1, 2, 4, 8], [10], [3], season=1) == pytest.approx(7 / (7 / 3))


def test_a_gap_in_the_history_takes_its_steps_with_it() -> None:
    assert seasonal_step([1, np.nan, 3, 4, 3, 9, np.nan, 8]) == pytest.approx((2 + 4) / 2)


@pytest.mark.parametrize("history", [[], [1, 2, 3, 4], [5] * 8, [1, 1, 1, 1, np.nan]])
def test_mase_without_a_step_has_no_value(history: list[float]) -> None:
    assert np.isnan(mase(history, [1], [2]))


def test_mase_of_no_forecast_has_no_value() -> None:
    assert np.isnan(mase([1, 2, 3, 4, 5], [], []))


def test_crps_by_hand() -> None:
    # distances to 2: 1, 0, 4, mean 5/3; pairs: 2 * (1 + 4 + 5) / 9 = 20/9, half of it 10/9
    assert crps([1, 6, 2], 2) == pytest.approx(5 / 3 - 10 / 9)


def test_crps_of_one_value_is_its_error() -> None:
    assert crps([3.0], 5.0) == pytest.approx(2)


def test_crps_takes_leading_axes_together() -> None:
    together = crps(np.array([[1.0, 3.0], [0.0, 8.0]]), np.array([2.0, 8.0]))
    assert together.tolist() == pytest.approx([0.5, 2.0])


@given(samples, amounts)
def test_crps_is_what_its_definition_says_and_never_negative(
    drawn: list[float], actual: float
) -> None:
    values = np.array(drawn)
    pairs = np.abs(values[:, None] - values).mean()
    defined = np.abs(values - actual).mean() - pairs / 2

    score = float(crps(values, actual))

    assert score == pytest.approx(defined, rel=1e-9, abs=1e-6)
    assert score >= 0


@pytest.mark.parametrize(("shift", "widen"), [(0.5, 1), (-0.5, 1), (0, 2), (0, 0.5), (0, 0.01)])
def test_crps_is_best_on_average_for_the_true_distribution(shift: float, widen: float) -> None:
    random = np.random.default_rng(3)
    happened = random.standard_normal(4000)
    drawn = random.standard_normal(400)

    honest = crps(np.tile(drawn, (len(happened), 1)), happened).mean()
    other = crps(np.tile(drawn * widen + shift, (len(happened), 1)), happened).mean()

    assert honest < other


def test_brier_by_hand() -> None:
    assert brier([0.8, 0.3, 0.5], [1, 0, 1]) == pytest.approx((0.04 + 0.09 + 0.25) / 3)
    assert np.isnan(brier([], []))


@pytest.mark.parametrize("truth", [0.1, 0.5, 0.8])
def test_brier_is_best_on_average_for_the_true_probability(truth: float) -> None:
    outcomes = np.arange(1000) < 1000 * truth
    scores = {said: brier(np.full(1000, said), outcomes) for said in np.linspace(0, 1, 11)}
    assert min(scores, key=lambda said: scores[said]) == pytest.approx(truth)


def test_brier_skill_by_hand() -> None:
    # base rate 2/3, its score 2/9; the forecasts' score 0.38 / 3
    skill = brier_skill([0.8, 0.3, 0.5], [1, 0, 1])
    assert skill.value == pytest.approx(1 - (0.38 / 3) / (2 / 9))


def test_saying_the_base_rate_has_no_skill_and_knowing_has_all() -> None:
    assert brier_skill([0.25] * 4, [0, 1, 0, 0]).value == pytest.approx(0)
    assert brier_skill([0, 1, 0, 0], [0, 1, 0, 0]).value == 1


@pytest.mark.parametrize("outcome", [0, 1])
def test_skill_has_no_value_where_all_ended_alike(outcome: int) -> None:
    assert brier_skill([0.5, 0.9], [outcome] * 2).reason is Reason.ALL_ENDED_ALIKE


def test_skill_of_no_forecast_has_no_value() -> None:
    assert brier_skill([], []).reason is Reason.NOTHING_KNOWN


def test_borders_belong_to_the_band() -> None:
    assert band_coverage([0, 0, 0, 0], [1, 1, 1, 1], [1.01, 1, -0.01, 0]) == 0.5
    assert np.isnan(band_coverage([], [], []))


def test_reliability_puts_a_border_into_the_range_above_it() -> None:
    rows = reliability([0.0, 0.35, 0.34, 0.65, 1.0], [0, 1, 0, 1, 0], (0, 0.35, 0.65, 1))

    assert [row.count for row in rows] == [2, 1, 2]
    assert [row.forecast for row in rows] == pytest.approx([0.17, 0.35, 0.825])
    assert [row.happened for row in rows] == [0, 1, 0.5]


def test_a_range_nobody_forecast_says_nothing() -> None:
    empty, _ = reliability([0.9], [1], (0, 0.5, 1))
    assert (empty.count, empty.forecast, empty.happened) == (0, None, None)


@given(probabilities)
def test_every_forecast_is_in_one_range(said: list[float]) -> None:
    outcomes = np.arange(len(said)) % 2
    rows = reliability(said, outcomes, (0, 0.1, 0.35, 0.65, 0.9, 1))
    assert sum(row.count for row in rows) == len(said)
    assert sum((row.happened or 0) * row.count for row in rows) == pytest.approx(outcomes.sum())


def test_an_interval_of_blocks_is_wider_than_one_of_single_forecasts() -> None:
    values = np.repeat([0.0, 1.0, 2.0, 3.0], 25)  # four countries that differ, each with itself
    blocks = [[float(part.sum()), 25.0] for part in np.split(values, 4)]
    single = [[value, 1.0] for value in values]

    wide, narrow = block_interval(blocks), block_interval(single)

    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < values.mean() < narrow[1] < wide[1]


def test_an_interval_weighs_countries_by_their_forecasts() -> None:
    # means 1 and 2, of 3 and 1 forecasts: draws give 1, 2 or the pooled 5 / 4
    interval = block_interval([[3, 3], [2, 1]], share=0.2)
    assert interval == (1.25, 1.25)


def test_an_interval_needs_two_countries_and_a_score_in_every_draw() -> None:
    def undefined(totals: Values) -> Values:
        return np.full(len(totals), np.nan)

    assert block_interval([[1, 1]]) is None
    assert block_interval([[1, 1], [2, 1]], undefined) is None


def test_an_interval_is_the_same_each_time() -> None:
    blocks = np.random.default_rng(1).random((7, 2)) + 1
    assert block_interval(blocks) == block_interval(blocks)
    assert block_interval(blocks) != block_interval(blocks, seed=5)
