"""Several scenarios beside the present course as a table: figures, members, what each changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from smartfin.analysis.scenario import EffectCode, Scenario
from smartfin.analysis.scenario.social import WORSE
from smartfin.analysis.variance import effect
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import Event, LeverCode
from smartfin.services.scenario.change_words import cause_words, event_words, setting_words
from smartfin.services.scenario.comparison import Comparison, coverage_of, lowest_cash
from smartfin.services.verdict_words import outlook_landing
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.wording import DASH, Words

_DIGITS = {EffectCode.MEMBERS_SHARE: 1, EffectCode.MEMBERS_PER_ADVISER: 1}

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure read off each scenario.

    Args:
        name: In words.
        read: Gives it.
        polarity: +1 more is better, -1 less is better.
        digits: Decimals; None for the usual ones.
    """

    name: str
    read: Callable[[Scenario], Measure]
    polarity: int
    digits: int | None = None


def comparison_table(words: Words, comparison: Comparison) -> Table:
    """Figures down, the present course and each scenario across, each with its difference."""
    names = (side.alternative.name for side in comparison.sides)
    return Table(
        caption=words.text(
            "named.caption", partner=comparison.partner, target=comparison.base.outlook.target
        ),
        columns=(
            words.text("column.indicator"),
            words.text("scenarios.bridge.start"),
            *names,
        ),
        rows=tuple(_rows(words, comparison)),
    )


def comparison_remarks(words: Words, comparison: Comparison) -> tuple[str, ...]:
    """What of each scenario lies in quarters reported by now and changes nothing any more."""
    return tuple(
        words.text("named.over", name=side.alternative.name, what=words.join(over))
        for side in comparison.sides
        if (over := over_words(words, side.scenario))
    )


def over_words(words: Words, scenario: Scenario) -> list[str]:
    """What was due in quarters reported by now."""
    return [
        cause_words(words, each if isinstance(each, Event) else each.lever)
        for each in scenario.over
        if each.amount
    ]


def _rows(words: Words, comparison: Comparison) -> Iterator[Row]:
    first, *others = _figures(words, comparison)
    yield _row(words, comparison, first)
    yield _row(words, comparison, others[0])
    yield _landing_row(words, comparison)
    for figure in others[1:]:
        yield _row(words, comparison, figure)
    yield _runs_out_row(words, comparison)
    for figure in _social_figures(words):
        yield _row(words, comparison, figure)
    yield from _change_rows(words, comparison)


def _figures(words: Words, comparison: Comparison) -> Iterator[_Figure]:
    target, currency = comparison.base.outlook.target, comparison.currency

    def odds(scenario: Scenario) -> Measure:
        return Measure(scenario.outlook.printed_probability, Unit.FRACTION)

    def odds_by(scenario: Scenario) -> Measure:
        return Measure(scenario.outlook.printed_probability_by, Unit.FRACTION)

    def lowest(scenario: Scenario) -> Measure:
        found = lowest_cash(scenario)
        return Measure(found.median, currency) if found else scenario.cash.today

    yield _Figure(words.text("tile.probability.target", target=target), odds, +1)
    yield _Figure(words.text("named.probability-by", target=target), odds_by, +1)
    yield _Figure(
        words.text("scenarios.result", target=target),
        lambda scenario: Measure(scenario.mean.result, currency),
        +1,
    )
    coverage = words.text("named.coverage", target=target)
    yield _Figure(coverage, lambda scenario: coverage_of(scenario.mean), +1, digits=1)
    yield _Figure(
        words.text("scenarios.needed"),
        lambda scenario: Measure(scenario.outlook.money_needed, currency),
        -1,
    )
    yield _Figure(
        words.text("named.needed-80"),
        lambda scenario: Measure(scenario.outlook.money_needed_80, currency),
        -1,
    )
    yield _Figure(words.text("scenarios.cash-low"), lowest, +1)


def _social_figures(words: Words) -> Iterator[_Figure]:
    for code in EffectCode:
        middle = code is EffectCode.FEE_OF_MIDDLE_MEMBER
        key = "scenarios.middle-member" if middle else f"indicator.{code}"
        yield _Figure(words.text(key), _felt(code), -WORSE[code], _DIGITS.get(code))


