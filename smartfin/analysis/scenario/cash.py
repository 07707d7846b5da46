"""How long the money lasts under a scenario (docs/metrics.md#cash-ahead)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.futures import Futures
from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.scenario.decisions import Decisions
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.table import Figures
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter

LOW = 0.2  # of the futures have less


@dataclass(frozen=True, slots=True)
class CashQuarter:
    """Free cash at the end of one quarter ahead.

    Args:
        quarter: The quarter.
        median: Half of the futures have more [currency].
        low: 80 % of the futures have more [currency].
    """

    quarter: Quarter
    median: float
    low: float


@dataclass(frozen=True, slots=True)
class CashAhead:
    """Where free cash goes.

    Args:
        today: Free cash of the newest quarter known; without it nothing is known ahead.
        quarters: Each quarter ahead, as far as the outlook looks; none without cash today.
        runs_out: First quarter by whose end at least half of the futures have been without
            free cash; None where that does not happen within the horizon, or is not known.
    """

    today: Measure
    quarters: tuple[CashQuarter, ...] = ()
    runs_out: Quarter | None = None

    def at(self, quarter: Quarter) -> CashQuarter | None:
        """One quarter ahead; None where it is not among them."""
        return next((each for each in self.quarters if each.quarter == quarter), None)


def cash_ahead(draw: Draw, decided: Decisions, futures: Futures) -> CashAhead:
    """Free cash of each quarter ahead.

    Formula: free cash today + sum of (result before support + depreciation + support voted
    + support of the scenario), depreciation a quarter of that of the last four quarters

    Public grants that are not in the scenario are not in it, nor is what members' balances,
    taxes and clients do to the bank account: free cash is what is left when these are taken out.

    Args:
        draw: Of the partner, at the level before support.
        decided: By the scenario.
        futures: Of the scenario, at the same level.

    Returns:
        [currency]; only ``today`` with its reason where free cash is not known.

    Source:
        docs/metrics.md#cash-ahead
    """
    free_cash = find_indicator("free_cash", draw.level)
    today = indicator_measure(free_cash, draw.past.table, draw.last, Unit.CURRENCY)
    if today.value is None:
        return CashAhead(today)
    flows = futures.income[3:] - futures.costs[3:]
    flows += _beside_result(draw, decided)[:, np.newaxis]
    flows[0] += today.value
    cash = np.cumsum(flows, axis=0, out=flows)
    runs_out = _runs_out(draw, cash, today.value)
    ordered = np.sort(cash, axis=1)
    ranks = [round(share * (cash.shape[1] - 1)) for share in (0.5, LOW)]
    quarters = tuple(
        CashQuarter(draw.first + ahead, median, low)
        for ahead, (median, low) in enumerate(ordered[:, ranks].tolist())
    )
    return CashAhead(today, quarters, runs_out)


def _beside_result(draw: Draw, decided: Decisions) -> Figures:
    """What moves cash in each quarter ahead beside the result before support [currency].

    Depreciation is among the other fixed costs; where these are cut, less of it is added back.
    """
    added: Figures = draw.structure.depreciation / 4 * (1 + decided.other)
    for amount in decided.support.values():
        added += amount
    voted = [draw.support.get(draw.first + ahead, 0.0) for ahead in range(draw.horizon)]
    added += np.array(voted)
    return added


def _runs_out(draw: Draw, cash: Figures, today: float) -> Quarter | None:
    """The first quarter by whose end half of the futures have been without free cash."""
    if today < 0:
        return Quarter.from_ordinal(draw.last)
    out = (np.minimum.accumulate(cash, axis=0) < 0).mean(axis=1) >= 0.5
    return draw.first + int(np.argmax(out)) if out.any() else None
