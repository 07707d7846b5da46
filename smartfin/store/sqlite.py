"""What is SQLite's own: how its file is opened and written, and what its errors mean."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from smartfin.errors import StoreError

DRIVER_ERROR = sqlite3.Error

READING: dict[str, Any] = {}
WRITING: dict[str, Any] = {"writes": True}
MIGRATING = WRITING

_PRAGMAS = (
    "busy_timeout = 30000",  # writers queue up; first, as switching to WAL may have to wait too
    "journal_mode = WAL",  # readers never wait for a writer
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else REPLACE deletes without asking the triggers
)

_CODES = {
    sqlite3.SQLITE_BUSY: "database-busy",
    sqlite3.SQLITE_LOCKED: "database-busy",
    sqlite3.SQLITE_READONLY: "database-read-only",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_CANTOPEN: "database-unreachable",
    sqlite3.SQLITE_PERM: "database-unreachable",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_NOTADB: "database-damaged",
}


def place(url: URL) -> str:
    """The path of the file.

    Raises:
        StoreError: ``database-unsupported`` where the address names none.
    """
    if url.database in (None, "", ":memory:"):
        raise StoreError("database-unsupported", database=str(url), kind="sqlite in memory")
    return str(url.database)


def open_engine(url: URL) -> Engine:
    """An engine whose transactions begin where we say so, not where the driver guesses.

    Raises:
        StoreError: ``database-unreachable`` or ``disk-full`` when the folder of the file
            cannot be made.
    """
    _make_folder(Path(str(url.database)).parent, place(url))
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows; the driver binds them itself.

    For thousands of rows SQLAlchemy's binding would take longer than SQLite's inserting.
    """
    connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), list(rows))


def holds_something(url: URL) -> bool:
    """Whether there is a file with something in it; looks without opening it."""
    try:
        return Path(place(url)).stat().st_size > 0
    except OSError:
        return False


def is_unrestricted(connection: Connection) -> bool:
    """Whether something is to be restricted: who may write the file may write all of it."""
    return False


def error_code(cause: BaseException | None, *, writes: bool) -> str:
    """What an error of the driver means."""
    number = getattr(cause, "sqlite_errorcode", None)
    return _CODES.get(number & 0xFF, "database-failed") if number else "database-failed"


def _make_folder(folder: Path, shown: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError("disk-full", database=shown) from error
        why = error.strerror or str(error)
        raise StoreError("database-unreachable", database=shown, why=why) from error
