"""The fee and the volume a partner needs when its team of advisers grows with its volume.

Advisers are a step cost: one looks after so much volume, so more volume takes more of them.
What one costs is that of the last four quarters; how much one carries is so too, unless the
group has set how much one can carry (docs/metrics.md#structural_fee_floor).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from smartfin.analysis import breakeven
from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.indicators.results import level_needs
from smartfin.analysis.indicators.thresholds import (
    FIXED_LESS_OTHER,
    NO_VOLUME,
    each_sale_loses,
    take_of,
    variable_of,
)
from smartfin.analysis.partition import FEE_INCOME, VARIABLE, surplus, trailing_statement
from smartfin.analysis.table import Figures, quotient, trailing_total
from smartfin.measure import Reason, Unit
from smartfin.settings import Level

_CARRIED = "volume_advisers_can_carry"


def structural_floor(
    variable: ArrayLike, adviser_cost: ArrayLike, adviser_volume: ArrayLike
) -> Figures:
    """Structural fee floor: the take rate under which more volume never helps.

    Formula: v + c_a / V_a

    Args:
        variable: Variable-cost rate v [fraction].
        adviser_cost: Full cost of one adviser c_a [currency a year, >= 0].
        adviser_volume: Volume one adviser carries V_a [currency a year, > 0].

    Returns:
        [fraction]; NaN without volume.

    Source:
        docs/metrics.md#structural_fee_floor

    Example:
        >>> round(float(structural_floor(0.01, adviser_cost=45_000, adviser_volume=600_000)), 4)
        0.085
    """
    return np.asarray(variable, dtype=np.float64) + quotient(adviser_cost, adviser_volume)


def breakeven_volume_with_advisers(
    fixed: ArrayLike, other_income: ArrayLike, take: ArrayLike, floor: ArrayLike
) -> Figures:
    """Break-even volume V* when each further volume brings the advisers it takes.

    Formula: V* = (F_fixed - O) / (f - (v + c_a / V_a))

    Args:
        fixed: Fixed costs without those of the advisers [currency a year, >= 0].
        other_income: Other income O [currency a year].
        take: Effective take rate f [fraction].
        floor: Structural fee floor v + c_a / V_a [fraction].

    Returns:
        [currency a year]; NaN where f <= floor (never at this fee) and where the fixed
        costs are covered at any volume.

    Source:
        docs/metrics.md#breakeven_volume_with_advisers

    Example:
        >>> round(float(breakeven_volume_with_advisers(60, 10, take=0.09, floor=0.04)), 2)
        1000.0
        >>> float(breakeven_volume_with_advisers(60, 10, take=0.075, floor=0.085))
        nan
    """
    return breakeven.breakeven_volume(fixed, other_income, take, floor)


def _advisers(table: pd.DataFrame) -> Figures:
    """What advisers cost in four quarters [currency]."""
    return trailing_total(table, ("adviser_costs",))


def _posts(table: pd.DataFrame) -> Figures:
    """Mean number of advisers over four quarters [FTE]."""
    return trailing_total(table, ("adviser_fte",)) / 4


def _carried(table: pd.DataFrame) -> Figures:
    """What the advisers there are can carry in four quarters; else the volume itself [currency]."""
    return trailing_total(table, (_CARRIED,))


def _floor(table: pd.DataFrame) -> Figures:
    """The floor; the posts cancel out: c_a / V_a is what advisers cost over what they carry."""
    statement = trailing_statement(table, Level.OSS)
    return structural_floor(variable_of(statement), _advisers(table), _carried(table))


def _margin(table: pd.DataFrame) -> Figures:
    return take_of(trailing_statement(table, Level.OSS)) - _floor(table)


def _never(table: pd.DataFrame) -> NDArray[np.bool_]:
    return _margin(table) <= 0


NO_ADVISERS = unless_positive(Reason.NO_ADVISERS, _posts)
_NOBODY_CARRIES = unless_positive(Reason.NO_ADVISERS, _carried)


def _per_adviser(code: str, polarity: int, item: str) -> Indicator:
    """Four quarters of money over the advisers there were."""
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=polarity,
        window=Window.TTM,
        formula=f"{item} / (adviser_fte of the four quarters / 4)",
        needs=(item, "adviser_fte"),
        values=lambda table: quotient(trailing_total(table, (item,)), _posts(table)),
        unless=(NO_ADVISERS,),
    )


def _rate(
    code: str,
    polarity: int,
    formula: str,
    items: tuple[str, ...],
    values: Callable[[pd.DataFrame], Figures],
) -> Indicator:
    return Indicator(
        code=code,
        unit=Unit.FRACTION,
        polarity=polarity,
        window=Window.TTM,
        formula=formula,
        needs=("invoiced_volume", *items, *VARIABLE, "adviser_costs", _CARRIED),
        values=values,
        unless=(NO_VOLUME, _NOBODY_CARRIES),
        digits=1,
    )


STRUCTURE = (
    _per_adviser("adviser_cost", -1, "adviser_costs"),
    _per_adviser("volume_per_adviser", 0, "invoiced_volume"),
    _rate("structural_fee_floor", -1, f"variable_rate + adviser_costs / {_CARRIED}", (), _floor),
    _rate("structural_margin", +1, "take_rate - structural_fee_floor", FEE_INCOME, _margin),
)


def headline_volume(table: pd.DataFrame, level: Level) -> Figures:
    """V* with advisers at a level.

    Where advisers carry what is observed, today's volume itself where the result is nil.
    """
    statement = trailing_statement(table, level)
    needed = breakeven_volume_with_advisers(
        statement.fixed - _advisers(table),
        statement.other_income,
        take_of(statement),
        _floor(table),
    )
    observed = _carried(table) == statement.volume
    at_balance = observed & (statement.result == 0) & ~np.isnan(needed)
    return np.where(at_balance, statement.volume, needed)


def headline_needs(level: Level) -> tuple[str, ...]:
    """Items that V* with advisers reads."""
    return ("invoiced_volume", *level_needs(level), "adviser_costs", _CARRIED)


def no_headline(level: Level) -> tuple[Unless, ...]:
    """When V* with advisers has no value although every item is known."""
    return (
        NO_VOLUME,
        each_sale_loses(level),
        _NOBODY_CARRIES,
        (Reason.COVERED_ANYWAY, lambda table: covered_anyway(table, level)),
        (Reason.NEVER_AT_THIS_FEE, _never),
    )


def covered_anyway(table: pd.DataFrame, level: Level) -> NDArray[np.bool_]:
    """Whether fixed costs are covered at any volume.

    Either those of today's team, or those without advisers where each adviser that more volume
    takes pays for itself.
    """
    statement = trailing_statement(table, level)
    other, fixed = statement.other_income, statement.fixed
    team = (surplus(other, fixed) >= 0) & (take_of(statement) > variable_of(statement))
    return team | ((surplus(other + _advisers(table), fixed) >= 0) & (_margin(table) > 0))


def headline_at(level: Level) -> Indicator:
    """Break-even volume with advisers, at the level the board judges on."""
    return Indicator(
        code="breakeven_volume_with_advisers",
        unit=Unit.CURRENCY,
        polarity=-1,
        window=Window.TTM,
        formula=(
            f"({FIXED_LESS_OTHER[level]} - adviser_costs) / (take_rate - structural_fee_floor)"
        ),
        needs=headline_needs(level),
        values=lambda table: headline_volume(table, level),
        unless=no_headline(level),
    )
