"""The figure of a rule of early warning: what it is made of, each part to be opened in turn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from smartfin.analysis.warning import OF_ENTITIES, Flag, find_rule
from smartfin.analysis.warning.grounds import Ground, GroundKind, grounds_of
from smartfin.analysis.warning.rule import Rule, Said
from smartfin.analysis.warning.track import Track
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.partner import Partner, find_partner
from smartfin.services.assessment import Case, assess_at
from smartfin.services.entities.warned import Judged, judged, track_of
from smartfin.services.provenance.figure import RULE, Figure
from smartfin.services.provenance.parts import Derived, Maker
from smartfin.services.start import end_of_day
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.services.warning.said import figure_text, limits_at, rule_name
from smartfin.services.warning.sentence import (
    figure_and_threshold,
    flag_sentence,
    thresholds_sentence,
)
from smartfin.wording import DASH

_BARE = frozenset({GroundKind.MEDIAN, GroundKind.SLOPE, GroundKind.AHEAD, GroundKind.MATTER})
"""Parts that are no figure of their own: nothing opens behind them."""


def of_rule(maker: Maker, figure: Figure) -> Derived:
    """The figure of a rule as its flag says it, with all it rests on.

    Raises:
        InputError: ``partner-unknown`` or ``rule-unknown``.
    """
    words, rule = maker.words, find_rule(figure.code.removeprefix(RULE))
    partner = find_partner(maker.smartfin.units, figure.partner)
    figure = replace(figure, partner=partner.code)
    case = _case(maker, partner, figure)
    if partner.entities and rule.family in OF_ENTITIES:
        return _of_entities(maker, case, rule, figure)
    track = track_of(_whose(case, partner), rule.code)
    flag = track.flag(figure.quarter) if track else None
    grounds = grounds_of(track, figure.quarter) if track else ()
    limits = thresholds_sentence(words, maker.smartfin.settings, rule, partner, figure.quarter)
    return Derived(
        name=rule_name(words, rule.code),
        how=words.text(f"warning.{rule.code}.what"),
        value=_value(maker, rule, track, flag, figure),
        parts=_table(maker, figure, partner, grounds) if grounds else None,
        figures=tuple(_address(figure, ground) for ground in grounds if ground.kind not in _BARE),
        synthetic=case.synthetic,
        warnings=(flag_sentence(words, flag), limits) if flag else (limits,),
        formula=rule.formula,
    )


def parts_of_rule(maker: Maker, case: Judged, code: str) -> Table | None:
    """What the figure of a rule is made of in the newest quarter known; None without."""
    track = track_of(case, code)
    if track is None or case.quarter is None:
        return None
    figure = Figure(case.partner.code, case.quarter, f"{RULE}{code}")
    grounds = grounds_of(track, case.quarter)
    return _table(maker, figure, case.partner, grounds) if grounds else None


def _case(maker: Maker, partner: Partner, figure: Figure) -> Case:
    moment = end_of_day(maker.as_of)
    assessment = assess_at(maker.smartfin, figure.quarter, moment, maker.basis)
    return assessment.case(partner.entity_of or partner.code)


def _whose(case: Case, partner: Partner) -> Judged:
    """A partner, or the one of its legal entities that is asked for."""
    return next((each for each in case.entities if each.unit == partner.code), case)


def _of_entities(maker: Maker, case: Case, rule: Rule, figure: Figure) -> Derived:
    """A rule that judges each legal entity: a row for each, which opens that entity's figure."""
    words, rows, figures, flags = maker.words, [], [], []
    for whose in judged(case):
        track = track_of(whose, rule.code)
        if track is None:
            continue
        of = replace(figure, partner=whose.partner.code)
        flag, name = track.flag(figure.quarter), whose.partner.organisation
        cell = replace(_value(maker, rule, track, flag, of), source=str(of))
        rows.append((text_cell(name), cell))
        figures.append(of)
        if flag:
            flags.append(words.text("entities.flag", entity=name, flag=flag_sentence(words, flag)))
    columns = (words.text("column.entity"), words.text("column.figure"))
    return Derived(
        name=rule_name(words, rule.code),
        how=words.text(f"warning.{rule.code}.what"),
        value=measure_cell(words, undefined(rule.unit, Reason.RULE_OF_OTHERS)),
        parts=Table(words.text("explain.parts.caption"), columns, tuple(rows)) if rows else None,
        figures=tuple(figures),
        synthetic=case.synthetic,
        warnings=tuple(flags),
        formula=rule.formula,
    )


