"""The answer: what a scenario makes of the odds, the landing, the result and the cash."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.scenario import CashQuarter, Scenario
from smartfin.analysis.variance import effect
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.services.verdict_words import outlook_landing
from smartfin.services.view import Cell, measure_cell, text_cell
from smartfin.wording import DASH, Words

_NEVER = math.inf


@dataclass(frozen=True, slots=True)
class Turned:
    """One figure of the answer.

    Args:
        name: In words.
        now: On the present course.
        after: With the changes; None where nothing is changed.
    """

    name: str
    now: Cell
    after: Cell | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A scenario beside the present course.

    Args:
        base: The present course.
        changed: With the changes; None where nothing is changed.
        currency: Of the partner.
    """

    base: Scenario
    changed: Scenario | None
    currency: str

    @property
    def shown(self) -> Scenario:
        """With the changes, else the present course."""
        return self.changed or self.base

    @property
    def target(self) -> Quarter:
        """Quarter that break-even is asked for."""
        return self.base.outlook.target


def message(words: Words, country: str, beside: Beside) -> str:
    """Whether it can be made, and when, against the present course."""
    base = beside.base.outlook
    facts = {
        "country": country,
        "target": beside.target,
        "before": _printed(base),
        "landing_before": outlook_landing(words, base).text,
    }
    if beside.changed is None:
        return words.text("scenarios.message.base", **facts)
    outlook = beside.changed.outlook
    return words.text(
        "scenarios.message",
        probability=_printed(outlook),
        landing=outlook_landing(words, outlook).text,
        **facts,
    )


def turned(words: Words, beside: Beside, sources: dict[str, str]) -> tuple[Turned, ...]:
    """The figures of the answer, the odds first.

    Args:
        words: Of the reader's language.
        beside: Both.
        sources: Where figures of the present course come from, by their name.
    """
    figures = (
        _odds(words, beside, sources),
        _landing(words, beside, sources),
        _result(words, beside),
        *_cash(words, beside),
        _needed(words, beside),
    )
    return figures if beside.changed else tuple(replace(each, after=None) for each in figures)


def _printed(outlook: Outlook) -> Measure:
    return Measure(outlook.printed_probability, Unit.FRACTION)


def _odds(words: Words, beside: Beside, sources: dict[str, str]) -> Turned:
    base, after = beside.base.outlook, beside.shown.outlook
    change = after.printed_probability - base.printed_probability
    return Turned(
        words.text("tile.probability.target", target=beside.target),
        measure_cell(words, _printed(base), source=sources.get("probability", "")),
        replace(measure_cell(words, _printed(after)), good=effect(change, +1)),
    )


def _landing(words: Words, beside: Beside, sources: dict[str, str]) -> Turned:
    base, after = beside.base.outlook, beside.shown.outlook
    places = [
        each.landing.middle.ordinal if each.landing.middle else _NEVER for each in (base, after)
    ]
    good = None if places[0] == places[1] else places[1] < places[0]
    return Turned(
        words.text("tile.landing"),
        replace(outlook_landing(words, base), source=sources.get("landing", "")),
        replace(outlook_landing(words, after), good=good),
    )


def _result(words: Words, beside: Beside) -> Turned:
    results = beside.base.mean.result, beside.shown.mean.result
    return Turned(
        words.text("scenarios.result", target=beside.target),
        *_amounts(words, results, beside.currency, +1),
    )


def _needed(words: Words, beside: Beside) -> Turned:
    needs = beside.base.outlook.money_needed, beside.shown.outlook.money_needed
    cells = _amounts(words, needs, beside.currency, -1)
    enough = words.text(
        "scenarios.needed-80",
        amount=words.amount(beside.shown.outlook.money_needed_80, beside.currency),
    )
    return Turned(words.text("scenarios.needed"), cells[0], replace(cells[1], note=enough))


def _cash(words: Words, beside: Beside) -> Iterator[Turned]:
    """Where free cash is lowest within what is shown, and when it runs out."""
    lowest = [_lowest(each) for each in (beside.base, beside.shown)]
    base, after = lowest
    if base is None or after is None:
        reason = words.reason(beside.base.cash.today)
        yield Turned(words.text("scenarios.cash-low"), text_cell(DASH, reason), None)
        return
    cells = _amounts(words, (base.median, after.median), beside.currency, +1)
    when = [words.quarter(each.quarter) for each in (base, after)]
    noted = (replace(cell, note=note) for cell, note in zip(cells, when, strict=True))
    yield Turned(words.text("scenarios.cash-low"), *noted)
    outs = [each.cash.runs_out for each in (beside.base, beside.shown)]
    places = [out.ordinal if out else _NEVER for out in outs]
    good = None if places[0] == places[1] else places[1] > places[0]
    never = words.text("scenarios.never-out")
    said = [text_cell(words.quarter(out) if out else never) for out in outs]
    yield Turned(words.text("scenarios.cash-out"), said[0], replace(said[1], good=good))


def _lowest(scenario: Scenario) -> CashQuarter | None:
    last = scenario.outlook.fan[-1].quarter
    within = (each for each in scenario.cash.quarters if each.quarter.ordinal <= last.ordinal)
    return min(within, key=lambda each: each.median, default=None)


def _amounts(
    words: Words, amounts: tuple[float, float], currency: str, polarity: int
) -> tuple[Cell, Cell]:
    """Two amounts, the second with what it is worth against the first."""
    before, after = (measure_cell(words, Measure(amount, currency)) for amount in amounts)
    same = before.text == after.text
    good = None if same else effect(amounts[1] - amounts[0], polarity)
    return before, replace(after, good=good)
