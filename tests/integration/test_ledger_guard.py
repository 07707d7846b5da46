from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import IntegrityError

from smartfin.settings import Settings
from smartfin.store import open_ledger
from smartfin.store.schema import LEDGER_TABLES, metadata
from tests.integration.ledger_builders import (
    answered_warning,
    figure,
    hand_in,
    raw_connection,
    table_rows,
)

COLUMNS = {table: [column.name for column in metadata.tables[table].c] for table in LEDGER_TABLES}


@contextmanager
def filled(settings: Settings) -> Iterator[sqlite3.Connection]:
    """A ledger with a row in each table, as somebody with another program can reach it."""
    ledger = open_ledger(settings)
    answered = (answered_warning("A new office"),)
    hand_in(ledger, figure(5), answers={"unit:guv": "1000"}, answered=answered)
    ledger.close()
    with raw_connection(settings) as connection:
        yield connection


def assert_refused(settings: Settings, connection: sqlite3.Connection, statement: str) -> None:
    before = [table_rows(settings, table) for table in LEDGER_TABLES]
    with pytest.raises(sqlite3.IntegrityError, match="the ledger refuses"):
        connection.execute(statement)
    assert [table_rows(settings, table) for table in LEDGER_TABLES] == before


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in LEDGER_TABLES for column in COLUMNS[table]]
)
def test_no_column_of_the_ledger_can_be_updated(
    settings: Settings, table: str, column: str
) -> None:
    with filled(settings) as connection:
        assert_refused(settings, connection, f'UPDATE {table} SET "{column}" = "{column}"')


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_deleted(settings: Settings, table: str) -> None:
    with filled(settings) as connection:
        assert_refused(settings, connection, f"DELETE FROM {table}")


@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_replaced(
    settings: Settings, table: str, verb: str, recursive_triggers: str
) -> None:
    with filled(settings) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
        statement = f"{verb} INTO {table} SELECT * FROM {table}"
        assert_refused(settings, connection, statement)


@pytest.mark.parametrize("table", LEDGER_TABLES)
def test_no_row_of_the_ledger_can_be_updated_by_an_upsert(settings: Settings, table: str) -> None:
    key = ", ".join(column.name for column in metadata.tables[table].primary_key)
    column = COLUMNS[table][-1]
    with filled(settings) as connection:
        statement = (
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true"
            f" ON CONFLICT ({key}) DO UPDATE SET {column} = {column}"
        )
        assert_refused(settings, connection, statement)


@pytest.mark.parametrize("table", [*LEDGER_TABLES, "validity", "draft"])
def test_a_column_takes_only_its_own_type(settings: Settings, table: str) -> None:
    with filled(settings) as connection:
        sql = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,))
        assert "STRICT" in sql.fetchone()[0]


def test_a_fact_of_no_submission_is_refused(settings: Settings) -> None:
    ledger = open_ledger(settings)
    with (
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
        ledger._database._engine.begin() as connection,
    ):
        connection.exec_driver_sql(
            "INSERT INTO fact VALUES (7, 'actual', '2022-Q1', 'a', 1.0, 'EUR', 'S', 'A1', 'l')"
        )
    ledger.close()
