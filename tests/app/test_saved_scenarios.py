"""Saved scenarios and votes of members as parts of a page."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from smartfin.quarter import Quarter
from smartfin.scenario import Changes, LeverCode, LeverSetting, as_mapping
from smartfin.services.scenario.saved import save_scenario
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import read_settings
from smartfin.ui.reader import person
from tests.builders import AT_BALANCE, book, gaining_members, hand_in

SHORT = gaining_members({**AT_BALANCE, "it_costs": 25.0})


def page_of_saved() -> None:
    """What the Scenarios page does with them."""
    import streamlit as st  # noqa: PLC0415 - a script of its own

    from smartfin.quarter import Quarter  # noqa: PLC0415
    from smartfin.scenario import Changes, LeverCode, LeverSetting, parsed_link  # noqa: PLC0415
    from smartfin.ui.cache import opened_smartfin  # noqa: PLC0415
    from smartfin.ui.clicks import draw_done  # noqa: PLC0415
    from smartfin.ui.saved_scenarios import draw_saved, opened_scenario  # noqa: PLC0415
    from smartfin.ui.state import Page, Selection  # noqa: PLC0415
    from smartfin.ui.votes import draw_votes  # noqa: PLC0415
    from smartfin.wording import words_of  # noqa: PLC0415

    selection = Selection(Page.BOARD, opened_smartfin(), words_of("en"), None)
    draw_done()
    opened = opened_scenario(selection)
    at_hand = Changes((LeverSetting(LeverCode.FEE, 0.01, Quarter(2023, 1)),))
    spelled = st.query_params.get("changes", "")
    shown = parsed_link(spelled) if spelled else at_hand
    draw_saved(selection, "ES", shown, opened)
    draw_votes(selection, "ES")


@pytest.fixture
def smartfin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Smartfin:
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    smartfin = open_smartfin(read_settings())
    hand_in(smartfin, "ES", book(SHORT))
    return smartfin


@pytest.fixture
def saved_page(smartfin: Smartfin) -> AppTest:
    del smartfin  # the ledger is there
    return AppTest.from_function(page_of_saved, default_timeout=60)


def said(page: AppTest) -> str:
    assert not page.exception
    return re.sub(r"<[^>]+>", "", "\n".join(each.value for each in page.html))


def button(page: AppTest, start: str) -> Button:
    return next(each for each in page.button if each.label.startswith(start))


def type_in(page: AppTest, label: str, text: str) -> None:
    boxes = [*page.text_input, *page.text_area]
    next(each for each in boxes if each.label == label).input(text)


def test_a_scenario_is_saved_compared_moved_on_frozen_and_removed(
    smartfin: Smartfin, saved_page: AppTest
) -> None:
    page = saved_page.run()
    assert "Nothing is saved of Spain yet." in said(page)
    type_in(page, "Name", "Fee")
    button(page, "Save as a scenario").click().run()
    assert "The scenario “Fee” of Spain is saved as no. 1." in said(page)
    assert page.query_params["scenario"] in ("1", ["1"])
    page.multiselect[0].select(1).run()
    assert page.query_params["compared"] in ("1", ["1"])
    assert "Scenarios of Spain beside its present course" in said(page)
    # Changed at hand, while somebody else saves.
    page.query_params["changes"] = "fee:0.015@2023-Q1"
    other = Changes((LeverSetting(LeverCode.FEE, 0.02, Quarter(2023, 1)),))
    save_scenario(smartfin, "ES", "Fee", json.dumps(as_mapping(other)), "bo", replaces=1)
    page.run()
    assert "bo saved a newer version of “Fee” meanwhile" in said(page)
    button(page, "Save as new version").click().run()
    assert "Nothing was saved. Look at it first" in said(page)
    button(page, "Look at version 2").click().run()
    assert "meanwhile" not in said(page)
    assert page.query_params["changes"] in ("fee:0.02@2023-Q1", ["fee:0.02@2023-Q1"])
    type_in(page, "Name of the meeting", "Board")
    button(page, "Make “Fee”").click().run()
    (plan,) = smartfin.ledger.plans_of_record()
    assert (plan.version, plan.meeting) == (2, "Board")
    assert page.toggle[0].value is False
    button(page, "Yes, remove it").click().run()
    assert "no longer listed" in said(page)
    assert smartfin.ledger.scenarios() == ()


def test_a_vote_is_recorded_and_withdrawn(smartfin: Smartfin, saved_page: AppTest) -> None:
    page = saved_page.run()
    type_in(page, "What was voted on", "Fee to 9 %")
    page.number_input[0].set_value(72.5)
    page.date_input[0].set_value(date(2022, 12, 1))
    button(page, "Record").click().run()
    (vote,) = smartfin.ledger.votes()
    assert (vote.ballot.in_favour, vote.ballot.turnout) == (0.725, None)
    assert (vote.ballot.held, vote.by) == (date(2022, 12, 1), person())
    assert "72.5% in favour, turnout –" in said(page)
    type_in(page, "Why it counts no more", "no quorum")
    button(page, "Withdraw the vote").click().run()
    assert "no quorum" in said(page)
    assert smartfin.ledger.votes()[0].withdrawn
