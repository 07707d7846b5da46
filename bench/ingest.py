"""File to accepted facts beside the bare reader: how many times calamine's own reading it takes.

Both sides read the same bytes in one run, in turn. Four workbooks: 5,500 cells under unknown
labels, a country's sample with its whole history, one with a fact in every cell (each goal 12),
and a million cells on 200 sheets (goal 6). Accepting stores the facts in a database of its own.
The memory of the reading process is held against openpyxl's on the million cells (goal 0.5).

    .venv/bin/python -m bench.ingest
    .venv/bin/python -m bench.ingest --profile      where the time goes
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook

from bench._pairs import report
from smartfin.findings import Finding
from smartfin.ingest import ReadingContext, read_workbook, warm_up
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.interpret import interpret
from smartfin.items import Items, Statement, read_items
from smartfin.partner import read_partners
from smartfin.services.intake import import_workbook
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import ROOT, read_settings

PAIRS = 15
PAIRS_OF_LARGE = 5
WARM_UP = 2
GOAL, GOAL_OF_LARGE, GOAL_OF_MEMORY = 12.0, 6.0, 0.5
QUARTERS = 27
ROWS = 50
LARGE_SHEETS, LARGE_ROWS, LARGE_QUARTERS = 200, 62, 80

# Reads the workbook at argv[2] in a fresh process as argv[1] says; prints its peak memory [kB].
# Not ru_maxrss: that begins at what the process that started it had taken.
_PEAK = """
import sys
way, path = sys.argv[1:3]
if way == "openpyxl":
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    count = sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
else:
    from smartfin.ingest.grid.cells import read_cells
    from smartfin.ingest.interpret import interpret
    from smartfin.ingest.reading import ReadingContext
    from smartfin.items import read_items
    from smartfin.partner import read_partners
    from smartfin.settings import ROOT, read_settings
    context = ReadingContext(read_items(ROOT / "data" / "items.yaml"),
                             read_partners(read_settings({})), "DE")
    content = open(path, "rb").read()
    interpret(read_cells(content), "book.xlsx", context)
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def unknown_book() -> bytes:
    """Four sheets of 50 rows by 27 quarters whose labels are no line items."""
    sheets = {name: [f"Line item {row:03d}" for row in range(ROWS)] for name in "ABCD"}
    return written(sheets, QUARTERS)


def known_book(items: Items) -> bytes:
    """The same size, every row a line item of its statement."""
    sheets: dict[str, list[str]] = {}
    for statement in Statement:
        entered = [i for i in items.values() if i.statement is statement and i.unit == "currency"]
        sheets[statement] = [item.labels["de"][-1] for item in entered if not item.derived]
    return written({name: labels for name, labels in sheets.items() if labels}, QUARTERS)


def large_book() -> bytes:
    """A million cells: 200 entities, 62 lines, 80 quarters."""
    sheets = {
        f"Entity {number:03d}": [f"Line item {row:03d}" for row in range(LARGE_ROWS)]
        for number in range(LARGE_SHEETS)
    }
    return written(sheets, LARGE_QUARTERS)


def written(sheets: dict[str, list[str]], quarters: int) -> bytes:
    """A workbook with a table on each sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, labels in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "Smart Deutschland (TEUR)")
            for column in range(quarters):
                sheet.write(2, column + 1, f"Q{column % 4 + 1} {2003 + column // 4}")
            for row, label in enumerate(labels, start=3):
                sheet.write(row, 0, label)
                for column in range(quarters):
                    sheet.write(row, column + 1, 100.5 + row * 7 + column)
    return target.getvalue()


def bare_read(content: bytes) -> int:
    """Number of cells calamine gives."""
    book = load_workbook(io.BytesIO(content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return sum(map(len, rows))


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compared(name: str, content: bytes, ours: Callable[[], object], pairs: int = PAIRS) -> float:
    """Median over pairs of our time over calamine's, after two warm-up rounds; printed."""
    bare: list[float] = []
    taken: list[float] = []
    for _ in range(pairs + WARM_UP):
        bare.append(seconds(lambda: bare_read(content)))
        taken.append(seconds(ours))
    return report(name, "s", taken[WARM_UP:], bare[WARM_UP:])


