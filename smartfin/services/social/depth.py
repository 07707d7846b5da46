"""The twelve of one partner: each against its own past, its tolerance and its floor."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartfin.analysis.social import MEASURES, SocialMeasure, SocialVerdict, Source, Standing
from smartfin.analysis.social.standing import BAD, LEAST_KNOWN
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.services.country.indicator_rows import chosen_tables
from smartfin.services.provenance.figure import source_of
from smartfin.services.social.case import SocialCase
from smartfin.services.social.matrix import numbered
from smartfin.services.view import (
    Cell,
    Section,
    Table,
    approval_mark,
    measure_cell,
    text_cell,
)
from smartfin.social_floor import SocialFloor
from smartfin.wording import DASH, Words

_COLUMNS = (
    "indicator",
    "unit",
    "figure",
    "usual",
    "change",
    "tolerance",
    "floor",
    "standing",
    "should-go",
    "social-source",
)


def twelve_section(words: Words, judged: SocialCase, budget: pd.DataFrame) -> Section:
    """The twelve, and what is read beside them."""
    title, verdict = words.text("social.section.twelve"), judged.verdict
    if verdict is None:
        return Section("twelve", title)
    companions = [code for measure in MEASURES for code in measure.companions]
    caption = words.text("social.companions", quarter=verdict.quarter)
    return Section(
        "twelve",
        title,
        sentences=(words.text("social.twelve.how"),),
        tables=(
            _twelve(words, judged, verdict),
            *chosen_tables(words, judged.case, companions, caption, budget),
        ),
    )


def _twelve(words: Words, judged: SocialCase, verdict: SocialVerdict) -> Table:
    return Table(
        caption=words.text("social.twelve", quarter=verdict.quarter),
        columns=tuple(words.text(f"column.{name}") for name in _COLUMNS),
        rows=tuple(_row(words, judged, each, verdict.quarter) for each in verdict.standings),
        mark=approval_mark(words, provisional=judged.case.provisional),
    )


def _row(
    words: Words, judged: SocialCase, standing: Standing, quarter: Quarter
) -> tuple[Cell, ...]:
    measure, digits = standing.measure, standing.measure.indicator.digits
    source = source_of(judged.case.partner.code, quarter, measure.code)
    set_floor, set_tolerance = _set_by(words, measure, quarter, judged.floors)
    return (
        text_cell(numbered(words, measure), words.text(f"indicator.{measure.code}.what")),
        text_cell(_unit(words, standing.value.unit)),
        measure_cell(words, standing.value, digits=digits, source=source),
        measure_cell(words, _usual(standing), digits=digits),
        _change(words, standing),
        text_cell(_tolerance(words, standing), set_tolerance),
        _floor(words, standing, set_floor),
        Cell(
            words.text(f"social.held.{standing.held.value}"),
            good=False if standing.held in BAD else None,
        ),
        text_cell(words.text(f"social.direction.{measure.direction.value}")),
        text_cell(_source(words, measure)),
    )


def _unit(words: Words, unit: str) -> str:
    return words.text(f"chart.unit.{unit}") if unit in set(Unit) else unit


def _usual(standing: Standing) -> Measure:
    unit = standing.value.unit
    if standing.median is None:
        facts = {"quarters": standing.known, "needed": LEAST_KNOWN}
        return undefined(unit, Reason.HISTORY_TOO_SHORT, **facts)
    return Measure(standing.median, unit)


def _change(words: Words, standing: Standing) -> Cell:
    """How much it differs from what was usual; marked where that is worse than agreed."""
    unit = standing.value.unit
    if standing.change is None:
        return Cell(DASH, unit=unit)
    text = words.measure(
        Measure(standing.change, unit), sign=True, digits=standing.measure.indicator.digits
    )
    return Cell(text, standing.change, unit, good=False if standing.held in BAD else None)


def _tolerance(words: Words, standing: Standing) -> str:
    if standing.measure.in_points:
        return words.text("unit.points", number=words.number(standing.tolerance * 100))
    return words.percent(standing.tolerance)


def _floor(words: Words, standing: Standing, note: str) -> Cell:
    if standing.floor is None:
        return text_cell(DASH)
    floor = Measure(standing.floor, standing.value.unit)
    return text_cell(words.measure(floor, digits=standing.measure.indicator.digits), note)


def _set_by(
    words: Words, measure: SocialMeasure, quarter: Quarter, floors: Sequence[SocialFloor]
) -> tuple[str, str]:
    """Who set the floor and who the tolerance in force, and when; empty for house values."""
    own = [
        each
        for each in floors
        if each.measure == measure.code and Quarter.containing(each.since) <= quarter
    ]
    newest = sorted(own, key=lambda each: each.since, reverse=True)
    floor = next((each for each in newest if each.floor is not None), None)
    tolerance = next((each for each in newest if each.tolerance is not None), None)
    return _dated(words, floor), _dated(words, tolerance)


def _dated(words: Words, each: SocialFloor | None) -> str:
    return words.text("social.set", why=each.why, day=each.since) if each else ""


def _source(words: Words, measure: SocialMeasure) -> str:
    name = words.text(f"social.source.{measure.source.value}")
    if measure.source is not Source.IRIS:
        return name
    return words.text("social.iris", source=name, iris=measure.iris)
