"""Scenarios as plain data, for the command line (docs/operations.md#scenarios)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartfin.analysis.scenario import (
    Draw,
    Scenario,
    lever_obstacle,
    lever_range,
    scenario_of,
    today_of,
)
from smartfin.errors import InputError
from smartfin.measure import Measure, Unit
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    LeverCode,
    ScenarioFile,
    as_mapping,
    find_lever,
)
from smartfin.services.scenario.ground import Ground
from smartfin.services.scenario.sides import (
    Document,
    difference,
    event_data,
    measured,
    setting_data,
    side,
    unit_text,
)
from smartfin.services.scenario.sought import Bounds, Sought, goal_document
from smartfin.wording import Words


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """What the documents of a partner stand on.

    Args:
        words: Of the reader's language.
        ground: Of the partner.
        draw: Its futures.
        base: Its outlook.
    """

    words: Words
    ground: Ground
    draw: Draw
    base: Scenario

    @property
    def currency(self) -> str:
        """Of the partner."""
        return self.ground.case.partner.currency

    def sought(self, changes: Changes, probability: float) -> Sought:
        """What is looked for on this ground."""
        growth = self.base.outlook.volume_growth
        marks = self.ground.marks
        return Sought(self.words, self.draw, marks, self.currency, growth, changes, probability)


def stand_of(words: Words, ground: Ground) -> Stand:
    """What the documents of a partner stand on.

    Args:
        words: Of the reader's language.
        ground: Of the partner.

    Raises:
        InputError: ``scenario-impossible``: no data supports one, and why.
    """
    draw = ground.draw
    if not isinstance(draw, Draw):
        why = words.reason(Measure(None, Unit.FRACTION, draw.reason, draw.facts))
        raise InputError("scenario-impossible", partner=ground.case.partner.code, why=why)
    return Stand(words, ground, draw, scenario_of(draw, NO_CHANGES))


def run_document(stand: Stand, file: ScenarioFile) -> Document:
    """What ``scenario run`` prints.

    Raises:
        InputError: ``scenario-malformed`` where bounds leave a lever no amount.
    """
    draw, changes = stand.draw, file.changes
    scenario = scenario_of(draw, changes)
    return {
        **_head(stand),
        "name": file.name,
        "changes": as_mapping(changes),
        "base": side(stand.base, stand.currency),
        "scenario": side(scenario, stand.currency),
        "difference": difference(draw, stand.base, scenario, stand.currency),
        "without_effect": [
            {"lever": code.value, **_obstacle(stand, why)} for code, why in scenario.without_effect
        ],
        "over": [
            event_data(each) if isinstance(each, Event) else setting_data(each)
            for each in scenario.over
        ],
        "advisers_counted": scenario.advisers_counted,
        "goal": _goal(stand, file),
    }


def seek_document(stand: Stand, probability: float, lever: LeverCode | None = None) -> Document:
    """What ``scenario seek`` prints: every lever and the least pain together, or one lever."""
    sought = stand.sought(NO_CHANGES, probability)
    codes: Iterable[LeverCode] = LeverCode if lever is None else (lever,)
    return {**_head(stand), "goal": goal_document(sought, codes, None, together=lever is None)}


def levers_document(stand: Stand) -> Document:
    """What ``scenario levers`` prints."""
    return {**_head(stand), "levers": [_lever(stand, code) for code in LeverCode]}


def _goal(stand: Stand, file: ScenarioFile) -> Document | None:
    if file.probability is None:
        return None
    bounds: Bounds = {code: (low, high) for code, low, high in file.bounds}
    sought = stand.sought(file.changes, file.probability)
    return goal_document(sought, LeverCode, bounds or None)


def _head(stand: Stand) -> Document:
    """Whose figures, up to when, and what the answers are about."""
    case, outlook = stand.ground.case, stand.base.outlook
    return {
        "partner": case.partner.code,
        "quarter": str(outlook.last),
        "target": str(outlook.target),
        "level": outlook.level.value,
        "currency": stand.currency,
        "basis": stand.ground.assessment.basis.value,
        "synthetic": case.synthetic,
        "provisional": case.provisional,
    }


def _lever(stand: Stand, code: LeverCode) -> Document:
    lever, reach = find_lever(code), lever_range(stand.draw, code)
    obstacle = lever_obstacle(stand.draw, code)
    today = today_of(stand.draw, code, stand.base.outlook.volume_growth)
    return {
        "lever": code.value,
        "unit": unit_text(lever.unit, stand.currency),
        "low": reach.low,
        "high": reach.high,
        "step": reach.step,
        "helps": lever.helps,
        **measured("today", today),
        "today_unit": unit_text(today.unit, stand.currency),
        "available": obstacle is None,
        **_obstacle(stand, obstacle),
    }


def _obstacle(stand: Stand, obstacle: Measure | None) -> Document:
    """Why a lever moves nothing, as a code and as a sentence; nothing where it does."""
    if obstacle is None or obstacle.reason is None:
        return {"reason": None, "why": ""}
    return {"reason": obstacle.reason.value, "why": stand.words.reason(obstacle)}
