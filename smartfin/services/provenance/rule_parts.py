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
from smartfin.services.entities.case import EntityCase
from smartfin.services.entities.told import dated, told_of
from smartfin.services.entities.warned import (
    Judged,
    judged,
    judged_in,
    lags,
    track_of,
    unit_of,
    warnings_about,
)
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
    whose = unit_of(case, partner.code)
    track = track_of(whose, rule.code)
    if partner.entities and rule.family in OF_ENTITIES and track is None:
        return _of_entities(maker, case, rule, figure)
    figure = _as_known(whose, rule, figure)
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
        warnings=(*_said(maker, whose, track, figure), limits, *_beside(maker, case, whose, rule)),
        formula=rule.formula,
    )


def parts_of_rule(maker: Maker, case: Judged, code: str) -> Table | None:
    """What the figure of a rule is made of in the newest quarter known; None without."""
    track = track_of(case, code)
    quarter = judged_in(case, track.rule) if track else None
    if track is None or quarter is None:
        return None
    figure = Figure(case.partner.code, quarter, f"{RULE}{code}")
    grounds = grounds_of(track, quarter)
    return _table(maker, figure, case.partner, grounds) if grounds else None


def _case(maker: Maker, partner: Partner, figure: Figure) -> Case:
    moment = end_of_day(maker.as_of)
    assessment = assess_at(maker.smartfin, figure.quarter, moment, maker.basis)
    return assessment.case(partner.entity_of or partner.code)


def _as_known(whose: Judged, rule: Rule, figure: Figure) -> Figure:
    """The figure of a legal entity whose books lag is that of its own newest quarter."""
    quarter = judged_in(whose, rule)
    if quarter and isinstance(whose, EntityCase) and figure.quarter == whose.until:
        return replace(figure, quarter=quarter)
    return figure


def _said(maker: Maker, whose: Judged, track: Track | None, figure: Figure) -> tuple[str, ...]:
    """The flag of a rule in words, and of which quarter it is where the books lag."""
    words, flag = maker.words, track.flag(figure.quarter) if track else None
    if track and flag:
        return (dated(words, whose, track.rule, flag_sentence(words, flag)),)
    if track and lags(whose, track.rule):
        return (words.text("warning.mark.of-quarter", quarter=whose.quarter),)
    return ()


def _named(maker: Maker, whose: Judged, said: Iterable[str]) -> list[str]:
    """The same with whose it is."""
    entity = whose.partner.organisation
    return [maker.words.text("entities.flag", entity=entity, flag=each) for each in said]


def _beside(maker: Maker, case: Case, whose: Judged, rule: Rule) -> list[str]:
    """Where a rule judges a partner beside its legal entities: what it says of those."""
    words = maker.words
    return [
        told_of(words, each.whose, rule, flag_sentence(words, each.flag))
        for each in warnings_about(case)
        if whose is case and each.whose is not case and each.flag.rule == rule.code
    ]


def _of_entities(maker: Maker, case: Case, rule: Rule, figure: Figure) -> Derived:
    """A rule that judges each legal entity: a row for each, which opens that entity's figure."""
    words, rows, figures, flags = maker.words, [], [], []
    for whose in judged(case):
        track = track_of(whose, rule.code)
        if track is None:
            continue
        of = _as_known(whose, rule, replace(figure, partner=whose.partner.code))
        cell = _value(maker, rule, track, track.flag(of.quarter), of)
        rows.append((text_cell(whose.partner.organisation), replace(cell, source=str(of))))
        figures.append(of)
        flags += _named(maker, whose, _said(maker, whose, track, of))
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
