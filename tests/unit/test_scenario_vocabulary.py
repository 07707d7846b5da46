"""What a scenario is, how it is written down and what is refused."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smartfin.scenario
from smartfin.errors import InputError
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.scenario import (
    LEVERS,
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    as_mapping,
    find_lever,
    parsed_changes,
)

SPRING = Quarter(2023, 2)
FEE = {"lever": "fee", "amount": 0.005, "start": "2023-Q2"}
HIRE = {"kind": "hire", "from": "2023-Q3", "amount": 45_000}

QUARTERS = st.integers(8080, 8110).map(Quarter.from_ordinal)
SETTINGS = st.builds(
    LeverSetting,
    st.sampled_from(LeverCode),
    st.floats(-0.05, 0.05),
    QUARTERS,
    st.integers(0, 40),
)
EVENTS = st.builds(
    Event,
    st.sampled_from(EventKind),
    QUARTERS,
    st.floats(0.01, 100),
    label=st.sampled_from(["", "a second adviser"]),
)


def refused(mapping: dict[str, Any]) -> InputError:
    with pytest.raises(InputError) as caught:
        parsed_changes(mapping)
    return caught.value


def test_each_lever_has_its_one_place() -> None:
    assert [lever.code for lever in LEVERS] == list(LeverCode)
    assert all(lever.low < 0 < lever.high and lever.pain > lever.step > 0 for lever in LEVERS)
    assert find_lever(LeverCode.SUPPORT).unit is Unit.CURRENCY


def test_the_example_of_the_module_is_read() -> None:
    documented = str(smartfin.scenario.__doc__)
    changes = parsed_changes(tomllib.loads(documented.partition("plain TOML:")[2]))

    assert changes.levers == (LeverSetting(LeverCode.FEE, 0.005, SPRING, ramp=2),)
    assert changes.events == (
        Event(EventKind.HIRE, SPRING + 1, 45_000.0, SPRING + 6, "a second adviser"),
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(SETTINGS, unique_by=lambda each: each.lever), st.lists(EVENTS, max_size=4))
def test_changes_come_back_as_they_were_written(
    levers: list[LeverSetting], events: list[Event]
) -> None:
    changes = Changes(tuple(levers), tuple(events))

    assert parsed_changes(as_mapping(changes)) == changes
    assert Changes(tuple(reversed(levers)), tuple(reversed(events))) == changes
    assert hash(Changes(tuple(reversed(levers)), tuple(events))) == hash(changes)


def test_nothing_changed_is_an_empty_table() -> None:
    assert as_mapping(NO_CHANGES) == {}
    assert parsed_changes({}) == NO_CHANGES


def test_a_lever_back_at_nil_is_left_alone() -> None:
    changes = Changes((LeverSetting(LeverCode.FEE, 0.01, SPRING),))

    assert changes.having(LeverSetting(LeverCode.FEE, 0.0, SPRING)) == NO_CHANGES
    assert changes.having(LeverSetting(LeverCode.FEE, 0.02, SPRING)).setting(
        LeverCode.FEE
    ) == LeverSetting(LeverCode.FEE, 0.02, SPRING)
    assert changes.without(LeverCode.SUPPORT) == changes


@pytest.mark.parametrize(
    ("mapping", "code", "key"),
    [
        ({"levers": []}, "scenario-key-unknown", "levers"),
        (
            {"lever": [{**FEE, "start_quarter": "x"}]},
            "scenario-key-unknown",
            "lever[1].start_quarter",
        ),
        ({"lever": [FEE, {"lever": "support"}]}, "scenario-key-missing", "lever[2].amount"),
        ({"event": [{**HIRE, "from": "soon"}]}, "scenario-malformed", "event[1].from"),
        ({"event": [{**HIRE, "from": 2023}]}, "scenario-malformed", "event[1].from"),
        ({"event": [{**HIRE, "kind": "party"}]}, "scenario-malformed", "event[1].kind"),
        ({"event": [{**HIRE, "label": 3}]}, "scenario-malformed", "event[1].label"),
        ({"event": [{**HIRE, "label": "x" * 201}]}, "scenario-malformed", "hire.label"),
        ({"event": [{**HIRE, "until": "2023-Q1"}]}, "scenario-malformed", "hire.until"),
        ({"event": [{**HIRE, "amount": 0}]}, "scenario-malformed", "hire.amount"),
        (
            {"event": [{**HIRE, "kind": "grant", "until": "2024-Q1"}]},
            "scenario-malformed",
            "grant.until",
        ),
        (
            {"event": [{**HIRE, "kind": "fee_vote", "amount": 101}]},
            "scenario-malformed",
            "fee_vote.amount",
        ),
        ({"lever": [{**FEE, "amount": 0.5}]}, "scenario-malformed", "fee.amount"),
        ({"lever": [{**FEE, "amount": float("nan")}]}, "scenario-malformed", "fee.amount"),
        ({"lever": [{**FEE, "amount": True}]}, "scenario-malformed", "lever[1].amount"),
        ({"lever": [{**FEE, "amount": "0.5"}]}, "scenario-malformed", "lever[1].amount"),
        ({"lever": [{**FEE, "ramp": 1.5}]}, "scenario-malformed", "lever[1].ramp"),
        ({"lever": [{**FEE, "ramp": 41}]}, "scenario-malformed", "fee.ramp"),
        ({"lever": [{**FEE, "lever": "price"}]}, "scenario-malformed", "lever[1].lever"),
        ({"lever": [{**FEE, "lever": ["fee"]}]}, "scenario-malformed", "lever[1].lever"),
        ({"lever": {"fee": 1}}, "scenario-malformed", "lever"),
        ({"lever": [3]}, "scenario-malformed", "lever"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    mapping: dict[str, Any], code: str, key: str
) -> None:
    error = refused(mapping)

    assert error.code == code
    assert error.facts["key"] == key


def test_one_lever_set_twice_is_refused() -> None:
    error = refused({"lever": [FEE, {**FEE, "amount": 0.01}]})

    assert error.code == "scenario-lever-twice"
    assert error.facts == {"lever": "fee"}
