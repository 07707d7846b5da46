"""What a scenario does to members, as far as levers tell (docs/metrics.md#social-price)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.scenario.decisions import Decisions
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.table import line
from smartfin.measure import Measure, Reason, Unit, undefined


class EffectCode(StrEnum):
    """What members feel of a scenario."""

    MEMBERS_SHARE = "members_share"  # of the invoice [fraction]
    MEMBERS_PER_ADVISER = "members_per_adviser"  # [count]
    MEMBER_SERVICES_PER_MEMBER = "member_services_per_member"  # [currency, constant prices]
    FEE_OF_MIDDLE_MEMBER = "fee_of_middle_member"  # what the member in the middle pays a year


WORSE: dict[EffectCode, int] = {
    EffectCode.MEMBERS_SHARE: -1,
    EffectCode.MEMBERS_PER_ADVISER: +1,
    EffectCode.MEMBER_SERVICES_PER_MEMBER: -1,
    EffectCode.FEE_OF_MIDDLE_MEMBER: +1,
}
"""Which way is worse for members."""


@dataclass(frozen=True, slots=True)
class SocialEffect:
    """One figure of members, today and under a scenario.

    Args:
        code: Which.
        before: As it stands in the newest quarter known.
        after: The same with what the scenario changes by the target quarter; nothing else
            that may happen until then is in it.
    """

    code: EffectCode
    before: Measure
    after: Measure

    @property
    def change(self) -> float | None:
        """After less before [unit]; None where it is not known."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class Moved:
    """What the levers do to members by the target quarter.

    Args:
        take: Added to the take rate [fraction].
        members: Factor on active members: as many more as there is more volume.
        advisers: Factor on advisers.
        services: Factor on member services.
    """

    take: float
    members: float
    advisers: float
    services: float


def social_effects(draw: Draw, decided: Decisions) -> tuple[SocialEffect, ...]:
    """What members feel of a scenario, one a code.

    Formula: members' share less the change of the take rate; members per adviser and
    member services per member times what the levers make of each; the fee of the member in
    the middle is the median volume of an active member times fee plus change of the take rate.
    Volume that is added comes with members: what each invoices stays.

    Args:
        draw: Of the partner.
        decided: By the scenario.

    Returns:
        Undefined with its reason where the partner does not report what it takes.

    Source:
        docs/metrics.md#social-price
    """
    moved = moved_at_target(draw, decided)
    return tuple(_effect(code, before_of(draw, code), moved, draw) for code in EffectCode)


def before_of(draw: Draw, code: EffectCode) -> Measure:
    """A figure of members as it stands in the newest quarter known."""
    if code is EffectCode.FEE_OF_MIDDLE_MEMBER:
        return _fee_of_middle_member(draw, 0.0)
    return indicator_measure(find_indicator(code), draw.past.table, draw.last, Unit.CURRENCY)


def after_of(before: Measure, code: EffectCode, moved: Moved, draw: Draw) -> Measure:
    """The same once the levers have moved it."""
    if before.value is None:
        return before
    if code is EffectCode.MEMBERS_SHARE:
        return Measure(before.value - moved.take, before.unit)
    if code is EffectCode.MEMBERS_PER_ADVISER:
        return Measure(before.value * moved.members / moved.advisers, before.unit)
    if code is EffectCode.MEMBER_SERVICES_PER_MEMBER:
        return Measure(before.value * moved.services / moved.members, before.unit)
    return _fee_of_middle_member(draw, moved.take)


def moved_at_target(draw: Draw, decided: Decisions) -> Moved:
    """What the levers do to members by the target quarter."""
    place = draw.target - draw.last - 1
    members, carried = float(decided.volume[place]), draw.structure.carried
    more = (members - 1) / carried if carried > 0 else 0.0
    known = draw.structure.adviser_rate.value is not None
    return Moved(
        take=float(decided.take[place] - draw.fee.ahead(draw.horizon)[place]),
        members=members,
        advisers=(1 + float(decided.advisers[place])) * (1 + (more if known else 0.0)),
        services=1 + float(decided.services[place]),
    )


def _effect(code: EffectCode, before: Measure, moved: Moved, draw: Draw) -> SocialEffect:
    return SocialEffect(code, before, after_of(before, code, moved, draw))


def _fee_of_middle_member(draw: Draw, added: float) -> Measure:
    """What an active member of median volume pays in fees a year [currency]."""
    median = float(line(draw.past.table, "median_member_volume")[-1])
    if np.isnan(median):
        return undefined(Unit.CURRENCY, Reason.ITEM_MISSING, item="median_member_volume")
    return Measure(median * (draw.fee.fee + added), Unit.CURRENCY)
