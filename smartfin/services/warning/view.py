"""The Early warning page: flags, one of them in depth, precedents, and what the past says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.table import lines_read_once
from smartfin.analysis.warning.flag import FlagEvent
from smartfin.analysis.warning.precedents import Alignment
from smartfin.analysis.warning.rule import Alarm, Family
from smartfin.analysis.warning.rules import find_rule
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.entities.warned import Judged, judged, judged_by, loudest
from smartfin.services.group import of_one_kind
from smartfin.services.provenance.parts import Maker
from smartfin.services.provenance.rule_parts import parts_of_rule
from smartfin.services.record.note import matters, remarks
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, text_cell
from smartfin.services.warning.beside import BesideView, beside_view
from smartfin.services.warning.detail import Detail, detail_of, event_words
from smartfin.services.warning.matrix import Matrix, matrix_of
from smartfin.services.warning.noted import (
    MattersView,
    RemarkRow,
    matters_view,
    remark_rows,
)
from smartfin.services.warning.past import PastView, past_view
from smartfin.services.warning.said import figure_text, rule_name
from smartfin.store import Basis
from smartfin.wording import Words

_NEWS = 4  # quarters of rising and clearing shown


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked at in depth.

    Args:
        partner: Code; None for the partner with the most red flags.
        rule: Code of the rule of which all is shown; None for none.
        entity: Unit code of the legal entity it is shown of, where the rule judges each; None,
            or one of another partner, for the worst.
        align: How the partner is laid beside the closed cases.
    """

    partner: str | None = None
    rule: str | None = None
    entity: str | None = None
    align: Alignment = Alignment.AGE


NOTHING_CHOSEN = Chosen()


@dataclass(frozen=True, slots=True)
class WarningView:
    """Everything the Early warning page shows.

    Args:
        quarters: Quarters that can be selected, newest first; empty while nothing is known.
        choices: Partner codes and names that can be selected.
        partner: The partner looked at in depth.
        message: The answer in a sentence or two.
        matrix: Partner by rule; None while nothing is known.
        events: What rose and cleared of late, newest first; None without any.
        detail: The flag asked for; None where none is.
        remarks: What people said of that flag, the newest first.
        not_theirs: That the rule asked for is not the partner's, in words; else empty.
        matters: The legal matters of all partners.
        beside: The partner beside the closed cases.
        past: The rules held against the past.
        synthetic: Whether any figure rests on made-up sample data.
    """

    quarters: tuple[Quarter, ...]
    choices: tuple[tuple[str, str], ...]
    partner: str
    message: str
    matrix: Matrix | None
    events: Table | None
    detail: Detail | None
    remarks: tuple[RemarkRow, ...]
    not_theirs: str
    matters: MattersView
    beside: BesideView | None
    past: PastView | None
    synthetic: bool


