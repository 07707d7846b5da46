"""What the reader chose lives in the address: links, reload, back and the menu keep it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds


def expect_country(page: Page, country: str) -> None:
    """The Country page is of that country."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(country, timeout=PATIENCE)


def choose(page: Page, widget: str, option: str) -> None:
    """Picks an option of a select box."""
    page.locator(f".st-key-choice-{widget} input").click()
    page.get_by_role("option", name=option).click()


def test_a_choice_can_be_sent_as_a_link(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=ES")
    expect_country(page, "Spain")
    choose(page, "partner", "Austria")
    expect_country(page, "Austria")
    page.wait_for_url("**/country?partner=AT")
    other = page.context.new_page()
    other.goto(page.url)
    expect_country(other, "Austria")


def test_a_link_means_the_same_in_every_language(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=AT&lang=fr")
    expect_country(page, "Autriche")


def test_reload_keeps_the_view(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=AT&quarter=2022-Q3")
    expect_country(page, "Austria")
    page.reload()
    expect_country(page, "Austria")
    expect(page.locator(".st-key-choice-quarter input")).to_have_value("Q3 2022")


def test_back_goes_to_the_choice_before(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=ES")
    expect_country(page, "Spain")
    choose(page, "partner", "Austria")
    expect_country(page, "Austria")
    page.go_back()
    expect_country(page, "Spain")
    expect(page.locator(".st-key-choice-partner input")).to_have_value("Spain")


def test_the_menu_keeps_day_quarter_and_language(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=AT&quarter=2022-Q3&asof=2022-12-31&lang=nl")
    expect_country(page, "Oostenrijk")
    for _ in range(2):  # away and back, over a page that does not use the partner
        page.locator(".st-key-frame").get_by_role("link", name="Overzicht").click()
        expect(page.locator(".sf-tiles")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".sf-asof")).to_be_visible()
        page.locator(".st-key-frame").get_by_role("link", name="Land", exact=True).click()
        expect_country(page, "Oostenrijk")
    expect(page.locator(".st-key-choice-quarter input")).to_have_value("K3 2022")


def test_the_way_back_to_today_takes_the_day_out_of_the_address(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/?asof=2022-12-31&quarter=2022-Q2")
    page.locator(".sf-asof a").click(timeout=PATIENCE)
    page.wait_for_url("**/?quarter=2022-Q2")
    expect(page.locator(".sf-tiles")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".sf-asof")).to_have_count(0)


def test_a_comparison_is_a_link(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/compare?countries=ES&countries=NL&axis=launch&indicator=own_revenue")
    expect(page.locator("[data-tag]")).to_have_count(2, timeout=PATIENCE)
    launch = page.get_by_role("radio", name="Quarters since launch")
    expect(launch).to_have_attribute("aria-checked", "true")
    page.get_by_role("radio", name="Calendar").click()
    page.wait_for_url(lambda address: "axis" not in address)
    page.get_by_role("radio", name="Local currency").click()
    page.wait_for_url("**currency=local*")


def test_a_comparison_keeps_the_quarter_of_the_page_before(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/?quarter=2022-Q3")
    page.locator(".st-key-frame").get_by_role("link", name="Compare").click(timeout=PATIENCE)
    chosen = page.locator(".st-key-choice-quarter input")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Side by side", timeout=PATIENCE)
    expect(chosen).to_have_value("Q3 2022")
    choose(page, "quarter", "Q2 2022")
    page.wait_for_url("**quarter=2022-Q2*")


def test_a_bad_address_is_answered_with_a_sentence(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/country?partner=XX&quarter=soon&asof=yesterday")
    expect(page.locator(".sf-notice.sf-remark")).to_have_count(3, timeout=PATIENCE)
    expect_country(page, "Spain")
