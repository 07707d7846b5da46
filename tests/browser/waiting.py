"""Waiting until a page is wholly drawn."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PATIENCE = 20_000  # milliseconds


def at_rest(page: Page) -> None:
    """Wait until a page is wholly drawn.

    A list of choices is fetched at its first use and takes the place and the focus of what
    stands there before: nobody is that quick, but a test is.
    """
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
    page.wait_for_timeout(300)
