"""Spoilt workbooks, as many as asked: none may crash, hang, be read in part or leave memory behind.

Each is an honest workbook (.xlsx, .xlsb, .ods, .xls, .csv) with bytes, zip entries, XML, sectors,
records or lines changed at random. The same seed gives the same files; a fault names the number
of its file, which ``--first`` reads again. Prints what became of the files and, last, the faults.

    .venv/bin/python -m bench.fuzz --count 10000 --seed 1
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.hostile.fuzzing import Run, memory, run

SETTLED = 200  # files after which the memory of this process is taken as its usual one
GROWTH = 30.0  # megabytes by which it may differ in the end


def main() -> int:
    """The exit code: 1 when anything happened that must not."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--count", type=int, default=1000, help="how many files")
    options.add_argument("--seed", type=int, default=1, help="of the series")
    options.add_argument("--first", type=int, default=0, help="number of the first file")
    chosen = options.parse_args()
    began, usual = time.monotonic(), [0.0]

    def tell(state: Run) -> None:
        done = state.outcomes.total()
        if done <= SETTLED:
            usual[0] = memory()
        if done % 1000 == 0:
            print(f"{done} files, {memory():.0f} MB, {len(state.faults)} faults", flush=True)

    result = run(chosen.seed, chosen.count, chosen.first, tell)
    for name, count in result.outcomes.most_common():
        print(f"{count:>7}  {name}")
    grown = memory() - usual[0]
    if grown > GROWTH:
        result.faults.append(f"the memory of this process grew by {grown:.0f} MB")
    print(
        f"{chosen.count} files in {time.monotonic() - began:.0f} s, "
        f"slowest {result.slowest:.1f} s, "
        f"memory {grown:+.0f} MB"
    )
    print(*result.faults, sep="\n")
    print(f"faults: {len(result.faults)}")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
