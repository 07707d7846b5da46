"""What holds of the social balance whatever the figures are."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.bridge import PartCode, bridge
from smartfin.analysis.social import (
    MEASURES,
    Direction,
    EffectCode,
    Held,
    Social,
    SocialState,
    bought_share,
    social_verdict,
    standings_at,
)
from smartfin.analysis.table import lines_read_once
from smartfin.settings import Level
from tests.unit.social_builders import HOLDING, holding

BASE = holding()
LAST = int(BASE.index[-1])
factors = st.sampled_from((0.0, 0.5, 0.9, 0.97, 1.0, 1.03, 1.1, 2.0))
quick = settings(max_examples=40, deadline=None)

# What each of the twelve is counted by, and the way to move it that makes it worse.
WORSENED = {
    "members_active": None,  # moves others too, which may become better
    "member_retention": ("members_retained", 0.5),
    "small_user_share": ("low_income_members", 0.5),
    "median_volume_to_pay": ("median_member_volume", None),
    "members_share": ("member_project_expenses", 0.5),
    "insured_days_per_member": ("insured_days", 0.5),
    "pay_promise": ("payments_on_time", 0.5),
    "members_per_adviser": ("adviser_fte", 0.5),
    "member_services_per_member": ("consumer_prices", 2.0),
    "assembly_turnout": ("assembly_participants", 0.5),
    "board_women_share": ("board_women", 0.0),
    "team_turnover": ("volunteer_leavers", None),  # one more
}


@st.composite
def tables(draw: st.DrawFn, *, may_miss: bool = True) -> pd.DataFrame:
    """Sixteen quarters in which some lines move, and some may stop being reported."""
    moved = {}
    for code in draw(st.lists(st.sampled_from(sorted(HOLDING)), max_size=8, unique=True)):
        amounts = BASE[code].to_numpy(copy=True)
        for rows in (slice(0, 8), slice(8, 12), slice(12, 16)):
            factor = draw(st.one_of(st.none(), factors)) if may_miss else draw(factors)
            amounts[rows] *= np.nan if factor is None else factor
        moved[code] = amounts
    return BASE.assign(**moved)


def worse(state: SocialState) -> int:
    """How bad a verdict is on the social side, whatever the result did."""
    fell = {
        SocialState.BOUGHT,
        SocialState.FAILING_ON_BOTH,
        SocialState.UNCHANGED_SOCIAL_FELL,
    }
    return 2 if state in fell else 1 if state is SocialState.NOT_REPORTED else 0


@quick
@given(tables(), st.sampled_from(Level))
def test_the_effects_are_the_bridge_and_the_share_lies_between_nil_and_one(
    table: pd.DataFrame, level: Level
) -> None:
    built = bridge(table, LAST - 4, LAST, level)
    found = bought_share(table, LAST - 4, LAST, level)

    if found.share.value is not None:
        assert 0 <= found.share.value <= 1
        assert found.bought == pytest.approx(sum(part.amount for part in found.parts))
    if found.effects:
        assert built is not None
        support = sum(
            part.amount for part in built.parts if part.code in {PartCode.GRANTS, PartCode.GROUP}
        )
        explained = math.fsum(effect.amount for effect in found.effects)
        assert explained == pytest.approx(built.change - support, abs=1e-4)
        amounts = {effect.code: effect.amount for effect in found.effects}
        own = {part.code: part.amount for part in built.parts}
        for part, split in (
            (PartCode.RISK, (EffectCode.FUND, EffectCode.RISK)),
            (PartCode.MEMBER_SERVICES, (EffectCode.SERVICES, EffectCode.PRICES)),
            (PartCode.TEAM, (EffectCode.ADVISERS, EffectCode.TEAM)),
        ):
            assert sum(amounts[code] for code in split) == pytest.approx(own[part], abs=1e-4)


@quick
@given(tables(may_miss=False), st.sampled_from([code for code, how in WORSENED.items() if how]))
def test_no_verdict_gets_better_when_an_indicator_gets_worse(
    table: pd.DataFrame, code: str
) -> None:
    how = WORSENED[code]
    assert how
    line, factor = how
    amounts = table[line].to_numpy(copy=True)
    if code == "median_volume_to_pay":  # further from what is usual, on the side where it stands
        factor = 2.0 if amounts[-1] >= np.median(amounts[-9:-1]) else 0.5
    # In the quarter judged alone: what is usual stays.
    amounts[-1] = amounts[-1] + 1 if factor is None else amounts[-1] * factor
    moved = table.assign(**{line: amounts})

    with lines_read_once():
        before, after = social_verdict(table, LAST), social_verdict(moved, LAST)
    measured = {each.measure.code: each for each in before.standings}[code]
    then = {each.measure.code: each for each in after.standings}[code]

    if measured.worsening is not None and then.worsening is not None:
        assert then.worsening >= measured.worsening - 1e-9
        assert worse(after.state) >= worse(before.state)
    assert before.result is after.result  # none of these lines is money of the co-operative


@quick
@given(
    tables(may_miss=False),
    st.lists(st.sampled_from(sorted(HOLDING)), min_size=1, max_size=6, unique=True),
)
def test_what_is_left_out_never_makes_a_verdict_sound(table: pd.DataFrame, left: list[str]) -> None:
    silent = table.copy()
    silent.loc[LAST - 3 :, left] = np.nan

    with lines_read_once():
        before, after = social_verdict(table, LAST), social_verdict(silent, LAST)

    if before.social is not Social.HELD:
        assert after.social is not Social.HELD
    if before.state is not SocialState.SOUND:
        assert after.state is not SocialState.SOUND


@quick
@given(tables())
def test_a_verdict_is_always_given_and_its_evidence_agrees(table: pd.DataFrame) -> None:
    found = social_verdict(table, LAST)

    assert len(found.standings) == len(MEASURES)
    assert found.judged + len(found.missing) == len(MEASURES)
    if found.state is SocialState.SOUND:
        assert found.judged >= 6
        assert len(found.fallen) < 2
        assert not any(each.held is Held.FLOOR_BROKEN for each in found.standings)
    for each in found.standings:
        assert (each.value.value is None) == (each.held is Held.NOT_REPORTED)


def test_a_partner_that_reports_no_social_figure_is_never_sound() -> None:
    money = ["invoiced_volume", "fee_revenue", "staff_costs", "member_services_costs"]
    bare = BASE[money].copy()
    bare.loc[LAST - 3 :, "staff_costs"] = 1_000.0

    assert social_verdict(bare, LAST).state is SocialState.NOT_REPORTED


def test_every_direction_is_one_of_the_properties() -> None:
    assert {measure.direction for measure in MEASURES} == set(Direction)
    assert set(WORSENED) == {measure.code for measure in MEASURES}
    assert [each.held for each in standings_at(BASE, LAST)] == [Held.HELD] * len(MEASURES)
