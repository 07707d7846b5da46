"""Whether figures under plain quarters run from the year's start though nothing says so.

A third of real workbooks print year-to-date figures under quarter-like headings. When nearly
every flow grows through every year the way running totals do, a person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from smartfin.ingest.amounts.figures import Figure
from smartfin.items import Nature

# Least growth of a running total from one quarter to the next: evenly spread it would be 2,
# 1.5 and 1.33 times; seasons may take some of it away.
_LEAST_GROWTH = (1.5, 1.25, 1.12)
_FEWEST_YEARS = 4  # runs of a row within a year, at least three quarters long
_FEWEST_ROWS = 3
_NEARLY_ALL = 0.8


def looks_cumulative(figures: Iterable[Figure], year_starts: int = 1) -> bool:
    """Whether the quarters of a table grow like running totals.

    Args:
        figures: The figures of one table as printed.
        year_starts: Month in which the financial year begins.
    """
    years: dict[tuple[str, str, int], dict[int, float]] = defaultdict(dict)
    for figure in figures:
        quarter = figure.column.quarter
        if quarter is not None and year_starts > 1:  # counted in the financial year
            quarter = quarter + -((year_starts - 1) // 3)
        is_flow = figure.item.nature is Nature.FLOW and figure.item.unit == "currency"
        if quarter is not None and is_flow and figure.amount:
            row = (figure.item.code, figure.column.scenario, quarter.year)
            years[row][quarter.number] = abs(figure.amount)
    runs = {row: list(_from_first(parts)) for row, parts in years.items()}
    judged = {row: run for row, run in runs.items() if len(run) >= 3}
    if len(judged) < _FEWEST_YEARS or len({code for code, _, _ in judged}) < _FEWEST_ROWS:
        return False
    growing = sum(1 for run in judged.values() if _grows_like_a_total(run))
    return growing >= _NEARLY_ALL * len(judged)


def _from_first(parts: dict[int, float]) -> Iterable[float]:
    """The amounts of a year's quarters from the first on, up to a gap."""
    for number in range(1, 5):
        if number not in parts:
            return
        yield parts[number]


def _grows_like_a_total(run: Sequence[float]) -> bool:
    steps = zip(pairwise(run), _LEAST_GROWTH, strict=False)
    return all(later >= least * earlier for (earlier, later), least in steps)
