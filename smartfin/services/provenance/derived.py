"""Numbers that are no indicators: what they rest on, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.indicators.family import Indicator, find_indicator
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.measure import Measure
from smartfin.partner import find_partner
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.provenance.against_budget import of_against, of_ahead
from smartfin.services.provenance.figure import (
    AGAINST,
    AHEAD,
    BOUGHT_SHARE,
    BRIDGE,
    CHANGE,
    GROUP,
    LINES,
    RULE,
    SOCIAL,
    STATEMENT,
    SUPPORT,
    VARIANCE,
    YEAR,
    Figure,
)
from smartfin.services.provenance.group_parts import of_group
from smartfin.services.provenance.listed_parts import of_list
from smartfin.services.provenance.parts import (
    OF_OUTLOOK,
    PROBABILITY,
    VERDICT,
    Derived,
    Maker,
)
from smartfin.services.provenance.rule_parts import of_rule
from smartfin.services.provenance.social_parts import of_bought_share, of_social
from smartfin.services.provenance.support_parts import of_support
from smartfin.services.provenance.verdict_parts import of_verdict, outlook_sentences
from smartfin.services.provenance.windows import of_bridge, of_window
from smartfin.services.verdict_words import probability_name
from smartfin.services.view import measure_cell
from smartfin.support import is_of_group

_OF_PREFIX = {
    AGAINST: of_against,
    AHEAD: of_ahead,
    BRIDGE: of_bridge,
    LINES: of_window,
    STATEMENT: of_window,
    RULE: of_rule,
    SUPPORT: of_support,
}
_OF_WHOLE = (AGAINST, AHEAD, BRIDGE, LINES, STATEMENT, SUPPORT)
_JUDGED = {VERDICT: of_verdict, SOCIAL: of_social, BOUGHT_SHARE: of_bought_share}


def is_derived(figure: Figure) -> bool:
    """Whether a figure is neither an indicator nor a line item."""
    return (
        figure.partner == GROUP
        or is_of_group(figure.partner)
        or figure.code in {*OF_OUTLOOK, *_JUDGED}
        or figure.code.startswith((CHANGE, YEAR, VARIANCE, *_OF_PREFIX))
    )


def derived(maker: Maker, figure: Figure) -> Derived:
    """What such a number rests on, on what was known on a day.

    Raises:
        InputError: ``partner-unknown``, ``indicator-unknown``, ``figure-unknown``,
            ``quarter-not-known``, ``rule-unknown``; ``figure-of-whole`` for what is judged of a
            partner with all its legal entities, asked for of one of them.
    """
    if figure.partner == GROUP:
        return of_group(maker, figure)
    if is_of_group(figure.partner):
        return of_list(maker, figure)
    _refuse_part(maker, figure)
    if figure.code in OF_OUTLOOK:
        return _of_outlook(maker, figure)
    if figure.code in _JUDGED:
        return _JUDGED[figure.code](maker, figure)
    for prefix, of_prefix in _OF_PREFIX.items():
        if figure.code.startswith(prefix):
            return of_prefix(maker, figure)
    kind, _, code = figure.code.partition(":")
    indicator = find_indicator(code.partition("@")[0], maker.smartfin.settings.level)
    make = {CHANGE: _change, YEAR: _year, VARIANCE: _variance}[f"{kind}:"]
    return make(maker, replace(figure, code=code), indicator)


def _refuse_part(maker: Maker, figure: Figure) -> None:
    """What is judged of a partner as a whole is nothing that one of its legal entities has."""
    whole = find_partner(maker.smartfin.units, figure.partner).entity_of
    told = figure.code in {*OF_OUTLOOK, *_JUDGED} or figure.code.startswith(_OF_WHOLE)
    if whole and told:
        raise InputError(
            "figure-of-whole",
            figure=figure.code,
            partner=whole,
            typed=f"{whole} {figure.quarter} {figure.code}",
        )


def _of_outlook(maker: Maker, figure: Figure) -> Derived:
    """The probabilities and the landing quarter: the quarters the futures are drawn from."""
    case = maker.assessment(figure).case(figure.partner)
    outlook = case.verdict.outlook
    columns, rows = maker.drawn_from(case)
    name, how = _said_of_outlook(maker, figure.code, outlook)
    said = (name, how, maker.of_outlook(figure))
    made = maker.made(said, columns, rows, synthetic=case.synthetic)
    warnings = outlook_sentences(maker.words, outlook) if outlook else ()
    return replace(made, warnings=warnings)


def _said_of_outlook(maker: Maker, code: str, outlook: Outlook | None) -> tuple[str, str]:
    """What a figure of the outlook is called, and how it is made."""
    words, settings = maker.words, maker.smartfin.settings
    paths, target = settings.outlook.paths, outlook.target if outlook else settings.deadline
    how = words.text(f"explain.how.{code}", paths=paths, target=target)
    if code == PROBABILITY:
        return probability_name(words, [outlook]), how
    return words.text(f"column.{code}"), how


def _change(maker: Maker, figure: Figure, indicator: Indicator) -> Derived:
    """From a year earlier to the quarter."""
    words = maker.words
    quarters = (figure.quarter, figure.quarter + -4)
    now, before = (_at(maker, figure, quarter) for quarter in quarters)
    cell = measure_cell(words, _less(now, before), sign=True, digits=indicator.digits)
    name = words.text(f"indicator.{indicator.code}")
    said = (words.text("explain.name.change", name=name), words.text("explain.how.change"), cell)
    rows = [(words.quarter(each), (replace(figure, quarter=each),)) for each in quarters]
    return maker.made(said, [words.text("column.quarter"), name], rows,
                      synthetic=maker.is_synthetic(figure))  # fmt: skip


def _year(maker: Maker, figure: Figure, indicator: Indicator) -> Derived:
    """The quarters of the year so far, added up."""
    words, year = maker.words, _year_so_far(figure)
    cell = measure_cell(words, _sum(maker, figure, year))
    name = words.text(f"indicator.{indicator.code}")
    scenario = figure.scenario.value
    title = words.text("explain.name.year", name=name, scenario=scenario)
    rows = [(words.quarter(each), (replace(figure, quarter=each),)) for each in year]
    return maker.made((title, words.text("explain.how.year"), cell),
                      [words.text("column.quarter"), name], rows,
                      synthetic=maker.is_synthetic(figure))  # fmt: skip


def _variance(maker: Maker, figure: Figure, indicator: Indicator) -> Derived:
    """What happened in the year so far less what was voted."""
    words, year = maker.words, _year_so_far(figure)
    voted = replace(figure, code=f"{figure.code}@{Scenario.BUDGET.value}")
    value = _less(_sum(maker, figure, year), _sum(maker, voted, year))
    name = words.text(f"indicator.{indicator.code}")
    said = (
        words.text("explain.name.variance", name=name),
        words.text("explain.how.variance"),
        measure_cell(words, value, sign=True),
    )
    rows = [
        (words.quarter(each), (replace(figure, quarter=each), replace(voted, quarter=each)))
        for each in year
    ]
    columns = [words.text(f"column.{name}") for name in ("quarter", "actual", "budget")]
    return maker.made(said, columns, rows, synthetic=maker.is_synthetic(figure))


def _year_so_far(figure: Figure) -> tuple[Quarter, ...]:
    return tuple(quarters_between(Quarter(figure.quarter.year, 1), figure.quarter))


def _at(maker: Maker, figure: Figure, quarter: Quarter) -> Measure:
    return maker.measure(replace(figure, quarter=quarter))


def _sum(maker: Maker, figure: Figure, quarters: Iterable[Quarter]) -> Measure:
    """Sum over quarters; without a value as soon as one has none."""
    measures = [_at(maker, figure, quarter) for quarter in quarters]
    unknown = next((each for each in measures if each.value is None), None)
    if unknown:
        return unknown
    return Measure(sum(each.value or 0.0 for each in measures), measures[0].unit)


def _less(one: Measure, other: Measure) -> Measure:
    if one.value is None or other.value is None:
        return one if one.value is None else other
    return Measure(one.value - other.value, one.unit)
