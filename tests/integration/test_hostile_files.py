"""Odd and hostile files: one clear sentence each, nothing stored, and the next file is read."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from smartfin.findings import Finding, FindingCode, Severity
from smartfin.ingest import Reading
from smartfin.ingest.process.child import Workers, guarded_answer
from smartfin.services.intake import Said, import_workbook
from smartfin.services.start import open_smartfin
from smartfin.settings import Settings
from smartfin.wording import LANGUAGES, words_of
from tests.hostile import honest
from tests.hostile.every import NASTY
from tests.hostile.fuzzing import memory, reader, run, said
from tests.hostile.mutations import HONEST, original
from tests.hostile.nasty import Nasty
from tests.hostile.others import NAMES
from tests.hostile.workbooks import of_kind

Read = Callable[[bytes, str], Reading]
PATIENCE = 10.0  # seconds a person waits for the answer about one file


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Reads a file with a process that all tests of this module share."""
    with reader() as read_one:
        yield read_one


@pytest.fixture(scope="module")
def answer_to(read: Read) -> Callable[[Nasty], Reading]:
    """What is said of a nasty file; it is read when it is asked about first."""
    return cache(lambda nasty: read(nasty.content(), nasty.file))


def errors(reading: Reading) -> list[FindingCode]:
    return [finding.code for finding in reading.findings if finding.severity is Severity.ERROR]


def test_the_nasty_files_are_many_and_each_has_a_name_of_its_own() -> None:
    names = [name for name, _ in NASTY]
    assert len(set(names)) == len(names) > 200


@pytest.mark.parametrize("nasty", [one for _, one in NASTY], ids=[name for name, _ in NASTY])
def test_a_nasty_file_gets_the_answer_it_deserves(
    nasty: Nasty, read: Read, answer_to: Callable[[Nasty], Reading]
) -> None:
    began = time.monotonic()
    reading = answer_to(nasty)
    assert time.monotonic() - began < PATIENCE
    codes = [finding.code for finding in reading.findings]
    whole = said(read(honest.as_xlsx(), "book.xlsx").facts)
    assert len(whole) == 32
    if not nasty.codes:
        assert errors(reading) == []
        assert said(reading.facts) == whole
    elif any(code.severity is Severity.ERROR for code in nasty.codes):
        assert len(codes) == 1
        assert codes[0] in nasty.codes
    else:
        assert nasty.codes & set(codes)
        assert said(reading.facts) < whole


@pytest.mark.parametrize("kind", HONEST)
def test_the_honest_workbooks_say_the_same_in_every_format(kind: str, read: Read) -> None:
    expected = said(read(honest.as_xlsx(), "book.xlsx").facts)
    found = said(read(original(kind), f"book.{kind}").facts)
    assert len(expected) == 32
    assert found == (
        expected if kind != "csv" else {one for one in expected if "members" not in one[0]}
    )


@pytest.mark.parametrize("kind", ["dialogsheet", "chartsheet"])
def test_a_sheet_that_holds_no_table_is_left_out_and_the_rest_is_read(
    kind: str, read: Read
) -> None:
    reading = read(of_kind(kind), "book.xlsx")
    assert {fact.sheet for fact in reading.facts} == {"Soci"}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_what_a_file_is_called_does_no_harm(name: str, read: Read) -> None:
    assert said(read(honest.as_xlsx(), name).facts) == said(read(honest.as_xlsx(), "b.xlsx").facts)


def test_three_hundred_spoilt_workbooks_do_no_harm() -> None:
    before = memory()
    result = run(seed=3, count=300)
    assert result.faults == []
    assert result.outcomes["read"] > 30
    assert result.outcomes["damaged"] > 30
    assert memory() - before < 50


