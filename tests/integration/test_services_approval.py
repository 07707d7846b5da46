"""Approval: what the board reads, what is marked, and who is told to have delivered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.approval import counted_basis
from smartfin.services.board import board_view
from smartfin.services.compare import compare_view
from smartfin.services.country.view import country_view
from smartfin.services.frame import frame_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.status import status_document
from smartfin.services.tile import Tile
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
MARK = WORDS.text("approval.waiting-mark")
APPROVED_ON = datetime(2023, 2, 1, 12, tzinfo=UTC)
WORSE = {**AT_BALANCE, "staff_costs": 80.0}
SINCE = Quarter(2021, 3)


def quick(settings: Settings, *, approval: bool = False) -> Settings:
    """With an outlook that is soon drawn."""
    outlook = replace(settings.outlook, paths=100)
    return replace(settings, outlook=outlook, approval=approval)


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    """With approval on: Spain approved up to 2022-Q3, its 2022-Q4 waits."""
    opened = open_smartfin(quick(empty_settings, approval=True))
    first = hand_in(opened, "ES", book(AT_BALANCE, SINCE, Quarter(2022, 3)))
    opened.ledger.approve([first.id], "fin", APPROVED_ON)
    hand_in(
        opened,
        "ES",
        book(WORSE, Quarter(2022, 4), Quarter(2022, 4)),
        at=datetime(2023, 2, 3, tzinfo=UTC),
    )
    return opened


def tile_of(smartfin: Smartfin, basis: Basis, partner: str = "ES") -> Tile:
    view = board_view(smartfin, WORDS, basis=basis)
    (tile,) = [tile for tile in view.tiles if tile.partner == partner]
    return tile


def test_the_board_reads_what_was_approved(smartfin: Smartfin) -> None:
    tile = tile_of(smartfin, Basis.APPROVED)
    assert tile.quarter == "Q3 2022"
    assert tile.gap.value == pytest.approx(0.0)
    assert not tile.provisional
    assert "provisional" not in tile.state


def test_what_is_accepted_but_not_approved_makes_the_verdict_provisional(
    smartfin: Smartfin,
) -> None:
    tile = tile_of(smartfin, Basis.ACCEPTED)
    assert tile.quarter == "Q4 2022"
    assert tile.gap.value == pytest.approx(-15.0)
    assert tile.provisional
    assert tile.state == f"{WORDS.text(f'verdict.{tile.verdict.state.value}')}, provisional"
    view = board_view(smartfin, WORDS, basis=Basis.ACCEPTED)
    assert WORDS.text("board.message.provisional", names="Spain") in view.message
    assert view.table is not None
    assert [row[0].note for row in view.table.rows if row[0].text == "Spain"] == [MARK]
    assert view.group is not None
    assert view.group.provisional


def test_an_approval_counts_from_its_moment_on(smartfin: Smartfin) -> None:
    before = board_view(smartfin, WORDS, as_of=date(2023, 1, 31), basis=Basis.APPROVED)
    after = board_view(smartfin, WORDS, as_of=date(2023, 2, 1), basis=Basis.APPROVED)
    assert before.reporting_quarter is None
    assert after.reporting_quarter == Quarter(2022, 3)


def test_nothing_is_provisional_once_it_is_approved(smartfin: Smartfin) -> None:
    waiting = [each.id for each in smartfin.ledger.submissions() if not each.approved]
    smartfin.ledger.approve(waiting, "fin", datetime(2023, 2, 10, tzinfo=UTC))
    assert not tile_of(smartfin, Basis.ACCEPTED).provisional
    assert tile_of(smartfin, Basis.APPROVED).quarter == "Q4 2022"
    then = status_document(smartfin, WORDS, None, date(2023, 2, 9), Basis.ACCEPTED)
    assert then["partners"][0]["provisional"]


def test_a_quarter_before_the_unapproved_one_is_not_provisional(smartfin: Smartfin) -> None:
    document = status_document(smartfin, WORDS, Quarter(2022, 3), basis=Basis.ACCEPTED)
    assert not document["partners"][0]["provisional"]


def test_a_figure_an_approved_workbook_repeats_is_approved(smartfin: Smartfin) -> None:
    again = book(WORSE, Quarter(2022, 4), Quarter(2022, 4))
    second = hand_in(smartfin, "ES", again, name="again.xlsx")
    assert smartfin.ledger.unapproved() == {"ES": frozenset({Quarter(2022, 4)})}
    smartfin.ledger.approve([second.id], "fin", datetime(2023, 3, 1, tzinfo=UTC))
    assert smartfin.ledger.unapproved() == {}
    assert smartfin.ledger.unapproved(datetime(2023, 2, 20, tzinfo=UTC)) != {}


def test_a_restatement_that_waits_is_told_apart_from_the_figure_approved(
    smartfin: Smartfin,
) -> None:
    corrected = book(
        {**AT_BALANCE, "staff_costs": 66.0},
        Quarter(2022, 2),
        Quarter(2022, 2),
    )
    hand_in(smartfin, "ES", corrected, name="corrected.xlsx")
    assert smartfin.ledger.unapproved()["ES"] == {Quarter(2022, 2), Quarter(2022, 4)}


def test_an_unapproved_budget_marks_the_plan_and_not_the_verdict(smartfin: Smartfin) -> None:
    waiting = [each.id for each in smartfin.ledger.submissions() if not each.approved]
    smartfin.ledger.approve(waiting, "fin", datetime(2023, 2, 10, tzinfo=UTC))
    voted = book(AT_BALANCE, Quarter(2022, 1), Quarter(2022, 4), scenario=Scenario.BUDGET)
    hand_in(smartfin, "ES", voted, name="budget.xlsx")
    assert smartfin.ledger.unapproved() == {}
    view = country_view(smartfin, WORDS, "ES", basis=Basis.ACCEPTED)
    assert view.tile is not None
    assert not view.tile.provisional
    plan = view.section("plan")
    assert plan is not None
    assert [chart.table.mark for chart in plan.charts] == [MARK]
    assert {chart.table.mark for chart in view.charts if chart not in plan.charts} == {""}


def test_charts_tables_and_sources_bear_the_mark(smartfin: Smartfin) -> None:
    view = country_view(smartfin, WORDS, "ES", basis=Basis.ACCEPTED)
    assert len(view.charts) >= 6
    for chart in view.charts:
        assert MARK in chart.figure.layout.title.text
        assert "dash" in {shape.line.dash for shape in chart.figure.layout.shapes}
    assert {table.mark for table in view.tables} == {MARK}
    assert {row.amount.note for row in view.sources} == {MARK}
    compared = compare_view(smartfin, WORDS, ("ES",), basis=Basis.ACCEPTED)
    assert compared.table is not None
    assert [row[1].note for row in compared.table.rows] == [MARK]
    approved = country_view(smartfin, WORDS, "ES", basis=Basis.APPROVED)
    assert {row.amount.note for row in approved.sources} == {""}
    assert all(MARK not in chart.figure.layout.title.text for chart in approved.charts)


def test_nothing_is_marked_where_nobody_approves(empty_settings: Settings) -> None:
    alone = open_smartfin(quick(empty_settings))
    hand_in(alone, "ES", book(AT_BALANCE, SINCE))
    assert not tile_of(alone, Basis.ACCEPTED).provisional
    assert frame_view(alone, WORDS).waiting == ""


def test_which_figures_count_unless_asked(empty_settings: Settings) -> None:
    on = replace(empty_settings, approval=True)
    assert counted_basis(empty_settings, None) is Basis.ACCEPTED
    assert counted_basis(on, None) is Basis.APPROVED
    assert counted_basis(on, Basis.ACCEPTED) is Basis.ACCEPTED
    with pytest.raises(InputError, match="approval-off"):
        counted_basis(empty_settings, Basis.APPROVED)


def test_the_frame_counts_what_waits_on_the_day(smartfin: Smartfin) -> None:
    now = frame_view(smartfin, WORDS, basis=Basis.APPROVED)
    assert now.waiting == WORDS.plural("approval.waiting-approved", 1)
    both = frame_view(smartfin, WORDS, date(2023, 1, 31), Basis.ACCEPTED)
    assert both.waiting == WORDS.plural("approval.waiting-accepted", 1)
    smartfin.ledger.withdraw(2, "wrong file", "fin", datetime(2023, 3, 1, tzinfo=UTC))
    assert frame_view(smartfin, WORDS).waiting == ""


def test_a_meeting_is_named_in_the_frame(smartfin: Smartfin) -> None:
    day_end = datetime(2023, 2, 2, 23, 59, 59, 999999, tzinfo=UTC)
    smartfin.ledger.pin("Board", day_end, "fin", datetime(2023, 2, 5, tzinfo=UTC))
    smartfin.ledger.pin("Noon", datetime(2023, 2, 1, 12, tzinfo=UTC), "fin", day_end)
    board, noon = frame_view(smartfin, WORDS).meetings
    assert (board.name, board.as_of) == ("Board", date(2023, 2, 2))
    assert noon.as_of == datetime(2023, 2, 1, 12, tzinfo=UTC)
    there = frame_view(smartfin, WORDS, as_of=date(2023, 2, 2))
    assert there.as_of_text == "Board, as known on 2 Feb 2023"
    elsewhere = frame_view(smartfin, WORDS, as_of=date(2023, 2, 3))
    assert elsewhere.as_of_text == WORDS.text("frame.asof.chosen", day=date(2023, 2, 3))


def delivered_by(smartfin: Smartfin, as_of: date, basis: Basis = Basis.ACCEPTED) -> str:
    return board_view(smartfin, WORDS, as_of=as_of, basis=basis).delivered


def test_who_has_delivered_and_who_is_late_stands_beside_the_totals(
    empty_settings: Settings,
) -> None:
    smartfin = open_smartfin(quick(empty_settings))
    for partner in ("ES", "IT", "DE", "AT"):
        hand_in(smartfin, partner, book(AT_BALANCE, SINCE))
    hand_in(smartfin, "SE", book(AT_BALANCE, SINCE, Quarter(2022, 3), currency="SEK"))
    early, late = date(2023, 1, 30), date(2023, 2, 11)
    assert delivered_by(smartfin, early) == (
        "4 of 5 have delivered Q4 2022; due by 30 Jan 2023: Sweden"
    )
    said = "4 of 5 have delivered Q4 2022; 12 days late: Sweden"
    assert delivered_by(smartfin, late) == said
    view = board_view(smartfin, WORDS, as_of=late)
    assert view.group is not None
    assert view.group.delivered == said
    assert compare_view(smartfin, WORDS, ("ES", "SE"), as_of=late).delivered == (
        "1 of 2 have delivered Q4 2022; 12 days late: Sweden"
    )
    assert compare_view(smartfin, WORDS, ("NL",), as_of=late).delivered == ""
    last = book(AT_BALANCE, Quarter(2022, 4), Quarter(2022, 4), currency="SEK")
    hand_in(smartfin, "SE", last, at=datetime(2023, 2, 12, tzinfo=UTC), name="late.xlsx")
    assert delivered_by(smartfin, date(2023, 2, 12)) == "5 of 5 have delivered Q4 2022"
    document = status_document(smartfin, WORDS, as_of=late)
    assert document["deliveries"]["missing"] == ["SE"]
    assert document["deliveries"]["days_late"] == 12


def test_a_sample_delivers_nothing_beside_real_figures(empty_settings: Settings) -> None:
    smartfin = open_smartfin(quick(empty_settings))
    hand_in(smartfin, "ES", book(AT_BALANCE, SINCE))
    hand_in(smartfin, "IT", book(AT_BALANCE, SINCE), synthetic=True)
    assert delivered_by(smartfin, date(2023, 1, 30)).startswith("1 of 5")


def test_who_handed_in_but_waits_is_not_called_late(smartfin: Smartfin) -> None:
    hand_in(smartfin, "IT", book(AT_BALANCE, SINCE))
    second = hand_in(smartfin, "DE", book(AT_BALANCE, SINCE))
    smartfin.ledger.approve([second.id], "fin", datetime(2023, 2, 10, tzinfo=UTC))
    said = delivered_by(smartfin, date(2023, 2, 11), Basis.APPROVED)
    assert said == (
        "3 of 5 have delivered Q4 2022; 12 days late: Sweden and Austria"
        " · not approved yet: Spain and Italy"
    )


@pytest.fixture
def command(
    smartfin: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command over that ledger: exit code, what it printed, what it told."""
    monkeypatch.setenv("SMARTFIN_DATABASE", smartfin.settings.database)
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    monkeypatch.setenv("SMARTFIN_APPROVAL", "1")

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        return code, *capsys.readouterr()

    return ran


