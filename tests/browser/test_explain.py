"""A number on a page opens where it comes from: the same number, its file and its cell."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds


def test_a_number_opens_its_sum_its_file_and_its_cell(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/?quarter=2022-Q4&lang=en")
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    spain = page.locator(".sf-tile", has_text="Spain")
    number = spain.locator(".sf-source[href*='figure=members_active']")
    shown = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sf-number-large strong")).to_have_text(shown, timeout=PATIENCE)
    expect(page.locator(".sf-picture caption")).to_contain_text("_ES_synthetic_")
    expect(page.locator(".sf-picture caption")).to_contain_text("Socios")
    expect(page.locator(".sf-picture .sf-marked")).to_contain_text(shown)
    place = page.locator(".sf-table tbody td", has_text="Socios!")
    expect(place).to_be_visible()
    expect(page.get_by_role("button", name="_ES_synthetic_")).to_be_visible()
    page.locator(".sf-back a").click()
    expect(page.locator(".sf-tiles")).to_be_visible(timeout=PATIENCE)
    assert "quarter=2022-Q4" in page.url
    assert "figure" not in page.url


def test_another_cell_is_chosen_in_its_place(page: Page, dashboard: str) -> None:
    address = "explain?partner=ES&quarter=2022-Q4&figure=equity_ratio&fact=total_assets:2022-Q4"
    page.goto(f"{dashboard}/{address}&lang=en")
    marked = page.locator(".sf-picture .sf-marked")
    expect(marked).to_be_visible(timeout=PATIENCE)
    row = page.locator(".sf-table tbody tr", has_text="Total assets")
    amount = row.locator("td").nth(1).inner_text().replace("\N{NO-BREAK SPACE}EUR", "")
    expect(marked).to_contain_text(amount)
