"""How whoever looks into a container says that it must not be read."""

from __future__ import annotations

from enum import StrEnum

from smartfin.findings import Finding, FindingCode


class Harm(StrEnum):
    """How a file would harm whoever opens it."""

    ENTRIES = "entries"  # too many of them, or one twice
    UNPACKED = "unpacked"  # far larger than any honest workbook
    RATIO = "ratio"  # one part packed as no text is
    OVERLAP = "overlap"  # parts that share their bytes
    ENTITY = "entity"  # declared by an XML part, as only bombs do
    MEMORY = "memory"  # taken until the limit
    CRASH = "crash"  # of the reading process


class PartRefused(Exception):  # noqa: N818 - a refusal, caught by the one who unpacks
    """A part of the container must not be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def damaged() -> PartRefused:
    """The container contradicts itself or ends too early."""
    return PartRefused(Finding(FindingCode.DAMAGED))


def hostile(harm: Harm) -> PartRefused:
    """The container would harm whoever opens it."""
    return PartRefused(Finding(FindingCode.HOSTILE, facts={"harm": harm.value}))
