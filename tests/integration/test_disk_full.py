"""A full disk: said in a sentence, nothing stored, and the next try works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from smartfin.errors import StoreError
from smartfin.services.intake import accept_draft, add_draft, import_workbook
from smartfin.services.start import Smartfin, open_smartfin, sample_files
from smartfin.settings import Settings
from smartfin.wording import LANGUAGES, words_of


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


@pytest.fixture
def workbook(smartfin: Smartfin) -> Path:
    return next(path for path in sample_files(smartfin.settings) if "_ES_" in path.name)


@contextmanager
def full_disk(smartfin: Smartfin) -> Iterator[None]:
    """While it lasts the database may not grow by a page, as on a full disk."""

    def limit(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    smartfin.ledger.close()
    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)
        smartfin.ledger.close()


def test_what_does_not_fit_is_not_stored_and_fits_once_there_is_space(
    smartfin: Smartfin, workbook: Path
) -> None:
    content = workbook.read_bytes()
    with full_disk(smartfin), pytest.raises(StoreError) as caught:
        import_workbook(smartfin, content, workbook.name, "A. Name")
    assert caught.value.code == "disk-full"
    assert smartfin.ledger.submissions() == ()
    assert smartfin.ledger.facts() == ()
    intake = import_workbook(smartfin, content, workbook.name, "A. Name")
    assert intake.submission is not None
    assert len(smartfin.ledger.facts()) == len(intake.reading.facts)


def test_a_dropped_workbook_waits_on_when_accepting_it_found_no_space(
    smartfin: Smartfin, workbook: Path
) -> None:
    draft = add_draft(smartfin, workbook.read_bytes(), workbook.name, "A. Name", "session")
    with full_disk(smartfin), pytest.raises(StoreError) as caught:
        accept_draft(smartfin, draft, "A. Name")
    assert caught.value.code == "disk-full"
    assert smartfin.ledger.submissions() == ()
    assert [one.id for one in smartfin.ledger.drafts("session")] == [draft]
    assert accept_draft(smartfin, draft, "A. Name").fact_count > 0


def test_a_workbook_that_finds_no_space_to_wait_leaves_nothing_behind(
    smartfin: Smartfin, workbook: Path
) -> None:
    with full_disk(smartfin), pytest.raises(StoreError) as caught:
        add_draft(smartfin, workbook.read_bytes(), workbook.name, "A. Name", "session")
    assert caught.value.code == "disk-full"
    assert smartfin.ledger.drafts("session") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_disk_is_said_in_words(language: str) -> None:
    sentence = words_of(language).error(StoreError("disk-full", database="/srv/smartfin.db"))
    assert "/srv/smartfin.db" in sentence
    assert "{" not in sentence
