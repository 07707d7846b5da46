"""Workbooks of any layout to facts, room by room.

    process     a guarded process reads; this one only asks and takes the answer
    container   what kind of file it is, and whether it may be unpacked
    grid        sheets of typed cells, with what spreadsheets hide of themselves
    layout      where the tables lie, and what their headings mean
    periods     what a text says of time; figures of any span to quarters
    labels      which line item a row is, by its words and by what stands around it
    amounts     what a cell is worth: number, unit, sign, repeats made one
    checks      rules inside a workbook
    history     rules against what the partner handed in before
    support     group finance's own list of support: a room of its own beside that road

``interpret`` goes through them in this order. ``reading`` is what goes in and comes out,
``memory`` what was settled before, ``vocabulary`` the words of eight languages, ``template`` the
workbooks smartfin itself wrote.
"""

from __future__ import annotations

from smartfin.ingest.container.guard import LARGEST_FILE, upload_findings
from smartfin.ingest.process.child import WORKERS, read_in_child
from smartfin.ingest.reading import (
    Mapped,
    MapReason,
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
    SheetReason,
    SheetUse,
)

__all__ = [
    "LARGEST_FILE",
    "MapReason",
    "Mapped",
    "PeriodHeader",
    "PeriodKind",
    "Reading",
    "ReadingContext",
    "SheetReason",
    "SheetUse",
    "read_workbook",
    "warm_up",
]


def read_workbook(content: bytes, name: str, context: ReadingContext) -> Reading:
    """Everything a workbook says, and what is wrong with it; never raises for bad input.

    Args:
        content: The bytes of the file.
        name: Its name; may tell partner and year.
        context: Line items, partners, answers to earlier questions.
    """
    findings = upload_findings(content, name)
    return Reading(findings=findings) if findings else read_in_child(content, name, context)


def warm_up() -> None:
    """Has a reading process ready before the first workbook comes; returns at once."""
    WORKERS.warm_up()
