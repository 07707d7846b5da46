"""What happened less what was voted, and the middle of the futures a budget is held against."""

from __future__ import annotations

from dataclasses import replace

from smartfin.analysis.indicators.family import find_indicator
from smartfin.quarter import Quarter
from smartfin.services.budget import budgeted
from smartfin.services.provenance.figure import AGAINST, AHEAD, STATEMENT, Figure
from smartfin.services.provenance.parts import Derived, Maker
from smartfin.services.provenance.windows import window_parts
from smartfin.services.variance import difference_cell
from smartfin.services.view import measure_cell


def of_against(maker: Maker, figure: Figure) -> Derived:
    """An indicator or a row of the statement, less what was voted for the same quarters.

    Raises:
        InputError: ``partner-unknown``, ``indicator-unknown``, ``figure-unknown``.
    """
    code = figure.code.removeprefix(AGAINST)
    happened, voted = replace(figure, code=code), replace(figure, code=budgeted(code))
    if code.startswith(STATEMENT):
        return _of_statement(maker, happened, voted)
    if code.startswith(AHEAD):
        return _of_outlook(maker, happened)
    words, settings = maker.words, maker.smartfin.settings
    indicator = find_indicator(code, settings.level, settings.deadline)
    cell = difference_cell(
        words,
        maker.measure(happened),
        maker.measure(voted),
        indicator.polarity,
        digits=indicator.digits,
    )
    name = words.text("explain.name.against", name=words.text(f"indicator.{code}"))
    columns = [words.text(f"column.{each}") for each in ("quarter", "actual", "budget")]
    rows = [(words.quarter(figure.quarter), (happened, voted))]
    said = (name, words.text("explain.how.against"), cell)
    return maker.made(said, columns, rows, synthetic=maker.is_synthetic(figure))


def _of_statement(maker: Maker, happened: Figure, voted: Figure) -> Derived:
    """The lines of a row as they were booked, then as they were voted."""
    words = maker.words
    name, now, columns, rows = window_parts(maker, happened)
    _, plan, _, planned = window_parts(maker, voted)
    named = [
        (words.text("explain.of-scenario", name=head, scenario=voted.scenario.value), parts)
        for head, parts in planned
    ]
    title = words.text("explain.name.window", part=name)
    said = (
        words.text("explain.name.against", name=title),
        words.text("explain.how.against"),
        difference_cell(words, now, plan, 0),
    )
    synthetic = maker.is_synthetic(happened)
    return maker.made(said, columns, [*rows, *named], synthetic=synthetic)


def of_ahead(maker: Maker, figure: Figure) -> Derived:
    """Four quarters ahead in the middle of the futures: the quarters those are drawn from.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``quarter-unreadable``,
            ``quarter-not-known``.
    """
    words, paths = maker.words, maker.smartfin.settings.outlook.paths
    code, _, until = figure.code.removeprefix(AHEAD).partition(":")
    found = maker.ahead(figure)
    case = maker.assessment(figure).case(figure.partner)
    columns, rows = maker.drawn_from(case)
    how = words.text("explain.how.ahead", paths=paths, target=Quarter.parse(until))
    said = (_name_ahead(maker, code, until), how, measure_cell(words, found))
    return maker.made(said, columns, rows, synthetic=case.synthetic)


def _of_outlook(maker: Maker, drawn: Figure) -> Derived:
    """The middle of the outlook less what was voted for the same four quarters."""
    words = maker.words
    code, _, until = drawn.code.removeprefix(AHEAD).partition(":")
    voted = Figure(drawn.partner, Quarter.parse(until), budgeted(code))
    cell = difference_cell(words, maker.ahead(drawn), maker.measure(voted), 0)
    name = words.text("explain.name.against", name=_name_ahead(maker, code, until))
    columns = [words.text(f"column.{each}") for each in ("four-quarters-to", "outlook", "budget")]
    rows = [(words.quarter(voted.quarter), (drawn, voted))]
    said = (name, words.text("explain.how.against-outlook"), cell)
    return maker.made(said, columns, rows, synthetic=maker.is_synthetic(drawn))


def _name_ahead(maker: Maker, code: str, until: str) -> str:
    name = maker.words.text(f"indicator.{code}")
    return maker.words.text("explain.name.ahead", name=name, target=Quarter.parse(until))
