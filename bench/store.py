"""What the board reads from a ledger of many partners, beside the same read from a small one.

The read is ``Ledger.facts_frame`` of seven partners over the last 24 quarters, as it stands:
10,080 figures in both ledgers. The small ledger holds nothing else. The large one holds
partners of 80 quarters of 60 items, as many as the option asks for, and the seven stand
scattered among them. Both are filled by ``Ledger.accept``, a restatement included. Goal:
at most 1.2 times at 5,000,000 figures.

Run with ``python3 run.py bench store``; the full size, which takes some minutes and 2 GB, with
``.venv/bin/python -m bench.store --facts 5000000``.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench._pairs import report
from smartfin.facts import Fact, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from smartfin.store import Ledger, open_ledger

GOAL = 1.2
PAIRS = 15
ITEMS = 60
LONG, SHORT = 80, 24  # quarters
BOARD_PARTNERS = 7
LAST = Quarter(2022, 4)
SINCE = LAST + (1 - SHORT)
AT = datetime(2023, 1, 30, tzinfo=UTC)


def facts(quarters: int, restated: float = 0.0) -> Iterator[Fact]:
    """The figures of one partner up to the last quarter."""
    for quarter in range(LAST.ordinal - quarters + 1, LAST.ordinal + 1):
        for item in range(ITEMS):
            amount = quarter * 100.0 + item + restated
            of = Quarter.from_ordinal(quarter)
            yield Fact(f"line_item_{item:02}", of, Scenario.ACTUAL, amount, "EUR", "PL", "C14")


def filled_ledger(folder: Path, partners: list[str], quarters: int) -> Ledger:
    """A ledger in which each partner handed in once and then restated its last three quarters."""
    database = f"sqlite:///{folder}/{len(partners)}.db"
    ledger = open_ledger(dataclasses.replace(read_settings({}), database=database))
    for code in partners:
        for name, stated in (("all", facts(quarters)), ("corrected", facts(3, restated=1.0))):
            ledger.accept(
                code, stated, f"{code} {name}".encode(), name, "bench", AT, synthetic=True
            )
    return ledger


def seconds_to_read(ledger: Ledger, partners: list[str], as_of: datetime | None) -> float:
    """Time of one board read [s]."""
    began = time.perf_counter()
    frame = ledger.facts_frame(as_of, partners, SINCE)
    elapsed = time.perf_counter() - began
    if len(frame) != BOARD_PARTNERS * SHORT * ITEMS:
        raise SystemExit(f"the board read {len(frame)} figures")
    return elapsed


def compared(large: Ledger, small: Ledger, board: list[str]) -> float:
    """Read both ledgers as of the first hand-in and as they stand, in turns; the last ratio."""
    rounds = [
        [seconds_to_read(ledger, board, as_of) for as_of in (AT, None) for ledger in (large, small)]
        for _ in range(PAIRS)
    ]
    then_large, then_small, large_now, small_now = zip(*rounds[1:], strict=True)  # caches filled
    report("board read as of the first hand-in", "s", then_large, then_small)
    return report("board read as it stands", "s", large_now, small_now)


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=250_000, help="figures in the large ledger")
    wanted = parser.parse_args().facts
    count = max(BOARD_PARTNERS, round(wanted / (LONG * ITEMS)))
    partners = [f"P{number:04}" for number in range(count)]
    board = partners[:: count // BOARD_PARTNERS][:BOARD_PARTNERS]
    with tempfile.TemporaryDirectory() as folder:
        small = filled_ledger(Path(folder) / "small", board, SHORT)
        began = time.perf_counter()
        large = filled_ledger(Path(folder) / "large", partners, LONG)
        figures, elapsed = count * LONG * ITEMS, time.perf_counter() - began
        print(f"{figures:,} figures accepted in {elapsed:.0f} s", flush=True)
        ratio = compared(large, small, board)
    print(f"store {ratio:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
