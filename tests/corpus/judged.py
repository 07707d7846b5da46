"""A reading beside the truth: right, wrong, not read, asked; told or in silence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from smartfin.findings import Finding, FindingCode, Question, QuestionKind, Severity
from smartfin.ingest.grid.cells import address
from smartfin.ingest.reading import Reading
from tests.corpus.draft import Key
from tests.corpus.layout import Layout


class Outcome(StrEnum):
    """What became of one fact."""

    RIGHT = "right"
    WRONG_SILENT = "wrong without a finding"
    WRONG_TOLD = "wrong with a finding"
    UNREAD_SILENT = "not read, nothing said"
    UNREAD_TOLD = "not read, told"
    ASKED = "asked"


@dataclass(frozen=True)
class Difference:
    """One fact that is not right.

    Args:
        outcome: What became of it.
        key: Item, period, scenario.
        read: Amount that was read; None when none was.
        true: Amount that is true; None when the workbook states no such fact.
        place: Where.
    """

    outcome: Outcome
    key: Key
    read: float | None
    true: float | None
    place: str


@dataclass(frozen=True)
class Verdict:
    """How well one workbook was read.

    Args:
        right: How many facts are right.
        differences: The others.
        questions: How many questions were asked.
        fault_untold: Whether a planted fault got no finding, though facts were read.
        crashed: Whether the reader failed.
    """

    right: int
    differences: tuple[Difference, ...]
    questions: int
    fault_untold: bool
    crashed: bool

    def count(self, outcome: Outcome) -> int:
        """How many facts had an outcome."""
        if outcome is Outcome.RIGHT:
            return self.right
        return sum(one.outcome is outcome for one in self.differences)

    @property
    def is_whole(self) -> bool:
        """Whether everything was read, and nothing asked."""
        return not self.differences and not self.questions


def judged(layout: Layout, reading: Reading) -> Verdict:
    """The reading of a layout beside its truth."""
    right = 0
    differences: list[Difference] = []
    read: dict[Key, float] = {}
    for fact in reading.facts:
        key = (fact.item, str(fact.quarter or fact.period), fact.scenario.value)
        read[key] = fact.amount
        true = layout.truth(key)
        if true is not None and _is_same(fact.amount, true):
            right += 1
            continue
        told = _is_asked(reading, fact.item, [(fact.sheet, fact.cell)]) or any(
            _tells(one, fact.sheet, fact.cell)
            for one in reading.findings
            if one.severity is not Severity.NOTE
        )
        outcome = Outcome.WRONG_TOLD if told else Outcome.WRONG_SILENT
        place = f"{fact.sheet}!{fact.cell} {fact.label!r}"
        differences.append(Difference(outcome, key, fact.amount, true, place))
    differences += _unread(layout, reading, read)
    codes = {finding.code.value for finding in reading.findings}
    asked = any(one.kind in _OPEN for one in reading.questions)
    told = asked or bool(codes & set(layout.expects))
    untold = bool(layout.expects and reading.facts and not told)
    crashed = FindingCode.READER_FAILED in codes
    return Verdict(right, tuple(differences), len(reading.questions), untold, crashed)


def _unread(layout: Layout, reading: Reading, read: dict[Key, float]) -> Iterator[Difference]:
    for key, true in layout.required.items():
        if key in read:
            continue
        cells = [(sheet, address(row, column)) for sheet, row, column in layout.places[key]]
        outcome = _why_unread(reading, key[0], cells)
        yield Difference(outcome, key, None, true, "!".join(cells[0]))


def _why_unread(reading: Reading, item: str, cells: Sequence[tuple[str, str]]) -> Outcome:
    if _is_asked(reading, item, cells):
        return Outcome.ASKED
    told = any(_tells(one, *cell) for one in reading.findings for cell in cells)
    stopped = any(
        not one.sheet and one.severity is Severity.ERROR and one.code not in _GENERAL
        for one in reading.findings
    )
    return Outcome.UNREAD_TOLD if told or stopped else Outcome.UNREAD_SILENT


_GENERAL = (FindingCode.MISSING_ITEM, FindingCode.MISSING_QUARTER)
_OPEN = (QuestionKind.SCENARIO, QuestionKind.PERIOD, QuestionKind.PARTNER, QuestionKind.CURRENCY)
_FEW = 6  # options of a question that names what it is about


def _is_asked(reading: Reading, item: str, cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a fact stated in some cells waits for, or is put in doubt by, a question."""
    return any(_concerns(one, item, *cell) for one in reading.questions for cell in cells)


def _concerns(question: Question, item: str, sheet: str, cell: str) -> bool:
    """Whether a question is about a fact.

    One answer about the unit of money holds for every sheet that names none; one about a label
    for its row, and for the few items it may be; any other for its sheet.
    """
    if not question.sheet or question.kind in (QuestionKind.UNIT, QuestionKind.CURRENCY):
        return True
    if question.kind is QuestionKind.ITEM:
        named = item in question.options and len(question.options) <= _FEW
        return named or (question.sheet == sheet and _is_near(question.cell, cell))
    return question.sheet == sheet


def _tells(finding: Finding, sheet: str, cell: str) -> bool:
    """Whether a finding is about a cell, its row, its column or its whole sheet."""
    if finding.sheet != sheet:
        return False
    places = (finding.cell, str(finding.facts.get("other_cell", finding.cell)))
    return not finding.cell or any(_is_near(place, cell) for place in places)


def _is_near(one: str, other: str) -> bool:
    """Whether two cells share a row or a column."""
    ours, theirs = _split(one), _split(other)
    return ours[0] == theirs[0] or ours[1] == theirs[1]


def _split(cell: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell.partition(":")[0])
    return (found[1], found[2]) if found else (cell, cell)


def _is_same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6 * max(1.0, abs(other)))
