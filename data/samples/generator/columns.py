"""Columns of a printed table: which quarters each one covers and what stands above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartfin.facts import Scenario
from smartfin.quarter import Quarter

Heading = tuple[str | date, ...]
Head = Callable[[Quarter], Heading]


class Span(StrEnum):
    """What a column covers."""

    QUARTER = "quarter"
    YEAR_TO_DATE = "year-to-date"  # from January to the end of the last quarter
    TOTAL = "total"  # of a year or its first nine months, beside the quarters themselves
    DIFFERENCE = "difference"  # between two columns, in the table's unit
    CHANGE = "change"  # the same in percent
    SPACER = "spacer"  # nothing


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        heading: What stands above it, one entry for each heading row.
        span: What it covers.
        quarters: The quarters it covers, oldest first.
        scenario: Whether its figures happened or were planned.
        empty: A column kept free for figures still to come.
    """

    heading: Heading
    span: Span
    quarters: tuple[Quarter, ...] = ()
    scenario: Scenario = Scenario.ACTUAL
    empty: bool = False

    @property
    def stated(self) -> Quarter | None:
        """The quarter whose figures can be read here; None for totals and differences."""
        if self.empty or self.span not in (Span.QUARTER, Span.YEAR_TO_DATE):
            return None
        return self.quarters[-1]


def quarter_columns(
    quarters: Iterable[Quarter], head: Head, scenario: Scenario = Scenario.ACTUAL
) -> tuple[Column, ...]:
    """A column for each quarter."""
    return tuple(Column(head(quarter), Span.QUARTER, (quarter,), scenario) for quarter in quarters)


def with_totals(columns: tuple[Column, ...], head: Head) -> tuple[Column, ...]:
    """The same with a total after each year; ``head`` gets the last quarter added up."""
    result: list[Column] = []
    for place, column in enumerate(columns):
        result.append(column)
        quarter = column.quarters[-1]
        year = tuple(c.quarters[0] for c in columns if c.quarters[0].year == quarter.year)
        complete = year[0].number == 1 and len(year) > 2
        if complete and (place + 1 == len(columns) or quarter.number == 4):
            result.append(Column(head(quarter), Span.TOTAL, year, column.scenario))
    return tuple(result)


def year_to_date_columns(
    quarters: Iterable[Quarter], head: Head, scenario: Scenario = Scenario.ACTUAL
) -> tuple[Column, ...]:
    """Columns that add up from January, or from the launch, to each quarter's end."""
    quarters = tuple(quarters)
    return tuple(
        Column(
            head(quarter),
            Span.YEAR_TO_DATE,
            tuple(q for q in quarters if q.year == quarter.year and q <= quarter),
            scenario,
        )
        for quarter in quarters
    )


def newest_first(columns: tuple[Column, ...], gap: bool = False) -> tuple[Column, ...]:
    """The same from right to left, with an empty column between years if wanted."""
    result: list[Column] = []
    for column in reversed(columns):
        if gap and result and column.quarters[0].number == 4:
            result.append(Column(("",) * len(column.heading), Span.SPACER))
        result.append(column)
    return tuple(result)


def beside_plan(
    quarters: Iterable[Quarter], head: Head, words: tuple[str, str], planned: Iterable[Quarter]
) -> tuple[Column, ...]:
    """Actual and, where there was one, planned figures under one quarter's heading.

    A quarter that is only planned keeps an empty column for what will happen.
    """
    actual, wanted = tuple(quarters), tuple(planned)
    result: list[Column] = []
    for quarter in sorted({*actual, *wanted}):
        top, covered = head(quarter), (quarter,)
        ahead = quarter not in actual
        result.append(Column((*top, words[0]), Span.QUARTER, covered, Scenario.ACTUAL, ahead))
        if quarter in wanted:
            result.append(Column((*top, words[1]), Span.QUARTER, covered, Scenario.BUDGET))
    return tuple(result)


def against(
    later: Column, earlier: Column, heading: Heading, span: Span = Span.CHANGE
) -> tuple[Column, ...]:
    """Two columns and what lies between them."""
    return (later, earlier, Column(heading, span, (*earlier.quarters, *later.quarters)))
