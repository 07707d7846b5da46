"""Indicators of the one family of results: three levels, each with its ratio."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.flows import GROUP_SUPPORT
from smartfin.analysis.indicators.indicator import Indicator, Window, unless_positive
from smartfin.analysis.partition import (
    CLASSES,
    ONE_OFF,
    OWN_REVENUE,
    quarterly_statement,
    trailing_statement,
)
from smartfin.analysis.table import Figures, quotient, signed_total, trailing_sum, trailing_total
from smartfin.measure import Reason, Unit
from smartfin.settings import Level

# What each level is judged on (docs/metrics.md#levels).
RESULT_OF = {
    Level.SUPPORTED: "result_after_support",
    Level.OSS: "result_before_support",
    Level.FSS: "result_fss",
}
RATIO_OF = {
    Level.SUPPORTED: "supported_ratio",
    Level.OSS: "coverage",
    Level.FSS: "fss_ratio",
}


def level_needs(level: Level) -> tuple[str, ...]:
    """Items a level's result reads."""
    return CLASSES[level].income + CLASSES[level].costs


def _trailing_result(level: Level, formula: str) -> Indicator:
    """Income less costs of four quarters at a level."""
    return Indicator(
        code=RESULT_OF[level],
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula=formula,
        needs=level_needs(level),
        values=lambda table: trailing_statement(table, level).result,
    )


def _quarter_result(level: Level, formula: str) -> Indicator:
    """Income less costs of one quarter at a level, for charts over time."""
    return Indicator(
        code=f"{RESULT_OF[level]}_quarter",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.QUARTER,
        formula=formula,
        needs=level_needs(level),
        values=lambda table: quarterly_statement(table, level).result,
    )


def _trailing_ratio(level: Level, formula: str) -> Indicator:
    """Income over costs of four quarters at a level; 1 or more exactly when the result is >= 0."""

    def values(table: pd.DataFrame) -> Figures:
        return trailing_statement(table, level).ratio

    return Indicator(
        code=RATIO_OF[level],
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula=formula,
        needs=level_needs(level),
        values=values,
        unless=(
            unless_positive(
                Reason.NO_OWN_COSTS, lambda table: trailing_statement(table, level).costs
            ),
        ),
    )


def _subsidy_dependence(table: pd.DataFrame) -> Figures:
    result = trailing_statement(table, Level.FSS).result
    return quotient(-result, trailing_total(table, OWN_REVENUE))


def _before_tax(table: pd.DataFrame) -> Figures:
    """Earned, supported and one-off together [currency]."""
    one_off = trailing_sum(signed_total(table, ONE_OFF))
    return trailing_statement(table, Level.SUPPORTED).result + one_off


NO_OWN_REVENUE = unless_positive(
    Reason.NO_OWN_REVENUE, lambda table: trailing_total(table, OWN_REVENUE)
)


def _cumulative_result(table: pd.DataFrame) -> Figures:
    return np.cumsum(quarterly_statement(table, Level.OSS).result)


RESULTS = (
    _trailing_result(Level.OSS, "own_revenue + financial_income - own_costs"),
    _trailing_result(
        Level.SUPPORTED,
        "result_before_support + operating_grants + group_contribution_received",
    ),
    _trailing_result(Level.FSS, "result_before_support - imputed_group_services"),
    _trailing_ratio(Level.OSS, "(own_revenue + financial_income) / own_costs"),
    _trailing_ratio(
        Level.SUPPORTED,
        "(own_revenue + financial_income + operating_grants + group_contribution_received)"
        " / own_costs",
    ),
    _trailing_ratio(
        Level.FSS, "(own_revenue + financial_income) / (own_costs + imputed_group_services)"
    ),
    Indicator(
        code="sdi",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="-result_fss / own_revenue",
        needs=level_needs(Level.FSS),
        values=_subsidy_dependence,
        unless=(NO_OWN_REVENUE,),
    ),
    Indicator(
        code="support_rate",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="group_support / own_revenue",
        needs=GROUP_SUPPORT + OWN_REVENUE,
        values=lambda table: quotient(
            trailing_total(table, GROUP_SUPPORT), trailing_total(table, OWN_REVENUE)
        ),
        unless=(NO_OWN_REVENUE,),
    ),
    Indicator(
        code="result_before_tax",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula="result_before_support + support + one_off_result",
        needs=(*level_needs(Level.SUPPORTED), *(item for _, item in ONE_OFF)),
        values=_before_tax,
    ),
    Indicator(
        code="cumulative_result",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.SINCE_START,
        formula="sum of result_before_support_quarter since the first quarter",
        needs=level_needs(Level.OSS),
        values=_cumulative_result,
    ),
    _quarter_result(Level.OSS, "own_income_quarter - own_costs_quarter"),
    _quarter_result(Level.SUPPORTED, "result_before_support_quarter + support_quarter"),
)
