"""What a reader sees: the answer without scrolling, on any screen, in either theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from smartfin.wording import LANGUAGES
from tests.browser.addresses import ADDRESSES

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds


def opened(page: Page, address: str) -> Page:
    """The page, drawn to its end."""
    page.goto(address)
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_answer_stands_on_a_laptop_screen(
    page: Page, dashboard: str, language: str
) -> None:
    opened(page, f"{dashboard}/?lang={language}")
    chart = page.locator(".st-key-wide-coverage .main-svg").first
    expect(chart).to_be_visible(timeout=PATIENCE)
    parts = [page.locator(name) for name in (".sf-heading p", ".sf-message", ".sf-tiles")]
    for part in (*parts, chart, page.locator(".sf-sentences")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    assert page.locator(".sf-tile").count() == 5


@pytest.mark.parametrize("width", [820, 390, 320])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_is_wider_than_its_screen(
    page: Page, dashboard: str, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, dashboard + address)
    wide = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .some(part => part.scrollWidth > window.innerWidth)"""
    )
    assert not wide


def test_a_narrow_screen_gets_the_narrow_figure(page: Page, dashboard: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, dashboard)
    expect(page.locator(".st-key-narrow-coverage .main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".st-key-wide-coverage")).to_be_hidden()


def test_a_tile_leads_to_its_country_by_keyboard(page: Page, dashboard: str) -> None:
    opened(page, f"{dashboard}/?quarter=2022-Q3")
    page.locator(".sf-tile a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/country?*")
    assert "quarter=2022-Q3" in page.url
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)


def test_a_figure_of_the_matrix_opens_its_warning_by_keyboard(page: Page, dashboard: str) -> None:
    """The warning stands in view at once, also on a narrow screen, and the way back is there."""
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{dashboard}/warning?quarter=2022-Q3")
    page.locator(".sf-matrix a.sf-flag-red").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**rule=*")
    assert "quarter=2022-Q3" in page.url
    expect(page.locator(".sf-detail h2")).to_be_in_viewport(timeout=PATIENCE)
    page.locator(".sf-detail a").last.click()
    page.wait_for_url(lambda url: "rule=" not in url)
    expect(page.locator(".sf-matrix")).to_be_visible(timeout=PATIENCE)


def test_the_names_of_the_warnings_stay_while_the_matrix_moves(page: Page, dashboard: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{dashboard}/warning")
    name = page.locator(".sf-matrix tbody th[scope=row]").first
    before = name.bounding_box()
    page.locator(".sf-scroll:has(.sf-matrix)").evaluate("frame => { frame.scrollLeft = 200 }")
    assert name.bounding_box() == before


def test_the_numbers_of_a_chart_open_by_keyboard(page: Page, dashboard: str) -> None:
    opened(page, dashboard)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] table").first).to_be_visible()


def test_the_language_switch_keeps_the_view_and_turns_the_page(page: Page, dashboard: str) -> None:
    opened(page, f"{dashboard}/country?partner=SE&quarter=2022-Q3")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zweden", timeout=PATIENCE)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert "partner=SE" in page.url
    assert "quarter=2022-Q3" in page.url


def test_the_browser_chooses_the_language_where_the_address_does_not(
    browser: Browser, dashboard: str
) -> None:
    context = browser.new_context(locale="fr-BE")
    page = opened(context.new_page(), dashboard)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("link", name="English")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("theme", "ground"), [("light", "255, 255, 255"), ("dark", "23, 23, 23")])
def test_our_markup_follows_the_theme(
    browser: Browser, dashboard: str, theme: str, ground: str
) -> None:
    context = browser.new_context(color_scheme=theme)  # type: ignore[arg-type]
    page = opened(context.new_page(), dashboard)
    expect(page.locator(".sf-tile").first).to_have_css("background-color", f"rgb({ground})")
    context.close()


def test_everything_to_press_is_large_enough(page: Page, dashboard: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, dashboard)
    for target in page.locator(".st-key-frame a, .st-key-frame button, .sf-tile h3 a").all():
        box = target.bounding_box()
        assert box is not None
        assert box["width"] >= 24
        assert box["height"] >= 24
