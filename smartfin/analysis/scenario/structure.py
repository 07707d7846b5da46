"""What a partner's costs consist of, as far as a scenario can move it (docs/metrics.md#levers)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.partition import CLASSES, FIXED
from smartfin.analysis.table import quotient, trailing_total
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.scenario import LeverCode
from smartfin.settings import Level

_ADVISERS, _SERVICES, _TEAM = "adviser_costs", "member_services_costs", "staff_costs"


@dataclass(frozen=True, slots=True)
class Structure:
    """Four quarters of costs, taken apart.

    Args:
        costs: Own costs [currency a year].
        advisers: Adviser costs over fixed costs at the level [fraction].
        services: Member services over the same.
        other: The other fixed costs over the same; without the whole team where what advisers
            cost is not known, because a cut in it could be a cut in advisers.
        advisers_apart: Whether the rest of the team is in ``other``.
        adviser_rate: Cost of the advisers that a further unit of volume takes,
            c_a / V_a [fraction].
        carried: What the advisers there are can carry over the volume [fraction].
        fund: Part of the variable costs that goes to the guarantee fund [fraction].
        depreciation: Cost that is no cash [currency a year].
    """

    costs: float
    advisers: Measure
    services: Measure
    other: float
    advisers_apart: bool
    adviser_rate: Measure
    carried: float
    fund: float
    depreciation: float

    def share(self, code: LeverCode) -> Measure | None:
        """What a lever that moves costs is a share of; None of the other levers."""
        shares = {
            LeverCode.ADVISERS_PER_MEMBER: self.advisers,
            LeverCode.MEMBER_SERVICES: self.services,
            LeverCode.OTHER_FIXED: Measure(self.other, Unit.FRACTION),
        }
        return shares.get(code)


def structure_of(known: pd.DataFrame, level: Level) -> Structure:
    """The structure of the newest four quarters.

    Formula: advisers = adviser_costs / fixed; services = member_services_costs / fixed;
    other = (fixed lines of the partition - adviser_costs - member_services_costs) / fixed;
    c_a / V_a = adviser_costs / volume_advisers_can_carry

    Args:
        known: As made by ``partner_table``; its last four quarters are known.
        level: Whose fixed costs these are parts of.

    Source:
        docs/metrics.md#levers

    Example:
        >>> year = {"invoiced_volume": 100.0, "fee_revenue": 9.0, "staff_costs": 6.0}
        >>> found = structure_of(pd.DataFrame([year | {"adviser_costs": 3.0}] * 4), Level.OSS)
        >>> found.advisers.value, found.other, found.adviser_rate.value
        (0.5, 0.5, 0.03)
    """
    classes = CLASSES[level]
    fixed, own = _year(known, *classes.fixed), _year(known, *FIXED)
    advisers, services = _year(known, _ADVISERS), _year(known, _SERVICES)
    apart = not np.isnan(advisers)
    other = own - services - (advisers if apart else _year(known, _TEAM))
    variable = _year(known, *classes.variable)
    volume = _year(known, "invoiced_volume")
    return Structure(
        costs=own + variable,
        advisers=_share(known, _ADVISERS, advisers, fixed),
        services=_share(known, _SERVICES, services, fixed),
        other=_over(other, fixed),
        advisers_apart=apart,
        adviser_rate=_adviser_rate(known, advisers, level),
        carried=_over(_year(known, "volume_advisers_can_carry"), volume),
        fund=min(max(_over(_year(known, "guarantee_fund_charge"), variable), 0.0), 1.0),
        depreciation=_year(known, "depreciation"),
    )


def _year(known: pd.DataFrame, *codes: str) -> float:
    return float(trailing_total(known, codes)[-1])


def _over(part: float, whole: float) -> float:
    """A share; of nothing it is nil, because there is nothing to move."""
    return float(quotient(part, whole)) if whole > 0 else 0.0


def _share(known: pd.DataFrame, item: str, part: float, whole: float) -> Measure:
    """A line's share; undefined where it was never reported or misses a quarter."""
    reported = item in known.columns and bool(known[item].notna().any())
    if not reported or np.isnan(part):
        return undefined(Unit.FRACTION, Reason.ITEM_MISSING, item=item)
    return Measure(_over(part, whole), Unit.FRACTION)


def _adviser_rate(known: pd.DataFrame, advisers: float, level: Level) -> Measure:
    """What the advisers of a further unit of volume cost; why not where nobody knows."""
    rate = float(quotient(advisers, _year(known, "volume_advisers_can_carry")))
    if not np.isnan(rate):
        return Measure(rate, Unit.FRACTION)
    if np.isnan(advisers):
        return undefined(Unit.FRACTION, Reason.ITEM_MISSING, item=_ADVISERS)
    floor = find_indicator("structural_fee_floor", level)
    return indicator_measure(floor, known, int(known.index[-1]), "")
