"""The Altman score Z″ of a balance sheet, gross and net of members' money."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.partition import OWN_COSTS, OWN_REVENUE, SUPPORT, surplus
from smartfin.analysis.table import Figures, line, quotient, total, trailing_total
from smartfin.measure import Reason, Unit

EBIT_LINES = OWN_REVENUE + OWN_COSTS

# What the score reads of the balance sheet; first what small books most often lack.
_STOCKS = (
    "current_liabilities",
    "current_assets",
    "reserves_retained",
    "result_year_to_date",
    "equity",
    "total_assets",
    "total_liabilities",
)
# What makes the variant for emerging markets start where the weakest bond is rated.
_EMERGING = 3.25

_FORMULA = (
    "6.56 * (current_assets - current_liabilities) / {assets}"
    " + 3.26 * (reserves_retained + result_year_to_date) / {assets}"
    " + 6.72 * {ebit} / {assets} + 1.05 * equity / {debts}"
)


def operating_result(table: pd.DataFrame) -> Figures:
    """EBIT before support: what four quarters earned before interest [currency].

    Formula: own revenue - own costs without financial expense

    Source:
        docs/metrics.md#ebit

    Example:
        >>> quarter = {"fee_revenue": 9.0, "staff_costs": 8.0, "financial_expense": 3.0}
        >>> operating_result(pd.DataFrame([quarter] * 4)).tolist()[-1]
        4.0
    """
    return surplus(trailing_total(table, OWN_REVENUE), _costs_before_interest(table))


def _costs_before_interest(table: pd.DataFrame) -> Figures:
    return trailing_total(table, OWN_COSTS) - trailing_total(table, ("financial_expense",))


def _after_support(table: pd.DataFrame) -> Figures:
    income = trailing_total(table, OWN_REVENUE + SUPPORT)
    return surplus(income, _costs_before_interest(table))


def _nothing(table: pd.DataFrame) -> Figures:
    return np.zeros(len(table))


def _held_for_members(table: pd.DataFrame) -> Figures:
    return line(table, "member_balances")


def altman_score(table: pd.DataFrame, ebit: Figures, held: Figures) -> Figures:
    """The score Z″ of Altman for firms that make no goods, at each quarter [number].

    Formula: 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4; X1 working capital, X2 retained earnings
    and X3 EBIT, each over total assets, X4 equity over total liabilities

    Args:
        table: As made by ``partner_table``.
        ebit: Operating result of four quarters, a figure a quarter [currency].
        held: Money that passes through, taken off assets and debts alike [currency]; it is
            cash on one side and due at once on the other, so working capital stays.

    Returns:
        NaN where an item is missing (current liabilities are never estimated) or where
        there are no assets or no debts.

    Source:
        docs/metrics.md#z_score

    Example:
        >>> table = pd.DataFrame({
        ...     "current_assets": [90.0], "current_liabilities": [40.0],
        ...     "reserves_retained": [15.0], "result_year_to_date": [5.0],
        ...     "equity": [50.0], "total_assets": [100.0], "total_liabilities": [50.0],
        ... })
        >>> altman_score(table, np.array([10.0]), np.array([0.0])).round(3).tolist()
        [5.654]
    """
    working = line(table, "current_assets") - line(table, "current_liabilities")
    retained = total(table, ("reserves_retained", "result_year_to_date"))
    assets = line(table, "total_assets") - held
    debts = line(table, "total_liabilities") - held
    over_assets = quotient(6.56 * working + 3.26 * retained + 6.72 * ebit, assets)
    return over_assets + 1.05 * quotient(line(table, "equity"), debts)


def _unless(held: Callable[[pd.DataFrame], Figures]) -> tuple[Unless, ...]:
    return (
        unless_positive(Reason.NO_ASSETS, lambda table: line(table, "total_assets") - held(table)),
        unless_positive(
            Reason.NO_DEBTS, lambda table: line(table, "total_liabilities") - held(table)
        ),
    )


def _score(
    code: str,
    formula: str,
    values: Callable[[pd.DataFrame], Figures],
    *,
    flows: tuple[str, ...] = EBIT_LINES,
    stocks: tuple[str, ...] = _STOCKS,
    held: Callable[[pd.DataFrame], Figures] = _nothing,
) -> Indicator:
    """One variant of the score."""
    return Indicator(
        code=code,
        unit=Unit.SCORE,
        polarity=+1,
        window=Window.TTM,
        formula=formula,
        needs=(*stocks, *flows),
        values=values,
        at_end=stocks,
        unless=_unless(held),
    )


def _gross(table: pd.DataFrame) -> Figures:
    return altman_score(table, operating_result(table), _nothing(table))


ALTMAN = (
    Indicator(
        code="ebit",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula="own_revenue - own_costs + financial_expense",
        needs=EBIT_LINES,
        values=operating_result,
    ),
    Indicator(
        code="ebit_after_support",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula="ebit + operating_grants + group_contribution_received",
        needs=EBIT_LINES + SUPPORT,
        values=_after_support,
    ),
    _score(
        "z_score",
        _FORMULA.format(assets="total_assets", debts="total_liabilities", ebit="ebit"),
        _gross,
    ),
    _score(
        "z_score_net",
        _FORMULA.format(
            assets="(total_assets - member_balances)",
            debts="(total_liabilities - member_balances)",
            ebit="ebit",
        ),
        lambda table: altman_score(table, operating_result(table), _held_for_members(table)),
        stocks=(*_STOCKS, "member_balances"),
        held=_held_for_members,
    ),
    _score(
        "z_score_after_support",
        _FORMULA.format(
            assets="total_assets", debts="total_liabilities", ebit="ebit_after_support"
        ),
        lambda table: altman_score(table, _after_support(table), _nothing(table)),
        flows=EBIT_LINES + SUPPORT,
    ),
    _score("z_score_emerging", f"{_EMERGING} + z_score", lambda table: _EMERGING + _gross(table)),
)
