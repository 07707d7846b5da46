"""What an indicator is, and how it gets a value or the reason why it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.partition import IMPUTED_SUPPORT
from smartfin.analysis.table import Figures, lines, silent_quarters
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter

Unless = tuple[Reason, Callable[[pd.DataFrame], NDArray[np.bool_]]]


class Window(StrEnum):
    """The quarters an indicator looks at."""

    QUARTER = "quarter"  # the quarter alone
    TTM = "ttm"  # the four quarters that end with it
    YEAR_BEFORE = "year_before"  # the four quarters before those
    TWO_YEARS = "two_years"  # both, through the indicators its formula names
    QUARTER_BEFORE = "quarter_before"  # the one before it
    TWO_QUARTERS = "two_quarters"  # both, through the indicators its formula names
    YEAR_EARLIER = "year_earlier"  # the quarter four before it
    YEAR_APART = "year_apart"  # that one and its own, through the indicators its formula names
    STOCK = "stock"  # the quarter's last day
    SINCE_START = "since_start"  # every quarter up to it


# Quarters of history without which a window is not full.
_HISTORY = {
    Window.TTM: 4,
    Window.YEAR_BEFORE: 8,
    Window.TWO_YEARS: 8,
    Window.QUARTER_BEFORE: 2,
    Window.TWO_QUARTERS: 2,
    Window.YEAR_EARLIER: 5,
    Window.YEAR_APART: 5,
}
# Quarters back its window ends.
_BEFORE = {Window.YEAR_BEFORE: 4, Window.QUARTER_BEFORE: 1, Window.YEAR_EARLIER: 4}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One computed quantity.

    Args:
        code: Its name everywhere (message ``indicator.<code>``, docs/metrics.md#<code>).
        unit: What it counts; ``Unit.CURRENCY`` is the currency of the table.
        polarity: +1 more is better, -1 less is better, 0 neither.
        window: The quarters it looks at.
        formula: In words of item and indicator codes.
        needs: Items its formula reads, each over the window.
        values: The formula: table to a figure a quarter.
        at_end: Those of ``needs`` that are read at the quarter's end only.
        unless: When it has no value although every item is known, most telling first.
        digits: Decimals it is shown with; None for those usual for its unit.
    """

    code: str
    unit: Unit
    polarity: int
    window: Window
    formula: str
    needs: tuple[str, ...]
    values: Callable[[pd.DataFrame], Figures]
    at_end: tuple[str, ...] = ()
    unless: tuple[Unless, ...] = ()
    digits: int | None = None

    def series(self, table: pd.DataFrame) -> pd.Series[float]:
        """Its value at each quarter of a partner's table; NaN where undefined."""
        figures = self.figures(table)
        return pd.Series(figures, index=table.index, name=self.code, dtype="float64")

    def figures(self, table: pd.DataFrame) -> Figures:
        """The same without its quarters."""
        values = self.values(table)
        for _, applies in self.unless:
            values = np.where(applies(table), np.nan, values)
        return values

    def quarters_read(self, table: pd.DataFrame, ordinal: int) -> Iterator[Quarter]:
        """The quarters of a table that its value at one quarter rests on, oldest first."""
        first = int(table.index[0])
        for place in _window_places(self.window, ordinal - first):
            yield Quarter.from_ordinal(first + place)


def unless_positive(reason: Reason, figures: Callable[[pd.DataFrame], Figures]) -> Unless:
    """The condition that some figure, usually a denominator, is nil or negative."""

    def applies(table: pd.DataFrame) -> NDArray[np.bool_]:
        return figures(table) <= 0

    return (reason, applies)


def indicator_series(indicator: Indicator, table: pd.DataFrame) -> pd.Series[float]:
    """An indicator at each quarter of a partner's table; NaN where undefined.

    Args:
        indicator: Member of ``INDICATORS``.
        table: As made by ``partner_table``.

    Returns:
        [unit of the indicator], index ``quarter`` as in the table.
    """
    return indicator.series(table)


def indicator_measure(
    indicator: Indicator, table: pd.DataFrame, ordinal: int, currency: str
) -> Measure:
    """An indicator at one quarter, with its unit, or the reason why it has no value.

    Args:
        indicator: Member of ``INDICATORS``.
        table: As made by ``partner_table``.
        ordinal: The quarter.
        currency: ISO code of the table's amounts.
    """
    unit = currency if indicator.unit is Unit.CURRENCY else indicator.unit
    if ordinal not in table.index:
        return undefined(unit, Reason.NOTHING_KNOWN)
    value = float(indicator.figures(table)[ordinal - int(table.index[0])])
    if not np.isnan(value):
        return Measure(value, unit)
    reason, facts = _why_undefined(indicator, table, ordinal)
    return undefined(unit, reason, **facts)


def _why_undefined(
    indicator: Indicator, table: pd.DataFrame, ordinal: int
) -> tuple[Reason, Mapping[str, object]]:
    """The first thing that stands between the facts and a value."""
    amounts = lines(table, indicator.needs)
    for item, values in amounts.items():
        if np.isnan(values).all():
            return _missing(item), {"item": item}
    for gap in _gaps(indicator, table, ordinal, amounts):
        return gap
    place = ordinal - int(table.index[0])
    for reason, applies in indicator.unless:
        if applies(table)[place]:
            return reason, {}
    raise ValueError(f"{indicator.code} has neither a value nor a reason at {ordinal}")


def _gaps(
    indicator: Indicator, table: pd.DataFrame, ordinal: int, amounts: Mapping[str, Figures]
) -> Iterator[tuple[Reason, Mapping[str, object]]]:
    """What is missing within the window: its start, a whole quarter, an item."""
    first = int(table.index[0])
    needed = _HISTORY.get(indicator.window, 1)
    if ordinal - first + 1 < needed:
        yield Reason.HISTORY_TOO_SHORT, {"quarters": ordinal - first + 1, "needed": needed}
    silent = silent_quarters(table)
    for quarter in indicator.quarters_read(table, ordinal):
        place = quarter.ordinal - first
        if silent[place]:
            yield Reason.QUARTERS_MISSING, {"quarter": quarter}
        for item, values in amounts.items():
            read_here = item not in indicator.at_end or quarter.ordinal == ordinal
            if read_here and np.isnan(values[place]):
                yield _missing(item), {"item": item, "quarter": quarter}


def _window_places(window: Window, place: int) -> range:
    """The rows of the table an indicator reads for the row ``place``."""
    if window is Window.SINCE_START:
        return range(place + 1)
    if window is Window.YEAR_APART:
        return range(place - 4 if place >= 4 else place, place + 1, 4)
    end = place - _BEFORE.get(window, 0)
    return range(max(place + 1 - _HISTORY.get(window, 1), 0), end + 1)


def _missing(item: str) -> Reason:
    """How the absence of an item is named."""
    return Reason.IMPUTED_SUPPORT_UNKNOWN if item == IMPUTED_SUPPORT else Reason.ITEM_MISSING
