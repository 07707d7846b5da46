"""Each workbook is read again as it was read, and states what is stored."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from smartfin.cli import run
from smartfin.services import recipe as recipes
from smartfin.services.intake import Intake, Said, import_workbook
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.verify import LedgerCheck, verify_ledger
from smartfin.settings import Settings, read_settings
from smartfin.store import DifferenceKind, schema
from smartfin.store.chain import Sealed, seal
from smartfin.store.database import Database
from smartfin.wording import words_of
from tests.builders import hand_in
from tests.integration.intake_books import GRANTS, KILO, Q3, Q4, facts_of, settled, workbook
from tests.integration.ledger_builders import figure, raw_connection
from tests.integration.ledger_builders import hand_in as hand_in_facts

STAFF = "UPDATE {} SET amount = 70001 WHERE item = 'staff_costs' AND submission = 1"
CSV = "Smart;Q3 2022\n" + "".join(f"{label};{amount:.0f}\n" for label, amount in KILO.items())


@pytest.fixture
def smartfin(empty_settings: Settings) -> Iterator[Smartfin]:
    opened = open_smartfin(empty_settings)
    yield opened
    opened.ledger.close()


def handed_in(smartfin: Smartfin, content: bytes, name: str, **answers: str) -> Intake:
    """A workbook of Austria's, accepted."""
    said = Said(partner="AT", answers=answers)
    intake = import_workbook(smartfin, content, name, "ana", said)
    assert intake.submission is not None
    return intake


def checked(smartfin: Smartfin) -> LedgerCheck:
    return verify_ledger(smartfin, lambda _step, _done, _count: None)


def tamper(smartfin: Smartfin, *statements: str) -> None:
    """Change the database as somebody whom no trigger stops."""
    smartfin.ledger.close()
    with raw_connection(smartfin.settings) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def seal_anew(smartfin: Smartfin) -> None:
    """Make the whole chain again, as somebody who knows how."""
    database = Database(smartfin.settings.database)
    with database.writing() as connection:
        entries = schema.chain.select().order_by(schema.chain.c.id)
        rows = connection.execute(entries).all()
        connection.execute(delete(schema.chain))
        for row in rows:
            seal(connection, Sealed(row.kind), row.number)
    database.close()


def test_what_was_answered_remembered_and_concluded_is_told_again(smartfin: Smartfin) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    handed_in(smartfin, workbook(Q4), "Q4.xlsx")  # with what was remembered
    smartfin.ledger.forget("AT", GRANTS, "bo", smartfin.ledger.submission(2).at)
    asked_again = handed_in(smartfin, workbook(Q4, title="II"), "Q4b.xlsx", **{GRANTS: "none"})
    assert len(asked_again.reading.facts) == len(KILO) - 1
    found = checked(smartfin)
    assert found.ok, found.differences
    assert (found.read, found.read_differently, found.not_comparable) == (3, (), 0)


def test_a_unit_concluded_from_the_history_is_told_again(smartfin: Smartfin) -> None:
    hand_in(smartfin, "AT", facts_of(Q3))
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **{GRANTS: "operating_grants"})
    recipe = smartfin.ledger.recipe(2)
    assert recipe is not None
    assert recipe["answers"] == {GRANTS: "operating_grants", "unit:GuV Q3 2022": "1000"}
    found = checked(smartfin)
    assert found.ok
    assert (found.read, found.not_comparable) == (1, 1)  # of the first nobody noted how


def test_a_financial_year_set_otherwise_since_does_not_matter(smartfin: Smartfin) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    partners = tuple(replace(each, fiscal_year_starts=7) for each in smartfin.partners)
    found = checked(replace(smartfin, partners=partners))
    assert found.ok
    assert (found.read, found.read_differently) == (1, ())


def test_a_digit_changed_is_named_with_what_the_workbook_gives(smartfin: Smartfin) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    tamper(smartfin, STAFF.format("fact"), STAFF.format("validity"))
    found = checked(smartfin)
    first = found.differences[0]  # before the seal, which only knows that something changed
    assert first.kind is DifferenceKind.READING
    assert first.key == "actual 2022-Q3 staff_costs (GuV Q3 2022!B7)"
    assert (first.column, first.stored, first.expected) == ("amount", "70001.0", "70000.0")
    assert found.differences[1].kind is DifferenceKind.CHANGED


def test_a_chain_made_anew_around_a_changed_digit_is_found_by_the_workbook(
    smartfin: Smartfin,
) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    tamper(smartfin, STAFF.format("fact"), STAFF.format("validity"))
    seal_anew(smartfin)
    found = checked(smartfin)
    assert found.store.ok
    assert [(each.kind, each.submission) for each in found.differences] == [
        (DifferenceKind.READING, 1)
    ]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("UPDATE fact SET unit = 'USD' WHERE item = 'staff_costs'", "unit"),
        ("UPDATE fact SET cell = 'B8' WHERE item = 'staff_costs'", "cell"),
        ("UPDATE fact SET sheet = 'S' WHERE item = 'staff_costs'", "sheet"),
        ("UPDATE fact SET label = 'L' WHERE item = 'staff_costs'", "label"),
        ("UPDATE fact SET item = 'travel' WHERE item = 'staff_costs'", ""),
        ("DELETE FROM fact WHERE item = 'staff_costs'", ""),
    ],
)
def test_everything_of_a_fact_is_compared(smartfin: Smartfin, change: str, column: str) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    tamper(smartfin, change)
    found = [each for each in checked(smartfin).differences if each.kind is DifferenceKind.READING]
    assert {each.column for each in found} == {column}


