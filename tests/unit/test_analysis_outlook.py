"""The outlook: what is simulated, what is read off, when there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.analysis.forecast.drift import COVID, seasonal_drift, yearly_changes
from smartfin.analysis.forecast.drivers import past_of, pooled
from smartfin.analysis.forecast.futures import Futures
from smartfin.analysis.forecast.mix import MODELS
from smartfin.analysis.forecast.outlook import (
    FAN,
    Likelihood,
    NoOutlook,
    Outlook,
    likelihood,
    printed_probability,
)
from smartfin.analysis.forecast.simulation import futures_at, simulate_outlook
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings
from tests.unit.analysis_builders import BALANCED, steady, table_of

SETTINGS = OutlookSettings(paths=2000, seed=1, horizon=20)
LAST = Quarter.parse("2019-Q4")
DEADLINE = Quarter.parse("2020-Q4")


def outlook_of(
    table: pd.DataFrame, deadline: Quarter = DEADLINE, level: Level = Level.OSS
) -> Outlook:
    outlook = simulate_outlook(table, LAST.ordinal, deadline.ordinal, SETTINGS, level)
    assert isinstance(outlook, Outlook)
    return outlook


def obstacle_of(table: pd.DataFrame) -> NoOutlook:
    outlook = simulate_outlook(table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS)
    assert isinstance(outlook, NoOutlook)
    return outlook


def growing(growth: float, staff: float, noise: float = 0.0, quarters: int = 16) -> pd.DataFrame:
    """A partner whose volume grows by a fraction a year, at constant costs."""
    random = np.random.default_rng(5)
    volumes = 100_000 * (1 + growth) ** (np.arange(quarters) / 4 - quarters / 4 + 0.25)
    volumes = volumes * np.exp(random.normal(0, noise, quarters)) if noise else volumes
    rows = [
        {**BALANCED, "invoiced_volume": volume, "fee_revenue": 0.09 * volume,
         "bad_debt_expense": 0.01 * volume, "staff_costs": staff}
        for volume in volumes.tolist()
    ]  # fmt: skip
    return table_of(*rows, last=str(LAST))


def test_the_same_facts_and_seed_give_the_same_outlook() -> None:
    table = growing(0.1, 9_000, noise=0.05)

    assert outlook_of(table) == outlook_of(table)


def test_another_seed_gives_other_futures_and_nearly_the_same_probability() -> None:
    table = growing(0.1, 8_300, noise=0.05)
    other = replace(SETTINGS, seed=2)

    again = simulate_outlook(table, LAST.ordinal, DEADLINE.ordinal, other, Level.OSS)

    assert isinstance(again, Outlook)
    assert again.fan != outlook_of(table).fan
    assert again.probability == pytest.approx(outlook_of(table).probability, abs=0.05)


def test_a_history_without_surprises_has_one_future() -> None:
    outlook = outlook_of(growing(0.0, 8_500))
    coverage = 9_000 / (1_000 + 8_500)

    assert [list(row.coverage) for row in outlook.fan] == [pytest.approx([coverage] * 5)] * 8
    assert outlook.probability == 0.0
    assert outlook.volume_growth == pytest.approx(0.0)


def test_growth_goes_on_shrunk_and_half_of_it_as_theta_says() -> None:
    outlook = outlook_of(growing(0.1, 8_500))

    assert 0.025 < outlook.volume_growth < 0.09


def test_under_twelve_calm_quarters_only_the_baselines_speak() -> None:
    assert outlook_of(growing(0.1, 8_500, 0.02, 11)).models == ("seasonal-naive", "seasonal-drift")
    assert outlook_of(growing(0.1, 8_500, 0.02, 12)).models == tuple(m.code for m in MODELS)


def test_covid_quarters_are_none_of_the_twelve() -> None:
    table = steady(20, last="2022-Q4")  # fifteen of them calm
    end = table.index[-1]

    def models_of(first: int) -> tuple[str, ...]:
        said = simulate_outlook(table.iloc[first:], end, end + 4, SETTINGS, Level.OSS)
        assert isinstance(said, Outlook)
        return said.models

    assert models_of(3) == tuple(m.code for m in MODELS)
    assert models_of(4) == ("seasonal-naive", "seasonal-drift")


def test_covid_quarters_are_not_looked_at() -> None:
    end = Quarter.parse("2022-Q4").ordinal
    table = steady(32, last="2022-Q4")
    broken = table.copy()
    broken.loc[list(COVID), "invoiced_volume"] *= 0.3

    pasts = [past_of(each, Level.OSS).until(end) for each in (table, broken)]
    said = [futures_at(past, end, 4, SETTINGS, stream="ES") for past in pasts]

    assert isinstance(said[0], Futures)
    assert isinstance(said[1], Futures)
    assert (said[0].volume == said[1].volume).all()


def test_a_group_that_grows_lifts_a_partner_that_does_not() -> None:
    table = growing(0.0, 8_100, noise=0.02)
    group = [growing(growth, 8_500, noise=0.02) for growth in (0.3, 0.4, 0.5)]
    pool = pooled(group, LAST.ordinal, Level.OSS)

    lifted = simulate_outlook(table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS, pool=pool)

    assert isinstance(lifted, Outlook)
    assert pool is not None
    assert pool.histories == 3
    assert pool.growth[0] == pytest.approx(np.log(1.4) / 4, abs=0.01)
    assert lifted.volume_growth > outlook_of(table).volume_growth + 0.02
    assert lifted.probability > outlook_of(table).probability


def test_a_pool_knows_nothing_of_later_quarters() -> None:
    group = [growing(growth, 8_500, noise=0.02) for growth in (0.3, 0.4)]
    more = [pd.concat([each, steady(4, last=str(LAST + 4))]) for each in group]

    pools = [pooled(tables, LAST.ordinal, Level.OSS) for tables in (group, more)]

    assert pools[0] is not None
    assert pools[1] is not None
    assert (pools[0].growth == pools[1].growth).all()
    assert (pools[0].season == pools[1].season).all()


def test_an_outlook_is_read_off_the_futures_of_the_same_quarter() -> None:
    table = growing(0.1, 8_300, noise=0.05)

    past = past_of(table, Level.OSS).until(LAST.ordinal)
    futures = futures_at(past, LAST.ordinal, SETTINGS.horizon, SETTINGS)

    assert isinstance(futures, Futures)
    assert futures.volume.shape == (SETTINGS.horizon, SETTINGS.paths)
    assert outlook_of(table).probability == futures.reached[3].mean()


def test_it_lands_in_the_first_quarter_in_which_half_of_the_futures_are_there() -> None:
    table = growing(0.3, 8_200, noise=0.01)
    outlook = outlook_of(table)
    past = past_of(table, Level.OSS).until(LAST.ordinal)
    futures = futures_at(past, LAST.ordinal, SETTINGS.horizon, SETTINGS)

    assert isinstance(futures, Futures)
    shares = futures.reached.mean(axis=1).tolist()
    first = next(ahead for ahead, share in enumerate(shares, start=1) if share >= 0.5)
    assert outlook.landing.middle == LAST + first


def test_a_partner_at_breakeven_has_landed_and_needs_no_money() -> None:
    outlook = outlook_of(growing(0.1, 1_000, noise=0.05))

    assert outlook.landing.middle == LAST
    assert outlook.money_needed == outlook.money_needed_80 == 0
    assert not outlook.needed_paths.any()


def test_a_partner_out_of_reach_lands_nowhere_within_the_horizon() -> None:
    outlook = outlook_of(growing(0.0, 20_000, noise=0.02))

    assert outlook.landing.early is None
    assert outlook.probability == 0
    assert outlook.money_needed == pytest.approx(20 * 12_000, rel=0.2)
    assert outlook.money_needed_80 >= outlook.money_needed


def test_the_range_of_the_landing_surrounds_its_middle() -> None:
    landing = outlook_of(growing(0.3, 8_800, noise=0.03)).landing

    assert landing.early is not None
    assert landing.middle is not None
    assert landing.early < landing.middle
    assert landing.late is None or landing.middle <= landing.late


def test_by_the_deadline_is_at_least_as_likely_as_in_the_deadline_quarter() -> None:
    outlook = outlook_of(growing(0.0, 8_050, noise=0.08), LAST + 8)

    assert outlook.probability_by > outlook.probability > 0


def test_the_probability_is_about_the_deadline_until_that_is_reported() -> None:
    table = growing(0.1, 9_000)

    assert outlook_of(table, LAST + 1).target == LAST + 1
    assert outlook_of(table, LAST).target == LAST + 4
    assert outlook_of(table, LAST + -3).target == LAST + 4


def test_a_deadline_beyond_the_horizon_is_still_looked_at() -> None:
    outlook = outlook_of(growing(0.1, 9_000, noise=0.05), LAST + 30)

    assert outlook.target == LAST + 30
    assert len(outlook.fan) == 30


def test_the_fan_widens_and_its_borders_are_in_order() -> None:
    fan = outlook_of(growing(0.1, 9_000, noise=0.06)).fan
    widths = [row.coverage[-1] - row.coverage[0] for row in fan]

    assert all(list(row.coverage) == sorted(row.coverage) for row in fan)
    assert widths[7] > widths[3] > widths[0]
    assert [row.quarter for row in fan] == [LAST + ahead for ahead in range(1, 9)]


def test_the_fan_of_a_chart_has_a_column_for_each_border() -> None:
    frame = outlook_of(growing(0.1, 9_000)).fan_frame()

    assert list(frame.columns) == ["p10", "p25", "p50", "p75", "p90"]
    assert len(FAN) == len(frame.columns)
    assert frame.index[0] == LAST.ordinal + 1


def test_a_dearer_fee_of_the_newest_quarter_is_kept() -> None:
    table = growing(0.0, 8_500)
    table.loc[LAST.ordinal, "fee_revenue"] = 0.10 * float(table["invoiced_volume"].iloc[-1])

    outlook = outlook_of(table)

    assert outlook.take_rate == pytest.approx(0.10)
    assert outlook.probability == 1


def test_support_counts_at_the_supported_level_only() -> None:
    table = growing(0.0, 9_000).assign(operating_grants=2_000.0)

    assert outlook_of(table, level=Level.SUPPORTED).probability == 1
    assert outlook_of(table).probability == 0


def test_later_quarters_are_not_looked_at() -> None:
    table = growing(0.1, 9_000, noise=0.05)
    more = pd.concat([table, steady(3, {"staff_costs": 1.0}, last=str(LAST + 3))])

    assert outlook_of(more) == outlook_of(table)


def test_under_eight_quarters_there_is_none() -> None:
    obstacle = obstacle_of(steady(7, last=str(LAST)))

    assert obstacle.reason is Reason.HISTORY_TOO_SHORT
    assert obstacle.facts == {"quarters": 7, "needed": 8}


def test_with_eight_quarters_there_is_one() -> None:
    assert outlook_of(steady(8, last=str(LAST))).history == 8


def test_one_yearly_change_is_never_enough_whatever_the_setting() -> None:
    table = steady(5, last=str(LAST))

    obstacle = simulate_outlook(table, LAST.ordinal, LAST.ordinal, SETTINGS, Level.OSS, needed=1)

    assert isinstance(obstacle, NoOutlook)
    assert obstacle.reason is Reason.TOO_FEW_CALM_QUARTERS
    assert obstacle.facts == {"quarters": 1, "needed": 2}


def test_covid_quarters_count_as_history_and_not_as_calm_ones() -> None:
    end = Quarter.parse("2021-Q4")  # twelve quarters, of which three yearly changes are calm

    obstacle = simulate_outlook(
        steady(12, last=str(end)), end.ordinal, end.ordinal, SETTINGS, Level.OSS
    )
    later = simulate_outlook(
        steady(13, last=str(end + 1)), end.ordinal + 1, end.ordinal, SETTINGS, Level.OSS
    )

    assert isinstance(obstacle, NoOutlook)
    assert obstacle.reason is Reason.TOO_FEW_CALM_QUARTERS
    assert obstacle.facts == {"quarters": 3, "needed": 4}
    assert isinstance(later, Outlook)
    assert later.history == 13


def test_a_gap_is_no_history() -> None:
    obstacle = obstacle_of(table_of(*[BALANCED] * 3, {}, *[BALANCED] * 4, last=str(LAST)))

    assert obstacle.reason is Reason.HISTORY_TOO_SHORT
    assert obstacle.facts == {"quarters": 7, "needed": 8}


def test_without_volume_there_is_none() -> None:
    table = steady(9, last=str(LAST))
    table.loc[LAST.ordinal, ["invoiced_volume", "fee_revenue"]] = 0.0

    assert obstacle_of(table).reason is Reason.NO_VOLUME


def test_a_missing_quarter_among_the_last_four_leaves_none() -> None:
    table = table_of(*[BALANCED] * 8, {}, BALANCED, last=str(LAST))

    assert obstacle_of(table).reason is Reason.QUARTERS_MISSING


def test_a_gap_long_ago_is_bridged() -> None:
    table = table_of(*[BALANCED] * 4, {}, *[BALANCED] * 8, last=str(LAST))

    assert outlook_of(table).history == 12


def test_nothing_known_is_a_reason_too() -> None:
    assert obstacle_of(steady(4).iloc[:0]).reason is Reason.NOTHING_KNOWN


def test_covid_quarters_are_left_out_and_bridged_by_the_years_they_span() -> None:
    first = Quarter.parse("2019-Q1").ordinal
    history = np.arange(16, dtype=float)[:, np.newaxis]  # up to 2022-Q4, one more a quarter
    history[np.isin(first + np.arange(16), COVID)] = -1000.0

    found = yearly_changes(history, first)
    model = seasonal_drift(history, first)

    ends = [str(Quarter.from_ordinal(first + 15 - age)) for age in found.ages]
    assert ends == ["2020-Q1", "2021-Q3", "2021-Q4", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]
    assert found.years.tolist() == [1, 2, 2, 2, 3, 1, 1]
    assert model.drift.tolist() == [4.0]
    assert model.residuals.ravel().tolist() == [0.0] * 7


def test_young_changes_weigh_more_than_old_ones() -> None:
    slowing = np.concatenate([np.arange(8) * 2.0, 14 + np.arange(1, 5) * 0.5])[:, np.newaxis]

    drift = seasonal_drift(slowing, 0).drift[0]

    changes = slowing[4:, 0] - slowing[:-4, 0]
    assert changes.min() < drift < changes.mean()


def test_money_is_needed_until_a_future_lands_and_not_after() -> None:
    result = np.array([[-5.0, -5.0], [-5.0, -5.0], [8.0, -5.0], [-90.0, -5.0]])
    income = np.concatenate([np.zeros((3, 2)), result])
    reached = np.array([[False, False], [False, False], [True, False], [False, False]])

    futures = Futures(income, np.zeros((7, 2)), reached, np.ones((4, 2)))

    assert futures.money_needed(4).tolist() == [10.0, 20.0]


def test_the_money_each_future_needs_is_what_the_quantiles_are_of() -> None:
    outlook = outlook_of(growing(0.15, 9_500, noise=0.06))

    assert outlook.needed_paths.shape == (SETTINGS.paths,)
    assert outlook.money_needed == np.quantile(outlook.needed_paths, 0.5)
    assert outlook.money_needed_80 == np.quantile(outlook.needed_paths, 0.8)
    with pytest.raises(ValueError, match="read-only"):
        outlook.needed_paths[0] = 0.0


def test_partners_with_equal_books_do_not_have_their_luck_in_the_same_futures() -> None:
    table = growing(0.15, 9_500, noise=0.06)
    drawn = {
        code: simulate_outlook(
            table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS, stream=code
        )
        for code in ("ES", "SE")
    }
    again = simulate_outlook(
        table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS, stream="ES"
    )
    spain, sweden = drawn["ES"], drawn["SE"]

    assert isinstance(spain, Outlook)
    assert isinstance(sweden, Outlook)
    assert again == spain
    assert spain.probability == pytest.approx(sweden.probability, abs=0.05)
    together = np.corrcoef(spain.needed_paths, sweden.needed_paths)[0, 1]
    assert abs(together) < 0.1


@pytest.mark.parametrize("volume", [100_000, 123_457, 987_654.32, 31_415_926.5])
def test_a_future_that_is_nil_but_for_rounding_is_at_breakeven(volume: float) -> None:
    quarter = {"invoiced_volume": volume, "fee_revenue": 0.09 * volume}
    costs = {"bad_debt_expense": 0.013 * volume, "staff_costs": 0.09 * volume - 0.013 * volume}

    assert outlook_of(steady(8, {**quarter, **costs}, last=str(LAST))).probability == 1


@given(share=st.floats(0, 1))
def test_a_printed_probability_is_near_in_steps_of_five_and_never_certain(share: float) -> None:
    printed = printed_probability(share)

    assert 0.02 <= printed <= 0.98
    assert abs(printed - share) <= 0.025 + 1e-9
    assert printed in {0.02, 0.98} or (printed * 20) % 1 == pytest.approx(0, abs=1e-9)


def test_half_a_step_is_rounded_up() -> None:
    assert [printed_probability(share) for share in (0.3249, 0.325, 0.6249, 0.625)] == [
        0.30,
        0.35,
        0.60,
        0.65,
    ]


def test_the_words_change_at_their_borders() -> None:
    words = {share: likelihood(share) for share in (0.05, 0.10, 0.30, 0.35, 0.60, 0.65, 0.9, 0.95)}

    assert words == {
        0.05: Likelihood.REMOTE,
        0.10: Likelihood.UNLIKELY,
        0.30: Likelihood.UNLIKELY,
        0.35: Likelihood.OPEN,
        0.60: Likelihood.OPEN,
        0.65: Likelihood.LIKELY,
        0.9: Likelihood.LIKELY,
        0.95: Likelihood.VERY_LIKELY,
    }
