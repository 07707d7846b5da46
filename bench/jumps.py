"""How often an ordinary quarter is called an unusual jump, and how often a wrong figure is.

    python -m bench.jumps [SERIES.csv]

The file has the columns series, quarter and value, one row an observation, oldest first; without
it, series are made: growing, seasonal, uneven. Every
quarter that has enough before it is judged as if it were the newest; then the newest figure of
each series is made wrong on purpose. Prints a line for each number of deviations; the ratio of
false remarks at the number in use is printed last (goal: under 0.02).
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from smartfin.ingest.history import jump

NUMBERS = (4.0, 5.0, 6.0, 7.0)
MISTAKES = (0.1, 0.5, 1.5, 2.0, 3.0, 10.0)

Series = Sequence[float]


def read_series(path: Path) -> list[Series]:
    """The observations of each series."""
    found: dict[str, list[float]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["series"]].append(float(row["value"]))
    return list(found.values())


def made_series() -> list[Series]:
    """Ten years of growing, seasonal rows, some calm and some uneven, always the same."""
    random = Random(1)
    made: list[Series] = []
    for _ in range(200):
        growth, unrest = random.uniform(-0.01, 0.04), random.uniform(0.01, 0.15)
        seasons = [random.gauss(1, 0.1) for _ in range(4)]
        made.append(
            [
                1_000 * math.exp(growth * n + random.gauss(0, unrest)) * seasons[n % 4]
                for n in range(40)
            ]
        )
    return made


def flagged(series: Iterable[Series], deviations: float) -> tuple[int, int, int]:
    """Quarters judged, quarters flagged, and series flagged at least once."""
    judged = false = ever = 0
    for values in series:
        ends = range(jump.FEWEST_QUARTERS, len(values))
        hits = sum(jump.unusual_step(values[: end + 1], deviations) for end in ends)
        judged, false, ever = judged + len(ends), false + hits, ever + (hits > 0)
    return judged, false, ever


def found(series: Sequence[Series], deviations: float, factor: float) -> float:
    """Share of the series whose newest figure is flagged when it is wrong by a factor."""
    wrong = ([*values[:-1], values[-1] * factor] for values in series)
    return sum(jump.unusual_step(values, deviations) for values in wrong) / len(series)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("series", type=Path, nargs="?")
    path = parser.parse_args().series
    series = made_series() if path is None else read_series(path)
    share = 0.0
    for number in NUMBERS:
        judged, false, ever = flagged(series, number)
        caught = ", ".join(f"x{f:g} {found(series, number, f):.0%}" for f in MISTAKES)
        print(f"{number:g}: {false / judged:.2%} of {judged} quarters, {ever} series; {caught}")
        if number == jump.DEVIATIONS:
            share = false / judged
    print(f"{share:.4f}")


if __name__ == "__main__":
    main()
