"""What it takes to land, lever by lever and of several together, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartfin.analysis.scenario import (
    TOLERANCES,
    Achieved,
    Combination,
    Draw,
    Found,
    Marks,
    NotReachable,
    lever_obstacle,
    lever_range,
    seek,
    seek_together,
    social_limits,
)
from smartfin.analysis.scenario.goal import setting_of
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, LeverCode, LeverSetting, find_lever
from smartfin.services.scenario.sides import (
    Document,
    as_text,
    landing,
    setting_data,
    side,
    unit_text,
)
from smartfin.wording import Words

Bounds = Mapping[LeverCode, tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """What is looked for, and on what ground.

    Args:
        words: In which it is told why something cannot be reached.
        draw: Of the partner.
        marks: What the others once achieved.
        currency: Of the partner.
        growth: Of volume in the outlook [fraction].
        changes: Everything that is decided besides.
        probability: At least so likely [fraction].
    """

    words: Words
    draw: Draw
    marks: Marks
    currency: str
    growth: float
    changes: Changes
    probability: float


def goal_document(
    sought: Sought, codes: Iterable[LeverCode], bounds: Bounds | None, *, together: bool = True
) -> Document:
    """What it takes of each lever alone, and of several with the least pain.

    Args:
        sought: What is looked for.
        codes: Levers to look at alone.
        bounds: How far each lever may be moved together with the others; None for all of
            them, as far as they go.
        together: Whether several are looked at.

    Raises:
        InputError: ``scenario-malformed`` where bounds leave a lever no amount.
    """
    return {
        "probability": sought.probability,
        "target": str(Quarter.from_ordinal(sought.draw.target)),
        "levers": [_alone(sought, code) for code in codes],
        "together": _together(sought, bounds) if together else None,
    }


def whole_range(draw: Draw) -> Bounds:
    """Every lever that can move the result, as far as it goes."""
    ranges = {code: lever_range(draw, code) for code in LeverCode}
    return {
        code: (reach.low, reach.high)
        for code, reach in ranges.items()
        if lever_obstacle(draw, code) is None
    }


def _alone(sought: Sought, code: LeverCode) -> Document:
    found = seek(sought.draw, sought.changes, code, sought.probability)
    setting = setting_of(sought.draw, sought.changes, code)
    answer = {
        **setting_data(setting),
        "unit": unit_text(find_lever(code).unit, sought.currency),
        "own_best_year": _achieved(sought, code, sought.marks.of(code).own_best_year),
    }
    if isinstance(found, Found):
        mark = _mark(sought, code, found.amount)
        return {**answer, "amount": found.amount, **_reached(found), **mark}
    return {
        **answer,
        "amount": None,
        **_best(sought, found),
        "mark": None,
        "mark_reason": "no-amount",
    }


def _together(sought: Sought, bounds: Bounds | None) -> Document:
    wanted = whole_range(sought.draw) if bounds is None else bounds
    limits = social_limits(sought.draw, TOLERANCES)
    found = seek_together(sought.draw, sought.changes, wanted, sought.probability, limits)
    if not isinstance(found, Combination):
        nothing = {"settings": None, "pain": None, "unguarded": None, "social": None}
        return {**nothing, **_best(sought, found)}
    return {
        "settings": [_set(sought, each) for each in found.settings],
        "pain": found.pain,
        "unguarded": [code.value for code in found.unguarded],
        "social": side(found.scenario, sought.currency)["social"],
        **_reached(found),
    }


def _reached(found: Found | Combination) -> Document:
    """Where an answer leads."""
    outlook = found.scenario.outlook
    reached = {"probability_unrounded": outlook.probability, "reason": None, "why": ""}
    return {**reached, **landing(outlook)}


def _best(sought: Sought, found: NotReachable) -> Document:
    """The most there is, and why it is not enough."""
    reason = found.why.reason.value if found.why.reason else None
    return {
        "probability_unrounded": found.best,
        "reason": reason,
        "why": sought.words.reason(found.why),
        "landing_quarter": None,
        "landing_range": None,
        "landing_reason": reason,
    }


def _set(sought: Sought, setting: LeverSetting) -> Document:
    code = setting.lever
    unit = unit_text(find_lever(code).unit, sought.currency)
    return {**setting_data(setting), "unit": unit, **_mark(sought, code, setting.amount)}


def _mark(sought: Sought, code: LeverCode, amount: float) -> Document:
    """Which sister once moved so far in the fewest quarters; why none where there is none."""
    wanted = _as_achieved(sought, code, amount)
    helps = find_lever(code).helps
    if amount * helps < 0:  # turned against its way, so that members are spared
        return {"mark": None, "mark_reason": "other-way"}
    if not amount or wanted * helps <= 0:
        return {"mark": None, "mark_reason": "nothing-needed"}
    fastest = sought.marks.of(code).fastest(wanted)
    reason = None if fastest else "never-reached"
    return {"mark": _achieved(sought, code, fastest), "mark_reason": reason}


def _as_achieved(sought: Sought, code: LeverCode, amount: float) -> float:
    """An amount as marks measure it: all growth of a year, money in shares of own costs."""
    if code is LeverCode.VOLUME_GROWTH:
        return (1 + sought.growth) * (1 + amount) - 1
    if find_lever(code).unit is Unit.CURRENCY:
        return amount / max(sought.draw.structure.costs, 1.0)
    return amount


def _achieved(sought: Sought, code: LeverCode, found: Achieved | None) -> Document | None:
    """What a partner once did; money in that of the partner asked about."""
    if found is None:
        return None
    money = find_lever(code).unit is Unit.CURRENCY
    return {
        "partner": found.partner,
        "quarters": found.quarters,
        "amount": found.amount * sought.draw.structure.costs if money else found.amount,
        "until": as_text(Quarter.from_ordinal(found.until)),
    }