@pytest.fixture(scope="module")
def refusals(answer_to: Callable[[Nasty], Reading]) -> list[Finding]:
    """What is said of each nasty file that is refused."""
    return [answer_to(nasty).findings[0] for _, nasty in NASTY if nasty.codes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_in_words_and_says_what_to_do(
    language: str, refusals: list[Finding]
) -> None:
    words = words_of(language)
    said_of = {words.finding(finding) for finding in refusals}
    assert len(said_of) > 20
    for sentence, remedy in said_of:
        assert sentence.endswith(".")
        assert remedy.endswith(".")
        assert "{" not in sentence + remedy


def test_nothing_of_a_nasty_file_is_stored(empty_settings: Settings) -> None:
    smartfin = open_smartfin(empty_settings)
    one_a_code = {code: nasty for _, nasty in NASTY for code in nasty.codes}
    refused = [nasty for code, nasty in one_a_code.items() if code.severity is Severity.ERROR]
    assert len(refused) > 10
    for nasty in refused:
        said_of = Said(partner=honest.PARTNER)
        intake = import_workbook(smartfin, nasty.content(), nasty.file, "A. Name", said_of)
        assert intake.refused
        assert intake.changes == ()
    assert smartfin.ledger.submissions() == ()
    assert smartfin.ledger.facts() == ()


# --- the reading process


@pytest.fixture
def sleeping() -> Iterator[Workers]:
    """Processes that do as the request says: sleep, spin, or try what they must not."""
    workers = Workers("tests.hostile.unruly", 1)
    yield workers
    workers.close()


def answer(workers: Workers, wish: str, seconds: float = 20.0) -> bytes | Finding:
    return guarded_answer(workers, (wish.encode(), b"", b""), seconds)


@pytest.mark.parametrize(
    "wish", ["write a file", "open a file", "connect", "listen", "start a program", "take memory"]
)
def test_the_reading_process_may_not(wish: str, sleeping: Workers) -> None:
    assert answer(sleeping, wish) == b"refused"


def test_a_process_that_is_killed_each_time_is_no_fault_of_the_file(sleeping: Workers) -> None:
    assert answer(sleeping, "be killed") == Finding(FindingCode.READER_STOPPED)


def test_a_process_that_breaks_down_each_time_is_the_fault_of_the_file(sleeping: Workers) -> None:
    finding = answer(sleeping, "break down")
    assert finding == Finding(FindingCode.HOSTILE, facts={"harm": "crash"})


def test_a_process_killed_once_is_asked_again(sleeping: Workers) -> None:
    with sleeping.borrowed() as worker:
        victim = worker.pid
    timer = threading.Timer(0.5, os.kill, (victim, signal.SIGKILL))
    timer.start()
    assert answer(sleeping, "nap") == b"awake"
    timer.join()


def test_two_attempts_share_one_deadline(sleeping: Workers) -> None:
    answer(sleeping, "nap")  # a process that has answered before is given a second attempt
    began = time.monotonic()
    finding = answer(sleeping, "sleep, then break down", seconds=3.0)
    assert isinstance(finding, Finding)
    assert finding.code is FindingCode.TOO_SLOW
    assert time.monotonic() - began < 5


def test_whoever_waits_too_long_for_a_process_is_told(
    sleeping: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartfin.ingest.process.child.PATIENCE", 0.1)
    with sleeping.borrowed():
        assert answer(sleeping, "nap") == Finding(FindingCode.READER_STOPPED)
    assert answer(sleeping, "nap") == b"awake"


def test_a_process_left_alone_ends_with_its_time(sleeping: Workers) -> None:
    assert answer(sleeping, "spin") == Finding(FindingCode.TOO_SLOW, facts={"seconds": 20.0})


def test_a_process_that_has_grown_ends_after_its_answer(sleeping: Workers) -> None:
    with sleeping.borrowed() as worker:
        first = worker.pid
    assert answer(sleeping, "grow") == b"grown"
    assert answer(sleeping, "nap") == b"awake"
    with sleeping.borrowed() as worker:
        assert worker.pid != first
    assert not Path(f"/proc/{first}").exists()


def test_the_reading_process_has_no_open_files_but_its_pipes_and_its_own_gauge(
    sleeping: Workers,
) -> None:
    answer(sleeping, "nap")
    with sleeping.borrowed() as worker:
        opened = {str(link.readlink()) for link in Path(f"/proc/{worker.pid}/fd").iterdir()}
    others = {name for name in opened if not name.startswith("pipe:")}
    assert others == {"/dev/null", f"/proc/{worker.pid}/status"}
