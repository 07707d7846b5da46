"""What is said about figures put together from the books of several entities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from smartfin.quarter import Quarter

TOLERANCE = 0.01
"""Share of the larger of two amounts by which they may differ and still agree: books are
printed in thousands."""


class Remarked(StrEnum):
    """What is remarked (message ``entities.<code>``)."""

    ENTITY_MISSING = "entity-missing"  # facts: entity
    DEALINGS_DIFFER = "dealings-differ"  # facts: memo, other, amount, against, difference
    DEALINGS_UNKNOWN = "dealings-unknown"  # facts: entity, memo
    LINE_TOO_SMALL = "line-too-small"  # facts: entity, memo, line, amount, stands
    COMBINED_DIFFERS = "combined-differs"  # facts: item, unit, amount, against, difference
    NOT_ADDED_UP = "not-added-up"  # facts: item
    LINE_FORGOTTEN = "line-forgotten"  # facts: entity, item


@dataclass(frozen=True, slots=True)
class EntityRemark:
    """One thing about a partner's entities that somebody must look at.

    Args:
        code: What.
        partner: Code of the partner.
        scenario: Of the figures.
        quarter: Of the figures.
        facts: What the sentence needs: ``entity`` is a unit code, ``memo``, ``line`` and
            ``item`` are item codes, amounts are in local currency.
    """

    code: Remarked
    partner: str
    scenario: str
    quarter: Quarter
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of a line of one entity, because another entity has the other side.

    Args:
        partner: Code of the partner.
        scenario: Of the figures.
        quarter: Of the figures.
        entity: Unit code of the entity in whose line it stood.
        memo: Item that states it.
        line: Item it was taken out of.
        amount: How much [local currency, > 0].
        currency: ISO code of that currency.
    """

    partner: str
    scenario: str
    quarter: Quarter
    entity: str
    memo: str
    line: str
    amount: float
    currency: str


def agree(one: float, other: float) -> bool:
    """Whether two amounts are the same but for how they were printed."""
    return abs(one - other) <= max(1.0, TOLERANCE * max(abs(one), abs(other)))
