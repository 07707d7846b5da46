"""Pages run without a browser, each over a ledger of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from smartfin.services.start import open_smartfin, prepare
from smartfin.settings import ROOT, read_settings

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample workbooks in it; to be copied, not changed."""
    file = tmp_path_factory.mktemp("samples") / "smartfin.db"
    smartfin = open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}"}))
    prepare(smartfin, lambda _name, _place, _count: None)
    smartfin.ledger.close()
    return file


@pytest.fixture
def open_page(sample_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens a script with an address over its own copy of the samples."""
    copy = tmp_path / "smartfin.db"
    shutil.copy(sample_ledger, copy)
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
