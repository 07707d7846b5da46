"""What was handed in before: the figures in force, as series, and how they are rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from smartfin.quarter import Quarter

Series = Mapping[Quarter, float]
"""Amounts of one item in single units and storage sign."""

_STEPS = tuple(10.0**power for power in range(6, -3, -1))
_FEWEST = 6  # different figures from which a common rounding is told


def _ordinal(stated: tuple[tuple[str, Quarter], float]) -> int:
    return stated[0][1].ordinal


@dataclass(frozen=True)
class History:
    """What a partner's books say before a workbook is opened.

    Args:
        amounts: The actual figures in force, by item and quarter, in single units and storage
            sign. Made-up figures stand beside made-up ones only.
    """

    amounts: Mapping[tuple[str, Quarter], float]

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """The amounts of each item by quarter, oldest first."""
        found: dict[str, dict[Quarter, float]] = defaultdict(dict)
        for (item, quarter), amount in sorted(self.amounts.items(), key=_ordinal):
            found[item][quarter] = amount
        return dict(found)

    @cached_property
    def quarters(self) -> Mapping[Quarter, Mapping[str, float]]:
        """The amounts of each quarter by item."""
        found: dict[Quarter, dict[str, float]] = defaultdict(dict)
        for (item, quarter), amount in self.amounts.items():
            found[quarter][item] = amount
        return dict(found)

    def rounding(self, quarter: Quarter, items: Container[str]) -> float:
        """What a quarter's figures are rounded to, of some items; 0 where it cannot be told."""
        known = self.quarters.get(quarter, {})
        return rounded_to(amount for item, amount in known.items() if item in items)


def rounded_to(amounts: Iterable[float]) -> float:
    """The power of ten that amounts are printed to; 0 when they are too few or unrounded.

    Example:
        >>> rounded_to([12_000, 7_000, 431_000, 5_000, 18_000, 3_000])
        1000.0
    """
    known = {amount for amount in amounts if amount}
    if len(known) < _FEWEST:
        return 0.0
    for step in _STEPS:
        if all(abs(a - round(a / step) * step) <= 1e-9 * max(abs(a), step) for a in known):
            return step
    return 0.0
