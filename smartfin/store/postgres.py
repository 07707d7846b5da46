"""What is PostgreSQL's own: transactions, the writers' queue, the ledger's role, errors.

A reader sees one snapshot. Writers queue up for a lock of ours, as they do for SQLite's file:
what they read stays true until they commit. Each transaction but a migration's takes on the
role that ``rights`` made, which may only add to the ledger, so that not even an
error of ours can change what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString, cast

import psycopg
from psycopg.sql import SQL, Composable, Identifier
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from smartfin.errors import StoreError

DRIVER = "postgresql+psycopg"
DRIVER_ERROR = psycopg.Error

READING: dict[str, Any] = {"reads": True}
WRITING: dict[str, Any] = {"writes": True}
MIGRATING: dict[str, Any] = {"writes": True, "as_owner": True}

_SNAPSHOT: LiteralString = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

# Read committed, whatever is usual on the server: a snapshot would be of before the wait.
_QUEUE: LiteralString = """
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    SET LOCAL lock_timeout = '30s';
    SELECT pg_advisory_xact_lock(7308604);
    SELECT set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') = 'off'
"""
"""Waits as long as on SQLite; what was acknowledged survives a power cut. The number is any, but
the same for the writers of every version."""

_CONNECTING = {"connect_timeout": "10", "application_name": "smartfin", "client_encoding": "utf8"}
_SHOWN_OPTIONS = ("host", "port", "service")  # of an address; others may hold a password

_ROLE = """
    SELECT role.rolname
    FROM pg_class, aclexplode(relacl) AS granted JOIN pg_roles AS role ON role.oid = grantee
    WHERE pg_class.oid = to_regclass('submission') AND privilege_type = 'INSERT'
        AND NOT rolcanlogin AND pg_has_role(role.oid, CASE
            WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)
        AND NOT has_table_privilege(role.oid, pg_class.oid, 'UPDATE')
"""
"""The role that may add submissions but not change them, if this account may take it on."""

_CODES = {
    "25006": "database-read-only",  # read_only_sql_transaction
    "40001": "database-busy",  # serialization_failure
    "40P01": "database-busy",  # deadlock_detected
    "55P03": "database-busy",  # lock_not_available
    "53100": "disk-full",
    "XX001": "database-damaged",  # data_corrupted
    "XX002": "database-damaged",  # index_corrupted
}
_NO_RIGHT = "42501"
_UNREACHABLE = ("08", "28", "3D", "53300", "57P")
"""How states begin that mean: no connection, no account, no database, no room, going down."""


def place(url: URL) -> str:
    """The address without its password.

    Raises:
        StoreError: ``database-unsupported`` for a driver other than psycopg.
    """
    options = {name: url.query[name] for name in _SHOWN_OPTIONS if name in url.query}
    bare = url._replace(drivername="postgresql", password=None).set(query=options)
    if url.drivername not in ("postgresql", DRIVER):
        shown = bare.render_as_string()
        raise StoreError("database-unsupported", database=shown, kind=url.drivername)
    return bare.render_as_string()


def open_engine(url: URL) -> Engine:
    """An engine that looks whether a connection still lives before it is used."""
    options = {name: value for name, value in _CONNECTING.items() if name not in url.query}
    driven = url.set(drivername=DRIVER).update_query_dict(options)
    engine = create_engine(driven, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["role"] = _role(cast("psycopg.Connection[Any]", connection))

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        beginning = list(_beginning(connection))
        if beginning:
            _driver(connection).execute(SQL("; ").join(beginning), prepare=False)

    return engine


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Copy rows in, which spares a round trip for each."""
    columns = SQL(", ").join(Identifier(column.name) for column in table.c)
    copying = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), columns)
    with _driver(connection).cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)


def holds_something(url: URL) -> bool:
    """Whether to look inside: a server makes nothing for one who only looks."""
    return True


def is_unrestricted(connection: Connection) -> bool:
    """Whether the ledger has no role that this account could take on."""
    return connection.info["role"] is None


def error_code(cause: BaseException | None, *, writes: bool) -> str:
    """What an error of the driver means."""
    state = getattr(cause, "sqlstate", None)
    if state is None:  # the server was not reached, or broke off in the middle
        lost = isinstance(cause, psycopg.OperationalError)
        return "database-unreachable" if lost else "database-failed"
    if state == _NO_RIGHT and writes:
        return "database-read-only"
    if state.startswith(_UNREACHABLE):
        return "database-unreachable"
    return _CODES.get(state, "database-failed")


def _beginning(connection: Connection) -> Iterator[Composable]:
    """What a transaction does first."""
    options, role = connection.get_execution_options(), connection.info["role"]
    if role and not options.get("as_owner"):
        yield SQL("SET LOCAL ROLE {}").format(Identifier(role))
    if options.get("reads"):
        yield SQL(_SNAPSHOT)
    if options.get("writes"):
        yield SQL(_QUEUE)


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    """The driver's own connection, for what SQLAlchemy has no word for."""
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


def _role(connection: psycopg.Connection[Any]) -> str | None:
    """The role of the ledger, found by what it may do; None where there is none."""
    found = connection.execute(_ROLE).fetchone()
    connection.rollback()
    return found[0] if found else None
