"""Each page alone: what it says when empty, when asked for nonsense, when something breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from smartfin.facts import Stage
from smartfin.quarter import Quarter
from smartfin.services.intake import add_draft, discard_draft, read_draft, stage_draft
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import ROOT, read_settings
from smartfin.ui.markup import plain
from smartfin.ui.reader import LOCAL_SESSION
from smartfin.ui.state import Key, Page
from smartfin.wording import LANGUAGES, words_of
from tests.integration.intake_books import KILO, workbook

OpenPage = Callable[..., AppTest]

ENGLISH = words_of("en")
SAMPLE = ROOT / "data" / "samples" / "2020-04-30_NL_synthetic_verloop-tot-2020-Q1.xlsx"


def markup(page: AppTest) -> str:
    """All of our own markup on a page."""
    return "\n".join(element.value for element in page.html)


def accept_button(page: AppTest) -> Button:
    """What accepts the only workbook that waits."""
    (button,) = [button for button in page.button if str(button.key).startswith("accept-")]
    return button


@pytest.mark.parametrize("which", list(Page))
def test_a_page_with_figures_has_one_first_heading_and_no_trace(
    open_page: OpenPage, which: Page
) -> None:
    page = open_page(which.script)
    assert not page.exception
    assert markup(page).count("<h1") == 1
    assert 'role="alert"' not in markup(page)


@pytest.mark.parametrize("which", list(Page))
def test_an_empty_page_says_what_it_is_for(open_empty_page: OpenPage, which: Page) -> None:
    page = open_empty_page(which.script)
    assert not page.exception
    assert ENGLISH.text(f"empty.{which}") in markup(page)


def test_every_script_is_in_the_menu() -> None:
    scripts = {path.name for path in (ROOT / "pages").glob("*.py")} | {"dashboard.py"}
    assert {which.script.split("/")[-1] for which in Page} == scripts


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_address_names_the_language(open_page: OpenPage, language: str) -> None:
    page = open_page("dashboard.py", lang=language)
    assert words_of(language).text("board.title") in markup(page)


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("dashboard.py", {"quarter": "2031-Q1"}),
        ("dashboard.py", {"quarter": "soon"}),
        ("dashboard.py", {"asof": "2022-13-45"}),
        ("dashboard.py", {"lang": "xx"}),
        ("pages/country.py", {"partner": "<script>"}),
        ("pages/country.py", {"from": "1999-Q1"}),
        ("pages/country.py", {"until": "<script>"}),
        ("pages/explain.py", {"partner": "ES", "quarter": "<script>", "figure": "coverage"}),
        ("pages/explain.py", {"partner": "ES", "figure": "coverage", "currency": "shells"}),
        ("pages/compare.py", {"countries": ["ES", "XX"]}),
        ("pages/compare.py", {"quarter": "2031-Q1"}),
        ("pages/compare.py", {"indicator": "luck"}),
        ("pages/compare.py", {"axis": "moon"}),
        ("pages/compare.py", {"currency": "shells"}),
        ("pages/warning.py", {"rule": "luck"}),
        ("pages/warning.py", {"partner": "XX"}),
        ("pages/warning.py", {"align": "moon"}),
        ("pages/warning.py", {"quarter": "2031-Q1"}),
    ],
)
def test_a_bad_value_in_the_address_is_answered_with_a_sentence(
    open_page: OpenPage, script: str, address: dict[str, str | list[str]]
) -> None:
    usual = open_page(script)
    page = open_page(script, **address)
    assert not page.exception
    assert markup(page).count('class="sf-notice sf-remark"') == 1
    assert "<script>" not in markup(page)
    assert [box.value for box in page.selectbox] == [box.value for box in usual.selectbox]


def test_a_choice_is_written_into_the_address(open_page: OpenPage) -> None:
    page = open_page("pages/country.py", partner="ES")
    page.selectbox(key=f"choice-{Key.PARTNER}").set_value("IT").run()
    assert page.query_params[Key.PARTNER] == "IT"
    assert "Smart Italia" in markup(page)


def test_a_bridge_leads_between_the_windows_of_the_address(open_page: OpenPage) -> None:
    page = open_page("pages/country.py", **{"partner": "AT", "from": "2018-Q4"})
    assert page.selectbox(key=f"choice-{Key.FROM}").value == Quarter(2018, 4)
    caption = ENGLISH.text("bridge.caption", first=Quarter(2018, 4), second=Quarter(2022, 4))
    assert caption in markup(page)
    page.selectbox(key=f"choice-{Key.FROM}").set_value(Quarter(2021, 4)).run()
    assert Key.FROM not in page.query_params


def test_the_usual_choice_needs_no_parameter(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", quarter="2022-Q3")
    page.selectbox(key=f"choice-{Key.QUARTER}").select_index(0).run()
    assert Key.QUARTER not in page.query_params


def test_links_carry_the_selection_on(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", lang="nl", quarter="2022-Q3")
    assert 'href="country?lang=nl&amp;quarter=2022-Q3&amp;partner=ES"' in markup(page)


def test_a_day_before_the_first_hand_in_shows_nothing_and_says_so(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", asof="2019-01-01")
    assert ENGLISH.text("empty.asof") in markup(page)


def test_a_number_leads_to_its_explanation_and_back_to_what_was_chosen(
    open_page: OpenPage,
) -> None:
    country = markup(open_page("pages/country.py", lang="nl", partner="SE", asof="2023-03-01"))
    opens = re.search(r'class="sf-source" href="(explain[^"]*figure=coverage&[^"]*)"', country)
    assert opens is not None
    query = parse_qs(unescape(opens[1]).partition("?")[2])
    assert (query["lang"], query["asof"]) == (["nl"], ["2023-03-01"])
    page = open_page("pages/explain.py", **{key: values[0] for key, values in query.items()})
    assert not page.exception
    back = re.search(r'class="sf-back"><a href="([^"]*)"', markup(page))
    assert back is not None
    assert parse_qs(unescape(back[1]).partition("?")[2]) == {
        "partner": ["SE"],
        "lang": ["nl"],
        "asof": ["2023-03-01"],
    }


@pytest.mark.parametrize("figure", ["luck", "change:luck", "year:"])
def test_a_number_that_does_not_exist_is_a_sentence(open_page: OpenPage, figure: str) -> None:
    page = open_page("pages/explain.py", partner="ES", quarter="2022-Q4", figure=figure)
    assert not page.exception
    assert 'role="alert"' in markup(page)
    assert "reference" not in markup(page)


def test_looking_back_is_said_on_the_page(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", asof="2022-12-31")
    assert "31 Dec 2022" in markup(page)
    assert 'class="sf-notice sf-asof"' in markup(page)


def test_made_up_figures_are_said_to_be_made_up(open_page: OpenPage) -> None:
    for script in ("dashboard.py", "pages/country.py", "pages/compare.py"):
        assert ENGLISH.text("frame.synthetic").split("’")[0] in markup(open_page(script))


def test_what_nobody_foresaw_is_a_sentence_with_a_reference(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("smartfin.services.board.board_view", broken)
    page = open_page("dashboard.py")
    assert not page.exception
    assert 'role="alert"' in markup(page)
    assert "secret detail" not in markup(page)
    reference = caplog.records[-1].getMessage().rsplit(" ", 1)[-1]
    assert reference in markup(page)


def test_a_database_that_cannot_be_opened_is_a_sentence(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'file' / 'smartfin.db'}")
    page = open_page("dashboard.py")
    assert not page.exception
    assert 'role="alert"' in markup(page)


def test_the_comparison_without_countries_asks_for_one(open_page: OpenPage) -> None:
    page = open_page("pages/compare.py", countries="")
    assert ENGLISH.text("empty.chosen") in markup(page)


def test_a_comparison_of_unknown_countries_shows_them_all(open_page: OpenPage) -> None:
    usual = open_page("pages/compare.py")
    page = open_page("pages/compare.py", countries="XX")
    assert markup(page).count('class="sf-notice sf-remark"') == 1
    assert page.multiselect[0].value == usual.multiselect[0].value
    assert ENGLISH.text("compare.table") in markup(page)


def test_a_comparison_is_of_the_quarter_asked_for(open_page: OpenPage) -> None:
    page = open_page("pages/compare.py", countries="ES", quarter="2021-Q3")
    assert "<td>Q3 2021</td>" in markup(page)
    assert "Q4 2021" not in markup(page)
    assert page.selectbox(key=f"choice-{Key.QUARTER}").value == Quarter(2021, 3)


def test_each_choice_a_comparison_cannot_have_is_answered(open_page: OpenPage) -> None:
    page = open_page("pages/compare.py", quarter="2031-Q1", indicator="luck")
    assert markup(page).count('class="sf-notice sf-remark"') == 2
    assert ENGLISH.text("compare.table") in markup(page)


def test_of_a_partner_without_figures_the_reason_is_all_that_is_said(
    open_empty_page: OpenPage,
) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload(SAMPLE.name, SAMPLE.read_bytes(), "").run()
    accept_button(page).click().run()
    board = markup(open_empty_page("dashboard.py"))
    tile = next(part for part in board.split("<article")[1:] if "Smart Italia" in part)
    assert 'class="sf-reason"' in tile
    assert "sf-figures" not in tile
    assert "sf-gap" not in tile


def test_the_decision_stands_before_what_it_rests_on(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload("notes.xlsx", b"shopping list", "").run()
    parts = [(part.type, getattr(part, "value", "")) for part in page.main]
    refusal = next(place for place, (_, words) in enumerate(parts) if "sf-remark" in str(words))
    press = next(place for place, (kind, _) in enumerate(parts) if kind == "button")
    findings = next(place for place, (_, words) in enumerate(parts) if "sf-severity" in str(words))
    assert refusal < press < findings


def test_among_several_workbooks_each_button_names_its_own(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    for name in ("first.xlsx", "second.xlsx"):
        page.file_uploader[0].upload(name, name.encode(), "").run()
    labels = [button.label for button in page.button if "-" in str(button.key)]
    assert len(labels) == len(set(labels)) == 4
    assert plain(ENGLISH.text("upload.discard.of", file="first.xlsx")) in labels


def test_the_newest_workbook_comes_first(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    for name in ("first.xlsx", "second.xlsx"):
        page.file_uploader[0].upload(name, name.encode(), "").run()
    assert markup(page).index("<h2>second.xlsx") < markup(page).index("<h2>first.xlsx")


def test_an_accepted_workbook_leads_to_what_it_changed(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload(SAMPLE.name, SAMPLE.read_bytes(), "").run()
    assert SAMPLE.name in markup(page)
    accept_button(page).click().run()
    assert 'class="sf-notice sf-done"' in markup(page)
    labels = [link.proto.label for link in page.page_link]
    assert ENGLISH.text("upload.accepted.next") in labels


def test_a_workbook_with_errors_cannot_be_accepted_and_says_why(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload("notes.xlsx", b"shopping list", "").run()
    assert accept_button(page).disabled
    assert 'class="sf-severity sf-severity-error"' in markup(page)
    assert 'class="sf-notice sf-remark"' in markup(page)


def test_a_discarded_workbook_leaves_nothing(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload("notes.xlsx", b"shopping list", "").run()
    page.button(key="discard-1").click().run()
    assert ENGLISH.text("empty.upload") in markup(page)


def test_a_file_name_is_shown_and_never_obeyed(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    page.file_uploader[0].upload("<img src=x onerror=alert(1)>.xlsx", b"", "").run()
    assert "<img" not in markup(page)
    assert "&lt;img" in markup(page)


def test_a_choice_is_sent_anew_by_every_page(open_page: OpenPage) -> None:
    page = open_page("dashboard.py", quarter="2022-Q3")
    page.switch_page("pages/compare.py").run()
    chosen = page.selectbox(key="choice-quarter")
    assert str(chosen.value) == "2022-Q3"
    assert chosen.proto.set_value  # else the browser keeps what it showed, or its default


def waiting(content: bytes) -> tuple[Smartfin, int]:
    """A workbook that waits on the Upload page."""
    smartfin = open_smartfin(read_settings())
    return smartfin, add_draft(smartfin, content, "AT.xlsx", "ana", LOCAL_SESSION)


def stage_control(page: AppTest) -> Any:
    """How far the books of the only workbook are settled."""
    (control,) = [one for one in page.get("button_group") if str(one.key).startswith("stage-")]
    return control


def test_a_click_on_a_workbook_that_is_gone_is_answered_with_a_sentence(
    open_empty_page: OpenPage,
) -> None:
    page = open_empty_page("pages/upload.py")
    smartfin, draft = waiting(SAMPLE.read_bytes())
    page.run()
    discard_draft(smartfin, draft)
    stage_control(page).set_value(Stage.AUDITED).run()
    assert not page.exception
    assert ENGLISH.text("error.draft-unknown") in markup(page)
    page.run()
    assert ENGLISH.text("error.draft-unknown") not in markup(page)


def test_the_stage_shown_is_the_one_that_is_stored(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    smartfin, draft = waiting(SAMPLE.read_bytes())
    assert stage_control(page.run()).value == Stage.MANAGEMENT
    stage_draft(smartfin, draft, Stage.AUDITED)
    assert stage_control(page.run()).value == Stage.AUDITED


def test_many_questions_come_a_few_at_a_time(open_empty_page: OpenPage) -> None:
    page = open_empty_page("pages/upload.py")
    letters = "abcdefghijklmnopqrst"
    rows = {f"Sonderposten {letter}{letter}{letter}": 1000.0 for letter in letters}
    smartfin, draft = waiting(workbook(Quarter(2022, 3), {**KILO, **rows}, "Smart Austria, EUR"))
    asked = len(read_draft(smartfin, smartfin.ledger.draft(draft)).reading.questions)
    page.run()
    assert not page.exception
    more = re.search(r"(\d+) more questions follow", markup(page))
    assert more is not None
    drawn = {str(one.key).rpartition("-")[2] for one in page.selectbox if "settle" in str(one.key)}
    assert len(drawn) + int(more[1]) == asked
