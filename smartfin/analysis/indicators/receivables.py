"""Indicators of what clients owe, and of the money set aside for those who do not pay."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.indicators.indicator import Indicator, Window, unless_positive
from smartfin.analysis.table import Figures, Terms, line, quotient, signed_total, trailing_total
from smartfin.measure import Reason, Unit

# What clients may be expected to pay within 90 days.
DUE_SOON: Terms = (
    (1, "trade_receivables"),
    (-1, "receivables_over_90_days"),
    (-1, "receivables_allowance"),
)
_STILL_GOOD: Terms = ((1, "trade_receivables"), (-1, "receivables_allowance"))
# Whoever bears them: the result of the year or the fund.
_LOSSES = ("bad_debt_expense", "receivable_losses_covered_by_fund")
_DAYS = 365


def due_soon(table: pd.DataFrame) -> Figures:
    """What clients may be expected to pay within 90 days, at each quarter [currency].

    Formula: trade receivables - more than 90 days late - allowance

    The allowance is mostly for invoices that are late, so a part may be taken off twice:
    on the safe side, as cash that was counted on and does not come is the worse surprise.

    Source:
        docs/metrics.md#receivables_due_soon

    Example:
        >>> due_soon(pd.DataFrame({
        ...     "trade_receivables": [100.0], "receivables_over_90_days": [10.0],
        ...     "receivables_allowance": [5.0],
        ... })).tolist()
        [85.0]
    """
    return signed_total(table, DUE_SOON)


def _volume(table: pd.DataFrame) -> Figures:
    return trailing_total(table, ("invoiced_volume",))


def _losses(table: pd.DataFrame) -> Figures:
    return trailing_total(table, _LOSSES)


def _never_had_a_fund(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Where no quarter so far shows money in the fund: an empty fund is another matter."""
    ever: NDArray[np.bool_] = np.logical_or.accumulate(line(table, "salary_guarantee_fund") > 0)
    return ~ever


RECEIVABLES = (
    Indicator(
        code="receivables_due_soon",
        unit=Unit.CURRENCY,
        polarity=0,
        window=Window.STOCK,
        formula="trade_receivables - receivables_over_90_days - receivables_allowance",
        needs=tuple(code for _, code in DUE_SOON),
        values=due_soon,
    ),
    Indicator(
        code="receivable_days",
        unit=Unit.DAYS,
        polarity=-1,
        window=Window.STOCK,
        formula="receivable_days",
        needs=("receivable_days",),
        values=lambda table: line(table, "receivable_days"),
    ),
    Indicator(
        code="receivable_days_computed",
        unit=Unit.DAYS,
        polarity=-1,
        window=Window.TTM,
        formula=f"{_DAYS} * (trade_receivables - receivables_allowance) / invoiced_volume",
        needs=("trade_receivables", "receivables_allowance", "invoiced_volume"),
        values=lambda table: quotient(_DAYS * signed_total(table, _STILL_GOOD), _volume(table)),
        at_end=("trade_receivables", "receivables_allowance"),
        unless=(unless_positive(Reason.NO_VOLUME, _volume),),
    ),
    Indicator(
        code="receivables_over_90_share",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.STOCK,
        formula="receivables_over_90_days / trade_receivables",
        needs=("receivables_over_90_days", "trade_receivables"),
        values=lambda table: quotient(
            line(table, "receivables_over_90_days"), line(table, "trade_receivables")
        ),
        unless=(
            unless_positive(Reason.NO_RECEIVABLES, lambda table: line(table, "trade_receivables")),
        ),
    ),
    Indicator(
        code="bad_debt_rate",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="(bad_debt_expense + receivable_losses_covered_by_fund) / invoiced_volume",
        needs=(*_LOSSES, "invoiced_volume"),
        values=lambda table: quotient(_losses(table), _volume(table)),
        unless=(unless_positive(Reason.NO_VOLUME, _volume),),
        digits=2,
    ),
    Indicator(
        code="fund_cover_months",
        unit=Unit.MONTHS,
        polarity=+1,
        window=Window.TTM,
        formula=(
            "salary_guarantee_fund / ((bad_debt_expense + receivable_losses_covered_by_fund) / 12)"
        ),
        needs=("salary_guarantee_fund", *_LOSSES),
        values=lambda table: quotient(12 * line(table, "salary_guarantee_fund"), _losses(table)),
        at_end=("salary_guarantee_fund",),
        unless=(
            (Reason.NO_GUARANTEE_FUND, _never_had_a_fund),
            unless_positive(Reason.NO_RECEIVABLE_LOSSES, _losses),
        ),
    ),
)
