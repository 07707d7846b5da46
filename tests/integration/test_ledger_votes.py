"""Votes of members: recorded, withdrawn, sealed, as-of, erased; never a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import Ballot, Ledger, MemberVote, open_ledger
from smartfin.store.backup import back_up, restore
from tests.integration.ledger_builders import databases, day, table_rows

database_kind = databases("sqlite", "postgresql")

# Of what is voted on the 10th, applied two quarters later: ahead of the ledger's clock.
FEE = Ballot("AT", Quarter(2023, 3), date(2023, 1, 10), 0.78, 0.31, "The fee goes to 8.5 %.")


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """With nothing in it."""
    opened = open_ledger(settings)
    yield opened
    opened.close()


def test_a_vote_says_what_when_how_many_and_who(ledger: Ledger) -> None:
    ledger.record_vote(replace(FEE, text=f" {FEE.text} "), "ana", day(10))
    ledger.record_vote(replace(FEE, partner="SE", turnout=None), "bo", day(11))
    first, second = ledger.votes()
    assert first == MemberVote(1, FEE, "ana", day(10))
    assert (second.ballot.partner, second.ballot.turnout) == ("SE", None)
    assert ledger.votes(day(10)) == (first,)
    assert ledger.decisions()[0].topic is None


def test_a_vote_withdrawn_stays_on_record(ledger: Ledger) -> None:
    ledger.record_vote(FEE, "ana", day(10))
    ledger.withdraw_vote(1, " wrong year ", "cy", day(12))
    (vote,) = ledger.votes()
    assert (vote.ballot, vote.withdrawn) == (FEE, day(12))
    assert (vote.withdrawn_by, vote.withdrawn_why) == ("cy", "wrong year")
    assert ledger.votes(day(11))[0].withdrawn is None
    for number in (1, 2, 9):  # withdrawn, a withdrawal, none
        with pytest.raises(InputError, match="vote-unknown"):
            ledger.withdraw_vote(number, "again", "cy", day(13))


def test_what_is_no_vote_is_refused(ledger: Ledger) -> None:
    for code, ballot in (
        ("vote-text-missing", replace(FEE, text=" ")),
        ("text-too-long", replace(FEE, text="x" * 2001)),
        ("vote-share-outside", replace(FEE, in_favour=1.01)),
        ("vote-share-outside", replace(FEE, in_favour=float("nan"))),
        ("vote-turnout-outside", replace(FEE, turnout=-0.1)),
        ("vote-ahead", replace(FEE, held=date(2023, 1, 11))),
    ):
        with pytest.raises(InputError, match=code):
            ledger.record_vote(ballot, "ana", day(10))
    assert ledger.decisions() == ()


def test_a_vote_is_withdrawn_with_a_reason_only(ledger: Ledger) -> None:
    ledger.record_vote(FEE, "ana", day(10))
    with pytest.raises(InputError, match="reason-missing"):
        ledger.withdraw_vote(1, " ", "cy", day(12))


def test_an_erased_vote_keeps_day_turnout_and_result(ledger: Ledger, settings: Settings) -> None:
    ledger.record_vote(FEE, "ana", day(10))
    ledger.withdraw_vote(1, "wrong year", "cy", day(12))
    sealed = "".join(str(row) for row in table_rows(settings, "chain"))
    assert "2023-01-10" in sealed
    assert "8.5" not in sealed
    ledger.erase_note(1, "dee", day(13))
    (vote,) = ledger.votes()
    assert (vote.ballot, vote.withdrawn_why) == (replace(FEE, text=""), "")
    stored = "".join(str(row) for row in table_rows(settings, "decision_cover"))
    assert not any(text in stored for text in ("8.5", "wrong year"))
    found = ledger.verify()
    assert (found.ok, found.erased) == (True, 2)


def test_a_backup_carries_votes_and_scenarios(
    ledger: Ledger, settings: Settings, tmp_path: Path
) -> None:
    ledger.record_vote(FEE, "ana", day(10))
    ledger.save_scenario("AT", "Fee 10 %", '{"fee": 0.1}', "ana", day(11))
    ledger.freeze_scenario(2, "March", "ana", day(12))
    file = tmp_path / "ledger.smartfin"
    back_up(settings, file, lambda _done, _total: None)
    fresh = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'other.db'}"})
    restore(fresh, file, lambda _done, _total: None)
    other = open_ledger(fresh)
    assert other.votes() == ledger.votes()
    assert other.scenarios() == ledger.scenarios() != ()
    assert other.verify().ok
    other.close()
