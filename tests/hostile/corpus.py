"""The nasty files and any number of spoilt workbooks as files in a folder, to be tried by hand.

.venv/bin/python -m tests.hostile.corpus FOLDER --count 300 --seed 1
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.every import NASTY
from tests.hostile.mutations import mutation


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each nasty file, then of some spoilt workbooks."""
    for number, (_, nasty) in enumerate(NASTY):
        yield f"{number:03d}/{nasty.file}", nasty.content()
    for number in range(count):
        spoilt = mutation(seed, number)
        yield f"spoilt/{number:05d}.{spoilt.kind}", spoilt.content


def main() -> int:
    """Writes the files."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=300, help="how many spoilt workbooks")
    options.add_argument("--seed", type=int, default=1, help="of the spoilt workbooks")
    chosen = options.parse_args()
    for name, content in files(chosen.count, chosen.seed):
        file = chosen.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
