"""Columns of figures: the days each covers, how its period is called, and its scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from smartfin.facts import Scenario
from smartfin.ingest.amounts.unit import UnitWords
from smartfin.ingest.periods.span import PeriodWords, Span, kind_of_span, month_end, month_start
from smartfin.ingest.reading import PeriodKind
from smartfin.quarter import Quarter

_MOST_ALIKE = 0.75  # of the distances between dates that are the same
_QUARTER = 3  # months
_FEWEST_LONG_GAPS = 2  # between dates further apart: 31.12. beside 31.12. may be two quarters


@dataclass(frozen=True, eq=False)
class Column:
    """A column of figures; each is itself, whatever another says.

    Args:
        index: Counted from 0.
        label: Its heading, the levels joined.
        kind: How long its period is.
        span: The days it covers; a single day where only a date is known.
        scenario: Actual, budget or forecast.
        unit: The unit its heading names.
        row: Row of its heading.
        restated: Its figures stand for those of another column of the period.
        unclear: Its heading has words that nobody knows beside the period.
    """

    index: int
    label: str
    kind: PeriodKind
    span: Span
    scenario: Scenario
    unit: UnitWords | None
    row: int = 0
    restated: bool = False
    unclear: bool = False

    @cached_property
    def quarter(self) -> Quarter | None:
        """The quarter the column covers exactly; None for any other span."""
        quarter = Quarter.containing(self.span.end)
        exact = (self.span.start, self.span.end) == (quarter.start, quarter.end)
        return quarter if exact else None

    @cached_property
    def ends(self) -> Quarter | None:
        """The quarter that ends with the column; None when it ends within one."""
        quarter = Quarter.containing(self.span.end)
        return quarter if self.span.end == quarter.end else None

    @cached_property
    def touched(self) -> range:
        """Ordinals of the quarters the column lies in."""
        first, last = Quarter.containing(self.span.start), Quarter.containing(self.span.end)
        return range(first.ordinal, last.ordinal + 1)

    @cached_property
    def months(self) -> tuple[int, int]:
        """First month and first month after, counted from year 0."""
        first = self.span.start.year * 12 + self.span.start.month - 1
        return first, first + self.span.months


def kind_in(words: PeriodWords, span: Span) -> PeriodKind:
    """How the period of a column is called."""
    if words.cumulative or words.rolling:
        return words.kind()
    return PeriodKind.OTHER if span.start == span.end else kind_of_span(span)


def spans_of(words: Mapping[int, PeriodWords], year_ends: int) -> dict[int, Span]:
    """The days of each column; the distance of dates says how long their periods are.

    Args:
        words: What the headings say, by column; each with a year or a date.
        year_ends: Last month of the financial year.
    """
    lone = {said.day for said in words.values() if said.day is not None and said.span() is None}
    days = sorted(lone)
    ends = {day: _end_of(day, days) for day in days}
    lengths = _lengths(sorted(set(ends.values())), year_ends)
    found: dict[int, Span] = {}
    for column, said in words.items():
        span = said.span()
        if span is not None:
            found[column] = span
        elif said.day is not None:
            end = ends[said.day]
            months = (end.month - year_ends - 1) % 12 + 1 if said.cumulative else lengths[end]
            start = month_start(end.year, end.month - months + 1) if months else end
            found[column] = Span(start, end)
    return found


def _lengths(ends: Sequence[date], year_ends: int) -> dict[date, int]:
    """Months of the period each of several dates ends; 0 where their distances do not say it.

    Quarters' ends that follow each other are quarters. Dates a year apart are years only when
    there are several, at the end of one: 31 March beside 31 March may be two quarters.
    """
    unknown = dict.fromkeys(ends, 0)
    numbers = [end.year * 12 + end.month for end in ends]
    gaps = [later - earlier for earlier, later in pairwise(numbers)]
    length = min(gaps, default=0)
    if length not in (1, 3, 6, 12) or any((end.month - year_ends) % length for end in ends):
        return unknown
    if length > _QUARTER and len(gaps) < _FEWEST_LONG_GAPS:
        return unknown
    if any(gap % length for gap in gaps) or gaps.count(length) < _MOST_ALIKE * len(gaps):
        return unknown
    beside = zip(ends, [0, *gaps], [*gaps, 0], strict=True)
    return {end: length if length in (before, after) else 0 for end, before, after in beside}


def _end_of(day: date, days: Sequence[date]) -> date:
    """The month's end a date stands for; first days of quarters stand for the quarter's end."""
    if day.day == 1 and len(days) > 1 and all(other.day == 1 for other in days):
        quarterly = all(other.month % 3 == 1 for other in days)
        return month_end(day.year, day.month + (2 if quarterly else 0))
    return month_end(day.year, day.month) if day.day >= 28 else day
