"""Indicators of break-even: rates, and what the chosen level makes of volume and fee."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis import breakeven
from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.indicators.results import RESULT_OF, level_needs
from smartfin.analysis.partition import (
    FEE_INCOME,
    VARIABLE,
    Statement,
    surplus,
    trailing_statement,
)
from smartfin.analysis.table import Figures, trailing_total
from smartfin.measure import Reason, Unit
from smartfin.settings import Level

NO_VOLUME = unless_positive(
    Reason.NO_VOLUME, lambda table: trailing_total(table, ("invoiced_volume",))
)
NO_FEE_INCOME = unless_positive(
    Reason.NO_FEE_INCOME, lambda table: trailing_total(table, FEE_INCOME)
)

# A few per cent of volume, where a tenth of a point is money.
_DIGITS = {"take_rate": 1, "variable_rate": 1, "breakeven_fee": 1}

# O and F in words of item codes; a level adds what it counts besides.
_OTHER_INCOME = "membership_fees - service_revenue - other_operating_income - financial_income"
FIXED_LESS_OTHER = {
    Level.SUPPORTED: (
        f"fixed_costs - {_OTHER_INCOME} - operating_grants - group_contribution_received"
    ),
    Level.OSS: f"fixed_costs - {_OTHER_INCOME}",
    Level.FSS: f"fixed_costs + imputed_group_services - {_OTHER_INCOME}",
}


def take_of(statement: Statement) -> Figures:
    """Effective take rate f of a statement [fraction]."""
    return breakeven.take_rate(statement.fee_income, statement.volume)


def variable_of(statement: Statement) -> Figures:
    """Variable-cost rate v of a statement [fraction]."""
    return breakeven.variable_rate(statement.variable, statement.volume)


def _breakeven_volume(statement: Statement) -> Figures:
    """Break-even volume; today's volume itself where the result is nil, whatever divides."""
    needed = breakeven.breakeven_volume(
        statement.fixed, statement.other_income, take_of(statement), variable_of(statement)
    )
    at_balance = (statement.result == 0) & ~np.isnan(needed)
    return np.where(at_balance, statement.volume, needed)


def _breakeven_fee(statement: Statement) -> Figures:
    return breakeven.breakeven_fee(
        statement.fixed, statement.other_income, variable_of(statement), statement.volume
    )


def _volume_reached(statement: Statement) -> Figures:
    return breakeven.volume_reached(statement.volume, _breakeven_volume(statement))


def _margin_of_safety(statement: Statement) -> Figures:
    return breakeven.margin_of_safety(statement.volume, _breakeven_volume(statement))


def _contribution_margin_ratio(statement: Statement) -> Figures:
    return breakeven.contribution_margin_ratio(take_of(statement), variable_of(statement))


def _operating_leverage(statement: Statement) -> Figures:
    return breakeven.operating_leverage(statement.fee_income - statement.variable, statement.result)


def _rate(
    code: str,
    polarity: int,
    formula: str,
    items: tuple[str, ...],
    rate: Callable[[Statement], Figures],
    *unless: Unless,
) -> Indicator:
    """A ratio to volume or fee, the same at every level."""
    return Indicator(
        code=code,
        unit=Unit.FRACTION,
        polarity=polarity,
        window=Window.TTM,
        formula=formula,
        needs=("invoiced_volume", *items),
        values=lambda table: rate(trailing_statement(table, Level.OSS)),
        unless=(NO_VOLUME, *unless),
        digits=_DIGITS.get(code),
    )


RATES = (
    _rate(
        "take_rate", 0, "(fee_revenue + employment_margin) / invoiced_volume", FEE_INCOME, take_of
    ),
    _rate("variable_rate", -1, "variable_costs / invoiced_volume", VARIABLE, variable_of),
    _rate(
        "contribution_margin_ratio",
        +1,
        "(take_rate - variable_rate) / take_rate",
        FEE_INCOME + VARIABLE,
        _contribution_margin_ratio,
        NO_FEE_INCOME,
    ),
)


