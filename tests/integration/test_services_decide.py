"""Decisions as people take them: what they would change, what they did, what pages say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.intake import Said, accept_draft, add_draft, import_workbook
from smartfin.services.record.changed import changed_view, default_since
from smartfin.services.record.decide import (
    approve_submissions,
    close_quarter,
    decided_sentence,
    pin_meeting,
    reopen_quarter,
    unpin_meeting,
    withdraw_samples,
    withdraw_submission,
    withdrawal_preview,
)
from smartfin.services.record.deliveries import Punctuality, partner_deliveries
from smartfin.services.record.history import history_view, submission_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.upload import upload_view
from smartfin.services.view import Table
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in
from tests.integration.intake_books import KILO, Q4, settled, workbook

WORDS = words_of("en")
SESSION = "local"
LAST = Quarter(2022, 4)
RAISED = {**AT_BALANCE, "fee_revenue": 100.0, "cash": 290.0}


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def corrected(smartfin: Smartfin, partner: str = "ES") -> int:
    """A partner whose second workbook raises the fees of the last quarter from 80 to 100, and
    lowers its cash from 300 to 290; gives the number of the second.
    """
    hand_in(smartfin, partner, book(AT_BALANCE), name="first.xlsx")
    return hand_in(smartfin, partner, book(RAISED, LAST), name="second.xlsx").id


def column(table: Table | None, name: str) -> list[str]:
    """The texts of a column."""
    assert table is not None
    place = table.columns.index(WORDS.text(name))
    return [row[place].text.replace("\N{NO-BREAK SPACE}", " ") for row in table.rows]


def test_what_a_withdrawal_would_change_is_what_it_then_changes(smartfin: Smartfin) -> None:
    number = corrected(smartfin)
    preview = withdrawal_preview(smartfin, number)
    assert {(each.item, each.old, each.new) for each in preview} == {
        ("fee_revenue", 100.0, 80.0),
        ("cash", 290.0, 300.0),
    }
    done = withdraw_submission(smartfin, number, "wrong file", "Ann")
    told = {(each.item, each.old, each.new) for each in done.changes}
    assert told == {(each.item, each.old, each.new) for each in preview}
    assert "2 figures" in decided_sentence(WORDS, done)
    assert withdrawal_preview(smartfin, number) == ()


def test_what_nothing_else_states_would_stand_no_more(smartfin: Smartfin) -> None:
    number = hand_in(smartfin, "ES", book({"cash": 5.0}, LAST)).id
    (gone,) = withdrawal_preview(smartfin, number)
    assert (gone.old, gone.new, gone.submission, gone.replaced) == (5.0, None, None, number)


def test_a_submission_shows_what_it_changed_and_after_its_withdrawal_what_went_back(
    smartfin: Smartfin,
) -> None:
    number = corrected(smartfin)
    before = submission_view(smartfin, WORDS, number)
    assert before.row.status == WORDS.text("status.in-force")
    assert column(before.changed, "column.item") == [
        WORDS.item("fee_revenue"),  # 20 is more than 10
        WORDS.item("cash"),
    ]
    assert column(before.changed, "column.old") == ["80 EUR", "300 EUR"]
    assert column(before.changed, "column.change") == ["+20 EUR", "−10 EUR"]
    assert column(before.changed, "column.change-percent") == ["+25.0%", "−3.3%"]
    assert column(before.changed, "column.cell") == ["Sheet!C3", "Sheet!C9"]
    assert column(before.would_change, "column.new") == ["80 EUR", "300 EUR"]
    withdraw_submission(smartfin, number, "wrong file", "Ann")
    after = submission_view(smartfin, WORDS, number)
    assert not after.stands
    assert "Ann: wrong file" in after.row.status
    assert column(after.would_change, "column.new") == ["80 EUR", "300 EUR"]


def test_changes_since_a_day_are_the_largest_first_with_file_cell_and_reason(
    smartfin: Smartfin,
) -> None:
    number = corrected(smartfin)
    hand_in(smartfin, "SE", book({"cash": 1e6}, LAST, currency="SEK"), name="se.xlsx")
    today = datetime.now(UTC).date()
    withdraw_submission(smartfin, number, "wrong file", "Ann")
    view = changed_view(smartfin, WORDS, today - timedelta(days=1))
    assert column(view.restated, "column.old") == ["100 EUR", "290 EUR"]
    assert column(view.restated, "column.read-from") == [
        "No. 1, first.xlsx, Sheet!C3",
        "No. 1, first.xlsx, Sheet!C9",
    ]
    assert column(view.restated, "column.why") == ["No. 2 was withdrawn: wrong file"] * 2
    assert view.new is None
    earlier = changed_view(smartfin, WORDS, date(2000, 1, 1), as_of=date(2023, 12, 31))
    assert earlier.restated is None
    assert column(earlier.new, "column.country")[0] == WORDS.country("SE")  # 1 MSEK, about 94 kEUR


def test_a_change_taken_back_is_none(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), name="first.xlsx")
    since = datetime(2023, 6, 1, tzinfo=UTC)
    number = hand_in(
        smartfin, "ES", book(RAISED, LAST), at=since + timedelta(days=9), name="second.xlsx"
    ).id
    withdraw_submission(smartfin, number, "wrong file", "Ann")
    view = changed_view(smartfin, WORDS, since)
    assert (view.restated, view.new) == (None, None)
    assert view.sentence == WORDS.text("changed.nothing", since=since)


def test_changes_are_compared_with_the_last_meeting_else_a_quarter_ago(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    today = datetime.now(UTC).date()
    assert default_since(smartfin) == today - timedelta(days=90)
    pin_meeting(smartfin, "January", date(2023, 1, 31), "Ann")
    pin_meeting(smartfin, "May", date(2023, 5, 31), "Ann")
    may = default_since(smartfin)
    assert isinstance(may, datetime)
    assert may.date() == date(2023, 5, 31)
    past = default_since(smartfin, date(2023, 5, 31))  # nobody had pinned anything by then
    assert past == date(2023, 5, 31) - timedelta(days=90)


def test_a_meeting_of_today_holds_what_was_known_when_it_was_pinned(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    pin_meeting(smartfin, "Board", None, "Ann")
    (pin,) = history_view(smartfin, WORDS).pins
    hand_in(smartfin, "ES", book(RAISED, LAST), at=datetime.now(UTC), name="later.xlsx")
    fees = [
        smartfin.ledger.actual_figures("ES", as_of)["fee_revenue", LAST].amount
        for as_of in (pin.moment, None)
    ]
    assert fees == [80.0, 100.0]


def test_a_meeting_needs_a_name_of_its_own_and_a_day_that_has_come(smartfin: Smartfin) -> None:
    day = datetime.now(UTC).date()
    pin = pin_meeting(smartfin, "Board", day, "Ann").decisions[0]
    for name, on, code in [
        ("Board", day, "pin-taken"),
        (" ", day, "pin-name-missing"),
        ("Next", day + timedelta(days=1), "pin-ahead"),
    ]:
        with pytest.raises(InputError, match=code):
            pin_meeting(smartfin, name, on, "Ann")
    unpin_meeting(smartfin, pin.id, "Ann")
    assert history_view(smartfin, WORDS).pins == ()
    assert pin_meeting(smartfin, "Board", day, "Ann")


def test_all_samples_go_at_once_and_only_beside_real_figures(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), synthetic=True, name="a.xlsx")
    hand_in(smartfin, "ES", book(RAISED, LAST), synthetic=True, name="b.xlsx")
    assert history_view(smartfin, WORDS).samples == 0
    with pytest.raises(InputError, match="no-samples"):
        withdraw_samples(smartfin, "no longer needed", "Ann")
    hand_in(smartfin, "DE", book(AT_BALANCE), name="c.xlsx")
    assert history_view(smartfin, WORDS).samples == 2
    done = withdraw_samples(smartfin, "no longer needed", "Ann")
    assert [each.submission for each in done.decisions] == [1, 2]
    assert len(done.changes) == len(book(AT_BALANCE))
    assert {fact.partner for fact in smartfin.ledger.facts()} == {"DE"}
    assert history_view(smartfin, WORDS).samples == 0


def test_status_says_approved_or_not_where_somebody_approves(empty_settings: Settings) -> None:
    smartfin = open_smartfin(replace(empty_settings, approval=True))
    number = corrected(smartfin)
    approve_submissions(smartfin, [1], "Bo")
    newest, oldest = history_view(smartfin, WORDS).submissions
    assert newest.status == WORDS.text("status.unapproved")
    assert oldest.status.startswith("approved on")
    assert history_view(smartfin, WORDS).unapproved == 1
    assert submission_view(smartfin, WORDS, number).waits
    done = approve_submissions(smartfin, None, "Bo")
    assert {(each.item, each.old, each.new) for each in done.changes} == {
        ("fee_revenue", 80.0, 100.0),
        ("cash", 300.0, 290.0),
    }
    with pytest.raises(InputError, match="nothing-to-approve"):
        approve_submissions(smartfin, None, "Bo")
    assert not submission_view(smartfin, WORDS, number).waits


def test_a_closed_quarter_changes_only_with_a_reason(smartfin: Smartfin) -> None:
    import_workbook(smartfin, workbook(Q4), "AT.xlsx", "Ann", Said("AT", settled(Q4)))
    close_quarter(smartfin, Q4, "Bo")
    other = workbook(Q4, {**KILO, "IT-Kosten": 21.0})
    number = add_draft(smartfin, other, "AT2.xlsx", "Ann", SESSION)
    smartfin.ledger.answer_draft(number, settled(Q4), "AT")
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert draft.acceptable
    assert draft.closed == WORDS.quarter(Q4)
    with pytest.raises(InputError, match="quarter-closed"):
        accept_draft(smartfin, number, "Ann", draft.revision)
    accepted = accept_draft(smartfin, number, "Ann", draft.revision, restates="late invoice")
    assert accepted.restates == "late invoice"
    view = changed_view(smartfin, WORDS, accepted.at - timedelta(microseconds=1))
    assert column(view.restated, "column.why") == ["late invoice"]


def test_an_open_quarter_asks_for_no_reason(smartfin: Smartfin) -> None:
    add_draft(smartfin, workbook(Q4), "AT.xlsx", "Ann", SESSION)
    close_quarter(smartfin, Q4 + -1, "Bo")
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert draft.closed == ""


def test_reopening_is_on_record_with_its_reason(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    view = history_view(smartfin, WORDS)
    assert view.closable[0] == (LAST, WORDS.quarter(LAST))
    close_quarter(smartfin, LAST, "Bo")
    closed = history_view(smartfin, WORDS)
    assert [row.quarter for row in closed.closed] == [LAST]
    assert closed.closable[0][0] == LAST + -1
    reopen_quarter(smartfin, LAST, "books were wrong", "Bo")
    reopened = history_view(smartfin, WORDS)
    assert reopened.closed == ()
    assert column(reopened.decisions, "column.why") == ["books were wrong", "–"]
    assert column(reopened.decisions, "column.decision")[0] == WORDS.text(
        "decision.reopening", quarter=LAST
    )


def test_a_withdrawn_file_may_be_handed_in_again(smartfin: Smartfin) -> None:
    said = Said("AT", settled(Q4))
    content = workbook(Q4)  # once: a workbook written again bears another time
    first = import_workbook(smartfin, content, "AT.xlsx", "Ann", said).submission
    assert first is not None
    assert import_workbook(smartfin, content, "AT.xlsx", "Ann", said).duplicate_of == first
    withdraw_submission(smartfin, first.id, "wrong file", "Ann")
    again = import_workbook(smartfin, content, "AT.xlsx", "Ann", said).submission
    assert again is not None
    assert again.id == first.id + 1


def test_the_second_of_two_is_told_what_the_first_changed(smartfin: Smartfin) -> None:
    add_draft(smartfin, workbook(Q4), "second.xlsx", "Bo", SESSION)
    smartfin.ledger.answer_draft(1, settled(Q4), "AT")
    (seen,) = upload_view(smartfin, WORDS, SESSION).drafts
    looked = {seen.id: seen.known_at}
    (still,) = upload_view(smartfin, WORDS, SESSION, looked).drafts
    assert still.meanwhile is None
    other = workbook(Q4, {**KILO, "IT-Kosten": 21.0})
    import_workbook(smartfin, other, "first.xlsx", "Ann", Said("AT", settled(Q4)))
    with pytest.raises(InputError, match="ledger-moved-on"):
        accept_draft(smartfin, seen.id, "Bo", seen.revision)
    (told,) = upload_view(smartfin, WORDS, SESSION, looked).drafts
    assert told.meanwhile is not None
    (event,) = told.meanwhile.events
    assert "Ann" in event
    assert "first.xlsx" in event
    assert set(column(told.meanwhile.table, "column.new")) >= {"21,000 EUR"}
    assert told.meanwhile.sentence == WORDS.text("meanwhile.figures", figures=5, shared=5)
    assert column(told.restated, "column.old") == ["21,000 EUR"]
    assert accept_draft(smartfin, told.id, "Bo", told.revision)


def test_a_delivery_says_how_complete_it_is_and_what_is_missing(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    required = smartfin.items.required
    part = {item: AT_BALANCE[item] for item in AT_BALANCE if item not in {required[0], "cash"}}
    hand_in(smartfin, "ES", book(part, LAST), name="part.xlsx")
    found = {each.partner.code: each for each in partner_deliveries(smartfin, date(2023, 2, 15))}
    spain = found["ES"]
    assert spain.quarter == LAST
    assert spain.punctuality is Punctuality.OVERDUE
    assert spain.required == pytest.approx((len(required) - 1) / len(required))
    assert spain.usual == pytest.approx((len(AT_BALANCE) - 2) / len(AT_BALANCE))
    assert spain.missing_required == (required[0],)
    assert spain.missing_usual == ("cash",)
    assert (found["DE"].required, found["DE"].usual) == (0.0, None)


def test_an_item_of_one_quarter_a_year_is_not_usual(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    yearly = book({"members_total": 60.0}, Quarter(2021, 4), Quarter(2021, 4))
    hand_in(smartfin, "ES", yearly, name="yearly.xlsx")
    (spain,) = [
        each
        for each in partner_deliveries(smartfin, date(2023, 2, 15))
        if each.partner.code == "ES"
    ]
    assert spain.usual == 1.0


def test_beside_real_figures_a_sample_completes_nothing(smartfin: Smartfin) -> None:
    without = {item: AT_BALANCE[item] for item in AT_BALANCE if item != "cash"}
    hand_in(smartfin, "ES", book(AT_BALANCE), synthetic=True)
    hand_in(smartfin, "ES", book(without), name="real.xlsx")
    (spain,) = [
        each
        for each in partner_deliveries(smartfin, date(2023, 2, 15), Basis.ACCEPTED)
        if each.partner.code == "ES"
    ]
    assert (spain.required, spain.usual) == (1.0, 1.0)
