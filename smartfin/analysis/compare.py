"""Partners side by side: in one currency, on one time axis, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.indicators.indicator import Indicator, indicator_measure
from smartfin.analysis.table import Figures, line
from smartfin.items import Items, Nature
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO, Rates
from smartfin.quarter import Quarter
from smartfin.support import CONTRIBUTIONS, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """How a partner's amounts become euro (docs/metrics.md#currency).

    Args:
        currency: ISO code of the partner's amounts.
        items: Says which line is an amount, and whether it is a flow or a stock.
        rates: Units of currency per euro.
        constant_year: Year whose one mean rate serves for every quarter; None for the
            rates of each quarter.
    """

    currency: str
    items: Items
    rates: Rates
    constant_year: int | None = None

    def flow_rate(self, quarter: Quarter) -> float | None:
        """Rate of what was earned and spent in a quarter; None when unknown."""
        if self.constant_year is not None:
            return self.rates.constant(self.currency, self.constant_year)
        return self.rates.mean(self.currency, quarter)

    def stock_rate(self, quarter: Quarter) -> float | None:
        """Rate of what was there at a quarter's end; None when unknown."""
        if self.constant_year is not None:
            return self.rates.constant(self.currency, self.constant_year)
        return self.rates.close(self.currency, quarter)

    def has_rates(self, quarter: Quarter) -> bool:
        """Whether both rates of a quarter are known."""
        return self.flow_rate(quarter) is not None and self.stock_rate(quarter) is not None


def euro_table(table: pd.DataFrame, exchange: Exchange) -> pd.DataFrame:
    """A partner's table with its amounts in euro.

    Each quarter's flows are divided by that quarter's mean rate, before anything is
    added up, and its stocks by its closing rate. Counts and rates stay.

    Args:
        table: As made by ``partner_table``, in local currency.
        exchange: How.

    Returns:
        Same index; a quarter without a rate is empty, as if nothing of it were known. A
        column of a line that ``exchange.items`` does not have is left out: an item that
        was given up stays in the ledger, and no indicator reads it.
    """
    known = table.loc[:, [code for code in table.columns if code in exchange.items]]
    quarters = [Quarter.from_ordinal(int(ordinal)) for ordinal in table.index]
    flow_rates = _column([exchange.flow_rate(quarter) for quarter in quarters])
    stock_rates = _column([exchange.stock_rate(quarter) for quarter in quarters])
    divisors = np.ones(known.shape)
    for place, code in enumerate(known.columns):
        item = exchange.items[code]
        if item.unit == "currency":
            divisors[:, place] = flow_rates if item.nature is Nature.FLOW else stock_rates
    divisors[np.isnan(flow_rates + stock_rates)] = np.nan
    translated = known.to_numpy(dtype=np.float64) / divisors
    euro = pd.DataFrame(translated, index=known.index, columns=known.columns)
    return _as_known_in_the_books(euro, table, flow_rates)


def _as_known_in_the_books(
    euro: pd.DataFrame, table: pd.DataFrame, flow_rates: NDArray[np.float64]
) -> pd.DataFrame:
    """The same, with capital put in known exactly where the local books make it known.

    Whether it is unknown shows in a stock that rises (``line``), and rates move a stock too.
    """
    if CONTRIBUTIONS not in euro.columns:
        return euro
    given = line(table, Kind.CAPITAL.item) / flow_rates
    rated = ~np.isnan(flow_rates)
    unlike = np.isnan(given) != np.isnan(line(euro, Kind.CAPITAL.item))
    return euro.assign(**{Kind.CAPITAL.item: given}) if (unlike & rated).any() else euro


def euro_measure(
    indicator: Indicator, table: pd.DataFrame, ordinal: int, exchange: Exchange
) -> Measure:
    """An indicator at one quarter, amounts in euro.

    Ratios, months and counts are those of the local books: a change of currency never
    changes a verdict.

    Args:
        indicator: Member of ``INDICATORS``.
        table: In local currency.
        ordinal: The quarter.
        exchange: How.

    Returns:
        As ``indicator_measure``; ``rate-missing`` with the first quarter of the window that
        has no rate, where the books have a value and only a rate lacks.
    """
    local = indicator_measure(indicator, table, ordinal, EURO)
    if indicator.unit is not Unit.CURRENCY or local.reason is not None:
        return local
    translated = indicator_measure(indicator, euro_table(table, exchange), ordinal, EURO)
    if translated.value is None:
        for quarter in indicator.quarters_read(table, ordinal):
            if not exchange.has_rates(quarter):
                facts = {"currency": exchange.currency, "quarter": quarter}
                return undefined(EURO, Reason.RATE_MISSING, **facts)
    return translated


def euro_series(indicator: Indicator, table: pd.DataFrame, exchange: Exchange) -> pd.Series[float]:
    """An indicator at each quarter, amounts in euro; NaN where undefined or without a rate."""
    if indicator.unit is not Unit.CURRENCY:
        return indicator.series(table)
    return indicator.series(euro_table(table, exchange))


def aligned(
    series: Mapping[str, pd.Series[float]], launches: Mapping[str, Quarter] | None = None
) -> pd.DataFrame:
    """Partners' series on one time axis.

    Args:
        series: Partner to its indicator; index ordinals.
        launches: Partner to its first quarter of activity; None for calendar time.

    Returns:
        A column a partner, in the order given. Index: ordinals without gaps, or quarters
        since launch (0 is the first). NaN where a partner has no value.
    """
    shifted = {
        partner: values.set_axis(values.index - (launches[partner].ordinal if launches else 0))
        for partner, values in series.items()
    }
    frame = pd.DataFrame(shifted)
    if frame.empty:
        return frame
    span = pd.RangeIndex(int(frame.index.min()), int(frame.index.max()) + 1)
    return frame.reindex(span, columns=list(series))


def ranks(values: Mapping[str, float | None], polarity: int) -> dict[str, int | None]:
    """Places from 1, the best first; equal values share a place and leave the next ones out.

    Args:
        values: Partner to its value; None or NaN where undefined.
        polarity: +1 more is better, -1 less is better, 0 neither.

    Returns:
        Partner to its place; None where undefined, and for all when there is no better.

    Example:
        >>> ranks({"ES": 1.0, "IT": 1.05, "DE": 1.0, "AT": 0.9, "SE": None}, polarity=+1)
        {'ES': 2, 'IT': 1, 'DE': 2, 'AT': 4, 'SE': None}
    """
    known = {
        partner: polarity * value
        for partner, value in values.items()
        if value is not None and not np.isnan(value) and polarity
    }
    return {
        partner: 1 + sum(other > known[partner] for other in known.values())
        if partner in known
        else None
        for partner in values
    }


def _column(rates: list[float | None]) -> Figures:
    """Rates as an array, NaN where unknown."""
    return np.array([np.nan if rate is None else rate for rate in rates], dtype=np.float64)