def thresholds_at(level: Level) -> tuple[Indicator, ...]:
    """The indicators that depend on the level the board judges on."""
    return (*_result_at(level), *_needed_at(level), *_distance_at(level), *_leverage_at(level))


def _result_at(level: Level) -> tuple[Indicator, ...]:
    """The result, as what is missing to break-even."""
    return (
        _threshold(
            level,
            "gap_to_breakeven",
            (Unit.CURRENCY, +1),
            RESULT_OF[level],
            level_needs(level),
            lambda statement: statement.result,
        ),
    )


def _needed_at(level: Level) -> tuple[Indicator, ...]:
    """The volume and the fee at which the result would be nil."""
    needed, statement = FIXED_LESS_OTHER[level], ("invoiced_volume", *level_needs(level))
    return (
        _threshold(
            level,
            "breakeven_volume",
            (Unit.CURRENCY, -1),
            f"({needed}) / (take_rate - variable_rate)",
            statement,
            _breakeven_volume,
            *_no_breakeven(level),
        ),
        _threshold(
            level,
            "breakeven_fee",
            (Unit.FRACTION, -1),
            f"variable_rate + ({needed}) / invoiced_volume",
            tuple(code for code in statement if code not in FEE_INCOME),
            _breakeven_fee,
            NO_VOLUME,
        ),
    )


def _distance_at(level: Level) -> tuple[Indicator, ...]:
    """How far the volume is from the one that is needed, from below and from above."""
    quantities = (
        ("volume_reached", "invoiced_volume / breakeven_volume", _volume_reached),
        (
            "margin_of_safety",
            "(invoiced_volume - breakeven_volume) / invoiced_volume",
            _margin_of_safety,
        ),
    )
    unit, statement = (Unit.FRACTION, +1), ("invoiced_volume", *level_needs(level))
    return tuple(
        _threshold(level, code, unit, formula, statement, quantity, *_no_breakeven(level))
        for code, formula, quantity in quantities
    )


def _leverage_at(level: Level) -> tuple[Indicator, ...]:
    """How many per cent the result moves with one per cent of volume."""
    margin = "fee_revenue + employment_margin - variable_costs"
    return (
        _threshold(
            level,
            "operating_leverage",
            (Unit.MULTIPLE, 0),
            f"({margin}) / {RESULT_OF[level]}",
            level_needs(level),
            _operating_leverage,
            _no_profit(level),
        ),
    )


def _no_breakeven(level: Level) -> tuple[Unless, ...]:
    """When there is no break-even volume."""
    return (NO_VOLUME, each_sale_loses(level), _covered_anyway(level))


def _threshold(
    level: Level,
    code: str,
    unit_and_polarity: tuple[Unit, int],
    formula: str,
    needs: tuple[str, ...],
    quantity: Callable[[Statement], Figures],
    *unless: Unless,
) -> Indicator:
    """A quantity of the four-quarter statement at a level."""
    unit, polarity = unit_and_polarity
    return Indicator(
        code=code,
        unit=unit,
        polarity=polarity,
        window=Window.TTM,
        formula=formula,
        needs=needs,
        values=lambda table: quantity(trailing_statement(table, level)),
        unless=unless,
        digits=_DIGITS.get(code),
    )


def each_sale_loses(level: Level) -> Unless:
    """The condition that the fee does not exceed what varies with volume."""

    def applies(table: pd.DataFrame) -> NDArray[np.bool_]:
        statement = trailing_statement(table, level)
        return take_of(statement) <= variable_of(statement)

    return (Reason.EACH_SALE_LOSES, applies)


def _covered_anyway(level: Level) -> Unless:
    def needed(table: pd.DataFrame) -> Figures:
        statement = trailing_statement(table, level)
        return -surplus(statement.other_income, statement.fixed)

    return unless_positive(Reason.COVERED_ANYWAY, needed)


def _no_profit(level: Level) -> Unless:
    return unless_positive(
        Reason.RESULT_NOT_POSITIVE, lambda table: trailing_statement(table, level).result
    )
