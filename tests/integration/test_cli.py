"""The command line over the committed samples: its JSON is a contract with scripts outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from smartfin.errors import StoreError
from smartfin.settings import ROOT
from smartfin.store import Ledger, Submission
from smartfin.wording import LANGUAGES

SAMPLES = ROOT / "data" / "samples"
ITALY = next(SAMPLES.glob("*_IT_*2022-Q4.xlsx"))
ITALY_HISTORY = next(SAMPLES.glob("*_IT_*Q2.xlsx"))

Ran = tuple[int, Any]
Command = Callable[..., Ran]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command with ``--json`` over a ledger of its own: exit code and document."""
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")

    def ran(*arguments: str | Path) -> Ran:
        code = run([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ran


def test_read_gives_facts_with_their_cells_and_stores_nothing(command: Command) -> None:
    code, document = command("read", ITALY)
    assert code == 0
    assert (document["partner"], document["currency"]) == ("IT", "EUR")
    (volume,) = [
        fact
        for fact in document["facts"]
        if (fact["item"], fact["quarter"], fact["scenario"])
        == ("invoiced_volume", "2022-Q4", "actual")
    ]
    assert volume["unit"] == "EUR"
    assert volume["sheet"]
    assert volume["cell"]
    assert {"mapping", "questions", "findings", "periods"} <= document.keys()
    assert command("facts")[1] == {"facts": []}


def test_import_tells_what_each_file_became_and_a_second_time_it_is_a_duplicate(
    command: Command,
) -> None:
    code, document = command("import", ITALY_HISTORY, ITALY, "--by", "A. Name")
    assert code == 0
    assert [row["submission"] for row in document["files"]] == [1, 2]
    assert [row["file"] for row in document["files"]] == [ITALY_HISTORY.name, ITALY.name]
    code, again = command("import", ITALY)
    (row,) = again["files"]
    assert code == 0
    assert (row["submission"], row["duplicate"], row["duplicate_of"]) == (None, True, 2)


def test_a_file_that_is_no_workbook_is_refused_and_the_others_are_accepted(
    command: Command, tmp_path: Path
) -> None:
    broken = tmp_path / "IT_broken.xlsx"
    broken.write_text("no workbook", encoding="utf-8")
    code, document = command("import", broken, ITALY)
    assert code == 1
    refused, accepted = document["files"]
    assert refused["submission"] is None
    assert refused["findings"][0]["severity"] == "error"
    assert accepted["submission"] == 1


def test_what_was_accepted_before_trouble_is_still_told(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = Ledger.accept_together

    def full_at_the_second(self: Ledger, *arguments: Any, **named: Any) -> tuple[Submission, ...]:
        if self.submissions():
            raise StoreError("disk-full", database="smartfin.db")
        return accept(self, *arguments, **named)

    monkeypatch.setattr(Ledger, "accept_together", full_at_the_second)
    code, document = command("import", ITALY_HISTORY, ITALY)
    assert code == 2
    assert [row["submission"] for row in document["files"]] == [1, None]
    assert document["files"][1]["error"]["code"] == "disk-full"


def test_what_nobody_foresaw_is_a_document_too(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "facts", lambda *_arguments, **_named: 1 / 0)
    code, document = command("facts")
    assert code == 2
    assert document["error"]["code"] == "unexpected"


def test_reading_a_file_that_is_no_workbook_exits_with_one(
    command: Command, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"")
    code, document = command("read", broken)
    assert code == 1
    assert document["findings"][0]["code"] == "empty-file"
    assert document["facts"] == []


def test_facts_name_file_person_time_and_submission(command: Command) -> None:
    command("import", ITALY, "--by", "A. Name")
    _, document = command("facts", "--partner", "it")
    assert document["facts"]
    fact = document["facts"][0]
    assert (fact["partner"], fact["submission"], fact["file"]) == ("IT", 1, ITALY.name)
    assert fact["known_from"].endswith("+00:00")


def test_status_judges_every_partner(command: Command) -> None:
    command("import", ITALY_HISTORY, ITALY)
    code, document = command("status")
    assert code == 0
    verdicts = {row["partner"]: row["verdict"] for row in document["partners"]}
    assert verdicts["IT"] == "reached"
    assert verdicts["ES"] == "not_assessable"
    assert verdicts["NL"] == "inactive"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("read", "nowhere.xlsx"), "file-unreadable"),
        (("status", "--as-of", "yesterday"), "date-unreadable"),
        (("status", "--quarter", "Q4"), "quarter-unreadable"),
        (("facts", "--partner", "XX"), "partner-unknown"),
        (("status", "--lang", "xx"), "language-unknown"),
        (("read", str(ITALY), "--answer", "unit"), "answer-unreadable"),
        (("nothing",), "usage"),
        (("read",), "usage"),
    ],
)
def test_what_cannot_be_run_exits_with_two_and_says_why(
    command: Command, arguments: tuple[str, ...], code: str
) -> None:
    exit_code, document = command(*arguments)
    assert exit_code == 2
    assert document["error"]["code"] == code
    assert document["error"]["message"]


def test_messages_follow_the_language_asked_for(command: Command, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"")
    said = {
        language: command("read", broken, "--lang", language)[1]["findings"][0]["message"]
        for language in LANGUAGES
    }
    assert len(set(said.values())) == len(LANGUAGES)


def test_people_get_lines_instead_of_json(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    command("import", ITALY_HISTORY, ITALY)
    for arguments in (["status"], ["facts"], ["read", str(ITALY)], ["import", str(ITALY)]):
        assert run(arguments) == 0
        printed = capsys.readouterr().out
        assert printed.strip()
        with pytest.raises(json.JSONDecodeError):
            json.loads(printed)
