"""Spans of days, and what headings say about them: parts that add up to a span."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from smartfin.ingest.reading import PeriodKind


@dataclass(frozen=True, slots=True)
class Span:
    """Days a column covers, both included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Whole months covered."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def holds(self, other: Span, slack: int = 0) -> bool:
        """Whether another span lies within it, but for some days."""
        days = timedelta(days=slack)
        return self.start - days <= other.start and other.end <= self.end + days


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """What one heading, or several above each other, say about time.

    Args:
        year: The year; of a financial year printed 2021/22 the later one.
        first: First month of the part, 1 to 12; None where only a year is said.
        months: Length of the part in months.
        cumulative: The figures run from the start of the year.
        rolling: The figures cover the last twelve months.
        day: A date standing for a period it ends (or starts).
        since: First day of a period that ``day`` ends.
        fiscal: The year is called a financial year.
        split: The year is printed as two calendar years (2021/22).
        named: The months are named (``Jan-Mar``), not counted from the year's start (``Q1``).
        relative: Number of a year, or place from the present one, that no calendar knows
            (``Year 1``: 1, ``current quarter``: 0).
    """

    year: int | None = None
    first: int | None = None
    months: int | None = None
    cumulative: bool = False
    rolling: bool = False
    day: date | None = None
    since: date | None = None
    fiscal: bool = False
    split: bool = False
    named: bool = False
    relative: int | None = None

    @property
    def complete(self) -> bool:
        """Whether a span of days follows from it."""
        return self.day is not None or self.year is not None

    @property
    def is_year_alone(self) -> bool:
        """Only a year is said: a whole year, or the upper level of a heading."""
        return self.year is not None and self.first is None and self.day is None

    @property
    def names_part(self) -> bool:
        """Whether a part of a year is said."""
        return self.first is not None

    def over(self, lower: PeriodWords) -> PeriodWords:
        """One heading over a lower one; the lower one's own words win."""
        year = lower if lower.year is not None else self
        part = lower if lower.first is not None else self
        return PeriodWords(
            year=year.year,
            first=part.first,
            months=part.months,
            cumulative=self.cumulative or lower.cumulative,
            rolling=self.rolling or lower.rolling,
            day=lower.day or self.day,
            since=lower.since or self.since,
            fiscal=self.fiscal or lower.fiscal,
            split=year.split,
            named=part.named,
        )

    def contradicts(self, other: PeriodWords) -> bool:
        """Whether both cannot be true of one column."""
        spans = (self.span(), other.span())
        if spans[0] is not None and spans[1] is not None:
            return not (spans[0].holds(spans[1], 3) or spans[1].holds(spans[0], 3))
        for one, span in ((self, spans[1]), (other, spans[0])):
            if one.day is not None and span is not None:
                return not span.holds(Span(one.day, one.day), 3)
        alike = self.named is other.named and None not in (self.first, other.first)
        return alike and (self.first, self.months) != (other.first, other.months)

    def span(self) -> Span | None:
        """The days meant; None for a lone date (its neighbours decide) or without a year."""
        if self.day is not None:
            return self._span_to(self.day)
        if self.year is None:
            return None
        first, months = self.first or 1, self.months or 12
        if self.cumulative or self.rolling:
            months, first = first + months - 1, 1
        end = month_end(self.year, first + months - 1)
        if self.rolling:
            return Span(month_start(end.year - 1, end.month + 1), end)
        return Span(month_start(self.year, first), end)

    def _span_to(self, day: date) -> Span | None:
        """The days up to a date, where the heading says how long the period is."""
        if self.rolling:
            return Span(month_start(day.year - 1, day.month + 1), day)
        if self.since is not None:
            return Span(self.since, day)
        if self.months is None or self.cumulative:
            return None
        return Span(month_start(day.year, day.month - self.months + 1), day)

    def kind(self) -> PeriodKind:
        """How the period is called."""
        if self.rolling:
            return PeriodKind.ROLLING
        if self.cumulative:
            return PeriodKind.YTD
        if self.since is not None and self.day is not None:
            return kind_of_span(Span(self.since, self.day))
        return kind_of(self.months if self.months is not None else 12)

    def year_before(self) -> PeriodWords:
        """The same period of the year before."""
        return replace(
            self,
            year=self.year - 1 if self.year is not None else None,
            day=_year_before(self.day) if self.day is not None else None,
            since=_year_before(self.since) if self.since is not None else None,
        )

    def ended(self, day: date) -> PeriodWords:
        """The same words with the day the period ends."""
        return replace(self, day=day, year=None, first=None)


def _year_before(day: date) -> date:
    """The same day of the year before; the end of February stays one."""
    last = (day + timedelta(days=1)).day == 1
    return month_end(day.year - 1, day.month) if last else day.replace(year=day.year - 1)


def kind_of(months: int | None) -> PeriodKind:
    """The name of a span by its length."""
    names = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 6: PeriodKind.HALF}
    return {**names, 9: PeriodKind.NINE_MONTHS, 12: PeriodKind.YEAR}.get(
        months or 0, PeriodKind.OTHER
    )


def kind_of_span(span: Span) -> PeriodKind:
    """The name of a span of days; those that are no whole months have none."""
    whole = span.start.day == 1 and (span.end + timedelta(days=1)).day == 1
    return kind_of(span.months) if whole else PeriodKind.OTHER


def month_start(year: int, month: int) -> date:
    """First day of a month; months outside 1 to 12 run into other years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def month_end(year: int, month: int) -> date:
    """Last day of a month; months outside 1 to 12 run into other years."""
    first = month_start(year, month)
    return first.replace(day=monthrange(first.year, first.month)[1])
