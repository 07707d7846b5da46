"""What must hold of every spoilt workbook, and reading many of them in a row."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from smartfin.facts import Fact
from smartfin.findings import FindingCode
from smartfin.ingest import Reading, ReadingContext
from smartfin.ingest.container.guard import upload_findings
from smartfin.ingest.process.child import Workers, read_in_child
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings
from tests.hostile.honest import PARTNER
from tests.hostile.mutations import HONEST, Mutation, mutation, original

LONGEST = 30.0  # seconds that any file may take
MODULE = "smartfin.ingest.process.worker"
# A refused file says one thing, and no figure of it is kept.
REFUSALS = frozenset(
    {
        FindingCode.EMPTY_FILE, FindingCode.TOO_LARGE, FindingCode.TOO_MANY_CELLS,
        FindingCode.NOT_A_WORKBOOK, FindingCode.UNSUPPORTED_FORMAT, FindingCode.ENCRYPTED,
        FindingCode.DAMAGED, FindingCode.HOSTILE, FindingCode.TOO_SLOW,
        FindingCode.READER_STOPPED, FindingCode.READER_FAILED,
    }
)  # fmt: skip

Said = frozenset[tuple[str, str, float]]


@dataclass(slots=True)
class Run:
    """What came of many spoilt workbooks.

    Args:
        faults: What must not be, one sentence each.
        outcomes: How often each answer was given: the code of a refusal, else ``read``.
        slowest: Seconds of the slowest file.
    """

    faults: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


@contextmanager
def reader() -> Iterator[Callable[[bytes, str], Reading]]:
    """Reads files with a warm process of its own."""
    settings = read_settings({})
    items = read_items(settings.data / "items.yaml")
    context = ReadingContext(items, read_partners(settings), PARTNER)
    workers = Workers(MODULE, 1)

    def read(content: bytes, name: str) -> Reading:
        findings = upload_findings(content, name)
        if findings:
            return Reading(findings=findings)
        return read_in_child(content, name, context, workers=workers)

    try:
        yield read
    finally:
        workers.close()


def run(seed: int, count: int, first: int = 0, tell: Callable[[Run], None] | None = None) -> Run:
    """Reads the spoilt workbooks of a series, one after the other.

    Args:
        seed: Of the series.
        count: How many.
        first: Number of the first.
        tell: Told of the state after each file.
    """
    result = Run()
    with reader() as read:
        whole = {kind: said(read(original(kind), f"book.{kind}").facts) for kind in HONEST}
        for number in range(first, first + count):
            spoilt = mutation(seed, number)
            began = time.monotonic()
            reading = read(spoilt.content, f"book.{spoilt.kind}")
            took = time.monotonic() - began
            result.slowest = max(result.slowest, took)
            result.outcomes[outcome(reading)] += 1
            result.faults += [
                f"{number} ({spoilt.kind}: {spoilt.how}): {fault}"
                for fault in faults_of(reading, spoilt, whole[spoilt.kind], took)
            ]
            if tell is not None:
                tell(result)
    return result


def faults_of(reading: Reading, spoilt: Mutation, whole: Said, took: float) -> list[str]:
    """What must not be, whatever was done to a workbook."""
    codes = [finding.code for finding in reading.findings]
    refusals = REFUSALS.intersection(codes)
    found = said(reading.facts)
    faults = {
        "the reader failed": FindingCode.READER_FAILED in refusals,
        "it took too long": took > LONGEST,
        "refused, and yet figures": bool(refusals and found),
        "refused for more than one reason": bool(refusals) and len(codes) != 1,
        "read in part": spoilt.guarded and bool(found) and found != whole,
        "nothing said": not found and not codes and not reading.questions,
    }
    return [fault for fault, is_so in faults.items() if is_so]


def said(facts: tuple[Fact, ...]) -> Said:
    """What facts state: item, quarter, amount."""
    return frozenset((fact.item, str(fact.quarter), fact.amount) for fact in facts)


def outcome(reading: Reading) -> str:
    """The refusal of a file, or what else became of it."""
    for finding in reading.findings:
        if finding.code in REFUSALS:
            return finding.code.value
    errors = [finding.code.value for finding in reading.findings if finding.severity == "error"]
    return f"read, {errors[0]}" if errors else "read"


def memory(process: int | str = "self") -> float:
    """Megabytes a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * 4096 / (1 << 20)
