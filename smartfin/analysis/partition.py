"""The one partition of line items behind every break-even formula (docs/metrics.md#partition).

The class of an item is its ``role`` in items.yaml; the formulas need it as code, so it
stands here too and a test proves that the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.table import Figures, Terms, line, quotient, total, trailing_sum
from smartfin.settings import Level

FEE_INCOME = ("fee_revenue", "employment_margin")
OWN_INCOME = ("membership_fees", "service_revenue", "other_operating_income", "financial_income")
VARIABLE = ("bad_debt_expense", "guarantee_fund_charge", "insurance_costs")
FIXED = (
    "staff_costs",
    "it_costs",
    "rent_costs",
    "professional_fees",
    "marketing_costs",
    "member_services_costs",
    "other_operating_expenses",
    "depreciation",
    "financial_expense",
)
SUPPORT = ("operating_grants", "group_contribution_received")
# What does not come back: in no class and in no result that is judged. With own result and
# support it makes up the result before tax.
ONE_OFF: Terms = (
    (1, "one_off_income"),
    (-1, "one_off_cost"),
    (1, "exceptional_result"),
    (1, "fx_result"),
)

# What the group gives without a bill. Group finance states it, market interest on soft
# loans included; unstated it is unknown, so the financial level is unknown too.
IMPUTED_SUPPORT = "imputed_group_services"

# A difference this small against the costs is no money, only what binary fractions leave
# when cents are added up: a cent in a hundred million.
ROUNDING = 1e-10

OWN_REVENUE = FEE_INCOME + OWN_INCOME[:-1]  # financial income is earned, but no revenue
OWN_COSTS = VARIABLE + FIXED


@dataclass(frozen=True, slots=True)
class LevelClasses:
    """The item codes of each class at one level; every level is judged the same way.

    Args:
        fee_income: Moves with volume.
        other_income: Counts as income, does not move with volume.
        variable: Costs that move with volume.
        fixed: Every other cost that counts.
    """

    fee_income: tuple[str, ...]
    other_income: tuple[str, ...]
    variable: tuple[str, ...]
    fixed: tuple[str, ...]

    @property
    def income(self) -> tuple[str, ...]:
        """Everything that counts as income."""
        return self.fee_income + self.other_income

    @property
    def costs(self) -> tuple[str, ...]:
        """Everything that counts as cost."""
        return self.variable + self.fixed


CLASSES = {
    Level.SUPPORTED: LevelClasses(FEE_INCOME, OWN_INCOME + SUPPORT, VARIABLE, FIXED),
    Level.OSS: LevelClasses(FEE_INCOME, OWN_INCOME, VARIABLE, FIXED),
    Level.FSS: LevelClasses(FEE_INCOME, OWN_INCOME, VARIABLE, (*FIXED, IMPUTED_SUPPORT)),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """The break-even statement of a partner at one level, a figure a quarter.

    Args:
        volume: V, invoiced volume [currency].
        fee_income: fV [currency].
        other_income: O [currency].
        variable: vV [currency, positive].
        fixed: F [currency, positive].
    """

    volume: Figures
    fee_income: Figures
    other_income: Figures
    variable: Figures
    fixed: Figures

    @property
    def income(self) -> Figures:
        """Income, fV + O [currency]."""
        return self.fee_income + self.other_income

    @property
    def costs(self) -> Figures:
        """Costs, vV + F [currency]."""
        return self.variable + self.fixed

    @property
    def result(self) -> Figures:
        """Result, fV + O - vV - F [currency]; 0 or more exactly when income covers costs."""
        return surplus(self.income, self.costs)

    @property
    def ratio(self) -> Figures:
        """Income over costs [fraction]; 1 or more exactly when the result is 0 or more."""
        return quotient(np.where(self.result == 0, self.costs, self.income), self.costs)

    def part(self, rows: slice) -> Statement:
        """The same of some of the quarters."""
        return Statement(
            volume=self.volume[rows],
            fee_income=self.fee_income[rows],
            other_income=self.other_income[rows],
            variable=self.variable[rows],
            fixed=self.fixed[rows],
        )


def surplus(income: Figures, costs: Figures) -> Figures:
    """Income less costs [currency]: the one judge of whether costs are covered.

    Formula: income - costs; 0 where that is within ``ROUNDING`` of the costs

    Three times 0.10 is not 0.30 in binary fractions, and books that balance to the cent
    must not be told of a loss. So every result is made here, and everywhere else 0 or more
    means covered.

    Source:
        docs/metrics.md#levels

    Example:
        >>> surplus(np.array([0.1 + 0.1 + 0.1, 99.99]), np.array([0.3, 100.0])).round(2).tolist()
        [0.0, -0.01]
    """
    difference = income - costs
    return np.where(np.abs(difference) <= ROUNDING * np.abs(costs), 0.0, difference)


def covered(income: Figures, costs: Figures) -> NDArray[np.bool_]:
    """Whether costs are covered, which is whether ``surplus`` is 0 or more.

    The same rule without the amounts, for millions of simulated figures.

    Example:
        >>> covered(np.array([0.1 + 0.1 + 0.1, 99.99]), np.array([0.3, 100.0])).tolist()
        [True, False]
    """
    short = costs - income
    return np.asarray(short <= ROUNDING * np.abs(costs))


def quarterly_statement(table: pd.DataFrame, level: Level) -> Statement:
    """The break-even statement of each quarter."""
    classes = CLASSES[level]
    return Statement(
        volume=line(table, "invoiced_volume"),
        fee_income=total(table, classes.fee_income),
        other_income=total(table, classes.other_income),
        variable=total(table, classes.variable),
        fixed=total(table, classes.fixed),
    )


def trailing_statement(table: pd.DataFrame, level: Level) -> Statement:
    """The break-even statement of the four quarters that end with each quarter."""
    return over_a_year(quarterly_statement(table, level))


def over_a_year(quarter: Statement) -> Statement:
    """A statement of single quarters, summed over the four that end with each."""
    return Statement(
        volume=trailing_sum(quarter.volume),
        fee_income=trailing_sum(quarter.fee_income),
        other_income=trailing_sum(quarter.other_income),
        variable=trailing_sum(quarter.variable),
        fixed=trailing_sum(quarter.fixed),
    )
