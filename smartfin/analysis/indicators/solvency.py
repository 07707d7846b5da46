"""Indicators of what is owed and of the capital behind it, as the law of each country asks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.indicators.receivables import DUE_SOON, due_soon
from smartfin.analysis.indicators.results import level_needs
from smartfin.analysis.partition import CLASSES, surplus
from smartfin.analysis.table import (
    Figures,
    Terms,
    line,
    quotient,
    signed_total,
    total,
    trailing_sum,
    trailing_total,
)
from smartfin.measure import Reason, Unit
from smartfin.settings import Level

# Costs that leave the money where it is: wear, and what is set aside for later; what the
# fund then pays for is in no cost.
_NOT_PAID: Terms = (
    (1, "depreciation"),
    (1, "guarantee_fund_charge"),
    (-1, "receivable_losses_covered_by_fund"),
    (-1, "income_tax"),
)
_SURPLUS_LINES = (
    *level_needs(Level.SUPPORTED),
    "receivable_losses_covered_by_fund",
    "income_tax",
)

_CAPITAL_LINES = ("member_share_capital", "shareholder_contributions")
_DEBTS: Terms = (
    (1, "total_liabilities"),
    (-1, "salary_guarantee_fund"),
    (-1, "other_provisions"),
)
_DEBTS_TO_REPAY: Terms = ((1, "total_liabilities"), (-1, "cash"), (-1, "deferred_income"))


def _codes(terms: Terms) -> tuple[str, ...]:
    return tuple(code for _, code in terms)


def _cash_surplus(table: pd.DataFrame) -> Figures:
    classes = CLASSES[Level.SUPPORTED]
    not_paid = trailing_sum(signed_total(table, _NOT_PAID))
    paid = trailing_total(table, classes.costs) - not_paid
    return surplus(trailing_total(table, classes.income), paid)


def _lost(table: pd.DataFrame) -> Figures:
    """Losses carried forward and of this year, less this year's gain [currency, positive]."""
    carried = np.minimum(line(table, "reserves_retained"), 0)
    return np.maximum(-(line(table, "result_year_to_date") + carried), 0)


def _capital_put_in(table: pd.DataFrame) -> Figures:
    """What members and group put in, with the reserves there are [currency]."""
    reserves = np.maximum(line(table, "reserves_retained"), 0)
    return total(table, _CAPITAL_LINES) + reserves


def _unless_line(reason: Reason, code: str) -> Unless:
    return unless_positive(reason, lambda table: line(table, code))


def _stock(code: str, polarity: int, formula: str) -> Indicator:
    """An amount of the balance sheet as it stands."""
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=polarity,
        window=Window.STOCK,
        formula=formula,
        needs=(formula,),
        values=lambda table: line(table, formula),
    )


def _stock_ratio(
    code: str,
    over: str,
    under: str,
    reason: Reason,
    *,
    polarity: int = +1,
    unit: Unit = Unit.FRACTION,
) -> Indicator:
    """One amount of the balance sheet over another."""
    return Indicator(
        code=code,
        unit=unit,
        polarity=polarity,
        window=Window.STOCK,
        formula=f"{over} / {under}",
        needs=(over, under),
        values=lambda table: quotient(line(table, over), line(table, under)),
        unless=(_unless_line(reason, under),),
    )


SOLVENCY = (
    _stock("net_assets", +1, "equity"),
    _stock_ratio(
        "net_assets_capital_ratio",
        "equity",
        "registered_share_capital",
        Reason.NO_CAPITAL,
        unit=Unit.MULTIPLE,
    ),
    Indicator(
        code="share_of_capital_lost",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.STOCK,
        formula=(
            "max(-(result_year_to_date + min(reserves_retained, 0)), 0)"
            " / (member_share_capital + shareholder_contributions + max(reserves_retained, 0))"
        ),
        needs=("reserves_retained", "result_year_to_date", *_CAPITAL_LINES),
        values=lambda table: quotient(_lost(table), _capital_put_in(table)),
        unless=(unless_positive(Reason.NO_CAPITAL, _capital_put_in),),
    ),
    Indicator(
        code="liquidity_cover",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.STOCK,
        formula="(cash + receivables_due_soon) / debts_due_within_12_months",
        needs=("debts_due_within_12_months", "cash", *_codes(DUE_SOON)),
        values=lambda table: quotient(
            line(table, "cash") + due_soon(table), line(table, "debts_due_within_12_months")
        ),
        unless=(_unless_line(Reason.NO_DEBTS, "debts_due_within_12_months"),),
    ),
    _stock_ratio(
        "current_ratio",
        "current_assets",
        "current_liabilities",
        Reason.NO_DEBTS,
        unit=Unit.MULTIPLE,
    ),
    Indicator(
        code="equity_to_debt",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.STOCK,
        formula="equity / (total_liabilities - salary_guarantee_fund - other_provisions)",
        needs=("equity", *_codes(_DEBTS)),
        values=lambda table: quotient(line(table, "equity"), signed_total(table, _DEBTS)),
        unless=(unless_positive(Reason.NO_DEBTS, lambda table: signed_total(table, _DEBTS)),),
    ),
    _stock_ratio(
        "tax_social_to_assets",
        "tax_social_liabilities",
        "total_assets",
        Reason.NO_ASSETS,
        polarity=-1,
    ),
    _stock("overdue_public_debt", -1, "overdue_public_debt"),
    Indicator(
        code="interest_to_revenue",
        unit=Unit.FRACTION,
        polarity=-1,
        window=Window.TTM,
        formula="financial_expense / invoiced_volume",
        needs=("financial_expense", "invoiced_volume"),
        values=lambda table: quotient(
            trailing_total(table, ("financial_expense",)),
            trailing_total(table, ("invoiced_volume",)),
        ),
        unless=(
            unless_positive(
                Reason.NO_VOLUME, lambda table: trailing_total(table, ("invoiced_volume",))
            ),
        ),
        digits=2,
    ),
    Indicator(
        code="cash_surplus",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula=(
            "result_after_support + depreciation + guarantee_fund_charge"
            " - receivable_losses_covered_by_fund - income_tax"
        ),
        needs=_SURPLUS_LINES,
        values=_cash_surplus,
    ),
    Indicator(
        code="cash_flow_to_assets",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="cash_surplus / total_assets",
        needs=("total_assets", *_SURPLUS_LINES),
        values=lambda table: quotient(_cash_surplus(table), line(table, "total_assets")),
        at_end=("total_assets",),
        unless=(_unless_line(Reason.NO_ASSETS, "total_assets"),),
        digits=1,
    ),
    Indicator(
        code="debt_repayment_years",
        unit=Unit.YEARS,
        polarity=-1,
        window=Window.TTM,
        formula="max(total_liabilities - cash - deferred_income, 0) / cash_surplus",
        needs=(*_codes(_DEBTS_TO_REPAY), *_SURPLUS_LINES),
        values=lambda table: quotient(
            np.maximum(signed_total(table, _DEBTS_TO_REPAY), 0), _cash_surplus(table)
        ),
        at_end=_codes(_DEBTS_TO_REPAY),
        unless=(unless_positive(Reason.NO_CASH_SURPLUS, _cash_surplus),),
    ),
)