@lines_read_once()
def warning_view(
    smartfin: Smartfin,
    words: Words,
    chosen: Chosen = NOTHING_CHOSEN,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> WarningView:
    """Early warning as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        chosen: What is looked at in depth.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown``, ``rule-unknown`` or ``quarter-not-known``.
    """
    assessment = assess(smartfin, quarter, as_of, basis)
    case = _chosen(smartfin, assessment, chosen.partner)
    code = find_rule(chosen.rule).code if chosen.rule else None
    if assessment.reporting is None or case is None:
        return _nothing_known(smartfin, words, as_of)
    shown = (*assessment.active(), *assessment.precedents())
    maker = Maker(smartfin, words, as_of, basis)
    detail = _in_depth(maker, case, code, chosen.entity or "") if code else None
    return WarningView(
        quarters=assessment.choices,
        choices=_choices(words, (*shown, case)),
        partner=case.partner.code,
        message=_message(words, assessment.active(), assessment.reporting),
        matrix=matrix_of(words, shown, assessment.reporting),
        events=_events(words, assessment.active(), assessment.reporting),
        detail=detail,
        remarks=_remarked(smartfin, words, detail, as_of) if detail else (),
        not_theirs=_not_theirs(words, case, code) if code and detail is None else "",
        matters=matters_view(words, matters(smartfin, as_of), smartfin.partners),
        beside=beside_view(words, case, _alike(assessment.precedents(), case), chosen.align),
        past=past_view(words, of_one_kind(shown)),
        synthetic=assessment.synthetic,
    )


def _in_depth(maker: Maker, case: Case, code: str, unit: str) -> Detail | None:
    """One rule with the parts its figure is made of."""
    detail, whose = detail_of(maker.words, case, code, unit), judged_by(case, code, unit)
    if detail is None or whose is None:
        return None
    return replace(detail, parts=parts_of_rule(maker, whose, code))


def _remarked(
    smartfin: Smartfin, words: Words, detail: Detail, as_of: date | None
) -> tuple[RemarkRow, ...]:
    """What was said of it; of a legal entity also what was said of its partner."""
    units = {detail.unit, detail.partner}
    return remark_rows(words, remarks(smartfin, as_of), units, detail.rule)


def _nothing_known(smartfin: Smartfin, words: Words, as_of: date | None) -> WarningView:
    return WarningView(
        quarters=(),
        choices=(),
        partner="",
        message="",
        matrix=None,
        events=None,
        detail=None,
        remarks=(),
        not_theirs="",
        matters=matters_view(words, matters(smartfin, as_of), smartfin.partners),
        beside=None,
        past=None,
        synthetic=False,
    )


def _chosen(smartfin: Smartfin, assessment: Assessment, partner: str | None) -> Case | None:
    """The partner asked for; else the active one with the most red flags."""
    if partner:
        return assessment.case(find_partner(smartfin.partners, partner).code)
    return max(assessment.active(), key=_reds, default=None)


def _choices(words: Words, cases: Sequence[Case]) -> tuple[tuple[str, str], ...]:
    """Each partner once, the one asked for although nothing is known of it."""
    codes = dict.fromkeys(case.partner.code for case in cases)
    return tuple((code, words.country(code)) for code in codes)


def _not_theirs(words: Words, case: Case, code: str) -> str:
    """That a rule is another country's, or that nothing is known of the partner."""
    country = words.country(case.partner.code)
    if case.quarter is None:
        return words.text("precedent.no-figures", country=country)
    return words.text("warning.not-theirs", rule=rule_name(words, code), country=country)


def _reds(case: Case) -> int:
    return sum(each.flag.alarm is Alarm.RED for each in loudest(case))


def _alike(precedents: Sequence[Case], case: Case) -> tuple[Case, ...]:
    """Made-up cases say something of a real partner too, as an illustration; real ones first."""
    return tuple(sorted(precedents, key=lambda each: each.synthetic is not case.synthetic))


def _message(words: Words, cases: Sequence[Case], reporting: Quarter) -> str:
    """Who has red flags and how many, and how many of them can move a verdict."""
    red = [case for case in cases if _reds(case)]
    if not red:
        return words.text("warning.message.none", quarter=reporting)
    names = [
        words.text(
            "warning.message.part", country=words.country(case.partner.code), count=_reds(case)
        )
        for case in red
    ]
    total = sum(map(_reds, red))
    said = words.plural("warning.message", total, quarter=reporting, names=words.join(names))
    return f"{said} {_of_traction(words, red)}"


def _of_traction(words: Words, cases: Sequence[Case]) -> str:
    found = sum(
        flag.alarm is Alarm.RED and flag.family is Family.TRACTION
        for case in cases
        for flag in case.flags
    )
    if not found:
        return words.text("warning.message.no-traction")
    return words.plural("warning.message.traction", found)


def _events(words: Words, cases: Sequence[Case], reporting: Quarter) -> Table | None:
    """What rose and cleared within a year, newest first."""
    found = [
        (whose, event)
        for case in cases
        for whose in judged(case)
        for event in whose.events
        if reporting - event.quarter < _NEWS
    ]
    if not found:
        return None
    found.sort(key=lambda each: -each[1].quarter.ordinal)
    names = ("quarter", "country", "signal", "event", "figure", "threshold")
    return Table(
        caption=words.text("warning.events"),
        columns=tuple(words.text(f"column.{name}") for name in names),
        rows=tuple(_event_row(words, whose, event) for whose, event in found),
    )


def _event_row(words: Words, whose: Judged, event: FlagEvent) -> tuple[Cell, ...]:
    rule = find_rule(event.rule)
    return (
        text_cell(words.quarter(event.quarter)),
        text_cell(words.country(whose.partner.code)),
        text_cell(rule_name(words, event.rule)),
        text_cell(event_words(words, event)),
        text_cell(figure_text(words, rule, event.value), words.reason(event.value)),
        text_cell(figure_text(words, rule, event.threshold)),
    )
