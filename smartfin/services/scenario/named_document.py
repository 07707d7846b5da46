"""Named scenarios as plain data, for the command line (docs/operations.md#saved-scenarios)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from smartfin.analysis.forecast.outlook import NoOutlook, Outlook
from smartfin.analysis.scenario import Difference, Scenario, bought_share
from smartfin.errors import InputError
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, Event, LeverCode, LeverSetting, as_mapping
from smartfin.services.scenario.comparison import (
    Comparison,
    coverage_of,
    difference_between,
    lowest_cash,
)
from smartfin.services.scenario.frozen import PlanSaid
from smartfin.services.scenario.named import NamedRow

Document = dict[str, Any]


def list_document(rows: Iterable[NamedRow], plans: Iterable[PlanSaid]) -> Document:
    """What ``scenario list`` prints."""
    return {
        "scenarios": [named_document(row) for row in rows],
        "plans": [_plan(each) for each in plans],
    }


def named_document(row: NamedRow) -> Document:
    """A saved scenario, as ``scenario show`` prints it."""
    saved = row.saved
    return {
        "scenario": saved.key,
        "saved": saved.id,
        "partner": saved.partner,
        "name": saved.name,
        "remark": saved.remark,
        "owner": saved.owner,
        "by": saved.saved_by,
        "at": saved.saved_at.isoformat(),
        "version": saved.version,
        "versions": saved.versions,
        "ended": saved.ended_at.isoformat() if saved.ended_at else None,
        "changes": json.loads(saved.changes) if saved.changes else None,
        "probability": row.probability,
    }


def comparison_document(comparison: Comparison) -> Document:
    """What ``scenario compare`` prints; ``bridges`` lead from each column to the next."""
    sides, currency = comparison.sides, comparison.currency
    outlook = comparison.base.outlook
    bridges = [difference_between(comparison, place, place + 1) for place in range(len(sides))]
    return {
        "partner": comparison.partner,
        "quarter": str(outlook.last),
        "target": str(outlook.target),
        "currency": currency,
        "synthetic": comparison.synthetic,
        "provisional": comparison.provisional,
        "base": _led(comparison.base, currency),
        "scenarios": [
            {
                "scenario": side.alternative.key,
                "saved": side.alternative.saved,
                "name": side.alternative.name,
                "changes": as_mapping(side.alternative.changes),
                **_led(side.scenario, currency),
                "over": [_change(each) for each in side.scenario.over],
            }
            for side in sides
        ],
        "bridges": [_bridge(each) for each in bridges],
    }


def _led(scenario: Scenario, currency: str) -> Document:
    """Where a scenario leads."""
    outlook, lowest, out = scenario.outlook, lowest_cash(scenario), scenario.cash.runs_out
    return {
        **_odds(outlook),
        "probability_by": outlook.printed_probability_by,
        "result": scenario.mean.result,
        **_measured("coverage", coverage_of(scenario.mean)),
        "money_needed": outlook.money_needed,
        "money_needed_80": outlook.money_needed_80,
        "cash_lowest": lowest.median if lowest else None,
        "cash_lowest_quarter": str(lowest.quarter) if lowest else None,
        "cash_runs_out": _text(out),
        "cash_reason": _reason(scenario.cash.today),
        "social": [
            {
                "figure": each.code.value,
                "unit": currency if each.after.unit == Unit.CURRENCY else str(each.after.unit),
                **_measured("value", each.after),
            }
            for each in scenario.social
        ],
    }


def _bridge(found: Difference) -> Document:
    return {
        "start": found.start,
        "end": found.end,
        "cells": [
            {"cause": _cause(cell.cause), "part": cell.part.value, "amount": cell.amount}
            for cell in found.cells
        ],
        "bought_share": bought_share(found).value,
    }


def _plan(said: PlanSaid) -> Document:
    plan = said.plan
    return {
        "plan": plan.id,
        "scenario": plan.scenario,
        "saved": plan.version,
        "partner": plan.partner,
        "meeting": plan.meeting,
        "name": said.name,
        "version": said.version,
        "moment": plan.moment.isoformat(),
        "by": plan.by,
        "at": plan.at.isoformat(),
        "then": _outlook(said.then),
        "now": _outlook(said.now),
    }


def _outlook(led: Outlook | NoOutlook | InputError) -> Document:
    if isinstance(led, InputError):
        return {"probability": None, "reason": led.code}
    if isinstance(led, NoOutlook):
        return {"probability": None, "reason": led.reason.value}
    return {**_odds(led), "target": str(led.target), "reason": None}


def _odds(outlook: Outlook) -> Document:
    landing = outlook.landing
    return {
        "probability": outlook.printed_probability,
        "landing_quarter": _text(landing.middle),
        "landing_range": [_text(landing.early), _text(landing.late)],
    }


def _measured(name: str, measure: Measure) -> Document:
    return {name: measure.value, f"{name}_reason": _reason(measure)}


def _reason(measure: Measure) -> str | None:
    return measure.reason.value if measure.reason else None


def _text(quarter: Quarter | None) -> str | None:
    return str(quarter) if quarter else None


def _cause(cause: LeverCode | Event) -> Any:
    """A lever by its code, an event as a scenario file dates it."""
    return cause.value if isinstance(cause, LeverCode) else _change(cause)


def _change(change: LeverSetting | Event) -> Document:
    """A lever or event as a scenario file has it."""
    if isinstance(change, Event):
        return dict(as_mapping(Changes((), (change,)))["event"][0])
    return dict(as_mapping(Changes((change,)))["lever"][0])
