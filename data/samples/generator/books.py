"""Which workbook prints what, and when it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data.samples.generator.columns import Column
from data.samples.generator.correction import CORRECTED
from data.samples.generator.forms import FORMS, Entry, Kind
from data.samples.generator.habits import FLOWS, HABITS, Habit, spanish_columns
from data.samples.generator.profiles import PROFILES
from data.samples.generator.story import story
from smartfin.items import Statement
from smartfin.quarter import Quarter, quarters_between

DAYS_TO_HAND_IN = 30
CORRECTION_DAY = date(2022, 9, 15)
HISTORY_ENDS = Quarter(2022, 2)
LAST = Quarter(2022, 4)
PLAN_2022 = tuple(quarters_between(Quarter(2022, 1), Quarter(2022, 4)))
PLAN_2023 = tuple(quarters_between(Quarter(2023, 1), Quarter(2023, 4)))
HISTORY_WORDS = {
    "ES": "historico-hasta", "IT": "storico-fino-al", "SE": "historik-till", "DE": "Historie-bis",
    "AT": "Verlauf-bis", "NL": "verloop-tot", "HU": "tortenet-eddig",
}  # fmt: skip
QUARTER_WORDS = {
    "ES": "trimestre", "IT": "trimestre", "SE": "kvartal", "DE": "Quartal", "AT": "Quartal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """One sheet of a workbook.

    Args:
        statement: What it states.
        name: Name on its tab.
        title: Title above the table.
        columns: Its columns, as printed.
        entries: Its rows, as printed.
        restated: Whether it shows corrected figures instead of the first ones.
    """

    statement: Statement
    name: str
    title: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    restated: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook.

    Args:
        name: File name; begins with the hand-in day.
        habit: How it is printed.
        handed_in: The day it is handed in.
        period: The span on its cover.
        sheets: Its sheets after the cover.
    """

    name: str
    habit: Habit
    handed_in: date
    period: str
    sheets: tuple[Printed, ...]

    @property
    def partner(self) -> str:
        """Partner code."""
        return self.habit.partner


def entries_of(habit: Habit, statement: Statement) -> tuple[Entry, ...]:
    """The rows a partner prints: what it reports and what is not always zero."""
    told = story(habit.partner)
    wanted = []
    for entry in FORMS[statement]:
        if entry.code in habit.members:
            continue
        if statement is Statement.SOCIAL and habit.social and entry.code not in habit.social:
            continue
        silent = entry.code in told.reported and not told.reported[entry.code].any()
        if not silent or entry.code == "overdue_public_debt":
            wanted.append(entry)
    return _without_empty_sections(wanted)


def _without_empty_sections(entries: list[Entry]) -> tuple[Entry, ...]:
    following = [*entries[1:], Entry(Kind.RATIO, "coverage")]
    return tuple(
        entry
        for entry, after in zip(entries, following, strict=True)
        if entry.kind is not Kind.HEADING or after.kind in (Kind.LINE, Kind.TOTAL)
    )


def _history(code: str) -> Book:
    habit, profile = HABITS[code], PROFILES[code]
    last = min(HISTORY_ENDS, profile.last)
    quarters = tuple(quarters_between(profile.first, last))
    planned = PLAN_2022 if profile.last == LAST else ()
    sheets = [
        _sheet(habit, statement, habit.history_columns(statement, quarters, planned))
        for statement in Statement
    ]
    if planned and habit.plan_columns:
        sheets.append(_plan_sheet(habit, planned))
    handed_in = last.end + timedelta(days=DAYS_TO_HAND_IN)
    name = f"{handed_in}_{code}_synthetic_{HISTORY_WORDS[code]}-{last}.xlsx"
    return Book(name, habit, handed_in, f"{quarters[0]} – {last}", tuple(sheets))


def _quarterly(code: str, quarter: Quarter) -> Book:
    habit = HABITS[code]
    planned = PLAN_2023 if quarter == LAST else ()
    sheets = [
        _sheet(habit, statement, habit.quarter_columns(statement, quarter, planned), restated=True)
        for statement in Statement
    ]
    if planned and habit.plan_columns:
        sheets.append(_plan_sheet(habit, planned))
    handed_in = quarter.end + timedelta(days=DAYS_TO_HAND_IN)
    name = f"{handed_in}_{code}_synthetic_{QUARTER_WORDS[code]}-{quarter}.xlsx"
    return Book(name, habit, handed_in, str(quarter), tuple(sheets))


def _correction() -> Book:
    """Spain restates the third and fourth quarter of 2021, cumulative as always."""
    habit = HABITS["ES"]
    year = tuple(quarters_between(Quarter(CORRECTED[0].year, 1), CORRECTED[-1]))
    sheets = tuple(
        _sheet(habit, statement, spanish_columns(statement, year), restated=True)
        for statement in (*FLOWS, Statement.BALANCE_SHEET, Statement.MEMBERS)
    )
    name = f"{CORRECTION_DAY}_ES_synthetic_correccion-2021-Q3-Q4.xlsx"
    return Book(name, habit, CORRECTION_DAY, f"{year[0]} – {year[-1]}", sheets)


def _sheet(
    habit: Habit, statement: Statement, columns: tuple[Column, ...], restated: bool = False
) -> Printed:
    name, title = habit.words.sheets[statement]
    return Printed(statement, name, title, columns, entries_of(habit, statement), restated)


def _plan_sheet(habit: Habit, planned: tuple[Quarter, ...]) -> Printed:
    assert habit.plan_columns is not None
    name, title = (f"{text} {planned[0].year}" for text in habit.words.plan)
    memo = ("labour_budget", "adviser_costs", "receivable_losses_covered_by_fund")
    entries = tuple(
        entry
        for entry in entries_of(habit, Statement.PNL)
        if entry.code not in (*memo, "imputed_group_services", "memo", "growth")
    )
    return Printed(Statement.PNL, name, title, habit.plan_columns(planned), entries)


BOOKS: tuple[Book, ...] = tuple(
    sorted(
        (
            *(_history(code) for code in HABITS),
            *(_quarterly(code, LAST + back) for code in QUARTER_WORDS for back in (-1, 0)),
            _correction(),
        ),
        key=lambda book: book.name,
    )
)
