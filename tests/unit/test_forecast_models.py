"""Each model, the season, the pool and the mix, worked by hand on tiny series."""

from __future__ import annotations

import numpy as np
import pytest

from smartfin.analysis.forecast.baseline import fitted_baselines
from smartfin.analysis.forecast.course import LASTING, Grid, pass_over
from smartfin.analysis.forecast.damped import Damped
from smartfin.analysis.forecast.mix import MODELS, drawn_sizes, fitted_mix
from smartfin.analysis.forecast.model import Model
from smartfin.analysis.forecast.momentum import Momentum
from smartfin.analysis.forecast.pool import History, Pool, pool_of, shrinkage
from smartfin.analysis.forecast.prior import Prior, line_slope, mean_change
from smartfin.analysis.forecast.season import season_of
from smartfin.analysis.forecast.theta import Theta
from smartfin.analysis.forecast.wandering import Wandering
from smartfin.analysis.table import Figures

AS_IT_IS = Prior(np.zeros(1), np.ones(1))  # own growth, not shrunk


def column(*values: float) -> Figures:
    """A history of one series."""
    return np.array(values, dtype=float)[:, np.newaxis]


def one(alpha: float, beta: float = 0.0, phi: float = 1.0) -> Grid:
    """A grid of one triple."""
    return Grid(np.array([alpha]), np.array([beta]), np.array([phi]))


def ahead(model: Model, history: Figures, prior: Prior = AS_IT_IS, horizon: int = 2) -> list[float]:
    """What a model expects of the next quarters."""
    course = model.course(history, pass_over(history, model.grid), prior)
    expected: list[float] = course.ahead(horizon)[:, 0].tolist()
    return expected


def test_a_pass_learns_level_and_slope_from_each_surprise() -> None:
    passed = pass_over(column(1, 3), one(alpha=0.5, beta=0.25, phi=0.5))

    # of the history itself: said 0, then 0.5 + 0.125; of one unit of starting level: 1, 0.375
    assert passed.errors[:, 0, 0].tolist() == [1.0, 2.375]
    assert passed.errors[:, 1, 0].tolist() == [-1.0, -0.375]
    assert passed.level[:2, 0].tolist() == [1.8125, 0.1875]
    assert passed.slope[:2, 0].tolist() == [0.71875, -0.21875]


def test_after_a_gap_a_surprise_may_be_larger_and_teaches_more() -> None:
    passed = pass_over(column(0, np.nan, 1), one(alpha=0.5))

    # the level's variance is 1 noise, and grows by 0.5 unseen: gain 1.5 / 2.5
    assert passed.level[0, 0] == pytest.approx(0.6)
    assert passed.spread[:, 0].tolist() == [1.0, pytest.approx((2.5 / 2) ** 0.5)]


def test_theta_adds_half_of_the_slope_of_the_line() -> None:
    # slope 2, drift 1; least squares start the level at -1/3, and it ends at 10/3
    assert ahead(Theta(grid=one(0.5)), column(0, 2, 4)) == pytest.approx(
        [10 / 3 + 1, 10 / 3 + 1 + LASTING]
    )


def test_the_local_level_adds_the_whole_mean_change() -> None:
    assert ahead(Wandering(grid=one(0.5)), column(0, 2, 4)) == pytest.approx([6, 6 + 2 * LASTING])


def test_a_damped_trend_fades_from_quarter_to_quarter() -> None:
    model = Damped(grid=one(alpha=0.5, beta=0.1, phi=0.5))

    assert ahead(model, column(4, 6, 7)) == pytest.approx([7.5, 7.75])  # 8, 4, 2, 1, a half


def test_of_a_damped_trend_the_own_part_fades_and_the_pooled_part_lasts() -> None:
    model = Damped(grid=one(alpha=0.5, beta=0.1, phi=0.5))
    prior = Prior(growth=np.array([2.0]), weight=np.array([0.5]))

    said = ahead(model, column(4, 6, 7), prior)

    assert said == pytest.approx([7 + 0.25 + 1, 7 + 0.25 + 0.125 + 1 + LASTING])


def test_momentum_carries_a_share_of_the_newest_change_on() -> None:
    model = Momentum(grid=one(alpha=1.0, beta=1.0, phi=0.5))

    # mean change 1.5, the newest one 0.5 above it
    assert ahead(model, column(0, 1, 3)) == pytest.approx(
        [3 + 1.5 + 0.25, 3 + 1.5 + 0.25 + 1.5 * LASTING + 0.125]
    )


def test_growth_is_shrunk_to_that_of_the_group() -> None:
    prior = Prior(growth=np.array([2.0]), weight=np.array([0.25]))

    assert prior.shrunk(np.array([6.0])).tolist() == [3.0]


def test_slopes_bridge_what_is_not_known() -> None:
    history = column(1, 3, np.nan, np.nan, 9)

    assert line_slope(history).tolist() == pytest.approx([2.0])
    assert mean_change(history).tolist() == [2.0]


def test_the_better_a_triple_explains_the_history_the_more_it_counts() -> None:
    model = Theta(grid=Grid(np.array([0.1, 0.9]), np.zeros(2), np.ones(2)))
    jumped = column(*[0.0] * 6, *[10.0] * 6)

    course = model.course(jumped, pass_over(jumped, model.grid), AS_IT_IS)

    assert course.odds.sum() == pytest.approx(1)
    assert course.odds[0, 1] > 0.8


SEASON = np.array([1.0, -1.0, 2.0, -2.0])


def test_a_season_on_a_line_is_found_and_kept() -> None:
    quarters = np.arange(7, 19)  # the first is a fourth quarter
    history = (0.5 * quarters + SEASON[quarters % 4])[:, np.newaxis]

    season = season_of(history, 7)

    assert season.factors[:, 0].tolist() == pytest.approx(SEASON.tolist())
    assert season.kept.tolist() == pytest.approx([1.0])
    assert season.of(np.array([7, 8]))[:, 0].tolist() == pytest.approx([-2.0, 1.0])


