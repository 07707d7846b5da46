"""The number of an indicator or a line item, as ``explained`` tells what it rests on."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from smartfin.analysis.compare import Exchange, euro_measure
from smartfin.analysis.indicators.family import Indicator, find_indicator, indicator_measure
from smartfin.analysis.table import known_until, line, partner_table
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.partner import Partner, find_partner
from smartfin.services.assessment import assess_at
from smartfin.services.compare import Currency
from smartfin.services.provenance.figure import ITEM, Figure
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis


def figure_measure(
    smartfin: Smartfin,
    figure: Figure,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Measure:
    """The number alone, or why there is none; as ``explained`` has it.

    Raises:
        InputError: As ``explained``.
    """
    partner = find_partner(smartfin.units, figure.partner)
    table = table_of(smartfin, figure, partner, end_of_day(as_of), basis)
    return measure_of(smartfin, figure, table, partner)


def table_of(
    smartfin: Smartfin,
    figure: Figure,
    partner: Partner,
    moment: datetime | None,
    basis: Basis,
) -> pd.DataFrame:
    """The partner's figures up to the quarter."""
    whose = (partner.code, figure.scenario)
    whole = _whole_table(smartfin, smartfin.ledger.figures_revision(), whose, moment, basis)
    return known_until(whole, figure.quarter.ordinal)


@lru_cache(maxsize=32)
def _whole_table(
    smartfin: Smartfin,
    _revision: int,
    whose: tuple[str, Scenario],
    moment: datetime | None,
    basis: Basis,
) -> pd.DataFrame:
    """Made once for each state of the ledger; nobody changes it."""
    return partner_table(assess_at(smartfin, None, moment, basis).frame, *whose)


def indicator_of(smartfin: Smartfin, name: str) -> Indicator | None:
    """The indicator of a name; None where it is a line item.

    Raises:
        InputError: ``figure-unknown`` where it is neither.
    """
    if name.startswith(ITEM) and name.removeprefix(ITEM) in smartfin.items:
        return None
    try:
        return find_indicator(name, smartfin.settings.level, smartfin.settings.deadline)
    except InputError as error:
        if name in smartfin.items:
            return None
        raise InputError("figure-unknown", figure=name) from error


def exchange_of(smartfin: Smartfin, partner: Partner, currency: str) -> Exchange | None:
    """How amounts become euro; None where they stay as they are."""
    if currency == Currency.LOCAL or partner.currency == EURO:
        return None
    constant = currency == Currency.EUR_CONSTANT
    year = smartfin.settings.constant_rates_year if constant else None
    return Exchange(partner.currency, smartfin.items, smartfin.rates, year)


def measure_of(
    smartfin: Smartfin, figure: Figure, table: pd.DataFrame, partner: Partner
) -> Measure:
    """The number in a table of the partner's figures up to its quarter."""
    indicator = indicator_of(smartfin, figure.name)
    if indicator is None:
        return _item_measure(smartfin, figure, table, partner)
    exchange = exchange_of(smartfin, partner, figure.currency)
    if exchange:
        return euro_measure(indicator, table, figure.quarter.ordinal, exchange)
    return indicator_measure(indicator, table, figure.quarter.ordinal, partner.currency)


def _item_measure(
    smartfin: Smartfin, figure: Figure, table: pd.DataFrame, partner: Partner
) -> Measure:
    item = figure.name.removeprefix(ITEM)
    unit = smartfin.items[item].unit
    unit = partner.currency if unit == Unit.CURRENCY else unit
    if figure.quarter.ordinal not in table.index:
        return undefined(unit, Reason.NOTHING_KNOWN)
    amount = float(line(table, item)[-1])
    if math.isnan(amount):
        return undefined(unit, Reason.ITEM_MISSING, item=item, quarter=figure.quarter)
    return Measure(amount, unit)
