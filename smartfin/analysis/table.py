"""One partner's figures as a table of quarters by line items, and how lines are summed.

The rule on absent figures (docs/metrics.md#missing) lives in ``line`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from smartfin.support import CONTRIBUTIONS, RISE, Kind

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
        "one_off_income",
        "one_off_cost",
        "exceptional_result",
        "fx_result",
        "income_tax",
        "group_capital_injection",
        "group_loan_drawdown",
        "receivable_losses_covered_by_fund",
        "shareholder_contributions",
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
    "current_assets": (
        (1, "trade_receivables"),
        (-1, "receivables_allowance"),
        (1, "other_receivables"),
        (1, "cash"),
    ),
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

# Lines that only group.toml states, and what is observed and read where it does not.
STAND_INS = {"volume_advisers_can_carry": "invoiced_volume"}


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
    chosen = ((frame["partner"] == partner) & (frame["scenario"] == scenario)).to_numpy(dtype=bool)
    if not chosen.any():
        return pd.DataFrame(index=pd.RangeIndex(0, name="quarter"), dtype="float64")
    ordinals = frame["quarter"].to_numpy()[chosen]
    columns, items = pd.Index(frame["item"].array[chosen]).factorize(sort=True)
    first, last = int(ordinals.min()), int(ordinals.max())
    places = (ordinals - first) * len(items) + columns
    if len(np.unique(places)) < len(places):
        raise ValueError(f"duplicate entries: two amounts for one fact of {partner}")
    amounts = np.full((last - first + 1, len(items)), np.nan)
    amounts.put(places, frame["amount"].to_numpy(dtype=np.float64)[chosen])
    quarters = pd.RangeIndex(first, last + 1, name="quarter")
    return pd.DataFrame(amounts, quarters, items.rename("item"), copy=False)


def known_until(table: pd.DataFrame, last: int) -> pd.DataFrame:
    """The table as it stood when ``last`` was the newest quarter."""
    return table.iloc[: int(table.index.searchsorted(last, side="right"))]


def is_reported(table: pd.DataFrame, code: str) -> bool:
    """Whether the partner has ever reported a line, or all it takes to compute it."""
    return not np.isnan(line(table, code)).all() if len(table) else False


def line(table: pd.DataFrame, code: str) -> Figures:
    """The amounts of one line, a figure a quarter of the table.

    Returns:
        As reported. An ``OPTIONAL`` line is 0 until its first report, in quarters that
        report anything at all; but what the group put in as capital is not, from the first
        quarter on in which its contributions to equity rose. Any other quarter without a
        figure is NaN. A total of
        ``TOTALS`` that is not printed is summed; for one of ``STAND_INS`` that is not
        stated, the other line is read.
    """
    return _lines_of(table).line(code).copy()


def lines(table: pd.DataFrame, codes: Iterable[str]) -> dict[str, Figures]:
    """The amounts of several lines, each as ``line`` has them."""
    read = _lines_of(table)
    return {code: read.line(code).copy() for code in codes}


@contextmanager
def lines_read_once() -> Iterator[None]:
    """Within it the lines of each table are read once, however many indicators ask for them.

    Dozens of indicators and rules read the same few lines of the same tables. No table may
    be changed meanwhile; what was read is forgotten at the end of the outermost.
    """
    read = _READ.get()
    token = _READ.set({} if read is None else read)
    try:
        yield
    finally:
        _READ.reset(token)


class _Lines:
    """Reads lines of one table, each of them and each sum once; not to be written to."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table  # kept, so that no other table can come to have its identity
        self._columns = table.columns
        self._amounts = table.to_numpy(dtype=np.float64)  # a view: seven times faster than a column
        self._lines: dict[str, Figures] = {}
        self._totals: dict[Terms, Figures] = {}

    def line(self, code: str) -> Figures:
        """As the function ``line``."""
        if code not in self._lines:
            self._lines[code] = self._read(code)
        return self._lines[code]

    def total(self, terms: Terms) -> Figures:
        """As the function ``signed_total``."""
        if terms not in self._totals:
            values = np.zeros(len(self._amounts))
            for sign, code in terms:
                values += sign * self.line(code)
            self._totals[terms] = values
        return self._totals[terms]

    @cached_property
    def silent(self) -> NDArray[np.bool_]:
        """As the function ``silent_quarters``."""
        return np.asarray(np.isnan(self._amounts).all(axis=1))

    def _read(self, code: str) -> Figures:
        if code in self._columns:
            values: Figures = self._amounts[:, self._columns.get_loc(code)]
        else:
            values = np.full(len(self._amounts), np.nan)
        if code in STAND_INS:
            return np.where(np.isnan(values), self.line(STAND_INS[code]), values)
        if code not in TOTALS and code not in OPTIONAL:
            return values
        unknown = np.isnan(values)
        if not unknown.any():
            return values
        if code in TOTALS:
            return np.where(unknown, self.total(TOTALS[code]), values)
        nothing = np.logical_and.accumulate(unknown) & ~self.silent
        if code == Kind.CAPITAL.item:
            nothing &= ~np.logical_or.accumulate(rises(self.line(CONTRIBUTIONS)))
        return np.where(nothing, 0.0, values)


def rises(balance: Figures) -> NDArray[np.bool_]:
    """Quarters at whose end more than ``RISE`` of a stock is new since it was last known.

    Support that enters as equity shows there even where no line states it.

    Source:
        docs/metrics.md#missing

    Example:
        >>> rises(np.array([900.0, 908.0, np.nan, 1000.0, 700.0])).tolist()
        [False, False, False, True, False]
    """
    places = np.maximum.accumulate(np.where(np.isnan(balance), 0, np.arange(len(balance))))
    known = balance[places]
    new = np.diff(known, prepend=np.nan)
    return np.asarray(new > RISE * np.abs(known))


_READ: ContextVar[dict[int, _Lines] | None] = ContextVar("lines read", default=None)


def _lines_of(table: pd.DataFrame) -> _Lines:
    """The lines of a table, those read before within ``lines_read_once``."""
    read = _READ.get()
    if read is None:
        return _Lines(table)
    known = read.get(id(table))
    if known is None:
        known = read[id(table)] = _Lines(table)
    return known


def silent_quarters(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Which quarters of the table report nothing at all."""
    return _lines_of(table).silent.copy()


def total(table: pd.DataFrame, codes: Iterable[str]) -> Figures:
    """Several lines added, a figure a quarter; NaN where any of them is unknown."""
    return signed_total(table, tuple((1, code) for code in codes))


def signed_total(table: pd.DataFrame, terms: Terms) -> Figures:
    """Several lines added or subtracted, a figure a quarter; NaN where any is unknown."""
    return _lines_of(table).total(terms).copy()


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
