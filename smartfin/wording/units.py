"""How a figure of each unit is written: its usual decimals, and its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from smartfin.measure import Unit

if TYPE_CHECKING:
    from smartfin.wording.words import Words

Writer: TypeAlias = Callable[["Words", float, int, bool], str]


def _fraction(words: Words, value: float, digits: int, sign: bool) -> str:
    return words.points(value, digits) if sign else words.percent(value, digits)


def _percent(words: Words, value: float, digits: int, sign: bool) -> str:
    return _fraction(words, value / 100, digits, sign)


def _plain(words: Words, value: float, digits: int, sign: bool) -> str:
    return words.number(value, digits, sign)


def _in_unit(key: str) -> Writer:
    def write(words: Words, value: float, digits: int, sign: bool) -> str:
        return words.text(key, number=words.number(value, digits, sign))

    return write


def _counted(key: str) -> Writer:
    """A unit whose name is another for one: 1 day, 2 days."""

    def write(words: Words, value: float, digits: int, sign: bool) -> str:
        n = round(value) if digits == 0 else _SEVERAL
        return words.plural(key, n, number=words.number(value, digits, sign))

    return write


_SEVERAL = 2  # what is written with decimals is never one, not even 1.0

# Unit -> usual decimals and how it is written; every other unit is a currency.
UNITS: dict[str, tuple[int, Writer]] = {
    Unit.FRACTION: (0, _fraction),
    Unit.PERCENT: (1, _percent),
    Unit.COUNT: (0, _plain),
    Unit.MULTIPLE: (2, _in_unit("unit.multiple")),
    Unit.SCORE: (2, _plain),
    Unit.FTE: (1, _in_unit("unit.fte")),
    Unit.MONTHS: (1, _in_unit("unit.months")),
    Unit.DAYS: (0, _counted("unit.days")),
    Unit.YEARS: (1, _in_unit("unit.years")),
    Unit.HOURS: (0, _in_unit("unit.hours")),
}
