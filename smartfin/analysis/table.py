"""One partner's figures as a table of quarters by line items, and how lines are summed.

The rule on absent figures (docs/metrics.md#missing) lives in ``line`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Figures = NDArray[np.float64]
Terms = tuple[tuple[int, str], ...]

# Lines a small co-operative may simply not have: nothing until the first report. After
# it a quarter without a figure is a gap, because forgetting a cost looks like a profit.
OPTIONAL = frozenset(
    {
        "employment_margin",
        "membership_fees",
        "service_revenue",
        "other_operating_income",
        "financial_income",
        "operating_grants",
        "group_contribution_received",
        "it_costs",
        "rent_costs",
        "professional_fees",
        "marketing_costs",
        "member_services_costs",
        "insurance_costs",
        "bad_debt_expense",
        "guarantee_fund_charge",
        "other_operating_expenses",
        "depreciation",
        "financial_expense",
        "group_capital_injection",
        "group_loan_drawdown",
        "salary_guarantee_fund",
        "deferred_income",
        "fixed_assets",
        "receivables_allowance",
        "other_receivables",
        "other_provisions",
        "group_loans",
        "bank_debt",
    }
)

# Totals of the balance sheet: as printed, else from their parts. Entered lines only, as
# ``derived`` in items.yaml has them; equity is what assets leave after debts, because books
# that print neither equity nor its parts have these two all the same.
TOTALS: dict[str, Terms] = {
    "total_assets": (
        (1, "fixed_assets"),
        (1, "trade_receivables"),
        (-1, "receivables_allowance"),
        (1, "other_receivables"),
        (1, "cash"),
    ),
    "total_liabilities": (
        (1, "salary_guarantee_fund"),
        (1, "other_provisions"),
        (1, "member_balances"),
        (1, "group_loans"),
        (1, "bank_debt"),
        (1, "tax_social_liabilities"),
        (1, "trade_payables"),
        (1, "deferred_income"),
    ),
    "equity": ((1, "total_assets"), (-1, "total_liabilities")),
}


def partner_table(frame: pd.DataFrame, partner: str, scenario: str = "actual") -> pd.DataFrame:
    """One partner's figures, a row a quarter and a column a line item.

    Args:
        frame: Tidy frame: ``partner, quarter, scenario, item, amount, currency``.
        partner: Code of the partner.
        scenario: ``actual``, ``budget`` or ``forecast``.

    Returns:
        Index ``quarter``: every ordinal from the first to the last known quarter, without
        gaps. Columns: item codes. Amounts in the storage sign, NaN where nothing is known.
        Empty when the partner has no facts.

    Raises:
        ValueError: two amounts for the same quarter and item; the store never makes such
            a frame.
    """
    chosen = frame[(frame["partner"] == partner) & (frame["scenario"] == scenario)]
    if chosen.empty:
        return pd.DataFrame(index=pd.RangeIndex(0, name="quarter"), dtype="float64")
    wide = chosen.pivot(index="quarter", columns="item", values="amount").astype("float64")
    quarters = pd.RangeIndex(int(wide.index.min()), int(wide.index.max()) + 1, name="quarter")
    return wide.reindex(quarters)


def known_until(table: pd.DataFrame, last: int) -> pd.DataFrame:
    """The table as it stood when ``last`` was the newest quarter."""
    return table.loc[table.index <= last]


def is_reported(table: pd.DataFrame, code: str) -> bool:
    """Whether the partner has ever reported a line, or all it takes to compute it."""
    return not np.isnan(line(table, code)).all() if len(table) else False


def line(table: pd.DataFrame, code: str) -> Figures:
    """The amounts of one line, a figure a quarter of the table.

    Returns:
        As reported. An ``OPTIONAL`` line is 0 until its first report, in quarters that
        report anything at all; any other quarter without a figure is NaN. A total of
        ``TOTALS`` that is not printed is summed.
    """
    amounts = table.to_numpy(dtype=np.float64)  # a view: seven times faster than a column
    if code in table.columns:
        values: Figures = amounts[:, table.columns.get_loc(code)]
    else:
        values = np.full(len(table), np.nan)
    if code in TOTALS:
        return np.where(np.isnan(values), signed_total(table, TOTALS[code]), values)
    if code in OPTIONAL:
        before_first = ~np.logical_or.accumulate(~np.isnan(values))
        return np.where(before_first & ~silent_quarters(table), 0.0, values)
    return values.copy()


def silent_quarters(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Which quarters of the table report nothing at all."""
    unknown: NDArray[np.bool_] = np.isnan(table.to_numpy(dtype=np.float64))
    return np.asarray(unknown.all(axis=1))


def total(table: pd.DataFrame, codes: Iterable[str]) -> Figures:
    """Several lines added, a figure a quarter; NaN where any of them is unknown."""
    return signed_total(table, tuple((1, code) for code in codes))


def signed_total(table: pd.DataFrame, terms: Terms) -> Figures:
    """Several lines added or subtracted, a figure a quarter; NaN where any is unknown."""
    values = np.zeros(len(table))
    for sign, code in terms:
        values += sign * line(table, code)
    return values


def trailing_total(table: pd.DataFrame, codes: Iterable[str]) -> Figures:
    """Several lines added over the four quarters that end with each quarter."""
    return trailing_sum(total(table, codes))


def trailing_sum(values: Figures) -> Figures:
    """Sum of four quarters in a row, at each quarter (docs/metrics.md#ttm).

    NaN where fewer than four quarters are known. Each sum is made anew, so that no
    rounding is carried from quarter to quarter.

    Example:
        >>> trailing_sum(np.array([1.0, 2.0, 3.0, 4.0, 5.0])).tolist()
        [nan, nan, nan, 10.0, 14.0]
    """
    sums = np.full(len(values), np.nan)
    if len(values) >= 4:
        sums[3:] = values[:-3] + values[1:-2] + values[2:-1] + values[3:]
    return sums


def quotient(numerator: ArrayLike, denominator: ArrayLike) -> Figures:
    """One figure over another; NaN where the denominator is nil, negative or unknown.

    Example:
        >>> quotient([6.0, 6.0], [3.0, 0.0]).tolist()
        [2.0, nan]
    """
    above = np.asarray(numerator, dtype=np.float64)
    below = np.asarray(denominator, dtype=np.float64)
    shape = np.broadcast_shapes(above.shape, below.shape)
    values: Figures = np.full(shape, np.nan)
    return np.divide(above, below, out=values, where=below > 0)
