"""The Country page: one partner in depth."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.quarter import Quarter
from smartfin.services.board import Tile
from smartfin.services.view import Cell, Chart, Table


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
        title: Country and organisation.
        choices: Partner codes and names that can be selected.
        quarters: Quarters that can be selected, newest first.
        tile: The partner's answer, as on the Board.
        charts: The story from top to bottom; each with its heading.
        indicators: Every indicator: this quarter, a year earlier, change.
        plan: Actual against budget of the year to date; None without a budget.
        sources: The facts of the quarter, each with file and cell.
        synthetic: Whether any figure rests on made-up sample data.
    """

    title: str
    choices: tuple[tuple[str, str], ...]
    quarters: tuple[Quarter, ...]
    tile: Tile | None
    charts: tuple[tuple[str, Chart], ...]
    indicators: Table | None
    plan: Table | None
    sources: tuple[SourceRow, ...]
    synthetic: bool
