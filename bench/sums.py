"""Sums over all partners on a past day, beside the least that they can cost.

Ours is ``Cube.totals`` as of the first hand-in of a ledger that has been restated since: 80
quarters of 60 items over all partners, by scenario, quarter, item, currency and kind. The floor
is one ``nansum`` over a plain numpy array, partners by quarters by items, that holds exactly
the figures of that day and knows nothing of other days, units or sample data. Both give the
same sums, which is checked. Goal: at most 10 times at 5,000,000 figures; with few figures the
floor is a fraction of a millisecond and the ratio says little.

Also printed: the first question, which reads all figures, and the memory they take.

Run with ``python3 run.py bench sums`` (1,000,000 figures, a minute); the full size,
which takes some minutes and 2 GB, with ``.venv/bin/python -m bench.sums --facts 5000000``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from bench._pairs import report
from bench.store import AT, ITEMS, LAST, LONG, facts, filled_ledger
from smartfin.store.cube import Cube
from smartfin.store.database import Database
from smartfin.store.validity import Basis

GOAL = 10.0
PAIRS = 9


def floor_file(folder: Path, count: int) -> Path:
    """The figures of the first hand-in as a plain array on disk, the same for each partner."""
    amounts = np.array([fact.amount for fact in facts(LONG)]).reshape(LONG, ITEMS)
    np.save(folder / "floor.npy", np.broadcast_to(amounts, (count, LONG, ITEMS)))
    return folder / "floor.npy"


def sums(cube: Cube) -> pd.DataFrame:
    """Ours."""
    return cube.totals(None, None, AT, Basis.ACCEPTED, None)


def check(answer: pd.DataFrame, floor: np.ndarray) -> None:
    """Refuse to time two different things."""
    first = LAST.ordinal - LONG + 1
    places = answer["quarter"] - first, answer["item"].str[-2:].astype(int)
    same = np.array_equal(answer["amount"], np.nansum(floor, axis=0)[places])
    if len(answer) != LONG * ITEMS or not same:
        raise SystemExit("the sums are not the same")


def compared(cube: Cube, floor: np.ndarray) -> float:
    """Ask both in turns; the ratio."""
    check(sums(cube), floor)
    ours, theirs = [], []
    for _ in range(PAIRS):
        began = time.perf_counter()
        sums(cube)
        between = time.perf_counter()
        np.nansum(floor, axis=0)
        ours.append(between - began)
        theirs.append(time.perf_counter() - between)
    return report("sums over all partners as of the first hand-in", "s", ours, theirs)


def measured(address: str, floor: Path) -> float:
    """Read the figures of a filled ledger, then compare; the ratio."""
    cube = Cube(Database(address))
    began = time.perf_counter()
    sums(cube)
    elapsed = time.perf_counter() - began
    print(f"first question {elapsed:.1f} s, {cube.size / 1e6:.0f} MB kept", flush=True)
    return compared(cube, np.load(floor, mmap_mode="r"))


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=1_000_000, help="figures in the ledger")
    count = max(1, round(parser.parse_args().facts / (LONG * ITEMS)))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        partners = [f"P{number:04}" for number in range(count)]
        filled_ledger(folder, partners, LONG).close()
        ratio = measured(f"sqlite:///{folder}/{count}.db", floor_file(folder, count))
    print(f"sums {ratio:.2f} (goal {GOAL:.0f})")


if __name__ == "__main__":
    main()
