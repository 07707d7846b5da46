"""What a rule of early warning is (docs/metrics.md#early-warning)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from smartfin.analysis.table import Figures
from smartfin.analysis.warning.sight import Sight
from smartfin.measure import Reason, Unit
from smartfin.partner import Partner


class Family(StrEnum):
    """What a rule is about (message ``warning.family.<code>``)."""

    TRACTION = "traction"  # has the public been found; the only family that moves a verdict
    SOLVENCY = "solvency"
    LIQUIDITY = "liquidity"
    LEGAL = "legal"
    QUALITY = "quality"


OF_ENTITIES = frozenset({Family.SOLVENCY, Family.LEGAL})
"""Families that are about who answers for debts: each legal entity of a partner by itself."""


class Alarm(StrEnum):
    """How loud a flag is (message ``warning.alarm.<code>``)."""

    AMBER = "amber"
    RED = "red"


class Said(StrEnum):
    """Which sentence says a flag (message ``warning.said.<code>``)."""

    BELOW = "below"  # the figure is under the threshold
    ABOVE = "above"  # the figure is over the threshold
    RUN = "run"  # so many quarters in a row
    TESTS = "tests"  # so many of several tests
    AHEAD = "ahead"  # where the figure is on its way to


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a figure counts as past a threshold.

    Args:
        margin: How far past it a flag rises [fraction of the threshold].
        at: Whether the threshold itself counts: so many quarters are so many quarters.
        clears_after: Quarters back that it takes to clear a flag.
    """

    margin: float
    at: bool
    clears_after: int


MEASURED = Crossing(margin=0.02, at=False, clears_after=2)
"""Of a figure that moves: a flag that rises at 2 % past and clears after two quarters back
does not flicker around its threshold."""
COUNTED = Crossing(margin=0.0, at=True, clears_after=2)
"""Of quarters counted in a row."""
GRADED = Crossing(margin=0.0, at=True, clears_after=1)
"""Of tests that each have risen and cleared by themselves already."""
STATED = Crossing(margin=0.0, at=False, clears_after=1)
"""Of what a person states."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What a condition reads at each quarter.

    Args:
        values: The figure; NaN where unknown, infinite where it is as bad or as good as can be.
        red: The same as it is held against the red threshold.
        ended: From this row on the rule has nothing to say any more; None for never.
    """

    values: Figures
    red: Figures
    ended: int | None = None


def alike(values: Figures) -> Readings:
    """Readings of which both thresholds judge the same."""
    return Readings(values, values)


Why = tuple[Reason, Mapping[str, object]]


class Condition(Protocol):
    """What a rule looks at."""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators it reads, the most telling first."""

    @property
    def crossing(self) -> Crossing:
        """When its figure is past a threshold."""

    @property
    def said(self) -> Said | None:
        """Which sentence says it; None for below or above."""

    def readings(self, sight: Sight, polarity: int) -> Readings:
        """The figure at each quarter; better is higher for a ``polarity`` of +1."""

    def silence(self, sight: Sight, ordinal: int) -> Why:
        """Why it has no figure at a quarter."""


@dataclass(frozen=True, slots=True)
class OfOne:
    """A condition that reads a single indicator.

    Args:
        code: Of the indicator.
    """

    code: str

    @property
    def indicators(self) -> tuple[str, ...]:
        """The one it reads."""
        return (self.code,)


@dataclass(frozen=True, slots=True)
class Applies:
    """Whose rule it is.

    Args:
        country: Code of the country whose law it is; empty for everybody's.
        forms: Beginnings of legal forms it is for, in any case; empty for all of the country.
    """

    country: str = ""
    forms: tuple[str, ...] = ()

    def to(self, partner: Partner) -> bool:
        """Whether it is a partner's rule; where nobody stated the form, the country decides."""
        country = (partner.entity_of or partner.code).partition("-")[0]
        if self.country and country != self.country:
            return False
        stated = [form.casefold() for form in partner.legal_forms]
        wanted = tuple(form.casefold() for form in self.forms)
        return not wanted or not stated or any(form.startswith(wanted) for form in stated)


EVERYBODY = Applies()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Args:
        code: Its name everywhere (messages ``warning.<code>``, docs/metrics.md#early-warning).
        family: What it is about.
        unit: Of its figure.
        polarity: +1 a higher figure is better: it warns below; -1 it warns above.
        condition: What it looks at.
        amber: Threshold of an amber flag; None for none.
        red: Threshold of a red flag; None for none.
        formula: Of its figure, in words of indicator codes.
        source: Where the thresholds come from, marked [S] seen, [M] from memory, [I] inferred
            or house, as docs/metrics.md has it; readers see message ``warning.<code>.source``.
        applies: Whose rule it is.
    """

    code: str
    family: Family
    unit: Unit
    polarity: int
    condition: Condition
    amber: float | None
    red: float | None
    formula: str
    source: str
    applies: Applies = EVERYBODY

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators it reads, the most telling first."""
        return self.condition.indicators

    @property
    def said(self) -> Said:
        """Which sentence says a flag of it."""
        return self.condition.said or (Said.BELOW if self.polarity > 0 else Said.ABOVE)
