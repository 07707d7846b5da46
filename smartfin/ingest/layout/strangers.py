"""Words nobody knows under periods that others share as actual or plan: what they are is asked.

A remark beside the figures looks the same at first. What sets a scenario apart: its word comes
back under the periods, over figures that do not follow from those of the columns beside it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import permutations

from smartfin.facts import Scenario
from smartfin.findings import Question, QuestionKind, ScenarioAspect
from smartfin.ingest.grid.cells import Sheet
from smartfin.ingest.layout.bands import Band, is_figure
from smartfin.ingest.layout.heading import Heading
from smartfin.ingest.text import comparable

PREVIOUS = "previous"
"""The answer "the same period one year before"."""

UNUSED = "unused"
ANSWERS = (*(scenario.value for scenario in Scenario), PREVIOUS, UNUSED)

_FEWEST = 2  # columns a word stands in, else it is a remark
_DEEPEST = 60  # rows below a heading that are looked at
_REACH = 3  # columns beside that a difference is of
_ROUNDING = 0.01  # of a difference or a ratio that is printed


def unknown_words(sheet: Sheet, band: Band) -> dict[int, str]:
    """Columns of figures under an unknown word beside a known scenario, with the word as printed.

    Args:
        sheet: Where the band stands.
        band: Its rows.
    """
    found: dict[int, str] = {}
    for row in band.levels:
        headings = band.headings.get(row, {})
        if row == band.main or not any(heading.sets_apart for heading in headings.values()):
            continue
        unknown = {c: h for c, h in headings.items() if c >= band.main_left and _is_unknown(h)}
        times = Counter(comparable(heading.label) for heading in unknown.values())
        known = [column for column, heading in headings.items() if heading.sets_apart]
        for column, heading in unknown.items():
            if times[comparable(heading.label)] >= _FEWEST and _counts(sheet, band, column, known):
                found[column] = heading.label
    times = Counter(map(comparable, found.values()))
    return {column: label for column, label in found.items() if times[comparable(label)] >= _FEWEST}


def question_id(sheet: str, label: str) -> str:
    """Name of the question what a word means; apart for each, as several may be unknown."""
    return f"scenario:{sheet}:{comparable(label)}"


def which_scenario(sheet: str, cell: str, label: str) -> Question:
    """Asks what the figures under a word are."""
    facts: Mapping[str, object] = {"sheet": sheet, "label": label, "aspect": ScenarioAspect.WORD}
    return Question(question_id(sheet, label), QuestionKind.SCENARIO, sheet, cell, facts, ANSWERS)


def _is_unknown(heading: Heading) -> bool:
    return heading.other and not heading.is_part_of_heading and bool(comparable(heading.label))


def _counts(sheet: Sheet, band: Band, column: int, known: Collection[int]) -> bool:
    """Whether a column holds amounts of its own in most rows in which the known ones do."""
    first = band.rows[-1] + 1
    rows = range(first, min(first + _DEEPEST, len(sheet.rows)))
    filled = [row for row in rows if any(is_figure(sheet.cell(row, other)) for other in known)]
    own = [row for row in filled if is_figure(sheet.cell(row, column))]
    if not own or 2 * len(own) < len(filled):
        return False
    if any(sheet.factors.get((row, column), 1.0) > 1 for row in own):
        return False  # printed in percent
    near = [other for other in known if abs(other - column) <= _REACH]
    return not any(_follows(sheet, own, column, *pair) for pair in permutations(near, 2))


def _follows(sheet: Sheet, rows: Collection[int], column: int, one: int, other: int) -> bool:
    """Whether a column is the difference, growth or ratio of two others, in one way throughout."""
    ways: set[int] | None = None
    for row in rows:
        cells = [sheet.cell(row, place) for place in (column, one, other)]
        numbers = [cell for cell in cells if isinstance(cell, float)]
        if len(numbers) < len(cells) or not any(numbers):
            continue
        here = set(_ways(*numbers))
        ways = here if ways is None else ways & here
    return bool(ways)


def _ways(number: float, one: float, other: float) -> Iterator[int]:
    """Numbers of the ways in which a figure follows from two others."""
    ratio = one / other if other else math.nan
    derived = (one - other, ratio, ratio - 1, 100 * ratio, 100 * (ratio - 1))
    for way, value in enumerate(derived):
        if math.isclose(number, value, rel_tol=_ROUNDING, abs_tol=0.0):
            yield way
