"""Handing in a workbook as finance does: drop, read, leave, come back, accept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from smartfin.settings import ROOT
from smartfin.wording import words_of

pytestmark = pytest.mark.browser

SAMPLES = ROOT / "data" / "samples"
HISTORY = SAMPLES / "2022-07-30_SE_synthetic_historik-till-2022-Q2.xlsx"
QUARTER = SAMPLES / "2022-10-30_SE_synthetic_kvartal-2022-Q3.xlsx"
SHOPPING_LIST: FilePayload = {
    "name": "shopping <b>list</b>.xlsx",
    "mimeType": "application/octet-stream",
    "buffer": b"milk, bread",
}
PATIENCE = 20_000  # milliseconds
OVERLAPS = """() => {
    const parts = [...document.querySelectorAll('.sf-group :is(dt, dd)')].map(part => {
        const words = document.createRange();
        words.selectNodeContents(part);
        return [part.textContent, words.getBoundingClientRect()];
    });
    return parts.flatMap(([name, a], place) => parts.slice(place + 1)
        .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map(([other]) => `${name} over ${other}`));
}"""
"""Texts of the group line that lie over one another."""


@pytest.fixture
def upload(page: Page, start_server: Callable[..., str]) -> Page:
    """The Upload page over an empty ledger of its own."""
    page.goto(f"{start_server(SMARTFIN_SAMPLES='0')}/upload")
    expect(page.locator(".sf-footer")).to_be_visible(timeout=PATIENCE)
    return page


def drafts(page: Page) -> list[str]:
    """Headings of the workbooks that wait."""
    return page.locator("[class*=st-key-draft-] h2").all_inner_texts()


def test_a_workbook_goes_from_hand_to_history(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files(HISTORY)
    accept = upload.get_by_role("button", name="Accept into the ledger")
    expect(accept).to_be_enabled(timeout=PATIENCE)
    expect(upload.get_by_role("heading", level=2)).to_contain_text([HISTORY.name])
    accept.click()
    expect(upload.locator(".sf-done")).to_contain_text(HISTORY.name, timeout=PATIENCE)
    upload.get_by_role("link", name="See what it changed").click()
    handed_in = upload.locator(".sf-table", has_text="Workbooks handed in")
    expect(handed_in).to_contain_text(HISTORY.name, timeout=PATIENCE)
    with upload.expect_download() as download:
        upload.get_by_role("button", name=f"Download {HISTORY.name}").click()
    assert download.value.path().read_bytes() == HISTORY.read_bytes()
    upload.locator(".st-key-frame").get_by_role("link", name="Board").click()
    expect(upload.locator(".sf-tile")).to_contain_text(["Smart Sverige"], timeout=PATIENCE)


def test_an_upload_survives_reload_and_change_of_page(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files([HISTORY, QUARTER])
    expect(upload.locator("[class*=st-key-draft-] h2")).to_have_count(2, timeout=PATIENCE)
    before = drafts(upload)
    upload.reload()
    expect(upload.locator("[class*=st-key-draft-] h2")).to_have_count(2, timeout=PATIENCE)
    upload.locator(".st-key-frame").get_by_role("link", name="History").click()
    expect(upload.get_by_role("heading", level=1)).to_contain_text("handed in", timeout=PATIENCE)
    upload.locator(".st-key-frame").get_by_role("link", name="Upload").click()
    expect(upload.locator("[class*=st-key-draft-] h2")).to_have_count(2, timeout=PATIENCE)
    assert drafts(upload) == before


def test_among_several_workbooks_the_one_meant_is_accepted(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files([HISTORY, QUARTER])
    upload.get_by_role("button", name=f"Accept {HISTORY.name}").click(timeout=PATIENCE)
    expect(upload.locator(".sf-done")).to_contain_text(HISTORY.name, timeout=PATIENCE)
    expect(upload.locator("[class*=st-key-draft-] h2")).to_have_count(1)
    expect(upload.get_by_role("button", name="Accept into the ledger")).to_be_enabled()


def test_why_the_group_has_no_figure_stays_within_its_column(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files(HISTORY)
    upload.get_by_role("button", name="Accept into the ledger").click(timeout=PATIENCE)
    expect(upload.locator(".sf-done")).to_be_visible(timeout=PATIENCE)
    upload.locator(".st-key-frame").get_by_role("link", name="Board").click()
    expect(upload.locator(".sf-group .sf-note").first).to_be_visible(timeout=PATIENCE)
    for width in (1440, 820, 390):
        upload.set_viewport_size({"width": width, "height": 900})
        assert upload.evaluate(OVERLAPS) == []


def test_what_is_no_workbook_is_named_and_cannot_be_accepted(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files(SHOPPING_LIST)
    expect(upload.locator("[class*=st-key-draft-] h2")).to_contain_text(
        SHOPPING_LIST["name"], timeout=PATIENCE
    )
    expect(upload.get_by_role("button", name="Accept into the ledger")).to_be_disabled()
    expect(upload.locator(".sf-severity-error")).to_have_count(1)
    expect(upload.locator("[class*=st-key-draft-] .sf-notice")).to_be_visible()


def test_a_discarded_workbook_is_gone(upload: Page) -> None:
    upload.locator("input[type=file]").set_input_files(SHOPPING_LIST)
    upload.get_by_role("button", name="Discard").click(timeout=PATIENCE)
    expect(upload.locator("[class*=st-key-draft-]")).to_have_count(0, timeout=PATIENCE)
    expect(upload.locator(".sf-done")).to_contain_text(SHOPPING_LIST["name"])


def test_the_place_to_drop_speaks_the_language_of_the_reader(upload: Page) -> None:
    upload.goto(upload.url + "?lang=nl")
    button = upload.get_by_test_id("stFileUploaderDropzone").locator("button")
    expect(button).to_be_visible(timeout=PATIENCE)
    shown = button.locator("p").evaluate("p => getComputedStyle(p, '::after').content")
    assert shown == f'"{words_of("nl").text("upload.drop.button")}"'