def test_a_season_that_chance_explains_is_not_kept() -> None:
    noise = np.random.default_rng(3).normal(size=(16, 40))

    season = season_of(noise, 0)

    assert np.median(season.kept) < 0.2
    assert (season.factors[:, season.kept == 0] == 0).all()


def test_a_season_is_shrunk_to_that_of_the_group() -> None:
    quarters = np.arange(16)
    history = SEASON[quarters % 4][:, np.newaxis]
    pooled = np.array([[3.0], [-1.0], [0.0], [-2.0]])

    season = season_of(history, 0, pooled, weight=0.25)

    halfway = 0.25 * SEASON + 0.75 * pooled[:, 0]
    assert season.factors[:, 0].tolist() == pytest.approx(halfway.tolist())


def line_history(growth: float, quarters: int = 16, season: float = 1.0) -> History:
    """A straight line with a season, measured in tens."""
    ordinals = np.arange(quarters)
    values = growth * ordinals + season * SEASON[ordinals % 4]
    return History(values[:, np.newaxis], 0, np.array([10.0]))


def test_the_pool_takes_the_middle_growth_and_the_mean_season() -> None:
    pool = pool_of([line_history(1), line_history(2, season=4), line_history(90, season=4)])

    assert pool is not None
    assert pool.histories == 3
    # from the first to the last of sixteen quarters a season of 1 takes 3 of the change
    assert pool.growth.tolist() == pytest.approx([(2 * 15 - 4 * 3) / 15 / 10])
    assert pool.season[:, 0].tolist() == pytest.approx((3 * SEASON / 10).tolist())


def test_short_histories_have_no_say_and_one_alone_is_no_group() -> None:
    assert pool_of([line_history(1), line_history(2, quarters=7)]) is None
    assert pool_of([]) is None


def test_a_partner_is_told_of_the_group_in_its_own_measure() -> None:
    pool = Pool(growth=np.array([0.1, 0.1]), season=np.full((4, 2), 0.5), histories=2)

    told = shrinkage(pool, 8, np.array([1.0, 200.0]), np.array([1.0, 0.0]))

    assert told.prior.growth.tolist() == [0.1, 0.0]
    assert told.prior.weight.tolist() == [0.5, 0.0]
    assert told.own_season == 0.5
    assert told.season is not None
    assert told.season[0].tolist() == [0.5, 100.0]


def test_without_a_group_growth_is_shrunk_to_none() -> None:
    told = shrinkage(None, 24, np.array([200.0]), np.array([1.0]))

    assert told.prior.growth.tolist() == [0.0]
    assert told.prior.weight.tolist() == [0.75]
    assert told.season is None
    assert told.own_season == 1.0


def test_residuals_are_drawn_wider_than_fitted_and_outliers_cut_down() -> None:
    residuals = column(-1, 1, -1, 1, -100)

    drawn = drawn_sizes(residuals, np.array([0.19]))

    # 0.9 / sqrt(0.81) is one; the median distance is 1, so 4 x 1.4826 is the most
    assert drawn[:, 0].tolist() == pytest.approx([-1, 1, -1, 1, -4 * 1.4826])


def wavering(quarters: int = 24, series: int = 1) -> Figures:
    """A course that wanders."""
    return np.random.default_rng(4).normal(size=(quarters, series)).cumsum(axis=0)


def test_every_model_has_an_equal_share_of_the_futures() -> None:
    calm, paths = column(*[1.0] * 16), 300
    calm[-1] = 1.5  # the models disagree what is to be made of it

    mix = fitted_mix(calm, 15, AS_IT_IS)
    futures = np.empty((1, 1, paths))
    mix.fill(np.random.default_rng(1), futures)

    parts = futures.reshape(len(MODELS), -1).mean(axis=1)
    said = [expected[0, 0] for expected in mix.ahead(1)]
    assert parts.tolist() == pytest.approx(said, abs=0.1)
    assert len(mix.courses) == len(MODELS)


def test_surprises_of_series_that_go_together_are_drawn_together() -> None:
    course = wavering(40)
    together = np.column_stack([course, -3 * course])
    futures: Figures = np.empty((2, 1, 2000))

    mix = fitted_mix(together, 39, Prior(np.zeros(2), np.zeros(2)), models=(MODELS[0],))
    mix.fill(np.random.default_rng(1), futures)

    first, second = futures[:, 0]
    assert np.corrcoef(first, second).item(0, 1) < -0.8


def test_the_middle_of_the_futures_is_what_the_model_expects() -> None:
    mix = fitted_mix(wavering(40), 39, AS_IT_IS, models=(Theta(),))
    futures = np.empty((1, 8, 4000))
    mix.fill(np.random.default_rng(1), futures)

    assert futures[0].mean(axis=1).tolist() == pytest.approx(
        mix.ahead(8)[0][:, 0].tolist(), abs=0.25
    )


def test_the_baselines_are_last_year_again_and_last_year_and_a_change() -> None:
    quarters = np.arange(12)
    history = (quarters // 4 * 4.0 + SEASON[quarters % 4])[:, np.newaxis]
    futures = np.empty((1, 4, 10))

    baselines = fitted_baselines(history, 0, AS_IT_IS)
    baselines.fill(np.random.default_rng(1), futures)

    assert baselines.codes == ("seasonal-naive", "seasonal-drift")
    assert futures[0, :, 0].tolist() == pytest.approx((8 + SEASON).tolist())
    assert futures[0, :, 9].tolist() == pytest.approx((12 + SEASON).tolist())