def test_the_command_line_takes_the_basis(command: Callable[..., tuple[int, str, str]]) -> None:
    _, printed, told = command("status", "--json")
    usual = json.loads(printed)
    assert (usual["basis"], usual["reporting_quarter"]) == ("approved", "2022-Q3")
    assert WORDS.plural("approval.waiting-approved", 1) in told
    _, printed, _ = command("status", "--basis", "accepted", "--json")
    accepted = json.loads(printed)
    assert accepted["reporting_quarter"] == "2022-Q4"
    marks = {row["partner"]: row["provisional"] for row in accepted["partners"]}
    assert (marks["ES"], marks["IT"]) == (True, False)
    assert ", provisional" in command("status", "--basis", "accepted")[1]


def test_facts_say_what_waits(command: Callable[..., tuple[int, str, str]]) -> None:
    _, printed, _ = command("facts", "--json")
    assert {row["quarter"] for row in json.loads(printed)["facts"]}.isdisjoint({"2022-Q4"})
    _, printed, _ = command("facts", "--basis", "accepted", "--json")
    waits = {row["quarter"]: row["provisional"] for row in json.loads(printed)["facts"]}
    assert (waits["2022-Q4"], waits["2022-Q3"]) == (True, False)
    assert MARK in command("facts", "--basis", "accepted")[1]


def test_a_basis_that_is_none_is_refused(
    command: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, printed, _ = command("status", "--basis", "guessed", "--json")
    assert (code, json.loads(printed)["error"]["code"]) == (2, "choice-unknown")
    monkeypatch.setenv("SMARTFIN_APPROVAL", "0")
    code, printed, _ = command("status", "--basis", "approved", "--json")
    assert (code, json.loads(printed)["error"]["code"]) == (2, "approval-off")


def test_a_day_to_come_counts_as_today_and_is_told(
    command: Callable[..., tuple[int, str, str]],
) -> None:
    _, printed, told = command("facts", "--as-of", "9998-01-01", "--json")
    assert printed == command("facts", "--json")[1]
    assert "1 Jan 9998" in told


def test_a_day_before_the_first_workbook_is_told(
    command: Callable[..., tuple[int, str, str]],
) -> None:
    code, printed, told = command("facts", "--as-of", "2010-01-01", "--json")
    assert (code, json.loads(printed)) == (0, {"facts": []})
    assert WORDS.text("empty.asof") in told
