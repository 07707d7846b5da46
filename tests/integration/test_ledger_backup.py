"""A backup holds all of a ledger, and becomes the same ledger again in either database."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from smartfin.errors import InputError, StoreError
from smartfin.facts import Period, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import HandIn, Ledger, open_ledger
from smartfin.store.backup import back_up, restore
from smartfin.store.backup.archive import COMMENT, NO_DIGEST, TABLES
from smartfin.store.backup.checking import opened_backup
from smartfin.store.chain import START, link_hash
from smartfin.store.database import Database
from smartfin.store.verification import verify
from tests.integration.ledger_builders import (
    amounts,
    answered_warning,
    database_path,
    day,
    figure,
    hand_in,
    raw_connection,
    span_figure,
    table_rows,
)

Stores = Callable[[str], Settings]

ODD = (0.1 + 0.2, 1e22 / 3, 5e-324, -1.7976931348623157e308, 2.0**53 + 2)
"""Amounts that come back only if every digit was written."""


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks how far it is."""


@pytest.fixture
def new_store(tmp_path: Path, request: pytest.FixtureRequest) -> Stores:
    """Makes the address of a database in which nothing is yet, of a kind."""

    numbers = count(1)

    def make(kind: str) -> Settings:
        if kind == "sqlite":
            address = f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"
        else:
            server = request.getfixturevalue("postgres")
            address = server.address(server.new_database())
        return read_settings({"SMARTFIN_DATABASE": address})

    return make


def lived_in(settings: Settings) -> Ledger:
    """A ledger in which each table holds something; open."""
    ledger = open_ledger(settings)
    warning = answered_warning("verkauft – «déjà» =1+1")
    hand_in(ledger, figure(5.0), answers={"unit:PyG": "1000"}, answered=(warning,))
    hand_in(ledger, figure(6.0), figure(ODD[0], "2022-Q4"), on=2)
    hand_in(ledger, figure(7.0), on=3, partner="DE", synthetic=True)
    for number, amount in enumerate(ODD):
        hand_in(ledger, figure(amount, item="staff_costs"), on=4 + number, partner="HU")
    period = Period(day(1).date(), day(20).date())
    hand_in(
        ledger, span_figure(9.0, period), figure(8.0, "2023-Q2", scenario=Scenario.BUDGET), on=10
    )
    ledger.accept("NL", [figure(1.0)], b"\x00\xff", "é.xlsx", "bo", day(11), synthetic=False,
                  recipe={"partner": "NL"}, restates="")  # fmt: skip
    of_list = ("GROUP-ES", figure(3.0, item="group_loans")), ("GROUP-IT", figure(4.0))
    ledger.accept_together(
        HandIn(unit, (fact,), b"one list", "list.xlsx", "fin", day(11), synthetic=False)
        for unit, fact in of_list
    )
    ledger.withdraw(2, "wrong file", "bo", day(12))
    ledger.approve([1, 3], "cfo", day(13))
    ledger.close_quarter(Quarter.parse("2022-Q3"), "cfo", day(14))
    ledger.unpin(ledger.pin("May", day(2), "cfo", day(15)).id, "cfo", day(16))
    ledger.forget("ES", "unit:PyG", "bo", day(17))
    ledger.remark("ES", "coverage", Quarter.parse("2022-Q3"), "in May", "bo", day(18))
    ledger.open_legal_flag("ES", "Ruling", "", "bo", ODD[0], Quarter.parse("2022-Q3"), day(19))
    ledger.save_draft("draft.xlsx", b"gone", "ana", day(18), "mine")
    ledger.discard_draft(1)
    ledger.save_draft("draft.xlsx", bytes(range(256)), "ana", day(18), "mine")
    return ledger


