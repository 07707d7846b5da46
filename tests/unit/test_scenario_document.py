"""Scenarios as plain data: both sides, why they differ, what it takes."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from smartfin.analysis.scenario import Draw, marks_of, scenario_of, today_of
from smartfin.measure import Reason
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    as_mapping,
    parsed_changes,
)
from smartfin.services.scenario.sides import Document, difference, side
from smartfin.services.scenario.sought import Bounds, Sought, goal_document
from smartfin.settings import Level
from smartfin.wording import words_of
from tests.unit.scenario_builders import NEXT, drawn, uneven, whole

DRAW = drawn(uneven(staff=6_600))
BASE = scenario_of(DRAW, NO_CHANGES)
EVERYTHING = Changes(
    (
        LeverSetting(LeverCode.VOLUME_GROWTH, 0.05, NEXT),
        LeverSetting(LeverCode.FEE, 0.002, NEXT, ramp=1),
        LeverSetting(LeverCode.OTHER_FIXED, -0.02, NEXT),
    ),
    (Event(EventKind.HIRE, NEXT + 1, 900.0, label="half a post"),),
)
SISTER = uneven(growth=0.3, seed=5)


def apart(draw: Draw, changes: Changes) -> Document:
    base = scenario_of(draw, NO_CHANGES)
    return difference(draw, base, scenario_of(draw, changes), "EUR")


def goal(
    probability: float, changes: Changes = NO_CHANGES, bounds: Bounds | None = None
) -> dict[str, Any]:
    marks = marks_of({"AT": uneven(staff=6_600), "ES": SISTER}, "AT")
    growth = BASE.outlook.volume_growth
    sought = Sought(words_of("en"), DRAW, marks, "EUR", growth, changes, probability)
    return goal_document(sought, LeverCode, bounds)


def test_without_changes_both_sides_are_the_same_text() -> None:
    same = scenario_of(DRAW, parsed_changes({}))

    assert json.dumps(side(same, "EUR")) == json.dumps(side(BASE, "EUR"))
    found = apart(DRAW, NO_CHANGES)
    assert (found["result"], found["probability_points"], found["landing_quarters"]) == (0, 0, 0)
    assert (found["cells"], found["bought_share"]) == ([], None)
    assert found["bought_share_reason"] == Reason.NO_POSITIVE_EFFECT
    assert {each["change"] for each in found["social"]} == {0.0}


def test_the_parts_add_up_by_cause_by_part_and_to_what_the_sides_say() -> None:
    found = apart(DRAW, EVERYTHING)
    sides = side(BASE, "EUR"), side(scenario_of(DRAW, EVERYTHING), "EUR")
    results = [each["at_target"]["mean"]["result"] for each in sides]

    assert found["result"] == pytest.approx(results[1] - results[0], rel=1e-9)
    for name in ("cells", "by_cause", "by_part"):
        total = math.fsum(each["amount"] for each in found[name])
        assert total == pytest.approx(found["result"], rel=1e-9)
    levers = [each["lever"] for each in found["by_cause"]]
    assert levers == ["volume_growth", "fee", "other_fixed", None]
    assert found["by_cause"][-1]["event"]["label"] == "half a post"
    points = sides[1]["probability_unrounded"] - sides[0]["probability_unrounded"]
    assert found["probability_points"] == pytest.approx(100 * points)


def test_a_side_says_what_the_steady_partner_comes_to() -> None:
    found = side(scenario_of(drawn(whole({"cash": 9_000})), NO_CHANGES), "EUR")

    assert found["at_target"]["quarter"] == "2020-Q4"
    assert found["at_target"]["mean"] == pytest.approx(
        {"coverage": 0.9, "coverage_reason": None, "result": -4_000, "volume": 400_000,
         "fee_income": 32_000, "other_income": 4_000, "variable": 4_000, "fixed": 36_000}
    )  # fmt: skip
    assert found["at_target"]["median"]["coverage"] == pytest.approx(0.9)
    assert (found["landing_quarter"], found["landing_reason"]) == (None, "not-within-horizon")
    assert found["cash"]["quarters"][0] == pytest.approx(
        {"quarter": "2020-Q1", "median": 3_400, "low": 3_400}
    )
    assert found["cash"]["runs_out"] == "2021-Q3"
    assert found["fan"][3].keys() == {"quarter", "p10", "p25", "p50", "p75", "p90"}
    members = {each["figure"]: (each["before"], each["unit"]) for each in found["social"]}
    assert members["members_per_adviser"] == (50, "count")
    assert members["fee_of_middle_member"] == (pytest.approx(240), "EUR")


def test_what_is_not_known_is_null_with_its_reason() -> None:
    table = whole().drop(columns=["cash", "median_member_volume"])
    found = side(scenario_of(drawn(table), NO_CHANGES), "EUR")

    assert (found["cash"]["today"], found["cash"]["runs_out"]) == (None, None)
    assert found["cash"]["today_reason"] == found["cash"]["runs_out_reason"] == "item-missing"
    middle = found["social"][-1]
    assert (middle["after"], middle["after_reason"]) == (None, "item-missing")


def test_the_goal_put_back_in_lands_where_it_promised() -> None:
    found = goal(0.65)
    answers = [each for each in found["levers"] if each["amount"]]

    assert {"fee", "other_fixed"} <= {each["lever"] for each in answers}
    for each in [*answers, *found["together"]["settings"]]:
        assert each["start"] == str(NEXT)
    for rows in ([each] for each in answers):
        assert put_back(rows) == rows[0]["probability_unrounded"] >= 0.65
    together = found["together"]
    assert put_back(together["settings"]) == together["probability_unrounded"] >= 0.65


def put_back(rows: list[dict[str, Any]]) -> float:
    """The probability with levers set as an answer has them."""
    keys = ("lever", "amount", "start", "ramp")
    changes = parsed_changes({"lever": [{key: row[key] for key in keys} for row in rows]})
    return scenario_of(DRAW, changes).outlook.probability


def test_what_cannot_be_reached_says_so_with_the_best_there_is() -> None:
    found = goal(0.999, bounds={LeverCode.FEE: (0.0, 0.001)})
    levers = {each["lever"]: each for each in found["levers"]}

    support = levers["support"]
    assert (support["amount"], support["reason"]) == (None, "support-not-counted")
    assert support["why"].startswith("support does not count")
    assert found["together"]["settings"] is None
    assert found["together"]["reason"] == "lever-too-short"
    assert 0 < found["together"]["probability_unrounded"] < 0.999


def test_marks_name_who_did_it_or_that_nobody_did() -> None:
    found = {each["lever"]: each for each in goal(0.65)["levers"]}

    growth = found["volume_growth"]
    assert (growth["mark"]["partner"], growth["mark_reason"]) == ("ES", None)
    assert (found["fee"]["mark"], found["fee"]["mark_reason"]) == (None, "never-reached")
    assert found["support"]["mark_reason"] == "no-amount"
    assert {each["mark_reason"] for each in goal(0.01)["levers"][:3]} == {"nothing-needed"}


@pytest.mark.parametrize(
    ("code", "today"),
    [
        (LeverCode.VOLUME_GROWTH, 0.03),
        (LeverCode.FEE, 0.08),
        (LeverCode.VARIABLE_RATE, 0.01),
        (LeverCode.ADVISERS_PER_MEMBER, 12_000),
        (LeverCode.MEMBER_SERVICES, 4_000),
        (LeverCode.OTHER_FIXED, 4 * (6_000 - 3_000 + 1_600 + 400)),
        (LeverCode.OTHER_INCOME, 4_000),
        (LeverCode.SUPPORT, 4 * (200 + 300)),
    ],
)
@pytest.mark.parametrize("level", [Level.OSS, Level.SUPPORTED])
def test_what_a_lever_moves_today(code: LeverCode, today: float, level: Level) -> None:
    assert today_of(drawn(whole(), level), code, 0.03).value == pytest.approx(today)


def test_a_lever_nobody_knows_the_costs_of_has_no_figure_today() -> None:
    draw = drawn(whole().drop(columns="adviser_costs"))

    assert today_of(draw, LeverCode.ADVISERS_PER_MEMBER, 0.0).reason is Reason.ITEM_MISSING


def test_support_of_a_quarter_that_is_missing_is_not_known() -> None:
    table = whole()
    table.loc[table.index[-2], "operating_grants"] = math.nan
    found = today_of(drawn(table), LeverCode.SUPPORT, 0.0)

    assert (found.value, found.reason) == (None, Reason.ITEM_MISSING)


def test_an_answer_is_a_scenario_file_again() -> None:
    assert parsed_changes(as_mapping(EVERYTHING)) == EVERYTHING
