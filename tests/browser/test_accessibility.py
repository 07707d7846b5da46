"""No page keeps anybody out: axe finds nothing serious, in either theme."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import ADDRESSES

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}
PATIENCE = 20_000  # milliseconds


def grave_violations(page: Page) -> list[str]:
    """What axe finds serious, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious(
    browser: Browser, dashboard: str, address: str, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme, locale="en-GB")
    page = context.new_page()
    page.goto(dashboard + address)
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(500)  # colours fade in; a half-faded one has no contrast yet
    assert grave_violations(page) == []
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_go_down_one_step_at_a_time(page: Page, dashboard: str, address: str) -> None:
    page.goto(dashboard + address)
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chart_has_a_sentence_and_its_numbers(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=SE")
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    charts = page.get_by_test_id("stPlotlyChart")
    expect(charts.first).to_be_visible(timeout=PATIENCE)
    named = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map(chart =>
            (chart.querySelector('[aria-label]') || chart).getAttribute('aria-label') || '')"""
    )
    assert named
    assert all(len(sentence) > 20 for sentence in named)
    assert page.locator("details table").count() >= len(set(named))


def test_every_table_is_one_for_screen_readers_too(page: Page, dashboard: str) -> None:
    page.goto(dashboard)
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    for table in page.locator("table").all():
        assert table.locator("caption").count() == 1
        assert table.locator("thead th:not([scope=col])").count() == 0
        assert table.locator("tbody tr").count() == table.locator("tbody th[scope=row]").count()


def test_the_keyboard_shows_where_it_is(page: Page, dashboard: str) -> None:
    page.goto(dashboard)
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    link = page.locator(".sf-tile a").first
    page.locator("summary").first.focus()
    page.keyboard.press("Shift+Tab")
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    expect(link).to_have_css("outline-style", "solid")
