"""Named scenarios: on the figures of the day, side by side, then and now, and as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from smartfin.analysis.forecast.outlook import Outlook
from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario import (
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    as_mapping,
)
from smartfin.services.assessment import assess
from smartfin.services.record.note import note_remark
from smartfin.services.record.vote import member_votes_of, record_vote, withdraw_vote
from smartfin.services.scenario.bridge import bridge_table
from smartfin.services.scenario.change_words import event_words, setting_words
from smartfin.services.scenario.compared import comparison_remarks, comparison_table
from smartfin.services.scenario.comparison import (
    Alternative,
    Comparison,
    compared,
    difference_between,
)
from smartfin.services.scenario.frozen import plans_said, plans_table
from smartfin.services.scenario.ground import ground_of
from smartfin.services.scenario.named import Chosen, comparison_view, named_rows
from smartfin.services.scenario.saved import end_scenario, freeze_scenario, save_scenario
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import Settings, read_settings
from smartfin.store import Ballot
from smartfin.wording import LANGUAGES, words_of
from tests.builders import AT_BALANCE, book, gaining_members, hand_in

WORDS = words_of("en")
LAST, NEXT = Quarter(2022, 4), Quarter(2023, 1)
# 12 of 1,000 short a quarter, 10 of it in costs that a post adds or a fee of one point pays.
SHORT = gaining_members({**AT_BALANCE, "staff_costs": 70.0, "it_costs": 27.0})

FEE = Changes((LeverSetting(LeverCode.FEE, 0.02, NEXT),))
LATER = Changes(
    (LeverSetting(LeverCode.OTHER_FIXED, -0.1, NEXT),),
    (Event(EventKind.HIRE, NEXT + 1, 20.0, NEXT + 4, "Zoë"),),
)
SCRIPT = """
partner = "es"
name = "Fee up"
[[lever]]
lever = "fee"
amount = 0.02
start = "2023-Q1"
"""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def opened(settings: Settings) -> Smartfin:
    smartfin = open_smartfin(replace(settings, outlook=replace(settings.outlook, paths=60)))
    hand_in(smartfin, "ES", book(SHORT))
    return smartfin


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return opened(empty_settings)


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The present course, nothing changed, a higher fee, and costs cut with a post added."""
    place = tmp_path_factory.mktemp("named") / "smartfin.db"
    found = {"SMARTFIN_DATABASE": f"sqlite:///{place}", "SMARTFIN_SAMPLES": "0"}
    ground = ground_of(opened(read_settings(found)), "ES")
    every = (Alternative("Same", NO_CHANGES), Alternative("Fee", FEE), Alternative("Later", LATER))
    return compared(WORDS, ground, every)


def saved(smartfin: Smartfin, changes: Changes, name: str = "Plan", **more: Any) -> int:
    """Number of the version that was saved."""
    written = json.dumps(as_mapping(changes))
    (decision,) = save_scenario(smartfin, "ES", name, written, "ana", **more).decisions
    return decision.id


def test_nothing_changed_is_the_present_course_to_the_last_digit(side_by_side: Comparison) -> None:
    same = side_by_side.sides[0].scenario
    assert same.outlook == side_by_side.base.outlook
    assert same.mean == side_by_side.base.mean
    assert same.cash == side_by_side.base.cash
    table = comparison_table(WORDS, side_by_side)
    assert all(row[1].text == row[2].text for row in table.rows[:13])


def test_a_bridge_between_any_two_adds_up(side_by_side: Comparison) -> None:
    results = [side_by_side.base.mean.result]
    results += [side.scenario.mean.result for side in side_by_side.sides]
    for first, second in ((0, 2), (2, 3), (3, 2)):
        found = difference_between(side_by_side, first, second)
        assert found.start == pytest.approx(results[first])
        assert found.end == pytest.approx(results[second])
        assert sum(cell.amount for cell in found.cells) == pytest.approx(found.end - found.start)
    table = bridge_table(WORDS, side_by_side, 2, 3)
    *causes, whole = [[cell.value or 0.0 for cell in row[1:]] for row in table.rows]
    assert [sum(column) for column in zip(*causes, strict=True)] == pytest.approx(whole)
    assert plain(table.rows[2][0].text) == "New post (Zoë)"


