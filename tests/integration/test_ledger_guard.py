"""The database itself refuses to change what the ledger holds, whoever asks."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator

import pytest
from psycopg.errors import InsufficientPrivilege, RestrictViolation
from sqlalchemy import BigInteger, make_url
from sqlalchemy.exc import IntegrityError

from smartfin.settings import Settings, read_settings
from smartfin.store import open_ledger
from smartfin.store.database import Database
from smartfin.store.schema import LEDGER_TABLES, TEXTS, metadata
from tests.integration.ledger_builders import (
    RawConnection,
    answered_warning,
    databases,
    day,
    figure,
    raw_connection,
)
from tests.postgres import Server

COLUMNS = [(table, column.name) for table in LEDGER_TABLES for column in metadata.tables[table].c]

database_kind = databases("sqlite", "postgresql")


def fill(settings: Settings) -> Settings:
    """A row in each table."""
    ledger = open_ledger(settings)
    ledger.accept("ES", [figure(5)], b"content", "a.xlsx", "ana", day(1), synthetic=False,
                  answers={"unit:guv": "1000"}, answered=[answered_warning("A new office")],
                  recipe={"languages": ["es"]})  # fmt: skip
    ledger.pin("Board of May", day(1), "ana", day(2))
    ledger.save_draft("a.xlsx", b"content", "ana", day(1), "mine")
    ledger.close()
    return settings


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A filled ledger in an SQLite file, shared: nothing these tests do may change it."""
    file = tmp_path_factory.mktemp("filled") / "smartfin.db"
    return fill(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}"}))


@pytest.fixture(scope="module")
def filled_database(postgres: Server, empty_ledger: str) -> Iterator[Settings]:
    """The same on PostgreSQL."""
    with postgres.database(empty_ledger) as name:
        yield fill(read_settings({"SMARTFIN_DATABASE": postgres.address(name)}))


@pytest.fixture(params=["filled_file", "filled_database"])
def connection(request: pytest.FixtureRequest) -> Iterator[RawConnection]:
    """What is shared, of either kind, as its owner reaches it with another program."""
    with raw_connection(request.getfixturevalue(request.param)) as opened:
        yield opened


@pytest.fixture
def file(filled_file: Settings) -> Iterator[RawConnection]:
    """What is shared, in SQLite."""
    with raw_connection(filled_file) as opened:
        yield opened


@pytest.fixture
def server_side(filled_database: Settings) -> Iterator[RawConnection]:
    """What is shared, in PostgreSQL."""
    with raw_connection(filled_database) as opened:
        yield opened


@pytest.fixture
def new_connection(settings: Settings) -> Iterator[RawConnection]:
    """A filled ledger of this test's own."""
    with raw_connection(fill(settings)) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(postgres: Server, filled_database: Settings) -> Iterator[RawConnection]:
    """A copy of what is shared, in the role smartfin takes on, its triggers switched off."""
    with postgres.database(str(make_url(filled_database.database).database)) as name:
        settings = dataclasses.replace(filled_database, database=postgres.address(name))
        with raw_connection(as_superuser(postgres, settings)) as chief:
            for table in LEDGER_TABLES:
                chief.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        with raw_connection(settings) as opened:
            opened.execute(f"SET ROLE {role_of(settings)}")
            yield opened


def as_superuser(postgres: Server, settings: Settings) -> Settings:
    address = postgres.address(str(make_url(settings.database).database), "postgres")
    return dataclasses.replace(settings, database=address)


def role_of(settings: Settings) -> str:
    """Whom the database sees when smartfin writes."""
    database = Database(settings.database)
    with database.writing() as connection:
        role: str = connection.exec_driver_sql("SELECT current_user").scalar_one()
    database.close()
    return role


def otherwise(table: str, column: str) -> str:
    """SQL for another value of a column; for its own where any statement is refused."""
    if table not in TEXTS:
        return f'"{column}"'
    number = isinstance(metadata.tables[table].c[column].type, BigInteger)
    return f'"{column}" + 1' if number else f"\"{column}\" || 'x'"


def contents(connection: RawConnection) -> list[list[tuple[object, ...]]]:
    return [
        sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in LEDGER_TABLES
    ]


def assert_refused(connection: RawConnection, statement: str) -> None:
    before = contents(connection)
    assert all(before), "what has no rows has nothing to refuse"
    with pytest.raises((sqlite3.IntegrityError, RestrictViolation), match="the ledger refuses"):
        connection.execute(statement)
    assert contents(connection) == before


