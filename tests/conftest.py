"""What many tests start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smartfin.services.start import open_smartfin, prepare
from smartfin.settings import Settings, read_settings
from smartfin.store import open_ledger
from tests.serving import served

if TYPE_CHECKING:
    from tests.postgres import Server

SLOW_FOLDERS = ("app", "browser")  # the slowest last


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow tests last, so that what is wrong is known soon.

    Several processes have them first, so that all of them are busy to the end.
    """
    slowness = {folder: rank for rank, folder in enumerate(SLOW_FOLDERS, 1)}
    items.sort(
        key=lambda item: slowness.get(item.path.parent.name, 0),
        reverse=hasattr(config, "workerinput"),
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """How pytest-xdist shares out the files."""
    from tests.processes import ByFile  # noqa: PLC0415 - one process needs none of it

    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def no_default_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where tests, and programs they start, find a database unless they say where.

    Never the one under ``var``, which may be somebody's real ledger.
    """
    address = f"sqlite:///{tmp_path_factory.mktemp('nobody') / 'smartfin.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTFIN_DATABASE", address)
        yield address


@pytest.fixture(scope="session")
def database_kind() -> str:
    """What the ledger of a test is kept in; test modules that want more kinds say so.

    ``sqlite``, a file that does not exist yet; ``postgresql``, a ledger with nothing in it;
    ``new postgresql``, a database without tables.
    """
    return "sqlite"


@pytest.fixture
def database(tmp_path: Path, database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database for one test."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'smartfin.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    new = database_kind == "new postgresql"
    with server.database("template1" if new else request.getfixturevalue("empty_ledger")) as name:
        yield server.address(name)


@pytest.fixture
def settings(database: str) -> Settings:
    """The project's own data, and a database with nothing in it."""
    return read_settings({"SMARTFIN_DATABASE": database})


@pytest.fixture
def empty_settings(database: str) -> Settings:
    """The same without sample workbooks."""
    return read_settings({"SMARTFIN_DATABASE": database, "SMARTFIN_SAMPLES": "0"})


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; without one the tests fail, as half of what they say is unproved."""
    from tests.postgres import running_server  # noqa: PLC0415 - few tests need it

    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def empty_ledger(postgres: Server) -> str:
    """A database with the tables of a ledger; to be copied, not changed."""
    name = postgres.new_database()
    open_ledger(read_settings({"SMARTFIN_DATABASE": postgres.address(name)})).close()
    return name


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
