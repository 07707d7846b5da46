"""The reading process: files that break their reader break nothing else."""

from __future__ import annotations

import io
import logging
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from smartfin.findings import FindingCode
from smartfin.ingest import ReadingContext, read_workbook
from smartfin.ingest.process.child import Workers, read_in_child
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings

SETTINGS = read_settings({})
CONTEXT = ReadingContext(read_items(SETTINGS.data / "items.yaml"), read_partners(SETTINGS), "IT")


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Reading processes of this test alone."""
    own = Workers("smartfin.ingest.process.worker", 2)
    yield own
    own.close()


def book(volume: float = 100.0) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet("Conto economico")
        for place, value in {
            "A1": "TEUR", "B1": "Q1 2022", "A2": "Volume fatturato", "B2": volume,
            "A3": "Trattenute cooperative", "B3": 9.0, "A4": "Personale di struttura", "B4": 8.0,
        }.items():  # fmt: skip
            sheet.write(place, value)
    return target.getvalue()


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.namelist():
            body = source.read(entry)
            if entry == name:
                assert old in body
                body = body.replace(old, new)
            copy.writestr(entry, body)
    return target.getvalue()


def codes(content: bytes, workers: Workers, seconds: float = 20.0) -> set[FindingCode]:
    reading = read_in_child(content, "book.xlsx", CONTEXT, workers=workers, seconds=seconds)
    assert reading.facts == ()
    return {finding.code for finding in reading.findings}


def test_a_workbook_is_read_and_the_process_used_again(workers: Workers) -> None:
    for volume in (100.0, 200.0):
        reading = read_in_child(book(volume), "book.xlsx", CONTEXT, workers=workers)
        assert reading.facts[0].amount == volume * 1000
    with workers.borrowed() as worker:
        assert worker.readings == 2


def test_a_reader_that_takes_too_long_is_stopped_and_replaced(workers: Workers) -> None:
    assert codes(book(), workers, seconds=0.001) == {FindingCode.TOO_SLOW}
    assert read_in_child(book(), "book.xlsx", CONTEXT, workers=workers).facts


def test_a_sheet_that_would_take_all_memory_is_hostile_and_the_next_file_is_read(
    workers: Workers,
) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    lying = with_part(book(), sheet, b'r="B4"', b'r="XFD1048576"')
    assert codes(lying, workers) == {FindingCode.HOSTILE}
    assert read_in_child(book(), "book.xlsx", CONTEXT, workers=workers).facts


def test_a_process_killed_from_outside_is_replaced(workers: Workers) -> None:
    read_in_child(book(), "book.xlsx", CONTEXT, workers=workers)
    with workers.borrowed() as worker:
        worker.close()
    assert read_in_child(book(), "book.xlsx", CONTEXT, workers=workers).facts


def test_broken_xml_is_damaged(workers: Workers) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert codes(with_part(book(), sheet, b"</row>", b"<row"), workers) == {FindingCode.DAMAGED}


def test_a_sheet_whose_part_is_missing_is_named(workers: Workers) -> None:
    rels = "xl/_rels/workbook.xml.rels"
    gone = with_part(book(), rels, b"worksheets/sheet1.xml", b"worksheets/sheet9.xml")
    assert codes(gone, workers) == {FindingCode.SHEET_MISSING}


def test_threads_read_at_the_same_time_without_mixing_answers(workers: Workers) -> None:
    read: dict[float, float] = {}

    def one(volume: float) -> None:
        facts = read_in_child(book(volume), "book.xlsx", CONTEXT, workers=workers).facts
        read[volume] = facts[0].amount

    threads = [threading.Thread(target=one, args=(float(volume),)) for volume in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {volume: volume * 1000 for volume in map(float, range(1, 9))}


def test_an_answer_that_is_no_reading_is_our_fault_and_logged(
    workers: Workers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        "smartfin.ingest.process.child.Worker.ask", lambda *_arguments: b'{"facts": 1}'
    )
    with caplog.at_level(logging.ERROR):
        assert codes(book(), workers) == {FindingCode.READER_FAILED}
    assert "nonsense" in caplog.text


def test_the_reading_process_does_not_see_the_secrets_of_the_server(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", "postgresql://somebody:secret@nowhere/db")
    read_in_child(book(), "book.xlsx", CONTEXT, workers=workers)
    with workers.borrowed() as worker:
        environment = Path(f"/proc/{worker.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"secret" not in environment


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FindingCode.EMPTY_FILE),
        (b"no workbook", FindingCode.NOT_A_WORKBOOK),
        (book()[:900], FindingCode.DAMAGED),
    ],
)
def test_a_refused_file_gives_exactly_one_finding(content: bytes, code: FindingCode) -> None:
    reading = read_workbook(content, "book.xlsx", CONTEXT)
    assert [finding.code for finding in reading.findings] == [code]
