"""A partner's amounts in euro, for views over several countries."""

from __future__ import annotations

import pandas as pd

from smartfin.analysis.compare import Exchange, euro_measure, euro_series
from smartfin.analysis.indicators.family import find_indicator
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.services.assessment import Case
from smartfin.services.start import Smartfin


def exchange_of(smartfin: Smartfin, case: Case, *, constant: bool = False) -> Exchange:
    """How a partner's amounts become euro; ``constant`` for one rate over all years."""
    year = smartfin.settings.constant_rates_year if constant else None
    return Exchange(case.partner.currency, smartfin.items, smartfin.rates, year)


def in_euro(
    smartfin: Smartfin,
    case: Case,
    code: str,
    quarters_earlier: int = 0,
    *,
    constant: bool = False,
) -> Measure:
    """An indicator at a partner's newest quarter, or some quarters before, in euro."""
    indicator = find_indicator(code, case.settings.level, case.settings.deadline)
    if case.quarter is None:
        unit = EURO if indicator.unit is Unit.CURRENCY else indicator.unit
        return undefined(unit, Reason.NOTHING_KNOWN)
    ordinal = case.quarter.ordinal - quarters_earlier
    exchange = exchange_of(smartfin, case, constant=constant)
    return euro_measure(indicator, case.table, ordinal, exchange)


def series_in_euro(
    smartfin: Smartfin, case: Case, code: str, *, constant: bool = False
) -> pd.Series[float]:
    """An indicator over all of a partner's quarters, in euro; NaN where undefined."""
    indicator = find_indicator(code, case.settings.level, case.settings.deadline)
    return euro_series(indicator, case.table, exchange_of(smartfin, case, constant=constant))
