"""Remarks on flags and legal matters: noted, settled, sealed, erased, kept in an upgrade."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.errors import RestrictViolation

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import DecisionKind, Ledger, open_ledger
from smartfin.store.backup import back_up, restore
from smartfin.store.chain import START, link_hash
from smartfin.store.database import Database
from smartfin.store.migrations import migrate
from tests.integration.ledger_builders import (
    databases,
    day,
    on_postgres,
    raw_connection,
    table_rows,
)

database_kind = databases("sqlite", "new postgresql")

REFUSED = (sqlite3.IntegrityError, RestrictViolation)
Q3, Q4 = Quarter.parse("2022-Q3"), Quarter.parse("2022-Q4")


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """With nothing in it."""
    opened = open_ledger(settings)
    yield opened
    opened.close()


def noted(ledger: Ledger) -> None:
    """A remark, and a legal matter that is settled two days later."""
    ledger.remark("AT", "net_equity_ratio", Q4, " New shares in May. ", "ana", day(1))
    ledger.open_legal_flag("SE", "Umbrella ruling", "Case 12", "bo", 0.3, Q3, day(2))
    ledger.close_legal_flag(2, "settled", "cy", Q4, day(4))


def test_a_remark_says_what_about_and_who(ledger: Ledger) -> None:
    noted(ledger)
    (remark,) = ledger.remarks()
    assert (remark.partner, remark.rule, remark.quarter) == ("AT", "net_equity_ratio", Q4)
    assert (remark.text, remark.by, remark.at) == ("New shares in May.", "ana", day(1))
    assert ledger.remarks(day(1)) == (remark,)


def test_a_legal_matter_is_open_until_it_is_settled(ledger: Ledger) -> None:
    noted(ledger)
    (matter,) = ledger.legal_flags()
    (before,) = ledger.legal_flags(day(3))
    assert (before.title, before.text, before.owner) == ("Umbrella ruling", "Case 12", "bo")
    assert (before.share, before.opened, before.opened_at) == (0.3, Q3, day(2))
    assert (before.closed, before.closed_at, before.outcome) == (None, None, "")
    assert (matter.closed, matter.closed_at) == (Q4, day(4))
    assert (matter.closed_by, matter.outcome) == ("cy", "settled")
    assert ledger.legal_flags(day(1)) == ()


def test_a_matter_settled_before_it_began_never_counted(ledger: Ledger) -> None:
    ledger.open_legal_flag("SE", "Ruling", "", "bo", None, Q4, day(1))
    ledger.close_legal_flag(1, "a mistake", "bo", Q3, day(2))
    (matter,) = ledger.legal_flags()
    assert matter.closed == matter.opened == Q4


def test_what_cannot_be_noted_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="remark-missing"):
        ledger.remark("AT", "coverage", Q4, " ", "ana", day(1))
    with pytest.raises(InputError, match="legal-title-missing"):
        ledger.open_legal_flag("SE", "", "text", "bo", None, Q4, day(1))
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(InputError, match="legal-share-outside"):
            ledger.open_legal_flag("SE", "Ruling", "", "bo", share, Q4, day(1))
    noted(ledger)
    for number in (1, 2, 9):  # a remark, one that is settled, none
        with pytest.raises(InputError, match="legal-unknown"):
            ledger.close_legal_flag(number, "settled", "bo", Q4, day(5))
    assert len(ledger.decisions()) == 3


def test_a_note_makes_pages_look_again(ledger: Ledger) -> None:
    before = ledger.revision()
    noted(ledger)
    assert ledger.revision() > before


def test_notes_are_sealed_and_erased_like_every_decision(
    ledger: Ledger, settings: Settings
) -> None:
    noted(ledger)
    assert ledger.verify().ok
    sealed = [str(row) for row in table_rows(settings, "chain")]
    assert '"share":0.3' in sealed[1]
    assert "share" not in sealed[0]
    for text in ("New shares", "Umbrella ruling", "Case 12", "settled"):
        assert text not in "".join(sealed)
    assert ledger.erase_person("bo") > 0
    assert ledger.legal_flags()[0].owner == ""
    assert ledger.verify().ok


def test_what_notes_say_is_erased_and_the_chain_stays_whole(
    ledger: Ledger, settings: Settings
) -> None:
    noted(ledger)
    before = ledger.revision()
    erased = [ledger.erase_note(number, "dee", day(5)) for number in (1, 2)]
    assert [(each.kind, each.undoes, each.partner, each.by) for each in erased] == [
        (DecisionKind.ERASURE, 1, "AT", "dee"),
        (DecisionKind.ERASURE, 2, "SE", "dee"),
    ]
    (remark,), (matter,) = ledger.remarks(day(1)), ledger.legal_flags()
    assert (remark.text, remark.rule, remark.by) == ("", "net_equity_ratio", "ana")
    assert (matter.title, matter.text, matter.outcome) == ("", "", "")
    assert (matter.share, matter.owner, matter.closed) == (0.3, "bo", Q4)
    stored = "".join(str(row) for row in table_rows(settings, "decision_cover"))
    assert not any(text in stored for text in ("New shares", "Umbrella", "Case 12", "settled"))
    found = ledger.verify()
    assert (found.ok, found.erased) == (True, 3)
    assert ledger.revision() > before


def test_only_a_note_that_says_something_is_erased(ledger: Ledger) -> None:
    noted(ledger)
    ledger.pin("Board", day(1), "ana", day(5))
    ledger.erase_note(1, "dee", day(6))
    for number in (1, 4, 5, 9):  # erased, a pin, an erasure, none
        with pytest.raises(InputError, match="note-unknown"):
            ledger.erase_note(number, "dee", day(7))
    assert len(ledger.decisions()) == 5


def test_a_title_is_one_line_and_the_text_keeps_its_own(ledger: Ledger) -> None:
    ledger.open_legal_flag("SE", " Umbrella\nruling ", "Case 12\nof May", "bo", None, Q3, day(1))
    (matter,) = ledger.legal_flags()
    assert (matter.title, matter.text) == ("Umbrella ruling", "Case 12\nof May")


def test_a_quarter_to_come_is_refused(ledger: Ledger) -> None:
    newest = Quarter.containing(day(1).date())
    noted(ledger)
    with pytest.raises(InputError, match="note-ahead") as caught:
        ledger.remark("AT", "coverage", newest + 1, "text", "ana", day(5))
    assert caught.value.facts == {"quarter": newest + 1, "newest": newest}
    with pytest.raises(InputError, match="note-ahead"):
        ledger.open_legal_flag("SE", "Ruling", "", "bo", None, newest + 1, day(5))
    ledger.open_legal_flag("SE", "Ruling", "", "bo", None, newest, day(5))
    with pytest.raises(InputError, match="note-ahead"):
        ledger.close_legal_flag(4, "settled", "bo", newest + 1, day(6))
    assert len(ledger.decisions()) == 4


def test_a_title_sealed_in_clear_before_is_still_read(settings: Settings) -> None:
    opened = open_ledger(settings)
    noted(opened)
    opened.close()
    with raw_connection(settings) as connection:
        about = "'legal-opening', '2022-11-01T08:00:00.000000Z', 'SE', '2022-Q3', 'Old ruling'"
        columns = "id, kind, at, partner, quarter, topic"
        connection.execute(f"INSERT INTO decision ({columns}) VALUES (9, {about})")
        connection.execute("INSERT INTO decision_cover VALUES (9, 'bo', 'Two\nlines', 's')")
    opened = open_ledger(settings)
    matter = opened.legal_flags()[-1]
    opened.close()
    assert (matter.title, matter.text) == ("Old ruling", "Two\nlines")


def test_nobody_changes_what_a_matter_threatens(ledger: Ledger, settings: Settings) -> None:
    noted(ledger)
    with raw_connection(settings) as connection, pytest.raises(REFUSED, match="ledger refuses"):
        connection.execute("UPDATE decision SET share = 0.1 WHERE id = 2")


def test_a_backup_carries_notes(ledger: Ledger, settings: Settings, tmp_path: Path) -> None:
    noted(ledger)
    file = tmp_path / "ledger.smartfin"
    back_up(settings, file, lambda _done, _total: None)
    fresh = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'other.db'}"})
    restore(fresh, file, lambda _done, _total: None)
    other = open_ledger(fresh)
    assert other.remarks() == ledger.remarks()
    assert other.legal_flags() == ledger.legal_flags()
    assert other.verify().ok
    other.close()


# ---------------------------------------------------------------- from version 0003


@pytest.fixture
def settings_of_0003(settings: Settings) -> Settings:
    """A database as version 0003 left it, with a pin in it, sealed as it was then."""
    database = Database(settings.database)
    with database.writing() as connection:
        migrate(connection, to="0003")
    database.close()
    with raw_connection(settings) as connection:
        for statement in _ROWS_OF_0003:
            connection.execute(statement)
        if on_postgres(settings):
            numbers = "pg_get_serial_sequence('decision', 'id')"
            connection.execute(f"SELECT setval({numbers}, max(id)) FROM decision")
    return settings


_AT = "2023-01-02T12:00:00.000000Z"
_CONTENT = (
    f'{{"at":"{_AT}","id":1,"kind":"pin","moment":"{_AT}","partner":null,"person":"p1",'
    '"quarter":null,"sealed":"decision","submission":null,"texts":{"by":"","reason":""},'
    '"undoes":null}'
)
_ROWS_OF_0003 = (
    f"INSERT INTO decision (id, kind, at, moment) VALUES (1, 'pin', '{_AT}', '{_AT}')",
    "INSERT INTO decision_cover VALUES (1, '', '', 's')",
    "INSERT INTO person VALUES ('p1', '')",
)


def test_decisions_of_before_keep_their_seals(settings_of_0003: Settings) -> None:
    seal = link_hash(START, _CONTENT)
    with raw_connection(settings_of_0003) as connection:
        mark = "%s" if on_postgres(settings_of_0003) else "?"
        marks = ", ".join([mark] * 7)
        link = (1, "decision", 1, None, _CONTENT, START, seal)
        connection.execute(f"INSERT INTO chain VALUES ({marks})", link)
        if on_postgres(settings_of_0003):
            connection.execute("SELECT setval(pg_get_serial_sequence('chain', 'id'), 1)")
    ledger = open_ledger(settings_of_0003)
    (pin,) = ledger.decisions()
    assert (pin.kind, pin.topic, pin.share) == (DecisionKind.PIN, None, None)
    assert ledger.verify().ok
    ledger.remark("AT", "coverage", Q4, "text", "ana", day(5))
    found = ledger.verify()
    assert found.ok, found.differences
    ledger.close()
    first, second = table_rows(settings_of_0003, "chain")
    assert first[-1] == seal
    assert second[-2] == seal


def test_an_upgraded_table_of_decisions_is_still_guarded(settings_of_0003: Settings) -> None:
    open_ledger(settings_of_0003).close()
    with raw_connection(settings_of_0003) as connection:
        for statement in ("UPDATE decision SET topic = 'x'", "DELETE FROM decision"):
            with pytest.raises(REFUSED, match="the ledger refuses"):
                connection.execute(statement)
