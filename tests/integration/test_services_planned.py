"""Votes and scenarios as services and the History page tell them."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.export import export_ledger
from smartfin.services.record.decide import decided_sentence
from smartfin.services.record.decided import decisions_table
from smartfin.services.record.vote import record_vote, votes, withdraw_vote
from smartfin.services.scenario.saved import (
    end_scenario,
    freeze_scenario,
    plans_of_record,
    save_scenario,
    saved_scenario,
    saved_scenarios,
)
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import Settings
from smartfin.store import Ballot
from smartfin.wording import LANGUAGES, words_of

WORDS = words_of("en")
FEE = Ballot("at", Quarter(2023, 3), date(2023, 1, 10), 2 / 3, None, "The fee goes to 8.5 %.")


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_history_tells_votes_and_scenarios_in_every_language(smartfin: Smartfin) -> None:
    decided = [
        record_vote(smartfin, FEE, "ana"),
        withdraw_vote(smartfin, 1, "wrong year", "ana"),
        save_scenario(smartfin, "at", "Fee 10 %", '{"fee": 0.1}', "ana", remark="For May."),
        save_scenario(smartfin, "AT", "Fee ten", '{"fee": 0.1}', "bo", replaces=3),
        freeze_scenario(smartfin, 4, "March", "bo", date(2023, 3, 1)),
        end_scenario(smartfin, 3, "bo"),
    ]
    table = decisions_table(WORDS, smartfin.ledger.decisions())
    assert table is not None
    assert [(plain(row[1].text), row[3].text) for row in reversed(table.rows)] == [
        (
            "Members of Austria voted on 10 Jan 2023: 66.7% in favour, turnout –;"
            " applies from Q3 2023",
            "The fee goes to 8.5 %.",
        ),
        ("Vote no. 1 of members of Austria withdrawn", "wrong year"),
        ("Scenario “Fee 10 %” of Austria saved", "For May."),
        ("Scenario “Fee ten” of Austria saved", "–"),
        (
            "Scenario “Fee ten” of Austria frozen as plan of record of “March”, as known on "
            + plain(WORDS.moment(datetime(2023, 3, 1, 23, 59, 59, 999999, UTC))),
            "–",
        ),
        ("Scenario “Fee ten” of Austria removed from the list", "–"),
    ]
    assert plain(decided_sentence(WORDS, decided[0])).startswith(
        "The vote of 10 Jan 2023 in Austria is recorded as no. 1: 66.7% in favour, from Q3 2023"
    )
    assert "no. 3" in decided_sentence(WORDS, decided[3])
    for words in map(words_of, LANGUAGES):
        assert decisions_table(words, smartfin.ledger.decisions())
        assert all(decided_sentence(words, each) for each in decided)


def test_votes_and_scenarios_are_of_partners_that_are_known(smartfin: Smartfin) -> None:
    record_vote(smartfin, FEE, "ana")
    assert len(votes(smartfin, partner="AT")) == 1
    assert votes(smartfin, partner="ES") == votes(smartfin, date(2023, 1, 10)) == ()
    for attempt in (
        lambda: save_scenario(smartfin, "XX", "Fee", "{}", "ana"),
        lambda: saved_scenarios(smartfin, partner="XX"),
        lambda: votes(smartfin, partner="XX"),
    ):
        with pytest.raises(InputError, match="partner-unknown"):
            attempt()


def test_a_link_by_any_version_leads_to_the_newest(smartfin: Smartfin) -> None:
    save_scenario(smartfin, "AT", "Fee", '{"fee": 0.1}', "ana")
    save_scenario(smartfin, "AT", "Fee", '{"fee": 0.2}', "ana", replaces=1)
    assert saved_scenario(smartfin, 1) == saved_scenario(smartfin, 2)
    assert saved_scenarios(smartfin, partner="at") == (saved_scenario(smartfin, 1),)
    assert saved_scenarios(smartfin, date(2023, 1, 1)) == ()


def test_a_plan_frozen_today_holds_what_is_known_now(smartfin: Smartfin) -> None:
    save_scenario(smartfin, "AT", "Fee", "{}", "ana")
    today = datetime.now(UTC).date()
    freeze_scenario(smartfin, 1, "Today", "ana", today)
    (plan,) = plans_of_record(smartfin, partner="AT")
    assert plan.moment == plan.at
    with pytest.raises(InputError, match="pin-ahead"):
        freeze_scenario(smartfin, 1, "Later", "ana", today + timedelta(days=2))


def test_who_owns_a_taken_name_is_told(smartfin: Smartfin) -> None:
    save_scenario(smartfin, "AT", "Fee", "{}", "ana")
    with pytest.raises(InputError) as caught:
        save_scenario(smartfin, "AT", "fee", "{}", "bo")
    assert WORDS.error(caught.value).startswith(
        "ana already keeps a scenario “Fee” of Austria (no. 1)."
    )
    smartfin.ledger.erase_person("ana")
    with pytest.raises(InputError) as caught:
        save_scenario(smartfin, "AT", "fee", "{}", "bo")
    assert WORDS.error(caught.value).startswith("– already keeps")


def test_an_export_holds_what_a_scenario_changes(smartfin: Smartfin, tmp_path: Path) -> None:
    record_vote(smartfin, FEE, "ana")
    save_scenario(smartfin, "AT", "Fee", '{"fee": 0.1}', "ana")
    export_ledger(smartfin, WORDS, tmp_path / "all", None, lambda _done, _total: None)
    with (tmp_path / "all" / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [list(row.values())[-5:] for row in csv.DictReader(file)]
    assert rows == [
        ["", "0.6666666666666666", "2023-01-10", "", ""],
        ["Fee", "", "", "", '{"fee":0.1}'],
    ]
