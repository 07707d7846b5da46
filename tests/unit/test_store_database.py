from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from smartfin.errors import StoreError
from smartfin.store.database import Database


def refusal(address: str) -> StoreError:
    with pytest.raises(StoreError) as caught, Database(address).reading() as connection:
        connection.exec_driver_sql("SELECT 1")
    return caught.value


def writing_refusal(database: Database, statement: str) -> StoreError:
    with pytest.raises(StoreError) as caught, database.writing() as connection:
        connection.exec_driver_sql(statement)
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "here" / "a.db"


@pytest.fixture
def database(path: Path) -> Database:
    return Database(f"sqlite:///{path}")


def test_the_folder_of_the_database_is_made(database: Database, path: Path) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    assert path.exists()


def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = refusal(f"sqlite:///{tmp_path}/file/a.db")
    assert error.code == "database-unreachable"
    assert error.facts == {"database": f"{tmp_path}/file/a.db", "why": "File exists"}


def test_a_folder_in_place_of_the_file_is_unreachable(tmp_path: Path) -> None:
    error = refusal(f"sqlite:///{tmp_path}")
    assert error.code == "database-unreachable"
    assert error.facts["why"] == "unable to open database file"


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database, but long enough to be looked at" * 50)
    assert refusal(f"sqlite:///{tmp_path}/a.db").code == "database-damaged"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("mysql://ana:secret@host/smartfin", "mysql"),
        ("postgres://ana:secret@host/smartfin", "postgres"),
        ("postgresql+asyncpg://ana:secret@host/smartfin", "postgresql+asyncpg"),
        ("sqlite://", "sqlite in memory"),
        ("sqlite:///:memory:", "sqlite in memory"),
        ("a file", "a file"),
    ],
)
def test_only_an_sqlite_file_and_postgresql_are_supported(address: str, kind: str) -> None:
    error = refusal(address)
    assert (error.code, error.facts["kind"]) == ("database-unsupported", kind)
    assert "secret" not in str(error)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_server_is_named_without_its_password(scheme: str) -> None:
    database = Database(f"{scheme}://ana:secret@host:5433/smartfin?password=secret&host=h")
    assert database.place == "postgresql://ana@host:5433/smartfin?host=h"


def test_a_write_protected_database_is_read_only(database: Database) -> None:
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert writing_refusal(database, "CREATE TABLE t (a)").code == "database-read-only"


def test_another_error_keeps_the_database_s_own_words(database: Database) -> None:
    error = writing_refusal(database, "INSERT INTO nowhere VALUES (1)")
    assert error.code == "database-failed"
    assert error.facts["why"] == "no such table: nowhere"


def test_who_waits_too_long_for_another_writer_is_told_so(database: Database, path: Path) -> None:
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert writing_refusal(database, "CREATE TABLE t (a)").code == "database-busy"
    other.close()


def test_a_writer_that_fails_leaves_nothing(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with database.reading() as reader:
        before = reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one()
        with database.writing() as writer:
            writer.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == before
    with database.reading() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == before + 1


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 30000),
    ],
)
def test_every_connection_is_set_up(database: Database, pragma: str, value: object) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
