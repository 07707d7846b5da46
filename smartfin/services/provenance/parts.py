"""A number made of other numbers: each part is a figure that can be opened in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.indicators.family import INDICATORS
from smartfin.errors import InputError
from smartfin.measure import Measure
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.ahead import codes_ahead, measures_ahead
from smartfin.services.assessment import Assessment, Case, assess, assess_at
from smartfin.services.entities.warned import unit_of
from smartfin.services.group import group_line
from smartfin.services.provenance.figure import AHEAD, GROUP, LISTED, Figure
from smartfin.services.provenance.measured import figure_measure
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.support.listed import listed_measure
from smartfin.services.verdict_words import landing_cell
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.store import Basis
from smartfin.support import is_of_group
from smartfin.wording import DASH, Words

PROBABILITY, LANDING, VERDICT = "probability", "landing", "verdict"
PROBABILITY_BY = "probability_by"
OF_OUTLOOK = frozenset({PROBABILITY, PROBABILITY_BY, LANDING})
"""Figures that are read off the simulated futures."""

_DRIVERS = ("invoiced_volume_quarter", "own_income_quarter", "own_costs_quarter")

Row = tuple[str, tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class Derived:
    """A number made of other numbers.

    Args:
        name: In words.
        how: How it is made, in a sentence or two.
        value: The number.
        parts: What it is made of, each figure with its own source; None without any.
        figures: The same, as addresses.
        synthetic: Whether it rests on made-up sample data.
        warnings: What else is to be said of it, in sentences: how it was drawn, what early
            warning makes of it.
        formula: In words of codes, where there is one; ``how`` says it for people.
        code: Of what is no number: ``at_risk``.
    """

    name: str
    how: str
    value: Cell
    parts: Table | None
    figures: tuple[Figure, ...]
    synthetic: bool
    warnings: tuple[str, ...] = ()
    formula: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes such numbers for one reader.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.
    """

    smartfin: Smartfin
    words: Words
    as_of: date | None
    basis: Basis = Basis.ACCEPTED

    def made(
        self, said: tuple[str, str, Cell], columns: Sequence[str], rows: Sequence[Row],
        *, synthetic: bool
    ) -> Derived:  # fmt: skip
        """A number with its parts worked out.

        Args:
            said: Its name, how it is made, and the number.
            columns: Headings: what stands at the head of the rows, then the parts.
            rows: Their heads with their parts.
            synthetic: Whether any part is made up.
        """
        name, how, value = said
        table = Table(
            caption=self.words.text("explain.parts.caption"),
            columns=tuple(columns),
            rows=tuple((text_cell(head), *map(self.part, parts)) for head, parts in rows),
        )
        figures = tuple(figure for _, parts in rows for figure in parts)
        return Derived(name, how, value, table if rows else None, figures, synthetic)

    def part(self, figure: Figure) -> Cell:
        """One part, with its own source."""
        if figure.code in OF_OUTLOOK:
            cell = self.of_outlook(figure)
        elif figure.code.startswith(AHEAD):
            cell = measure_cell(self.words, self.ahead(figure))
        elif figure.partner == GROUP:
            cell = self.of_group(figure)
        elif is_of_group(figure.partner):
            cell = measure_cell(self.words, self.listed(figure))
        else:
            cell = measure_cell(self.words, self.measure(figure), digits=_digits(figure))
        return replace(cell, source=str(figure))

    def measure(self, figure: Figure) -> Measure:
        """The number of an indicator or a line item."""
        return figure_measure(self.smartfin, figure, self.as_of, self.basis)

    def ahead(self, figure: Figure) -> Measure:
        """The middle of the futures, of an indicator over four quarters to come.

        Raises:
            InputError: ``figure-unknown``, ``quarter-unreadable``, ``quarter-not-known``.
        """
        code, _, last = figure.code.removeprefix(AHEAD).partition(":")
        if code not in codes_ahead(self.smartfin.settings.level):
            raise InputError("figure-unknown", figure=figure.code)
        assessment = self.assessment(figure)
        case = assessment.case(figure.partner)
        return measures_ahead(self.smartfin, assessment, case, Quarter.parse(last))[code]

    def listed(self, figure: Figure) -> Measure:
        """What group finance's list says [EUR]."""
        code = figure.code.removeprefix(LISTED)
        where = (figure.partner, code, figure.quarter)
        return listed_measure(self.smartfin, self.assessment(figure), *where)

    def of_group(self, figure: Figure) -> Cell:
        """A figure of the group line."""
        group = group_line(self.smartfin, self.words, self.assessment(figure))
        return group.cells[figure.code] if group else text_cell(DASH)

    def assessment(self, figure: Figure) -> Assessment:
        """Every partner as it stood in the quarter of a figure.

        Raises:
            InputError: ``quarter-not-known``.
        """
        return assess(self.smartfin, figure.quarter, self.as_of, self.basis)

    def is_synthetic(self, figure: Figure) -> bool:
        """Whether any figure of whose it is is made up, as all is known on the day."""
        assessment = assess_at(self.smartfin, None, end_of_day(self.as_of), self.basis)
        partner = find_partner(self.smartfin.units, figure.partner)
        return unit_of(assessment.case(partner.entity_of or partner.code), partner.code).synthetic

    def drawn_from(self, case: Case) -> tuple[list[str], list[Row]]:
        """What futures are drawn from, headings and rows: every quarter, newest first."""
        words, partner = self.words, case.partner.code
        columns = [
            words.text("column.quarter"),
            *(words.text(f"indicator.{code}") for code in _DRIVERS),
        ]
        ordinals = reversed(case.table.index) if case.quarter else ()
        known = [Quarter.from_ordinal(int(each)) for each in ordinals]
        rows = [
            (words.quarter(quarter), tuple(Figure(partner, quarter, code) for code in _DRIVERS))
            for quarter in known
        ]
        return columns, rows

    def of_outlook(self, figure: Figure) -> Cell:
        """One of the two probabilities or the landing quarter of a partner."""
        verdict = self.assessment(figure).case(figure.partner).verdict
        if figure.code == LANDING:
            return landing_cell(self.words, verdict)
        by = figure.code == PROBABILITY_BY
        return measure_cell(self.words, verdict.probability_by if by else verdict.probability)


def _digits(figure: Figure) -> int | None:
    """Decimals an indicator is shown with; None for those usual for its unit."""
    shown = {indicator.code: indicator.digits for indicator in INDICATORS}
    return shown.get(figure.name)