def read_ratio(name: str, content: bytes, context: ReadingContext, pairs: int = PAIRS) -> float:
    """The ratio of file to facts; printed."""
    facts = len(read_workbook(content, "book.xlsx", context).facts)
    what = f"{name}, {bare_read(content)} cells, {facts} facts"
    return compared(what, content, lambda: read_workbook(content, "book.xlsx", context), pairs)


def accepted_ratio(name: str, content: bytes, file: str) -> float:
    """The ratio of file to accepted facts, stored where another partner's stand; printed."""
    with tempfile.TemporaryDirectory() as folder:
        opened = [_used_store(Path(folder), number) for number in range(PAIRS + WARM_UP)]
        waiting = iter(opened)

        def accept() -> None:
            _imported(next(waiting), content, file)

        ratio = compared(f"{name}, accepted and stored", content, accept)
        for smartfin in opened:
            smartfin.ledger.close()
    return ratio


def _used_store(folder: Path, number: int) -> Smartfin:
    """A store that has taken in a workbook before, as any running one has."""
    address = f"sqlite:///{folder / f'{number}.db'}"
    smartfin = open_smartfin(read_settings({"SMARTFIN_DATABASE": address, "SMARTFIN_SAMPLES": "0"}))
    other = min((smartfin.settings.data / "samples").glob("*_AT_*.xlsx"))
    _imported(smartfin, other.read_bytes(), other.name)
    return smartfin


def _imported(smartfin: Smartfin, content: bytes, file: str) -> None:
    intake = import_workbook(smartfin, content, file, "bench")
    if intake.submission is None:
        raise SystemExit(f"{file} was refused: {_why(intake.reading.findings)}")


def _why(findings: tuple[Finding, ...]) -> str:
    return ", ".join(sorted({finding.code.value for finding in findings}))


def peak_memory(way: str, path: Path) -> float:
    """Peak memory of a process that reads a workbook [MB].

    Args:
        way: ``openpyxl``, or ``smartfin`` for the reader of the reading process.
        path: The workbook.
    """
    said = subprocess.run(
        [sys.executable, "-c", _PEAK, way, str(path)], check=True, capture_output=True, cwd=ROOT
    )
    return int(said.stdout) / 1024


def memory_ratio(content: bytes) -> float:
    """Our peak over openpyxl's; printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        path.write_bytes(content)
        ours, theirs = (peak_memory(way, path) for way in ("smartfin", "openpyxl"))
    return report("peak memory beside openpyxl", "MB", [ours], [theirs])


def print_profile(content: bytes, context: ReadingContext, lines: int = 25) -> None:
    """Where reading spends its time, in this process."""
    interpret(read_cells(content), "book.xlsx", context)
    with cProfile.Profile() as profile:
        interpret(read_cells(content), "book.xlsx", context)
    pstats.Stats(profile).sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Prints each ratio, the worst of each goal last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    chosen = parser.parse_args()
    settings = read_settings({})
    items = read_items(ROOT / "data" / "items.yaml")
    context = ReadingContext(items, read_partners(settings), "DE")
    sample = max(
        (settings.data / "samples").glob("*_DE_*.xlsx"), key=lambda path: path.stat().st_size
    )
    if chosen.profile:
        for content in (unknown_book(), sample.read_bytes(), known_book(items)):
            print_profile(content, context)
        return
    warm_up()
    small = [
        read_ratio("unknown labels", unknown_book(), context),
        read_ratio("sample of a country", sample.read_bytes(), context),
        read_ratio("a fact in every cell", known_book(items), context),
        accepted_ratio("sample of a country", sample.read_bytes(), sample.name),
    ]
    content = large_book()
    large = read_ratio("a million cells", content, context, PAIRS_OF_LARGE)
    memory = memory_ratio(content)
    print(f"goal <= {GOAL:.0f} x calamine; worst ratio: {max(small):.2f}")
    print(f"goal <= {GOAL_OF_LARGE:.0f} x calamine on a million cells; ratio: {large:.2f}")
    print(f"goal <= {GOAL_OF_MEMORY} x openpyxl's memory; ratio: {memory:.2f}")


if __name__ == "__main__":
    main()