def test_another_version_that_reads_otherwise_is_no_tampering(
    smartfin: Smartfin, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(smartfin, workbook(Q3), "Q3.xlsx", **settled(Q3))
    tamper(smartfin, STAFF.format("fact"), STAFF.format("validity"))
    seal_anew(smartfin)
    monkeypatch.setattr(recipes, "reader_fingerprint", lambda _data, _group: "of a newer version")
    found = checked(smartfin)
    assert found.ok
    (otherwise,) = found.read_differently
    assert (otherwise.submission, otherwise.expected) == (1, "70000.0")


def test_a_submission_is_read_again_once_its_name_is_erased(smartfin: Smartfin) -> None:
    handed_in(smartfin, workbook(Q3), "Maria.xlsx", **settled(Q3))
    handed_in(smartfin, CSV.encode(), "Maria Moser.csv", **{"unit:Maria Moser": "1000"})
    smartfin.ledger.erase_person("ana")
    with raw_connection(smartfin.settings) as connection:
        connection.execute("UPDATE cover SET name = ''")  # which the guards allow
    found = checked(smartfin)
    assert found.ok, found.differences
    assert (found.read, found.not_comparable) == (2, 0)
    assert found.store.erased >= 4


def test_what_only_the_erased_name_said_is_not_compared(smartfin: Smartfin) -> None:
    content = workbook(Q3, year=" ")  # the heading says Q3, the file's name of which year
    handed_in(smartfin, content, "2022.xlsx", **{"unit:GuV": "1000", GRANTS: "operating_grants"})
    assert checked(smartfin).ok
    with raw_connection(smartfin.settings) as connection:
        connection.execute("UPDATE cover SET name = ''")
    found = checked(smartfin)
    assert found.ok
    assert found.not_comparable == 1


def test_the_recipe_holds_no_file_name(smartfin: Smartfin) -> None:
    handed_in(smartfin, workbook(Q3), "Maria Moser.xlsx", **settled(Q3))
    assert "Maria" not in json.dumps(dict(smartfin.ledger.recipe(1) or {}))


def test_the_samples_are_read_again_as_they_were(sample_database: Path, tmp_path: Path) -> None:
    shutil.copy(sample_database, tmp_path / "smartfin.db")
    settings = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'smartfin.db'}"})
    found = checked(open_smartfin(settings))
    assert found.ok, found.differences[:3]
    assert found.read == found.checked["submissions"] > 10
    assert found.not_comparable == 0


# --- the command


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Smartfin:
    """A ledger whose one workbook nobody can read again."""
    address = f"sqlite:///{tmp_path / 'smartfin.db'}"
    monkeypatch.setenv("SMARTFIN_DATABASE", address)
    smartfin = open_smartfin(read_settings({"SMARTFIN_DATABASE": address}))
    hand_in_facts(smartfin.ledger, figure(5))
    return smartfin


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = run(["verify", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_verify_ends_with_zero_where_nothing_was_touched(
    filled: Smartfin, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = said(capsys)
    assert code == 0
    assert document["ok"] is True
    assert document["first_difference"] is None
    assert document["checked"]["submissions"] == 1
    assert document["checked"]["not_comparable"] == 1
    assert (document["erased"], document["read_differently"]) == (0, [])
    assert said(capsys, "--seal", document["head"].upper())[0] == 0
    assert said(capsys, "--no-reading")[1]["checked"]["not_comparable"] == 0


def test_verify_ends_with_one_and_names_the_first_difference(
    filled: Smartfin, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(filled, "UPDATE fact SET amount = 6")
    code, document = said(capsys)
    assert code == 1
    assert document["ok"] is False
    first = document["first_difference"]
    assert (first["table"], first["column"], first["submission"]) == ("fact", "amount", 1)
    assert (first["stored"], first["expected"]) == ("6.0", "5.0")
    assert first["message"]
    assert document["differences"] == 2  # the fact, and what was in force


def test_verify_says_when_a_seal_that_was_kept_is_gone(
    filled: Smartfin, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = said(capsys, "--seal", "f" * 64)
    assert code == 1
    assert document["first_difference"]["kind"] == "head"


def test_verify_ends_with_two_where_the_database_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "smartfin.db").write_bytes(b"no database" * 100)
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    code, document = said(capsys)
    assert code == 2
    assert document["error"]["code"] == "database-damaged"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_verify_tells_people_what_it_found(
    filled: Smartfin, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words = words_of(language)
    assert run(["verify", "--lang", language]) == 0
    clean = capsys.readouterr().out
    assert words.text("cli.verified") in clean
    assert clean.splitlines()[-1] == words.text(
        "cli.verified.head", head=filled.ledger.verify().head
    )
    tamper(filled, "UPDATE cover SET note = 'another'")
    assert run(["verify", "--lang", language]) == 1
    told = capsys.readouterr().out
    assert words.text("difference.place.submission", submission=1, code="ES") in told
    assert "cover.note" in told
