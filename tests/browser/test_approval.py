"""Approval as a board and group finance see it: what waits changes nothing until it is approved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smartfin.settings import ROOT, read_settings
from smartfin.store import Ledger, open_ledger
from tests.serving import served

pytestmark = pytest.mark.browser

NEWEST = next((ROOT / "data" / "samples").glob("*_SE_*2022-Q4.xlsx"))
PATIENCE = 20_000  # milliseconds


@pytest.fixture
def ledger(sample_database: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The samples, approved but for Sweden's newest quarter, which is not handed in."""
    shutil.copy(sample_database, tmp_path / "smartfin.db")
    opened = open_ledger(
        read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'smartfin.db'}"})
    )
    now = datetime.now(UTC)
    (newest,) = [each for each in opened.submissions() if each.name == NEWEST.name]
    opened.withdraw(newest.id, "not yet", "test", now)
    opened.approve([each.id for each in opened.submissions() if not each.withdrawn], "test", now)
    yield opened
    opened.close()


@pytest.fixture
def dashboard(ledger: Ledger, tmp_path: Path) -> Iterator[str]:
    """Its address, with approval on."""
    with served(tmp_path, SMARTFIN_APPROVAL="1") as address:
        yield address


def test_the_board_changes_with_the_approval_and_not_before(
    page: Page, dashboard: str, ledger: Ledger
) -> None:
    page.goto(f"{dashboard}/upload")
    page.locator("input[type=file]").set_input_files(NEWEST)
    accept = page.get_by_role("button", name="Accept into the ledger")
    expect(accept).to_be_enabled(timeout=PATIENCE)
    expect(page.locator("[class*=st-key-draft-] .sf-mark")).to_contain_text("Draft")
    accept.click()
    expect(page.locator(".sf-done")).to_be_visible(timeout=PATIENCE)

    page.goto(dashboard)
    sweden = page.locator(".sf-tile", has_text="Smart Sverige")
    expect(sweden).to_contain_text("figures to Q3 2022", timeout=PATIENCE)
    expect(page.locator(".sf-waiting")).to_contain_text("1 workbook waits for approval")
    expect(page.locator(".sf-heading")).to_contain_text("not approved yet: Sweden")
    expect(page.locator(".sf-unapproved")).to_have_count(0)

    page.get_by_role("radio", name="Accepted").click()
    page.wait_for_url("**basis=accepted*")
    expect(sweden.locator(".sf-verdict")).to_contain_text("provisional", timeout=PATIENCE)
    expect(sweden).to_contain_text("not approved yet")
    expect(page.locator(".sf-unapproved")).to_have_count(1)
    page.locator(".st-key-frame").get_by_role("link", name="Country").click()
    expect(page.get_by_role("radio", name="Accepted")).to_be_checked(timeout=PATIENCE)

    waiting = [each.id for each in ledger.submissions() if not (each.approved or each.withdrawn)]
    ledger.approve(waiting, "test", datetime.now(UTC))
    page.goto(dashboard)
    expect(page.locator(".sf-tiles")).to_be_visible(timeout=PATIENCE)
    expect(sweden).not_to_contain_text("figures to Q3 2022")
    expect(page.locator(".sf-waiting")).to_have_count(0)
