"""How long a second start takes, beside the import of the three large libraries alone.

Goal: at most 3 times. Run with ``python3 run.py bench start``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._pairs import PAIRS, ROOT, free_port, report, running, seconds_until_answer

GOAL = 3.0


def seconds_to_import() -> float:
    """Time of the floor: a Python that imports and ends [s]."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import streamlit, pandas, plotly"], check=True)
    return time.perf_counter() - began


def seconds_to_start(database: Path) -> float:
    """Time from the command to a dashboard that is ready [s]."""
    port = str(free_port())
    command = ["python3", str(ROOT / "run.py")]
    places = {"SMARTFIN_PORT": port, "SMARTFIN_DATABASE": f"sqlite:///{database}"}
    with running(command, {"CI": "true", **places}) as process:
        return seconds_until_answer(f"http://127.0.0.1:{port}/readyz", process)


def main() -> None:
    """Measure and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "smartfin.db"
        first = seconds_to_start(database)
        print(f"first start, sample workbooks included: {first:.2f} s", flush=True)
        pairs = [(seconds_to_start(database), seconds_to_import()) for _ in range(PAIRS)]
    starts, imports = zip(*pairs, strict=True)
    ratio = report("second start against bare imports", "s", starts, imports)
    print(f"start {ratio:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
