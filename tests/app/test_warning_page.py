"""The Early warning page: a flag in depth, notes on it, legal matters, looking back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from smartfin.services.backtest import BacktestView
from smartfin.services.record.note import open_matter
from smartfin.services.start import open_smartfin
from smartfin.settings import read_settings
from smartfin.ui.state import Key
from smartfin.wording import words_of

OpenPage = Callable[..., AppTest]

ENGLISH = words_of("en")
PAGE = "pages/warning.py"


@pytest.fixture(autouse=True)
def without_backtest(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has tests of its own, and takes seconds."""

    def told(*_: object, **__: object) -> BacktestView:
        return BacktestView("Not tried here.", ())

    monkeypatch.setattr("smartfin.ui.backtest.backtest_view", told)


def markup(page: AppTest) -> str:
    return "\n".join(element.value for element in page.html)


def place(page: AppTest, words: str) -> int:
    found = markup(page)
    assert words in found
    return found.index(words)


def test_the_flag_asked_for_stands_above_the_matrix(open_page: OpenPage) -> None:
    page = open_page(PAGE, partner="SE", rule="coverage")
    assert not page.exception
    assert place(page, 'class="sf-detail"') < place(page, "sf-matrix")
    assert 'aria-current="true"' in markup(page)
    assert page.selectbox(key=f"choice-{Key.PARTNER}").value == "SE"


def test_every_section_is_there_and_flags_come_first(open_page: OpenPage) -> None:
    page = open_page(PAGE, lang="nl")
    words = words_of("nl")
    keys = ("matter.section", "precedent.section", "hindsight.section", "backtest.section")
    order = [place(page, f">{words.text(key)}<") for key in keys]
    assert place(page, "sf-matrix") < order[0]
    assert order == sorted(order)


def test_the_rule_of_another_country_is_answered_with_a_sentence(open_page: OpenPage) -> None:
    page = open_page(PAGE, partner="ES", rule="se_capital")
    assert not page.exception
    assert "does not apply to Spain" in markup(page)
    assert 'class="sf-detail"' not in markup(page)


def test_a_note_is_written_and_shown(open_page: OpenPage) -> None:
    page = open_page(PAGE, partner="SE", rule="coverage")
    assert ENGLISH.text("remark.none") in markup(page)
    note = next(area for area in page.text_area if area.label == ENGLISH.text("remark.text"))
    note.set_value("<b>Fee vote</b> in March")
    submit = next(button for button in page.button if button.form_id == "remark")
    submit.click().run()
    assert not page.exception
    assert "&lt;b&gt;Fee vote&lt;/b&gt; in March" in markup(page)
    assert 'class="sf-notice sf-done"' in markup(page)


def test_a_matter_is_opened_and_settled(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    assert ENGLISH.text("matter.none") in markup(page)
    next(button for button in page.button if button.form_id == "matter").click().run()
    assert ENGLISH.text("error.legal-title-missing") in markup(page)
    fields = {field.label: field for field in (*page.text_input, *page.number_input)}
    fields[ENGLISH.text("matter.title")].set_value("Inspection *of* pay")
    fields[ENGLISH.text("matter.share")].set_value(30.0)
    next(button for button in page.button if button.form_id == "matter").click().run()
    assert not page.exception
    assert "Inspection *of* pay" in markup(page)
    (reason,) = [field for field in page.text_input if field.label == ENGLISH.text("matter.why")]
    reason.set_value("No objection")
    next(button for button in page.button if "settle" in button.form_id).click().run()
    assert "No objection" in markup(page)
    assert not [field for field in page.text_input if field.label == ENGLISH.text("matter.why")]


def test_looking_back_nothing_is_written(open_page: OpenPage) -> None:
    page = open_page(PAGE, partner="SE", rule="coverage", asof="2023-01-31")
    assert ENGLISH.text("remark.section") in markup(page)
    assert ENGLISH.text("matter.section") in markup(page)
    assert not page.text_area
    assert not [button for button in page.button if button.form_id]


def test_a_partner_without_figures_can_be_asked_for(open_empty_page: OpenPage) -> None:
    page = open_empty_page(PAGE, partner="AT", rule="coverage")
    assert not page.exception
    open_matter(open_smartfin(read_settings()), ("ES", "Inspection", ""), "ana")
    assert not page.run().exception
