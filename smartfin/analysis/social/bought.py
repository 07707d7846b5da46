"""How much of an improvement was bought from members (docs/metrics.md#bought-share).

The bridge between two windows of four quarters, in parts fine enough to tell what members
and the team for members paid from what was earned: each bridge part stays itself or is
split, so that the parts still add up to the whole change of the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.bridge import Bridge, PartCode, bridge
from smartfin.analysis.partition import OWN_COSTS
from smartfin.analysis.social.cuts import Cuts, Remark
from smartfin.analysis.table import line
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.settings import Level


class EffectCode(StrEnum):
    """One cause of a change of the result before support (message ``social.effect.<code>``)."""

    VOLUME = "volume"
    FEE = "fee"  # more was kept of each unit invoiced
    FUND = "fund"  # less of each unit invoiced was put into the guarantee fund
    RISK = "risk"  # bad debts and insurance for each unit invoiced
    SERVICES = "services"  # fewer services for members, at the prices of the second window
    PRICES = "prices"  # what the same services cost more because prices rose
    ADVISERS = "advisers"  # advisers cut beyond the fall in active members
    TEAM = "team"  # the rest of the team's cost
    OTHER = "other"
    OWN_INCOME = "own_income"
    FINANCIAL = "financial"
    IMPUTED = "imputed"  # at the financial level only


PAID_BY_MEMBERS = frozenset(
    {EffectCode.FEE, EffectCode.FUND, EffectCode.SERVICES, EffectCode.ADVISERS}
)
"""What buys an improvement at the expense of the social project, where it is positive."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one cause did to the result.

    Args:
        code: Which cause.
        amount: Its effect [currency]; above nil it raised the result.
    """

    code: EffectCode
    amount: float

    @property
    def bought(self) -> bool:
        """Whether it is part of what was bought."""
        return self.code in PAID_BY_MEMBERS and self.amount > 0


@dataclass(frozen=True, slots=True)
class BoughtShare:
    """How much of what raised the result was paid by members and the team for members.

    Args:
        share: [fraction, 0 to 1], or why there is none.
        effects: Every cause, in the order they are read; they add up to the change of the
            result. Empty where there is no bridge.
        bought: What was bought [currency]: the positive effects that members paid.
        raised: All positive effects [currency].
        remarks: What it was worked out without.
    """

    share: Measure
    effects: tuple[Effect, ...] = ()
    bought: float = 0.0
    raised: float = 0.0
    remarks: tuple[Remark, ...] = ()

    @property
    def parts(self) -> tuple[Effect, ...]:
        """The positive parts it is made of, the largest first."""
        bought = (each for each in self.effects if each.bought)
        return tuple(sorted(bought, key=lambda each: -each.amount))

    def amount(self, code: EffectCode) -> float:
        """The effect of one cause [currency]; nil where it plays no part."""
        return sum(each.amount for each in self.effects if each.code is code)


def bought_share(
    table: pd.DataFrame, first_end: int, second_end: int, level: Level = Level.OSS
) -> BoughtShare:
    """Bought share: how much of what raised the result members and their team paid for.

    Formula:
        (fee effect, if positive
         + member services no longer given, at the prices of the second window
         + advisers cut beyond the fall in active members, at the mean cost of an adviser
         + guarantee-fund allocation cut for each unit invoiced)
        / all positive effects before support

    Args:
        table: As made by ``partner_table``, costs positive [currency].
        first_end: Ordinal of the last quarter of the first window.
        second_end: The same of the second one.
        level: Whose result the effects add up to; support never counts.

    Returns:
        [fraction, 0 to 1]. No value where no effect is positive (``no-positive-effect``),
        where a window lacks a line of the result (``quarters-missing`` or
        ``item-missing``), or active members at the end of either.

    Source:
        docs/metrics.md#bought-share

    Example:
        >>> year = {"invoiced_volume": 100.0, "fee_revenue": 8.0, "staff_costs": 9.0}
        >>> quarters = [{**year, "members_active": 10.0}] * 4
        >>> dearer = {"invoiced_volume": 120.0, "fee_revenue": 12.0, "members_active": 10.0}
        >>> quarters += [{**year, **dearer}] * 4
        >>> share = bought_share(pd.DataFrame(quarters), 3, 7)
        >>> round(share.bought, 2), round(share.raised, 2), round(share.share.value, 3)
        (8.8, 16.0, 0.55)
    """
    built = bridge(table, first_end, second_end, level)
    if built is None:
        return BoughtShare(_why_no_bridge(table, first_end, second_end))
    cuts = Cuts(table, first_end, second_end)
    if np.isnan(cuts.members).any():
        return BoughtShare(_missing("members_active"))
    effects = _effects(built, cuts)
    positive = [each for each in effects if each.amount > 0]
    bought = sum(each.amount for each in positive if each.bought)
    raised = sum(each.amount for each in positive)
    if not positive:
        share = undefined(Unit.FRACTION, Reason.NO_POSITIVE_EFFECT)
    else:
        share = Measure(bought / raised, Unit.FRACTION)
    return BoughtShare(share, effects, bought, raised, cuts.remarks)


def _effects(built: Bridge, cuts: Cuts) -> tuple[Effect, ...]:
    """The parts of the bridge before support, three of them split."""
    fund, advisers = cuts.fund_effect(), cuts.advisers_cut()
    own = {part.code.value: part.amount for part in built.parts}
    amounts = {
        **own,
        EffectCode.FUND: fund,
        EffectCode.RISK: own[PartCode.RISK] - fund,
        EffectCode.SERVICES: cuts.services_cut(),
        EffectCode.PRICES: cuts.price_rise(),
        EffectCode.ADVISERS: advisers,
        EffectCode.TEAM: own[PartCode.TEAM] - advisers,
    }
    return tuple(
        Effect(code, 0.0 if abs(amounts[code]) <= cuts.rounding else float(amounts[code]))
        for code in EffectCode
        if code in amounts
    )


def _why_no_bridge(table: pd.DataFrame, first_end: int, second_end: int) -> Measure:
    """What one of the windows lacks: its quarters, or a line of the result."""
    for end in (second_end, first_end):
        for ordinal in range(end - 3, end + 1):
            if ordinal not in table.index:
                quarter = Quarter.from_ordinal(ordinal)
                return undefined(Unit.FRACTION, Reason.QUARTERS_MISSING, quarter=quarter)
    places = [
        ordinal - int(table.index[0])
        for end in (second_end, first_end)
        for ordinal in range(end - 3, end + 1)
    ]
    for item in ("invoiced_volume", "fee_revenue", *OWN_COSTS):
        if np.isnan(line(table, item)[places]).any():
            return _missing(item)
    return undefined(Unit.FRACTION, Reason.NOTHING_KNOWN)


def _missing(item: str) -> Measure:
    return undefined(Unit.FRACTION, Reason.ITEM_MISSING, item=item)
