"""Scenarios: the same draws, what each lever and event does to them, what is read off."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.forecast.outlook import NoOutlook, Outlook
from smartfin.analysis.forecast.simulation import simulate_outlook
from smartfin.analysis.scenario.draw import Draw, draw_of, lever_range
from smartfin.analysis.scenario.goal import chance_of
from smartfin.analysis.scenario.simulate import Scenario, scenario_of
from smartfin.analysis.scenario.social import EffectCode
from smartfin.fee import FeeVote
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.scenario import (
    LEVERS,
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    Lever,
    LeverCode,
    LeverSetting,
)
from smartfin.settings import Level
from tests.unit.scenario_builders import (
    DEADLINE,
    LAST,
    NEXT,
    SETTINGS,
    drawn,
    happens,
    moved,
    uneven,
    whole,
)

VOTES = (FeeVote(NEXT + 1, 8.4, "assembly", LAST.end),)


def of(table: pd.DataFrame, changes: Changes, level: Level = Level.OSS) -> Scenario:
    return scenario_of(drawn(table, level), changes)


def gained(changes: Changes, level: Level = Level.OSS) -> float:
    """What changes add to the four quarters to the target, where there is one future."""
    draw = drawn(whole(), level)
    before, after = (scenario_of(draw, each).mean.result for each in (NO_CHANGES, changes))
    return round(after - before, 6)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("deadline", [LAST + 1, LAST + 4, LAST + 25, LAST])
def test_nothing_changed_is_the_outlook_to_the_last_digit(level: Level, deadline: Quarter) -> None:
    table, ordinals = uneven(), (LAST.ordinal, deadline.ordinal)
    outlook = simulate_outlook(table, *ordinals, SETTINGS, level, stream="AT", votes=VOTES)
    draw = draw_of(table, *ordinals, SETTINGS, level, stream="AT", votes=VOTES)
    assert isinstance(draw, Draw)
    assert isinstance(outlook, Outlook)
    at_nil = Changes(tuple(LeverSetting(code, 0.0, NEXT, 2) for code in LeverCode))

    for changes in (NO_CHANGES, at_nil):
        scenario = scenario_of(draw, changes)
        assert scenario.outlook == outlook
        assert np.array_equal(scenario.outlook.needed_paths, outlook.needed_paths)
        assert chance_of(draw, changes) == outlook.probability


def test_the_chance_alone_is_that_of_the_whole_scenario() -> None:
    for deadline in (LAST + 2, LAST + 7):
        draw = drawn(uneven(), deadline=deadline)
        changes = Changes(
            (
                LeverSetting(LeverCode.VOLUME_GROWTH, 0.04, NEXT, 3),
                LeverSetting(LeverCode.ADVISERS_PER_MEMBER, -0.1, NEXT),
                LeverSetting(LeverCode.VARIABLE_RATE, -0.001, NEXT),
            ),
            (Event(EventKind.FEE_VOTE, NEXT, 8.2),),
        )
        assert chance_of(draw, changes) == scenario_of(draw, changes).outlook.probability


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.code.value)
@pytest.mark.parametrize(
    "table", [uneven(), uneven(7_500, -0.05, 4), whole()], ids=["open", "shrinking", "steady"]
)
def test_more_of_what_helps_never_harms(lever: Lever, table: pd.DataFrame) -> None:
    draw = drawn(table, Level.SUPPORTED)
    reach = lever_range(draw, lever.code)
    amounts = np.linspace(reach.low, reach.high, 9) * lever.helps
    scenarios = [scenario_of(draw, moved(lever.code, amount)) for amount in sorted(amounts)]
    if lever.helps < 0:
        scenarios.reverse()

    results = [scenario.mean.result for scenario in scenarios]
    chances = [scenario.outlook.probability for scenario in scenarios]
    assert all(np.diff(results) >= -1e-6), results
    assert results[-1] > results[0]
    assert all(np.diff(chances) >= 0), chances


def test_growth_harms_where_an_adviser_costs_more_than_volume_brings_in() -> None:
    draw = drawn(whole({"adviser_costs": 7_500, "staff_costs": 8_000}))

    results = [
        scenario_of(draw, moved(LeverCode.VOLUME_GROWTH, amount)).mean.result
        for amount in (0.0, 0.1)
    ]
    assert results[1] < results[0]


def test_what_each_lever_adds_by_hand() -> None:
    factors = [1.1 ** (quarter / 4) for quarter in (1, 2, 3, 4)]
    more = sum(factors) - 4
    levers = LeverCode
    assert gained(moved(levers.FEE, 0.01)) == 4_000
    assert gained(moved(levers.FEE, 0.01, NEXT + 2)) == 2_000
    assert gained(moved(levers.FEE, 0.01, NEXT, ramp=3)) == 1_000 * (0.25 + 0.5 + 0.75 + 1)
    assert gained(moved(levers.VARIABLE_RATE, -0.002)) == 800
    assert gained(moved(levers.VARIABLE_RATE, -0.05)) == 4_000  # not below nil
    assert gained(moved(levers.ADVISERS_PER_MEMBER, -0.1)) == 1_200
    assert gained(moved(levers.MEMBER_SERVICES, -0.5)) == 2_000
    assert gained(moved(levers.OTHER_FIXED, -0.1)) == 2_000  # of 3,000 + 1,600 + 400 a quarter
    assert gained(moved(levers.OTHER_INCOME, 1_000)) == 1_000
    assert gained(moved(levers.OTHER_INCOME, -9_000)) == -4_000  # not below nil
    assert gained(moved(levers.SUPPORT, 1_000)) == 0
    assert gained(moved(levers.SUPPORT, 1_000), Level.SUPPORTED) == 1_000
    # 8 % less 1 % less the 3 % that advisers take:
    assert gained(moved(levers.VOLUME_GROWTH, 0.1)) == pytest.approx(0.04 * 100_000 * more)


def test_advisers_of_new_volume_are_as_dear_as_all_the_others() -> None:
    both = Changes(
        (
            LeverSetting(LeverCode.VOLUME_GROWTH, 0.1, NEXT),
            LeverSetting(LeverCode.ADVISERS_PER_MEMBER, -0.5, NEXT),
        )
    )
    more = sum(1.1 ** (quarter / 4) for quarter in (1, 2, 3, 4)) - 4

    assert gained(both) == pytest.approx((0.07 - 0.015) * 100_000 * more + 6_000)


def test_advisers_that_nobody_reports_are_left_out_and_it_is_said() -> None:
    table = whole().drop(columns=["adviser_costs"])
    draw = drawn(table)
    grown = scenario_of(draw, moved(LeverCode.VOLUME_GROWTH, 0.1))
    cut = scenario_of(draw, moved(LeverCode.ADVISERS_PER_MEMBER, -0.1))
    other = scenario_of(draw, moved(LeverCode.OTHER_FIXED, -0.1))

    assert not grown.advisers_counted
    assert grown.mean.fixed == pytest.approx(36_000)
    ((lever, why),) = cut.without_effect
    assert (lever, why.reason) == (LeverCode.ADVISERS_PER_MEMBER, Reason.ITEM_MISSING)
    assert cut.outlook == scenario_of(draw, NO_CHANGES).outlook
    assert other.mean.fixed == pytest.approx(36_000 - 800)  # the team is spared


def test_what_each_event_does_by_hand() -> None:
    hire = Event(EventKind.HIRE, NEXT + 1, 8_000.0)
    rent = Event(EventKind.RENT, NEXT, 4_000.0, until=NEXT + 1)
    grant = Event(EventKind.GRANT, NEXT + 2, 900.0)
    assert gained(happens(hire)) == -6_000
    assert gained(happens(rent)) == -2_000
    assert gained(happens(rent, rent)) == -4_000
    assert gained(happens(grant)) == 0
    assert gained(happens(grant), Level.SUPPORTED) == 900
    assert gained(happens(Event(EventKind.FEE_VOTE, NEXT + 2, 9.0))) == 2_000


def test_a_vote_of_the_scenario_goes_through_the_arithmetic_of_votes_taken() -> None:
    table = uneven()
    vote = FeeVote(NEXT + 1, 8.4, "assembly", LAST.end)
    taken = simulate_outlook(
        table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS, votes=(vote,)
    )
    asked = of(table, happens(Event(EventKind.FEE_VOTE, NEXT + 1, 8.4, label="assembly")))

    assert isinstance(taken, Outlook)
    assert asked.outlook.votes == taken.votes
    assert asked.outlook.probability == taken.probability


def test_a_vote_of_the_same_quarter_stands_in_for_the_one_taken() -> None:
    draw = drawn(whole(), votes=(FeeVote(NEXT, 9.0, "assembly", LAST.end),))
    instead = happens(Event(EventKind.FEE_VOTE, NEXT, 8.5))

    assert scenario_of(draw, instead).mean.fee_income == pytest.approx(34_000)


def test_the_lever_comes_on_top_of_votes() -> None:
    draw = drawn(whole(), votes=(FeeVote(NEXT, 9.0, "assembly", LAST.end),))

    assert scenario_of(draw, moved(LeverCode.FEE, 0.005)).mean.fee_income == pytest.approx(38_000)


def test_what_was_due_in_reported_quarters_is_in_the_figures() -> None:
    past = LAST + -2
    over = Changes(
        (LeverSetting(LeverCode.FEE, 0.01, past, 1),),
        (Event(EventKind.HIRE, past, 8_000.0), Event(EventKind.FEE_VOTE, past, 9.0)),
    )
    assert gained(over) == 0
    assert of(whole(), over).over == (*over.levers, *over.events)
    # The half of the lever that is still to come, and the post that ends:
    assert gained(moved(LeverCode.FEE, 0.01, LAST, ramp=1)) == 2_000
    ending = Event(EventKind.HIRE, past, 8_000.0, until=NEXT + 1)
    assert gained(happens(ending)) == 4_000
    assert of(whole(), happens(ending)).over == ()


def test_growth_that_began_goes_on() -> None:
    assert gained(moved(LeverCode.VOLUME_GROWTH, 0.1, LAST + -8)) == gained(
        moved(LeverCode.VOLUME_GROWTH, 0.1)
    )


def test_the_mean_statement_adds_up_and_the_median_is_of_each_line() -> None:
    scenario = of(uneven(), moved(LeverCode.FEE, 0.005))
    mean = scenario.mean

    assert mean.result == pytest.approx(
        mean.fee_income + mean.other_income - mean.variable - mean.fixed
    )
    assert scenario.median.volume == pytest.approx(mean.volume, rel=0.05)
    assert (scenario.median.result >= 0) == (scenario.outlook.probability >= 0.5)


def test_free_cash_is_what_there_is_and_what_comes() -> None:
    cash = of(whole(), NO_CHANGES).cash

    # 4,000 free; each quarter loses 1,000 but for 400 of depreciation.
    assert cash.today.value == 4_000
    assert [round(each.median) for each in cash.quarters[:3]] == [3_400, 2_800, 2_200]
    assert cash.quarters[0].low == cash.quarters[0].median
    assert cash.runs_out == LAST + 7


def test_support_moves_cash_whatever_the_level() -> None:
    voted = {NEXT: 600.0, NEXT + 1: 600.0}
    changes = Changes(
        (LeverSetting(LeverCode.SUPPORT, 400.0, NEXT + 1),),
        (Event(EventKind.GRANT, NEXT + 1, 50.0),),
    )
    for level in Level:
        cash = scenario_of(drawn(whole(), level, support=voted), changes).cash
        assert [round(each.median) for each in cash.quarters[:3]] == [4_000, 4_150, 3_650]


def test_depreciation_that_is_cut_is_no_cash() -> None:
    quarter = of(whole(), moved(LeverCode.OTHER_FIXED, -0.5)).cash.quarters[0]

    assert quarter.median == pytest.approx(4_000 - 1_000 + 2_500 + 400 - 200)


def test_cash_that_is_not_known_today_is_not_known_ahead() -> None:
    cash = of(whole().drop(columns=["cash"]), NO_CHANGES).cash

    assert cash.today.reason is Reason.ITEM_MISSING
    assert (cash.quarters, cash.runs_out) == ((), None)


def test_cash_that_is_gone_already_runs_out_now() -> None:
    assert of(whole({"cash": 4_000}), NO_CHANGES).cash.runs_out == LAST


def test_what_members_feel_by_hand() -> None:
    changes = Changes(
        (
            LeverSetting(LeverCode.FEE, 0.01, NEXT),
            LeverSetting(LeverCode.VOLUME_GROWTH, 0.1, NEXT),
            LeverSetting(LeverCode.ADVISERS_PER_MEMBER, -0.2, NEXT),
            LeverSetting(LeverCode.MEMBER_SERVICES, -0.1, NEXT),
        )
    )
    felt = {each.code: each for each in of(whole(), changes).social}
    after = {code: each.after.value for code, each in felt.items()}

    assert felt[EffectCode.MEMBERS_SHARE].before.value == pytest.approx(0.92)
    assert after[EffectCode.MEMBERS_SHARE] == pytest.approx(0.91)
    assert after[EffectCode.MEMBERS_PER_ADVISER] == pytest.approx(50 / 0.8)
    assert after[EffectCode.MEMBER_SERVICES_PER_MEMBER] == pytest.approx(40 * 0.9 / 1.1)
    assert felt[EffectCode.FEE_OF_MIDDLE_MEMBER].before.value == pytest.approx(240)
    assert felt[EffectCode.FEE_OF_MIDDLE_MEMBER].change == pytest.approx(30)


def test_advisers_with_room_left_take_on_more_members() -> None:
    table = whole({"volume_advisers_can_carry": 200_000})
    felt = {each.code: each for each in of(table, moved(LeverCode.VOLUME_GROWTH, 0.1)).social}

    assert felt[EffectCode.MEMBERS_PER_ADVISER].after.value == pytest.approx(50 * 1.1 / 1.05)


def test_what_members_feel_is_unknown_where_it_is_not_reported() -> None:
    table = whole().drop(columns=["adviser_fte", "median_member_volume", "consumer_prices"])
    felt = {each.code: each for each in of(table, moved(LeverCode.FEE, 0.01)).social}

    unknown = {code for code, each in felt.items() if each.change is None}
    assert unknown == set(EffectCode) - {EffectCode.MEMBERS_SHARE}
    assert all(felt[code].after.reason is Reason.ITEM_MISSING for code in unknown)


def test_a_partner_too_young_has_no_scenarios() -> None:
    said = draw_of(whole(quarters=7), LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS)

    assert said == NoOutlook(Reason.HISTORY_TOO_SHORT, {"quarters": 7, "needed": 8})


def test_levers_in_currency_go_as_far_as_a_year_costs_in_round_steps() -> None:
    reach = lever_range(drawn(whole()), LeverCode.OTHER_INCOME)  # 40,000 a year

    assert (reach.low, reach.high, reach.step, reach.pain) == (-40_000, 40_000, 10, 800)
