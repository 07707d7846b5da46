"""The bridge from the result of four quarters to that of four others (docs/metrics.md#bridge).

Each part is what one cause did to the result, in its sign: more volume is plus, a higher
cost is minus. The parts add up to the whole difference, and looked at backwards each has
the opposite sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.partition import FIXED, IMPUTED_SUPPORT, OWN_INCOME, trailing_statement
from smartfin.analysis.table import Terms, signed_total, trailing_sum
from smartfin.settings import Level


class PartCode(StrEnum):
    """One cause of a change of the result (message ``bridge.<code>``)."""

    VOLUME = "volume"  # more or less was invoiced
    FEE = "fee"  # more or less was kept of each unit invoiced
    RISK = "risk"  # each unit invoiced cost more or less in bad debts, fund and insurance
    MEMBER_SERVICES = "member_services"
    TEAM = "team"  # advisers included
    OTHER = "other"  # the other fixed costs
    OWN_INCOME = "own_income"  # what does not move with volume, without financial income
    FINANCIAL = "financial"  # financial income less financial expense
    IMPUTED = "imputed"  # what the group gives without a bill: at the financial level only
    GRANTS = "grants"
    GROUP = "group"


def _signed(sign: int, codes: tuple[str, ...]) -> Terms:
    return tuple((sign, code) for code in codes)


_OF_THEIR_OWN = ("member_services_costs", "staff_costs", "financial_expense")

TERMS: dict[PartCode, Terms] = {
    PartCode.MEMBER_SERVICES: _signed(-1, ("member_services_costs",)),
    PartCode.TEAM: _signed(-1, ("staff_costs",)),
    PartCode.OTHER: _signed(-1, tuple(code for code in FIXED if code not in _OF_THEIR_OWN)),
    PartCode.OWN_INCOME: _signed(
        +1, tuple(code for code in OWN_INCOME if code != "financial_income")
    ),
    PartCode.FINANCIAL: ((+1, "financial_income"), (-1, "financial_expense")),
    PartCode.IMPUTED: _signed(-1, (IMPUTED_SUPPORT,)),
    PartCode.GRANTS: _signed(+1, ("operating_grants",)),
    PartCode.GROUP: _signed(+1, ("group_contribution_received",)),
}
"""What the parts that do not come with volume are the change of."""

_OPERATING = tuple(
    code for code in PartCode if code not in {PartCode.IMPUTED, PartCode.GRANTS, PartCode.GROUP}
)
PARTS: dict[Level, tuple[PartCode, ...]] = {
    Level.SUPPORTED: (*_OPERATING, PartCode.GRANTS, PartCode.GROUP),
    Level.OSS: _OPERATING,
    Level.FSS: (*_OPERATING, PartCode.IMPUTED),
}


@dataclass(frozen=True, slots=True)
class BridgePart:
    """What one cause did to the result.

    Args:
        code: Which cause.
        amount: Its effect [currency]; above nil it raised the result.
    """

    code: PartCode
    amount: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the result of four quarters to that of four others.

    Args:
        start: Result of the first window [currency].
        parts: Every cause, in the order they are read; they add up to ``end - start``.
        end: Result of the second window [currency].
    """

    start: float
    parts: tuple[BridgePart, ...]
    end: float

    @property
    def change(self) -> float:
        """How much the result differs [currency]."""
        return self.end - self.start

    def amount(self, code: PartCode) -> float:
        """The effect of one cause [currency]."""
        return next(part.amount for part in self.parts if part.code is code)


@dataclass(frozen=True, slots=True)
class _Window:
    """Four quarters, added up."""

    volume: float
    fee_income: float
    variable: float
    result: float
    lines: dict[PartCode, float]

    @property
    def known(self) -> bool:
        """Whether nothing it needs is missing."""
        return not np.isnan([self.volume, self.result, *self.lines.values()]).any()


