"""What assemblies set for the social balance, what a country earns and pays, votes of members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from smartfin.analysis.social import MEASURES, agreed, find_measure, refuse_bad_floors
from smartfin.errors import InputError, SettingsError
from smartfin.member_vote import MemberVote
from smartfin.national import National, read_national
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from smartfin.social_floor import SocialFloor, floors_of, read_social_floors

SETTINGS = read_settings({})
ROW: Mapping[str, Any] = {
    "measure": "pay_promise",
    "partner": "AT",
    "from": date(2021, 6, 12),
    "floor": 0.97,
    "why": "assembly",
}
PROMISE = find_measure("pay_promise")


def floors(*rows: Mapping[str, Any]) -> tuple[SocialFloor, ...]:
    return read_social_floors(replace(SETTINGS, social_floors=rows))


def refusal(row: Mapping[str, Any]) -> tuple[str, object]:
    with pytest.raises(SettingsError) as caught:
        refuse_bad_floors(floors(ROW, row))
    return caught.value.code, caught.value.facts["key"]


def test_the_floors_that_ship_are_of_the_twelve_and_of_partners_that_exist() -> None:
    shipped = read_social_floors(SETTINGS)
    refuse_bad_floors(shipped)
    assert {each.partner for each in shipped} == {"AT", "IT", "ES", "DE"}
    assert all(each.why.startswith("assumption") for each in shipped)


@pytest.mark.parametrize(
    ("changed", "code", "key"),
    [
        ({"flor": 0.9}, "setting-unknown", "social_floor[2].flor"),
        ({"measure": "coverage"}, "setting-malformed", "social_floor[2].measure"),
        ({"partner": "XX"}, "setting-malformed", "social_floor[2].partner"),
        ({"partner": ["AT"]}, "setting-malformed", "social_floor[2].partner"),
        ({"from": datetime(2021, 6, 12)}, "setting-malformed", "social_floor[2].from"),
        ({"from": "2021-06-12"}, "setting-malformed", "social_floor[2].from"),
        ({"floor": 98}, "setting-malformed", "social_floor[2].floor"),
        ({"floor": True}, "setting-malformed", "social_floor[2].floor"),
        ({"floor": float("nan")}, "setting-malformed", "social_floor[2].floor"),
        ({"tolerance": 2}, "setting-malformed", "social_floor[2].tolerance"),
        ({"why": " "}, "setting-malformed", "social_floor[2].why"),
    ],
)
def test_a_floor_nobody_can_have_set_is_refused_by_its_key(
    changed: Mapping[str, Any], code: str, key: str
) -> None:
    assert refusal({**ROW, **changed}) == (code, key)


@pytest.mark.parametrize("left_out", ["measure", "partner", "from", "why", "floor"])
def test_what_a_floor_lacks_is_named(left_out: str) -> None:
    row = {key: value for key, value in ROW.items() if key != left_out}
    assert refusal(row) == ("setting-missing", f"social_floor[2].{left_out}")


def test_a_change_holds_from_its_quarter_on_and_leaves_the_rest_as_it_stood() -> None:
    later = {**ROW, "from": date(2022, 3, 31), "floor": 0.99, "tolerance": 0.005, "why": "later"}
    stricter = {key: value for key, value in later.items() if key != "floor"}
    set_by = floors_of("AT", floors(stricter, ROW, {**ROW, "partner": "IT", "floor": 0.5}))

    assert agreed(PROMISE, Quarter(2021, 1), set_by) == (0.98, 0.02, "")
    assert agreed(PROMISE, Quarter(2021, 2), set_by) == (0.97, 0.02, "assembly")
    assert agreed(PROMISE, Quarter(2022, 1), set_by) == (0.97, 0.005, "later")
    assert agreed(find_measure("members_active"), Quarter(2022, 1), set_by) == (None, 0.10, "")


def test_the_twelve_are_twelve_with_unlike_figures_and_a_direction_their_polarity_fits() -> None:
    assert [measure.number for measure in MEASURES] == list(range(1, 13))
    codes = [code for measure in MEASURES for code in measure.indicators]
    assert len(codes) == len(set(codes))
    for measure in MEASURES:
        good = {"up": +1, "not_down": +1, "down": -1}.get(measure.direction, 0)
        assert measure.indicator.polarity == good, measure.code
    with pytest.raises(InputError):
        find_measure("coverage")


def test_a_country_s_figures_are_read_by_year_oldest_first() -> None:
    table = {"national": {"source": "office", "median_pay": {"2022": 35_500, "2014": 29_500.5}}}
    assert read_national("partner.AT", table) == National(
        "office", ((2014, 29_500.5), (2022, 35_500.0))
    )
    assert read_national("partner.AT", {}) is None


@pytest.mark.parametrize(
    ("row", "code", "key"),
    [
        ([], "malformed", ""),
        ({"median_pay": {}}, "missing", ".source"),
        ({"source": ""}, "malformed", ".source"),
        ({"source": "x", "pay": {}}, "unknown", ".pay"),
        ({"source": "x", "median_pay": 5}, "malformed", ".median_pay"),
        ({"source": "x", "median_pay": {"22": 5}}, "malformed", ".median_pay.22"),
        ({"source": "x", "median_pay": {"2022": 0}}, "malformed", ".median_pay.2022"),
        ({"source": "x", "median_pay": {"2022": True}}, "malformed", ".median_pay.2022"),
        ({"source": "x", "median_pay": {"2022": float("inf")}}, "malformed", ".median_pay.2022"),
    ],
)
def test_a_malformed_country_is_refused_by_its_key(row: object, code: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_national("partner.AT", {"national": row})
    assert caught.value.code == f"setting-{code}"
    assert caught.value.facts["key"] == f"partner.AT.national{key}"


def test_a_vote_carries_with_more_than_half_of_the_votes_cast() -> None:
    vote = MemberVote(Quarter(2022, 1), date(2021, 12, 4), 0.31, 0.5, "fee of 9.5 %")
    assert not vote.carried
    assert replace(vote, in_favour=0.51).carried
    with pytest.raises(ValueError, match="shares"):
        replace(vote, turnout=31)
