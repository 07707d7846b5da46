"""Financial years that do not begin in January: what a partner calls Q1 as calendar months.

Only what is counted from the year's start has to be turned (``Q1``, ``9M``, a year, year to
date); named months and dates are what they say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from smartfin.ingest.periods.span import PeriodWords, month_end, month_start

CALENDAR, BY_END, BY_START = "calendar", "fiscal-end", "fiscal-start"
NAMINGS = (CALENDAR, BY_END, BY_START)

YEARS = "fiscal:years"
"""Id of the question what a plain year is called after."""

STARTS = "fiscal:starts"
"""Id of the question in which month the financial year begins."""

START_ANSWERS = tuple(f"starts-{month:02}" for month in range(2, 13))


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a partner counts its years.

    Args:
        starts: Month in which the financial year begins.
        naming: What a plain ``2022`` or ``Q1 2022`` means where the financial year is not the
            calendar year: one of ``NAMINGS``; empty when nobody said.
    """

    starts: int = 1
    naming: str = ""

    def question(self, words: PeriodWords) -> str:
        """Id of the question that must be answered before the days are known; else empty."""
        if words.year is None or words.day is not None:
            return ""
        if words.split and self.starts == 1:
            return STARTS
        plain = not (words.split or words.fiscal or words.named)
        return YEARS if plain and self.starts != 1 and not self.naming else ""

    def in_months(self, words: PeriodWords) -> PeriodWords:
        """The same period in calendar months; as it is where a question is open."""
        if self.starts == 1 or self.question(words):
            return words
        if words.day is not None:
            return replace(words, since=self.since(words)) if _runs_to_day(words) else words
        if words.year is None or (words.named and not words.fiscal and not words.cumulative):
            return words
        if words.named:
            return self._named(words)
        return self._counted(words) if self._counts_from_start(words) else words

    def start_month(self, month: int, year: int) -> tuple[int, int]:
        """Year and month in which the financial year began that a calendar month lies in."""
        return (year if month >= self.starts else year - 1), self.starts

    def since(self, words: PeriodWords) -> date | None:
        """First day of the financial year a date lies in."""
        if words.day is None:
            return None
        year, month = self.start_month(words.day.month, words.day.year)
        return month_start(year, month)

    def _counts_from_start(self, words: PeriodWords) -> bool:
        return words.fiscal or words.split or self.naming in (BY_END, BY_START)

    def _first_year(self, words: PeriodWords) -> int:
        """Calendar year in which the financial year of a heading begins."""
        year = words.year or 0
        by_start = self.naming == BY_START and not words.split and not words.fiscal
        return year if by_start else year - 1

    def _named(self, words: PeriodWords) -> PeriodWords:
        """Months by name under a financial year, or running from its start."""
        year, month = words.year or 0, words.first or 1
        if words.fiscal:
            year = self._first_year(words) + (month < self.starts)
        found = replace(words, year=year, fiscal=False, split=False)
        return self._running(found) if words.cumulative else found

    def _counted(self, words: PeriodWords) -> PeriodWords:
        """Quarters, halves and whole years, as the calendar months they stand for."""
        months = self._first_year(words) * 12 + self.starts - 1 + (words.first or 1) - 1
        found = replace(
            words,
            year=months // 12,
            first=months % 12 + 1,
            months=words.months or 12,
            fiscal=False,
            split=False,
            named=True,
        )
        return self._running(found) if words.cumulative else found

    def _running(self, words: PeriodWords) -> PeriodWords:
        """Figures from the financial year's start to the end of the months named."""
        day = month_end(words.year or 0, (words.first or 1) + (words.months or 1) - 1)
        return replace(words.ended(day), since=self.since(words.ended(day)))


def _runs_to_day(words: PeriodWords) -> bool:
    return words.cumulative and words.since is None
