"""A scenario in an address: what goes in comes out, and nothing else is understood."""

from __future__ import annotations

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    linked,
    linked_bounds,
    parsed_bounds,
    parsed_link,
)

Q1, Q4 = Quarter(2023, 1), Quarter(2023, 4)


@pytest.mark.parametrize(
    "changes",
    [
        NO_CHANGES,
        Changes((LeverSetting(LeverCode.FEE, -0.000_5, Q1),)),
        Changes((LeverSetting(LeverCode.OTHER_INCOME, 1_234_567.89, Q1, ramp=12),)),
        Changes((), (Event(EventKind.FEE_VOTE, Q1, 9.5),)),
        Changes((), (Event(EventKind.HIRE, Q1, 45_000.0, Q4, "a (2nd); 50 % & ~ é <b>"),)),
        Changes(
            (LeverSetting(LeverCode.SUPPORT, 0.0, Q4),), (Event(EventKind.GRANT, Q4, 0.01),) * 2
        ),
    ],
)
def test_a_scenario_survives_its_link(changes: Changes) -> None:
    assert parsed_link(linked(changes)) == changes


def test_a_link_is_short_and_readable() -> None:
    fee = LeverSetting(LeverCode.FEE, 0.005, Q1, ramp=2)
    rent = Event(EventKind.RENT, Q1, 6_000.0, Q4)
    assert linked(Changes((fee,), (rent,))) == "fee:0.005@2023-Q1~2;rent:6000@2023-Q1_2023-Q4"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fee", "scenario-malformed"),
        ("fee:0.005", "scenario-malformed"),
        ("fee:9@2023-Q1", "scenario-malformed"),
        ("fee:1e-3@2023-Q1", "scenario-malformed"),
        ("fee:0.01@2023-Q1_2023-Q4", "scenario-malformed"),
        ("hire:1@2023-Q1~2", "scenario-malformed"),
        ("fees:0.01@2023-Q1", "scenario-malformed"),
        ("fee:0.01@2023-Q1;fee:0.02@2023-Q1", "scenario-lever-twice"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        parsed_link(text)
    assert refused.value.code == code


def test_bounds_survive_their_link() -> None:
    bounds = {LeverCode.FEE: (-0.01, 0.005), LeverCode.OTHER_FIXED: (-0.5, 0.0)}
    assert parsed_bounds(linked_bounds(bounds)) == bounds


@pytest.mark.parametrize("text", ["fee", "fee:1", "fee:0.02_0.01", "nothing:0_1"])
def test_bounds_that_bound_nothing_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="scenario-malformed"):
        parsed_bounds(text)
