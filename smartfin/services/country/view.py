"""The Country page: one partner in depth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.table import lines_read_once
from smartfin.facts import LedgerFact, Scenario
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.approval import waiting_submissions
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.audit import audit_sentences
from smartfin.services.backtest.line import backtest_line
from smartfin.services.country.change import Compared, compared_windows
from smartfin.services.country.sections import story_sections
from smartfin.services.provenance.figure import ITEM, source_of
from smartfin.services.start import Smartfin
from smartfin.services.tile import Tile, tile_of
from smartfin.services.view import Cell, Chart, Section, Table, approval_mark, stated_cell
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
        reporting: The quarter judged; None while nothing is known.
        tile: The partner's answer, as on the Board.
        audited: What an audit changed in the quarters shown, a sentence each, newest first.
        sections: The story from top to bottom, each part the answer to a question.
        compared: The windows the bridge leads between; None while nothing is known.
        sources: The facts of the quarter, each with file and cell.
        synthetic: Whether any figure rests on made-up sample data.
    """

    partner: str
    title: str
    choices: tuple[tuple[str, str], ...]
    quarters: tuple[Quarter, ...]
    reporting: Quarter | None
    tile: Tile | None
    audited: tuple[str, ...]
    sections: tuple[Section, ...]
    compared: Compared | None
    sources: tuple[SourceRow, ...]
    synthetic: bool

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart of the page."""
        return tuple(chart for section in self.sections for chart in section.charts)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page, those of its charts included."""
        own = (table for section in self.sections for table in section.tables)
        return (*(chart.table for chart in self.charts), *own)

    def section(self, code: str) -> Section | None:
        """A part of the story; None where there is nothing to tell."""
        return next((section for section in self.sections if section.code == code), None)


@lines_read_once()
def country_view(
    smartfin: Smartfin,
    words: Words,
    partner: str | None = None,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
    windows: tuple[Quarter | None, Quarter | None] | None = None,
) -> CountryView:
    """One partner as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code; None for the first of the group.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.
        windows: Last quarters of the two windows whose results are compared; None for the
            usual ones.

    Raises:
        InputError: ``partner-unknown``, ``quarter-not-known`` or ``window-not-known``.
    """
    chosen = find_partner(smartfin.partners, partner) if partner else smartfin.partners[0]
    assessment = assess(smartfin, quarter, as_of, basis)
    case = assessment.case(chosen.code)
    known = case.quarter is not None
    compared = compared_windows(case, *(windows or (None, None)))
    return CountryView(
        partner=chosen.code,
        title=f"{words.country(chosen.code)} · {chosen.organisation}",
        choices=tuple((each.code, words.country(each.code)) for each in smartfin.partners),
        quarters=assessment.choices,
        reporting=assessment.reporting,
        tile=tile_of(smartfin, words, case, assessment) if known else None,
        audited=audit_sentences(smartfin, words, case, assessment.moment, basis),
        sections=story_sections(smartfin, words, case, assessment, compared) if compared else (),
        compared=compared,
        sources=_sources(smartfin, words, case, assessment),
        synthetic=case.synthetic,
    )


def tried_line(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> str:
    """How often such a probability came true; apart from the view, because it takes seconds.

    Raises:
        InputError: ``quarter-not-known``.
    """
    assessment = assess(smartfin, quarter, as_of, basis)
    return backtest_line(smartfin, words, assessment, assessment.case(partner))


def _sources(
    smartfin: Smartfin, words: Words, case: Case, assessment: Assessment
) -> tuple[SourceRow, ...]:
    """The facts of the partner's newest quarter, each with the cell it was read from."""
    if case.quarter is None:
        return ()
    moment, basis = assessment.moment, assessment.basis
    known = [
        fact
        for unit in case.partner.units
        for fact in smartfin.ledger.facts(unit.code, moment, case.quarter, basis)
    ]
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
