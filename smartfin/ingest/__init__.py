"""Workbooks of any layout to facts: bytes -> guard -> cells -> layout -> match -> normalise.

``guard`` refuses what its name or length gives away; ``child`` hands the rest to a reading
process (``worker``). There ``guard`` refuses hostile containers, ``cells`` are read, ``layout``
finds tables, ``rows`` and ``match`` tell line items, ``figures`` numbers, ``signs`` and
``normalise`` bring them to storage sign and quarters, ``unmapped`` tells which amounts no item
was found for, ``agreement`` merges repeats and ``checks`` holds the facts against the rules.
"""

from __future__ import annotations

from smartfin.ingest.child import WORKERS, read_in_child
from smartfin.ingest.guard import LARGEST_FILE, upload_findings
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
