"""Whoever changes a digit in the database is found, and what was changed is named."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import Basis, Difference, DifferenceKind, Ledger, Verification, open_ledger
from smartfin.store.database import Database
from smartfin.store.migrations import migrate
from smartfin.store.schema import LEDGER_TABLES, metadata
from tests.integration.ledger_builders import (
    RawConnection,
    answered_warning,
    database_path,
    databases,
    day,
    figure,
    hand_in,
    on_postgres,
    raw_connection,
)
from tests.postgres import Server

database_kind = databases("sqlite", "postgresql")

AT = "2023-01-20T12:00:00.000000Z"
ODD = 1234567.875  # its eight bytes stand nowhere else in a file

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], scope="module")
"""For what is asked often, or says nothing of the database."""
on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], scope="module")

HARMLESS = {
    ("chain", "id"),  # says in which order, and the seals say it too
    ("remembered_answer", "id"),  # likewise, but for answers of different submissions
}
COLUMNS = [
    (table, column.name)
    for table in (*LEDGER_TABLES, "validity")
    for column in metadata.tables[table].c
    if (table, column.name) not in HARMLESS
]


def fill(settings: Settings) -> None:
    """A ledger with everything in it: restated, approved, withdrawn, closed, pinned, forgotten."""
    ledger = open_ledger(settings)
    warning = (answered_warning("A new office"),)
    ledger.accept("ES", [figure(ODD), figure(4, item="staff_costs")], b"one", "a.xlsx", "ana",
                  day(1), synthetic=False, note="first", answers={"unit:pyg": "1000"},
                  answered=warning, recipe={"partner": "ES"})  # fmt: skip
    hand_in(ledger, figure(7), on=2, by="bo", answers={"unit:pyg": "1"})
    hand_in(ledger, figure(9), on=3, partner="IT")
    ledger.approve([1, 3], "cy", day(4))
    ledger.withdraw(2, "The wrong file", "cy", day(5))
    ledger.close_quarter(Quarter(2022, 3), "cy", day(6), "audited")
    restated = figure(ODD + 1)
    ledger.accept("ES", [restated], b"four", "d.xlsx", "ana", day(7), synthetic=False,
                  restates="The auditor found it")  # fmt: skip
    ledger.reopen_quarter(Quarter(2022, 3), "cy", day(8), "One more")
    meeting = ledger.pin("Board of May", day(6), "cy", day(9))
    ledger.unpin(meeting.id, "cy", day(10))
    ledger.open_legal_flag("ES", "A ruling", "Case 1", "cy", 0.3, Quarter(2022, 3), day(10))
    ledger.remark("IT", "coverage", Quarter(2022, 3), "A new fee", "bo", day(10))
    ledger.forget("ES", "unit:pyg", "bo", day(11))
    ledger.close()


@pytest.fixture(scope="module")
def original(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """A ledger somebody took the guards from; to be copied, not changed."""
    if database_kind == "sqlite":
        file = tmp_path_factory.mktemp("sealed") / "smartfin.db"
        settings = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}"})
        fill(settings)
        unguard(settings)
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database(request.getfixturevalue("empty_ledger")) as name:
        settings = read_settings({"SMARTFIN_DATABASE": server.address(name)})
        fill(settings)
        unguard(settings)
        yield settings


@contextmanager
def copied(original: Settings, folder: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    if not on_postgres(original):
        copy = folder / "copy.db"
        shutil.copy(database_path(original), copy)
        yield replace(original, database=f"sqlite:///{copy}")
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database(str(make_url(original.database).database)) as name:
        yield replace(original, database=server.address(name))


@pytest.fixture
def sealed(
    original: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """A copy of it for one test."""
    with copied(original, tmp_path, request) as settings:
        yield settings


@pytest.fixture(scope="module")
def shared(
    original: Settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[Ledger, Settings]]:
    """A copy for many tests: whatever they change in it they put back."""
    with copied(original, tmp_path_factory.mktemp("shared"), request) as settings:
        ledger = open_ledger(settings)
        yield ledger, settings
        ledger.close()


def unguard(settings: Settings) -> None:
    with raw_connection(settings) as connection:
        if on_postgres(settings):
            for table in LEDGER_TABLES:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")


@contextmanager
def tampering(settings: Settings) -> Iterator[RawConnection]:
    """The database as somebody reaches it for whom no rule holds, not even between tables."""
    if not on_postgres(settings):
        with raw_connection(settings) as connection:
            yield connection
        return
    address = make_url(settings.database).set(username="postgres")
    chief = replace(settings, database=address.render_as_string())
    with raw_connection(chief) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def verified(settings: Settings, kept: str = "") -> Verification:
    ledger = open_ledger(settings)
    found = ledger.verify(kept=kept)
    ledger.close()
    return found


def first(settings: Settings) -> Difference:
    found = verified(settings).first
    assert found is not None
    return found


def run(settings: Settings, *statements: str) -> None:
    with tampering(settings) as connection:
        for statement in statements:
            connection.execute(statement)


def other(value: Any) -> Any:
    """A value with a digit, or a bit, changed."""
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        return bytes((content[0] ^ 1,)) + content[1:]
    if not isinstance(value, str):
        return 1 - value if value in (0, 1) else value + 1
    digits = [place for place, sign in enumerate(value) if sign.isdigit() and sign != "9"]
    if not digits:
        return value + "x"
    place = digits[-1]
    return value[:place] + str(int(value[place]) + 1) + value[place + 1 :]


@contextmanager
def changed(settings: Settings, table: str, column: str) -> Iterator[None]:
    """One value of a column, the first there is, is another for a while."""
    keys = [each.name for each in metadata.tables[table].primary_key]
    mark = "%s" if on_postgres(settings) else "?"
    with tampering(settings) as connection:
        quoted = [f'"{name}"' for name in (column, *keys)]
        given = "true" if column == "content" else f"CAST({quoted[0]} AS TEXT) <> ''"
        found = f"SELECT {', '.join(quoted)} FROM {table} WHERE {given}"
        was, *key = connection.execute(f"{found} ORDER BY {', '.join(quoted[1:])}").fetchone()
        now = other(was)
        moved = [now if name == column else value for name, value in zip(keys, key, strict=True)]
        update = f"UPDATE {table} SET {quoted[0]} = {mark} WHERE " + " AND ".join(
            f"{name} = {mark}" for name in quoted[1:]
        )
        connection.execute(update, (now, *key))
        yield
        connection.execute(update, (was, *moved))


def test_a_ledger_with_everything_in_it_is_as_it_was_sealed(sealed: Settings) -> None:
    found = verified(sealed)
    assert found.ok, found.differences
    assert verified(sealed) == found  # looking changes nothing
    assert found.first is None
    assert found.erased == 0
    # one pin, one unpin, two approvals, a withdrawal, a closing, a reopening, a legal matter,
    # a remark, a forgetting
    assert (found.checked["submissions"], found.checked["decisions"]) == (4, 10)
    assert found.checked["facts"] == 5
    with raw_connection(sealed) as connection:
        newest = connection.execute("SELECT hash FROM chain ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert found.head == newest


def assert_named(ledger: Ledger, settings: Settings, table: str, column: str) -> None:
    with changed(settings, table, column):
        found = ledger.verify().first
    assert found is not None
    assert found.table == table
    is_key = column in metadata.tables[table].primary_key or "submission" in column
    if not is_key and table not in {"fact", "chain"}:
        assert found.column == ("by" if column == "salt" else column)
    assert found.partner or found.submission or found.decision


@on_sqlite
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found_and_its_place_is_named(
    shared: tuple[Ledger, Settings], table: str, column: str
) -> None:
    assert_named(*shared, table, column)


@on_postgresql
@pytest.mark.parametrize("table", [*LEDGER_TABLES, "validity"])
def test_a_changed_value_is_found_on_postgresql_too(
    shared: tuple[Ledger, Settings], table: str
) -> None:
    columns = [column for name, column in COLUMNS if name == table]
    assert_named(*shared, table, columns[-1])


def test_a_figure_that_was_changed_is_named_with_both_amounts(sealed: Settings) -> None:
    run(sealed, "UPDATE fact SET amount = 5 WHERE submission = 1 AND item = 'staff_costs'")
    found = first(sealed)
    assert (found.kind, found.table, found.column) == (DifferenceKind.CHANGED, "fact", "amount")
    assert found.key == "actual 2022-Q3 staff_costs"
    assert (found.stored, found.expected) == ("5.0", "4.0")
    assert (found.partner, found.submission) == ("ES", 1)


@on_sqlite
def test_a_figure_changed_wherever_it_stands_is_found_by_the_seal(sealed: Settings) -> None:
    run(
        sealed,
        "UPDATE fact SET amount = 5 WHERE submission = 1 AND item = 'staff_costs'",
        "UPDATE validity SET amount = 5 WHERE submission = 1 AND item = 'staff_costs'",
    )
    found = verified(sealed)
    assert [(each.table, each.submission) for each in found.differences] == [("fact", 1)]


def test_a_removed_link_is_found(sealed: Settings) -> None:
    run(sealed, "DELETE FROM chain WHERE kind = 'submission' AND number = 2")
    kinds = [(each.kind, each.table, each.submission) for each in verified(sealed).differences]
    assert kinds[0] == (DifferenceKind.CHAIN, "chain", 3)
    assert (DifferenceKind.UNSEALED, "submission", 2) in kinds


@on_sqlite
def test_two_links_in_each_other_s_place_are_found(sealed: Settings) -> None:
    run(
        sealed,
        "UPDATE chain SET id = 100 WHERE id = 2",
        "UPDATE chain SET id = 2 WHERE id = 3",
        "UPDATE chain SET id = 3 WHERE id = 100",
    )
    found = first(sealed)
    assert (found.kind, found.column) == (DifferenceKind.CHAIN, "before")
    assert (found.key, found.submission) == ("2", 3)


def test_a_chain_without_its_end_is_found_by_who_kept_a_seal(sealed: Settings) -> None:
    kept = verified(sealed).head
    assert verified(sealed, kept).ok
    with tampering(sealed) as connection:
        (last,) = connection.execute("SELECT max(id) FROM decision").fetchone()
        connection.execute("DELETE FROM chain WHERE id = (SELECT max(id) FROM chain)")
        connection.execute(f"DELETE FROM decision_cover WHERE decision = {last}")
        connection.execute(f"DELETE FROM decision WHERE id = {last}")
        connection.execute("DELETE FROM remembered_answer WHERE submission IS NULL")
    assert verified(sealed).ok
    found = verified(sealed, kept).first
    assert found is not None
    assert (found.kind, found.expected) == (DifferenceKind.HEAD, kept)


@on_sqlite
@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("fact", "1, 'actual', '2022-Q3', 'it_costs', 1.0, 'EUR', 'PyG', 'C1', 'TIC'"),
        ("recipe", "2, '{}'"),
        ("answered_finding", f"2, 'k', 'restated', 'S', 'A1', '{{}}', 'so', 'ana', '{AT}'"),
        ("remembered_answer", f"90, 'ES', 'sign:pyg', '+', 'bo', '{AT}', 2"),
        ("remembered_answer", f"90, 'ES', 'sign:pyg', '', 'bo', '{AT}', NULL"),
        ("person", "'0123456789abcdef', 'zoe'"),
        ("workbook", "90, x'78'"),
        ("fact", "90, 'actual', '2022-Q3', 'it_costs', 1.0, 'EUR', 'PyG', 'C1', 'TIC'"),
        ("decision", f"90, 'approval', '{AT}', 'ES', 4, NULL, NULL, NULL, NULL, NULL"),
        (
            "validity",
            "'approved', 'ES', 'actual', '2021-Q3', 'it_costs', '2023', '2024', 1, 1.0, 'EUR', 0",
        ),
        (
            "validity",
            "'accepted', 'FR', 'actual', '2022-Q3', 'it_costs', '2023', '2024', 1, 1.0, 'EUR', 0",
        ),
    ],
)
def test_a_row_put_in_beside_the_chain_is_found(sealed: Settings, table: str, row: str) -> None:
    run(sealed, f"INSERT INTO {table} VALUES ({row})")
    assert first(sealed).table == table


@on_sqlite
@pytest.mark.parametrize("table", [*LEDGER_TABLES, "validity"])
def test_rows_that_are_gone_are_found(sealed: Settings, table: str) -> None:
    run(sealed, f"DELETE FROM {table}")
    assert not verified(sealed).ok


@on_sqlite
def test_an_older_answer_moved_behind_a_newer_one_is_found(sealed: Settings) -> None:
    run(sealed, "UPDATE remembered_answer SET id = 90 WHERE submission = 1")
    assert first(sealed).table == "remembered_answer"


@on_sqlite
def test_a_draft_may_be_changed(sealed: Settings) -> None:
    ledger = open_ledger(sealed)
    ledger.save_draft("e.xlsx", b"five", "ana", day(12), "mine")
    ledger.close()
    with changed(sealed, "draft", "name"):
        assert verified(sealed).ok


def test_a_person_is_erased_and_the_chain_stays_whole(sealed: Settings) -> None:
    ledger = open_ledger(sealed)
    # two covers, an answer remembered and one to a warning
    rows = ledger.erase_person("ana")
    assert rows == 5
    assert ledger.erase_person("ana") == 0
    names = {each.by for each in ledger.submissions()}
    assert names == {"", "bo"}
    ((answered,),) = ledger.answered_findings().values()
    assert (answered.answer.by, answered.answer.sentence) == ("", "")
    ledger.close()
    found = verified(sealed)
    assert found.ok, found.differences
    assert found.erased == rows + 1  # of the answered warning, the sentence too
    with raw_connection(sealed) as connection:
        for table in ("cover", "decision_cover", "remembered_answer", "answered_finding"):
            named = f"SELECT count(*) FROM {table} WHERE \"by\" = 'ana'"
            assert connection.execute(named).fetchone() == (0,)
        known = connection.execute("SELECT name FROM person WHERE name <> ''").fetchall()
        assert sorted(known) == [("bo",), ("cy",)]


@on_sqlite
def test_everybody_is_erased_and_the_chain_stays_whole(sealed: Settings) -> None:
    ledger = open_ledger(sealed)
    for name in ("ana", "bo", "cy"):
        ledger.erase_person(name)
    ledger.close()
    assert verified(sealed).ok


def test_the_guards_let_a_person_be_erased(settings: Settings) -> None:
    fill(settings)
    ledger = open_ledger(settings)
    assert ledger.erase_person("cy") == 8
    assert ledger.verify().ok
    ledger.close()


@on_sqlite
def test_a_name_put_where_one_was_erased_is_found(sealed: Settings) -> None:
    ledger = open_ledger(sealed)
    ledger.erase_person("ana")
    ledger.close()
    run(sealed, "UPDATE cover SET \"by\" = 'zoe' WHERE submission = 1")
    found = first(sealed)
    assert (found.table, found.column, found.submission) == ("cover", "by", 1)


@on_sqlite
def test_a_person_renamed_wherever_the_name_stands_is_found(sealed: Settings) -> None:
    tables = {"person": "name", "cover": "by", "decision_cover": "by"}
    for table, column in tables.items():
        run(sealed, f"UPDATE {table} SET \"{column}\" = 'zoe' WHERE \"{column}\" = 'cy'")
    found = first(sealed)
    assert (found.table, found.column, found.stored) == ("decision_cover", "by", "zoe")


def test_both_timelines_are_made_anew_and_compared(sealed: Settings) -> None:
    for basis in Basis:
        run(sealed, f"UPDATE validity SET unit = 'USD' WHERE basis = '{basis.value}'")
    units = {
        each.key.partition(" ")[0]
        for each in verified(sealed).differences
        if each.kind is DifferenceKind.VALIDITY
    }
    assert units == {basis.value for basis in Basis}


def test_an_empty_ledger_is_as_it_was_sealed(settings: Settings) -> None:
    found = verified(settings)
    assert found.ok
    assert found.head == "0" * 64


@on_sqlite
def test_it_tells_how_far_it_is(sealed: Settings) -> None:
    told: list[tuple[str, int, int]] = []
    ledger = open_ledger(sealed)
    ledger.verify(lambda step, done, count: told.append((step.value, done, count)))
    ledger.close()
    assert told[0] == ("chain", 0, 14)
    assert ("chain", 14, 14) in told
    assert told[-1] == ("validity", 2, 2)


@on_sqlite
def test_a_byte_changed_in_the_file_is_found(sealed: Settings) -> None:
    file = database_path(sealed)
    content = file.read_bytes()
    amount = struct.pack(">d", ODD)
    places = [place for place in range(len(content)) if content.startswith(amount, place)]
    assert len(places) >= 3  # the fact, and when it was in force, on both timelines
    for place in places:
        byte = content[place + 7] ^ 0x01
        file.write_bytes(content[: place + 7] + bytes((byte,)) + content[place + 8 :])
        found = first(sealed)
        assert {found.table} <= {"fact", "validity"}
        assert found.column == "amount"


@pytest.mark.parametrize("database_kind", ["sqlite", "new postgresql"])
@pytest.mark.parametrize("version", ["0001", "0002"])
def test_an_upgraded_ledger_is_as_it_is_sealed(settings: Settings, version: str) -> None:
    filled_by(version, settings)
    ledger = open_ledger(settings)
    found = ledger.verify()
    assert found.ok, found.differences
    assert found.checked["submissions"] == 1
    assert found.checked["decisions"] == int(version == "0002")
    hand_in(ledger, figure(6), on=31)
    assert ledger.verify().ok
    ledger.close()


def filled_by(version: str, settings: Settings) -> None:
    """A ledger of an earlier version with a submission in it; 0002 has also forgotten an answer."""
    database = Database(settings.database)
    with database.migrating() as connection:
        migrate(connection, to=version)
    database.close()
    at, forever = "2022-10-30T08:00:00.000000Z", "9999-12-31T23:59:59.999999Z"
    sha256 = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"  # of "one"
    stage = "" if version == "0001" else ", 'management'"
    content = "'one'::bytea" if on_postgres(settings) else "x'6f6e65'"
    counts = "1, 1, 0, '2022-Q3', '2022-Q3'"
    run(
        settings,
        f"INSERT INTO submission VALUES (1, 'ES', '{at}', '{sha256}', 3, 0, {counts}{stage})",
        "INSERT INTO cover VALUES (1, 'a.xlsx', 'ana', '')",
        f"INSERT INTO workbook VALUES (1, {content})",
        "INSERT INTO fact VALUES"
        " (1, 'actual', '2022-Q3', 'fee_revenue', 5.0, 'EUR', 'PyG', 'C14', 'Comisiones')",
        "INSERT INTO validity VALUES"
        f" ('ES', 'actual', '2022-Q3', 'fee_revenue', '{at}', '{forever}', 1, 5.0, 'EUR', 0)",
    )
    if version == "0002":
        answer = f"'ES', 'unit:pyg', '1000', 'ana', '{at}', 1"
        forgotten = "'ES', 'unit:pyg', '', 'bo', '2022-10-31T08:00:00.000000Z', NULL"
        run(settings, f"INSERT INTO remembered_answer VALUES (1, {answer}), (2, {forgotten})")
    if on_postgres(settings):  # a number it did not give out itself is news to it
        run(settings, "SELECT setval(pg_get_serial_sequence('submission', 'id'), 1)")
