"""What four quarters ahead come to in the middle of the futures (docs/metrics.md#variance)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.futures import Futures, four_quarters
from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.partition import surplus
from smartfin.analysis.table import Figures


@dataclass(frozen=True, slots=True)
class YearAhead:
    """Four quarters that end in one to come, each figure the middle of the futures on its own.

    Args:
        volume: Invoiced volume [currency].
        result: Result at the level of the outlook [currency].
        coverage: Income over costs at that level [fraction], as the fan draws it.
    """

    volume: float
    result: float
    coverage: float


def year_ahead(futures: Futures, known_volume: Figures, ahead: int) -> YearAhead:
    """What the four quarters to one that lies ahead come to, in the middle of the futures.

    Formula: the median over the futures of each four-quarter sum; quarters already known
    count as they are

    Args:
        futures: As the outlook draws them.
        known_volume: Volume of the three newest quarters known [currency].
        ahead: Quarters from the newest known to the last of the four, from 1 to the horizon.

    Returns:
        The three figures; each is a median of its own, so coverage need not be that of the
        median income over the median costs.

    Source:
        docs/metrics.md#variance
    """
    rows = slice(ahead - 1, ahead + 3)  # of a history of three quarters and what is ahead
    income = four_quarters(futures.income[rows])[0]
    costs = four_quarters(futures.costs[rows])[0]
    future = futures.volume[max(ahead - 4, 0) : ahead].sum(axis=0)
    known = float(np.sum(known_volume[len(known_volume) - max(4 - ahead, 0) :]))
    return YearAhead(
        volume=known + float(middle(future)),
        result=float(middle(surplus(income, costs))),
        coverage=float(futures.coverage(ahead, (0.5,))[-1, 0]),
    )
