"""How far a scenario may go at members' cost (docs/metrics.md#goal-seek)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartfin.analysis.scenario.decisions import Decisions
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.scenario.social import (
    WORSE,
    EffectCode,
    after_of,
    before_of,
    moved_at_target,
)
from smartfin.measure import Measure


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much worse a figure of members may get.

    Args:
        amount: So much [unit of the figure, or fraction of it].
        relative: Whether it is a fraction of the figure.
    """

    amount: float
    relative: bool


TOLERANCES: Mapping[EffectCode, Tolerance] = {
    EffectCode.MEMBERS_SHARE: Tolerance(0.02, relative=False),
    EffectCode.MEMBERS_PER_ADVISER: Tolerance(0.1, relative=True),
    EffectCode.MEMBER_SERVICES_PER_MEMBER: Tolerance(0.1, relative=True),
}
"""House values: 2 points of the invoice, a tenth of everything else."""


def social_limits(
    draw: Draw, tolerances: Mapping[EffectCode, Tolerance] = TOLERANCES
) -> dict[EffectCode, float]:
    """The worst each figure of members may come to.

    Formula: figure as it stands, made worse by its tolerance

    Args:
        draw: Of the partner.
        tolerances: Of each figure that is to be kept.

    Returns:
        [unit of the figure]; figures that are not known are left out, nothing can keep them.

    Source:
        docs/metrics.md#goal-seek
    """
    limits = {}
    for code, tolerance in tolerances.items():
        before = before_of(draw, code).value
        if before is not None:
            worse = tolerance.amount * (before if tolerance.relative else 1.0)
            limits[code] = before + WORSE[code] * worse
    return limits


@dataclass(frozen=True, slots=True)
class Guard:
    """Keeps figures of members from getting worse than their limits.

    Args:
        draw: Of the partner.
        figures: Each figure as it stands, and the worst it may come to.
    """

    draw: Draw
    figures: tuple[tuple[EffectCode, Measure, float], ...]

    def room(self, decided: Decisions) -> list[float]:
        """What is left until each limit, as a share of the figure; below nil it is passed."""
        moved = moved_at_target(self.draw, decided)
        return [
            WORSE[code] * (limit - (after_of(before, code, moved, self.draw).value or 0.0))
            / max(abs(before.value or 0.0), 1e-9)
            for code, before, limit in self.figures
        ]  # fmt: skip


def guard_of(draw: Draw, limits: Mapping[EffectCode, float]) -> Guard:
    """The guard of some limits; what is not known is not guarded."""
    figures = ((code, before_of(draw, code), limit) for code, limit in limits.items())
    return Guard(draw, tuple(each for each in figures if each[1].value is not None))
