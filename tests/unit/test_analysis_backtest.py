"""The back-test: nothing of the future is looked at, and every score is of what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.backtest import (
    HORIZONS,
    MIX_FROM,
    NAIVE_FROM,
    Backtest,
    Era,
    Forecast,
    Model,
    Score,
    roll,
)
from smartfin.analysis.backtest.forecasts import Course, Foreseen, scored_forecasts
from smartfin.analysis.backtest.naive import seasonal_naive
from smartfin.analysis.backtest.report import backtest_of
from smartfin.analysis.backtest.scored import bins_of, scores_of
from smartfin.analysis.forecast.outlook import Likelihood
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings
from tests.unit.analysis_builders import BALANCED, steady, table_of

SETTINGS = OutlookSettings(paths=200, seed=1, horizon=20)
FIRST = Quarter.parse("2012-Q1").ordinal
GIVEN = Forecast(
    partner="ES",
    origin=FIRST,
    horizon=1,
    model=Model.MIX,
    volume_error=1.0,
    result_error=1.0,
    crps=0.1,
    probability=0.5,
    happened=True,
    within_half=True,
    within_most=True,
)


def moving(quarters: int, seed: int, last: str = "2019-Q4") -> pd.DataFrame:
    """A partner whose volume grows unevenly towards break-even."""
    random = np.random.default_rng(seed)
    volumes = (
        60_000 * 1.015 ** np.arange(quarters) * np.exp(0.05 * random.standard_normal(quarters))
    )
    rows = [
        {
            **BALANCED,
            "invoiced_volume": volume,
            "fee_revenue": 0.09 * volume,
            "bad_debt_expense": 0.01 * volume,
        }
        for volume in volumes
    ]
    return table_of(*rows, last=last)


def rolled(tables: dict[str, pd.DataFrame]) -> Backtest:
    backtest = roll(tables, SETTINGS, Level.OSS)
    assert backtest is not None
    return backtest


def naive_twin(forecast: Forecast, **changed: float) -> Forecast:
    return replace(forecast, model=Model.NAIVE, **changed)  # type: ignore[arg-type]


def test_a_forecast_is_scored_by_hand() -> None:
    # Known: volume 100, 110, 120, 130, then 104, 114, 124, 134: steps of 4. The result went
    # from -20 to -12 in a year: one step of 8. Next: volume 108, result 2, coverage 1.02.
    course = Course(
        partner="ES",
        first=FIRST,
        volume=np.array([100.0, 110, 120, 130, 104, 114, 124, 134, 108]),
        result=np.array([np.nan, np.nan, np.nan, -20, -18, -16, -14, -12, 2]),
        coverage=np.array([np.nan] * 8 + [1.02]),
    )
    seen = Foreseen(
        volume=np.array([[106.0, 102, 107, 102, 110], [1, 1, 1, 1, 1]]),
        income=np.array([[90.0, 95, 98, 101, 105], [1, 1, 1, 1, 1]]),
        costs=np.full((2, 5), 100.0),
    )

    (forecast,) = scored_forecasts(course, FIRST + 7, Model.MIX, seen)

    assert (forecast.origin, forecast.horizon) == (FIRST + 7, 1)
    assert forecast.volume_error == pytest.approx((108 - 106) / 4)
    assert forecast.result_error == pytest.approx((2 - -2) / 8)
    # distances .12 .07 .04 .01 .03, pairs: 2 x (5 8 11 15 3 6 10 3 7 4) / 25 hundredths
    assert forecast.crps == pytest.approx(0.27 / 5 - 1.44 / 25 / 2)
    assert forecast.probability == 0.4
    assert forecast.happened
    assert not forecast.within_half  # 0.95 to 1.01
    assert forecast.within_most  # 0.90 to 1.05


def test_a_series_that_never_moved_has_no_scaled_error() -> None:
    course = Course("ES", FIRST, np.full(9, 5.0), np.full(9, -1.0), np.full(9, 0.9))
    seen = Foreseen(np.full((1, 4), 6.0), np.full((1, 4), 9.0), np.full((1, 4), 10.0))

    (forecast,) = scored_forecasts(course, FIRST + 7, Model.MIX, seen)

    assert np.isnan(forecast.volume_error)
    assert scores_of([forecast]).estimates[Score.VOLUME].value.reason is Reason.NOTHING_KNOWN
    assert forecast.crps == pytest.approx(0)


def test_the_naive_says_the_same_quarter_a_year_before() -> None:
    history = np.array([[100.0], [110], [120], [130], [104], [113], [126], [131]])
    naive = seasonal_naive(history, FIRST)
    assert naive is not None
    paths = np.empty((1, 8, 4000))
    naive.fill(np.random.default_rng(1), paths)

    assert paths[0].mean(axis=1) == pytest.approx([104, 113, 126, 131] * 2, abs=0.4)
    # errors are the changes 4 3 6 1, and those of two years add up
    assert paths[0, :4].std(axis=1) == pytest.approx(np.sqrt([15.5] * 4), rel=0.05)
    assert paths[0, 4:].std(axis=1) == pytest.approx(np.sqrt([31] * 4), rel=0.05)


def test_the_naive_wants_a_known_year_and_two_changes() -> None:
    assert seasonal_naive(np.full((5, 1), 1.0), FIRST) is None
    assert seasonal_naive(np.full((6, 1), 1.0), FIRST) is not None
    assert seasonal_naive(np.array([[1.0]] * 7 + [[np.nan]]), FIRST) is None


def test_first_origins_and_horizons() -> None:
    backtest = rolled({"ES": moving(22, 1)})
    first = Quarter.parse("2019-Q4").ordinal - 21

    origins = sorted({each.origin for each in backtest.forecasts})
    assert origins == list(range(first + MIX_FROM - 1, first + 21))
    assert [each.mix.count for each in backtest.horizons] == list(range(10, 2, -1))
    assert [each.naive.count for each in backtest.horizons] == list(range(10, 2, -1))
    assert [each.count for each in backtest.early] == list(range(22 - NAIVE_FROM, 6, -1))
    assert backtest.origins == 10
    assert backtest.together.mix.count == sum(range(3, 11))


@pytest.mark.parametrize("quarters", [0, 1, 8, MIX_FROM])
def test_without_an_outlook_that_met_its_quarter_there_is_none(quarters: int) -> None:
    table = moving(quarters, 1) if quarters else steady(1).iloc[:0]
    assert roll({"ES": table}, SETTINGS, Level.OSS) is None
    assert roll({}, SETTINGS, Level.OSS) is None


def test_no_forecast_looks_at_what_came_after_it() -> None:
    tables = {"ES": moving(24, 1), "IT": moving(24, 2)}
    cut = int(tables["ES"].index[17])
    changed = {partner: table.copy() for partner, table in tables.items()}
    for table in (*tables.values(), *changed.values()):
        table["fee_rate"] = 9.0
    for table in changed.values():
        table.loc[table.index > cut, "fee_rate"] = 12.0
        table.loc[table.index > cut, "invoiced_volume"] *= 7
        table.loc[table.index > cut, "staff_costs"] *= 3

    before, after = (
        {
            (each.partner, each.origin, each.horizon): each
            for each in rolled(some).forecasts
            if each.origin <= cut
        }
        for some in (tables, changed)
    )

    assert len(before) > 20
    assert {key: each.probability for key, each in before.items()} == {
        key: each.probability for key, each in after.items()
    }
    due = [key for key in before if key[1] + key[2] <= cut]
    assert [before[key] for key in due] == [after[key] for key in due]
    assert any(before[key] != after[key] for key in before if key not in due)


def test_a_quarter_without_figures_is_no_outcome() -> None:
    table = moving(24, 1)
    gap = int(table.index[20])
    table.loc[gap] = np.nan

    due = {each.origin + each.horizon for each in rolled({"ES": table}).forecasts}

    assert due == set(range(int(table.index[12]), gap))


def test_outlooks_made_in_covid_quarters_count_apart() -> None:
    backtest = rolled({"ES": moving(40, 3, last="2022-Q4")})
    covid = range(Quarter.parse("2020-Q2").ordinal, Quarter.parse("2021-Q2").ordinal + 1)

    assert not {each.origin for each in backtest.forecasts} & set(covid)
    counts = {era: compared.mix.count for era, compared in backtest.eras.items()}
    assert counts[Era.WITHIN] == 8 + 8 + 8 + 7 + 6
    assert counts[Era.AFTER] == sum(range(1, 6))
    assert counts[Era.OVERTAKEN] == sum(range(1, 9))  # of the 8 quarters before it
    counted = counts[Era.BEFORE] + counts[Era.OVERTAKEN] + counts[Era.AFTER]
    assert backtest.together.mix.count == counted


def test_worse_than_the_naive_is_said_for_each_horizon_and_score() -> None:
    made = [
        GIVEN,
        naive_twin(GIVEN, volume_error=0.9),
        replace(GIVEN, horizon=2),
        naive_twin(replace(GIVEN, horizon=2), probability=0.8, crps=0.1),
    ]
    backtest = backtest_of(made)

    assert backtest is not None
    assert [(each.horizon, each.score) for each in backtest.worse_than_naive] == [
        (1, Score.VOLUME),
        (2, Score.BRIER),
    ]


def test_both_models_are_scored_on_the_same_cases() -> None:
    alone = naive_twin(replace(GIVEN, origin=FIRST - 4), crps=9.0)
    backtest = backtest_of([GIVEN, naive_twin(GIVEN), alone])

    assert backtest is not None
    assert backtest.horizons[0].naive.value(Score.CRPS) == pytest.approx(0.1)
    assert backtest.early[0].count == 2


def test_scores_by_hand() -> None:
    second = replace(GIVEN, partner="IT", probability=0.2, happened=False, within_half=False)
    third = replace(second, probability=0.9, happened=True, crps=0.4, volume_error=float("nan"))
    scored = scores_of([GIVEN, second, third])

    assert (scored.count, scored.partners, scored.happened) == (3, 2, 2)
    assert scored.value(Score.CRPS) == pytest.approx(0.6 / 3)
    assert scored.value(Score.VOLUME) == pytest.approx(1)
    assert scored.value(Score.BRIER) == pytest.approx((0.25 + 0.04 + 0.01) / 3)
    assert scored.value(Score.SKILL) == pytest.approx(1 - 0.1 / (2 / 9))
    assert scored.value(Score.HALF) == pytest.approx(1 / 3)
    # countries drawn anew: ES twice 0.1, IT twice 0.25, or all three together
    assert scored.estimates[Score.CRPS].interval == pytest.approx((0.1, 0.25))


def test_one_country_gives_no_interval() -> None:
    estimates = scores_of([GIVEN, replace(GIVEN, horizon=2)]).estimates
    assert {estimate.interval for estimate in estimates.values()} == {None}


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.02, Likelihood.REMOTE),
        (0.1, Likelihood.UNLIKELY),
        (0.35, Likelihood.OPEN),
        (0.65, Likelihood.LIKELY),
        (0.9, Likelihood.LIKELY),
        (0.95, Likelihood.VERY_LIKELY),
        (0.98, Likelihood.VERY_LIKELY),
    ],
)
def test_bins_are_the_words_of_the_outlook(probability: float, word: Likelihood) -> None:
    bins = bins_of([replace(GIVEN, probability=probability)])

    assert [each.word for each in bins] == list(Likelihood)
    assert [each.word for each in bins if each.row.count] == [word]
    assert [each.partners for each in bins if each.row.count] == [1]


def test_what_a_word_was_worth_at_a_distance() -> None:
    made = [
        replace(GIVEN, probability=0.7, horizon=4),
        replace(GIVEN, probability=0.8, horizon=4, partner="IT", happened=False),
        replace(GIVEN, probability=0.7, horizon=8),
    ]
    backtest = backtest_of([*made, *(naive_twin(each) for each in made)])

    assert backtest is not None
    given = backtest.given(Likelihood.LIKELY, 4)
    assert (given.row.count, given.happened, given.partners) == (2, 1, 2)
    assert backtest.given(Likelihood.LIKELY, 20).row.count == 1  # as of the furthest tried
    assert backtest.given(Likelihood.REMOTE, 4).row.count == 0


def test_the_same_facts_give_the_same_back_test() -> None:
    tables = {"ES": moving(20, 1), "IT": moving(18, 2)}
    first, second = rolled(tables), rolled(tables)
    assert first.forecasts == second.forecasts
    assert first.together.naive == second.together.naive


def test_all_horizons_are_there_however_short_the_history() -> None:
    backtest = rolled({"ES": moving(14, 1)})
    assert len(backtest.horizons) == len(backtest.early) == HORIZONS
    assert backtest.horizons[-1].mix.count == 0
    assert backtest.horizons[-1].mix.value(Score.BRIER) is None
