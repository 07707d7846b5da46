"""The Scenarios page: every move stands in the address, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from smartfin.ui.state import Key

OpenPage = Callable[..., AppTest]
PAGE = "pages/scenarios.py"


def changes(page: AppTest) -> str:
    text = page.query_params.get(Key.CHANGES, "")
    return text if isinstance(text, str) else text[0]


def press(page: AppTest, label: str) -> None:
    next(each for each in page.button if each.label == label).click().run()


def test_nonsense_is_told_and_every_move_stands_in_the_address_and_is_taken_back(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE, partner="AT", changes="rent", chance="66")
    said = "\n".join(element.value for element in page.html)
    assert "In the scenario, changes is rent" in said
    assert "66" in said
    assert "On its present course" in said
    page.number_input("choice-fee-box").set_value(10.5).run()
    assert changes(page) == "fee:0.005@2023-Q1"
    page.selectbox("choice-fee-ramp").set_value(2).run()
    page.select_slider("choice-other_fixed-slider").set_value(-0.05).run()
    everything = "fee:0.005@2023-Q1~2;other_fixed:-0.05@2023-Q1"
    assert changes(page) == everything
    press(page, "Reset all")
    assert changes(page) == ""
    press(page, "Undo")
    assert changes(page) == everything
    press(page, "Undo")
    assert changes(page) == "fee:0.005@2023-Q1~2"
    assert page.number_input("choice-fee-box").value == 10.5
    assert page.select_slider("choice-other_fixed-slider").value == 0.0
    assert not page.exception
