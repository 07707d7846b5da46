"""What many tests start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from smartfin.services.start import open_smartfin, prepare
from smartfin.settings import Settings, read_settings
from tests.serving import served

SLOW_FOLDERS = ("app", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests last, so that what is wrong is known soon."""
    items.sort(key=lambda item: item.path.parent.name in SLOW_FOLDERS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The project's own data, and a database that does not exist yet."""
    return read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'smartfin.db'}"})


@pytest.fixture
def empty_settings(tmp_path: Path) -> Settings:
    """The same without sample workbooks."""
    database = f"sqlite:///{tmp_path / 'smartfin.db'}"
    return read_settings({"SMARTFIN_DATABASE": database, "SMARTFIN_SAMPLES": "0"})


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample workbooks in it; to be copied, not changed."""
    file = tmp_path_factory.mktemp("samples") / "smartfin.db"
    smartfin = open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}"}))
    prepare(smartfin, lambda _name, _place, _count: None)
    smartfin.ledger.close()
    return file


@pytest.fixture
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts dashboards that end with the test; gives each one's address.

    Args of what it gives: environment variables, over an empty database of its own.
    """
    with ExitStack() as running:

        def start(**environment: str) -> str:
            folder = tmp_path_factory.mktemp("server")
            return running.enter_context(served(folder, **environment))

        yield start
