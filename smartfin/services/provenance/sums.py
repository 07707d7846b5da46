"""The sums behind a number, in words and with the real figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartfin.analysis.explain import Input
from smartfin.analysis.formula import LARGER, SMALLER, SQUARED, Step, Term, is_number
from smartfin.analysis.indicators.family import RESULT_OF, find_indicator
from smartfin.facts import Scenario
from smartfin.measure import Measure, Unit
from smartfin.services.provenance.explained import Explained
from smartfin.services.provenance.figure import Figure
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, measure_cell, text_cell
from smartfin.wording import DASH, Words

_SIGNS = {"-": "\u2212", "*": "\u00d7", "/": "\u00f7", ",": ";"}
_CHOICES = {LARGER: "explain.larger-of", SMALLER: "explain.smaller-of"}
_QUARTERS_WRITTEN_OUT = 4
# What a tile shows in thousands, with its sign.
_RESULTS = {"gap_to_breakeven", *RESULT_OF.values()}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One sum.

    Args:
        name: Of what comes out.
        formula: What it is made of, in words: names and signs.
        figures: The same with the real figures.
        result: What comes out.
    """

    name: str
    formula: str
    figures: tuple[Cell, ...]
    result: Cell


def value_of(words: Words, found: Explained) -> Cell:
    """The number as the Board shows it."""
    if found.indicator is None:
        return measure_cell(words, found.measure)
    code = found.indicator.code
    return measure_cell(
        words,
        found.measure,
        scale="k" if code in _RESULTS else "auto",
        sign=code in _RESULTS,
        digits=found.indicator.digits,
    )


def steps_of(found: Explained) -> tuple[Step, ...]:
    """The sums that say something: not that an amount is itself."""
    if found.explanation is None:
        return ()
    return tuple(
        step
        for step in found.explanation.steps
        if len(step.pieces) > 1 or len(step.terms[0].quarters) > 1 or not step.terms[0].item
    )


def step_row(smartfin: Smartfin, words: Words, found: Explained, step: Step) -> StepRow:
    """A sum in words and in figures."""
    name = words.item(step.code) if step.item else words.text(f"indicator.{step.code}")
    own = step.code == found.figure.name
    result = value_of(words, found) if own else _figure_cell(smartfin, words, found, step)
    parts = _written_out(words, found, step)
    if parts:
        joined = [cell for part in parts for cell in (text_cell("+"), part)][1:]
        return StepRow(name, _formula(words, found, step), tuple(joined), result)
    figures = tuple(
        _figure_cell(smartfin, words, found, piece)
        if isinstance(piece, Term)
        else text_cell(_sign(words, piece))
        for piece in step.pieces
    )
    return StepRow(name, _formula(words, found, step), figures, result)


def _formula(words: Words, found: Explained, step: Step) -> str:
    """A formula in words; of one line added up, the quarters."""
    term = step.terms[0]
    if len(step.pieces) == 1 and term.item and 1 < len(term.quarters) <= _QUARTERS_WRITTEN_OUT:
        return " + ".join(words.quarter(quarter) for quarter in term.quarters)
    written = [
        _name(words, piece) if isinstance(piece, Term) else _sign(words, piece)
        for piece in step.pieces
    ]
    return spaced(written)


def spaced(pieces: Iterable[str]) -> str:
    """The pieces of a sum as they are written: no space within brackets or before a square.

    Example:
        >>> spaced(["a", "÷", "(", "b", "+", "c", ")"])
        'a ÷ (b + c)'
    """
    joined = " ".join(pieces).replace("( ", "(")
    for close in (")", ";", SQUARED):
        joined = joined.replace(f" {close}", close)
    return joined


def _sign(words: Words, piece: str) -> str:
    if piece in _CHOICES:
        return words.text(_CHOICES[piece])
    if not is_number(piece):
        return _SIGNS.get(piece, piece)
    return words.number(float(piece), digits=len(piece.partition(".")[2]))


def _name(words: Words, term: Term) -> str:
    return words.item(term.code) if term.item else words.text(f"indicator.{term.code}")


def _written_out(words: Words, found: Explained, step: Step) -> tuple[Cell, ...]:
    """The quarters of the only line of a sum."""
    term = step.terms[0]
    if len(step.pieces) > 1 or not term.item or not 1 < len(term.quarters) <= _QUARTERS_WRITTEN_OUT:
        return ()
    inputs = found.explanation.inputs if found.explanation else ()
    amounts = {each.quarter: each for each in inputs if each.item == term.code}
    return tuple(_input_cell(words, found, amounts[quarter]) for quarter in term.quarters)


def _input_cell(words: Words, found: Explained, each: Input) -> Cell:
    unit = next(
        (used.fact.fact.unit for used in found.used if used.input == each and used.fact),
        found.currency,
    )
    unit = unit if unit in set(Unit) else found.currency
    return _plain_cell(words, each.amount, unit)


def _figure_cell(smartfin: Smartfin, words: Words, found: Explained, part: Term | Step) -> Cell:
    """A figure within a sum; an indicator leads to its own explanation."""
    if part.item:
        item = smartfin.items.get(part.code)
        unit = item.unit if item else Unit.CURRENCY
        return _plain_cell(words, part.value, found.currency if unit == Unit.CURRENCY else unit)
    indicator = find_indicator(part.code, smartfin.settings.level)
    unit = found.currency if indicator.unit is Unit.CURRENCY else indicator.unit
    single = isinstance(part, Step) or len(part.quarters) == 1
    source = _source(found, part.code) if single else ""
    return (
        Cell(DASH, unit=unit, source=source)
        if part.value is None
        else measure_cell(words, Measure(part.value, unit), digits=indicator.digits, source=source)
    )


def _source(found: Explained, code: str) -> str:
    figure = found.figure
    scenario = "" if figure.scenario is Scenario.ACTUAL else f"@{figure.scenario.value}"
    return str(Figure(figure.partner, figure.quarter, f"{code}{scenario}", figure.currency))


def _plain_cell(words: Words, value: float | None, unit: str) -> Cell:
    if value is None:
        return Cell(text=DASH, unit=unit)
    return measure_cell(words, Measure(value, unit))
