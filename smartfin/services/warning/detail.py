"""One rule of one partner in depth: figure, threshold, dates, what was said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.warning.flag import Flag, FlagEvent
from smartfin.analysis.warning.rule import EVERYBODY, Rule, Said
from smartfin.analysis.warning.track import Track
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.entities.told import dated
from smartfin.services.entities.warned import (
    Judged,
    judged,
    judged_by,
    judged_in,
    track_of,
)
from smartfin.services.provenance.figure import RULE, source_of
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.services.warning.cell import Mark, mark_of
from smartfin.services.warning.said import figure_text, limits_at, rule_name
from smartfin.services.warning.sentence import (
    figure_and_threshold,
    flag_sentence,
    thresholds_sentence,
)
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class Detail:
    """One rule of one partner.

    Args:
        partner: Code of the partner.
        unit: Code of whom the rule judges: the partner, or a legal entity of it.
        rule: Code of the rule.
        quarter: The quarter judged.
        title: Rule and country.
        mark: How loud it is now.
        sentence: The figure against the threshold, and since when.
        what: Why it matters.
        duty: That a law asks to check, which is no breach; empty for other rules.
        figure: The rule's own figure, which opens what it is made of.
        figures: Name and value of what the rule reads.
        thresholds: Amber and red threshold in force, and where they come from.
        course: Where the figure went within a year, in words; empty without a flag.
        events: Every rise and clearing, newest first.
        others: Unit code and name of the partner's other legal entities the rule judges.
        parts: What the figure is made of, tests with their limits; None where nothing is known.
    """

    partner: str
    unit: str
    rule: str
    quarter: Quarter
    title: str
    mark: Mark
    sentence: str
    what: str
    duty: str
    figure: Cell
    figures: tuple[tuple[str, Cell], ...]
    thresholds: str
    course: str
    events: Table
    others: tuple[tuple[str, str], ...] = ()
    parts: Table | None = None


def detail_of(words: Words, case: Case, code: str, unit: str = "") -> Detail | None:
    """What there is to know of one rule at one partner; None where it is not the partner's.

    Args:
        words: Of the reader's language.
        case: The partner.
        code: Of the rule.
        unit: Code of the legal entity asked for, where the rule judges each; else the worst.
    """
    whose = judged_by(case, code, unit)
    track = track_of(whose, code) if whose else None
    quarter = judged_in(whose, track.rule) if whose and track else None
    if whose is None or track is None or quarter is None:
        return None
    others = (each.partner for each in judged(case) if each is not whose and track_of(each, code))
    detail = _detail(words, whose, track, quarter)
    return replace(
        detail,
        partner=case.partner.code,
        others=tuple((each.code, each.organisation) for each in others),
    )


def _detail(words: Words, case: Judged, track: Track, quarter: Quarter) -> Detail:
    code, flag = track.rule.code, track.flag(quarter)
    return Detail(
        partner=case.partner.code,
        unit=case.partner.code,
        rule=code,
        quarter=quarter,
        title=f"{words.country(case.partner.code)} · {rule_name(words, code)}",
        mark=mark_of(case, track),
        sentence=dated(words, case, track.rule, _sentence(words, track, flag, quarter)),
        what=words.text(f"warning.{code}.what"),
        duty=words.text("warning.duty") if track.rule.applies != EVERYBODY else "",
        figure=_own_figure(words, case, track, quarter),
        figures=tuple(_figure(words, case, name) for name in track.rule.indicators),
        thresholds=thresholds_sentence(words, case.settings, track.rule, case.partner, quarter),
        course=_course(words, flag) if flag else "",
        events=events_table(
            words, words.text("warning.events-of", rule=rule_name(words, code)), quarter, track
        ),
    )


def events_table(words: Words, caption: str, until: Quarter, track: Track) -> Table:
    """Every rise and clearing of one rule up to a quarter, newest first."""
    events = tuple(track.events(until))[::-1]
    return Table(
        caption=caption,
        columns=tuple(
            words.text(f"column.{name}") for name in ("quarter", "event", "figure", "threshold")
        ),
        rows=tuple(_event_row(words, track.rule, event) for event in events),
    )


def event_words(words: Words, event: FlagEvent) -> str:
    """What happened to a flag: risen to red, down to amber, cleared."""
    if event.after is None:
        return words.text("warning.event.cleared")
    way = "risen" if event.louder else "eased"
    return words.text(f"warning.event.{way}-{event.after.value}")


def _event_row(words: Words, rule: Rule, event: FlagEvent) -> tuple[Cell, ...]:
    return (
        text_cell(words.quarter(event.quarter)),
        text_cell(event_words(words, event)),
        text_cell(figure_text(words, rule, event.value), words.reason(event.value)),
        text_cell(figure_text(words, rule, event.threshold)),
    )


def _course(words: Words, flag: Flag) -> str:
    course = words.text(f"warning.course.{flag.course.value}")
    return words.text("warning.course", course=course)


def _sentence(words: Words, track: Track, flag: Flag | None, quarter: Quarter) -> str:
    """The figure against the threshold, and since when; or why nothing is said."""
    if flag is not None:
        return flag_sentence(words, flag)
    figure = track.figure(quarter)
    if figure.reason is not None:
        return words.reason(figure)
    written = figure_text(words, track.rule, figure, limits_at(track, quarter))
    return words.text("warning.calm", figure=written, quarter=quarter)


def _own_figure(words: Words, case: Judged, track: Track, quarter: Quarter) -> Cell:
    """The figure of the rule itself; behind it stand its parts, each with its limit."""
    flag = track.flag(quarter)
    measure = flag.value if flag else track.figure(quarter)
    source = source_of(case.partner.code, quarter, f"{RULE}{track.rule.code}")
    if flag and measure.value is not None and track.rule.said not in {Said.RUN, Said.TESTS}:
        written = figure_and_threshold(words, track.rule, flag)[0]
    else:
        written = figure_text(words, track.rule, measure, limits_at(track, quarter))
    return replace(measure_cell(words, measure, source=source), text=written)


def _figure(words: Words, case: Judged, code: str) -> tuple[str, Cell]:
    assert case.quarter is not None
    indicator = find_indicator(code, case.settings.level, case.settings.deadline)
    measure = indicator_measure(indicator, case.table, case.quarter.ordinal, case.partner.currency)
    source = source_of(case.partner.code, case.quarter, code)
    cell = measure_cell(words, measure, digits=indicator.digits, source=source)
    return words.text(f"indicator.{code}"), cell