def bridge(
    table: pd.DataFrame, first_end: int, second_end: int, level: Level = Level.OSS
) -> Bridge | None:
    """Why the result of four quarters differs from that of four others.

    Formula, midpoint form, with V volume, f take rate, v variable-cost rate, m = f - v:
        volume = (m0 + m1) / 2 * (V1 - V0);  fee = (V0 + V1) / 2 * (f1 - f0);
        risk = -(V0 + V1) / 2 * (v1 - v0);  every other part: change of its lines, costs with
        a minus. Where a window has no volume its f and v are those of the other one.

    Args:
        table: As made by ``partner_table``.
        first_end: Ordinal of the last quarter of the first window.
        second_end: The same of the second; the windows may overlap and come in any order.
        level: Whose result it ends on.

    Returns:
        [currency]; None where one of the eight quarters lacks a line of the result or the
        volume.

    Source:
        docs/metrics.md#bridge

    Example:
        >>> quarters = [{"invoiced_volume": 100.0, "fee_revenue": 8.0, "staff_costs": 9.0}] * 4
        >>> quarters += [{"invoiced_volume": 120.0, "fee_revenue": 12.0, "staff_costs": 10.0}] * 4
        >>> [round(part.amount, 2) for part in bridge(pd.DataFrame(quarters), 3, 7).parts]
        [7.2, 8.8, 0.0, 0.0, -4.0, 0.0, 0.0, 0.0]
    """
    if first_end not in table.index or second_end not in table.index:
        return None
    first, second = (_window(table, end, level) for end in (first_end, second_end))
    if not (first.known and second.known):
        return None
    amounts = {
        **_with_volume(first, second),
        **{code: second.lines[code] - first.lines[code] for code in first.lines},
    }
    parts = tuple(BridgePart(code, amounts[code]) for code in PARTS[level])
    return Bridge(first.result, parts, second.result)


def _window(table: pd.DataFrame, end: int, level: Level) -> _Window:
    """The four quarters that end with one; NaN where one of them lacks a figure."""
    place = end - int(table.index[0])
    statement = trailing_statement(table, level)
    lines = {
        code: float(trailing_sum(signed_total(table, TERMS[code]))[place])
        for code in PARTS[level]
        if code in TERMS
    }
    return _Window(
        volume=float(statement.volume[place]),
        fee_income=float(statement.fee_income[place]),
        variable=float(statement.variable[place]),
        result=float(statement.result[place]),
        lines=lines,
    )


def _with_volume(first: _Window, second: _Window) -> dict[PartCode, float]:
    """The three causes that lie in volume and its rates.

    Fee and risk are written as what volume does not explain: the same as the mean volume
    times the change of the rate, and still exact where there was no volume.
    """
    grown = second.volume - first.volume
    take = _mean_rate(first, second, first.fee_income, second.fee_income)
    variable = _mean_rate(first, second, first.variable, second.variable)
    return {
        PartCode.VOLUME: (take - variable) * grown,
        PartCode.FEE: (second.fee_income - first.fee_income) - take * grown,
        PartCode.RISK: variable * grown - (second.variable - first.variable),
    }


def _mean_rate(first: _Window, second: _Window, before: float, after: float) -> float:
    """The mean of two rates to volume; that of the other window where one has no volume."""
    rates = [
        amount / window.volume
        for amount, window in ((before, first), (after, second))
        if window.volume > 0
    ]
    return sum(rates) / len(rates) if rates else 0.0


def part_amount(table: pd.DataFrame, end: int, code: PartCode) -> float:
    """What the lines of a part came to in the four quarters that end with one.

    Args:
        table: As made by ``partner_table``.
        end: Ordinal of the last of the four quarters.
        code: One of ``TERMS``.

    Returns:
        [currency], costs positive where the part is costs alone; NaN where a figure is
        missing.
    """
    if end not in table.index:
        return float("nan")
    sums = trailing_sum(signed_total(table, shown_terms(code)))
    return float(sums[end - int(table.index[0])])


def shown_terms(code: PartCode) -> Terms:
    """The lines of a part as their sum is shown: a part of costs alone is printed positive."""
    terms = TERMS[code]
    turn = -1 if all(sign < 0 for sign, _ in terms) else +1
    return tuple((turn * sign, line) for sign, line in terms)
