"""The database: how it is opened, read and written, and what its errors mean.

It is an SQLite file or a database on a PostgreSQL server. What is the one's or the other's own
stands in ``sqlite`` and ``postgres`` and in the migrations; the rest of ``store`` speaks plain
SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from smartfin.errors import StoreError
from smartfin.store import sqlite


class _Kind(Protocol):
    """What ``sqlite`` and ``postgres`` each say of their own."""

    READING: dict[str, Any]
    WRITING: dict[str, Any]
    MIGRATING: dict[str, Any]

    @property
    def DRIVER_ERROR(self) -> type[Exception]: ...  # noqa: N802 - a constant of the module

    def place(self, url: URL) -> str: ...
    def open_engine(self, url: URL) -> Engine: ...
    def holds_something(self, url: URL) -> bool: ...
    def insert_rows(
        self, connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]
    ) -> None: ...
    def is_unrestricted(self, connection: Connection) -> bool: ...
    def error_code(self, cause: BaseException | None, *, writes: bool) -> str: ...


class Database:
    """One database, shared by all threads of the process.

    Args:
        address: SQLAlchemy address, ``sqlite:///path/to/file.db`` or
            ``postgresql://account@host/database``.

    Raises:
        StoreError: ``database-unsupported`` for any other kind; ``database-unreachable`` or
            ``disk-full`` when the folder of a file cannot be made.
    """

    def __init__(self, address: str) -> None:
        url, self._kind = _read_address(address)
        self.place = self._kind.place(url)
        self._engine = self._kind.open_engine(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database throughout."""
        with self._transaction(self._kind.READING, writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer, in this process or another, runs beside.

        Whatever ends it early leaves nothing behind.
        """
        with self._transaction(self._kind.WRITING, writes=True) as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """The same with all rights there are, to change the tables themselves."""
        with self._transaction(self._kind.MIGRATING, writes=True) as connection:
            yield connection
        self.close()  # connections made before do not know what they may do now

    def is_unrestricted(self) -> bool:
        """Whether ``writing`` may do more than a ledger needs and this could be changed."""
        with self.reading() as connection:
            return self._kind.is_unrestricted(connection)

    def close(self) -> None:
        """Let go of the database; the next use opens it again."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, options: dict[str, Any], *, writes: bool) -> Iterator[Connection]:
        """A transaction of some kind, the database's errors as ours."""
        try:
            with self._engine.execution_options(**options).begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise StoreError("database-busy", database=self.place) from error
        except (DBAPIError, self._kind.DRIVER_ERROR) as error:
            raise self._store_error(error, writes=writes) from error

    def _store_error(self, error: Exception, *, writes: bool) -> StoreError:
        """What an error means: a code of ours, with the database and the reason."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = self._kind.error_code(cause, writes=writes)
        if code in {"database-busy", "database-read-only", "disk-full"}:
            return StoreError(code, database=self.place)
        return StoreError(code, database=self.place, why=str(cause))


def holds_something(address: str) -> bool:
    """Whether there may be a database at an address; makes and changes nothing.

    Raises:
        StoreError: ``database-unsupported`` for anything but SQLite and PostgreSQL.
    """
    url, kind = _read_address(address)
    return kind.holds_something(url)


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, each with all values in the order of the table's columns, as stored."""
    _kind(connection.dialect.name).insert_rows(connection, table, rows)


def _read_address(address: str) -> tuple[URL, _Kind]:
    """An address and the kind of database it means."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError("database-unsupported", database=address, kind=address) from error
    name = url.get_backend_name()
    if name not in {"sqlite", "postgresql"}:
        shown = url.render_as_string(hide_password=True)
        raise StoreError("database-unsupported", database=shown, kind=name)
    return url, _kind(name)


def _kind(name: str) -> _Kind:
    if name == "sqlite":
        return sqlite
    from smartfin.store import postgres  # noqa: PLC0415 - its driver is wanted there only

    return postgres
