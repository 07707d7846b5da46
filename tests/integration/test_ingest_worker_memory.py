"""The reading process judges what it holds itself, whatever the process that started it holds."""

from __future__ import annotations

from pathlib import Path

from smartfin.ingest.process.child import Workers, read_in_child
from smartfin.ingest.reading import ReadingContext
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings

SETTINGS = read_settings({})
CONTEXT = ReadingContext(read_items(SETTINGS.data / "items.yaml"), read_partners(SETTINGS))
SAMPLE = next((Path(SETTINGS.data) / "samples").glob("*AT*.xlsx"))
PAGE = 4096


def test_a_large_parent_still_keeps_its_reading_process_warm() -> None:
    held = bytearray(400 << 20)
    held[::PAGE] = b"x" * len(held[::PAGE])  # touched, so that it counts
    workers = Workers("smartfin.ingest.process.worker", 1)
    try:
        for _ in range(2):
            assert read_in_child(SAMPLE.read_bytes(), SAMPLE.name, CONTEXT, workers=workers).facts
        with workers.borrowed() as worker:
            assert worker.readings == 2
    finally:
        workers.close()
    del held
