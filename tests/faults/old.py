"""A ledger as version 0001 left it, large enough that bringing it up to date takes a while."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from smartfin.store.database import Database
from smartfin.store.migrations import migrate
from smartfin.store.schema import FOREVER, utc_text

FIGURES = 20
_START = datetime(2020, 1, 1, tzinfo=UTC)

_TABLES = {
    "submission": "id, partner, at, sha256, size, synthetic, fact_count, new_count, restated_count",
    "cover": "submission, name, by, note",
    "workbook": "submission, content",
    "fact": "submission, scenario, span, item, amount, unit, sheet, cell, label",
    "validity": "partner, scenario, span, item, known_from, known_to, submission, amount, unit,"
    " synthetic",
}


def make_old_ledger(address: str, submissions: int) -> tuple[str, ...]:
    """Fill an empty database; each submission is a partner's only one. Gives their digests."""
    database = Database(address)
    contents = [f"old workbook {number}".encode() for number in range(submissions)]
    with database.writing() as connection:
        migrate(connection, to="0001")
        rows = list(_rows(contents))
        for table, columns in _TABLES.items():
            names = [f'"{name.strip()}"' for name in columns.split(",")]
            marks = ", ".join(f":p{place}" for place in range(len(names)))
            insertion = text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})")
            values = [row for name, row in rows if name == table]
            given = [{f"p{place}": each for place, each in enumerate(row)} for row in values]
            connection.execute(insertion, given)
    database.close()
    return tuple(hashlib.sha256(content).hexdigest() for content in contents)


def _rows(contents: list[bytes]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Every row of every table."""
    for number, content in enumerate(contents, start=1):
        partner, at = f"P{number}", utc_text(_START + timedelta(days=number))
        digest = hashlib.sha256(content).hexdigest()
        counts = (FIGURES, FIGURES, 0)
        yield "submission", (number, partner, at, digest, len(content), 0, *counts)
        yield "cover", (number, f"{number}.xlsx", "ana", "")
        yield "workbook", (number, content)
        for place in range(FIGURES):
            key = ("actual", f"20{10 + place}-Q1", "cash")
            amount = float(number + place)
            yield "fact", (number, *key, amount, "EUR", "PyG", "C14", "Caja")
            figure = (at, utc_text(FOREVER), number, amount, "EUR", 0)
            yield "validity", (partner, *key, *figure)
