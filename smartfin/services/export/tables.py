"""The tables of an export, as CSV for spreadsheets and as Parquet for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from smartfin.store.schema import utc_text
from smartfin.store.whole import Stated

FIGURES = (
    "partner",
    "quarter",
    "period",
    "scenario",
    "item",
    "amount",
    "unit",
    "sheet",
    "cell",
    "label",
    "submission",
    "file",
    "known_from",
    "known_to",
    "synthetic",
)
SUBMISSIONS = (
    "id",
    "partner",
    "at",
    "by",
    "file",
    "workbook",
    "sha256",
    "size",
    "note",
    "stage",
    "synthetic",
    "fact_count",
    "new_count",
    "restated_count",
    "first_quarter",
    "last_quarter",
    "restates",
    "withdrawn",
    "approved",
)
DECISIONS = (
    "id",
    "kind",
    "at",
    "by",
    "partner",
    "submission",
    "quarter",
    "moment",
    "undoes",
    "reason",
    "topic",
    "share",
    "held",
    "turnout",
    "changes",
)
ANSWERS = ("partner", "question", "value", "by", "at", "submission")
WARNINGS = ("submission", "code", "sheet", "cell", "sentence", "by", "at")

COLUMNS: dict[str, tuple[str, ...]] = {
    "facts": FIGURES,
    "known": FIGURES,
    "submissions": SUBMISSIONS,
    "decisions": DECISIONS,
    "answers": ANSWERS,
    "warnings": WARNINGS,
}
"""The columns of each table, by its name."""

_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""How a text begins that a spreadsheet would compute, and the sign that keeps it from that."""

_QUARTER_WIDTH = len("2022-Q4")


class Sink(Protocol):
    """Where rows of figures go."""

    def write(self, rows: Sequence[Stated]) -> None:
        """Add rows."""


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table; gives how many rows it has."""
    count = 0
    with _opened_csv(file, columns) as writer:
        for row in rows:
            writer.writerow([_cell(value) for value in row])
            count += 1
    return count


@contextmanager
def csv_sink(file: Path) -> Iterator[Sink]:
    """Figures as CSV."""
    with _opened_csv(file, FIGURES) as writer:
        yield _CsvSink(writer)


@contextmanager
def parquet_sink(file: Path) -> Iterator[Sink]:
    """Figures as Parquet."""
    import pyarrow as pa  # noqa: PLC0415 - late: only an export waits for it
    from pyarrow import parquet  # noqa: PLC0415

    moment = pa.timestamp("us", tz="UTC")
    kinds = {"amount": pa.float64(), "submission": pa.int64(), "synthetic": pa.bool_()}
    kinds |= {"known_from": moment, "known_to": moment}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in FIGURES])
    with parquet.ParquetWriter(file, schema) as writer:

        class _ParquetSink:
            def write(self, rows: Sequence[Stated]) -> None:
                if not rows:
                    return
                columns = zip(*map(_figure, rows), strict=True)
                arrays = [
                    pa.array(column, field.type)
                    for column, field in zip(columns, schema, strict=True)
                ]
                writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))

        yield _ParquetSink()


class _Writer(Protocol):
    def writerow(self, row: Iterable[object], /) -> object: ...


class _CsvSink:
    def __init__(self, writer: _Writer) -> None:
        self._writer = writer

    def write(self, rows: Sequence[Stated]) -> None:
        for row in rows:
            self._writer.writerow([_cell(value) for value in _figure(row)])


@contextmanager
def _opened_csv(file: Path, columns: Sequence[str]) -> Iterator[_Writer]:
    """A CSV file with its heading; the mark at its start tells spreadsheets it is UTF-8."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        yield writer


def _figure(row: Stated) -> tuple[object, ...]:
    """A figure in the order of ``FIGURES``."""
    is_quarter = len(row.span) == _QUARTER_WIDTH
    quarter, period = (row.span, None) if is_quarter else (None, row.span)
    return (row.partner, quarter, period, *row[2:])


def _cell(value: object) -> object:
    """A value as text that no spreadsheet takes for a formula; numbers stay what they are."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_COMMANDS) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc_text(value)
    return value