def _felt(code: EffectCode) -> Callable[[Scenario], Measure]:
    def read(scenario: Scenario) -> Measure:
        return next(each.after for each in scenario.social if each.code is code)

    return read


def _row(words: Words, comparison: Comparison, figure: _Figure) -> Row:
    """A figure of each, with its difference to the present course."""
    base = _in_currency(figure.read(comparison.base), comparison.currency)
    start = measure_cell(words, base, digits=figure.digits)
    cells = (
        _cell(words, _in_currency(figure.read(side.scenario), comparison.currency), base, figure)
        for side in comparison.sides
    )
    return (text_cell(figure.name), start, *cells)


def _in_currency(measure: Measure, currency: str) -> Measure:
    """Money of an indicator is in whatever the frame is in."""
    return replace(measure, unit=currency) if measure.unit == Unit.CURRENCY else measure


def _cell(words: Words, measure: Measure, base: Measure, figure: _Figure) -> Cell:
    cell = measure_cell(words, measure, digits=figure.digits)
    before = words.measure(base, digits=figure.digits)
    if measure.value is None or base.value is None or cell.text == before:
        return cell
    change = measure.value - base.value
    said = words.measure(Measure(change, measure.unit), sign=True, digits=figure.digits)
    text = words.text("named.cell", value=cell.text, change=said)
    return replace(cell, text=text, good=effect(change, figure.polarity))


def _landing_row(words: Words, comparison: Comparison) -> Row:
    base = comparison.base.outlook
    cells = []
    for side in comparison.sides:
        outlook = side.scenario.outlook
        cell = outlook_landing(words, outlook)
        places = base.landing.middle, outlook.landing.middle
        cells.append(_dated(words, cell, *places, sooner_is_good=True))
    return (text_cell(words.text("tile.landing")), outlook_landing(words, base), *cells)


def _runs_out_row(words: Words, comparison: Comparison) -> Row:
    name, base = text_cell(words.text("scenarios.cash-out")), comparison.base.cash
    if base.today.value is None:
        unknown = text_cell(DASH, words.reason(base.today))
        return (name, *(unknown for _ in range(len(comparison.sides) + 1)))
    cells = [text_cell(_out_words(words, base.runs_out))]
    for side in comparison.sides:
        out = side.scenario.cash.runs_out
        cell = text_cell(_out_words(words, out))
        cells.append(_dated(words, cell, base.runs_out, out, sooner_is_good=False))
    return (name, *cells)


def _out_words(words: Words, out: Quarter | None) -> str:
    return words.quarter(out) if out else words.text("scenarios.never-out")


def _dated(
    words: Words, cell: Cell, base: Quarter | None, when: Quarter | None, *, sooner_is_good: bool
) -> Cell:
    """A quarter with how much sooner or later it is than on the present course."""
    if base == when:
        return cell
    if base is None or when is None:
        return replace(cell, good=(base is None) == sooner_is_good)
    quarters = when - base
    key = "named.later" if quarters > 0 else "named.sooner"
    change = words.plural(key, abs(quarters))
    text = words.text("named.cell", value=cell.text, change=change)
    return replace(cell, text=text, good=(quarters < 0) == sooner_is_good)


def _change_rows(words: Words, comparison: Comparison) -> Iterator[Row]:
    """Each lever that any of them moves, and the events."""
    currency, nothing = comparison.currency, text_cell(DASH)
    every = [side.alternative.changes for side in comparison.sides]
    for code in LeverCode:
        found = [changes.setting(code) for changes in every]
        if any(setting and setting.amount for setting in found):
            cells = (
                text_cell(setting_words(words, setting, currency))
                if setting and setting.amount
                else nothing
                for setting in found
            )
            yield (text_cell(words.text(f"lever.{code}")), nothing, *cells)
    if any(changes.events for changes in every):
        cells = (
            text_cell(
                words.join([event_words(words, each, currency) for each in changes.events]) or DASH
            )
            for changes in every
        )
        yield (text_cell(words.text("named.events")), nothing, *cells)
