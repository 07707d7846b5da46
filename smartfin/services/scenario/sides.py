"""What a scenario leads to, and why two of them differ, as plain data."""

from __future__ import annotations

from typing import Any

from smartfin.analysis.forecast.outlook import FAN, Outlook
from smartfin.analysis.scenario import (
    CashAhead,
    Difference,
    Draw,
    Scenario,
    SocialEffect,
    YearStatement,
    bought_share,
    difference_of,
)
from smartfin.measure import Measure, Reason, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, Event, LeverCode, LeverSetting, as_mapping

Document = dict[str, Any]


def side(scenario: Scenario, currency: str) -> Document:
    """Where a scenario leads; without any change, the outlook."""
    outlook = scenario.outlook
    return {
        "probability": outlook.printed_probability,
        "probability_by": outlook.printed_probability_by,
        "probability_unrounded": outlook.probability,
        "probability_by_unrounded": outlook.probability_by,
        **landing(outlook),
        "at_target": {
            "quarter": str(outlook.target),
            "mean": _statement(scenario.mean, scenario.mean.coverage),
            "median": _statement(scenario.median, _median_coverage(outlook)),
        },
        "fan": [
            {"quarter": str(each.quarter)}
            | {f"p{100 * share:.0f}": at for share, at in zip(FAN, each.coverage, strict=True)}
            for each in outlook.fan
        ],
        "money_needed": outlook.money_needed,
        "money_needed_80": outlook.money_needed_80,
        "cash": _cash(scenario.cash),
        "social": [_effect(each, currency) for each in scenario.social],
    }


def difference(draw: Draw, base: Scenario, scenario: Scenario, currency: str) -> Document:
    """From where one scenario leads to where the other does."""
    found = difference_of(draw, base.changes, scenario.changes)
    first, second = base.outlook, scenario.outlook
    return {
        "probability_points": 100 * (second.probability - first.probability),
        "probability_by_points": 100 * (second.probability_by - first.probability_by),
        **_sooner(first.landing.middle, second.landing.middle),
        "result": found.end - found.start,
        "start": found.start,
        "end": found.end,
        "cells": [
            {**cause_data(cell.cause), "part": cell.part.value, "amount": cell.amount}
            for cell in found.cells
        ],
        "by_cause": _by_cause(found),
        "by_part": [
            {"part": each.code.value, "amount": float(each.amount)} for each in found.bridge.parts
        ],
        **measured("bought_share", bought_share(found)),
        "social": [_change(each, currency) for each in scenario.social],
    }


def landing(outlook: Outlook) -> Document:
    """The quarter in which the present course lands, with the range it may be in."""
    found = outlook.landing
    return {
        "landing_quarter": as_text(found.middle),
        "landing_range": [as_text(found.early), as_text(found.late)],
        "landing_reason": None if found.middle else Reason.NOT_WITHIN_HORIZON.value,
    }


def measured(name: str, measure: Measure) -> Document:
    """A value under its name; where there is none, why, beside it."""
    reason = measure.reason.value if measure.reason else None
    return {name: measure.value, f"{name}_reason": reason}


def setting_data(setting: LeverSetting) -> Document:
    """A lever as a scenario file sets it."""
    return dict(as_mapping(Changes((setting,)))["lever"][0])


def event_data(event: Event) -> Document:
    """An event as a scenario file dates it."""
    return dict(as_mapping(Changes((), (event,)))["event"][0])


def cause_data(cause: LeverCode | Event) -> Document:
    """What a difference comes from: a lever by its code, or an event."""
    if isinstance(cause, Event):
        return {"lever": None, "event": event_data(cause)}
    return {"lever": cause.value, "event": None}


def unit_text(unit: str, currency: str) -> str:
    """A unit; of money, which."""
    return currency if unit == Unit.CURRENCY else str(unit)


def as_text(quarter: Quarter | None) -> str | None:
    """A quarter as it is written in files."""
    return str(quarter) if quarter else None


def _statement(year: YearStatement, coverage: Measure) -> Document:
    return {
        **measured("coverage", coverage),
        "result": year.result,
        "volume": year.volume,
        "fee_income": year.fee_income,
        "other_income": year.other_income,
        "variable": year.variable,
        "fixed": year.fixed,
    }


def _median_coverage(outlook: Outlook) -> Measure:
    """That of the fan; the lines of the median statement belong to different futures."""
    at = next(each for each in outlook.fan if each.quarter == outlook.target)
    return Measure(at.coverage[FAN.index(0.5)], Unit.FRACTION)


def _cash(cash: CashAhead) -> Document:
    reason = cash.today.reason or (None if cash.runs_out else Reason.NOT_WITHIN_HORIZON)
    return {
        **measured("today", cash.today),
        "quarters": [
            {"quarter": str(each.quarter), "median": each.median, "low": each.low}
            for each in cash.quarters
        ],
        "runs_out": as_text(cash.runs_out),
        "runs_out_reason": reason.value if reason else None,
    }


def _effect(effect: SocialEffect, currency: str) -> Document:
    return {
        "figure": effect.code.value,
        "unit": unit_text(effect.before.unit, currency),
        **measured("before", effect.before),
        **measured("after", effect.after),
    }


def _change(effect: SocialEffect, currency: str) -> Document:
    reason = effect.before.reason or effect.after.reason
    return {
        "figure": effect.code.value,
        "unit": unit_text(effect.before.unit, currency),
        "change": effect.change,
        "change_reason": reason.value if reason else None,
    }


def _by_cause(found: Difference) -> list[Document]:
    return [{**cause_data(each), "amount": found.amount(each)} for each in found.causes]


def _sooner(first: Quarter | None, second: Quarter | None) -> Document:
    """Quarters between the two landings; below nil it lands sooner."""
    if first is None or second is None:
        return {"landing_quarters": None, "landing_reason": Reason.NOT_WITHIN_HORIZON.value}
    return {"landing_quarters": second - first, "landing_reason": None}
