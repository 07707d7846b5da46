"""Indicators that only add lines up: money earned, spent and received."""

from __future__ import annotations

from smartfin.analysis.indicators.indicator import Indicator, Window
from smartfin.analysis.partition import (
    FEE_INCOME,
    FIXED,
    ONE_OFF,
    OWN_COSTS,
    OWN_INCOME,
    OWN_REVENUE,
    SUPPORT,
    VARIABLE,
)
from smartfin.analysis.table import signed_total, total, trailing_sum, trailing_total
from smartfin.measure import Unit

GROUP_SUPPORT = (
    "group_contribution_received",
    "group_capital_injection",
    "group_loan_drawdown",
)


def _trailing_flow(
    code: str, polarity: int, codes: tuple[str, ...], formula: str = ""
) -> Indicator:
    """Lines added over four quarters."""
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=polarity,
        window=Window.TTM,
        formula=formula or " + ".join(codes),
        needs=codes,
        values=lambda table: trailing_total(table, codes),
    )


def _quarter_flow(code: str, polarity: int, codes: tuple[str, ...]) -> Indicator:
    """Lines added within one quarter, for charts over time."""
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=polarity,
        window=Window.QUARTER,
        formula=" + ".join(codes),
        needs=codes,
        values=lambda table: total(table, codes),
    )


def _one_off(code: str, window: Window) -> Indicator:
    """What does not come back: income less costs, exchange differences included."""
    trailing = window is Window.TTM
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=0,
        window=window,
        formula="one_off_income - one_off_cost + exceptional_result + fx_result",
        needs=tuple(item for _, item in ONE_OFF),
        values=lambda table: (
            trailing_sum(signed_total(table, ONE_OFF)) if trailing else signed_total(table, ONE_OFF)
        ),
    )


FLOWS = (
    _trailing_flow("invoiced_volume", +1, ("invoiced_volume",)),
    _trailing_flow("own_revenue", +1, OWN_REVENUE),
    _trailing_flow("own_costs", -1, OWN_COSTS, "variable_costs + fixed_costs"),
    _trailing_flow("variable_costs", -1, VARIABLE),
    _trailing_flow("fixed_costs", -1, FIXED),
    _trailing_flow("support", -1, SUPPORT),
    _one_off("one_off_result", Window.TTM),
    _trailing_flow("group_support", -1, GROUP_SUPPORT),
    _quarter_flow("invoiced_volume_quarter", +1, ("invoiced_volume",)),
    _quarter_flow("own_income_quarter", +1, FEE_INCOME + OWN_INCOME),
    _quarter_flow("own_costs_quarter", -1, OWN_COSTS),
    _quarter_flow("support_quarter", -1, SUPPORT),
    _one_off("one_off_result_quarter", Window.QUARTER),
    _quarter_flow("group_support_quarter", -1, GROUP_SUPPORT),
)
