"""What changed the result between two windows of four quarters: chart, table and choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from smartfin.analysis.bridge import PARTS, TERMS, Bridge, PartCode, bridge, part_amount
from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.analysis.variance import effect
from smartfin.charts import Shape, Step, Subject, Windows, bridge_figure, bridge_sentence
from smartfin.errors import InputError
from smartfin.measure import Measure
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import BRIDGE, LINES, source_of
from smartfin.services.view import (
    Cell,
    Chart,
    Section,
    Table,
    marked_chart,
    measure_cell,
    text_cell,
    value_cell,
)
from smartfin.settings import Level
from smartfin.wording import Words

_RATES = {
    PartCode.VOLUME: ("invoiced_volume", 0),
    PartCode.FEE: ("take_rate", 2),
    PartCode.RISK: ("variable_rate", 2),
}
"""What the parts that come with volume are the change of, with its decimals."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The two windows a bridge leads between, each by its last quarter.

    Args:
        first: The one compared with.
        second: The one explained.
        choices: Quarters that can be chosen, newest first.
    """

    first: Quarter
    second: Quarter
    choices: tuple[Quarter, ...]


def compared_windows(
    case: Case, first: Quarter | None = None, second: Quarter | None = None
) -> Compared | None:
    """The windows asked for; by default the newest four quarters and the four before them.

    Returns:
        None while nothing is known.

    Raises:
        InputError: ``window-not-known`` for a quarter outside what the partner reported.
    """
    if case.quarter is None:
        return None
    start = Quarter.from_ordinal(int(case.table.index[0]))
    choices = tuple(quarters_between(start, case.quarter))[::-1]
    for asked in filter(None, (first, second)):
        if asked not in choices:
            raise InputError(
                "window-not-known", quarter=str(asked), first=str(start), last=str(case.quarter)
            )
    until = second or case.quarter
    since = first or max(until + -4, start)
    return Compared(since, until, choices)


def change_section(words: Words, case: Case, subject: Subject, compared: Compared) -> Section:
    """What changed the result, cause by cause; why there is no bridge where there is none."""
    built = _bridge(case, compared, case.settings.level)
    title = words.text("country.section.change")
    if built is None:
        return Section("change", title, sentences=(_why_none(words, case, compared),))
    chart = _chart(words, case, subject, compared, built)
    sentences = (chart.alt, words.text("bridge.how"))
    return Section("change", title, sentences, charts=(chart,))


def _bridge(case: Case, compared: Compared, level: Level) -> Bridge | None:
    return bridge(case.table, compared.first.ordinal, compared.second.ordinal, level)


def _why_none(words: Words, case: Case, compared: Compared) -> str:
    """The first figure that is missing, in a sentence."""
    measures = (
        _measure(case, code, quarter)
        for quarter in (compared.first, compared.second)
        for code in (RESULT_OF[case.settings.level], "invoiced_volume")
    )
    reason = next(words.reason(measure) for measure in measures if measure.reason)
    return words.text("bridge.none", first=compared.first, second=compared.second, reason=reason)


def _measure(case: Case, code: str, quarter: Quarter) -> Measure:
    newest = case.quarter or quarter
    return case.measure(code, quarters_earlier=newest.ordinal - quarter.ordinal)


def _chart(words: Words, case: Case, subject: Subject, compared: Compared, built: Bridge) -> Chart:
    level = case.settings.level
    blocks = [_block(words, compared, level, built)]
    supported = _bridge(case, compared, Level.SUPPORTED)
    if level is Level.OSS and supported:
        blocks.append(_support_block(words, compared, built, supported))
    named = Windows(compared.first, compared.second, words.text(f"indicator.{RESULT_OF[level]}"))
    arguments = (blocks, named, subject, words)
    chart = Chart(
        figure=bridge_figure(*arguments),
        alt=bridge_sentence(*arguments),
        table=_table(words, case, compared),
        narrow=bridge_figure(*arguments, narrow=True),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def _block(words: Words, compared: Compared, level: Level, built: Bridge) -> tuple[Step, ...]:
    """From one result to the other, cause by cause."""
    effects = (
        Step(words.text(f"bridge.{part.code}"), part.amount, Shape.EFFECT) for part in built.parts
    )
    return _between(words, compared, level, built, tuple(effects))


def _support_block(
    words: Words, compared: Compared, own: Bridge, supported: Bridge
) -> tuple[Step, ...]:
    """From one result after support to the other: what was earned, then support."""
    effects = (
        Step(words.text("bridge.before-support"), own.change, Shape.EFFECT),
        *(
            Step(words.text(f"bridge.{code}"), supported.amount(code), Shape.EFFECT)
            for code in (PartCode.GRANTS, PartCode.GROUP)
        ),
    )
    return _between(words, compared, Level.SUPPORTED, supported, effects)


def _between(
    words: Words, compared: Compared, level: Level, built: Bridge, effects: tuple[Step, ...]
) -> tuple[Step, ...]:
    result = words.text(f"indicator.{RESULT_OF[level]}")
    names = [
        words.text("bridge.total", result=result, quarter=quarter)
        for quarter in (compared.first, compared.second)
    ]
    start = Step(names[0], built.start, Shape.PREVIOUS)
    return (start, *effects, Step(names[1], built.end, Shape.TOTAL))


def _table(words: Words, case: Case, compared: Compared) -> Table:
    """Every cause with what it is the change of, and the results at each level known."""
    columns = (
        words.text("column.cause"),
        *(
            words.text("column.window", quarter=quarter)
            for quarter in (compared.first, compared.second)
        ),
        words.text("column.effect-on-result"),
    )
    caption = words.text("bridge.caption", first=compared.first, second=compared.second)
    return Table(caption, columns, tuple(_rows(words, case, compared)))


def _rows(words: Words, case: Case, compared: Compared) -> Iterator[tuple[Cell, ...]]:
    """The causes of each level below those of the level before it, each set with its result."""
    told: set[PartCode] = set()
    levels = (Level.OSS, *((Level.FSS,) if case.settings.level is Level.FSS else ()),
              Level.SUPPORTED)  # fmt: skip
    for level in levels:
        built = _bridge(case, compared, level)
        if built is None:
            continue
        for code in PARTS[level]:
            if code not in told:
                yield _cause_row(words, case, compared, code, built.amount(code))
        told |= set(PARTS[level])
        yield _result_row(words, case, compared, level, built.change)


def _cause_row(
    words: Words, case: Case, compared: Compared, code: PartCode, amount: float
) -> tuple[Cell, ...]:
    cell = partial(_line_cell if code in TERMS else _rate_cell, words, case, code)
    return (
        text_cell(words.text(f"bridge.{code}")),
        cell(compared.first),
        cell(compared.second),
        _effect_cell(words, case, compared, code, amount),
    )


def _line_cell(words: Words, case: Case, code: PartCode, quarter: Quarter) -> Cell:
    amount = part_amount(case.table, quarter.ordinal, code)
    source = source_of(case.partner.code, quarter, f"{LINES}{code}")
    return value_cell(words, amount, case.partner.currency, source)


def _rate_cell(words: Words, case: Case, code: PartCode, quarter: Quarter) -> Cell:
    indicator, digits = _RATES[code]
    measure = _measure(case, indicator, quarter)
    source = source_of(case.partner.code, quarter, indicator)
    return measure_cell(words, measure, digits=digits or None, source=source)


def _result_row(
    words: Words, case: Case, compared: Compared, level: Level, change: float
) -> tuple[Cell, ...]:
    code = RESULT_OF[level]
    results = (
        measure_cell(
            words, _measure(case, code, quarter), source=source_of(case.partner.code, quarter, code)
        )
        for quarter in (compared.first, compared.second)
    )
    name = text_cell(words.text(f"indicator.{code}"))
    return (name, *results, _effect_cell(words, case, compared, code, change))


def _effect_cell(words: Words, case: Case, compared: Compared, code: str, amount: float) -> Cell:
    currency = case.partner.currency
    text = words.amount(amount, currency, sign=True)
    none = words.amount(0.0, currency, sign=True)
    source = f"{BRIDGE}{code}:{compared.first}"
    return Cell(
        text=text,
        value=amount,
        unit=currency,
        good=None if text == none else effect(amount, +1),
        source=source_of(case.partner.code, compared.second, source),
    )