def test_differences_say_what_is_good_for_the_result_and_for_members(
    side_by_side: Comparison,
) -> None:
    rows = {plain(row[0].text): row for row in comparison_table(WORDS, side_by_side).rows}
    result = rows["Expected result, four quarters to Q4 2023"]
    # 2 points of 4,000 invoiced in four quarters, from 4 x 12 short.
    assert [plain(cell.text) for cell in result[1:4]] == [
        "−48 EUR",
        "−48 EUR",
        "32 EUR (+80 EUR)",
    ]
    assert [cell.good for cell in result[1:4]] == [None, None, True]
    share = rows["Fee kept of each invoice"]
    assert [plain(cell.text) for cell in share[1:]] == ["–", "–", "+2.0 pp from Q1 2023", "–"]
    assert plain(rows["Dated events"][4].text) == (
        "New post (Zoë): 20 EUR a year, Q2 2023 to Q1 2024"
    )
    lands = rows["Lands"]
    assert [cell.good for cell in lands[1:4]] == [None, None, True]


def test_every_language_tells_them(side_by_side: Comparison) -> None:
    ramped = LeverSetting(LeverCode.VARIABLE_RATE, -0.0005, NEXT, 2)
    money = LeverSetting(LeverCode.SUPPORT, 1_000.0, NEXT)
    grant = Event(EventKind.GRANT, NEXT, 500.0)
    for words in map(words_of, LANGUAGES):
        assert comparison_table(words, side_by_side).rows
        assert bridge_table(words, side_by_side, 0, 3).rows
        assert setting_words(words, ramped, "EUR") != setting_words(words, money, "EUR")
        for event in (grant, Event(EventKind.FEE_VOTE, NEXT, 9.5), Event(EventKind.RENT, NEXT, 9)):
            assert event_words(words, event, "EUR")
    assert plain(setting_words(WORDS, ramped, "EUR")) == (
        "−0.05 pp from Q1 2023, in steps over 2 quarters"
    )


def test_a_saved_scenario_is_laid_on_newer_figures(smartfin: Smartfin) -> None:
    key = saved(smartfin, Changes(FEE.levers, LATER.events))
    (row,) = named_rows(smartfin, WORDS, "ES")
    assert (row.over, row.probability) == ("", 0.98)
    hand_in(smartfin, "ES", book(SHORT, NEXT, NEXT), name="next.xlsx")
    (row,) = named_rows(smartfin, WORDS, "ES")
    assert row.over.endswith("changes nothing any more: Fee kept of each invoice.")
    assert row.probability == 0.02
    view = comparison_view(smartfin, WORDS, "ES", Chosen((key, 99), FEE, after=7))
    assert view is not None
    assert view.names == ("Present course", "The changes at hand", "Plan")
    assert view.bridge is not None
    assert "(Present course)" in view.bridge.caption
    assert "(Plan)" in view.bridge.caption
    assert len(view.remarks) == 2
    same = comparison_view(smartfin, WORDS, "ES", Chosen((key,), after=0))
    assert same is not None
    assert same.bridge is None
    assert comparison_view(smartfin, WORDS, "ES", Chosen(())) is None


def test_a_plan_of_record_says_what_it_said_and_what_it_says(smartfin: Smartfin) -> None:
    number = saved(smartfin, FEE)
    freeze_scenario(smartfin, number, "January", "ana", date(2023, 1, 31))
    saved(smartfin, NO_CHANGES, replaces=number)
    hand_in(smartfin, "ES", book(SHORT, NEXT, NEXT), name="next.xlsx")
    (said,) = plans_said(smartfin, "ES")
    assert isinstance(said.then, Outlook)
    assert isinstance(said.now, Outlook)
    assert (said.version, said.then.last, said.now.last) == (1, LAST, NEXT)
    assert said.then.printed_probability == 0.98
    assert said.now.printed_probability == 0.02
    ((*_, then, now, _, _),) = plans_table(WORDS, (said,)).rows
    assert [plain(each.text) for each in (then, now)] == ["98% by Q4 2023", "2% by Q4 2023"]
    assert now.good is False
    smartfin.ledger.erase_note(number, "ana", None)
    (gone,) = plans_said(smartfin, "ES")
    assert isinstance(gone.then, InputError)
    assert plans_table(WORDS, (gone,)).rows[0][3].text == "–"


def test_nobody_writes_over_what_he_has_not_seen(smartfin: Smartfin) -> None:
    first = saved(smartfin, FEE)
    second = saved(smartfin, LATER, replaces=first)
    with pytest.raises(InputError, match="scenario-moved-on") as caught:
        saved(smartfin, NO_CHANGES, replaces=first)
    assert (caught.value.facts["by"], caught.value.facts["id"]) == ("ana", second)
    assert f"no. {second}" in WORDS.error(caught.value)
    saved(smartfin, NO_CHANGES, replaces=second)


def test_saving_a_scenario_judges_nobody_anew(smartfin: Smartfin) -> None:
    before = assess(smartfin)
    ground = ground_of(smartfin, "ES")
    number = saved(smartfin, FEE)
    freeze_scenario(smartfin, number, "Board", "ana")
    end_scenario(smartfin, number, "ana")
    assert assess(smartfin) is before
    assert ground_of(smartfin, "ES") is ground
    note_remark(smartfin, "ES", "coverage", "Seen.", "ana", LAST)
    assert assess(smartfin) is not before


