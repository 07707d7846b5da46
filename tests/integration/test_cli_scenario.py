"""Scenarios from the command line: their JSON is a contract with scripts outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import read_settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, HISTORY, book, hand_in

Printed = Callable[..., tuple[int, str]]

# A partner short of break-even, with what levers move; its volume goes up and down.
SHORT: Mapping[str, float] = {
    **AT_BALANCE, "fee_rate": 8.0, "staff_costs": 80.0, "adviser_costs": 30.0,
    "member_services_costs": 6.0, "member_payroll_cost": 850.0, "median_member_volume": 15.0,
}  # fmt: skip
GOAL = 'partner = "at"\n[goal]\nprobability = 0.65\n'
FEE = '[[lever]]\nlever = "fee"\namount = {amount}\nstart = "2023-Q1"\n'


def uneven(quarter: Quarter) -> Mapping[str, float]:
    """Volume and fees in fits and starts around 1,000 and 80."""
    swing = 1 + 0.02 * ((quarter.ordinal * 7) % 5 - 2) + 0.012 * (quarter - HISTORY[0])
    moving = {"invoiced_volume", "fee_revenue", "member_payroll_cost"}
    return {item: amount * (swing if item in moving else 1) for item, amount in SHORT.items()}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Smartfin]:
    """A ledger with the books of Austria, and of Germany for too short a time."""
    address = f"sqlite:///{tmp_path_factory.mktemp('scenario') / 'smartfin.db'}"
    smartfin = open_smartfin(read_settings({"SMARTFIN_DATABASE": address, "SMARTFIN_SAMPLES": "0"}))
    hand_in(smartfin, "AT", book(uneven))
    hand_in(smartfin, "DE", book(SHORT, first=Quarter(2022, 1)))
    yield smartfin
    smartfin.ledger.close()


@pytest.fixture
def printed(
    opened: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Printed:
    """Runs ``scenario`` with arguments: exit code, and what it printed.

    Every command finds the same ledger opened, so that partners are judged once.
    """
    monkeypatch.setattr("smartfin.cli.scenario.opened_smartfin", lambda: opened)

    def ran(*arguments: str | Path) -> tuple[int, str]:
        code = run(["scenario", *map(str, arguments)])
        return code, capsys.readouterr().out

    return ran


def test_a_goal_put_back_in_from_a_file_lands(printed: Printed, tmp_path: Path) -> None:
    file = tmp_path / "at.toml"
    file.write_text(GOAL, encoding="utf-8")
    code, text = printed("run", file, "--json")
    first: dict[str, Any] = json.loads(text)
    assert code == 0
    assert json.dumps(first["base"]) == json.dumps(first["scenario"])
    assert (first["partner"], first["target"], first["changes"]) == ("AT", "2023-Q4", {})
    assert first["base"]["probability_unrounded"] < 0.65
    (fee,) = [each for each in first["goal"]["levers"] if each["lever"] == "fee"]

    file.write_text(GOAL + FEE.format(amount=fee["amount"]), encoding="utf-8")
    second = json.loads(printed("run", file, "--json")[1])
    assert second["scenario"]["probability_unrounded"] == fee["probability_unrounded"] >= 0.65
    assert second["base"] == first["base"]
    assert [each["amount"] for each in second["goal"]["levers"]][:1] == [0.0]
    parts = sum(each["amount"] for each in second["difference"]["by_part"])
    assert parts == pytest.approx(second["difference"]["result"], rel=1e-9)

    code, text = printed("run", file, "--lang", "nl")
    assert code == 0
    words = words_of("nl")
    assert words.text("lever.fee") in text
    assert words.text("cli.scenario.enough") in text
    assert words.percent(second["scenario"]["probability"]) in text


def test_seek_and_levers(printed: Printed) -> None:
    code, text = printed("seek", "AT", "--probability", "0.65", "--lever", "fee", "--json")
    document = json.loads(text)
    assert (code, document["goal"]["together"]) == (0, None)
    assert [each["lever"] for each in document["goal"]["levers"]] == ["fee"]
    levers = json.loads(printed("levers", "AT", "--json")[1])["levers"]
    assert {each["lever"]: each["reason"] for each in levers if not each["available"]} == {
        "support": "support-not-counted"
    }
    lines = printed("levers", "AT", "--lang", "de")[1].splitlines()
    (row,) = [line for line in lines if line.startswith(words_of("de").text("lever.fee"))]
    assert " fee " in row
    assert words_of("de").percent(0.08, 1) in row


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        (GOAL.replace("probability", "odds"), "scenario-key-unknown", "goal.odds"),
        (GOAL + FEE.format(amount=3), "scenario-malformed", "fee.amount"),
        (GOAL + '[[bound]]\nlever = "fee"\nmin = 0.2\nmax = 0.3\n', "scenario-malformed", "fee"),
        ("partner = ?", "scenario-no-toml", "line 1"),
        ('partner = "XX"', "partner-unknown", "XX"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(
    printed: Printed, tmp_path: Path, written: str, code: str, told: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(written, encoding="utf-8")
    exit_code, text = printed("run", file, "--json")
    error = json.loads(text)["error"]

    assert (exit_code, error["code"]) == (2, code)
    assert error["message"].startswith("bad.toml: ")
    assert told in error["message"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("levers", "DE"), "scenario-impossible"),  # four quarters are too early
        (("levers", "NL"), "scenario-impossible"),  # inactive
        (("levers", "XX"), "partner-unknown"),
        (("levers", "AT", "--quarter", "2030-Q1"), "quarter-not-known"),
        (("seek", "AT", "--probability", "1.5"), "scenario-malformed"),
        (("seek", "AT", "--probability", "0.5", "--lever", "tax"), "choice-unknown"),
        (("run", "nowhere.toml"), "file-unreadable"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    printed: Printed, arguments: tuple[str, ...], code: str
) -> None:
    exit_code, text = printed(*arguments, "--json")

    assert (exit_code, json.loads(text)["error"]["code"]) == (2, code)
