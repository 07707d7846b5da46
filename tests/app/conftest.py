"""Pages run without a browser, each over a ledger of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from smartfin.settings import ROOT

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(sample_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens a script with an address over its own copy of the samples."""
    copy = tmp_path / "smartfin.db"
    shutil.copy(sample_database, copy)
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{copy}")
    return _open


@pytest.fixture
def open_empty_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens a script over a ledger into which nothing was handed in."""
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    return _open


def _open(script: str, **address: str | list[str]) -> AppTest:
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    if script != "dashboard.py":
        page.switch_page(script)
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()
