"""What the rows of a heading say together about each column of figures.

Year over quarter, scenario over or under period, newest first and spacers need no rule of
their own: each column adds up what stands over it, merged and carried from the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from smartfin.facts import Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.bands import Band
from smartfin.ingest.cells import Sheet
from smartfin.ingest.heading import Heading
from smartfin.ingest.period import years_in as years_named
from smartfin.ingest.reading import PeriodKind
from smartfin.ingest.scenario import read_scenario
from smartfin.ingest.span import PeriodWords, Span, kind_of, month_end, month_start
from smartfin.ingest.unit import UnitWords
from smartfin.quarter import Quarter


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
    """

    index: int
    label: str
    kind: PeriodKind
    span: Span
    scenario: Scenario
    unit: UnitWords | None

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


class BandReader:
    """Adds up what the rows of a band say about each column."""

    def __init__(self, sheet: Sheet, band: Band, texts: Sequence[str], file_name: str) -> None:
        self._sheet = sheet
        self._band = band
        self._texts = texts
        self._file_name = file_name
        self._main = band.headings[band.main]
        self.findings: list[Finding] = []
        self.undated: list[tuple[str, str]] = []

    def columns(self) -> tuple[Column, ...]:
        """The columns with a period, from left to right."""
        width = max(len(row) for row in self._sheet.rows)
        words: dict[int, PeriodWords] = {}
        for column in range(self._band.main_left, width):
            said = self._period(column)
            if said is not None and not self._is_excluded(column):
                words[column] = said
        words = self._with_years(words)
        spans = _spans(words)
        return tuple(
            Column(
                column,
                self._label(column),
                _kind(words[column], span),
                span,
                self._scenario(column),
                self._unit(column),
            )
            for column, span in spans.items()
        )

    def _said(self, row: int, column: int, *, carried: bool) -> Heading | None:
        """The heading at a place: its own, the merged one's, or the nearest to the left."""
        headings = self._band.headings.get(row, {})
        own = headings.get(column)
        if own is not None:
            return own
        anchor = self._sheet.merged.get((row, column))
        if anchor is not None:
            return self._band.headings.get(anchor[0], {}).get(anchor[1])
        if not carried:
            return None
        left = [place for place in headings if place < column]
        return headings[max(left)] if left else None

    def _levels(self, column: int) -> list[Heading]:
        """What stands over a column, from top to bottom, carried from the left where sparse."""
        levels = (
            self._said(row, column, carried=row != self._band.main or self._is_shared(column))
            for row in self._band.rows
        )
        return [heading for heading in levels if heading is not None]

    def _is_shared(self, column: int) -> bool:
        """Whether a column without a period of its own shares its neighbour's (Ist | Plan)."""
        return any(
            (own := self._band.headings.get(row, {}).get(column)) is not None
            and (own.scenario is not None or own.variance or own.previous)
            for row in self._band.rows
            if row != self._band.main
        )

    def _is_excluded(self, column: int) -> bool:
        """Whether a column holds differences, growth or remarks."""
        own = [self._said(row, column, carried=False) for row in self._band.rows]
        return any(heading is not None and heading.variance for heading in own)

    def _period(self, column: int) -> PeriodWords | None:
        main = self._said(self._band.main, column, carried=self._is_shared(column))
        if main is None or main.period is None:
            return None
        words = main.period
        for row in reversed(self._band.rows):
            level = self._said(row, column, carried=True)
            if row == self._band.main or level is None or level.period is None:
                continue
            if self._contradicts(row, column, level.period, main):
                return None
            words = _completed(words, level.period)
        said_before = any(
            level.previous and (level.period is None or level.period.year is None)
            for level in self._levels(column)
        )
        if said_before and words.year is not None:
            words = replace(words, year=words.year - 1)
        return words

    def _contradicts(self, row: int, column: int, other: PeriodWords, main: Heading) -> bool:
        """Whether two heading rows, each a row of periods, say different periods."""
        own = self._band.headings.get(row, {}).get(column)
        periods = sum(cell.period is not None for cell in self._band.headings.get(row, {}).values())
        if own is None or periods < 2 or main.period is None or not main.period.contradicts(other):
            return False
        self.findings.append(
            Finding(
                FindingCode.HEADING_CONTRADICTS,
                self._sheet.name,
                self._sheet.address(row, column),
                {"one": own.label, "other": main.label},
            )
        )
        return True

    def _with_years(self, words: Mapping[int, PeriodWords]) -> dict[int, PeriodWords]:
        """Adds the year to parts without one: from the left, the title, the file's name."""
        dated: dict[int, PeriodWords] = {}
        last: PeriodWords | None = None
        lone = self._lone_year(words)
        for column, said in words.items():
            if not said.complete and said.first is not None:
                year = lone
                if last is not None and last.year is not None and _goes_on(last, said, dated):
                    year = last.year
                said = replace(said, year=year)  # noqa: PLW2901 - completed
            if said.complete:
                dated[column] = said
                last = said
            elif said.first is not None or said.cumulative:
                place = self._sheet.address(self._band.main, column)
                self.undated.append((self._label(column), place))
        return dated

    def _lone_year(self, words: Mapping[int, PeriodWords]) -> int | None:
        """The one year title, sheet or file name speak of, when no part is stated twice."""
        parts = [
            (said.first, said.months, said.cumulative, self._scenario(column))
            for column, said in words.items()
        ]
        if len(set(parts)) < len(parts):
            return None
        for texts in (reversed(self._texts[:-1]), self._texts[-1:], [self._file_name]):
            years = set().union(*(years_named(text) for text in texts))
            if len(years) == 1:
                return years.pop()
            if years:
                return None
        return None

    def _scenario(self, column: int) -> Scenario:
        for level in reversed(self._levels(column)):
            if level.scenario is not None:
                return level.scenario
        return self._titled_scenario

    @cached_property
    def _titled_scenario(self) -> Scenario:
        """What title or sheet name say, where no column says it."""
        rows = self._band.headings.values()
        if any(heading.scenario is not None for row in rows for heading in row.values()):
            return Scenario.ACTUAL
        for text in reversed(self._texts):
            said = read_scenario(text)
            if said.scenario is not None and not said.variance and len(text) <= 80:
                return said.scenario
        return Scenario.ACTUAL

    def _unit(self, column: int) -> UnitWords | None:
        for row in reversed(self._band.rows):
            level = self._said(row, column, carried=False)
            if level is not None and level.unit is not None:
                return level.unit
        return None

    def _label(self, column: int) -> str:
        return " ".join(dict.fromkeys(level.label for level in self._levels(column)))


