from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from smartfin.errors import StoreError
from smartfin.settings import Settings
from smartfin.store import open_ledger
from smartfin.store.migrations import SCRIPTS
from smartfin.store.schema import VERSIONS, metadata
from tests.integration.ledger_builders import (
    amounts,
    databases,
    figure,
    hand_in,
    raw_connection,
    shown_place,
    table_names,
)

database_kind = databases("sqlite", "new postgresql")


def test_what_was_accepted_survives_reopening(settings: Settings) -> None:
    ledger = open_ledger(settings)
    accepted = hand_in(ledger, figure(5))
    known = amounts(ledger)
    ledger.close()
    reopened = open_ledger(settings)
    assert (reopened.submissions(), amounts(reopened)) == ((accepted,), known)
    reopened.close()


def test_the_versions_named_are_the_migrations_there_are() -> None:
    assert tuple(script.revision for script in SCRIPTS.walk_revisions())[::-1] == VERSIONS


def test_the_migrations_make_the_tables_of_the_schema(settings: Settings) -> None:
    ledger = open_ledger(settings)
    with ledger._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    ledger.close()


def test_a_database_of_a_newer_smartfin_is_refused_and_left_alone(settings: Settings) -> None:
    open_ledger(settings).close()
    with raw_connection(settings) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        open_ledger(settings)
    assert caught.value.code == "database-newer"
    assert caught.value.facts == {
        "database": shown_place(settings),
        "found": "9999",
        "known": VERSIONS[-1],
    }
    with raw_connection(settings) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [("9999",)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr("alembic.op.create_index", fail)
        open_ledger(settings)
    assert table_names(settings) == []
    open_ledger(settings).close()


def test_several_may_open_a_new_database_at_once(settings: Settings) -> None:
    start = Barrier(4)

    def work(number: int) -> None:
        start.wait()
        ledger = open_ledger(settings)
        hand_in(ledger, figure(5), partner=f"P{number}")
        ledger.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(open_ledger(settings).submissions()) == 4


def test_opening_a_current_ledger_waits_for_neither_alembic_nor_pandas(settings: Settings) -> None:
    open_ledger(settings).close()
    program = (
        "import sys\n"
        "from smartfin.settings import read_settings\n"
        "from smartfin.store import open_ledger\n"
        "ledger = open_ledger(read_settings({'SMARTFIN_DATABASE': sys.argv[1]}))\n"
        "ledger.revision(), ledger.submissions(), ledger.deliveries()\n"
        "print(sorted({'alembic', 'pandas', 'numpy'} & sys.modules.keys()))\n"
    )
    command = [sys.executable, "-c", program, settings.database]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"
