"""Printed totals beside the sum of their printed parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Items

_FEWEST_PARTS = 3  # printed parts from which a total is judged that lacks some

Facts: TypeAlias = Mapping[str, Stated]
"""The facts of one quarter and scenario, by item."""
Formulas: TypeAlias = Mapping[str, tuple[tuple[int, str], ...]]
"""The signed parts of each total, by its code; a total stands after those inside it."""
Part: TypeAlias = tuple[int, Stated]
"""A printed part with its sign."""


class Total(NamedTuple):
    """A printed total beside its printed parts.

    Args:
        stated: The total as printed.
        computed: What its parts add up to, in its unit.
        fits: Whether both are the same within rounding. A total that is off only because a
            printed part is off fits: the fault is the part's.
    """

    stated: Stated
    computed: float
    fits: bool

    @property
    def excess(self) -> float:
        """What is printed beyond the parts."""
        return self.stated.fact.amount - self.computed


class Worth(NamedTuple):
    """A total, printed or added up.

    Args:
        amount: In single units.
        rounding: What rounding may make of it.
        place: The figure to point at.
    """

    amount: float
    rounding: float
    place: Stated


def formulas_of(items: Items) -> Formulas:
    """What each total of the chart consists of."""
    return {item.code: item.parts() for item in items.values() if item.derived}


def all_parts(code: str, formulas: Formulas) -> Iterator[str]:
    """Every item below a total."""
    for _, name in formulas.get(code, ()):
        yield name
        yield from all_parts(name, formulas)


def judged_totals(judged: Iterable[str], facts: Facts, formulas: Formulas) -> dict[str, Total]:
    """The printed totals of which enough parts are printed, by code.

    Args:
        judged: Codes of the totals, each after those inside it.
        facts: Of one quarter and scenario.
        formulas: Of all totals.
    """
    totals: dict[str, Total] = {}
    for code in judged:
        if code in facts:
            parts = _printed_parts(code, facts, formulas)
            if len(parts) >= _FEWEST_PARTS or all(name in facts for _, name in formulas[code]):
                totals[code] = _total(facts[code], parts, totals)
    return totals


def worth(code: str, facts: Facts, formulas: Formulas) -> Worth | None:
    """A total as printed, else as its parts add up; None when too few of them are printed."""
    if code in facts:
        return Worth(facts[code].fact.amount, facts[code].precision, facts[code])
    parts = _printed_parts(code, facts, formulas)
    if len(parts) < _FEWEST_PARTS:
        return None
    amount = sum(sign * part.fact.amount for sign, part in parts)
    return Worth(amount, sum(part.precision for _, part in parts), parts[0][1])


def differs(one: float, other: float, slack: float) -> bool:
    """Whether two amounts are different beyond rounding and the noise of arithmetic."""
    return abs(one - other) > slack + 1e-9 * max(abs(one), abs(other))


def _printed_parts(code: str, facts: Facts, formulas: Formulas) -> list[Part]:
    """The printed parts of a total; totals inside it that are not printed resolved further."""
    parts: list[Part] = []
    for sign, name in formulas.get(code, ()):
        if name in facts:
            parts.append((sign, facts[name]))
        elif name in formulas:
            inner = _printed_parts(name, facts, formulas)
            parts += [(sign * inner_sign, part) for inner_sign, part in inner]
    return parts


def _total(one: Stated, parts: Sequence[Part], known: Mapping[str, Total]) -> Total:
    """A total beside its parts, those that are off themselves taken as printed or as computed."""
    computed, slack = 0.0, one.precision
    for sign, part in parts:
        computed += sign * part.fact.amount
        slack += part.precision
    fits = not differs(one.fact.amount, computed, slack)
    if not fits and any(_is_off(part, known) for _, part in parts):
        mended = sum(
            sign * (known[part.fact.item].computed if _is_off(part, known) else part.fact.amount)
            for sign, part in parts
        )
        fits = not differs(one.fact.amount, mended, slack)
    return Total(one, computed, fits)


def _is_off(part: Stated, known: Mapping[str, Total]) -> bool:
    return part.fact.item in known and not known[part.fact.item].fits