def _completed(main: PeriodWords, other: PeriodWords) -> PeriodWords:
    """The main heading, with what it leaves open filled in from another level."""
    if main.day is not None or (main.year is not None and main.first is not None):
        return replace(main, cumulative=main.cumulative or other.cumulative)
    if other.day is not None:
        return main
    return other.over(main)


def _goes_on(last: PeriodWords, said: PeriodWords, dated: Mapping[int, PeriodWords]) -> bool:
    """Whether ``Q2`` may take the year of the ``Q1 2021`` to its left."""
    same_year = [words.first for words in dated.values() if words.year == last.year]
    return said.first not in same_year and last.months == said.months


def _kind(words: PeriodWords, span: Span) -> PeriodKind:
    if words.day is None or words.cumulative or words.rolling:
        return words.kind()
    return PeriodKind.OTHER if span.start == span.end else kind_of(span.months, span.start.month)


def _spans(words: Mapping[int, PeriodWords]) -> dict[int, Span]:
    """The days of each column; the distance of dates says how long their periods are."""
    days = sorted({said.day for said in words.values() if said.day is not None})
    ends = {day: _end_of(day, days) for day in days}
    numbers = sorted({end.year * 12 + end.month for end in ends.values()})
    gaps = [later - earlier for earlier, later in pairwise(numbers)]
    length = min(gaps, default=0)
    if any(gap % length for gap in gaps) or length not in (1, 3, 6, 12):
        length = 0
    found: dict[int, Span] = {}
    for column, said in words.items():
        if said.day is None:
            span = said.span()
            if span is not None:
                found[column] = span
            continue
        end = ends[said.day]
        months = end.month if said.cumulative else length
        start = month_start(end.year, end.month - months + 1) if months else end
        found[column] = Span(start, end)
    return found


def _end_of(day: date, days: Sequence[date]) -> date:
    """The month's end a date stands for; first days of quarters stand for the quarter's end."""
    if day.day == 1 and len(days) > 1 and all(other.day == 1 for other in days):
        quarterly = all(other.month % 3 == 1 for other in days)
        return month_end(day.year, day.month + (2 if quarterly else 0))
    return month_end(day.year, day.month) if day.day >= 28 else day
