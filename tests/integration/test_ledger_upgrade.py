"""A database of each earlier version, with data in it, becomes one of this version."""

from __future__ import annotations

import re
import sqlite3

import pytest
from psycopg.errors import RestrictViolation

from smartfin.facts import Stage
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import open_ledger
from smartfin.store.database import Database
from smartfin.store.migrations import migrate
from smartfin.store.schema import LEDGER_TABLES
from tests.integration.ledger_builders import (
    amounts,
    answered_warning,
    databases,
    day,
    figure,
    hand_in,
    on_postgres,
    raw_connection,
    table_rows,
)

database_kind = databases("sqlite", "new postgresql")

REFUSED = (sqlite3.IntegrityError, RestrictViolation)

_AT = "2022-10-30T08:00:00.000000Z"
_LATER = "2023-01-30T08:00:00.000000Z"
_FOREVER = "9999-12-31T23:59:59.999999Z"

# Two submissions, the second restating a figure, and a draft, as version 0001 wrote them.
_ROWS_OF_0001 = (
    f"INSERT INTO submission VALUES (1, 'ES', '{_AT}', 'aa', 5, 0, 2, 2, 0, '2022-Q3', '2022-Q3')",
    f"INSERT INTO submission VALUES"
    f" (2, 'ES', '{_LATER}', 'bb', 5, 0, 1, 0, 1, '2022-Q3', '2022-Q3')",
    "INSERT INTO cover VALUES (1, 'a.xlsx', 'ana', ''), (2, 'b.xlsx', 'bo', 'corrected')",
    "INSERT INTO workbook VALUES (1, x'6f6e65'), (2, x'74776f')",
    "INSERT INTO fact VALUES"
    " (1, 'actual', '2022-Q3', 'fee_revenue', 5.0, 'EUR', 'PyG', 'C14', 'Comisiones'),"
    " (1, 'actual', '2022-Q3', 'staff_costs', 4.0, 'EUR', 'PyG', 'C20', 'Personal'),"
    " (2, 'actual', '2022-Q3', 'fee_revenue', 6.0, 'EUR', 'PyG', 'C14', 'Comisiones')",
    "INSERT INTO validity VALUES"
    f" ('ES', 'actual', '2022-Q3', 'fee_revenue', '{_AT}', '{_LATER}', 1, 5.0, 'EUR', 0),"
    f" ('ES', 'actual', '2022-Q3', 'staff_costs', '{_AT}', '{_FOREVER}', 1, 4.0, 'EUR', 0),"
    f" ('ES', 'actual', '2022-Q3', 'fee_revenue', '{_LATER}', '{_FOREVER}', 2, 6.0, 'EUR', 0)",
    f"INSERT INTO draft VALUES (1, 'mine', 'c.xlsx', 'ana', '{_LATER}', 'cc', 'ES',"
    """ '{"unit:PyG": "1000"}', x'7468726565')""",
)


@pytest.fixture
def settings_of_0001(settings: Settings) -> Settings:
    """A database as version 0001 left it."""
    database = Database(settings.database)
    with database.writing() as connection:
        migrate(connection, to="0001")
    database.close()
    with raw_connection(settings) as connection:
        for statement in _ROWS_OF_0001:
            connection.execute(_said_for(settings, statement))
        if on_postgres(settings):  # numbers it did not give out itself are news to it
            for table in ("submission", "draft"):
                numbers = f"pg_get_serial_sequence('{table}', 'id')"
                connection.execute(f"SELECT setval({numbers}, max(id)) FROM {table}")
    return settings


def _said_for(settings: Settings, statement: str) -> str:
    """A statement with its bytes as the database writes them."""
    spelling = r"decode('\1', 'hex')" if on_postgres(settings) else r"x'\1'"
    return re.sub(r"x'([0-9a-f]*)'", spelling, statement)


def test_everything_in_a_ledger_of_version_0001_is_there_afterwards(
    settings_of_0001: Settings,
) -> None:
    tables = ("workbook", "fact", "validity", "cover")
    *before, covers = (table_rows(settings_of_0001, table) for table in tables)
    ledger = open_ledger(settings_of_0001)
    first, second = ledger.submissions()
    assert (first.name, second.by, second.note) == ("a.xlsx", "bo", "corrected")
    assert (second.restated_count, second.last_quarter) == (1, Quarter(2022, 3))
    assert {first.stage, second.stage} == {Stage.MANAGEMENT}
    assert ledger.content(2) == b"two"
    assert sorted(amounts(ledger).values()) == [4.0, 6.0]
    assert sorted(amounts(ledger, as_of=first.at).values()) == [4.0, 5.0]
    (draft,) = ledger.drafts("mine")
    assert (draft.answers, draft.explained, draft.stage) == ({"unit:PyG": "1000"}, {}, None)
    ledger.close()
    workbooks, facts, validity, after = (table_rows(settings_of_0001, table) for table in tables)
    assert [workbooks, facts, [row[1:] for row in validity]] == before
    assert {row[0] for row in validity} == {"accepted"}
    assert [row[:4] for row in after] == covers


def test_an_upgraded_ledger_takes_and_remembers_as_a_new_one(settings_of_0001: Settings) -> None:
    ledger = open_ledger(settings_of_0001)
    answered = (answered_warning("The office moved", on=31),)
    hand_in(ledger, figure(9), on=31, stage=Stage.AUDITED, answers={"unit:pyg": "1"},
            answered=answered)  # fmt: skip
    assert ledger.remembered()["ES"]["unit:pyg"].at == day(31)
    assert ledger.answered_findings() == {3: answered}
    (adjustment,) = ledger.audit_adjustments("ES")
    assert (adjustment.before, adjustment.after) == (6.0, 9.0)
    ledger.rebuild_validity()
    assert sorted(amounts(ledger).values()) == [4.0, 9.0]
    ledger.close()


@pytest.fixture
def upgraded(settings_of_0001: Settings) -> Settings:
    """What it became, with a row in each table."""
    ledger = open_ledger(settings_of_0001)
    ledger.accept("ES", [figure(9)], b"content", "a.xlsx", "ana", day(30), synthetic=False,
                  answers={"unit:pyg": "1"}, answered=[answered_warning("The office moved")],
                  recipe={"languages": ["es"]})  # fmt: skip
    ledger.pin("Board of May", day(1), "ana", day(2))
    ledger.close()
    return settings_of_0001


def test_an_upgraded_ledger_refuses_to_be_changed(upgraded: Settings) -> None:
    for table in LEDGER_TABLES:
        other = f"TRUNCATE {table} CASCADE"
        if not on_postgres(upgraded):
            other = f"REPLACE INTO {table} SELECT * FROM {table}"
        with raw_connection(upgraded) as connection:
            for statement in (f"DELETE FROM {table}", other):
                with pytest.raises(REFUSED, match="the ledger refuses"):
                    connection.execute(statement)
