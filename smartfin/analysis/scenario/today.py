"""What a lever moves, as it stands today (docs/metrics.md#levers)."""

from __future__ import annotations

from dataclasses import replace

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.partition import OWN_INCOME
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.table import trailing_total
from smartfin.measure import Measure, Unit
from smartfin.scenario import LeverCode

_YEAR = slice(-4, None)
_RATES = frozenset({LeverCode.VOLUME_GROWTH, LeverCode.FEE, LeverCode.VARIABLE_RATE})


def today_of(draw: Draw, code: LeverCode, growth: float) -> Measure:
    """The figure of four quarters that a lever moves.

    Formula: growth of the outlook; fee kept + margin kept; variable / volume; share of the
    lever * fixed; support in the books; other income

    Args:
        draw: Of the partner.
        code: The lever.
        growth: Of volume, as its outlook has it for the next four quarters [fraction].

    Returns:
        Growth, fee and variable rate [fraction], every other [currency a year]; undefined with
        its reason where nobody knows what the lever would move, or a quarter of it is missing.

    Source:
        docs/metrics.md#levers
    """
    share = draw.structure.share(code)
    if code in _RATES:
        rate = growth if code is LeverCode.VOLUME_GROWTH else _rate(draw, code)
        return Measure(rate, Unit.FRACTION)
    if code is LeverCode.SUPPORT:
        table, support = draw.past.table, find_indicator("support", draw.level)
        return indicator_measure(support, table, draw.last, Unit.CURRENCY)
    if share is None:
        return Measure(float(trailing_total(draw.past.table, OWN_INCOME)[-1]), Unit.CURRENCY)
    if share.value is None:
        return replace(share, unit=Unit.CURRENCY)
    return Measure(share.value * float(draw.past.statement.fixed[_YEAR].sum()), Unit.CURRENCY)


def _rate(draw: Draw, code: LeverCode) -> float:
    """What is kept of each unit of volume, or what it costs [fraction]."""
    if code is LeverCode.FEE:
        return draw.fee.take_rate
    statement = draw.past.statement
    return float(statement.variable[_YEAR].sum() / statement.volume[_YEAR].sum())
