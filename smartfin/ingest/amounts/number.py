"""Numbers written as text, in all European writings, parsed strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from math import log
from statistics import median

from smartfin.ingest.amounts.unit import read_unit
from smartfin.ingest.text import comparable, folded

DECIMAL_MARKS = (".", ",")

# What books print where there is no figure: missing, never zero.
_PLACEHOLDERS = frozenset(
    ("nd", "na", "nvt", "ka", "so", "nc", "nr", "nm", "tbd", "keine", "geen", "aucun", "ninguno",
     "nessuno", "ingen")
)  # fmt: skip

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "’": "'", "´": "'"})
_DRESS = re.compile(
    r"^([^\W\d_]{1,6}\.?|[€$£])(?=[\s\d(+-])\s*|(?<=[\d\s)-])\s*([^\W\d_]{1,6}\.?|[€$£%])$"
)
_NO_CENTS = re.compile(r"(?<=\d[.,])(?:-+|=)$")  # "100,-": a hundred even
_PLAIN = re.compile(r"\d+")
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
_GROUPED = {
    ".": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"),
    ",": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"),
}
_DECIMAL = re.compile(r"\d*([.,])\d+")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # 1.234: one thousand or one and a bit


class Writing(Enum):
    """A text that is no plain number."""

    MISSING = "missing"  # a placeholder
    AMBIGUOUS = "ambiguous"  # 1.234 with nothing beside it that settles it
    NO_NUMBER = "no-number"


def read_number(text: str, decimal_mark: str | None = None) -> float | Writing:
    """The number a text writes, its currency or percent sign left aside.

    Args:
        text: A cell's text.
        decimal_mark: ``.`` or ``,`` where the rest of the table has settled it.

    Example:
        >>> read_number("(1 234,5)"), read_number("1.234,50-"), read_number("n.d.")
        (-1234.5, -1234.5, <Writing.MISSING: 'missing'>)
        >>> read_number("1.234"), read_number("1.234", decimal_mark=",")
        (<Writing.AMBIGUOUS: 'ambiguous'>, 1234.0)
    """
    if is_placeholder(text):
        return Writing.MISSING
    negative, digits = _stripped(text)
    if _EITHER.fullmatch(digits):
        if decimal_mark is None:
            return Writing.AMBIGUOUS
        value = _value(digits, decimal_mark)
    elif _PLAIN.fullmatch(digits) or _SPACED.fullmatch(digits):
        value = _value(digits.replace(" ", "").replace("'", ""), _mark_of(digits) or ".")
    else:
        mark = _mark_of(digits)
        if mark is None:
            return Writing.NO_NUMBER
        value = _value(digits, mark)
    return -value if negative else value


def is_percentage(text: str) -> bool:
    """Whether a text writes a number of hundredths: ``12 %``."""
    return text.rstrip().endswith("%")


def is_placeholder(text: str) -> bool:
    """Whether a text stands for "no figure"."""
    if any(map(str.isdecimal, text)):
        return False
    plain = comparable(text)
    return not plain or plain.replace(" ", "") in _PLACEHOLDERS


def settled_decimal_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark the unambiguous numbers of a table agree on; None when none or both."""
    marks = {mark for text in texts if (mark := _evidence(text)) is not None}
    return marks.pop() if len(marks) == 1 else None


def likely_decimal_mark(texts: Iterable[str], numbers: Sequence[float]) -> str:
    """The decimal mark with which texts are nearest in size to numbers beside them.

    A guess: for what only looks at amounts. A point where nothing stands beside them.
    """
    if not numbers:
        return "."
    usual = median(map(abs, numbers))
    ambiguous = [text for text in texts if read_number(text) is Writing.AMBIGUOUS]

    def distance(mark: str) -> float:
        read = (read_number(text, mark) for text in ambiguous)
        return sum(abs(log(abs(n) / usual)) for n in read if isinstance(n, float) and n)

    return min(DECIMAL_MARKS, key=distance)


def _evidence(text: str) -> str | None:
    digits = _stripped(text)[1]
    return None if _EITHER.fullmatch(digits) else _mark_of(digits)


def _mark_of(digits: str) -> str | None:
    """The decimal mark a written number shows or implies."""
    if _SPACED.fullmatch(digits):
        return next((mark for mark in ".," if mark in digits), None)
    for group, decimal in ((".", ","), (",", ".")):
        if _GROUPED[group].fullmatch(digits):
            return decimal
    match = _DECIMAL.fullmatch(digits)
    return match[1] if match else None


def _value(digits: str, decimal_mark: str) -> float:
    group = "," if decimal_mark == "." else "."
    return float(digits.replace(group, "").replace(decimal_mark, "."))


def _stripped(text: str) -> tuple[bool, str]:
    """Whether the number is negative, and its digits with separators."""
    bare = _undressed(folded(text.translate(_SIGNS)))
    bare = _NO_CENTS.sub("0", bare)
    negative = False
    if bare.startswith("(") and bare.endswith(")") and "-" not in bare:
        negative, bare = True, _undressed(bare[1:-1].strip())
    if bare.startswith("-") != bare.endswith("-"):
        negative, bare = not negative, bare.removeprefix("-").removesuffix("-").strip()
    return negative, _undressed(bare.removeprefix("+").strip())


def _undressed(bare: str) -> str:
    """A number without the currency or percent sign glued to it; a scale (``T€``) stays on."""
    found = _DRESS.search(bare)
    while found is not None and _is_plain_unit(found[1] or found[2]):
        bare = (bare[: found.start()] + bare[found.end() :]).strip()
        found = _DRESS.search(bare)
    return bare


def _is_plain_unit(word: str) -> bool:
    if word in ("%", "ft"):
        return True
    unit = read_unit(word)
    return unit is not None and unit.scale == 1.0
