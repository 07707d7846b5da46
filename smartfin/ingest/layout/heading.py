"""What one cell of a heading says: period, scenario, unit, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from smartfin.facts import Scenario
from smartfin.ingest.amounts.unit import UnitWords, is_no_unit, read_unit
from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.layout.scenario import read_scenario, says_no_scenario
from smartfin.ingest.periods.period import (
    find_period,
    holds_phrase,
    is_filler,
    is_impossible,
    period_of_day,
    period_of_year,
    read_period,
    speaks_of_time,
)
from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.periods.timewords import is_foreign
from smartfin.ingest.text import comparable, folded, without_marks
from smartfin.ingest.vocabulary import RESTATED

_LONGEST = 60  # characters; what is longer is a title or a note
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The meaning of one cell above, or beside, figures.

    Args:
        label: The cell as printed.
        period: What it says about time.
        scenario: What it says about the scenario.
        previous: It stands for the year before.
        variance: It stands over differences or growth.
        unit: What it says about the unit.
        other: It says something else.
        number: It is a bare number that could be a year.
        impossible: It names a period no calendar has (``Q5 2021``).
        restated: It stands over figures handed in anew.
        beside: The period it names beside words that mean something else.
        unknown: Those words.
        unclear: Its period is taken from beside words that must be asked about.
    """

    label: str
    period: PeriodWords | None = None
    scenario: Scenario | None = None
    previous: bool = False
    variance: bool = False
    unit: UnitWords | None = None
    other: bool = False
    number: bool = False
    impossible: bool = False
    restated: bool = False
    beside: PeriodWords | None = None
    unknown: tuple[str, ...] = ()
    unclear: bool = False

    @property
    def sets_apart(self) -> bool:
        """Whether it tells columns of one period apart: scenario, year before, year to date."""
        period = self.period
        runs = (
            period is not None and period.cumulative and not (period.complete or period.names_part)
        )
        return self.scenario is not None or self.previous or runs

    @property
    def is_part_of_heading(self) -> bool:
        """Whether it says anything a heading says."""
        said = (self.period, self.scenario, self.unit)
        return any(part is not None for part in said) or self.previous or self.variance


def read_heading(cell: Cell) -> Heading | None:
    """The meaning of a cell; None for an empty cell or a plain figure."""
    if isinstance(cell, str):
        return _read_text(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float):
        period = period_of_year(cell)
        return Heading(f"{cell:.0f}", period, number=True) if period else None
    if isinstance(cell, date):
        period = period_of_day(cell)
        return Heading(cell.isoformat(), period, other=period is None)
    return None


@lru_cache(maxsize=16384)
def _read_text(text: str) -> Heading | None:
    label = " ".join(text.split())
    if not label:
        return None
    if len(label) > _LONGEST or _says_nothing(label):
        return Heading(label, other=True)
    heading = _meaning(label, label)
    if heading.other and (bare := without_marks(label)) != label:
        unmarked = _meaning(label, bare)
        return heading if unmarked.other else unmarked
    return heading


def _says_nothing(label: str) -> bool:
    """Whether no word of a text says anything a heading says: so are most labels."""
    return all(map(_is_strange, label.split())) and not holds_phrase(folded(label))


@lru_cache(maxsize=8192)
def _is_strange(word: str) -> bool:
    plain = folded(word)
    if not (word.isalpha() and is_no_unit(word) and is_foreign(plain)):
        return False
    return plain not in RESTATED and says_no_scenario(plain)


def _meaning(label: str, text: str) -> Heading:
    """What a text, with or without its footnote marks, says as a heading."""
    said = read_scenario(text)
    words = said.rest.split()
    kept = [word for word in words if comparable(word) not in RESTATED]
    period, unit, other = _period_and_unit(" ".join(kept).strip(" ()[]-/:,.|"))
    beside = find_period(text) if other and "%" not in text else None
    other = other and not is_filler(said.rest)
    impossible = other and is_impossible(said.rest)
    return Heading(
        label,
        period,
        said.scenario,
        said.previous,
        said.variance or (other and "%" in text),
        unit,
        other=other,
        impossible=impossible,
        restated=len(kept) < len(words),
        beside=beside if beside is not None and beside.complete else None,
        unknown=_unknown(text) if beside is not None else (),
    )


def _unknown(text: str) -> tuple[str, ...]:
    """The words of a heading that have nothing to do with time."""
    words = comparable(text).split()
    return tuple(word for word in words if not speaks_of_time(word))


def _period_and_unit(rest: str) -> tuple[PeriodWords | None, UnitWords | None, bool]:
    """The period and unit in what remains; whether there is anything else."""
    if not rest:
        return None, None, False
    unit = read_unit(rest)
    period = read_period(rest)
    if period is not None and "%" in rest:
        return period, UnitWords(kind="percent"), False
    if period is not None or unit is not None:
        return period, None if period else unit, False
    for without, inner in _parted(rest):
        unit = read_unit(inner)
        period = read_period(without) if unit is not None else None
        if period is not None:
            return period, unit, False
    return None, None, True


def _parted(rest: str) -> list[tuple[str, str]]:
    """Ways to part a text into a period and a unit."""
    parted = [(_BRACKETS.sub(" ", rest), match[1]) for match in _BRACKETS.finditer(rest)]
    head, _, last = rest.rpartition(" ")
    first, _, tail = rest.partition(" ")
    return parted + [pair for pair in ((head, last), (tail, first)) if pair[0] and pair[1]]
