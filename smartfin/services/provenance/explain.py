"""Where a number comes from: its sum with the real figures, and the cells below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartfin.analysis.indicators.indicator import Window
from smartfin.facts import Scenario
from smartfin.measure import Measure, Unit
from smartfin.services.provenance.derived import derived, is_derived
from smartfin.services.provenance.explained import Explained, explained
from smartfin.services.provenance.facts_read import (
    FactRow,
    as_set_sentences,
    fact_row,
    facts_table,
    removed_sentence,
    unreported_sentence,
)
from smartfin.services.provenance.figure import GROUP, ITEM, Figure
from smartfin.services.provenance.parts import Derived, Maker
from smartfin.services.provenance.sums import StepRow, step_row, steps_of, value_of
from smartfin.services.provenance.warned import figure_of_rule, rule_sentences
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table
from smartfin.store import Basis
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class ExplainView:
    """Everything the page of one number shows.

    Args:
        name: Of the figure.
        sentence: The number in one sentence.
        value: The number; a dash with its reason where there is none.
        exact: The number unrounded, in words; empty where that says nothing more.
        definition: What it means.
        over: The quarters it looks at, in a sentence.
        steps: Its sums, the figure's own first.
        parts: The figures it is made of, each to be opened in turn; None without any.
        facts: The amounts at the bottom, each with file, cell, hand and day; None without any.
        cells: The same for the pictures of the rows around them.
        unreported: Lines that were never reported and count as nothing, in a sentence.
        removed: What was taken out between a partner's own entities, in a sentence.
        synthetic: Whether it rests on made-up sample data.
        warnings: What the rules of early warning make of it, in sentences.
        as_set: What group.toml states where the books do not, in sentences.
    """

    name: str
    sentence: str
    value: Cell
    exact: str
    definition: str
    over: str
    steps: tuple[StepRow, ...]
    parts: Table | None
    facts: Table | None
    cells: tuple[FactRow, ...]
    unreported: str
    synthetic: bool
    removed: str = ""
    warnings: tuple[str, ...] = ()
    as_set: tuple[str, ...] = ()


def explain_view(
    smartfin: Smartfin,
    words: Words,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
    *,
    figure: Figure,
) -> ExplainView:
    """Where a number comes from, on what was known on a day.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``choice-unknown`` or
            ``quarter-not-known``.
    """
    figure = figure_of_rule(smartfin, figure)
    if is_derived(figure):
        return _derived_view(words, figure, derived(Maker(smartfin, words, as_of, basis), figure))
    found = explained(smartfin, figure, as_of, basis)
    name = figure_name(words, found)
    value = value_of(words, found)
    rows = tuple(each for each in found.used if each.fact)
    return ExplainView(
        name=name,
        sentence=_sentence(words, figure, name, value),
        value=value,
        exact=_exact(words, found.measure),
        definition=_definition(words, found),
        over=_over(words, found),
        steps=tuple(step_row(smartfin, words, found, step) for step in steps_of(found)),
        parts=None,
        facts=facts_table(words, found, rows) if rows else None,
        cells=tuple(fact_row(words, each.fact) for each in rows if each.fact),
        unreported=unreported_sentence(words, found.used),
        removed=removed_sentence(words, found),
        synthetic=found.synthetic,
        warnings=rule_sentences(smartfin, words, figure),
        as_set=as_set_sentences(smartfin, words, found),
    )


def figure_name(words: Words, found: Explained) -> str:
    """The name of an indicator or a line item; that it was voted or is expected, beside it."""
    if found.indicator is None:
        name = words.item(found.figure.name.removeprefix(ITEM))
    else:
        name = words.text(f"indicator.{found.indicator.code}")
    if found.figure.scenario is Scenario.ACTUAL:
        return name
    return words.text("explain.of-scenario", name=name, scenario=found.figure.scenario.value)


def _derived_view(words: Words, figure: Figure, made: Derived) -> ExplainView:
    return ExplainView(
        name=made.name,
        sentence=_sentence(words, figure, made.name, made.value),
        value=made.value,
        exact="",
        definition=made.how,
        over="",
        steps=(),
        parts=made.parts,
        facts=None,
        cells=(),
        unreported="",
        synthetic=made.synthetic,
        warnings=made.warnings,
    )


def _sentence(words: Words, figure: Figure, name: str, value: Cell) -> str:
    whose = words.text("board.group") if figure.partner == GROUP else (
        words.country(figure.partner)
    )  # fmt: skip
    key = "explain.sentence.none" if value.text == DASH else "explain.sentence"
    return words.text(key, whose=whose, quarter=figure.quarter, name=name, value=value.text)


def _exact(words: Words, measure: Measure) -> str:
    """An amount of money to the cent, where its text is rounded."""
    if measure.value is None or measure.unit in set(Unit):
        return ""
    return words.text("explain.exact", value=words.figure(measure.value, measure.unit))


def _definition(words: Words, found: Explained) -> str:
    return words.text(f"indicator.{found.indicator.code}.what") if found.indicator else ""


def _over(words: Words, found: Explained) -> str:
    """Over which quarters a figure looks."""
    if found.explanation is None or found.indicator is None:
        return ""
    quarters = found.explanation.quarters
    keys = {
        Window.TTM: "explain.over.ttm",
        Window.YEAR_BEFORE: "explain.over.ttm",
        Window.TWO_YEARS: "explain.over.two-years",
        Window.QUARTER: "explain.over.quarter",
        Window.QUARTER_BEFORE: "explain.over.quarter",
        Window.TWO_QUARTERS: "explain.over.two-quarters",
        Window.YEAR_EARLIER: "explain.over.stock",
        Window.YEAR_APART: "explain.over.year-apart",
        Window.STOCK: "explain.over.stock",
        Window.SINCE_START: "explain.over.start",
    }
    return words.text(keys[found.indicator.window], first=quarters[0], last=quarters[-1])
