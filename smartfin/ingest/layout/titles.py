"""What the texts around a table say of its period, year and scenario, nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smartfin.facts import Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest import vocabulary
from smartfin.ingest.layout.clues import Clues
from smartfin.ingest.layout.scenario import read_scenario
from smartfin.ingest.periods.period import find_period, years_in
from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.periods.years import is_open
from smartfin.ingest.text import comparable

_LONGEST = 80  # characters of a title that tells the scenario


@dataclass(frozen=True, slots=True)
class Titles:
    """Texts above a table.

    Args:
        sheet: Name of the sheet.
        above: Right above the table and in its corner, from top to bottom.
        top: Above the first table of the sheet, where that is another one.
    """

    sheet: str
    above: tuple[str, ...]
    top: tuple[str, ...] = ()

    @property
    def nearest_first(self) -> tuple[str, ...]:
        """All of them; a sheet's name speaks of what is on it."""
        return (self.sheet, *self.above[::-1], *self.top[::-1])

    @property
    def say_cumulative(self) -> bool:
        """Whether any says that figures run from the year's start."""
        texts = (*self.above, self.sheet, *self.top)
        return any(
            word in vocabulary.CUMULATIVE for text in texts for word in comparable(text).split()
        )

    @property
    def scenario(self) -> Scenario:
        """The scenario they name; actual when none does."""
        for text in self.nearest_first:
            said = read_scenario(text)
            if said.scenario is not None and not said.variance and len(text) <= _LONGEST:
                return said.scenario
        return Scenario.ACTUAL

    def years(self, clues: Clues) -> Iterator[set[int]]:
        """Years named above the table, by the sheet's name, at its top, by the file's name."""
        for texts in (self.above, (self.sheet,), self.top):
            yield set().union(*(years_in(text) for text in texts))
        yield years_in(clues.file_name)

    @property
    def financial_year(self) -> PeriodWords | None:
        """The financial year the nearest title with a period is about; None when there is none."""
        periods = map(find_period, self.nearest_first)
        named = next((period for period in periods if period is not None and period.fiscal), None)
        return named if named is not None and named.is_year_alone else None

    def period(self, clues: Clues) -> tuple[PeriodWords | None, tuple[Finding, ...]]:
        """The one period they tell, with the file's name; a finding when they disagree."""
        texts = (*self.above[::-1], self.sheet, *self.top[::-1])
        told = [text for text in texts if not clues.names_week(text)]
        named = {text: find_period(text) for text in told} | {"": clues.of_file}
        said = [period for period in named.values() if period is not None]
        spans = {t: p for t, p in named.items() if p and p.span() and not p.is_year_alone}
        if spans:
            return self._undisputed(spans, clues)
        part = next((period for period in said if is_open(period)), None)
        year = next((period for period in said if period.is_year_alone), None)
        if part is not None and year is not None:
            return year.over(part), ()
        day = next((period for period in said if period.day is not None), None)
        return day or _as_elsewhere(part, clues), ()

    def _undisputed(
        self, spans: Mapping[str, PeriodWords], clues: Clues
    ) -> tuple[PeriodWords | None, tuple[Finding, ...]]:
        (name, nearest), *rest = spans.items()
        first = clues.calendar.in_months(nearest)
        for text, other in rest:
            if first.contradicts(clues.calendar.in_months(other)):
                facts = {"one": name, "other": text or clues.file_name}
                return None, (Finding(FindingCode.HEADING_CONTRADICTS, self.sheet, "", facts),)
        return nearest, ()


def _as_elsewhere(part: PeriodWords | None, clues: Clues) -> PeriodWords | None:
    """The period of the other sheets, unless the part of a year named here is another one."""
    span = clues.elsewhere
    if span is None:
        return None
    if part is not None:
        here = clues.calendar.in_months(replace(part, year=span.end.year)).span()
        if here is None or not span.holds(here):
            return None
    return PeriodWords(day=span.end, since=span.start)
