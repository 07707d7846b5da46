"""Indicators of dependence, cash and balance sheet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.flows import GROUP_SUPPORT
from smartfin.analysis.indicators.indicator import Indicator, Window, unless_positive
from smartfin.analysis.indicators.receivables import DUE_SOON, due_soon
from smartfin.analysis.indicators.results import level_needs
from smartfin.analysis.partition import CLASSES, IMPUTED_SUPPORT, OWN_COSTS, surplus
from smartfin.analysis.table import Figures, line, quotient, total, trailing_total
from smartfin.measure import Reason, Unit
from smartfin.settings import Level

# Money in the bank that is not the partner's own to spend.
CLAIMS_ON_CASH = (
    "member_balances",
    "tax_social_liabilities",
    "salary_guarantee_fund",
    "deferred_income",
)
CASH_COSTS = tuple(
    code
    for code in OWN_COSTS
    if code not in {"depreciation", "bad_debt_expense", "guarantee_fund_charge"}
)
_DUE_SOON = tuple(code for _, code in DUE_SOON)


def _free_cash(table: pd.DataFrame) -> Figures:
    return line(table, "cash") - total(table, CLAIMS_ON_CASH)


def _cash_costs(table: pd.DataFrame) -> Figures:
    return trailing_total(table, CASH_COSTS)


def _cash_shortfall(table: pd.DataFrame) -> Figures:
    """By how much free cash falls in four quarters without support [currency].

    Depreciation alone is added back to the result. Bad debts are invoices nobody pays, and
    a charge to the guarantee fund moves cash out of reach (``CLAIMS_ON_CASH``).
    """
    costs = trailing_total(table, OWN_COSTS) - trailing_total(table, ("depreciation",))
    return -surplus(trailing_total(table, CLASSES[Level.OSS].income), costs)


def _net_assets(table: pd.DataFrame) -> Figures:
    """Total assets without the members' money that passes through [currency]."""
    return line(table, "total_assets") - line(table, "member_balances")


HEALTH = (
    Indicator(
        code="group_dependency",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="group_support / own_costs",
        needs=GROUP_SUPPORT + OWN_COSTS,
        values=lambda table: quotient(
            trailing_total(table, GROUP_SUPPORT), trailing_total(table, OWN_COSTS)
        ),
        unless=(
            unless_positive(Reason.NO_OWN_COSTS, lambda table: trailing_total(table, OWN_COSTS)),
        ),
    ),
    Indicator(
        code="group_dependency_total",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="(group_support + imputed_group_services) / own_costs",
        needs=(*GROUP_SUPPORT, IMPUTED_SUPPORT, *OWN_COSTS),
        values=lambda table: quotient(
            trailing_total(table, (*GROUP_SUPPORT, IMPUTED_SUPPORT)),
            trailing_total(table, OWN_COSTS),
        ),
        unless=(
            unless_positive(Reason.NO_OWN_COSTS, lambda table: trailing_total(table, OWN_COSTS)),
        ),
    ),
    Indicator(
        code="free_cash",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.STOCK,
        formula=" - ".join(("cash", *CLAIMS_ON_CASH)),
        needs=("cash", *CLAIMS_ON_CASH),
        values=_free_cash,
    ),
    Indicator(
        code="months_of_free_cash",
        unit=Unit.MONTHS,
        polarity=+1,
        window=Window.TTM,
        formula=(
            "free_cash / ((own_costs - depreciation - bad_debt_expense"
            " - guarantee_fund_charge) / 12)"
        ),
        needs=("cash", *CLAIMS_ON_CASH, *CASH_COSTS),
        at_end=("cash", *CLAIMS_ON_CASH),
        values=lambda table: quotient(12 * _free_cash(table), _cash_costs(table)),
        unless=(unless_positive(Reason.NO_OWN_COSTS, _cash_costs),),
    ),
    Indicator(
        code="months_of_free_cash_with_receivables",
        unit=Unit.MONTHS,
        polarity=+1,
        window=Window.TTM,
        formula=(
            "(free_cash + receivables_due_soon) / ((own_costs - depreciation - bad_debt_expense"
            " - guarantee_fund_charge) / 12)"
        ),
        needs=("cash", *CLAIMS_ON_CASH, *_DUE_SOON, *CASH_COSTS),
        at_end=("cash", *CLAIMS_ON_CASH, *_DUE_SOON),
        values=lambda table: quotient(
            12 * (_free_cash(table) + due_soon(table)), _cash_costs(table)
        ),
        unless=(unless_positive(Reason.NO_OWN_COSTS, _cash_costs),),
    ),
    Indicator(
        code="months_of_free_cash_without_support",
        unit=Unit.MONTHS,
        polarity=+1,
        window=Window.TTM,
        formula="max(free_cash, 0) / (-(result_before_support + depreciation) / 12)",
        needs=("cash", *CLAIMS_ON_CASH, *level_needs(Level.OSS)),
        at_end=("cash", *CLAIMS_ON_CASH),
        values=lambda table: quotient(
            12 * np.maximum(_free_cash(table), 0), _cash_shortfall(table)
        ),
        unless=(unless_positive(Reason.NO_SHORTFALL, _cash_shortfall),),
    ),
    Indicator(
        code="equity_ratio",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.STOCK,
        formula="equity / total_assets",
        needs=("equity", "total_assets"),
        values=lambda table: quotient(line(table, "equity"), line(table, "total_assets")),
        unless=(unless_positive(Reason.NO_ASSETS, lambda table: line(table, "total_assets")),),
    ),
    Indicator(
        code="net_equity_ratio",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.STOCK,
        formula="equity / (total_assets - member_balances)",
        needs=("equity", "total_assets", "member_balances"),
        values=lambda table: quotient(line(table, "equity"), _net_assets(table)),
        unless=(unless_positive(Reason.NO_ASSETS, _net_assets),),
    ),
)
