"""What a reader wants to know: of which partner, with which changes, how likely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, LeverCode

CHANCES = (50, 65, 80, 90)
"""Percent that can be asked for."""
USUAL_CHANCE = 65

BoundSet = tuple[tuple[LeverCode, tuple[float, float]], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scenario and a goal.

    Args:
        partner: Code; None for the first of the group.
        changes: Wherever they come from: an address, a file, what was saved.
        chance: Probability asked for [percent].
        bounds: Of levers whose bounds the reader set, the lowest and highest amount.
    """

    partner: str | None = None
    changes: Changes = NO_CHANGES
    chance: int = USUAL_CHANCE
    bounds: BoundSet = ()


def at_nil(changes: Changes, first: Quarter | None = None) -> Changes:
    """Events as they are; of levers only when they start and how fast.

    Args:
        changes: Of a scenario.
        first: Quarter in which levers usually start: those that do are left out.
    """
    kept = (each for each in changes.levers if each.start != first or each.ramp)
    return Changes(tuple(replace(each, amount=0.0) for each in kept), changes.events)
