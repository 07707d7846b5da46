"""What ``verification`` finds: where the ledger is not what was sealed, or does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_DIFFERENCES = 100
"""So many are told; who finds more looks at the first, and at a backup."""


class DifferenceKind(StrEnum):
    """In which way the ledger is not what it should be."""

    CHAIN = "chain"  # a link does not fit the one before, its own seal, or what it seals
    CHANGED = "changed"  # a row is not what was sealed
    MISSING = "missing"  # what was sealed is gone
    UNSEALED = "unsealed"  # a row belongs to nothing that was sealed
    BYTES = "bytes"  # a workbook is not the one that was handed in
    VALIDITY = "validity"  # what is derived is not what the ledger gives
    HEAD = "head"  # a seal that somebody kept is not in the chain
    READING = "reading"  # the workbook, read again, states something else


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the ledger is not what it should be.

    Args:
        kind: In which way.
        table: Of the place.
        key: Of the row, its parts parted by spaces; empty for several rows.
        column: Of the row; empty for all of it.
        stored: What is there now; None for nothing.
        expected: What should be there, or its hash where only that was sealed; None for nothing.
        partner: Code of the partner concerned; None for none or all.
        submission: Number of the submission concerned, else None.
        decision: Number of the decision concerned, else None.
    """

    kind: DifferenceKind
    table: str
    key: str = ""
    column: str = ""
    stored: str | None = None
    expected: str | None = None
    partner: str | None = None
    submission: int | None = None
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of recomputing a ledger.

    Args:
        head: The newest seal: who wrote it down earlier finds it in the chain as long as
            nothing before it was changed.
        checked: How many were looked at: submissions, decisions, facts, figures in time.
        erased: Personal texts that were emptied since they were sealed.
        differences: In the order of finding, the first ``MOST_DIFFERENCES``.
    """

    head: str
    checked: Mapping[str, int]
    erased: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all is as it was sealed."""
        return not self.differences

    @property
    def first(self) -> Difference | None:
        """The first difference."""
        return self.differences[0] if self.differences else None


@dataclass(slots=True)
class Tally:
    """What a verification has found so far."""

    differences: list[Difference] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    erased: int = 0

    def add(self, differences: Iterable[Difference]) -> None:
        """Note differences, as far as there is room."""
        for each in differences:
            if len(self.differences) >= MOST_DIFFERENCES:
                return
            self.differences.append(each)
