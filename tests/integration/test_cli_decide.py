"""Deciding from the command line: its JSON is a contract with scripts outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from smartfin.quarter import Quarter
from smartfin.services.start import open_smartfin
from smartfin.settings import read_settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in
from tests.integration.intake_books import KILO, Q4, settled, workbook

Command = Callable[..., tuple[int, Any]]

WORDS = words_of("nl")
LAST = Quarter(2022, 4)


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs a command with ``--json`` over a ledger with two Spanish workbooks: the second raises
    the fees of the last quarter from 80 to 100.
    """
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    smartfin = open_smartfin(read_settings())
    hand_in(smartfin, "ES", book(AT_BALANCE), name="first.xlsx")
    hand_in(smartfin, "ES", book({**AT_BALANCE, "fee_revenue": 100.0}, LAST), name="second.xlsx")
    smartfin.ledger.close()

    def ran(*arguments: str) -> tuple[int, Any]:
        code = run([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    yield ran


def test_withdraw_tells_the_figures_that_went_back(command: Command) -> None:
    code, document = command("withdraw", "2", "--reason", "wrong file", "--by", "Ann")
    assert code == 0
    (decision,) = document["decisions"]
    assert (decision["kind"], decision["submission"], decision["by"], decision["reason"]) == (
        "withdrawal",
        2,
        "Ann",
        "wrong file",
    )
    (change,) = document["changes"]
    assert (change["item"], change["old"], change["new"]) == ("fee_revenue", 100.0, 80.0)
    assert (change["change"], change["change_ratio"]) == (-20.0, pytest.approx(-0.2))
    assert (change["file"], change["sheet"], change["cell"]) == ("first.xlsx", "Sheet", "C3")
    code, refused = command("withdraw", "2", "--reason", "again")
    assert (code, refused["error"]["code"]) == (2, "already-withdrawn")
    assert command("withdraw", "1")[1]["error"]["code"] == "reason-missing"


def test_history_lists_submissions_and_decisions(command: Command) -> None:
    command("withdraw", "2", "--reason", "wrong file")
    code, document = command("history")
    assert code == 0
    first, second = document["submissions"]
    assert (first["file"], first["new"], first["withdrawn"]) == (
        "first.xlsx",
        len(book(AT_BALANCE)),
        None,
    )
    assert (second["restated"], second["withdrawn"]) == (1, document["decisions"][0]["at"])


def test_changes_between_two_days(command: Command) -> None:
    code, document = command("changes", "--since", "2022-12-31", "--until", "2023-12-31")
    assert code == 0
    assert {each["old"] for each in document["changes"]} == {None}
    assert len(document["changes"]) == len(book(AT_BALANCE))
    assert command("changes", "--since", "2023-12-31", "--partner", "ES")[1]["changes"] == []
    assert command("changes", "--since", "soon")[1]["error"]["code"] == "date-unreadable"
    assert command("changes", "--since", "2022-12-31", "--partner", "XX")[1]["error"]


def test_a_meeting_is_pinned_listed_and_taken_away(command: Command) -> None:
    code, document = command("pin", "Board of May", "--date", "2023-05-31", "--by", "Ann")
    assert code == 0
    number = document["decisions"][0]["decision"]
    (pin,) = command("pins")[1]["pins"]
    assert (pin["pin"], pin["name"], pin["by"]) == (number, "Board of May", "Ann")
    assert pin["moment"].startswith("2023-05-31T23:59:59")
    assert command("unpin", str(number))[0] == 0
    assert command("pins")[1] == {"pins": []}
    assert command("unpin", str(number))[1]["error"]["code"] == "pin-unknown"


def test_approving_all_that_waits_happens_once(command: Command) -> None:
    code, document = command("approve", "--all", "--by", "Bo")
    assert code == 0
    assert [each["submission"] for each in document["decisions"]] == [1, 2]
    assert command("approve", "--all")[1]["error"]["code"] == "nothing-to-approve"
    assert command("approve", "2")[1]["error"]["code"] == "already-approved"


def test_a_closed_quarter_is_restated_with_a_reason_only(command: Command, tmp_path: Path) -> None:
    answers = [f"--answer={key}={value}" for key, value in settled(Q4).items()]
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    first.write_bytes(workbook(Q4))
    second.write_bytes(workbook(Q4, {**KILO, "IT-Kosten": 21.0}))
    about = ["--partner", "AT", *answers]
    assert command("import", str(first), *about)[0] == 0
    assert command("close", "2022-Q4", "--by", "Bo")[0] == 0
    code, document = command("import", str(second), *about)
    assert (code, document["files"][0]["error"]["code"]) == (1, "quarter-closed")
    code, document = command("import", str(second), *about, "--restate", "late invoice")
    assert code == 0
    assert command("history")[1]["submissions"][-1]["restates"] == "late invoice"
    assert command("reopen", "2022-Q4")[1]["error"]["code"] == "reason-missing"
    assert command("reopen", "2022-Q4", "--reason", "books were wrong")[0] == 0
    assert command("history")[1]["closed"] == []


def test_deliveries_say_who_is_late_and_what_is_missing(command: Command) -> None:
    code, document = command("deliveries", "--as-of", "2023-02-15")
    assert code == 0
    found = {each["partner"]: each for each in document["deliveries"]}
    assert document["day"] == "2023-02-15"
    assert (found["ES"]["delivery"], found["ES"]["required"], found["ES"]["usual"]) == (
        "on-time",
        1.0,
        1.0,
    )
    assert (found["IT"]["delivery"], found["IT"]["days"]) == ("overdue", 16)
    assert found["IT"]["missing_required"]


def test_people_read_lines_in_their_language(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    command("pin", "Board")
    for line in (
        ["history"],
        ["pins"],
        ["deliveries"],
        ["changes", "--since", "2022-12-31"],
        ["close", "2022-Q4"],
        ["withdraw", "2", "--reason", "wrong"],
    ):
        assert run([*line, "--lang", "nl"]) == 0
        said = capsys.readouterr().out
    assert said == WORDS.plural("decided.withdrawal", 1, submission=2) + "\n"


def test_a_remark_on_a_flag_is_told_and_listed(command: Command) -> None:
    said = ("--by", "Ann", "--quarter", "2022-Q3")
    code, document = command("remark", "es", "coverage", "New fee in May.", *said)
    assert code == 0
    (decision,) = document["decisions"]
    assert (decision["kind"], decision["topic"], decision["quarter"], decision["reason"]) == (
        *("remark", "coverage"),
        *("2022-Q3", "New fee in May."),
    )
    _, listed = command("remarks", "--partner", "ES")
    assert [(each["rule"], each["text"], each["by"]) for each in listed["remarks"]] == [
        ("coverage", "New fee in May.", "Ann")
    ]
    _, history = command("history")
    assert history["decisions"] == document["decisions"]


def test_a_legal_matter_is_opened_listed_and_closed(command: Command) -> None:
    told = ("--text", "case 12", "--share", "0.3", "--by", "Bo")
    code, document = command("legal", "open", "ES", "Ruling", *told)
    assert code == 0
    (decision,) = document["decisions"]
    assert (decision["kind"], decision["share"]) == ("legal-opening", 0.3)
    number = str(decision["decision"])
    _, status = command("status")
    (row,) = [row for row in status["partners"] if row["partner"] == "ES"]
    assert {"legal_open", "legal_share"} <= {flag["rule"] for flag in row["flags"]}
    code, _ = command("legal", "close", number, "--reason", "settled", "--by", "Cy")
    assert code == 0
    _, listed = command("legal", "list")
    (matter,) = listed["legal"]
    assert (matter["title"], matter["text"], matter["owner"]) == ("Ruling", "case 12", "Bo")
    assert (matter["opened"], matter["closed"], matter["closed_by"]) == (
        *("2022-Q4", "2022-Q4"),
        "Cy",
    )
    _, status = command("status")
    (row,) = [row for row in status["partners"] if row["partner"] == "ES"]
    assert not {"legal_open", "legal_share"} & {flag["rule"] for flag in row["flags"]}
    code, document = command("erase", number, "--by", "Cy")
    assert (code, [each["kind"] for each in document["decisions"]]) == (0, ["erasure"])
    _, listed = command("legal", "list")
    (matter,) = listed["legal"]
    assert (matter["title"], matter["text"], matter["outcome"]) == ("", "", "")


def test_the_command_line_explains_a_rule_by_the_figure_it_reads(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = command("explain", "ES", "2022-Q4", "group_dependency_rising")
    assert code == 0
    assert document["formula"] == "quarters in a row in which group_dependency rose"
    assert run(["explain", "ES", "2022-Q4", "group_dependency_rising"]) == 0
    assert 'Early warning "Dependence on the group is rising": amber from 4' in (
        capsys.readouterr().out
    )


def test_a_vote_is_recorded_listed_withdrawn_and_erased(command: Command) -> None:
    told = ("--on", "2023-01-10", "--in-favour", "0.78", "--text", "Fee of 8.5 %", "--by", "Bo")
    code, document = command("vote", "record", "es", "2023-Q3", *told, "--turnout", "0.31")
    assert (code, document["changes"]) == (0, [])
    (decision,) = document["decisions"]
    assert (decision["kind"], decision["held"], decision["turnout"], decision["topic"]) == (
        *("vote", "2023-01-10", 0.31),
        None,
    )
    number = str(decision["decision"])
    (listed,) = command("vote", "list", "--partner", "ES")[1]["votes"]
    assert (listed["partner"], listed["quarter"], listed["in_favour"]) == ("ES", "2023-Q3", 0.78)
    assert (listed["text"], listed["by"], listed["withdrawn"]) == ("Fee of 8.5 %", "Bo", None)
    assert command("vote", "list", "--partner", "AT")[1] == {"votes": []}
    withdrawing = ("vote", "withdraw", number, "--by", "Cy")
    assert command(*withdrawing)[1]["error"]["code"] == "reason-missing"
    assert command(*withdrawing, "--reason", "wrong year")[0] == 0
    assert command(*withdrawing, "--reason", "again")[1]["error"]["code"] == "vote-unknown"
    (listed,) = command("vote", "list")[1]["votes"]
    assert (listed["withdrawn_by"], listed["withdrawn_why"]) == ("Cy", "wrong year")
    assert command("erase", number)[0] == 0
    (listed,) = command("vote", "list")[1]["votes"]
    assert (listed["text"], listed["withdrawn_why"], listed["turnout"]) == ("", "", 0.31)
    assert (
        command("vote", "record", "XX", "2023-Q3", *told)[1]["error"]["code"] == "partner-unknown"
    )
    assert run(["vote", "list"]) == 0