def everything(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, also of what is derived."""
    return {name: table_rows(settings, name) for name in (*TABLES, "validity")}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A ledger on SQLite with something of everything; to be read only."""
    address = f"sqlite:///{tmp_path_factory.mktemp('original') / 'smartfin.db'}"
    settings = read_settings({"SMARTFIN_DATABASE": address})
    lived_in(settings).close()
    return settings


@pytest.fixture(scope="module")
def backup(original: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup; to be read only."""
    file = tmp_path_factory.mktemp("backup") / "ledger.backup"
    back_up(original, file, unwatched)
    return file


@pytest.mark.parametrize("way", [("postgresql", "sqlite"), ("sqlite", "postgresql", "postgresql")])
def test_a_ledger_goes_from_database_to_database_and_stays_as_it_was(
    original: Settings, new_store: Stores, tmp_path: Path, way: tuple[str, ...]
) -> None:
    before, here = everything(original), original
    assert all(before.values())
    for place, kind in enumerate(way):
        file, there = tmp_path / f"{place}.backup", new_store(kind)
        made = back_up(here, file, unwatched)
        assert made.counts == {name: len(before[name]) for name in TABLES}
        assert restore(there, file, unwatched) == made
        assert everything(there) == before
        here = there


def test_amounts_come_back_to_the_last_bit(backup: Path, new_store: Stores) -> None:
    target = new_store("postgresql")
    restore(target, backup, unwatched)
    restored = [row[4] for row in table_rows(target, "fact") if row[3] == "staff_costs"]
    assert sorted(map(repr, restored)) == sorted(map(repr, ODD))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restored_ledger_is_worked_with_as_before(
    new_store: Stores, backup: Path, kind: str
) -> None:
    """Numbers go on, seals follow on each other, and nothing derived is missing."""
    target = new_store(kind)
    restore(target, backup, unwatched)
    ledger = open_ledger(target)
    highest = max(each.id for each in ledger.submissions())
    assert amounts(ledger)["ES", "fee_revenue", "2022-Q3"] == 5.0
    assert amounts(ledger, as_of=day(11))["ES", "fee_revenue", "2022-Q3"] == 6.0
    assert amounts(ledger)["GROUP-ES", "group_loans", "2022-Q3"] == 3.0
    parts = [each for each in ledger.submissions() if each.name == "list.xlsx"]
    assert {ledger.content(each.id) for each in parts} == {b"one list"}
    assert hand_in(ledger, figure(50.0, "2023-Q1"), on=20).id == highest + 1
    last = ledger.decisions()[-1].id
    assert ledger.withdraw(highest + 1, "no", "bo", day(21)).id == last + 1
    assert ledger.save_draft("b", b"b", "ana", day(22), "mine").id == 3
    ledger.close()
    assert verify(Database(target.database)).first is None


def assert_sealed(settings: Settings) -> None:
    """Each link follows the one before, and there is one for each submission and decision."""
    before, sealed = START, []
    for number, kind, about, _partner, content, last, seal in sorted(
        table_rows(settings, "chain"), key=lambda link: int(str(link[0]))
    ):
        assert last == before, number
        assert seal == link_hash(str(last), str(content)), number
        before = str(seal)
        sealed.append((kind, about))
    there = [("submission", row[0]) for row in table_rows(settings, "submission")]
    there += [("decision", row[0]) for row in table_rows(settings, "decision")]
    assert sorted(sealed, key=repr) == sorted(there, key=repr)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_made_while_workbooks_are_accepted_holds_one_moment(
    new_store: Stores, tmp_path: Path, kind: str
) -> None:
    source = new_store(kind)
    ledger = open_ledger(source)
    hand_in(ledger, figure(0.0))
    seen, enough = threading.Event(), threading.Event()

    def accept_on() -> None:
        for number in range(1, 400):
            hand_in(ledger, figure(float(number)))
            seen.set()
            if enough.is_set():
                return

    accepting = threading.Thread(target=accept_on)
    accepting.start()
    assert seen.wait(20)
    made = back_up(source, tmp_path / "ledger.backup", unwatched)
    first = made.counts["submission"]
    enough.set()
    accepting.join()
    assert ledger.revision() > first
    ledger.close()
    target = new_store("sqlite")
    restore(target, tmp_path / "ledger.backup", unwatched)
    assert {made.counts[name] for name in ("cover", "workbook", "fact", "chain")} == {first}
    assert_sealed(target)
    assert set(table_rows(target, "chain")) < set(table_rows(source, "chain"))


def test_both_say_how_far_they_are(original: Settings, new_store: Stores, tmp_path: Path) -> None:
    saving: list[tuple[int, int]] = []
    loading: list[tuple[int, int]] = []
    file = tmp_path / "ledger.backup"
    made = back_up(original, file, lambda *said: saving.append(said))
    restore(new_store("sqlite"), file, lambda *said: loading.append(said))
    assert saving[-1] == (made.rows, made.rows)
    whole = 2 * made.rows + made.counts["fact"]
    assert loading[-1] == (whole, whole)


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_exists_is_never_overwritten(
    original: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Nor one that somebody puts there meanwhile, also where a file can have one name only."""
    if not links:
        monkeypatch.setattr(os, "link", refuse_links)
    mine, late = tmp_path / "mine", tmp_path / "late"
    mine.write_bytes(b"mine")

    def come_late(_done: int, _total: int) -> None:
        late.write_bytes(b"late")

    with pytest.raises(InputError, match="file-exists"):
        back_up(original, mine, unwatched)
    with pytest.raises(InputError, match="file-exists"):
        back_up(original, late, come_late)
    assert (mine.read_bytes(), late.read_bytes()) == (b"mine", b"late")
    back_up(original, tmp_path / "new", unwatched)
    with opened_backup(tmp_path / "new") as opened:
        assert opened.manifest.counts["draft"] == 1
    assert list(tmp_path.glob(".*")) == []


def refuse_links(*_: object) -> None:
    """A memory stick."""
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_backup_that_fails_leaves_nothing(
    original: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="disk-full"):
        back_up(original, tmp_path / "ledger.backup", unwatched)
    with pytest.raises(InputError, match="file-unwritable"):
        back_up(original, tmp_path / "nowhere" / "ledger.backup", unwatched)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_for_its_owner_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_every_byte_counts(backup: Path, tmp_path: Path) -> None:
    whole, damaged = backup.read_bytes(), tmp_path / "damaged"
    for place in range(0, len(whole), 23):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refusal_of(damaged) == ("backup-unknown" if 30 <= place < 69 else "backup-damaged")


def test_a_shortened_or_longer_file_is_refused(backup: Path, tmp_path: Path) -> None:
    whole, damaged = backup.read_bytes(), tmp_path / "damaged"
    for length in range(70, len(whole), 97):
        damaged.write_bytes(whole[:length])
        assert refusal_of(damaged) == "backup-damaged"
    damaged.write_bytes(whole + b"\n")
    assert refusal_of(damaged) == "backup-damaged"


def test_another_file_is_told_from_a_damaged_backup(tmp_path: Path, backup: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    for content in (b"", b"PK", other.read_bytes(), b"SQLite format 3\0" * 99):
        other.write_bytes(content)
        assert refusal_of(other) == "backup-unknown"


def refusal_of(file: Path) -> str:
    """The code with which a file is refused, before any database is thought of."""
    with pytest.raises(InputError) as refused, opened_backup(file) as opened:
        for part in opened.manifest.parts:
            list(opened.rows(part))
    return refused.value.code


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("holding", ["submission", "decision", "draft"])
def test_nothing_is_restored_over_what_is_there(
    new_store: Stores, backup: Path, kind: str, holding: str
) -> None:
    target = new_store(kind)
    ledger = open_ledger(target)
    if holding == "submission":
        hand_in(ledger, figure(1.0))
    elif holding == "decision":
        ledger.close_quarter(Quarter.parse("2022-Q3"), "cfo", day(1))
    else:
        ledger.save_draft("d", b"d", "ana", day(1), "mine")
    ledger.close()
    before = everything(target)
    with pytest.raises(InputError, match="store-not-empty"):
        restore(target, backup, unwatched)
    assert everything(target) == before


def test_a_ledger_made_but_never_used_can_be_filled(new_store: Stores, backup: Path) -> None:
    target = new_store("sqlite")
    open_ledger(target).close()
    restore(target, backup, unwatched)
    assert len(table_rows(target, "draft")) == 1


# A backup of somebody's own making, whose digests are right throughout.

Edit = Callable[[dict[str, bytes], dict[str, Any]], None]


def forged(backup: Path, file: Path, edit: Edit, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A backup with other entries and another manifest, sealed as ours are."""
    with zipfile.ZipFile(backup) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries.pop("manifest.json"))
    edit(entries, manifest)
    for part in manifest["parts"]:
        content = entries.get(f"tables/{part['table']}.jsonl", b"")
        part |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        part["rows"] = content.count(b"\n")
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = COMMENT + NO_DIGEST
        for name, content in {**entries, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else packing)
    whole = file.read_bytes()
    digest = hashlib.sha256(whole).hexdigest().encode()
    file.write_bytes(whole[: -len(digest)] + digest)
    return file


def put(name: str, content: bytes) -> Edit:
    return lambda entries, _manifest: entries.update({name: content})


def swap(name: str, old: bytes, new: bytes) -> Edit:
    def edit(entries: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new, 1)

    return edit


def say(**facts: object) -> Edit:
    return lambda _entries, manifest: manifest.update(facts)


def drop_part(table: str) -> Edit:
    def edit(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        del entries[f"tables/{table}.jsonl"]
        manifest["parts"] = [part for part in manifest["parts"] if part["table"] != table]

    return edit


def rename_column(_entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["parts"][0]["columns"][1] = "partner = '' --"


def rename_table(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["parts"][0]["table"] = "../submission"
    entries["tables/../submission.jsonl"] = entries.pop("tables/submission.jsonl")


def twice(_entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["parts"].append(manifest["parts"][0])


HARM: dict[str, Edit] = {
    "an entry too many": put("../../evil", b"evil"),
    "an entry for another": put("workbook/999", b"evil"),
    "bytes changed": put("workbook/1", b"workbook 9"),
    "a longer workbook": put("workbook/1", b"workbook 11"),
    "a number that is none": swap("tables/fact.jsonl", b",5.0,", b",NaN,"),
    "a truth value": swap("tables/fact.jsonl", b",5.0,", b",true,"),
    "a list": swap("tables/fact.jsonl", b",5.0,", b",[5],"),
    "bytes where none belong": swap("tables/fact.jsonl", b",5.0,", b',{"sha256":"","size":0},'),
    "a number too large": swap("tables/draft.jsonl", b"[2,", b"[9223372036854775808,"),
    "a column too many": swap("tables/fact.jsonl", b",5.0,", b",5.0,5.0,"),
    "nested beyond reason": swap("tables/fact.jsonl", b",5.0,", b"," + b"[" * 99_999),
    "a workbook without number": swap("tables/workbook.jsonl", b"[1,", b'["../1",'),
    "bytes without end": swap("tables/workbook.jsonl", b'"size":10', b'"size":1e99'),
    "a table missing": drop_part("recipe"),
    "a column renamed": rename_column,
    "a table renamed": rename_table,
    "a table twice": twice,
    "another head": say(head="0" * 64),
    "a version never backed up": say(version="0002"),
    "no version": say(version=None),
    "more said than known": say(more=1),
    "no list of tables": say(parts=[]),
    "a manifest too large": say(program="x" * (1 << 20)),
}


SEEN_IN_THE_DATABASE = {"a table missing", "a column renamed", "another head"}
"""What can only be told once the tables are there."""


@pytest.mark.parametrize("harm", HARM)
def test_a_backup_forged_with_the_right_digests_is_refused_and_nothing_stays(
    new_store: Stores, backup: Path, tmp_path: Path, harm: str
) -> None:
    target = new_store("sqlite")
    file = forged(backup, tmp_path / "forged", HARM[harm])
    with pytest.raises(InputError, match="backup-damaged"):
        restore(target, file, unwatched)
    assert database_path(target).exists() == (harm in SEEN_IN_THE_DATABASE)
    if harm in SEEN_IN_THE_DATABASE:
        with raw_connection(target) as connection:
            assert list(connection.execute("SELECT name FROM sqlite_master")) == []


def unchanged(_entries: dict[str, bytes], _manifest: dict[str, Any]) -> None:
    """Forges nothing."""


def test_a_forgery_that_changes_nothing_is_restored(
    new_store: Stores, backup: Path, tmp_path: Path
) -> None:
    """So that the others are refused for what was changed, not for having been forged."""
    target = new_store("sqlite")
    restore(target, forged(backup, tmp_path / "forged", unchanged), unwatched)
    assert len(table_rows(target, "draft")) == 1


def test_an_entry_packed_in_a_strange_way_is_refused(backup: Path, tmp_path: Path) -> None:
    strange = forged(backup, tmp_path / "forged", unchanged, zipfile.ZIP_BZIP2)
    assert refusal_of(strange) == "backup-damaged"


@pytest.mark.parametrize("edit", [say(format=2), say(version="0999")])
def test_a_backup_of_a_newer_program_is_told_from_a_damaged_one(
    backup: Path, tmp_path: Path, edit: Edit
) -> None:
    assert refusal_of(forged(backup, tmp_path / "forged", edit)) == "backup-newer"
