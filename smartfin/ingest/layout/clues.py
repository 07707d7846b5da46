"""What is known of a sheet's periods besides its cells, and how to ask for the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from smartfin.findings import PeriodAspect, Question, QuestionKind
from smartfin.ingest.memory import Answers
from smartfin.ingest.naming import country_names
from smartfin.ingest.periods.fiscal import NAMINGS, START_ANSWERS, STARTS, YEARS, Calendar
from smartfin.ingest.periods.period import find_period, read_period, years_in
from smartfin.ingest.periods.span import PeriodWords, Span
from smartfin.ingest.reading import ReadingContext
from smartfin.ingest.text import comparable
from smartfin.partner import Partner
from smartfin.quarter import Quarter

_CALENDAR_QUESTIONS = {
    YEARS: (PeriodAspect.YEARS, NAMINGS),
    STARTS: (PeriodAspect.STARTS, START_ANSWERS),
}
_DAY = re.compile(r"(?<!\d)(?:\d{4}([-._]?)\d\d\1\d\d|\d\d([-._])\d\d\2\d{4})(?!\d)")
_WEEK = re.compile(r"(?i)\bkw\b|\bkw\d")
_QUARTERS_OFFERED = 8
_YEARS_OFFERED = 4


@dataclass(frozen=True, slots=True)
class Clues:
    """What tells the period of a sheet when its headings do not.

    Args:
        file_name: Of the workbook.
        answers: What was settled about it.
        calendar: How the partner counts its years.
        newest: Newest quarter that can have happened; None when not judged.
        partner: Code of the partner the workbook is from; empty when unknown.
        names: Comparable names of the partners, to their codes.
        elsewhere: The period all other sheets without one in their headings are of.
        weeks: Whether ``KW 3`` is a calendar week, as everywhere but in Dutch.
    """

    file_name: str = ""
    answers: Answers = field(default_factory=Answers)
    calendar: Calendar = field(default_factory=Calendar)
    newest: Quarter | None = None
    partner: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Span | None = None
    weeks: bool = False

    def names_week(self, text: str) -> bool:
        """Whether a text names a week that looks like a quarter."""
        return self.weeks and _WEEK.search(text) is not None

    def whose(self, text: str) -> bool | None:
        """Whether a text is the name of the partner it is from; None when it is no partner's."""
        code = self.names.get(comparable(text))
        return None if code is None else code == self.partner or not self.partner

    def answered_years(self, sheet: str) -> set[int]:
        """The year, or years, a person gave for a sheet."""
        return years_in(self.answers.get(f"period:{sheet}"))

    def answered_period(self, sheet: str) -> PeriodWords | None:
        """The quarter or year a person gave for a sheet."""
        words = self.answers.get(f"period:{sheet}").split()
        said = read_period(words[0]) if words else None
        return said if said is not None and said.complete else None

    @property
    def of_file(self) -> PeriodWords | None:
        """The period the file's name tells; a date there is the day it was handed in."""
        stem = PurePath(self.file_name.replace("\\", "/")).stem
        whole = find_period(stem.replace("_", " "))
        if whole is not None and whole.span() is not None:
            return whole
        said = find_period(_DAY.sub(" ", stem).replace("_", " "))
        return said if said is not None and said.day is None else None

    # --- questions

    def which_period(self, sheet: str, cell: str, label: str, months: int | None) -> Question:
        """Asks which period a heading, or a whole sheet, stands for."""
        facts = {"label": label, "aspect": PeriodAspect.WHEN if label else PeriodAspect.SHEET}
        options = self._quarters if months in (None, 1, 3) else self._years(1)
        return _question(f"period:{sheet}", sheet, cell, facts, options)

    def which_year(self, sheet: str, cell: str, label: str, years: int) -> Question:
        """Asks of which year (or how many years in a row) headings are that leave it out."""
        facts = {"label": label, "aspect": PeriodAspect.WHEN}
        options = self._years(years) if years == 1 else (*self._years(years), *self._years(1))
        return _question(f"period:{sheet}", sheet, cell, facts, options)

    def which_calendar(self, name: str, sheet: str, cell: str, label: str) -> Question:
        """Asks how a financial year is called, or when it begins."""
        aspect, options = _CALENDAR_QUESTIONS[name]
        return _question(name, sheet, cell, {"label": label, "aspect": aspect}, options)

    @property
    def _quarters(self) -> tuple[str, ...]:
        if self.newest is None:
            return ()
        return tuple(str(self.newest + -back) for back in range(_QUARTERS_OFFERED))

    def _years(self, in_a_row: int) -> tuple[str, ...]:
        if self.newest is None:
            return ()
        last = self.newest.year
        ends = [*range(last, last - _YEARS_OFFERED + 1, -1), last + 1]  # a budget's year last
        return tuple(
            "-".join(dict.fromkeys((str(year - in_a_row + 1), str(year)))) for year in ends
        )


def clues_of(
    file_name: str, partner: Partner | None, context: ReadingContext, answers: Answers
) -> Clues:
    """What is known of a workbook's periods before its sheets are read.

    Args:
        file_name: Of the workbook.
        partner: Whose it is; None when unknown.
        context: Partners and the newest quarter there can be.
        answers: What was settled.
    """
    starts = partner.fiscal_year_starts if partner is not None else 1
    return Clues(
        file_name,
        answers,
        calendar_of(starts, answers),
        context.newest_allowed,
        partner.code if partner is not None else "",
        _names(partner, context),
        weeks=partner is not None and "nl" not in partner.languages,
    )


def _names(partner: Partner | None, context: ReadingContext) -> dict[str, str]:
    """Comparable names to partners' codes; a partner's own name is also its entity's."""
    names = {
        comparable(name): known.code
        for known in reversed(context.partners)  # a partner stands before its entities
        for name in (known.code, known.organisation, *country_names(known.code))
    }
    if partner is None or not partner.entity_of:
        return names
    ours = {name: partner.code for name, code in names.items() if code == partner.entity_of}
    return {**names, **ours, comparable(partner.organisation): partner.code}


def calendar_of(starts: int, answers: Answers) -> Calendar:
    """How a partner counts its years, by its setting and by what was answered.

    Args:
        starts: Month in which its financial year begins; an answer counts where it is January.
        answers: What was settled.
    """
    said = answers.get(STARTS)
    if starts == 1 and said in START_ANSWERS:
        # Headings that do not speak of a financial year stay in the calendar's.
        return Calendar(int(said.removeprefix("starts-")), answers.get(YEARS) or NAMINGS[0])
    naming = answers.get(YEARS)
    return Calendar(starts, naming if naming in NAMINGS else "")


def _question(
    name: str, sheet: str, cell: str, facts: Mapping[str, object], options: tuple[str, ...]
) -> Question:
    return Question(name, QuestionKind.PERIOD, sheet, cell, {"sheet": sheet, **facts}, options)