def test_votes_that_count_explain_a_fee(smartfin: Smartfin) -> None:
    first = Ballot("es", NEXT, date(2022, 12, 1), 0.8, None, "10 %")
    for ballot in (first, replace(first, held=date(2022, 11, 1), turnout=0.3)):
        record_vote(smartfin, ballot, "ana")
    known = datetime.now(UTC)
    withdraw_vote(smartfin, smartfin.ledger.votes()[0].id, "no quorum", "ana")
    (vote,) = member_votes_of(smartfin, "ES", None)
    assert (vote.first, vote.decided, vote.turnout) == (NEXT, date(2022, 11, 1), 0.3)
    assert vote.carried
    assert [vote.turnout for vote in member_votes_of(smartfin, "ES", known)] == [0.3, None]
    assert member_votes_of(smartfin, "AT", None) == ()


@pytest.fixture
def command(
    smartfin: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, Any]]:
    """Runs ``scenario`` with ``--json`` over the Spanish books."""
    monkeypatch.setenv("SMARTFIN_DATABASE", smartfin.settings.database)
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    monkeypatch.setattr("smartfin.cli.saved_scenario.opened_smartfin", lambda: smartfin)

    def ran(*arguments: str) -> tuple[int, Any]:
        code = run(["scenario", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ran


def test_the_commands(
    command: Callable[..., tuple[int, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fee.toml"
    file.write_text(SCRIPT, encoding="utf-8")
    assert command("save", str(file), "--by", "ana")[0] == 0
    again = ("save", str(file), "--name", "Fee 2", "--replaces", "1", "--by", "ana")
    assert command(*again)[0] == 0
    assert command(*again)[1]["error"]["code"] == "scenario-moved-on"
    assert command("save", str(file), "--name", "Other", "--by", "bo")[0] == 0
    assert command("freeze", "1", "--meeting", "Board", "--by", "ana")[0] == 0
    listed = command("list", "--partner", "ES")[1]
    assert [(each["scenario"], each["saved"], each["name"]) for each in listed["scenarios"]] == [
        (1, 2, "Fee 2"),
        (3, 3, "Other"),
    ]
    (plan,) = listed["plans"]
    assert (plan["saved"], plan["meeting"], plan["then"]) == (2, "Board", plan["now"])
    shown = command("show", "1")[1]
    assert shown["changes"]["lever"][0]["amount"] == 0.02
    code, document = command("compare", "1", "3")
    assert code == 0
    assert [each["scenario"] for each in document["scenarios"]] == [1, 3]
    result = document["scenarios"][0]["result"] - document["base"]["result"]
    assert sum(cell["amount"] for cell in document["bridges"][0]["cells"]) == pytest.approx(result)
    assert document["bridges"][1]["cells"] == []
    assert command("compare", "9")[1]["error"]["code"] == "scenario-unknown"
    assert command("end", "3", "--by", "bo")[0] == 0
    for arguments in (["list"], ["show", "1"], ["compare", "1"]):
        assert run(["scenario", *arguments]) == 0
        assert "Fee 2" in capsys.readouterr().out


def test_files_and_scenarios_that_cannot_be_kept_or_compared(
    command: Callable[..., tuple[int, Any]], smartfin: Smartfin, tmp_path: Path
) -> None:
    file = tmp_path / "bad.toml"
    for content, code in (
        ("partner = ", "scenario-no-toml"),
        ("name = 'x'", "scenario-key-missing"),
        ("partner = 'ES'\nlevers = 1", "scenario-key-unknown"),
        ("partner = 'XX'\nname = 'x'", "partner-unknown"),
    ):
        file.write_text(content, encoding="utf-8")
        assert command("save", str(file))[1]["error"]["code"] == code
    spain = saved(smartfin, FEE)
    save_scenario(smartfin, "AT", "Plan", "{}", "ana")
    apart = command("compare", str(spain), str(spain + 1))[1]["error"]
    assert apart["code"] == "scenarios-apart"
    assert "Austria (AT)" in apart["message"]
    assert command("compare", str(spain + 1))[1]["error"]["code"] == "scenario-impossible"
    (row,) = named_rows(smartfin, WORDS, "AT")
    assert row.probability is None
    save_scenario(smartfin, "ES", "Old", '{"fee": 1}', "ana")
    old = named_rows(smartfin, WORDS, "ES")[1]
    assert "fee" in old.odds
    assert comparison_remarks(WORDS, compared(WORDS, ground_of(smartfin, "ES"), ())) == ()
