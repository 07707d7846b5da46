"""The History page: every submission ever, and who has delivered."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.services.view import Table


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One submission.

    Args:
        id: Number.
        partner: Name of the country.
        file: Name of the workbook, as handed in.
        by: Who.
        at: When, in words.
        quarters: First to last quarter it speaks of, in words.
        changed: What it changed, in one sentence.
        synthetic: Whether it is made-up sample data.
    """

    id: int
    partner: str
    file: str
    by: str
    at: str
    quarters: str
    changed: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything the History page shows.

    Args:
        submissions: Newest first.
        deliveries: Partner, newest quarter delivered, when, due date, on time or late.
        deliveries_title: Heading with the quarter and the day on which lateness is judged.
    """

    submissions: tuple[SubmissionRow, ...]
    deliveries: Table | None
    deliveries_title: str
