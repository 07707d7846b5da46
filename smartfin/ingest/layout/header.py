"""What the rows of a heading say together about each column of figures.

Year over quarter, scenario over or under period, newest first and spacers need no rule of
their own: each column adds up what stands over it, merged and carried from the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from smartfin.facts import Period, Scenario
from smartfin.findings import Finding, FindingCode, Question
from smartfin.ingest.grid.cells import Sheet
from smartfin.ingest.layout.bands import Band, is_figure
from smartfin.ingest.layout.clues import Clues
from smartfin.ingest.layout.columns import Column, kind_in, spans_of
from smartfin.ingest.layout.heading import Heading
from smartfin.ingest.layout.levels import Levels
from smartfin.ingest.layout.strangers import ANSWERS, PREVIOUS, UNUSED, question_id, which_scenario
from smartfin.ingest.layout.titles import Titles
from smartfin.ingest.periods.span import PeriodWords, month_end
from smartfin.ingest.periods.timewords import FIRST_YEAR
from smartfin.ingest.periods.years import is_open, years_told


class BandReader:
    """Adds up what the rows of a band say about each column.

    Args:
        sheet: Where it stands.
        band: Its rows.
        titles: What is written above it.
        clues: What is known besides.
    """

    def __init__(self, sheet: Sheet, band: Band, titles: Titles, clues: Clues) -> None:
        self._sheet = sheet
        self._band = band
        self._titles = titles
        self._clues = clues
        self._calendar = clues.calendar
        self._main = band.headings[band.main]
        self._levels = Levels(sheet, band)
        self.findings: list[Finding] = []
        self.questions: list[Question] = []

    def columns(self) -> tuple[Column, ...]:
        """The columns with a period, from left to right."""
        width = max(len(row) for row in self._sheet.rows)
        words: dict[int, PeriodWords] = {}
        for column in range(self._band.main_left, width):
            said = self._period(column)
            if said is None or self._levels.is_excluded(column) or self._is_left_out(column):
                continue
            words[column] = said
        shares = {column for column in words if self._levels.is_share(column)}
        if len(shares) < len(words):  # else the whole table is in percent
            words = {column: said for column, said in words.items() if column not in shares}
        words = self._settled(words)
        words = dict(sorted((words | self._doubles(words)).items()))
        spans = spans_of(words, (self._calendar.starts - 2) % 12 + 1)
        return tuple(
            Column(
                column,
                self._levels.label(column) or str(Period(span.start, span.end)),
                kind_in(words[column], span),
                span,
                self._scenario(column),
                self._levels.unit(column),
                self._band.main,
                any(level.restated for level in self._levels.over(column)),
                any(level.unclear for level in self._levels.own(column)),
            )
            for column, span in spans.items()
        )

    def _doubles(self, words: Mapping[int, PeriodWords]) -> dict[int, PeriodWords]:
        """Columns that name another column's period beside words nobody knows.

        ``Q4 2018 | Q4 2018 neue Zählung``: which of the two counts, the heading does not say.
        """
        if all(heading.beside is None for heading in self._main.values()):
            return {}
        known = {(said.span(), self._scenario(column)) for column, said in words.items()}
        found: dict[int, PeriodWords] = {}
        for column, heading in self._main.items():
            said = heading.beside and self._calendar.in_months(heading.beside)
            if said is None or column in words or self._levels.is_excluded(column):
                continue
            if said.span() is not None and (said.span(), self._scenario(column)) in known:
                found[column] = said
        return found

    # --- periods

    def _period(self, column: int) -> PeriodWords | None:
        self._refuse_impossible(column)
        main = self._levels.own_or_shared(column)
        if main is None or main.period is None or self._counts_otherwise(main):
            return None
        words = main.period
        for row in reversed(self._band.levels):
            level = self._levels.said(row, column, carried=True)
            if row == self._band.main or level is None or level.period is None:
                continue
            if self._contradicts(row, column, level.period, main):
                return None
            words = self._completed(words, level.period)
        return words

    def _apart(self, column: int) -> object:
        """What sets columns of one period apart."""
        return self._scenario(column), self._is_year_before(column)

    def _counts_otherwise(self, main: Heading) -> bool:
        """Whether headings count something else than quarters: weeks, or more than there are."""
        if self._clues.names_week(main.label):
            return True
        period = main.period
        counted = period is not None and period.names_part and not period.named
        return counted and self._impossible > 1

    @cached_property
    def _impossible(self) -> int:
        """How many headings name a period no calendar has."""
        return sum(heading.impossible for heading in self._main.values())

    def _refuse_impossible(self, column: int) -> None:
        """Tells of a heading that names a period no calendar has."""
        own = self._main.get(column)
        if own is not None and own.impossible and self._has_figures(column):
            cell = self._sheet.address(self._band.main, column)
            facts = {"label": own.label}
            self.findings.append(
                Finding(FindingCode.IMPOSSIBLE_PERIOD, self._sheet.name, cell, facts)
            )

    def _has_figures(self, column: int) -> bool:
        rows = range(self._band.rows[-1] + 1, min(self._band.rows[-1] + 60, len(self._sheet.rows)))
        return any(is_figure(self._sheet.cell(row, column)) for row in rows)

    def _contradicts(self, row: int, column: int, other: PeriodWords, main: Heading) -> bool:
        """Whether two heading rows, each a row of periods, say different periods."""
        own = self._band.headings.get(row, {}).get(column)
        periods = sum(cell.period is not None for cell in self._band.headings.get(row, {}).values())
        lone = sum(cell.period is not None for cell in self._main.values()) == 1
        if own is None or main.period is None or not (periods >= 2 or lone):
            return False
        if self._calendar.question(main.period) or self._calendar.question(other):
            return False  # the other row settles what is meant
        one, two = (self._calendar.in_months(words) for words in (main.period, other))
        if not one.contradicts(two):
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

    def _completed(self, main: PeriodWords, other: PeriodWords) -> PeriodWords:
        """The main heading, with what it leaves open filled in from another level."""
        cumulative = main.cumulative or other.cumulative
        unclear = self._calendar.question(main) and main.names_part
        if unclear and other.complete and not self._calendar.question(other):
            months = None if cumulative else main.months  # a date says which quarter is meant
            return replace(other, months=other.months or months, cumulative=cumulative)
        if main.day is not None or (main.year is not None and main.first is not None):
            return replace(main, cumulative=cumulative)
        if other.day is not None and main.names_part and not main.cumulative:
            return replace(other, months=main.months, cumulative=cumulative)
        return main if other.day is not None else other.over(main)

    def _settled(self, words: Mapping[int, PeriodWords]) -> dict[int, PeriodWords]:
        """The headings in calendar months, each with its year; asks for what cannot be told."""
        answer = self._clues.answered_years(self._sheet.name)
        words = self._in_financial_year(words)
        years = years_told(words, list(self._titles.years(self._clues)), answer, self._apart)
        fiscal, split = _year_called(words.values())
        dated: dict[int, PeriodWords] = {}
        left: dict[int, PeriodWords] = {}
        for column, said in words.items():
            full = said
            if column in years:
                full = replace(said, year=years[column], fiscal=fiscal, split=split)
            full = self._in_relation(full, words) if full.relative is not None else full
            full = full.year_before() if self._is_year_before(column) else full
            question = self._calendar.question(full)
            if question:
                self._ask_calendar(question, column)
            elif full.complete:
                dated[column] = self._calendar.in_months(full)
            else:
                left[column] = full
        return self._with_running(dated, left)

    def _in_financial_year(self, words: Mapping[int, PeriodWords]) -> Mapping[int, PeriodWords]:
        """Headings under a title that names a financial year (``GuV Geschäftsjahr 2021/22``)."""
        year = self._titles.financial_year if any(map(is_open, words.values())) else None
        if year is None:
            return words
        return {c: year.over(said) if is_open(said) else said for c, said in words.items()}

    def _in_relation(self, said: PeriodWords, words: Mapping[int, PeriodWords]) -> PeriodWords:
        """``Boekjaar 2`` after the year given for ``Boekjaar 1``; ``current`` as the title says."""
        given = self._clues.answered_period(self._sheet.name)
        if given is None and said.relative == 0:
            given = self._titled_period
            if given is not None and said.months is not None and given.months != said.months:
                given = None
        if given is None:
            return said
        least = min(other.relative for other in words.values() if other.relative is not None)
        passed = (said.relative or 0) - least
        return replace(given, year=given.year + passed) if given.year and passed else given

    @cached_property
    def _titled_period(self) -> PeriodWords | None:
        """The period that title, sheet name or file name tell."""
        period, findings = self._titles.period(self._clues)
        self.findings += findings
        return period

    def _with_running(
        self, dated: dict[int, PeriodWords], left: Mapping[int, PeriodWords]
    ) -> dict[int, PeriodWords]:
        """Adds ``YTD`` beside the one period it runs to; asks for the rest."""
        asked: dict[int, PeriodWords] = {}
        for column, said in left.items():
            beside = {p for c, p in dated.items() if self._scenario(c) is self._scenario(column)}
            if not (is_open(said) or said.relative is not None) and dated:
                running = _running_to(beside, said)
                if running is not None:
                    dated[column] = self._calendar.in_months(running)
                continue
            asked[column] = said
        if asked:
            self._ask_period(asked)
        return dict(sorted(dated.items()))

    def _ask_period(self, asked: Mapping[int, PeriodWords]) -> None:
        column, said = next(iter(asked.items()))
        place = (self._sheet.name, self._address(column))
        label = self._levels.label(column)
        if is_open(said):
            repeated = len({(w.first, w.months) for w in asked.values()}) < len(asked)
            wraps = not years_told(asked, [{FIRST_YEAR}], set(), self._apart)
            self.questions.append(self._clues.which_year(*place, label, 1 + (repeated or wraps)))
        else:
            label = label if said.relative or said.months else ""  # else the whole sheet is meant
            self.questions.append(self._clues.which_period(*place, label, said.months))

    def _ask_calendar(self, question: str, column: int) -> None:
        asked = self._clues.which_calendar(
            question, self._sheet.name, self._address(column), self._levels.label(column)
        )
        self.questions.append(asked)

    def _address(self, column: int) -> str:
        return self._sheet.address(max(self._band.main, 0), column)

    # --- scenario, unit and name

    def _answered(self, column: int) -> str:
        """What a person said about the unknown word over a column; empty when nothing."""
        word = self._levels.unknown.get(column)
        answer = self._clues.answers.get(question_id(self._sheet.name, word)) if word else ""
        return answer if answer in ANSWERS else ""

    def _is_left_out(self, column: int) -> bool:
        """Whether the word over a column must be asked about first, or it is not needed."""
        word = self._levels.unknown.get(column)
        answer = self._answered(column)
        if word is not None and not answer:
            asked = which_scenario(self._sheet.name, self._address(column), word)
            if asked.id not in {question.id for question in self.questions}:
                self.questions.append(asked)
        return word is not None and answer in ("", UNUSED)

    def _is_year_before(self, column: int) -> bool:
        return self._answered(column) == PREVIOUS or self._levels.is_year_before(column)

    def _scenario(self, column: int) -> Scenario:
        answer = self._answered(column)
        if answer:
            return Scenario.ACTUAL if answer == PREVIOUS else Scenario(answer)
        for level in [*self._levels.own(column), *reversed(self._levels.over(column))]:
            if level.scenario is not None:
                return level.scenario
        return self._titled_scenario

    @cached_property
    def _titled_scenario(self) -> Scenario:
        """What title or sheet name say, where no column says it."""
        rows = self._band.headings.values()
        if any(heading.scenario is not None for row in rows for heading in row.values()):
            return Scenario.ACTUAL
        return self._titles.scenario


def _year_called(words: Iterable[PeriodWords]) -> tuple[bool, bool]:
    """Whether the years named are financial ones, and split: so are those they name in turn."""
    kinds = {(said.fiscal, said.split) for said in words if said.year is not None}
    return kinds.pop() if len(kinds) == 1 else (False, False)


def _running_to(beside: set[PeriodWords], said: PeriodWords) -> PeriodWords | None:
    """Year to date up to the one period it stands beside; None when there are several."""
    if len(beside) != 1:
        return None
    span = next(iter(beside)).span()
    if span is None or said.rolling:
        return None
    return PeriodWords(day=month_end(span.end.year, span.end.month), cumulative=True)
