"""The social balance, by hand: standings, what was bought, the verdict, who pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from smartfin.analysis.social import (
    MEASURES,
    Basis,
    BoughtAlarm,
    BoughtShare,
    EffectCode,
    Envelope,
    Held,
    Patience,
    Remark,
    ResultCourse,
    Social,
    SocialState,
    SocialVerdict,
    Standing,
    bought_share,
    fee_change,
    social_project,
    social_verdict,
    standings_at,
    who_pays,
)
from smartfin.analysis.social.who_pays import DECILES
from smartfin.measure import Reason
from smartfin.member_vote import MemberVote
from smartfin.quarter import Quarter
from smartfin.settings import Level, SocialSettings
from smartfin.social_floor import SocialFloor
from tests.unit.social_builders import HOLDING, holding

NOW = Quarter(2022, 4)
BETTER = {"staff_costs": 7_500.0}  # 2,000 a year of 40,000
WORSE = {"staff_costs": 8_500.0}
FELL = {"low_income_members": 60.0, "insured_days": 1_500.0}
BROKEN = {"payments_on_time": 480.0}
OPEN = Envelope(Quarter(2023, 4), 100_000.0, 60_000.0)


def standing(code: str, table: pd.DataFrame, *floors: SocialFloor) -> Standing:
    return next(
        each for each in standings_at(table, NOW.ordinal, floors) if each.measure.code == code
    )


def a_floor(measure: str, **changed: float) -> SocialFloor:
    bare = SocialFloor(measure, "AT", date(2020, 1, 1), None, None, "assembly", "social_floor[1]")
    return replace(bare, **changed)  # type: ignore[arg-type]


def verdict(table: pd.DataFrame, **given: object) -> SocialVerdict:
    return social_verdict(table, NOW.ordinal, currency="EUR", **given)  # type: ignore[arg-type]


# --- standings


def test_usual_is_the_median_of_the_eight_quarters_before_the_one_judged() -> None:
    table = holding()
    table["members_active"] = [999.0] * 7 + [100.0, 110, 120, 130, 140, 150, 160, 170, 999]

    found = standing("members_active", table)

    assert (found.value.value, found.median, found.known) == (999.0, 135.0, 8)


@pytest.mark.parametrize(
    ("code", "line", "value", "held"),
    [
        ("members_active", "members_active", 181.0, Held.HELD),
        ("members_active", "members_active", 179.0, Held.FELL),
        ("small_user_share", "low_income_members", 77.0, Held.HELD),  # 38.5 %, usually 40 %
        ("small_user_share", "low_income_members", 75.0, Held.FELL),  # 37.5 %
        ("median_volume_to_pay", "median_member_volume", 1_790.0, Held.FELL),  # up is drift
        ("median_volume_to_pay", "median_member_volume", 1_410.0, Held.FELL),  # down is poverty
        ("median_volume_to_pay", "median_member_volume", 1_700.0, Held.HELD),
        ("board_women_share", "board_women", 3.0, Held.HELD),  # as far from one half
        ("board_women_share", "board_women", 4.0, Held.FELL),
        ("board_women_share", "board_women", 1.0, Held.FELL),
    ],
)
def test_each_is_held_within_its_tolerance_in_its_own_direction(
    code: str, line: str, value: float, held: Held
) -> None:
    table = holding()
    table.loc[NOW.ordinal, line] = value
    if line == "median_member_volume" and held is Held.FELL:
        assert abs(value / 1_600 - 1) > 0.1
    assert standing(code, table).held is held


def test_what_must_not_rise_falls_by_rising() -> None:
    assert standing("members_per_adviser", holding({"adviser_fte": 0.8})).held is Held.FELL
    assert standing("members_per_adviser", holding({"adviser_fte": 1.5})).held is Held.HELD
    assert standing("team_turnover", holding({"volunteer_leavers": 0.25})).held is Held.FELL


def test_services_are_compared_at_constant_prices() -> None:
    dearer = holding({"consumer_prices": 125.0})
    assert standing("member_services_per_member", holding()).held is Held.HELD
    assert standing("member_services_per_member", dearer).value.value == pytest.approx(16.0)
    assert standing("member_services_per_member", dearer).held is Held.FELL


def test_a_broken_floor_counts_even_where_nothing_is_usual_yet() -> None:
    found = standing("pay_promise", holding(BROKEN, quarters=4))
    assert (found.held, found.floor, found.median) == (Held.FLOOR_BROKEN, 0.98, None)
    assert standing("pay_promise", holding(quarters=4)).held is Held.TOO_SHORT


def test_floor_and_tolerance_of_the_assembly_replace_the_defaults() -> None:
    table = holding({"payments_on_time": 480.0})
    lower = a_floor("pay_promise", floor=0.95, tolerance=0.05)
    assert standing("pay_promise", table, lower).held is Held.HELD
    assert standing("pay_promise", table, lower).why == "assembly"
    ceiling = a_floor("members_per_adviser", floor=190.0)
    assert standing("members_per_adviser", table, ceiling).held is Held.FLOOR_BROKEN
    parity = a_floor("board_women_share", floor=0.45)
    assert standing("board_women_share", table, parity).held is Held.FLOOR_BROKEN


def test_what_is_not_reported_says_so_with_its_reason() -> None:
    found = standing("median_volume_to_pay", holding({"national_median_pay": None}))
    assert found.held is Held.NOT_REPORTED
    assert found.value.reason is Reason.ITEM_MISSING
    assert found.value.facts["item"] == "national_median_pay"
    assert found.stopped
    assert (found.change, found.worsening) == (None, None)


def test_three_quarters_are_not_enough_to_say_what_is_usual() -> None:
    short = holding(quarters=4)  # stocks: three quarters before the one judged
    assert standing("members_active", short).held is Held.TOO_SHORT
    assert standing("members_active", holding(quarters=5)).held is Held.HELD


def test_later_quarters_play_no_part() -> None:
    table = holding(FELL)
    early = table.iloc[:-4]
    assert standings_at(table, NOW.ordinal - 4) == standings_at(early, NOW.ordinal - 4)


def test_there_are_always_twelve_even_without_a_figure() -> None:
    empty = pd.DataFrame(index=pd.RangeIndex(0, name="quarter"), dtype="float64")
    assert [each.held for each in standings_at(empty, NOW.ordinal)] == [Held.NOT_REPORTED] * 12
    assert verdict(empty).state is SocialState.NOT_REPORTED
    assert len(MEASURES) == 12


# --- bought share


def share(
    last: Mapping[str, float | None], before: Mapping[str, float | None] | None = None
) -> BoughtShare:
    return bought_share(holding(last, before), NOW.ordinal - 4, NOW.ordinal)


def test_nothing_that_improved_is_undefined_and_not_nil() -> None:
    found = share(WORSE)
    assert found.share.reason is Reason.NO_POSITIVE_EFFECT
    assert found.amount(EffectCode.TEAM) == -2_000.0


def test_a_fee_rise_alone_is_wholly_bought_and_growth_alone_is_not() -> None:
    assert share({"fee_revenue": 9_500.0}).share.value == pytest.approx(1.0)
    grown = {key: 2 * HOLDING[key] for key in ("invoiced_volume", "fee_revenue",
             "bad_debt_expense", "guarantee_fund_charge")}  # fmt: skip
    assert share(grown).share.value == pytest.approx(0.0)


def test_services_cut_are_bought_at_the_prices_of_the_second_window() -> None:
    found = share({"member_services_costs": 900.0, "consumer_prices": 110.0})
    assert found.amount(EffectCode.SERVICES) == pytest.approx(4 * (1_100 - 900))
    assert found.amount(EffectCode.PRICES) == pytest.approx(-400.0)
    assert [part.code for part in found.parts] == [EffectCode.SERVICES]
    nominal = share({"member_services_costs": 900.0, "consumer_prices": None})
    assert nominal.amount(EffectCode.SERVICES) == pytest.approx(400.0)
    assert nominal.remarks == (Remark.NOMINAL_SERVICES,)


def test_advisers_count_as_far_as_they_are_cut_beyond_the_fall_in_members() -> None:
    cut = {"adviser_fte": 0.5, "adviser_costs": 2_000.0, "staff_costs": 6_000.0}
    half = share({**cut, "members_active": 150.0})
    assert half.amount(EffectCode.ADVISERS) == pytest.approx(0.25 * 16_000)
    assert half.amount(EffectCode.TEAM) == pytest.approx(8_000 - 0.25 * 16_000)
    assert half.share.value == pytest.approx(0.5)
    assert share({**cut, "members_active": 100.0}).bought == 0.0
    assert share({**cut, "members_active": 300.0}).bought == pytest.approx(8_000.0)


def test_without_advisers_apart_the_team_stands_in_and_it_is_said() -> None:
    silent = {"adviser_fte": None, "adviser_costs": None}
    found = share({**silent, "staff_costs": 6_000.0, "members_active": 180.0}, silent)
    assert found.remarks == (Remark.STAFF_FOR_ADVISERS,)
    assert found.amount(EffectCode.ADVISERS) == pytest.approx(4 * (8_000 * 0.9 - 6_000))


def test_an_adviser_costs_as_much_as_any_post_where_nobody_says() -> None:
    silent = {"adviser_costs": None}
    found = share({**silent, "adviser_fte": 0.5}, silent)
    assert found.amount(EffectCode.ADVISERS) == pytest.approx(0.5 * 32_000 / 2)


def test_less_put_into_the_guarantee_fund_is_bought() -> None:
    found = share({"guarantee_fund_charge": 100.0, "bad_debt_expense": 600.0})
    assert found.amount(EffectCode.FUND) == pytest.approx(1_600.0)
    assert found.amount(EffectCode.RISK) == pytest.approx(-400.0)
    assert found.share.value == pytest.approx(1.0)


def test_support_neither_buys_nor_improves() -> None:
    table = holding({"operating_grants": 5_000.0, "group_contribution_received": 5_000.0})
    found = bought_share(table, NOW.ordinal - 4, NOW.ordinal, Level.SUPPORTED)
    assert found.share.reason is Reason.NO_POSITIVE_EFFECT


def test_a_share_that_cannot_be_told_says_what_is_missing() -> None:
    assert share({"fee_revenue": None}).share.facts["item"] == "fee_revenue"
    assert share({"members_active": None}).share.facts["item"] == "members_active"
    short = bought_share(holding(quarters=7), NOW.ordinal - 4, NOW.ordinal)
    assert short.share.reason is Reason.QUARTERS_MISSING
    assert short.share.facts["quarter"] == Quarter(2021, 1)


# --- verdict


@pytest.mark.parametrize(
    ("money", "social", "envelope", "state"),
    [
        (BETTER, {}, None, SocialState.SOUND),
        (BETTER, FELL, None, SocialState.BOUGHT),
        (BETTER, BROKEN, None, SocialState.BOUGHT),
        (BETTER, {"low_income_members": 60.0}, None, SocialState.SOUND),  # one alone
        (WORSE, {}, OPEN, SocialState.PATIENT_INVESTMENT),
        (WORSE, {}, None, SocialState.LOSING_SOCIAL_HELD),
        (WORSE, {}, replace(OPEN, paid=100_001.0), SocialState.LOSING_SOCIAL_HELD),
        (WORSE, {}, replace(OPEN, paid=None), SocialState.LOSING_SOCIAL_HELD),
        (WORSE, {}, replace(OPEN, until=Quarter(2022, 3)), SocialState.LOSING_SOCIAL_HELD),
        (WORSE, FELL, OPEN, SocialState.FAILING_ON_BOTH),
        ({"staff_costs": 7_850.0}, {}, None, SocialState.UNCHANGED),  # 600 of 40,000
        ({"staff_costs": 8_150.0}, FELL, OPEN, SocialState.UNCHANGED_SOCIAL_FELL),
    ],
)
def test_the_matrix_gives_the_verdict(
    money: Mapping[str, float],
    social: Mapping[str, float],
    envelope: Envelope | None,
    state: SocialState,
) -> None:
    assert verdict(holding({**money, **social}), envelope=envelope).state is state


def test_patience_ends_with_what_was_voted() -> None:
    assert OPEN.patience(Quarter(2023, 4)) is Patience.OPEN
    assert OPEN.patience(Quarter(2024, 1)) is Patience.OVER
    assert replace(OPEN, paid=100_000.004).patience(NOW) is Patience.OPEN
    assert replace(OPEN, paid=100_000.01).patience(NOW) is Patience.SPENT
    assert replace(OPEN, paid=None).patience(NOW) is Patience.UNKNOWN


def test_the_evidence_stays_with_the_verdict() -> None:
    found = verdict(holding({**BETTER, **FELL, **BROKEN}))
    assert [each.measure.code for each in found.fallen] == [
        "small_user_share",
        "insured_days_per_member",
        "pay_promise",
    ]
    assert found.judged == 12
    assert (found.social, found.result) == (Social.FELL, ResultCourse.IMPROVED)
    assert found.bridge
    assert (found.bridge.start, found.bridge.end) == (-4_000.0, -2_000.0)
    assert found.own_costs == 38_000.0


REPORTS_FIVE = ("low_income_members", "median_member_volume", "insured_days", "payments_total",
                "adviser_fte", "board_members", "volunteer_leavers")  # fmt: skip


def test_with_fewer_than_six_of_twelve_nothing_is_said() -> None:
    five = dict.fromkeys(REPORTS_FIVE)
    six = dict.fromkeys(REPORTS_FIVE[1:])
    assert verdict(holding({**BETTER, **five}, five)).state is SocialState.NOT_REPORTED
    assert verdict(holding({**BETTER, **five}, five)).judged == 5
    assert verdict(holding({**BETTER, **six}, six)).state is SocialState.SOUND


def test_leaving_out_what_fell_does_not_make_it_sound() -> None:
    said = verdict(holding({**BETTER, **FELL}))
    one_silent = verdict(holding({**BETTER, **FELL, "insured_days": None}))
    promise_silent = verdict(holding({**BETTER, "payments_on_time": None}))
    one_new = verdict(holding({**BETTER, "insured_days": None}))
    assert said.state is SocialState.BOUGHT
    assert one_silent.state is SocialState.NOT_REPORTED
    assert promise_silent.state is SocialState.NOT_REPORTED  # its floor may be broken
    assert one_new.state is SocialState.SOUND  # even if it fell it would be one alone


def test_no_two_years_of_result_is_no_verdict_on_the_result() -> None:
    table = holding(BETTER)
    table.loc[NOW.ordinal - 6, "fee_revenue"] = float("nan")
    found = verdict(table)
    assert social_project(found.standings, SocialSettings()) is Social.HELD
    assert (found.result, found.alarm) == (ResultCourse.UNKNOWN, BoughtAlarm.UNKNOWN)
    assert found.state is SocialState.NO_RESULT


def test_the_thresholds_are_those_that_were_set() -> None:
    table = holding({**BETTER, **FELL})
    assert verdict(table, rules=SocialSettings(most_fallen=2)).state is SocialState.SOUND
    assert verdict(table, rules=SocialSettings(unchanged=0.1)).result is ResultCourse.UNCHANGED
    dearer = holding({"fee_revenue": 9_200.0, "staff_costs": 7_700.0})  # 800 of 2,000
    assert verdict(dearer).bought.share.value == pytest.approx(0.4)
    assert verdict(dearer).alarm is BoughtAlarm.AMBER
    assert verdict(dearer, rules=SocialSettings(bought_amber=0.5)).alarm is BoughtAlarm.NONE
    assert verdict(dearer, rules=SocialSettings(bought_red=0.35)).alarm is BoughtAlarm.RED


# --- votes

RAISED = {"fee_revenue": 9_500.0, **FELL}
VOTE = MemberVote(Quarter(2022, 1), date(2021, 12, 4), 0.4, 0.8, "9.5 % after open accounts")


def test_a_vote_explains_what_was_bought_and_does_not_silence_it() -> None:
    without, voted = verdict(holding(RAISED)), verdict(holding(RAISED), votes=(VOTE,))
    assert voted.explained_by is VOTE
    assert without.explained_by is None
    assert replace(voted, explained_by=None) == without
    assert voted.state is SocialState.BOUGHT
    assert voted.alarm is BoughtAlarm.RED


@pytest.mark.parametrize(
    "vote",
    [
        replace(VOTE, in_favour=0.5),
        replace(VOTE, first=Quarter(2021, 1)),  # holds throughout both windows
        replace(VOTE, first=Quarter(2023, 1)),  # not yet
    ],
)
def test_a_vote_that_did_not_carry_or_moves_no_window_explains_nothing(vote: MemberVote) -> None:
    assert verdict(holding(RAISED), votes=(vote,)).explained_by is None


def test_the_newest_vote_explains_and_none_where_no_fee_rose() -> None:
    later = replace(VOTE, first=Quarter(2022, 2))
    assert verdict(holding(RAISED), votes=(later, VOTE)).explained_by is later
    assert verdict(holding({**BETTER, **FELL}), votes=(VOTE,)).explained_by is None
    assert verdict(holding(BETTER), votes=(VOTE,)).explained_by is None


# --- who pays


def test_a_flat_percentage_is_told_by_tenths_where_all_ten_are_known() -> None:
    table = holding().assign(**{code: 1_000.0 * (place + 1) for place, code in enumerate(DECILES)})
    found = who_pays(table, NOW.ordinal, 0.015)
    assert found.basis is Basis.DECILES
    assert [payer.decile for payer in found.payers] == list(range(1, 11))
    assert [payer.amount for payer in found.payers] == pytest.approx(
        [15.0 * (place + 1) for place in range(10)]
    )
    assert who_pays(table.drop(columns=DECILES[3]), NOW.ordinal, 0.015).basis is Basis.MIDDLE


def test_the_member_in_the_middle_stands_in_and_else_nobody_with_the_reason() -> None:
    (payer,) = who_pays(holding(), NOW.ordinal, -0.01).payers
    assert (payer.decile, payer.volume, payer.amount) == (None, 1_600.0, -16.0)
    unknown = who_pays(holding({"median_member_volume": None}), NOW.ordinal, 0.01)
    assert (unknown.basis, unknown.payers) == (Basis.UNKNOWN, ())
    assert unknown.why
    assert unknown.why.facts["item"] == "median_member_volume"
    assert who_pays(holding(), NOW.ordinal + 1, 0.01).basis is Basis.UNKNOWN


def test_the_fee_that_was_collected_is_what_changed() -> None:
    ends = NOW.ordinal - 4, NOW.ordinal
    assert fee_change(holding({"fee_revenue": 9_500.0}), *ends).value == pytest.approx(0.005)
    assert fee_change(holding({"invoiced_volume": 0.0}), *ends).reason is Reason.NO_VOLUME
    assert fee_change(holding({"fee_revenue": None}), *ends).facts["item"] == "fee_revenue"
    assert fee_change(holding(quarters=4), *ends).reason is Reason.NOTHING_KNOWN
