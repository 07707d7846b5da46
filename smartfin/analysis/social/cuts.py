"""What was cut for members between two windows of four quarters: fund, services, advisers."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.social import PRICES
from smartfin.analysis.partition import OWN_COSTS, ROUNDING
from smartfin.analysis.table import Figures, line, trailing_total


class Remark(StrEnum):
    """What a bought share was worked out without (message ``social.remark.<code>``)."""

    STAFF_FOR_ADVISERS = "staff_for_advisers"  # no adviser_fte: staff_costs stand in
    NOMINAL_SERVICES = "nominal_services"  # no price index: member services at their own prices


class Cuts:
    """What the split of the bridge needs of two windows of four quarters.

    Args:
        table: As made by ``partner_table``, costs positive [currency].
        first_end: Ordinal of the last quarter of the first window, a row of the table.
        second_end: The same of the second one.
    """

    def __init__(self, table: pd.DataFrame, first_end: int, second_end: int) -> None:
        self._table = table
        self._places = [end - int(table.index[0]) for end in (first_end, second_end)]
        self.members = line(table, "members_active")[self._places]
        self._staff = self._sums("staff_costs")
        self._posts = self._sums("adviser_fte") / 4
        self._prices = self._sums(PRICES)
        costs = trailing_total(table, OWN_COSTS)[self._places]
        # What binary fractions leave of sums: an effect this small is none.
        self.rounding = ROUNDING * float(np.abs(costs).max())

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was missing, and did not stop it."""
        said = []
        if not self._knows_advisers:
            said.append(Remark.STAFF_FOR_ADVISERS)
        if not self._knows_prices:
            said.append(Remark.NOMINAL_SERVICES)
        return tuple(said)

    def fund_effect(self) -> float:
        """Less put into the guarantee fund of each unit invoiced, as the bridge has its risk."""
        volume, charge = self._sums("invoiced_volume"), self._sums("guarantee_fund_charge")
        rates = [part / whole for part, whole in zip(charge, volume, strict=True) if whole > 0]
        mean = sum(rates) / len(rates) if rates else 0.0
        return float(mean * (volume[1] - volume[0]) - (charge[1] - charge[0]))

    def services_cut(self) -> float:
        """What the first window's services would cost now, less what is spent now [currency]."""
        before, now = self._sums("member_services_costs")
        return float(before * self._dearer - now)

    def price_rise(self) -> float:
        """What the first window's services cost more now, with a minus."""
        before, _ = self._sums("member_services_costs")
        return float(before * (1 - self._dearer))

    def advisers_cut(self) -> float:
        """What was saved on advisers beyond the fall in active members; never under nil.

        Without adviser_fte: on the whole team.
        """
        before, now = self._posts if self._knows_advisers else self._staff
        beyond = max(0.0, float(before * self._fewer_members - now))
        return beyond * (self._cost_of_adviser() if self._knows_advisers else 1.0)

    @property
    def _fewer_members(self) -> float:
        """What is left of the active members [fraction, at most 1]."""
        before, now = self.members
        return float(min(1.0, now / before)) if before > 0 else 1.0

    @property
    def _dearer(self) -> float:
        """Prices of the second window over those of the first; 1 where they are not known."""
        return float(self._prices[1] / self._prices[0]) if self._knows_prices else 1.0

    @property
    def _knows_prices(self) -> bool:
        return bool((self._prices > 0).all())

    @property
    def _knows_advisers(self) -> bool:
        return not np.isnan(self._posts).any() and self._cost_of_adviser() > 0

    def _cost_of_adviser(self) -> float:
        """Full cost of one adviser a year, mean of the windows; that of a post where not apart.

        A window without advisers has no cost of one, and that of the other one serves.
        """
        for costs, posts in (
            (self._sums("adviser_costs"), self._posts),
            (self._staff, self._sums("staff_fte") / 4),
        ):
            each = [cost / post for cost, post in zip(costs, posts, strict=True) if post > 0]
            known = [cost for cost in each if not np.isnan(cost)]
            if known:
                return float(sum(known) / len(known))
        return 0.0

    def _sums(self, code: str) -> Figures:
        """A line added up over each window."""
        sums: Figures = trailing_total(self._table, (code,))[self._places]
        return sums
