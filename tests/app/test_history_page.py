"""History without a browser: what may be done, what it says afterwards, and what it keeps quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from streamlit.testing.v1 import AppTest

from smartfin.quarter import Quarter
from smartfin.services.intake import Said, add_draft, import_workbook
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import read_settings
from smartfin.ui.markup import plain
from smartfin.ui.reader import LOCAL_SESSION
from smartfin.ui.state import Key
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in
from tests.integration.intake_books import KILO, Q4, settled, workbook

OpenPage = Callable[..., AppTest]

WORDS = words_of("en")
LAST = Quarter(2022, 4)


def markup(page: AppTest) -> str:
    """All of our own markup on a page."""
    return "\n".join(element.value for element in page.html)


def opened() -> Smartfin:
    """The ledger under the page."""
    return open_smartfin(read_settings())


def spain(smartfin: Smartfin) -> None:
    """Two workbooks: the second raises the fees of the last quarter."""
    hand_in(smartfin, "ES", book(AT_BALANCE), name="first.xlsx")
    hand_in(smartfin, "ES", book({**AT_BALANCE, "fee_revenue": 100.0}, LAST), name="second.xlsx")


def labels(page: AppTest) -> list[str]:
    return [str(button.label) for button in page.button]


def test_an_empty_store_shows_nothing_but_what_the_page_is_for(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/history.py")
    assert WORDS.text("empty.history") in markup(page)
    assert "<h2" not in markup(page)
    assert page.button == []


def test_withdrawing_needs_a_reason_and_says_what_went_back(open_empty_page: OpenPage) -> None:
    spain(opened())
    page = open_empty_page("pages/history.py")
    label = plain(WORDS.plural("history.withdraw", 1, id=2))
    (button,) = [each for each in page.button if each.label == label]
    page = button.click().run()
    assert WORDS.text("error.reason-missing") in markup(page)
    (why,) = [each for each in page.text_input if each.label == WORDS.text("history.withdraw.why")]
    why.input("wrong file")
    (button,) = [each for each in page.button if each.label == label]
    page = button.click().run()
    assert not page.exception
    assert WORDS.plural("decided.withdrawal", 1, submission=2) in markup(page)
    assert "wrong file" in markup(page)
    assert WORDS.plural("history.restored", 1) in markup(page)
    assert label not in labels(page)


def test_a_link_names_the_submission_and_the_day(open_empty_page: OpenPage) -> None:
    spain(opened())
    page = open_empty_page("pages/history.py", **{Key.SUBMISSION: "1", Key.SINCE: "2022-12-31"})
    assert page.selectbox(key=f"choice-{Key.SUBMISSION}").value == 1
    assert page.date_input(key=f"choice-{Key.SINCE}").value == date(2022, 12, 31)
    new = len(book(AT_BALANCE))
    assert WORDS.plural("changed.new", new) in [str(each.label) for each in page.expander]
    page.date_input(key=f"choice-{Key.SINCE}").set_value(date(2023, 6, 1)).run()
    assert page.query_params[Key.SINCE] == "2023-06-01"


def test_nonsense_in_the_address_is_answered_with_a_sentence(open_empty_page: OpenPage) -> None:
    spain(opened())
    page = open_empty_page("pages/history.py", **{Key.SUBMISSION: "-1", Key.SINCE: "soon"})
    assert not page.exception
    assert markup(page).count('class="sf-notice sf-remark"') == 2


def test_looking_back_nothing_can_be_decided(open_empty_page: OpenPage) -> None:
    spain(opened())
    page = open_empty_page("pages/history.py", asof="2023-06-01")
    assert not page.exception
    assert [label for label in labels(page) if "Withdraw" in label or "Pin" in label] == []


def test_samples_beside_real_figures_are_withdrawn_with_one_click(
    open_empty_page: OpenPage,
) -> None:
    smartfin = opened()
    hand_in(smartfin, "ES", book(AT_BALANCE), synthetic=True)
    assert "withdraw-samples" not in [
        each.key for each in open_empty_page("pages/history.py").button
    ]
    hand_in(smartfin, "DE", book(AT_BALANCE))
    page = open_empty_page("pages/history.py")
    page = page.button(key="withdraw-samples").click().run()
    assert not page.exception
    assert "withdraw-samples" not in [each.key for each in page.button]
    assert {fact.partner for fact in smartfin.ledger.facts()} == {"DE"}


def test_a_closed_quarter_asks_for_the_reason_before_it_changes(open_empty_page: OpenPage) -> None:
    smartfin = opened()
    import_workbook(smartfin, workbook(Q4), "AT.xlsx", "Ann", Said("AT", settled(Q4)))
    smartfin.ledger.close_quarter(Q4, "Bo", datetime.now(UTC))
    other = workbook(Q4, {**KILO, "IT-Kosten": 21.0})
    number = add_draft(smartfin, other, "AT2.xlsx", "Ann", LOCAL_SESSION)
    smartfin.ledger.answer_draft(number, settled(Q4), "AT")
    page = open_empty_page("pages/upload.py")
    (accept,) = [each for each in page.button if str(each.key).startswith("accept-")]
    page = accept.click().run()
    assert 'role="alert"' in markup(page)
    assert len(smartfin.ledger.submissions()) == 1
    page.text_input(key=f"restates-{number}").input("late invoice").run()
    (accept,) = [each for each in page.button if str(each.key).startswith("accept-")]
    page = accept.click().run()
    assert not page.exception
    assert smartfin.ledger.submissions()[-1].restates == "late invoice"


def test_the_second_of_two_sees_which_figures_the_first_changed(open_empty_page: OpenPage) -> None:
    smartfin = opened()
    number = add_draft(smartfin, workbook(Q4), "second.xlsx", "Bo", LOCAL_SESSION)
    smartfin.ledger.answer_draft(number, settled(Q4), "AT")
    page = open_empty_page("pages/upload.py")
    assert WORDS.text("meanwhile.title") not in markup(page)
    first = workbook(Q4, {**KILO, "IT-Kosten": 21.0})
    import_workbook(smartfin, first, "first.xlsx", "Ann", Said("AT", settled(Q4)))
    (accept,) = [each for each in page.button if str(each.key).startswith("accept-")]
    page = accept.click().run()
    assert len(smartfin.ledger.submissions()) == 1
    assert WORDS.text("meanwhile.title") in markup(page)
    assert "first.xlsx" in markup(page)
    assert "21,000" in markup(page)
    (accept,) = [each for each in page.button if str(each.key).startswith("accept-")]
    page = accept.click().run()
    assert len(smartfin.ledger.submissions()) == 2
    assert WORDS.text("upload.accepted", file="second.xlsx", id=2) in markup(page)
