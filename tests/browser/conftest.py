"""A real Chromium before a real server; nothing may go wrong in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser.waiting import PATIENCE
from tests.serving import served

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]
OURS = re.compile(r"(?:http|ws)://127\.0\.0\.1:|data:|blob:|about:")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium on the PATH, else playwright's own."""
    expect.set_options(timeout=PATIENCE)  # other tests keep the processor busy
    found = next(filter(None, map(which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboard(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard with the samples, shared by the tests: read only."""
    folder = tmp_path_factory.mktemp("dashboard")
    shutil.copy(sample_database, folder / "smartfin.db")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def empty_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard into which nothing was handed in, shared: read only."""
    with served(tmp_path_factory.mktemp("empty"), SMARTFIN_SAMPLES="0") as address:
        yield address


@pytest.fixture
def fresh_dashboard(sample_database: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a dashboard with the samples that nobody has asked anything yet."""
    shutil.copy(sample_database, tmp_path / "smartfin.db")
    with served(tmp_path) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of her own: English, a laptop, nothing remembered."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A window; afterwards the test fails on any error in the console (a breach of the
    content security policy is one) and on any request that left this machine.
    """
    faults: list[str] = []

    def note_request(request: Request) -> None:
        if not OURS.match(request.url):
            faults.append(f"left this machine: {request.url}")

    page = context.new_page()
    page.on("request", note_request)
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type == "error" else None,
    )
    yield page
    assert not faults
