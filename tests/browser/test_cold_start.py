"""Every page opened by its address works, also as the first thing a fresh server is asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from smartfin.wording import LANGUAGES
from tests.browser.addresses import ADDRESSES

pytestmark = pytest.mark.browser

IN_MENU = [address for address in ADDRESSES if not address.startswith("/explain")]
PAGES = Path(__file__).resolve().parents[2] / "pages"


def expect_a_page(page: Page) -> None:
    """Heading and menu stand, nothing is said to be wrong."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
    expect(page.locator('[aria-current="page"]')).to_have_count(1)
    expect(page.locator(".sf-footer")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("address", IN_MENU)
def test_a_page_may_be_the_first_thing_a_server_is_asked(
    page: Page, fresh_dashboard: str, address: str
) -> None:
    page.goto(fresh_dashboard + address)
    expect_a_page(page)


@pytest.mark.parametrize("address", IN_MENU)
def test_a_page_of_an_empty_store_says_what_comes_next(
    page: Page, empty_dashboard: str, address: str
) -> None:
    page.goto(empty_dashboard + address)
    expect_a_page(page)
    expect(page.get_by_role("status").first).to_be_visible()


def test_every_page_is_among_the_addresses() -> None:
    pages = {path.stem for path in PAGES.glob("*.py")}
    assert {urlsplit(address).path.strip("/") for address in ADDRESSES} == {"", *pages}


def test_charts_are_drawn_under_the_strict_policy(page: Page, dashboard: str) -> None:
    answer = page.goto(dashboard)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_marked_with_the_language_it_speaks(
    page: Page, empty_dashboard: str, language: str
) -> None:
    page.goto(f"{empty_dashboard}/?lang={language}")
    expect_a_page(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
