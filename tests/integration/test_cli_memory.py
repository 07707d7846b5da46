"""The command line remembers, explains and names stages; reading never makes a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from tests.integration.intake_books import GRANTS, KILO, Q3, Q4, printing, settled, workbook

Ran = tuple[int, Any]
Command = Callable[..., Ran]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "made" / "smartfin.db"


@pytest.fixture
def command(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command with ``--json`` over a ledger of its own: exit code and document."""
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{database}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")

    def ran(*arguments: str | Path) -> Ran:
        code = run([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ran


@pytest.fixture
def third(tmp_path: Path) -> Path:
    return written(tmp_path / "third.xlsx", workbook(Q3, printing(25.0)))


@pytest.fixture
def fourth(tmp_path: Path) -> Path:
    return written(tmp_path / "fourth.xlsx", workbook(Q4, KILO))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def answered(quarter: Any = Q3) -> list[str]:
    return [part for each in settled(quarter).items() for part in ("--answer", "=".join(each))]


def imported(command: Command, *arguments: str | Path) -> dict[str, Any]:
    _, document = command("import", *arguments, "--partner", "AT", "--by", "ana")
    (file,) = document["files"]
    return dict(file)


def asked(document: dict[str, Any]) -> set[str]:
    return {question["id"] for question in document["questions"]}


def test_reading_without_a_ledger_makes_none(command: Command, third: Path, database: Path) -> None:
    code, document = command("read", third, "--partner", "AT")
    assert code == 0
    assert asked(document) == set(settled(Q3))
    assert not database.parent.exists()


def test_read_and_import_say_the_same_of_what_was_settled_before(
    command: Command, third: Path, fourth: Path
) -> None:
    assert imported(command, third, *answered())["submission"] == 1
    _, read = command("read", fourth, "--partner", "AT")
    assert asked(read) == set()
    reasons = {row["reason"] for row in read["mapping"] if row["item"] == "operating_grants"}
    assert reasons == {"remembered"}
    _, bare = command("read", fourth, "--partner", "AT", "--no-memory")
    assert asked(bare) == set(settled(Q4))
    assert imported(command, fourth)["submission"] == 2


def test_reading_beside_a_ledger_that_cannot_be_read_reads_the_workbook_alone(
    command: Command, fourth: Path, database: Path
) -> None:
    database.parent.mkdir()
    database.write_bytes(b"no database at all, but long enough to look like something" * 99)
    code, document = command("read", fourth, "--partner", "AT")
    assert code == 0
    assert asked(document) == set(settled(Q4))


def test_answers_are_listed_with_who_settled_them_and_can_be_asked_again(
    command: Command, third: Path, fourth: Path
) -> None:
    imported(command, third, *answered())
    _, document = command("answers", "--partner", "at")
    assert [(row["partner"], row["id"], row["value"], row["by"], row["submission"])
            for row in document["answers"]] == [
        ("AT", GRANTS, "operating_grants", "ana", 1),
        ("AT", "unit:guv", "1000", "ana", 1),
    ]  # fmt: skip
    _, left = command("answers", "--partner", "AT", "--forget", GRANTS, "--by", "bo")
    assert [row["id"] for row in left["answers"]] == ["unit:guv"]
    assert asked(imported(command, fourth)) == {GRANTS}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("answers", "--forget", GRANTS), "answer-of-whom"),
        (("answers", "--partner", "AT", "--forget", GRANTS), "answer-unknown"),
        (("answers", "--partner", "XX"), "partner-unknown"),
        (("import", __file__, "--explain", "no key"), "explanation-unreadable"),
        (("import", __file__, "--stage", "guessed"), "usage"),
    ],
)
def test_what_cannot_be_run_exits_with_two_and_says_why(
    command: Command, arguments: tuple[str, ...], code: str
) -> None:
    exit_code, document = command(*arguments)
    assert exit_code == 2
    assert document["error"]["code"] == code
    assert document["error"]["message"]


def test_a_warning_explained_once_carries_its_answer_from_then_on(
    command: Command, third: Path
) -> None:
    _, before = command("read", third, "--partner", "AT", *answered())
    (warning,) = [each for each in before["findings"] if each["code"] == "result-differs"]
    assert "answer" not in warning
    explained = f"{warning['key']}=Rounded by hand, 24.6 = 25"
    file = imported(command, third, *answered(), "--explain", explained)
    (carried,) = [each for each in file["findings"] if "answer" in each]
    assert carried["key"] == warning["key"]
    assert carried["answer"]["sentence"] == "Rounded by hand, 24.6 = 25"
    assert carried["answer"]["by"] == "ana"
    _, again = command("read", third, "--partner", "AT")
    assert [each["answer"] for each in again["findings"] if "answer" in each] == [carried["answer"]]


def test_the_stage_is_what_the_person_says_else_what_the_workbook_says(
    command: Command, third: Path, tmp_path: Path
) -> None:
    assert imported(command, third, *answered())["stage"] == "management"
    titled = written(tmp_path / "t.xlsx", workbook(Q4, title="Geprüfter Abschluss"))
    assert command("read", titled, "--partner", "AT")[1]["stage"] == "audited"
    assert imported(command, titled, "--stage", "closed")["stage"] == "closed"


def test_reading_tells_candidates_sheets_and_the_key_of_each_finding(
    command: Command, third: Path
) -> None:
    _, document = command("read", third, "--partner", "AT")
    (grants,) = [row for row in document["mapping"] if row["label"] == "Zuschüsse"]
    assert "operating_grants" in grants["candidates"]
    (sheet,) = document["sheets"]
    assert (sheet["sheet"], sheet["used"], sheet["statement"]) == ("GuV Q3 2022", True, "pnl")
    assert all(finding["key"].startswith(finding["code"]) for finding in document["findings"])


def test_people_are_told_what_to_settle_and_the_key_to_answer_by(
    command: Command, third: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(third), "--partner", "AT"])
    printed = capsys.readouterr().out
    assert all(f"? {question}:" in printed for question in settled(Q3))
    run(["import", str(third), "--partner", "AT", *answered()])
    assert "[result-differs:" in capsys.readouterr().out
    run(["answers"])
    assert f"AT\t{GRANTS}\toperating_grants\tcommand line" in capsys.readouterr().out
