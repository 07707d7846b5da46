"""What can go wrong with a server that cannot with a file, and who smartfin is on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from smartfin.errors import StoreError
from smartfin.settings import Settings
from smartfin.store import Ledger, existing_ledger, open_ledger, postgres
from smartfin.store.database import Database
from smartfin.store.schema import VERSIONS
from tests.integration.ledger_builders import (
    amounts,
    databases,
    figure,
    hand_in,
    raw_connection,
    table_rows,
)
from tests.postgres import OWNER, Server, running_server

database_kind = databases("postgresql")

FEES = ("ES", "fee_revenue", "2022-Q3")
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'smartfin'"


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def error_of(ledger: Ledger) -> StoreError:
    """What handing in meets."""
    with pytest.raises(StoreError) as caught:
        hand_in(ledger, figure(5))
    return caught.value


def account_in(settings: Settings) -> str:
    """As whom smartfin writes."""
    database = Database(settings.database)
    with database.writing() as connection:
        account: str = connection.exec_driver_sql("SELECT current_user").scalar_one()
    database.close()
    return account


def with_account(settings: Settings, account: str) -> Settings:
    address = settings.database.replace(f"//{OWNER}@", f"//{account}@")
    assert account in address
    return dataclasses.replace(settings, database=address)


@pytest.fixture
def account(postgres: Server) -> Iterator[str]:
    """An account with no rights at all."""
    postgres.execute(SQL("CREATE ROLE clerk LOGIN"))
    yield "clerk"
    postgres.execute(SQL("DROP ROLE clerk"))


# ------------------------------------------------------------------ reached, lost, found again


def test_a_server_that_does_not_answer_is_unreachable_and_keeps_the_password_to_itself(
    settings: Settings,
) -> None:
    address = "postgresql://ana:secret@127.0.0.1:1/smartfin?sslpassword=secret"
    with pytest.raises(StoreError) as caught:
        open_ledger(dataclasses.replace(settings, database=address))
    assert caught.value.code == "database-unreachable"
    assert caught.value.facts["database"] == "postgresql://ana@127.0.0.1:1/smartfin"
    assert "refused" in str(caught.value.facts["why"])
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_is_unreachable(postgres: Server, settings: Settings) -> None:
    nowhere = dataclasses.replace(settings, database=postgres.address("nowhere"))
    for look in (open_ledger, existing_ledger):
        with pytest.raises(StoreError) as caught:
            look(nowhere)
        assert caught.value.code == "database-unreachable"
        assert "nowhere" in str(caught.value.facts["why"])


def test_a_connection_lost_while_nobody_used_it_is_replaced(
    settings: Settings, ledger: Ledger
) -> None:
    hand_in(ledger, figure(5))
    with raw_connection(settings) as connection:
        connection.execute(KILL)
    assert amounts(ledger) == {FEES: 5}


def test_a_connection_lost_in_the_middle_leaves_nothing_and_the_next_try_works(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = psycopg.Cursor.copy

    def lose(cursor: psycopg.Cursor, *arguments: object) -> object:
        with raw_connection(settings) as connection:
            connection.execute(KILL)
        return copy(cursor, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("psycopg.Cursor.copy", lose)
        assert error_of(ledger).code == "database-unreachable"
    assert ledger.submissions() == ()
    assert hand_in(ledger, figure(5)).fact_count == 1


def test_what_was_acknowledged_survives_a_crash_of_the_server(settings: Settings) -> None:
    with running_server() as server:  # whose own setting is to write later: we say otherwise
        name = server.new_database()
        ledger = open_ledger(dataclasses.replace(settings, database=server.address(name)))
        hand_in(ledger, figure(5))
        server.crash()
        assert amounts(ledger) == {FEES: 5}
        ledger.close()


# ------------------------------------------------------------------ readers and writers


def test_a_reader_sees_one_state_while_another_writes(settings: Settings, ledger: Ledger) -> None:
    database = Database(settings.database)
    count = "SELECT count(*) FROM submission"
    with database.reading() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 0
        hand_in(ledger, figure(5))
        assert reader.exec_driver_sql(count).scalar_one() == 0
    with database.reading() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 1
    database.close()


def test_a_reader_cannot_write(settings: Settings) -> None:
    database = Database(settings.database)
    with pytest.raises(StoreError) as caught, database.reading() as reader:
        reader.exec_driver_sql("DELETE FROM draft")
    assert caught.value.code == "database-read-only"
    database.close()


def test_who_waits_too_long_for_another_writer_is_told_so(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_QUEUE", postgres._QUEUE.replace("30s", "1ms"))
    database = Database(settings.database)
    with database.writing():
        assert error_of(ledger).code == "database-busy"
    assert hand_in(ledger, figure(5)).fact_count == 1
    database.close()


# ------------------------------------------------------------------ who smartfin is


def test_smartfin_writes_in_a_role_that_owns_nothing(settings: Settings, ledger: Ledger) -> None:
    account = account_in(settings)
    assert account.startswith("ledger_of_")
    with raw_connection(settings) as connection:
        owned = connection.execute(
            f"SELECT count(*) FROM pg_class WHERE relowner = to_regrole('{account}')"
        )
        assert owned.fetchone() == (0,)
    assert hand_in(ledger, figure(5)).fact_count == 1


def test_a_ledger_restored_without_its_role_gets_it_back(settings: Settings) -> None:
    open_ledger(settings).close()
    first = account_in(settings)
    with raw_connection(settings) as connection:
        connection.execute(f"DROP OWNED BY {first}")
    assert account_in(settings) == OWNER
    open_ledger(settings).close()
    assert account_in(settings) not in {OWNER, first}


def test_an_account_that_may_make_no_roles_does_with_the_triggers(
    postgres: Server, account: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with postgres.database("template1") as name:
        postgres.execute(SQL("ALTER DATABASE {} OWNER TO clerk").format(Identifier(name)))
        own = dataclasses.replace(settings, database=postgres.address(name, account))
        ledger = open_ledger(own)
        assert hand_in(ledger, figure(5)).fact_count == 1
        ledger.close()
        assert account_in(own) == account
        assert "only triggers guard it" in caplog.text
        with (
            raw_connection(own) as connection,
            pytest.raises(psycopg.errors.RestrictViolation, match="refuses DELETE on fact"),
        ):
            connection.execute("DELETE FROM fact")


def test_an_account_that_may_only_read_reads_and_is_told_when_it_writes(
    account: str, settings: Settings, ledger: Ledger
) -> None:
    hand_in(ledger, figure(5))
    with raw_connection(settings) as connection:
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {account}")
    reading = open_ledger(with_account(settings, account))
    assert amounts(reading) == {FEES: 5}
    assert error_of(reading).code == "database-read-only"
    reading.close()


def test_a_server_that_only_reads_is_read_from(settings: Settings, ledger: Ledger) -> None:
    hand_in(ledger, figure(5))
    ledger.close()
    with raw_connection(settings) as connection:
        (name,) = connection.execute("SELECT current_database()").fetchone()
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert amounts(ledger) == {FEES: 5}
    assert error_of(ledger).code == "database-read-only"


def test_the_version_of_a_ledger_is_known_to_who_may_not_change_it(settings: Settings) -> None:
    open_ledger(settings).close()
    with raw_connection(settings) as connection:
        connection.execute(f"SET ROLE {account_in(settings)}")
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert version == (VERSIONS[-1],)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert table_rows(settings, "alembic_version") == [(VERSIONS[-1],)]
