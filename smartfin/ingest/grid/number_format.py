"""Number formats of spreadsheets: what they make of a number when they print it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

PERCENT, PLAIN = 100.0, 1.0

_PERCENT_FORMATS = frozenset({9, 10})  # built in: 0% and 0.00%
_DAY_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:[.,]\d+)?)\]")
# What is printed as it stands (quoted, escaped), spaced as wide as a sign, or a colour or currency.
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?])")
_DAY_OR_YEAR = re.compile(r"[dy]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to three sections of a format that are for numbers.

    Args:
        factor: What the number is multiplied by when it is printed.
        relation: For which numbers it is (``<``, ``>=``...); empty for the usual ones.
        bound: The number of the relation.
    """

    factor: float
    relation: str = ""
    bound: float = 0.0

    def is_for(self, number: float) -> bool:
        """Whether its own condition holds for a number."""
        return {
            "<": number < self.bound,
            "<=": number <= self.bound,
            ">": number > self.bound,
            ">=": number >= self.bound,
            "=": number == self.bound,
            "<>": number != self.bound,
        }.get(self.relation, False)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format makes of numbers.

    Example:
        >>> number_format("[<1]0.0%;#,##0").factor_of(0.085)
        100.0
        >>> number_format('#,##0,"k";(#,##0,"k")').factor_of(-5000.0)
        0.001
    """

    sections: tuple[Section, ...]

    @property
    def factor(self) -> float | None:
        """The factor of all its numbers; None when it differs from number to number.

        A section for zero alone does not count: zero is zero in any format.
        """
        conditional = any(section.relation for section in self.sections)
        for_numbers = self.sections if conditional else self.sections[:2]
        factors = {section.factor for section in for_numbers}
        smallest = min(factors)
        if smallest < PLAIN:  # it shortens large numbers: the cells hold single units throughout
            return smallest
        return smallest if len(factors) == 1 else None

    def factor_of(self, number: float) -> float:
        """What a number is multiplied by when it is printed."""
        if self.factor is not None:
            return self.factor
        for section in self.sections:
            if section.is_for(number):
                return section.factor
        usual = [section for section in self.sections if not section.relation]
        if not usual:
            return PLAIN
        return usual[1].factor if number < 0 and len(usual) > 1 else usual[0].factor


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """The meaning of a format's code, e.g. ``#,##0.0_);[Red](#,##0.0)``."""
    sections = [_section(part) for part in _parts(code)[:3]]
    return NumberFormat(tuple(sections) or (Section(PLAIN),))


def built_in(number: int) -> NumberFormat:
    """The meaning of a format that a workbook names by number only."""
    return NumberFormat((Section(PERCENT if number in _PERCENT_FORMATS else PLAIN),))


def prints_days(number: int, code: str) -> bool:
    """Whether a format, by its number and its code if it has one, prints days or years."""
    if not code:
        return number in _DAY_FORMATS
    parts = _parts(code)
    return bool(parts and _DAY_OR_YEAR.search(_LITERAL.sub("", parts[0])))


def _parts(code: str) -> list[str]:
    """The sections of a format; a semicolon within quotes parts nothing."""
    parts, start = [], 0
    for match in re.finditer(r'"[^"]*"?|\\.|;', code, re.DOTALL):
        if match[0] == ";":
            parts.append(code[start : match.start()])
            start = match.end()
    return [*parts, code[start:]]


def _section(part: str) -> Section:
    condition = _CONDITION.search(part)
    bare = _LITERAL.sub("", part)
    commas = _THOUSANDS.search(bare)
    factor = 1000.0 ** -len(commas[1]) if commas else PLAIN
    if "%" in bare:
        factor = PERCENT
    if condition is None:
        return Section(factor)
    return Section(factor, condition[1], float(condition[2].replace(",", ".")))
