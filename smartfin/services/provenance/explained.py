"""What one indicator or line item rests on, down to the facts of the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from smartfin.analysis.compare import Exchange, euro_measure, euro_table
from smartfin.analysis.explain import Explanation, Input, explanation, item_explanation
from smartfin.analysis.indicators import Indicator, find_indicator, indicator_measure, indicators_at
from smartfin.analysis.table import known_until, line, partner_table
from smartfin.errors import InputError
from smartfin.facts import LedgerFact, Scenario
from smartfin.items import Nature
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess_at
from smartfin.services.compare import Currency
from smartfin.services.provenance.figure import ITEM, Figure
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis

_FEW = 4  # quarters that are cheaper looked up one by one than all at once


@dataclass(frozen=True, slots=True)
class Rate:
    """The exchange rate of an amount.

    Args:
        value: Units of the currency per euro.
        kind: ``mean`` of the quarter, ``close`` of its last published day, or
            ``constant``, the mean of a year.
        when: The quarter or the year.
    """

    value: float
    kind: str
    when: Quarter | int


@dataclass(frozen=True, slots=True)
class Used:
    """An amount that a figure rests on, with the fact it was read from.

    Args:
        input: The amount as used.
        fact: Where it was read; None of a line that was never reported.
        rate: To euro; None for what is no foreign money, or where there is none.
    """

    input: Input
    fact: LedgerFact | None
    rate: Rate | None


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """One figure with everything it rests on.

    Args:
        figure: Which.
        indicator: The indicator; None for a line item.
        measure: The number, or why there is none.
        currency: Code of the money its sums are in.
        explanation: Its sums; None where nothing is known at all.
        used: The amounts at the bottom.
    """

    figure: Figure
    indicator: Indicator | None
    measure: Measure
    currency: str
    explanation: Explanation | None
    used: tuple[Used, ...]

    @property
    def synthetic(self) -> bool:
        """Whether it rests on made-up sample data."""
        return any(each.fact.synthetic for each in self.used if each.fact)


def explained(
    smartfin: Smartfin,
    figure: Figure,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Explained:
    """What an indicator or a line item rests on, on what was known on a day.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown`` or ``choice-unknown``.
    """
    partner = find_partner(smartfin.partners, figure.partner)
    moment = end_of_day(as_of)
    table = _table(smartfin, figure, partner, moment, basis)
    indicator = _indicator(smartfin, figure.name)
    exchange = _exchange(smartfin, partner, figure.currency)
    measure = _measure(smartfin, figure, table, partner)
    if indicator is None:
        rests_on = _item_rests_on(figure, table)
    else:
        rests_on = _rests_on(smartfin, indicator, table, figure.quarter, exchange)
    known = _facts(smartfin, figure, moment, rests_on, basis)
    shown_in = EURO if exchange and measure.unit == EURO else partner.currency
    used = tuple(
        _used(smartfin, each, known, exchange or _own(smartfin, partner))
        for each in (rests_on.inputs if rests_on else ())
    )
    return Explained(figure, indicator, measure, shown_in, rests_on, used)


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
    partner = find_partner(smartfin.partners, figure.partner)
    table = _table(smartfin, figure, partner, end_of_day(as_of), basis)
    return _measure(smartfin, figure, table, partner)


def _table(
    smartfin: Smartfin,
    figure: Figure,
    partner: Partner,
    moment: datetime | None,
    basis: Basis,
) -> pd.DataFrame:
    """The partner's figures up to the quarter."""
    whose = (partner.code, figure.scenario)
    whole = _whole_table(smartfin, smartfin.ledger.revision(), whose, moment, basis)
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


def _indicator(smartfin: Smartfin, name: str) -> Indicator | None:
    """The indicator of a name; None where it is a line item.

    Raises:
        InputError: ``figure-unknown`` where it is neither.
    """
    if name.startswith(ITEM) and name.removeprefix(ITEM) in smartfin.items:
        return None
    try:
        return find_indicator(name, smartfin.settings.level)
    except InputError as error:
        if name in smartfin.items:
            return None
        raise InputError("figure-unknown", figure=name) from error


def _own(smartfin: Smartfin, partner: Partner) -> Exchange:
    return Exchange(partner.currency, smartfin.items, smartfin.rates)


def _exchange(smartfin: Smartfin, partner: Partner, currency: str) -> Exchange | None:
    """How amounts become euro; None where they stay as they are."""
    if currency == Currency.LOCAL or partner.currency == EURO:
        return None
    constant = currency == Currency.EUR_CONSTANT
    year = smartfin.settings.constant_rates_year if constant else None
    return Exchange(partner.currency, smartfin.items, smartfin.rates, year)


def _measure(smartfin: Smartfin, figure: Figure, table: pd.DataFrame, partner: Partner) -> Measure:
    indicator = _indicator(smartfin, figure.name)
    if indicator is None:
        return _item_measure(smartfin, figure, table, partner)
    exchange = _exchange(smartfin, partner, figure.currency)
    if exchange:
        return euro_measure(indicator, table, figure.quarter.ordinal, exchange)
    return indicator_measure(indicator, table, figure.quarter.ordinal, partner.currency)


def _rests_on(
    smartfin: Smartfin,
    indicator: Indicator,
    table: pd.DataFrame,
    quarter: Quarter,
    exchange: Exchange | None,
) -> Explanation | None:
    if quarter.ordinal not in table.index:
        return None
    family = {each.code: each for each in indicators_at(smartfin.settings.level)}
    in_euro = exchange is not None and indicator.unit is Unit.CURRENCY
    shown = euro_table(table, exchange) if exchange and in_euro else table
    return explanation(indicator, family, shown, quarter.ordinal)


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


def _item_rests_on(figure: Figure, table: pd.DataFrame) -> Explanation | None:
    if figure.quarter.ordinal not in table.index:
        return None
    return item_explanation(table, figure.name.removeprefix(ITEM), figure.quarter.ordinal)


def _facts(
    smartfin: Smartfin,
    figure: Figure,
    moment: datetime | None,
    rests_on: Explanation | None,
    basis: Basis,
) -> Mapping[tuple[str, Quarter], LedgerFact]:
    """The facts of the quarters an explanation reads, by item and quarter."""
    quarters = {each.quarter for each in rests_on.inputs} if rests_on else set()
    found: list[LedgerFact] = []
    wanted: Iterable[Quarter | None] = sorted(quarters) if len(quarters) <= _FEW else (None,)
    for quarter in wanted:
        found += smartfin.ledger.facts(figure.partner, moment, quarter, basis)
    return {
        (known.fact.item, known.fact.quarter): known
        for known in found
        if known.fact.quarter and known.fact.scenario is figure.scenario
    }


def _used(
    smartfin: Smartfin,
    each: Input,
    known: Mapping[tuple[str, Quarter], LedgerFact],
    exchange: Exchange,
) -> Used:
    fact = known.get((each.item, each.quarter)) if each.reported else None
    item = smartfin.items.get(each.item)
    if item is None or item.unit != Unit.CURRENCY or exchange.currency == EURO:
        return Used(each, fact, None)
    flow = item.nature is Nature.FLOW
    value = exchange.flow_rate(each.quarter) if flow else exchange.stock_rate(each.quarter)
    if value is None:
        return Used(each, fact, None)
    if exchange.constant_year is not None:
        return Used(each, fact, Rate(value, "constant", exchange.constant_year))
    return Used(each, fact, Rate(value, "mean" if flow else "close", each.quarter))
