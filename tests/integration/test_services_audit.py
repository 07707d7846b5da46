"""An audited fourth quarter names the auditor's adjustment apart, on the page and in the news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from smartfin.facts import Stage
from smartfin.quarter import Quarter
from smartfin.services.board import board_view
from smartfin.services.country.view import country_view
from smartfin.services.record.history import history_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import Settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, HISTORY, book, hand_in

WORDS = words_of("en")
YEAR_END = Quarter(2022, 4)
NEXT = Quarter(2023, 1)
JUNE = datetime(2023, 6, 1, tzinfo=UTC)


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    """A ledger with Spain's books up to the first quarter of 2023, none audited."""
    opened = open_smartfin(empty_settings)
    hand_in(opened, "ES", book(AT_BALANCE))
    hand_in(opened, "ES", book(AT_BALANCE, NEXT, NEXT), name="next.xlsx")
    return opened


def restate_year_end(
    smartfin: Smartfin,
    changed: Mapping[str, float],
    stage: Stage = Stage.AUDITED,
    at: datetime = JUNE,
) -> None:
    facts = book({**AT_BALANCE, **changed}, YEAR_END, YEAR_END)
    hand_in(smartfin, "ES", facts, at=at, name=f"{stage.value}.xlsx", stage=stage)


def news(smartfin: Smartfin) -> str:
    return " ".join(board_view(smartfin, WORDS).changes)


def test_the_result_of_an_audited_quarter_names_the_adjustment_in_it(smartfin: Smartfin) -> None:
    restate_year_end(smartfin, {"staff_costs": 95.0})
    (sentence,) = country_view(smartfin, WORDS, "ES").audited
    amounts = {"result": WORDS.amount(-30.0, "EUR")}
    amounts["adjustment"] = WORDS.amount(-30.0, "EUR", sign=True)
    assert sentence == WORDS.text("audit.result", quarter=YEAR_END, **amounts)
    before_the_audit = country_view(smartfin, WORDS, "ES", as_of=date(2023, 5, 31))
    assert before_the_audit.audited == ()


def test_an_adjustment_that_leaves_the_result_alone_is_counted(smartfin: Smartfin) -> None:
    restate_year_end(smartfin, {"cash": 250.0, "member_balances": 90.0})
    (sentence,) = country_view(smartfin, WORDS, "ES").audited
    assert sentence == WORDS.plural("audit.figures", 2, quarter=YEAR_END)


def test_a_restatement_that_no_auditor_made_is_not_called_one(smartfin: Smartfin) -> None:
    restate_year_end(smartfin, {"fee_revenue": 80.5}, stage=Stage.CLOSED)
    assert country_view(smartfin, WORDS, "ES").audited == ()
    assert "corrected its figures" in news(smartfin)


def test_the_news_call_an_audit_adjustment_by_its_name(smartfin: Smartfin) -> None:
    # Small enough that neither the verdict nor anything else is better news.
    restate_year_end(smartfin, {"fee_revenue": 80.5})
    assert "audit adjustment" in news(smartfin)
    assert "corrected its figures" not in news(smartfin)


def test_a_correction_beside_the_audit_is_news_as_a_correction(smartfin: Smartfin) -> None:
    restate_year_end(smartfin, {"fee_revenue": 80.5})
    earlier = YEAR_END + -1
    corrected = book({**AT_BALANCE, "fee_revenue": 80.5}, earlier, earlier)
    hand_in(smartfin, "ES", corrected, at=JUNE, name="corrected.xlsx")
    assert "corrected its figures" in news(smartfin)


def test_an_adjustment_outside_the_quarters_shown_is_not_told(smartfin: Smartfin) -> None:
    first = book({**AT_BALANCE, "staff_costs": 70.0}, HISTORY[0], HISTORY[0])
    hand_in(smartfin, "ES", first, at=JUNE, name="old.xlsx", stage=Stage.AUDITED)
    assert country_view(smartfin, WORDS, "ES").audited == ()


def test_history_says_of_each_submission_how_settled_its_books_were(smartfin: Smartfin) -> None:
    restate_year_end(smartfin, {"cash": 250.0})
    stages = [row.stage for row in history_view(smartfin, WORDS).submissions]
    management, audited = WORDS.text("stage.management"), WORDS.text("stage.audited")
    assert stages == [audited, management, management]
