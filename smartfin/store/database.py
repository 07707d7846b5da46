"""The SQLite file: how it is opened, read and written, and what its errors mean.

Everything that is SQLite's own stands here and in the migrations; the rest of ``store``
speaks plain SQLAlchemy Core.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from smartfin.errors import StoreError

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


class Database:
    """One database, shared by all threads of the process.

    Args:
        address: SQLAlchemy address, ``sqlite:///path/to/file.db``.

    Raises:
        StoreError: ``database-unsupported`` for anything but an SQLite file;
            ``database-unreachable`` or ``disk-full`` when its folder cannot be made.
    """

    def __init__(self, address: str) -> None:
        url = _url(address)
        self.place = str(url.database)
        _make_folder(Path(self.place).parent, self.place)
        self._engine = _engine(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database throughout."""
        with self._errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer, in this process or another, runs beside.

        Whatever ends it early leaves nothing behind.
        """
        with self._errors(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._engine.dispose()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except PoolTimeout as error:
            raise StoreError("database-busy", database=self.place) from error
        except DBAPIError as error:
            raise store_error(error, self.place) from error


def holds_something(address: str) -> bool:
    """Whether there is a database at an address; looks at the file without opening it.

    Raises:
        StoreError: ``database-unsupported`` for anything but an SQLite file.
    """
    try:
        return Path(str(_url(address).database)).stat().st_size > 0
    except OSError:
        return False


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, each with all values in the order of the table's columns, as stored.

    The driver binds them itself: for thousands of rows SQLAlchemy's binding would take
    longer than SQLite's inserting.
    """
    connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), list(rows))


def store_error(error: DBAPIError, place: str) -> StoreError:
    """What an error of the database means: a code of ours, with the file and the reason."""
    cause = error.orig
    number = getattr(cause, "sqlite_errorcode", None)
    code = _CODES.get(number & 0xFF, "database-failed") if number else "database-failed"
    if code in {"database-busy", "database-read-only", "disk-full"}:
        return StoreError(code, database=place)
    return StoreError(code, database=place, why=str(cause))


def _url(address: str) -> URL:
    """A readable address of an SQLite file."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError("database-unsupported", database=address, kind=address) from error
    kind = url.get_backend_name()
    if kind != "sqlite":
        shown = url.render_as_string(hide_password=True)
        raise StoreError("database-unsupported", database=shown, kind=kind)
    if url.database in (None, "", ":memory:"):
        raise StoreError("database-unsupported", database=address, kind="sqlite in memory")
    return url


def _make_folder(folder: Path, place: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError("disk-full", database=place) from error
        why = error.strerror or str(error)
        raise StoreError("database-unreachable", database=place, why=why) from error


def _engine(url: URL) -> Engine:
    """An engine whose transactions begin where we say so, not where the driver guesses."""
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
