"""backup, restore and export from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import ledger as commands
from smartfin.cli import run
from smartfin.settings import read_settings
from smartfin.store import open_ledger
from tests.integration.ledger_builders import figure, hand_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger in it, which is the one that is used."""
    use(tmp_path / "smartfin.db", monkeypatch)
    ledger = open_ledger(read_settings())
    hand_in(ledger, figure(5.0))
    hand_in(ledger, figure(6.0), on=3)
    ledger.close()
    return tmp_path


def use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{file}")


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """The one document that was printed, with nothing said beside it."""
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out)


def test_a_ledger_is_backed_up_and_restored_without_samples(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "ledger.backup"
    assert run(["facts", "--json"]) == 0
    before = capsys.readouterr().out
    assert run(["backup", str(file), "--json"]) == 0
    saved = said(capsys)
    assert (saved["ok"], saved["file"]) == (True, str(file))
    use(folder / "other.db", monkeypatch)
    assert run(["restore", str(file), "--json"]) == 0
    assert said(capsys) == saved
    assert run(["facts", "--json"]) == 0
    assert capsys.readouterr().out == before
    ledger = open_ledger(read_settings())
    assert len(ledger.submissions()) == saved["counts"]["submission"] == 2
    ledger.close()


def test_each_refusal_is_a_sentence_and_a_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = folder / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    assert run(["backup", str(folder / "ledger.backup")]) == 0
    (folder / "cut.backup").write_bytes((folder / "ledger.backup").read_bytes()[:-1])
    for line, code in {
        ("backup", "ledger.backup"): "file-exists",
        ("restore", "ledger.backup"): "store-not-empty",
        ("restore", "cut.backup"): "backup-damaged",
        ("restore", "mine/notes.txt"): "backup-unknown",
        ("restore", "nowhere"): "file-unreadable",
        ("export", "mine"): "folder-not-empty",
    }.items():
        command, name = line
        capsys.readouterr()
        assert run([command, str(folder / name), "--json", "--lang", "nl"]) == 2
        printed = capsys.readouterr()
        error = json.loads(printed.out)["error"]
        assert error["code"] == code
        assert error["message"] in printed.err


def test_an_export_says_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "export"
    assert run(["export", str(out), "--as-of", "2023-01-02", "--json", "--lang", "de"]) == 0
    document = said(capsys)
    assert (document["ok"], document["folder"]) == (True, str(out))
    assert document["as_of"] == "2023-01-02"
    assert document["counts"]["workbooks"] == len(list((out / "workbooks").iterdir())) == 1
    assert "02.01.2023" in (out / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["backup", "export"])
def test_progress_is_told_to_people_and_not_to_programs(
    folder: Path,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(commands, "_PATIENCE", 0.0)
    assert run([command, str(folder / "one"), "--json"]) == 0
    said(capsys)
    assert run([command, str(folder / "two")]) == 0
    printed = capsys.readouterr()
    assert "100%" in printed.err
    assert str(folder / "two") in printed.out
