"""The levers: what a scenario can move, how far, and which way helps (docs/metrics.md#levers)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smartfin.measure import Unit


class LeverCode(StrEnum):
    """What a scenario can move, in the order levers are shown."""

    VOLUME_GROWTH = "volume_growth"
    FEE = "fee"
    VARIABLE_RATE = "variable_rate"
    ADVISERS_PER_MEMBER = "advisers_per_member"
    MEMBER_SERVICES = "member_services"
    OTHER_FIXED = "other_fixed"
    OTHER_INCOME = "other_income"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever; an amount of nil leaves everything as it is.

    Args:
        code: Which.
        unit: What its amount counts: a fraction, or currency a year. Of a lever in currency
            the four figures below are shares of a year's own costs.
        low: Lowest amount.
        high: Highest amount.
        step: Amounts are whole numbers of it.
        helps: +1 where more raises the result, -1 where less does.
        pain: Amount that hurts about as much as that of any other lever [> 0, house value].
    """

    code: LeverCode
    unit: Unit
    low: float
    high: float
    step: float
    helps: int
    pain: float


_FRACTION, _MONEY = Unit.FRACTION, Unit.CURRENCY
LEVERS: tuple[Lever, ...] = (
    Lever(LeverCode.VOLUME_GROWTH, _FRACTION, -0.5, 1.0, 0.005, +1, 0.05),
    Lever(LeverCode.FEE, _FRACTION, -0.05, 0.1, 0.0005, +1, 0.005),
    Lever(LeverCode.VARIABLE_RATE, _FRACTION, -0.05, 0.05, 0.0005, -1, 0.002),
    Lever(LeverCode.ADVISERS_PER_MEMBER, _FRACTION, -0.5, 0.5, 0.01, -1, 0.1),
    Lever(LeverCode.MEMBER_SERVICES, _FRACTION, -1.0, 1.0, 0.01, -1, 0.1),
    Lever(LeverCode.OTHER_FIXED, _FRACTION, -0.5, 0.5, 0.01, -1, 0.05),
    Lever(LeverCode.OTHER_INCOME, _MONEY, -1.0, 1.0, 0.001, +1, 0.02),
    Lever(LeverCode.SUPPORT, _MONEY, -1.0, 1.0, 0.001, +1, 0.05),
)


def find_lever(code: LeverCode) -> Lever:
    """The lever of a code."""
    return next(lever for lever in LEVERS if lever.code is code)
