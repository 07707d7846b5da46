"""A scenario as a file: what it may say, and how it is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario import (
    NO_CHANGES,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    ScenarioFile,
    read_scenario_file,
    wanted_probability,
)
from smartfin.scenario.file import parsed_file
from smartfin.settings import ROOT
from smartfin.wording import words_of

GOAL = {"partner": "AT", "goal": {"probability": 0.65}}
FEE = {"lever": "fee", "min": 0, "max": 0.02}


def refused(mapping: dict[str, Any]) -> InputError:
    with pytest.raises(InputError) as caught:
        parsed_file(mapping)
    return caught.value


def test_the_example_of_the_docs_is_read() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(partner.*?)```", page, re.DOTALL)
    read = read_scenario_file(example.encode())

    spring = Quarter(2023, 2)
    assert (read.partner, read.probability) == ("AT", 0.65)
    assert read.name.startswith("Dearer")
    assert read.changes.levers == (LeverSetting(LeverCode.FEE, 0.005, spring, 1),)
    assert read.changes.events == (
        Event(EventKind.HIRE, spring + 1, 45_000.0, Quarter(2024, 4), "a second adviser"),
    )
    assert read.bounds == ((LeverCode.OTHER_FIXED, -0.1, 0.0), (LeverCode.FEE, 0.0, 0.02))


def test_a_partner_alone_is_a_scenario_without_changes() -> None:
    assert read_scenario_file(b'\xef\xbb\xbfpartner = " AT "') == ScenarioFile("AT", NO_CHANGES)


@pytest.mark.parametrize(
    ("mapping", "code", "key"),
    [
        ({}, "scenario-key-missing", "partner"),
        ({"partner": 3}, "scenario-malformed", "partner"),
        ({"partner": "AT", "name": "x" * 121}, "scenario-malformed", "name"),
        ({"partner": "AT", "levers": []}, "scenario-key-unknown", "levers"),
        ({"partner": "AT", "goal": 0.65}, "scenario-malformed", "goal"),
        ({"partner": "AT", "goal": {}}, "scenario-key-missing", "goal.probability"),
        ({"partner": "AT", "goal": {"p": 1}}, "scenario-key-unknown", "goal.p"),
        ({"partner": "AT", "goal": {"probability": 1}}, "scenario-malformed", "goal.probability"),
        ({"partner": "AT", "bound": [FEE]}, "scenario-key-missing", "goal.probability"),
        ({**GOAL, "bound": [{**FEE, "lever": "price"}]}, "scenario-malformed", "bound[1].lever"),
        ({**GOAL, "bound": [{**FEE, "max": -1}]}, "scenario-malformed", "bound[1].max"),
        ({**GOAL, "bound": [{**FEE, "min": float("nan")}]}, "scenario-malformed", "bound[1].min"),
        ({**GOAL, "bound": [{**FEE, "max": 10**400}]}, "scenario-malformed", "bound[1].max"),
        ({**GOAL, "bound": [FEE, FEE]}, "scenario-malformed", "bound[2].lever"),
        ({**GOAL, "bound": [{"lever": "fee"}]}, "scenario-key-missing", "bound[1].min"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    mapping: dict[str, Any], code: str, key: str
) -> None:
    error = refused(mapping)

    assert (error.code, error.facts["key"]) == (code, key)
    assert all(key in words_of(language).error(error) for language in ("en", "nl"))


def test_a_misspelt_key_is_told_with_the_nearest_there_is() -> None:
    error = refused({"partner": "AT", "evnet": []})

    assert (error.code, error.facts["nearest"]) == ("scenario-key-unknown", "event")
    assert "event" in words_of("en").error(error)


@pytest.mark.parametrize(
    "content", [b"partner = ", b"\xff\xfe", b"a = " + b"9" * 5_000, b"a = " + b"[" * 5_000]
)
def test_what_is_no_toml_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario_file(content)

    assert caught.value.code == "scenario-no-toml"


@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, float("nan"), float("inf")])
def test_nothing_is_certain_or_impossible(value: float) -> None:
    with pytest.raises(InputError):
        wanted_probability("--probability", value)
