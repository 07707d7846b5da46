"""The Country page: one partner in depth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.indicators import INDICATORS, Indicator
from smartfin.facts import LedgerFact, Scenario
from smartfin.measure import Measure
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.approval import waiting_submissions
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.audit import audit_sentences
from smartfin.services.plan import plan_chart
from smartfin.services.provenance.figure import CHANGE, ITEM, source_of
from smartfin.services.start import Smartfin
from smartfin.services.story import story_charts
from smartfin.services.tile import Tile, tile_of
from smartfin.services.view import (
    Cell,
    Chart,
    Table,
    approval_mark,
    effect,
    measure_cell,
    stated_cell,
    text_cell,
)
from smartfin.store import Basis
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One fact behind the page's figures, with where it was read.

    Args:
        item: Name of the line item in the reader's language.
        quarter: In words.
        scenario: In words.
        amount: As stored.
        file: Name of the workbook.
        place: ``Sheet!C14``.
        by: Who handed it in.
        known_from: When, in words.
        submission: Number of the submission, for the download.
    """

    item: str
    quarter: str
    scenario: str
    amount: Cell
    file: str
    place: str
    by: str
    known_from: str
    submission: int


@dataclass(frozen=True, slots=True)
class CountryView:
    """Everything the Country page shows.

    Args:
        partner: Code of the partner shown.
        title: Country and organisation.
        choices: Partner codes and names that can be selected.
        quarters: Quarters that can be selected, newest first.
        tile: The partner's answer, as on the Board.
        audited: What an audit changed in the quarters shown, a sentence each, newest first.
        charts: The story from top to bottom; each with its heading.
        indicators: Every indicator: this quarter, a year earlier, change.
        plan: Actual against budget, the year up to the quarter; None without a budget.
        sources: The facts of the quarter, each with file and cell.
        synthetic: Whether any figure rests on made-up sample data.
    """

    partner: str
    title: str
    choices: tuple[tuple[str, str], ...]
    quarters: tuple[Quarter, ...]
    tile: Tile | None
    audited: tuple[str, ...]
    charts: tuple[tuple[str, Chart], ...]
    indicators: Table | None
    plan: Chart | None
    sources: tuple[SourceRow, ...]
    synthetic: bool


def country_view(
    smartfin: Smartfin,
    words: Words,
    partner: str | None = None,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> CountryView:
    """One partner as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code; None for the first of the group.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown`` or ``quarter-not-known``.
    """
    chosen = find_partner(smartfin.partners, partner) if partner else smartfin.partners[0]
    assessment = assess(smartfin, quarter, as_of, basis)
    case = assessment.case(chosen.code)
    known = case.quarter is not None
    return CountryView(
        partner=chosen.code,
        title=f"{words.country(chosen.code)} · {chosen.organisation}",
        choices=tuple((each.code, words.country(each.code)) for each in smartfin.partners),
        quarters=assessment.choices,
        tile=tile_of(smartfin, words, case) if known else None,
        audited=audit_sentences(smartfin, words, case, assessment.moment, basis),
        charts=story_charts(words, case) if known else (),
        indicators=_indicators_table(words, case),
        plan=plan_chart(words, case, assessment.frame),
        sources=_sources(smartfin, words, case, assessment),
        synthetic=case.synthetic,
    )


def _indicators_table(words: Words, case: Case) -> Table | None:
    """Every indicator at the partner's newest quarter, beside the year before."""
    if case.quarter is None:
        return None
    year_earlier = words.quarter(case.quarter + -4)
    return Table(
        mark=approval_mark(words, provisional=case.provisional),
        caption=words.text("country.indicators-caption", quarter=case.quarter),
        columns=(
            words.text("column.indicator"),
            words.quarter(case.quarter),
            year_earlier,
            words.text("column.change"),
        ),
        rows=tuple(_indicator_row(words, case, indicator) for indicator in INDICATORS),
    )


def _indicator_row(words: Words, case: Case, indicator: Indicator) -> tuple[Cell, ...]:
    now, before = case.measure(indicator.code), case.measure(indicator.code, quarters_earlier=4)
    name = text_cell(
        words.text(f"indicator.{indicator.code}"), words.text(f"indicator.{indicator.code}.what")
    )
    return (
        name,
        measure_cell(words, now, digits=indicator.digits, source=_source(case, indicator.code)),
        measure_cell(
            words, before, digits=indicator.digits, source=_source(case, indicator.code, 4)
        ),
        change_cell(words, now, before, indicator, _source(case, f"{CHANGE}{indicator.code}")),
    )


def _source(case: Case, code: str, quarters_earlier: int = 0) -> str:
    quarter = case.quarter + -quarters_earlier if case.quarter else None
    return source_of(case.partner.code, quarter, code)


def change_cell(
    words: Words, now: Measure, before: Measure, indicator: Indicator, source: str = ""
) -> Cell:
    """From one measure to another, with its effect on the result."""
    if now.value is None or before.value is None:
        return measure_cell(words, now if now.value is None else before, source=source)
    change = now.value - before.value
    text = words.measure(Measure(change, now.unit), sign=True, digits=indicator.digits)
    none = words.measure(Measure(0.0, now.unit), sign=True, digits=indicator.digits)
    return Cell(
        text=text,
        value=change,
        unit=now.unit,
        good=None if text == none else effect(change, indicator.polarity),
        source=source,
    )


def _sources(
    smartfin: Smartfin, words: Words, case: Case, assessment: Assessment
) -> tuple[SourceRow, ...]:
    """The facts of the partner's newest quarter, each with the cell it was read from."""
    if case.quarter is None:
        return ()
    moment, basis = assessment.moment, assessment.basis
    known = smartfin.ledger.facts(case.partner.code, moment, case.quarter, basis)
    waiting = waiting_submissions(smartfin, moment)
    return tuple(_source_row(words, fact, fact.submission in waiting) for fact in known)


def _fact_source(known: LedgerFact) -> str:
    scenario = known.fact.scenario
    beside = "" if scenario is Scenario.ACTUAL else f"@{scenario.value}"
    return source_of(known.partner, known.fact.quarter, f"{ITEM}{known.fact.item}{beside}")


def _source_row(words: Words, known: LedgerFact, waits: bool) -> SourceRow:
    fact = known.fact
    amount = stated_cell(words, fact.amount, fact.unit, _fact_source(known))
    return SourceRow(
        item=words.item(fact.item),
        quarter=words.quarter(fact.quarter) if fact.quarter else str(fact.period),
        scenario=words.text(f"scenario.{fact.scenario.value}"),
        amount=replace(amount, note=approval_mark(words, provisional=waits)),
        file=known.file,
        place=f"{fact.sheet}!{fact.cell}",
        by=known.by,
        known_from=words.moment(known.known_from),
        submission=known.submission,
    )