# ------------------------------------------------------------------ by either database's owner


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_column_of_the_ledger_can_be_updated(
    connection: RawConnection, table: str, column: str
) -> None:
    assert_refused(connection, f'UPDATE {table} SET "{column}" = {otherwise(table, column)}')


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_deleted(connection: RawConnection, table: str) -> None:
    assert_refused(connection, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_updated_by_an_upsert(
    connection: RawConnection, table: str
) -> None:
    key = ", ".join(f'"{column.name}"' for column in metadata.tables[table].primary_key)
    column = metadata.tables[table].c.values()[-1].name
    statement = (
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true"
        f' ON CONFLICT ({key}) DO UPDATE SET "{column}" = '
        + otherwise(table, column).replace(f'"{column}"', f'{table}."{column}"')
    )
    assert_refused(connection, statement)


@pytest.mark.parametrize("table", TEXTS)
def test_personal_texts_can_be_emptied_and_nothing_else_with_them(
    new_connection: RawConnection, table: str
) -> None:
    texts = ", ".join(f"\"{column}\" = ''" for column in TEXTS[table])
    key = next(iter(metadata.tables[table].primary_key)).name
    others = [column for of, column in COLUMNS if of == table and column not in TEXTS[table]]
    kept = f"SELECT {', '.join(others)} FROM {table}"
    before = list(new_connection.execute(kept))
    assert_refused(new_connection, f'UPDATE {table} SET {texts}, "{key}" = {otherwise(table, key)}')
    new_connection.execute(f"UPDATE {table} SET {texts}")
    assert list(new_connection.execute(kept)) == before != []
    (emptied,) = new_connection.execute(f'SELECT "{TEXTS[table][0]}" FROM {table} LIMIT 1')
    assert emptied == ("",)


# ------------------------------------------------------------------ what one of them knows only


@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_replaced(
    file: RawConnection, table: str, verb: str, recursive_triggers: str
) -> None:
    file.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
    assert_refused(file, f"{verb} INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", [*LEDGER_TABLES, "validity", "draft"])
def test_a_column_takes_only_its_own_type(file: RawConnection, table: str) -> None:
    (sql,) = file.execute(f"SELECT sql FROM sqlite_schema WHERE name = '{table}'").fetchone()
    assert "STRICT" in sql


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_table_of_the_ledger_can_be_truncated(server_side: RawConnection, table: str) -> None:
    assert_refused(server_side, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("action", ["UPDATE SET {column} = {value}", "DELETE"])
@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_changed_by_a_merge(
    server_side: RawConnection, table: str, action: str
) -> None:
    column = next(iter(metadata.tables[table].primary_key)).name
    value = otherwise(table, column).replace('"', "")
    statement = (
        f"MERGE INTO {table} USING (SELECT 1) AS other ON true WHEN MATCHED THEN "
        + action.format(column=column, value=value)
    )
    assert_refused(server_side, statement)


@pytest.mark.parametrize("verb", ["UPDATE {table} SET {column} = {value}", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_a_superuser_who_replays_a_replication_is_refused_too(
    postgres: Server, filled_database: Settings, table: str, verb: str
) -> None:
    column = next(iter(metadata.tables[table].primary_key)).name
    value = otherwise(table, column)
    with raw_connection(as_superuser(postgres, filled_database)) as connection:
        connection.execute("SET session_replication_role = replica")
        assert_refused(connection, verb.format(table=table, column=column, value=value))


# ------------------------------------------------------------------ as smartfin itself


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_smartfin_itself_has_no_right_to_change_the_ledger_where_its_triggers_are_gone(
    bare: RawConnection, table: str
) -> None:
    before = contents(bare)
    column = next(iter(metadata.tables[table].primary_key)).name
    for statement in (
        f'UPDATE {table} SET "{column}" = {otherwise(table, column)}',
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"DROP TABLE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
    ):
        with pytest.raises(InsufficientPrivilege):
            bare.execute(statement)
    assert contents(bare) == before


def test_smartfin_may_empty_texts_and_change_what_is_derived_or_waiting(
    bare: RawConnection,
) -> None:
    bare.execute("BEGIN")
    for table, columns in TEXTS.items():
        bare.execute(f"UPDATE {table} SET " + ", ".join(f"\"{column}\" = ''" for column in columns))
    bare.execute("UPDATE validity SET amount = 7")
    bare.execute("DELETE FROM validity")
    bare.execute("UPDATE draft SET name = 'b.xlsx'")
    bare.execute("DELETE FROM draft")
    bare.execute("ROLLBACK")


def test_a_fact_of_no_submission_is_refused(settings: Settings) -> None:
    ledger = open_ledger(settings)
    with (
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        ledger._database._engine.begin() as connection,
    ):
        connection.exec_driver_sql(
            "INSERT INTO fact VALUES (7, 'actual', '2022-Q1', 'a', 1.0, 'EUR', 'S', 'A1', 'l')"
        )
    ledger.close()


def test_a_salt_goes_with_the_last_text_it_proves(new_connection: RawConnection) -> None:
    refused = (sqlite3.IntegrityError, RestrictViolation)
    with pytest.raises(refused):
        new_connection.execute("UPDATE cover SET salt = ''")
    new_connection.execute("UPDATE cover SET \"by\" = ''")  # a name alone may go
    new_connection.execute("UPDATE cover SET name = '', note = '', restates = '', salt = ''")
    with pytest.raises(refused):
        new_connection.execute("UPDATE cover SET name = 'other.xlsx'")


def test_a_link_is_not_replaced_by_what_it_seals(file: RawConnection) -> None:
    before = contents(file)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger refuses REPLACE on chain"):
        file.execute(
            "INSERT OR REPLACE INTO chain (kind, number, partner, content, before, hash)"
            " SELECT kind, number, partner, '{}', before, hash FROM chain WHERE number = 1"
        )
    assert contents(file) == before
