"""Why scenarios differ: parts that add up, by lever and by part of the bridge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.bridge import PARTS, PartCode
from smartfin.analysis.scenario.difference import Difference, bought_share, difference_of
from smartfin.analysis.scenario.simulate import scenario_of
from smartfin.measure import Reason
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    find_lever,
)
from smartfin.settings import Level, OutlookSettings
from tests.unit.scenario_builders import LAST, NEXT, drawn, happens, moved, uneven, whole

FEW = OutlookSettings(paths=100, seed=1, horizon=8)
DRAWS = {
    (level, ahead): drawn(uneven(), level, LAST + ahead, settings=FEW)
    for level in Level
    for ahead in (2, 7)
}


def amounts(code: LeverCode) -> st.SearchStrategy[float]:
    lever = find_lever(code)
    scale = 40_000 if lever.high == 1.0 and lever.helps > 0 and lever.step == 0.001 else 1
    return st.floats(max(lever.low, -0.9) * scale, lever.high * scale)


LEVERS = st.lists(
    st.sampled_from(LeverCode).flatmap(
        lambda code: st.builds(
            LeverSetting,
            st.just(code),
            amounts(code),
            st.integers(-2, 4).map(lambda ahead: NEXT + ahead),
            st.integers(0, 3),
        )
    ),
    unique_by=lambda setting: setting.lever,
)
EVENTS = st.lists(
    st.builds(
        Event,
        st.sampled_from(EventKind),
        st.integers(-2, 6).map(lambda ahead: NEXT + ahead),
        st.floats(5, 20),
    ),
    max_size=3,
)
CHANGES = st.builds(Changes, LEVERS.map(tuple), EVENTS.map(tuple))


def by_hand(first: Changes, second: Changes, level: Level = Level.OSS) -> Difference:
    return difference_of(drawn(whole(), level), first, second)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(DRAWS)), CHANGES, CHANGES)
def test_the_parts_add_up_whichever_way_they_are_added(
    key: tuple[Level, int], first: Changes, second: Changes
) -> None:
    draw = DRAWS[key]
    found = difference_of(draw, first, second)
    ends = [scenario_of(draw, each).mean.result for each in (first, second)]
    rounding = 1e-9 * max(1_000_000.0, *map(abs, ends))

    assert found.end - found.start == pytest.approx(ends[1] - ends[0], abs=rounding)
    assert found.amount() == pytest.approx(found.end - found.start, abs=rounding)
    assert sum(found.amount(cause) for cause in found.causes) == pytest.approx(
        found.amount(), abs=rounding
    )
    assert sum(part.amount for part in found.bridge.parts) == pytest.approx(
        found.bridge.change, abs=rounding
    )


@settings(max_examples=15, deadline=None)
@given(CHANGES, CHANGES)
def test_looked_at_backwards_each_part_has_the_opposite_sign(
    first: Changes, second: Changes
) -> None:
    draw = DRAWS[Level.SUPPORTED, 7]
    there, back = difference_of(draw, first, second), difference_of(draw, second, first)

    for cell in there.cells:
        assert back.amount(cell.cause, cell.part) == pytest.approx(-cell.amount, abs=1e-6)


@pytest.mark.parametrize("code", LeverCode)
def test_the_effect_of_each_lever_has_its_sign(code: LeverCode) -> None:
    amount = 500.0 if code in {LeverCode.OTHER_INCOME, LeverCode.SUPPORT} else 0.01
    helped = amount * find_lever(code).helps
    found = difference_of(DRAWS[Level.SUPPORTED, 7], NO_CHANGES, moved(code, helped))

    assert found.causes == (code,)
    assert found.amount(code) > 0


def test_nothing_changed_is_no_difference() -> None:
    found = by_hand(NO_CHANGES, NO_CHANGES)

    assert (found.cells, found.start) == ((), found.end)
    assert [part.code for part in found.bridge.parts] == list(PARTS[Level.OSS])


def test_a_fee_on_more_volume_by_hand() -> None:
    both = Changes(
        (
            LeverSetting(LeverCode.FEE, 0.01, NEXT),
            LeverSetting(LeverCode.VOLUME_GROWTH, 0.1, NEXT),
        )
    )
    more = 100_000 * (sum(1.1 ** (quarter / 4) for quarter in (1, 2, 3, 4)) - 4)
    found = by_hand(NO_CHANGES, both)

    # Margins of 7 % and 8 %; advisers take 3 %; a point of fee on the mean volume.
    assert found.amount(LeverCode.VOLUME_GROWTH, PartCode.VOLUME) == pytest.approx(0.075 * more)
    assert found.amount(LeverCode.VOLUME_GROWTH, PartCode.TEAM) == pytest.approx(-0.03 * more)
    assert found.amount(LeverCode.FEE) == pytest.approx(0.01 * (400_000 + more / 2))
    assert found.bridge.amount(PartCode.TEAM) == pytest.approx(-0.03 * more)


def test_votes_and_the_lever_share_the_fee() -> None:
    early, late = (
        Event(EventKind.FEE_VOTE, NEXT, 9.0),
        Event(EventKind.FEE_VOTE, NEXT + 2, 10.0),
    )
    changes = Changes((LeverSetting(LeverCode.FEE, 0.005, NEXT),), (late, early))
    found = by_hand(NO_CHANGES, changes)

    assert found.amount(early) == pytest.approx(4_000)
    assert found.amount(late) == pytest.approx(2_000)
    assert found.amount(LeverCode.FEE) == pytest.approx(2_000)
    assert found.amount(part=PartCode.FEE) == pytest.approx(8_000)


def test_events_stand_in_their_parts() -> None:
    hire, rent = (
        Event(EventKind.HIRE, NEXT, 8_000.0),
        Event(EventKind.RENT, NEXT + 2, 4_000.0),
    )
    grant = Event(EventKind.GRANT, NEXT, 900.0)
    found = by_hand(happens(hire), happens(rent, grant), Level.SUPPORTED)

    assert found.causes == (hire, rent, grant)
    assert found.amount(hire, PartCode.TEAM) == 8_000
    assert found.amount(rent, PartCode.OTHER) == -2_000
    assert found.amount(grant, PartCode.GRANTS) == 900


def bought(*changes: tuple[LeverCode, float]) -> float | None:
    settings = tuple(LeverSetting(code, amount, NEXT) for code, amount in changes)
    return bought_share(by_hand(NO_CHANGES, Changes(settings))).value


def test_what_members_pay_for_is_bought() -> None:
    levers = LeverCode
    assert bought((levers.FEE, 0.01)) == 1
    assert bought((levers.MEMBER_SERVICES, -0.1)) == 1
    assert bought((levers.ADVISERS_PER_MEMBER, -0.1)) == 1
    assert bought((levers.OTHER_FIXED, -0.1)) == 0
    # 2,000 of services beside 2,000 of other income:
    assert bought((levers.MEMBER_SERVICES, -0.5), (levers.OTHER_INCOME, 2_000)) == 0.5
    # The guarantee fund is 400 of 1,000 a quarter that vary with volume:
    assert bought((levers.VARIABLE_RATE, -0.002)) == pytest.approx(0.4)
    # What is spent on services takes nothing off what the fee brings:
    assert bought((levers.FEE, 0.01), (levers.MEMBER_SERVICES, 0.5)) == 1


def test_advisers_that_growth_takes_do_not_hide_those_that_are_cut() -> None:
    found = by_hand(
        NO_CHANGES,
        Changes(
            (
                LeverSetting(LeverCode.VOLUME_GROWTH, 0.2, NEXT),
                LeverSetting(LeverCode.ADVISERS_PER_MEMBER, -0.1, NEXT),
            )
        ),
    )
    cut = found.amount(LeverCode.ADVISERS_PER_MEMBER)
    volume = found.amount(part=PartCode.VOLUME)

    assert bought_share(found).value == pytest.approx(cut / (cut + volume))


def test_nothing_is_bought_where_nothing_is_gained() -> None:
    found = by_hand(NO_CHANGES, moved(LeverCode.FEE, -0.01))

    assert bought_share(found).reason is Reason.NO_POSITIVE_EFFECT
