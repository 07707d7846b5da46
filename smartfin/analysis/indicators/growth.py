"""Growth needed to break even by the deadline, beside the growth achieved."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.indicators.structure import (
    covered_anyway,
    headline_needs,
    headline_volume,
    no_headline,
)
from smartfin.analysis.indicators.thresholds import NO_VOLUME
from smartfin.analysis.partition import trailing_statement
from smartfin.analysis.table import Figures, quotient, silent_quarters, trailing_total
from smartfin.measure import Reason, Unit
from smartfin.quarter import Quarter
from smartfin.settings import Level

_YEAR = 4  # quarters


def growth_needed(volume: ArrayLike, breakeven: ArrayLike, quarters: ArrayLike) -> Figures:
    """Growth needed g*: by how much volume must grow each quarter to reach V* in time.

    Formula: g* = (V* / V) ** (1 / h) - 1

    Args:
        volume: Invoiced volume V of four quarters [currency, > 0].
        breakeven: Break-even volume V* [currency a year].
        quarters: Quarters h left until the deadline [quarters].

    Returns:
        [fraction a quarter]; NaN where h <= 0, where V >= V* (nothing is needed) and where
        V* has no value.

    Source:
        docs/metrics.md#growth_needed

    Example:
        >>> round(float(growth_needed(1000, 1464.1, quarters=4)), 6)
        0.1
        >>> float(growth_needed(1500, 1464.1, quarters=4))
        nan
    """
    ahead = np.asarray(quarters, dtype=np.float64)
    ratio = quotient(breakeven, volume)
    possible = (ahead > 0) & (ratio > 1)
    exponent = quotient(np.ones_like(ahead), ahead)
    factor: Figures = np.full(np.shape(possible), np.nan)
    np.power(ratio, exponent, out=factor, where=possible)
    return factor - 1


def growth_achieved(volume: ArrayLike, year_before: ArrayLike) -> Figures:
    """Growth achieved: mean growth a quarter of the four-quarter volume within a year.

    Formula: (V / V_4) ** (1 / 4) - 1

    Args:
        volume: Invoiced volume V of four quarters [currency, > 0].
        year_before: V_4, that of the four quarters before [currency, > 0].

    Returns:
        [fraction a quarter]; NaN where either is nil.

    Source:
        docs/metrics.md#growth_achieved

    Example:
        >>> round(float(growth_achieved(1464.1, 1000)), 6)
        0.1
    """
    ratio = quotient(volume, year_before)
    factor: Figures = np.full(np.shape(ratio), np.nan)
    np.power(ratio, 1 / _YEAR, out=factor, where=ratio > 0)
    return factor - 1


def _volume(table: pd.DataFrame) -> Figures:
    return trailing_total(table, ("invoiced_volume",))


def _year_before(table: pd.DataFrame) -> Figures:
    """Four-quarter volume, a year earlier."""
    volume = _volume(table)
    return np.concatenate([np.full(min(_YEAR, len(volume)), np.nan), volume[:-_YEAR]])


GROWTH = (
    Indicator(
        code="volume_a_year_earlier",
        unit=Unit.CURRENCY,
        polarity=0,
        window=Window.YEAR_BEFORE,
        formula="invoiced_volume",
        needs=("invoiced_volume",),
        values=_year_before,
    ),
    Indicator(
        code="growth_achieved",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TWO_YEARS,
        formula="(invoiced_volume / volume_a_year_earlier) ^ (1 / 4) - 1",
        needs=("invoiced_volume",),
        values=lambda table: growth_achieved(_volume(table), _year_before(table)),
        unless=(NO_VOLUME, unless_positive(Reason.NO_VOLUME, _year_before)),
        digits=1,
    ),
)


def growth_at(level: Level, deadline: Quarter | None) -> tuple[Indicator, ...]:
    """What is left to do until a deadline; without one both have no value."""
    return (
        Indicator(
            code="quarters_left",
            unit=Unit.COUNT,
            polarity=0,
            window=Window.STOCK,
            formula="quarters_left",
            needs=(),
            values=lambda table: _quarters_left(table, deadline),
            unless=_no_deadline(deadline),
        ),
        Indicator(
            code="growth_needed",
            unit=Unit.FRACTION,
            polarity=-1,
            window=Window.TTM,
            formula="(breakeven_volume_with_advisers / invoiced_volume) ^ (1 / quarters_left) - 1",
            needs=headline_needs(level),
            values=lambda table: growth_needed(
                _volume(table), headline_volume(table, level), _quarters_left(table, deadline)
            ),
            unless=(
                NO_VOLUME,
                (Reason.VOLUME_REACHED, lambda table: _reached(table, level)),
                *no_headline(level)[1:],
                *_no_deadline(deadline),
                unless_positive(
                    Reason.NO_QUARTERS_LEFT, lambda table: _quarters_left(table, deadline)
                ),
            ),
            digits=1,
        ),
    )


def _quarters_left(table: pd.DataFrame, deadline: Quarter | None) -> Figures:
    """Quarters from each quarter to the deadline, 0 after it; NaN without one."""
    by = np.nan if deadline is None else float(deadline.ordinal)
    left = np.maximum(by - table.index.to_numpy(dtype=np.float64), 0)
    return np.where(silent_quarters(table), np.nan, left)


def _reached(table: pd.DataFrame, level: Level) -> NDArray[np.bool_]:
    """Whether the result is nil or more or V >= V*, which not any volume would have brought.

    The volume may be reached although V* has no value: more of it would take advisers that
    cost more than they bring, but today's costs are covered.
    """
    result = trailing_statement(table, level).result
    enough = quotient(headline_volume(table, level), _volume(table)) <= 1
    return ((result >= 0) | enough) & ~covered_anyway(table, level)


def _no_deadline(deadline: Quarter | None) -> tuple[Unless, ...]:
    """That nobody said by when."""
    return ((Reason.NO_DEADLINE, lambda table: np.full(len(table), deadline is None)),)
