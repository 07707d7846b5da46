"""The calendar quarter, the only period smartfin compares.

A quarter reads ``2023-Q4`` in files, addresses and tests; in frames it is its
*ordinal*, an integer that grows by one each quarter, so that gaps and distances are
plain arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from smartfin.errors import InputError

_WRITTEN = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter.

    Args:
        year: Calendar year, 1 to 9998.
        number: 1 to 4.

    Example:
        >>> str(Quarter(2023, 4) + 1)
        '2024-Q1'
        >>> Quarter(2023, 4) - Quarter(2022, 4)
        4
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        # Years whose days, and the day after them, a ``date`` can hold.
        if not (1 <= self.number <= 4 and 1 <= self.year < 9999):
            raise InputError("quarter-unreadable", text=str(self))

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter written ``2023-Q4``.

        Raises:
            InputError: ``quarter-unreadable`` for any other writing.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise InputError("quarter-unreadable", text=text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Quarter:
        """The quarter of an ordinal (see ``ordinal``)."""
        return _quarter_of(ordinal)

    @property
    def ordinal(self) -> int:
        """Quarters since year 0; neighbours differ by one."""
        return self.year * 4 + self.number - 1

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return (self + 1).start - timedelta(days=1)

    def __hash__(self) -> int:
        return self.year * 4 + self.number  # quarters are keys everywhere: no tuple for each

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    def __add__(self, quarters: int) -> Quarter:
        return _quarter_of(self.ordinal + quarters)

    def __sub__(self, other: Quarter) -> int:
        return self.ordinal - other.ordinal


@lru_cache(maxsize=2048)
def _quarter_of(ordinal: int) -> Quarter:
    return Quarter(ordinal // 4, ordinal % 4 + 1)


def quarters_between(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """All quarters from first to last, both included; none when last is earlier."""
    return (Quarter.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1))
