"""Spans of days, and what headings say about them: parts that add up to a span."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """What one heading, or several above each other, say about time.

    Args:
        year: Calendar year.
        first: First month of the part, 1 to 12; None where only a year is said.
        months: Length of the part in months.
        cumulative: The figures run from the start of the year.
        rolling: The figures cover the last twelve months.
        day: A date standing for a period it ends (or starts).
    """

    year: int | None = None
    first: int | None = None
    months: int | None = None
    cumulative: bool = False
    rolling: bool = False
    day: date | None = None

    @property
    def complete(self) -> bool:
        """Whether a span of days follows from it."""
        return self.day is not None or self.year is not None

    @property
    def is_year_alone(self) -> bool:
        """Only a year is said: a whole year, or the upper level of a heading."""
        return self.year is not None and self.first is None and self.day is None

    def over(self, lower: PeriodWords) -> PeriodWords:
        """One heading over a lower one; the lower one's own words win."""
        return PeriodWords(
            year=lower.year if lower.year is not None else self.year,
            first=lower.first if lower.first is not None else self.first,
            months=lower.months if lower.months is not None else self.months,
            cumulative=self.cumulative or lower.cumulative,
            rolling=self.rolling or lower.rolling,
            day=lower.day or self.day,
        )

    def contradicts(self, other: PeriodWords) -> bool:
        """Whether both cannot be true of one column."""
        pairs = ((self.year, other.year), (self.first, other.first))
        if any(a is not None and b is not None and a != b for a, b in pairs):
            return True
        return any(
            one.day is not None and two.complete and two.day is None and not _near(one.day, two)
            for one, two in ((self, other), (other, self))
        )

    def span(self) -> Span | None:
        """The days meant; None for a date (its neighbours decide) or without a year."""
        if self.year is None or self.day is not None:
            return None
        first, months = self.first or 1, self.months or 12
        if self.cumulative or self.rolling:
            months, first = first + months - 1, 1
        end = month_end(self.year, first + months - 1)
        if self.rolling:
            return Span(month_start(end.year - 1, end.month + 1), end)
        return Span(month_start(self.year, first), end)

    def kind(self) -> PeriodKind:
        """How the period is called."""
        if self.rolling:
            return PeriodKind.ROLLING
        if self.cumulative:
            return PeriodKind.YTD
        return kind_of(self.months if self.first is not None else 12, self.first or 1)


def kind_of(months: int | None, first: int) -> PeriodKind:
    """The name of a span by its length."""
    if first > 1 and months == 9:
        return PeriodKind.OTHER
    names = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 6: PeriodKind.HALF}
    return {**names, 9: PeriodKind.NINE_MONTHS, 12: PeriodKind.YEAR}.get(
        months or 0, PeriodKind.OTHER
    )


def month_start(year: int, month: int) -> date:
    """First day of a month; months beyond 12 run into the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def month_end(year: int, month: int) -> date:
    """Last day of a month; months beyond 12 run into the next year."""
    first = month_start(year, month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _near(day: date, words_: PeriodWords) -> bool:
    span = words_.span()
    slack = timedelta(days=3)
    return span is None or span.start - slack <= day <= span.end + slack
