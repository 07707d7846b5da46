"""What it takes to land: answers that hold when they are put back in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartfin.analysis.scenario.draw import lever_range
from smartfin.analysis.scenario.goal import Found, NotReachable, amount_of, chance_of, seek
from smartfin.analysis.scenario.limits import Tolerance, social_limits
from smartfin.analysis.scenario.simulate import Scenario, scenario_of
from smartfin.analysis.scenario.social import EffectCode
from smartfin.analysis.scenario.together import Combination, seek_together
from smartfin.errors import InputError
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    find_lever,
)
from smartfin.settings import Level
from tests.unit.scenario_builders import LAST, NEXT, drawn, happens, moved, uneven, whole

DRAW = drawn(uneven(7_600), Level.SUPPORTED, LAST + 6)
BEFORE_SUPPORT = drawn(uneven(6_900), deadline=LAST + 6)
LIMITS = social_limits(BEFORE_SUPPORT)
WANTED = 0.65


def found(code: LeverCode, changes: Changes = NO_CHANGES, wanted: float = WANTED) -> Found:
    answer = seek(DRAW, changes, code, wanted)
    assert isinstance(answer, Found), answer
    return answer


@pytest.mark.parametrize("wanted", [0.35, 0.65])
@pytest.mark.parametrize("code", LeverCode)
def test_the_answer_put_back_in_lands_and_one_step_less_does_not(
    code: LeverCode, wanted: float
) -> None:
    answer, step = found(code, wanted=wanted), lever_range(DRAW, code).step
    less = moved(code, answer.amount - step * find_lever(code).helps)

    again = scenario_of(DRAW, moved(code, answer.amount))
    assert again == answer.scenario
    assert again.outlook.probability >= wanted
    assert scenario_of(DRAW, less).outlook.probability < wanted
    assert amount_of(round(answer.amount / step), step) == answer.amount


def test_the_lever_keeps_its_start_and_ramp_and_all_else_stays() -> None:
    later = LeverSetting(LeverCode.FEE, 0.001, NEXT + 1, ramp=2)
    changes = Changes((later,), (Event(EventKind.HIRE, NEXT, 2_000.0),))
    answer = found(LeverCode.FEE, changes)

    assert answer.scenario.changes == changes.having(replace(later, amount=answer.amount))
    assert answer.amount > found(LeverCode.FEE).amount


def test_nothing_is_needed_where_it_lands_anyway() -> None:
    rich = happens(Event(EventKind.FEE_VOTE, NEXT, 20.0))

    assert found(LeverCode.VOLUME_GROWTH, rich).amount == 0


def refused(code: LeverCode, changes: Changes = NO_CHANGES) -> NotReachable:
    answer = seek(BEFORE_SUPPORT, changes, code, WANTED)
    assert isinstance(answer, NotReachable)
    return answer


def test_support_cannot_help_before_support() -> None:
    answer = refused(LeverCode.SUPPORT)

    assert (answer.best, answer.why.reason) == (None, Reason.SUPPORT_NOT_COUNTED)


def test_a_lever_that_nobody_feels_in_time_says_so() -> None:
    late = moved(LeverCode.FEE, 0.0, Quarter.from_ordinal(BEFORE_SUPPORT.target + 1))
    early = Changes((LeverSetting(LeverCode.FEE, 0.01, LAST),))

    assert refused(LeverCode.FEE, late).why.reason is Reason.STARTS_TOO_LATE
    assert refused(LeverCode.FEE, early).why.reason is Reason.STARTS_TOO_LATE


def test_a_lever_that_is_too_short_says_how_far_it_leads() -> None:
    answer = refused(LeverCode.MEMBER_SERVICES, happens(Event(EventKind.HIRE, NEXT, 9_000.0)))

    assert answer.why.reason is Reason.LEVER_TOO_SHORT
    assert answer.best is not None
    assert answer.best < WANTED


def test_an_unknown_share_has_its_reason() -> None:
    draw = drawn(whole().drop(columns=["adviser_costs"]))
    answer = seek(draw, NO_CHANGES, LeverCode.ADVISERS_PER_MEMBER, WANTED)

    assert isinstance(answer, NotReachable)
    assert answer.why.reason is Reason.ITEM_MISSING
    assert answer.why.facts == {"item": "adviser_costs"}


def test_no_growth_helps_where_advisers_cost_more_than_volume_brings_in() -> None:
    draw = drawn(whole({"adviser_costs": 7_500, "staff_costs": 8_000}))
    answer = seek(draw, NO_CHANGES, LeverCode.VOLUME_GROWTH, WANTED)

    assert isinstance(answer, NotReachable)
    assert (answer.best, answer.why.reason) == (0.0, Reason.NEVER_AT_THIS_FEE)


ALL = {
    code: (lever_range(BEFORE_SUPPORT, code).low, lever_range(BEFORE_SUPPORT, code).high)
    for code in LeverCode
}
TWO = {LeverCode.FEE: (0.0, 0.1), LeverCode.OTHER_INCOME: (0.0, 40_000.0)}


def together(
    bounds: dict[LeverCode, tuple[float, float]],
    limits: dict[EffectCode, float] | None = None,
    wanted: float = WANTED,
) -> Combination:
    answer = seek_together(BEFORE_SUPPORT, NO_CHANGES, bounds, wanted, limits or {})
    assert isinstance(answer, Combination), answer
    return answer


@pytest.mark.parametrize("wanted", [0.5, 0.65, 0.9])
def test_the_combination_put_back_in_lands_within_bounds_and_limits(wanted: float) -> None:
    answer = together(ALL, LIMITS, wanted)
    changes = Changes(answer.settings)

    assert scenario_of(BEFORE_SUPPORT, changes) == answer.scenario
    assert answer.scenario.outlook.probability >= wanted
    assert worst_room(answer.scenario, LIMITS) >= -1e-9
    for setting in answer.settings:
        low, high = ALL[setting.lever]
        step = lever_range(BEFORE_SUPPORT, setting.lever).step
        assert low <= setting.amount <= high
        assert amount_of(round(setting.amount / step), step) == setting.amount
    assert answer.unguarded == ()


def worst_room(scenario: Scenario, limits: dict[EffectCode, float]) -> float:
    after = {each.code: each.after.value or 0.0 for each in scenario.social}
    worse = {EffectCode.MEMBERS_PER_ADVISER: -1}
    return min(worse.get(code, 1) * (after[code] - limit) for code, limit in limits.items())


def test_no_other_whole_steps_hurt_less_by_more_than_one_step() -> None:
    answer = together(TWO)
    fee, income = (lever_range(BEFORE_SUPPORT, code) for code in TWO)

    def enough(steps: int, money: float) -> bool:
        settings = (
            LeverSetting(LeverCode.FEE, amount_of(steps, fee.step), NEXT),
            LeverSetting(LeverCode.OTHER_INCOME, money, NEXT),
        )
        return chance_of(BEFORE_SUPPORT, Changes(settings)) >= WANTED

    pains = []
    for steps in range(14):  # for each fee the least money, by halving
        low, high = -1, 1_000
        while high - low > 1:
            half = (low + high) // 2
            low, high = (low, half) if enough(steps, half * income.step) else (half, high)
        pains.append((steps * fee.step / fee.pain) ** 2 + (high * income.step / income.pain) ** 2)
    assert answer.pain >= min(pains) - 1e-9
    assert answer.pain == pytest.approx(min(pains), abs=0.03)


def test_limits_of_members_turn_the_answer_elsewhere() -> None:
    free = together(ALL)
    no_fee = {EffectCode.MEMBERS_SHARE: LIMITS[EffectCode.MEMBERS_SHARE] + 0.02}
    kept = together(ALL, no_fee)

    assert any(each.lever is LeverCode.FEE and each.amount > 0 for each in free.settings)
    assert not any(each.lever is LeverCode.FEE and each.amount > 0 for each in kept.settings)
    assert kept.pain > free.pain
    assert kept.unguarded == (
        EffectCode.MEMBERS_PER_ADVISER,
        EffectCode.MEMBER_SERVICES_PER_MEMBER,
    )


def test_growth_that_would_thin_out_services_takes_more_of_them_along() -> None:
    bounds = {LeverCode.VOLUME_GROWTH: (0.0, 1.0), LeverCode.MEMBER_SERVICES: (-1.0, 1.0)}
    kept = social_limits(
        BEFORE_SUPPORT, {EffectCode.MEMBER_SERVICES_PER_MEMBER: Tolerance(0.01, relative=True)}
    )
    amounts = {each.lever: each.amount for each in together(bounds, kept).settings}

    assert amounts[LeverCode.VOLUME_GROWTH] > 0
    assert amounts[LeverCode.MEMBER_SERVICES] > 0


def test_limits_that_stand_in_the_way_are_named() -> None:
    bounds = {LeverCode.FEE: (0.0, 0.1)}
    strict = {EffectCode.MEMBERS_SHARE: LIMITS[EffectCode.MEMBERS_SHARE] + 0.02}
    held = seek_together(BEFORE_SUPPORT, NO_CHANGES, bounds, WANTED, strict)
    short = seek_together(BEFORE_SUPPORT, NO_CHANGES, {LeverCode.FEE: (0.0, 0.001)}, WANTED, LIMITS)

    assert isinstance(held, NotReachable)
    assert held.why.reason is Reason.SOCIAL_LIMITS
    assert held.best == chance_of(BEFORE_SUPPORT, NO_CHANGES)
    assert isinstance(short, NotReachable)
    assert short.why.reason is Reason.LEVER_TOO_SHORT
    assert short.best == chance_of(BEFORE_SUPPORT, moved(LeverCode.FEE, 0.001))


def test_levers_without_effect_are_not_moved() -> None:
    answer = seek_together(
        BEFORE_SUPPORT, NO_CHANGES, {LeverCode.SUPPORT: (0.0, 9_000.0)}, WANTED, {}
    )
    assert isinstance(answer, NotReachable)
    assert answer.why.reason is Reason.SUPPORT_NOT_COUNTED


def test_where_nothing_is_needed_nothing_is_moved() -> None:
    answer = together(ALL, LIMITS, wanted=0.0)

    assert (answer.settings, answer.pain) == ((), 0)


def test_bounds_outside_the_lever_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        together({LeverCode.FEE: (0.2, 0.3)})
    assert caught.value.code == "scenario-malformed"
    assert caught.value.facts["key"] == "fee.bounds"


def test_limits_are_what_stands_made_worse_by_its_tolerance() -> None:
    limits = social_limits(drawn(whole()))

    assert list(limits) == list(EffectCode)[:3]
    assert np.allclose(list(limits.values()), [0.92 - 0.02, 50 * 1.1, 40 * 0.9])
    assert social_limits(drawn(whole().drop(columns=["adviser_fte"]))).keys() == {
        EffectCode.MEMBERS_SHARE,
        EffectCode.MEMBER_SERVICES_PER_MEMBER,
    }
