"""Sums over all partners from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from smartfin.quarter import Quarter
from smartfin.services.start import open_smartfin
from smartfin.settings import read_settings
from tests.builders import AT_BALANCE, book, hand_in

LAST = Quarter(2022, 4)


@pytest.fixture(autouse=True)
def filled_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spain and Italy in euro, Sweden in kronor, a German sample."""
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    smartfin = open_smartfin(read_settings())
    for partner, currency, synthetic in (
        ("ES", "EUR", False),
        ("IT", "EUR", False),
        ("SE", "SEK", False),
        ("DE", "EUR", True),
    ):
        facts = book(AT_BALANCE, LAST, LAST, currency)
        hand_in(smartfin, partner, facts, synthetic=synthetic)
    smartfin.ledger.close()


def totals(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[Any, ...]]:
    """Unit, made up or not, amount and how many partners state it."""
    assert run(["totals", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["totals"]
    return [(each["unit"], each["synthetic"], each["amount"], each["partners"]) for each in found]


def test_sums_keep_currencies_and_samples_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert totals(capsys, "--item", "fee_revenue", "--quarter", "2022-Q4") == [
        ("EUR", False, 160.0, 2),
        ("EUR", True, 80.0, 1),
        ("SEK", False, 80.0, 1),
    ]


def test_what_group_finances_list_says_again_is_added_to_no_sum(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ["--item", "group_contribution_received", "--quarter", "2022-Q4"]
    before = totals(capsys, *given)
    smartfin = open_smartfin(read_settings())
    facts = book({"group_contribution_received": 7.0, "group_guarantees": 9.0}, LAST, LAST)
    hand_in(smartfin, "GROUP-ES", facts, name="list.xlsx")
    smartfin.ledger.close()
    assert totals(capsys, *given) == before == [
        ("EUR", False, 8.0, 2), ("EUR", True, 4.0, 1), ("SEK", False, 4.0, 1),
    ]  # fmt: skip
    assert totals(capsys, "--item", "group_guarantees") == []


def test_a_withdrawn_workbook_is_in_no_sum_from_then_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["withdraw", "2", "--reason", "wrong", "--json"]) == 0
    capsys.readouterr()
    assert totals(capsys, "--item", "fee_revenue")[0] == ("EUR", False, 80.0, 1)


def test_an_item_nobody_knows_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["totals", "--item", "fees", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "item-unknown"


def test_people_read_a_line_for_each_sum(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["totals", "--item", "fee_revenue", "--lang", "nl"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("K4 2022")
    assert "160\N{NO-BREAK SPACE}EUR (2 partners)" in first
