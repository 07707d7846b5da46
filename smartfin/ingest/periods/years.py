"""The years of headings that leave them out: ``Q3 2021 | Q4 | Q1 | Q2``, ``Q1 ... Q4 | 2021``.

Neighbours, columns of whole years, the title and an answer may tell the year. Where two readings
are possible (``Q1 2022 | Q4``) nothing is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from smartfin.ingest.periods.span import PeriodWords

Parts = Mapping[int, PeriodWords]

_HALF = 6  # months


@dataclass(frozen=True, slots=True)
class _Order:
    """How parts of one length follow each other.

    Args:
        passed: Years between each column and the first, if they run across the end of a year.
        within: Whether they may be of one year.
        across: Whether they may run across its end.
    """

    passed: Mapping[int, int]
    within: bool
    across: bool

    def offsets(self) -> dict[int, int] | None:
        """Years passed, where only one reading is possible."""
        if self.within and self.across:
            return None
        if self.within:
            return dict.fromkeys(self.passed, 0)
        return dict(self.passed) if self.across else None

    def under(self, years: set[int]) -> dict[int, int] | None:
        """The year of each column where a text names these years; None where it does not fit."""
        first, last = min(years), max(years)
        if len(years) == 1:
            return dict.fromkeys(self.passed, first) if self.within and not self.across else None
        least, most = min(self.passed.values()), max(self.passed.values())
        fits = self.across and last - first == most - least == len(years) - 1
        return {c: first - least + passed for c, passed in self.passed.items()} if fits else None


def years_told(
    words: Parts,
    titled: Sequence[set[int]],
    answer: set[int],
    apart: Callable[[int], object],
) -> dict[int, int]:
    """The year of each column whose heading names a part of a year only.

    Args:
        words: What each column's heading says, by column, from left to right.
        titled: Years named in texts, nearest text first; empty sets are passed over.
        answer: Years a person gave for such columns: one for all, or the first to the last.
        apart: What sets a column apart from others of the same period: its scenario.

    Returns:
        Year by column; columns whose year cannot be told are missing.
    """
    if not any(map(is_open, words.values())):
        return {}
    found: dict[int, int] = {}
    for group in _groups(words, apart):
        found |= _years_of_neighbours(group)
    if not found:
        found = _years_of_totals(words, apart)
    left = {c: said for c, said in words.items() if is_open(said) and c not in found}
    named = next((years for years in titled if years), set())
    for group in _groups(left, apart):
        if len(answer) == 1:
            found |= dict.fromkeys(group, *answer)
        elif answer or named:
            found |= _order(group).under(answer or named) or {}
    return found


def is_open(said: PeriodWords) -> bool:
    """Whether a heading names a part of a year, and not the year."""
    return said.names_part and not said.complete


def _groups(words: Parts, apart: Callable[[int], object]) -> list[dict[int, PeriodWords]]:
    """Columns that name parts of the same length, of one scenario, cumulative or not."""
    groups: dict[object, dict[int, PeriodWords]] = {}
    for column, said in words.items():
        if said.names_part and said.day is None:
            running = said.cumulative or (said.first == 1 and (said.months or 0) > _HALF)
            length = 0 if running else said.months
            groups.setdefault((length, apart(column)), {})[column] = said
    return list(groups.values())


def _years_of_neighbours(group: Parts) -> dict[int, int]:
    """Years that follow from columns of the same length that name their own."""
    dated = {c: said.year for c, said in group.items() if said.year is not None}
    if not dated or len(dated) == len(group):
        return {}
    runs = _runs(group, dated)
    offsets = _order(group).offsets() if len(dated) == 1 else None
    if offsets is not None:
        runs = [list(group)]
    found: dict[int, int] = {}
    for run in runs:
        passed = offsets or _order({column: group[column] for column in run}).offsets()
        anchor = next(column for column in run if column in dated)
        year = dated[anchor]
        if passed is not None and year is not None:
            found |= {c: year + passed[c] - passed[anchor] for c in run if c not in dated}
    return found


def _runs(group: Parts, dated: Mapping[int, int | None]) -> list[list[int]]:
    """Columns from one that names its year up to the next."""
    runs: list[list[int]] = []
    for column in group:
        if column in dated:
            runs.append([])
        if runs:
            runs[-1].append(column)
    return runs


def _years_of_totals(words: Parts, apart: Callable[[int], object]) -> dict[int, int]:
    """Years of parts with a column of the whole year on one side: ``Q1 Q2 Q3 Q4 2021 Q1 ...``."""
    kinds = {c: said.is_year_alone for c, said in words.items()}
    runs = [(is_year, list(columns)) for is_year, columns in groupby(kinds, key=kinds.__getitem__)]
    alternates = len(runs) > 1 and len(runs) % 2 == 0
    if not alternates or any(is_year and len(run) > 1 for is_year, run in runs):
        return {}
    parts = [run for is_year, run in runs if not is_year]
    years = [words[run[0]].year for is_year, run in runs if is_year]
    found: dict[int, int] = {}
    for run, year in zip(parts, years, strict=True):
        open_parts = {column: words[column] for column in run if is_open(words[column])}
        orders = [_order(group) for group in _groups(open_parts, apart)]
        if year is None or not all(order.within for order in orders):
            return {}
        found |= dict.fromkeys(open_parts, year)
    return found


def _order(group: Parts) -> _Order:
    """How the parts of one length follow each other.

    Parts in the order of a year, forwards or backwards, may be of one year; parts that follow
    each other across its end may be of several.
    """
    length = next(iter(group.values())).months or 12
    places = [(said.first or 1) - 1 + (said.months or 0) - length for said in group.values()]
    steps = [later - earlier for earlier, later in pairwise(places) if later != earlier]
    firsts = [place for place, _ in groupby(places)]
    forward, backward = all(s > 0 for s in steps), all(s < 0 for s in steps)
    within = (forward or backward) and len(set(firsts)) == len(firsts)
    onward = all(step % 12 == length % 12 for step in steps) and not forward
    back = all(-step % 12 == length % 12 for step in steps) and not backward
    across = bool(steps) and (onward or back) and not (within and length >= _HALF)
    return _Order(_passed(group, places, -1 if back else 1), within, across)


def _passed(group: Parts, places: Sequence[int], direction: int) -> dict[int, int]:
    """Years passed at each column, one more (or less) where the parts begin anew."""
    years: dict[int, int] = {}
    passed, before = 0, places[0]
    for column, place in zip(group, places, strict=True):
        passed += direction if (place - before) * direction < 0 else 0
        years[column] = passed
        before = place
    return years
