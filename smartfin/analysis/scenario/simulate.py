"""One scenario of one partner, simulated on the draws of its outlook (docs/metrics.md#scenario)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.forecast.simulation import read_outlook
from smartfin.analysis.partition import surplus
from smartfin.analysis.scenario.cash import CashAhead, cash_ahead
from smartfin.analysis.scenario.decisions import decisions_of, is_over
from smartfin.analysis.scenario.draw import Draw, lever_obstacle
from smartfin.analysis.scenario.paths import Year, scenario_futures, scenario_year
from smartfin.analysis.scenario.social import SocialEffect, social_effects
from smartfin.analysis.table import Figures
from smartfin.measure import Measure
from smartfin.scenario import Changes, Event, LeverCode, LeverSetting


@dataclass(frozen=True, slots=True)
class YearStatement:
    """The break-even statement of the four quarters to the target.

    Args:
        volume: V, invoiced volume [currency].
        fee_income: fV [currency].
        other_income: O [currency].
        variable: vV [currency, positive].
        fixed: F [currency, positive].
        result: fV + O - vV - F [currency].
    """

    volume: float
    fee_income: float
    other_income: float
    variable: float
    fixed: float
    result: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """What becomes of a partner if it changes something.

    Args:
        changes: What.
        outlook: Where that leads.
        mean: Four quarters to the target, mean of the futures: its lines add up.
        median: The same, each line with its own median; they need not add up.
        cash: Where free cash goes.
        social: What members feel of it.
        advisers_counted: Whether the advisers that more volume takes are in the costs; what
            they cost is not known where not.
        over: What lies in quarters reported by now and changes nothing any more.
        without_effect: Levers that are set but cannot move this result, and why.
    """

    changes: Changes
    outlook: Outlook
    mean: YearStatement
    median: YearStatement
    cash: CashAhead
    social: tuple[SocialEffect, ...]
    advisers_counted: bool
    over: tuple[LeverSetting | Event, ...]
    without_effect: tuple[tuple[LeverCode, Measure], ...]


def scenario_of(draw: Draw, changes: Changes) -> Scenario:
    """What becomes of a partner if it changes something.

    Every scenario is made of the same draws, so that nothing but the changes makes a
    difference; without any it is the outlook to the last digit.

    Args:
        draw: Of the partner.
        changes: What is to be different.

    Source:
        docs/metrics.md#scenario
    """
    decided = decisions_of(draw, changes)
    futures = scenario_futures(draw, decided)
    outlook = read_outlook(futures, draw.past, decided.fee, draw.target, draw.settings, draw.stream)
    year = scenario_year(draw, decided)
    before, every = draw.before_support, (changes.levers, changes.events)
    before_futures = futures if before is draw else scenario_futures(before, decided)
    return Scenario(
        changes=changes,
        outlook=outlook,
        mean=_mean(year),
        median=_median(year),
        cash=cash_ahead(before, decided, before_futures),
        social=social_effects(draw, decided),
        advisers_counted=draw.structure.adviser_rate.value is not None,
        over=tuple(each for group in every for each in group if is_over(draw, each)),
        without_effect=_without_effect(draw, changes),
    )


def _without_effect(draw: Draw, changes: Changes) -> tuple[tuple[LeverCode, Measure], ...]:
    found = ((each.lever, lever_obstacle(draw, each.lever)) for each in changes.levers)
    return tuple((lever, why) for lever, why in found if why is not None)


def _lines(year: Year) -> tuple[Figures, ...]:
    lines = (year.volume, year.fee_income, year.other_income, year.variable, year.fixed)
    return tuple(each.sum(axis=0) for each in lines)


def _mean(year: Year) -> YearStatement:
    volume, fees, other, variable, fixed = (float(each.mean()) for each in _lines(year))
    result = surplus(np.array(fees + other), np.array(variable + fixed))
    return YearStatement(volume, fees, other, variable, fixed, float(result))


def _median(year: Year) -> YearStatement:
    lines = _lines(year)
    _, fees, other, variable, fixed = lines
    result = surplus(fees + other, variable + fixed)
    return YearStatement(*(float(middle(each)) for each in (*lines, result)))
