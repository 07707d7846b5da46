"""The statement from invoiced volume down to the net result (docs/metrics.md#statement)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.partition import FEE_INCOME, FIXED, ONE_OFF, OWN_REVENUE, SUPPORT, VARIABLE
from smartfin.analysis.table import Figures, is_reported, line, signed_total, total, trailing_sum

_DECIMALS = 6  # far under a cent, far over what binary fractions leave
_AFTER_TEAM = tuple(code for code in FIXED if code not in {"staff_costs", "financial_expense"})


OWN_ROWS = (
    "members_money",
    "fee_income",
    "own_revenue",
    "contribution",
    "other_team_costs",
    "result_before_support",
    "result_after_support",
    "result_before_tax",
    "net_result",
)
"""Rows with a name of their own (message ``statement-row.<code>``); the others are line items."""


class Kind(StrEnum):
    """What a row of the statement is."""

    LINE = "line"  # added or taken off
    TOTAL = "total"  # what the lines above come to


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One row of the statement.

    Args:
        code: One of ``OWN_ROWS``, or of a line item.
        amount: Of four quarters, in the sign of the line item: costs positive; a total as
            it is [currency]. None where a figure is missing.
        kind: Whether it is a line or a total.
        sign: +1 of what is added and of totals, -1 of what is taken off.
        share: ``sign * amount`` over own revenue [fraction]; None without either.
    """

    code: str
    amount: float | None
    kind: Kind
    sign: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before it is worked out: a total has no figures of its own."""

    code: str
    sign: int = +1
    figures: Callable[[pd.DataFrame], Figures] | None = None


def statement_rows(table: pd.DataFrame, ordinal: int) -> tuple[StatementRow, ...]:
    """The statement of the four quarters that end with one, top to bottom.

    Formula: each total = the total before + sum of sign * amount of the lines between

    Args:
        table: As made by ``partner_table``, amounts positive in their natural direction
            [currency].
        ordinal: The quarter.

    Returns:
        From ``invoiced_volume`` over ``own_revenue``, ``contribution``,
        ``result_before_support`` and ``result_after_support`` to ``net_result``. Advisers
        stand apart from the team where their costs are reported. A total is None as soon
        as a line above it is. Empty where the table does not reach the quarter.

    Source:
        docs/metrics.md#statement
    """
    if ordinal not in table.index:
        return ()
    known = table.loc[table.index <= ordinal]
    revenue = _amount(trailing_sum(total(known, OWN_REVENUE)))
    rows: list[StatementRow] = []
    running: float | None = 0.0
    for row in _layout(known):
        if row.figures is None:
            amount = running
        else:
            amount = _amount(trailing_sum(row.figures(known)))
            running = _sum(running, row.sign, amount)
        kind = Kind.TOTAL if row.figures is None else Kind.LINE
        share = _share(row.sign, amount, revenue)
        rows.append(StatementRow(row.code, amount, kind, row.sign, share))
    return tuple(rows)


def _layout(table: pd.DataFrame) -> tuple[_Row, ...]:
    return (
        _line("invoiced_volume"),
        _Row("members_money", -1, _members_money),
        _Row("fee_income"),
        *map(_line, OWN_REVENUE[len(FEE_INCOME) :]),
        _Row("own_revenue"),
        *(_line(code, -1) for code in VARIABLE),
        _Row("contribution"),
        *_team(table),
        *(_line(code, -1) for code in _AFTER_TEAM),
        _line("financial_income"),
        _line("financial_expense", -1),
        _Row("result_before_support"),
        *map(_line, SUPPORT),
        _Row("result_after_support"),
        *(_line(code, sign) for sign, code in ONE_OFF),
        _Row("result_before_tax"),
        _line("income_tax", -1),
        _Row("net_result"),
    )


def _line(code: str, sign: int = +1) -> _Row:
    return _Row(code, sign, lambda table: line(table, code))


def _members_money(table: pd.DataFrame) -> Figures:
    """What goes on to members: everything invoiced but the fee and the labour margin."""
    return line(table, "invoiced_volume") - total(table, FEE_INCOME)


def _team(table: pd.DataFrame) -> tuple[_Row, ...]:
    """The permanent team, its advisers apart where the books tell them apart."""
    if not is_reported(table, "adviser_costs"):
        return (_line("staff_costs", -1),)
    others = ((1, "staff_costs"), (-1, "adviser_costs"))
    return (
        _line("adviser_costs", -1),
        _Row("other_team_costs", -1, lambda known: signed_total(known, others)),
    )


def _amount(sums: Figures) -> float | None:
    newest = float(sums[-1])
    return None if np.isnan(newest) else round(newest, _DECIMALS)


def _sum(running: float | None, sign: int, amount: float | None) -> float | None:
    if running is None or amount is None:
        return None
    return round(running + sign * amount, _DECIMALS)


def _share(sign: int, amount: float | None, revenue: float | None) -> float | None:
    if amount is None or revenue is None or revenue <= 0:
        return None
    return sign * amount / revenue
