"""Indicators of how much hangs on one client, one sector or one source of income."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.altman import EBIT_LINES, operating_result
from smartfin.analysis.indicators.indicator import Indicator, Window, unless_positive
from smartfin.analysis.partition import FEE_INCOME, OWN_COSTS, OWN_INCOME, OWN_REVENUE
from smartfin.analysis.table import Figures, line, quotient, trailing_sum, trailing_total
from smartfin.measure import Reason, Unit

_SOURCES = FEE_INCOME + OWN_INCOME
# The house around the work: what can be cut before team, advisers or members' services.
_ADMINISTRATION = (
    "it_costs",
    "rent_costs",
    "professional_fees",
    "marketing_costs",
    "other_operating_expenses",
)
_UNLESS_OWN_REVENUE = (
    unless_positive(Reason.NO_OWN_REVENUE, lambda table: trailing_total(table, OWN_REVENUE)),
)


def revenue_concentration(table: pd.DataFrame) -> Figures:
    """How much of own income comes from one source, at each quarter [fraction].

    Formula: sum of the squares of each source's share in own income of four quarters

    Returns:
        1 with a single source, 0.5 with two of the same size; NaN without own income.

    Source:
        docs/metrics.md#revenue_concentration; Tuckman and Chang 1991

    Example:
        >>> sources = {"fee_revenue": [3.0] * 4, "employment_margin": [1.0] * 4}
        >>> revenue_concentration(pd.DataFrame(sources)).round(3).tolist()[-1]
        0.625
    """
    squares = np.zeros(len(table))
    for source in _SOURCES:
        squares += trailing_sum(line(table, source)) ** 2
    return quotient(squares, np.maximum(trailing_total(table, _SOURCES), 0) ** 2)


def _share_of_volume(code: str, polarity: int, part: str) -> Indicator:
    """A part of the invoiced volume over all of it."""
    return Indicator(
        code=code,
        unit=Unit.FRACTION,
        polarity=polarity,
        window=Window.TTM,
        formula=f"{part} / invoiced_volume",
        needs=(part, "invoiced_volume"),
        values=lambda table: quotient(
            trailing_total(table, (part,)), trailing_total(table, ("invoiced_volume",))
        ),
        unless=(
            unless_positive(
                Reason.NO_VOLUME, lambda table: trailing_total(table, ("invoiced_volume",))
            ),
        ),
    )


CONCENTRATION = (
    _share_of_volume("largest_client_share", -1, "largest_client_volume"),
    _share_of_volume("non_creative_share", 0, "non_creative_volume"),
    Indicator(
        code="revenue_concentration",
        unit=Unit.SCORE,
        polarity=-1,
        window=Window.TTM,
        formula=f"({' + '.join(f'{each}²' for each in _SOURCES)}) / ({' + '.join(_SOURCES)})²",
        needs=_SOURCES,
        values=revenue_concentration,
        unless=(
            unless_positive(Reason.NO_OWN_REVENUE, lambda table: trailing_total(table, _SOURCES)),
        ),
    ),
    Indicator(
        code="equity_to_revenue",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="equity / own_revenue",
        needs=("equity", *OWN_REVENUE),
        values=lambda table: quotient(line(table, "equity"), trailing_total(table, OWN_REVENUE)),
        at_end=("equity",),
        unless=_UNLESS_OWN_REVENUE,
    ),
    Indicator(
        code="administrative_cost_share",
        unit=Unit.FRACTION,
        polarity=0,
        window=Window.TTM,
        formula=f"({' + '.join(_ADMINISTRATION)}) / own_costs",
        needs=OWN_COSTS,
        values=lambda table: quotient(
            trailing_total(table, _ADMINISTRATION), trailing_total(table, OWN_COSTS)
        ),
        unless=(
            unless_positive(Reason.NO_OWN_COSTS, lambda table: trailing_total(table, OWN_COSTS)),
        ),
    ),
    Indicator(
        code="operating_margin",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="ebit / own_revenue",
        needs=EBIT_LINES,
        values=lambda table: quotient(operating_result(table), trailing_total(table, OWN_REVENUE)),
        unless=_UNLESS_OWN_REVENUE,
    ),
)
