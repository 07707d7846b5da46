"""File to facts beside the bare reader: how many times calamine's own reading a workbook takes.

Both sides read the same bytes in one run, in turn; the worst median of the pairs' ratios is
printed last. Three workbooks: 5,500 cells under unknown labels, a country's sample with its whole
history, and one with a fact in every cell.

    .venv/bin/python -m bench.ingest
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import xlsxwriter
from python_calamine import load_workbook

from bench._pairs import report
from smartfin.ingest import ReadingContext, read_workbook, warm_up
from smartfin.items import Items, Statement, read_items
from smartfin.partner import read_partners
from smartfin.settings import ROOT, read_settings

PAIRS = 15
WARM_UP = 2
GOAL = 12.0
QUARTERS = 27
ROWS = 50


def unknown_book() -> bytes:
    """Four sheets of 50 rows by 27 quarters whose labels are no line items."""
    sheets = {name: [f"Line item {row:03d}" for row in range(ROWS)] for name in "ABCD"}
    return written(sheets)


def known_book(items: Items) -> bytes:
    """The same size, every row a line item of its statement."""
    sheets: dict[str, list[str]] = {}
    for statement in Statement:
        entered = [i for i in items.values() if i.statement is statement and i.unit == "currency"]
        sheets[statement] = [item.labels["de"][-1] for item in entered if not item.derived]
    return written({name: labels for name, labels in sheets.items() if labels})


def written(sheets: dict[str, list[str]]) -> bytes:
    """A workbook with a table on each sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, labels in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "Smart Deutschland (TEUR)")
            for column in range(QUARTERS):
                sheet.write(2, column + 1, f"Q{column % 4 + 1} {2016 + column // 4}")
            for row, label in enumerate(labels, start=3):
                sheet.write(row, 0, label)
                for column in range(QUARTERS):
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


def compared(name: str, content: bytes, context: ReadingContext) -> float:
    """Median over pairs of our time over calamine's, after two warm-up rounds; printed."""
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(PAIRS + WARM_UP):
        bare.append(seconds(lambda: bare_read(content)))
        ours.append(seconds(lambda: read_workbook(content, "book.xlsx", context)))
    facts = len(read_workbook(content, "book.xlsx", context).facts)
    what = f"{name}, {bare_read(content)} cells, {facts} facts"
    return report(what, "s", ours[WARM_UP:], bare[WARM_UP:])


def main() -> None:
    """Prints the ratio of each workbook, the worst last."""
    settings = read_settings({})
    items = read_items(ROOT / "data" / "items.yaml")
    context = ReadingContext(items, read_partners(settings), "DE")
    warm_up()
    sample = max(
        (settings.data / "samples").glob("*_DE_*.xlsx"), key=lambda path: path.stat().st_size
    )
    ratios = [
        compared("unknown labels", unknown_book(), context),
        compared("sample of a country", sample.read_bytes(), context),
        compared("a fact in every cell", known_book(items), context),
    ]
    print(f"goal <= {GOAL:.0f} x calamine; worst ratio: {max(ratios):.2f}")


if __name__ == "__main__":
    main()
