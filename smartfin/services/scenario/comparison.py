"""Scenarios of one partner beside its present course, all made of the same draws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.scenario import (
    CashQuarter,
    Difference,
    Draw,
    Scenario,
    YearStatement,
    difference_of,
    scenario_of,
)
from smartfin.errors import InputError
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.scenario import NO_CHANGES, Changes, parsed_changes
from smartfin.services.scenario.ground import Ground
from smartfin.services.scenario.saved import saved_scenario
from smartfin.services.start import Smartfin
from smartfin.store import SavedScenario
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class Alternative:
    """A set of changes with a name.

    Args:
        name: How it is called.
        changes: What it changes.
        saved: Number of the saved version; None for changes at hand.
        key: What links name the scenario by; None for changes at hand.
    """

    name: str
    changes: Changes
    saved: int | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A set of changes laid on the figures known now.

    Args:
        alternative: The changes, with their name.
        scenario: Where they lead; ``over`` names what has been reported since.
    """

    alternative: Alternative
    scenario: Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Several scenarios of a partner beside its present course.

    Args:
        partner: Code.
        currency: Of the partner.
        draw: The draws all of them are made of: they differ by what was decided and nothing else.
        base: The present course.
        sides: One a scenario, as asked for.
        synthetic: Whether any figure is made up.
        provisional: Whether any figure is not approved yet, where somebody approves.
    """

    partner: str
    currency: str
    draw: Draw
    base: Scenario
    sides: tuple[Side, ...]
    synthetic: bool
    provisional: bool


def changes_of(saved: SavedScenario) -> Changes:
    """What a saved scenario changes.

    Raises:
        InputError: ``scenario-unknown`` where it was erased; ``scenario-malformed``,
            ``scenario-key-unknown``, ``scenario-key-missing`` or ``scenario-lever-twice`` where
            another version of smartfin wrote what this one does not know.
    """
    if not saved.changes:
        raise InputError("scenario-unknown", id=saved.id)
    return parsed_changes(json.loads(saved.changes))


def saved_alternative(smartfin: Smartfin, number: int, as_of: date | None = None) -> Alternative:
    """The newest version of a saved scenario, by the number of any.

    Raises:
        InputError: As ``saved_scenario`` and ``changes_of``.
    """
    saved = saved_scenario(smartfin, number, as_of)
    return Alternative(saved.name, changes_of(saved), saved.id, saved.key)


def saved_together(
    smartfin: Smartfin, words: Words, numbers: Iterable[int], as_of: date | None = None
) -> tuple[str, tuple[Alternative, ...]]:
    """Saved scenarios that can be laid side by side, each once, and whose they are.

    Raises:
        InputError: As ``saved_alternative``; ``scenarios-apart`` where they are of several
            partners.
    """
    found = [saved_scenario(smartfin, number, as_of) for number in numbers]
    partners = dict.fromkeys(each.partner for each in found)
    if len(partners) > 1:
        named = words.join([words.country_and_code(code) for code in partners])
        raise InputError("scenarios-apart", several=named)
    keys = dict.fromkeys(each.key for each in found)
    alternatives = tuple(saved_alternative(smartfin, key, as_of) for key in keys)
    return next(iter(partners)), alternatives


def compared(words: Words, ground: Ground, alternatives: Iterable[Alternative]) -> Comparison:
    """Scenarios of a partner side by side.

    Args:
        words: In which it is said why there are none.
        ground: Of the partner.
        alternatives: In the order they are shown.

    Raises:
        InputError: ``scenario-impossible``: no data supports any, and why.
    """
    case = ground.case
    draw = drawn(words, ground)
    return Comparison(
        partner=case.partner.code,
        currency=case.partner.currency,
        draw=draw,
        base=scenario_of(draw, NO_CHANGES),
        sides=tuple(Side(each, scenario_of(draw, each.changes)) for each in alternatives),
        synthetic=case.synthetic,
        provisional=case.provisional,
    )


def drawn(words: Words, ground: Ground) -> Draw:
    """The futures of a partner.

    Raises:
        InputError: ``scenario-impossible``: no data supports any, and why.
    """
    draw = ground.draw
    if isinstance(draw, NoOutlook):
        why = words.reason(Measure(None, Unit.FRACTION, draw.reason, draw.facts))
        raise InputError("scenario-impossible", partner=ground.case.partner.code, why=why)
    return draw


def difference_between(comparison: Comparison, first: int, second: int) -> Difference:
    """Why two of those compared end differently.

    Args:
        comparison: All of them.
        first: Place of the one to start from: 0 is the present course, 1 the first scenario.
        second: Place of the other.
    """
    changes = (NO_CHANGES, *(side.alternative.changes for side in comparison.sides))
    return difference_of(comparison.draw, changes[first], changes[second])


def coverage_of(year: YearStatement) -> Measure:
    """Income over costs of four quarters [fraction]; undefined without costs."""
    costs = year.variable + year.fixed
    if costs <= 0:
        return undefined(Unit.FRACTION, Reason.NO_OWN_COSTS)
    return Measure((year.fee_income + year.other_income) / costs, Unit.FRACTION)


def lowest_cash(scenario: Scenario) -> CashQuarter | None:
    """Where free cash is lowest within what the outlook shows; None where it is not known."""
    last = scenario.outlook.fan[-1].quarter
    within = (each for each in scenario.cash.quarters if each.quarter <= last)
    return min(within, key=lambda each: each.median, default=None)
