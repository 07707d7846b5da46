"""What a workbook states: facts, each with the place it was read from.

The words are XBRL's: a *fact* is the value of a *line item* for a *period* in a
*unit*; smartfin adds the *scenario* and the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smartfin.quarter import Quarter


class Scenario(StrEnum):
    """Whether a figure happened, was voted or is expected."""

    ACTUAL = "actual"
    BUDGET = "budget"
    FORECAST = "forecast"


class Stage(StrEnum):
    """How far the books were settled when a workbook was handed in."""

    MANAGEMENT = "management"  # management accounts, not closed yet
    CLOSED = "closed"  # the quarter is closed
    AUDITED = "audited"  # an auditor has been through them


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one workbook.

    Args:
        item: Code of the line item in items.yaml.
        quarter: Its quarter; None for a flow over a span that is no quarter.
        scenario: Actual, budget or forecast.
        amount: Unrounded, in single units (kEUR 1.5 gives 1500), storage sign of
            items.yaml: costs positive.
        unit: ISO currency code, or count, fte, percent, days, hours.
        sheet: Name of the sheet.
        cell: Address on it, e.g. ``C14``. A quarter differenced from year-to-date
            figures names the later cell.
        label: The row's label as printed.
        period: The span, only where ``quarter`` is None.
    """

    item: str
    quarter: Quarter | None
    scenario: Scenario
    amount: float
    unit: str
    sheet: str
    cell: str
    label: str = ""
    period: Period | None = None

    @property
    def key(self) -> tuple[str, str, Scenario]:
        """What makes two facts statements about the same thing."""
        return (self.item, str(self.quarter or self.period), self.scenario)


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A fact as the ledger knows it.

    Args:
        fact: What the workbook states.
        partner: Code of the partner.
        submission: Number of the submission that brought it.
        file: Name of the workbook.
        known_from: When it became known (UTC).
        by: Who handed it in.
        synthetic: Whether it is made-up sample data.
    """

    fact: Fact
    partner: str
    submission: int
    file: str
    known_from: datetime
    by: str
    synthetic: bool
