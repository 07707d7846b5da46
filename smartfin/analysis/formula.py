"""Formulas as they are written: words, signs and figures, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import TypeAlias

from smartfin.quarter import Quarter

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|[-+/*(),²^]")
# What a formula says in words; the window of the name it is about says the same.
_IN_WORDS = re.compile(r"^sum of | since the first quarter$| of the four quarters")
LARGER = "max"
"""The function of a formula: the larger of two figures."""
SMALLER = "min"
"""The function of a formula: the smaller of two figures."""
SQUARED = "²"
"""The sign behind what is multiplied by itself."""
RAISED = "^"
"""The sign before an exponent, which may be a fraction: a root."""
_CHOICES: Mapping[str, Callable[[Iterable[float]], float]] = {LARGER: max, SMALLER: min}


@dataclass(frozen=True, slots=True)
class Term:
    """A name in a formula with its figure.

    Args:
        code: Of a line item or an indicator.
        value: [unit of the item or indicator]; None where it is unknown.
        quarters: The quarters it is summed over; the last one alone for a stock.
        item: Whether it is a line item.
    """

    code: str
    value: float | None
    quarters: tuple[Quarter, ...] = ()
    item: bool = False


Piece: TypeAlias = str | Term


@dataclass(frozen=True, slots=True)
class Step:
    """One sum: a name, what it is made of, and what comes out.

    Args:
        code: Of the indicator, or of a balance sheet total that was not printed.
        pieces: The formula: signs, numbers and brackets as text, names with their figures.
        value: What comes out; None where it is undefined.
        item: Whether ``code`` is a line item.
    """

    code: str
    pieces: tuple[Piece, ...]
    value: float | None
    item: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """The names in it."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Term))


def pieces_of(formula: str) -> list[str]:
    """The names, signs, numbers and brackets of a formula.

    Raises:
        ValueError: something in it is none of these.

    Example:
        >>> pieces_of("own_revenue / (staff_fte of the four quarters / 4)")
        ['own_revenue', '/', '(', 'staff_fte', '/', '4', ')']
        >>> pieces_of("1.05 * equity²")
        ['1.05', '*', 'equity', '²']
    """
    said = _IN_WORDS.sub("", formula)
    pieces: list[str] = _TOKEN.findall(said)
    if "".join(pieces) != said.replace(" ", ""):
        raise ValueError(f"a formula says more than names, signs and numbers: {formula}")
    return pieces


def is_name(token: str) -> bool:
    """Whether a piece is the code of a line item or an indicator."""
    return token not in _CHOICES and token.isidentifier()


def is_number(token: str) -> bool:
    """Whether a piece is a number, which has a point where it has decimals."""
    return token[:1].isdecimal()


def worked_out(step: Step) -> float:
    """What a step's formula gives with the figures in it; NaN where one is unknown.

    Example:
        >>> worked_out(Step("net", (Term("gross", 5.0), "-", Term("tax", 2.0)), 3.0))
        3.0
    """
    return _Sum(step.pieces).result()


class _Sum:
    """Works a formula out: sums of products of figures, brackets, squares, the larger of two."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._left = list(pieces)

    def result(self) -> float:
        value = self._added()
        if self._left:
            raise ValueError(f"a formula has {self._left} left over")
        return value

    def _added(self) -> float:
        return self._chain(self._multiplied, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})

    def _multiplied(self) -> float:
        return self._chain(self._signed, {"*": lambda a, b: a * b, "/": _over})

    def _chain(
        self, part: Callable[[], float], signs: Mapping[str, Callable[[float, float], float]]
    ) -> float:
        value = part()
        while self._left and isinstance(self._left[0], str) and self._left[0] in signs:
            value = signs[str(self._left.pop(0))](value, part())
        return value

    def _signed(self) -> float:
        if self._left[0] == "-":
            self._left.pop(0)
            return -self._signed()
        value = self._single()
        following = self._left[0] if self._left else None
        if following == SQUARED:
            self._left.pop(0)
            return value * value
        if following == RAISED:
            self._left.pop(0)
            return _power(value, self._signed())
        return value

    def _single(self) -> float:
        piece = self._left.pop(0)
        if isinstance(piece, Term):
            return float("nan") if piece.value is None else piece.value
        if piece in _CHOICES:
            return self._chosen(_CHOICES[piece])
        if piece == "(":
            self._left.insert(0, piece)
            (value,) = self._bracketed()
            return value
        return float(piece)

    def _chosen(self, choice: Callable[[Iterable[float]], float]) -> float:
        """One of the figures between brackets; unknown where any of them is."""
        figures = list(self._bracketed())
        return float("nan") if any(map(isnan, figures)) else choice(figures)

    def _bracketed(self) -> Iterator[float]:
        """The figures between a pair of brackets."""
        self._left.pop(0)
        yield self._added()
        while self._left.pop(0) == ",":
            yield self._added()


def _over(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")


def _power(base: float, exponent: float) -> float:
    """Undefined for what is negative: of that only some roots exist."""
    return base**exponent if base > 0 else float("nan")
