"""What stands over each column of a band: its own, merged, shared and carried headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from smartfin.ingest.amounts.unit import UnitWords
from smartfin.ingest.grid.cells import Sheet
from smartfin.ingest.layout.bands import Band
from smartfin.ingest.layout.heading import Heading
from smartfin.ingest.layout.strangers import unknown_words
from smartfin.ingest.periods.years import is_open


class Levels:
    """The headings over the columns of a band.

    Args:
        sheet: Where the band stands.
        band: Its rows.
    """

    def __init__(self, sheet: Sheet, band: Band) -> None:
        self._sheet = sheet
        self._band = band
        self._main = band.headings[band.main]
        self._other_rows = [row for row in band.levels if row != band.main and row in band.headings]
        self._names_year_before = any(
            heading.previous for row in band.headings.values() for heading in row.values()
        )
        self._known: dict[int, list[Heading]] = {}

    def said(self, row: int, column: int, *, carried: bool) -> Heading | None:
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
        centred = self._centred.get(row)
        if centred is not None:
            return centred.get(column)
        left = [place for place in headings if place < column]
        return headings[max(left)] if left else None

    def over(self, column: int) -> list[Heading]:
        """What stands over a column, from top to bottom, carried from the left where sparse."""
        known = self._known.get(column)
        if known is None:
            levels = (
                self.said(row, column, carried=row != self._band.main or self._is_shared(column))
                for row in self._band.levels
            )
            known = [heading for heading in levels if heading is not None]
            self._known[column] = known
        return known

    def _is_shared(self, column: int) -> bool:
        """Whether a column without a period of its own shares its neighbour's (Ist | Plan)."""
        if column in self.unknown:
            return True
        for row in self._other_rows:
            own = self._band.headings[row].get(column)
            if own is not None and (own.sets_apart or own.variance):
                return True
        return False

    @cached_property
    def _follows_suit(self) -> bool:
        """Whether each period of the main row is followed by the same scenarios (Vorjahr)."""
        runs: list[list[object]] = []
        for heading in dict(sorted(self._main.items())).values():
            if heading.period is not None:
                runs.append([])
            elif heading.sets_apart and not heading.variance and runs:
                runs[-1].append((heading.scenario, heading.previous))
        return bool(runs) and all(run == runs[0] for run in runs)

    def own_or_shared(self, column: int) -> Heading | None:
        """The main row's heading over a column, or the one a scenario beside it belongs to."""
        main = self.said(self._band.main, column, carried=self._is_shared(column))
        if main is None or main.period is not None or not main.sets_apart:
            return main
        dated = [place for place, cell in self._main.items() if place < column and cell.period]
        return self._main[max(dated)] if dated and self._follows_suit else main

    @cached_property
    def _centred(self) -> Mapping[int, Mapping[int, Heading]]:
        """Rows of years that stand in the middle of their quarters, by row and column."""
        rows = (row for row in self._band.levels if row != self._band.main)
        return {row: spread for row in rows if (spread := self._spread(row))}

    def _spread(self, row: int) -> dict[int, Heading]:
        """Years over the columns of theirs, where each stands over one run of parts."""
        years = {c: h for c, h in self._band.headings.get(row, {}).items() if h.period}
        alone = all(h.period is not None and h.period.is_year_alone for h in years.values())
        merged = any((row, column) in self._sheet.merged for column in years)
        if not years or not alone or merged:
            return {}
        places = sorted(years)
        numbers = [each.period.year or 0 for c in places if (each := years[c]).period]
        runs = _runs_of_parts(self._main, places, forward=numbers == sorted(numbers))
        width = max(map(len, self._sheet.rows))
        edges = [run[0] for run in runs] + [width]
        return {
            column: years[place]
            for place, (start, end) in zip(places, pairwise(edges), strict=False)
            for column in range(start, end)
        }

    @cached_property
    def unknown(self) -> Mapping[int, str]:
        """Columns of figures under a word that must be asked about, with the word."""
        words = unknown_words(self._sheet, self._band)
        return {c: word for c, word in words.items() if not (self.differs(c) or self.is_share(c))}

    def differs(self, column: int) -> bool:
        """Whether a column is headed as a difference or growth."""
        own = (self.said(row, column, carried=False) for row in self._band.levels)
        return any(heading is not None and heading.variance for heading in own)

    def is_excluded(self, column: int) -> bool:
        """Whether a column holds differences, growth or remarks."""
        return self.differs(column) or (column not in self.unknown and self._is_stranger(column))

    def is_share(self, column: int) -> bool:
        """Whether a column is headed as percent: of a whole, where others hold the amounts."""
        unit = self.unit(column)
        return unit is not None and unit.kind == "percent"

    def _is_stranger(self, column: int) -> bool:
        """Whether a column shares a period with plan and actual, and is neither (remarks).

        Unknown words over several columns are no remark: what they mean is asked.
        """
        for row in self._other_rows:
            headings = self._band.headings[row]
            own = headings.get(column)
            goes_on = column + 1 in self._main and column + 1 not in headings
            if own is not None and own.other and not own.is_part_of_heading and not goes_on:
                return any(heading.sets_apart for heading in headings.values())
        return False

    def own(self, column: int) -> list[Heading]:
        """The heading in the main row right over a column, if any."""
        own = self._main.get(column)
        return [own] if own is not None else []

    def is_year_before(self, column: int) -> bool:
        """Whether a column is called the year before, without saying which that is.

        ``Q1 2022 Vorjahr`` beside ``Q1 2022 Ist`` is Q1 2021; ``Vorjahr Q1 2021`` says it.
        """
        if not self._names_year_before:
            return False
        levels = [*self.over(column), *self.own(column)]
        if not any(level.previous for level in levels):
            return False
        own = next((level.period for level in levels if level.previous and level.period), None)
        if own is None or not own.complete:
            return True
        beside = [h for c, h in self._main.items() if c < column and not h.previous and h.period]
        return bool(beside) and beside[-1].period == own

    def unit(self, column: int) -> UnitWords | None:
        """The unit that stands over a column."""
        for row in reversed(self._band.levels):
            level = self.said(row, column, carried=False)
            if level is not None and level.unit is not None:
                return level.unit
        return None

    def label(self, column: int) -> str:
        """The levels over a column, joined."""
        labels = [level.label for level in [*self.over(column), *self.own(column)]]
        return " ".join(dict.fromkeys(labels))


def _runs_of_parts(
    main: Mapping[int, Heading], years: Sequence[int], *, forward: bool
) -> list[list[int]]:
    """The columns of each year: parts in the order of a year, one year's heading over each run.

    Args:
        main: Headings of the parts, by column.
        years: Columns over which the years stand.
        forward: Whether the years grow to the right; where parts could be read either way,
            they run as their years do.

    Returns:
        As many runs as years; empty when the parts do not say where one year ends.
    """
    open_parts = {
        column: heading.period.first + (heading.period.months or 0)
        for column, heading in sorted(main.items())
        if heading.period is not None and heading.period.first and is_open(heading.period)
    }
    columns = list(open_parts)
    for direction in (1, -1) if forward else (-1, 1):
        breaks = [
            place
            for place, (before, after) in enumerate(pairwise(open_parts.values()), start=1)
            if (after - before) * direction < 0
        ]
        edges = [0, *breaks, len(columns)]
        runs = [columns[start:end] for start, end in pairwise(edges)]
        fits = len(runs) == len(years) and all(
            run and run[0] <= year <= run[-1] for run, year in zip(runs, years, strict=True)
        )
        if fits:
            return runs
    return []
