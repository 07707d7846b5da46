"""Rows of waterfalls, each with its place and the amounts its bar leads between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_APART = 0.55  # room between two waterfalls in one figure [rows]


class Shape(StrEnum):
    """What a row is, and so how it looks."""

    PREVIOUS = "previous"  # a total of the window compared with: lighter
    TOTAL = "total"  # a total: solid, from zero
    EFFECT = "effect"  # a change: coloured by what it does to the result, its sign printed
    LINE = "line"  # an amount added or taken off: solid, its name says which


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a waterfall.

    Args:
        name: Finished words.
        amount: A total's height, else what is added to the row above [currency].
        shape: What the row is.
        shown: The name as it stands beside the bar, where that differs: "− Team".
    """

    name: str
    amount: float
    shape: Shape
    shown: str = ""

    @property
    def is_total(self) -> bool:
        """Whether it stands on zero."""
        return self.shape in {Shape.PREVIOUS, Shape.TOTAL}


Waterfall = Sequence[Step]


@dataclass(frozen=True, slots=True)
class Row:
    """A step with its place.

    Args:
        step: What it shows.
        y: Vertical place, downwards [rows].
        start: Where its bar begins [currency].
        end: Where its bar ends [currency].
        linked: Whether the row above ends where this one begins.
    """

    step: Step
    y: float
    start: float
    end: float
    linked: bool


def rows_of(blocks: Sequence[Waterfall]) -> Iterator[Row]:
    """Every step of every waterfall, one under the other."""
    y = 0.0
    for block in blocks:
        running = 0.0
        for place, step in enumerate(block):
            start = 0.0 if step.is_total else running
            running = start + step.amount
            yield Row(step, y, start, running, linked=place > 0)
            y += 1
        y += _APART
