"""A number made of other numbers: each part is a figure that can be opened in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartfin.measure import Measure
from smartfin.services.assessment import Assessment, assess
from smartfin.services.provenance.explained import figure_measure
from smartfin.services.provenance.figure import Figure
from smartfin.services.start import Smartfin
from smartfin.services.tile import landing_cell
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.store import Basis
from smartfin.wording import Words

PROBABILITY, LANDING = "probability", "landing"
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
    """

    name: str
    how: str
    value: Cell
    parts: Table | None
    figures: tuple[Figure, ...]
    synthetic: bool


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
        if figure.code in {PROBABILITY, LANDING}:
            cell = self.of_outlook(figure)
        else:
            cell = measure_cell(self.words, self.measure(figure))
        return replace(cell, source=str(figure))

    def measure(self, figure: Figure) -> Measure:
        """The number of an indicator or a line item."""
        return figure_measure(self.smartfin, figure, self.as_of, self.basis)

    def assessment(self, figure: Figure) -> Assessment:
        """Every partner as it stood in the quarter of a figure.

        Raises:
            InputError: ``quarter-not-known``.
        """
        return assess(self.smartfin, figure.quarter, self.as_of, self.basis)

    def of_outlook(self, figure: Figure) -> Cell:
        """The probability or the landing quarter of a partner."""
        verdict = self.assessment(figure).case(figure.partner).verdict
        if figure.code == LANDING:
            return landing_cell(self.words, verdict)
        return measure_cell(self.words, verdict.probability)