def _value(
    maker: Maker, rule: Rule, track: Track | None, flag: Flag | None, figure: Figure
) -> Cell:
    """The figure as the flag has it; else as the rule reads it, or why it does not."""
    words = maker.words
    if track is None:
        return measure_cell(words, undefined(rule.unit, Reason.RULE_OF_OTHERS))
    measure = flag.value if flag else track.figure(figure.quarter)
    cell = measure_cell(words, measure)
    if measure.value is None:
        return cell
    if flag and rule.said not in {Said.RUN, Said.TESTS}:
        return replace(cell, text=figure_and_threshold(words, rule, flag)[0])
    limits = limits_at(track, figure.quarter)
    return replace(cell, text=figure_text(words, rule, measure, limits))


def _table(maker: Maker, figure: Figure, partner: Partner, grounds: Iterable[Ground]) -> Table:
    """A row a part; of tests with the limit of each and whether it is met."""
    words, rows = maker.words, []
    tested = any(ground.test for ground in grounds)
    columns = ("explain.rule.part", "column.figure", "column.threshold", "explain.rule.met")
    for ground in grounds:
        cells = (text_cell(_heading(maker, ground)), _cell(maker, figure, partner, ground))
        rows.append((*cells, *_test(maker, partner, ground)) if tested else cells)
    return Table(
        caption=words.text("explain.parts.caption"),
        columns=tuple(words.text(name) for name in columns[: 4 if tested else 2]),
        rows=tuple(rows),
    )


def _heading(maker: Maker, ground: Ground) -> str:
    words = maker.words
    return words.text(
        f"explain.rule.{ground.kind.value}",
        name=words.text(f"indicator.{ground.code}") if ground.code else "",
        country=words.country(ground.partner) if ground.partner else "",
        quarter=ground.quarter,
    )


def _cell(maker: Maker, figure: Figure, partner: Partner, ground: Ground) -> Cell:
    """The number of a part; one that is an indicator opens its own page."""
    if ground.kind in {GroundKind.FIGURE, GroundKind.SISTER}:
        return maker.part(_address(figure, ground))
    if math.isnan(ground.value):
        return Cell(DASH, unit=ground.unit)
    if ground.kind is GroundKind.RUN:
        text = maker.words.plural("warning.figure.run", round(ground.value))
        return Cell(text, ground.value, ground.unit, source=str(_address(figure, ground)))
    digits = 1 if ground.kind is GroundKind.SLOPE and ground.unit is Unit.FRACTION else None
    measure = _measure(partner, ground.value, ground.unit)
    change = ground.kind is GroundKind.SLOPE
    return measure_cell(maker.words, measure, sign=change, digits=digits)


def _test(maker: Maker, partner: Partner, ground: Ground) -> tuple[Cell, Cell]:
    assert ground.limit is not None
    assert ground.test is not None
    words = maker.words
    digits = 1 if ground.unit is Unit.FRACTION else None
    limit = words.measure(_measure(partner, ground.limit, ground.unit), digits=digits)
    return text_cell(limit), text_cell(words.text(f"explain.rule.test.{ground.test.value}"))


def _measure(partner: Partner, value: float, unit: Unit) -> Measure:
    return Measure(value, partner.currency if unit is Unit.CURRENCY else unit)


def _address(figure: Figure, ground: Ground) -> Figure:
    return Figure(ground.partner or figure.partner, ground.quarter, ground.code)
