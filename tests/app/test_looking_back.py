"""The frame: the day whose knowledge is shown, meetings by name, and which figures count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from smartfin.services.start import end_of_day, open_smartfin
from smartfin.settings import read_settings
from smartfin.ui.state import Page
from smartfin.wording import words_of

OpenPage = Callable[..., AppTest]

ENGLISH = words_of("en")


def markup(page: AppTest) -> str:
    """All of our own markup on a page."""
    return "\n".join(element.value for element in page.html)


def test_a_day_to_come_is_answered_with_today(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", asof="9998-01-01")
    assert not page.exception
    assert ENGLISH.text("error.date-ahead", day=date(9998, 1, 1)) in markup(page)
    assert 'class="sf-tiles"' in markup(page)
    assert 'class="sf-notice sf-asof"' not in markup(page)


def test_upload_says_that_it_shows_today(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py", asof="2022-12-31")
    assert ENGLISH.text("upload.looking-back", day=date(2022, 12, 31)) in markup(page)
    assert ENGLISH.text("upload.looking-back", day=date(2022, 12, 31)) not in markup(
        open_empty_page("pages/upload.py")
    )


def test_meetings_are_links_to_what_they_saw(open_empty_page: OpenPage) -> None:
    smartfin = open_smartfin(read_settings())
    moment = end_of_day(date(2022, 12, 1))
    assert moment is not None
    smartfin.ledger.pin("Board <b>winter</b>", moment, "ana", datetime(2023, 1, 2, tzinfo=UTC))
    page = open_empty_page("pages/history.py", lang="en")
    assert 'href="?lang=en&amp;asof=2022-12-01"' in markup(page)
    assert "Board &lt;b&gt;winter&lt;/b&gt; · 1 Dec 2022" in markup(page)


def test_where_nobody_approves_there_is_no_choice_of_figures(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", basis="approved")
    assert ENGLISH.text("error.approval-off") in markup(page)
    assert 'class="sf-tiles"' in markup(page)
    assert not [one for one in page.get("button_group") if str(one.key) == "choice-basis"]


@pytest.mark.parametrize("which", [Page.BOARD, Page.COUNTRY, Page.COMPARE])
def test_what_is_not_approved_is_not_shown_until_it_is_asked_for(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, which: Page
) -> None:
    monkeypatch.setenv("SMARTFIN_APPROVAL", "1")
    page = open_page(which.script)
    assert ENGLISH.text("empty.approved") in markup(page)
    assert ENGLISH.plural("approval.waiting-approved", 23) in markup(page)
    asked = open_page(which.script, basis="accepted")
    assert not asked.exception
    assert ENGLISH.text("empty.approved") not in markup(asked)
    assert ENGLISH.plural("approval.waiting-accepted", 23) in markup(asked)
    assert ENGLISH.text("approval.waiting-mark") in markup(asked)
