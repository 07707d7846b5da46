"""What one indicator or line item rests on, down to the facts of the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from smartfin.analysis.compare import Exchange, euro_measure, euro_table
from smartfin.analysis.entities import Removed
from smartfin.analysis.explain import Explanation, Input, explanation, item_explanation
from smartfin.analysis.indicators.family import (
    Indicator,
    find_indicator,
    indicator_measure,
    indicators_at,
)
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
from smartfin.services.provenance.entity_facts import EntityFacts
from smartfin.services.provenance.figure import ITEM, Figure
from smartfin.services.set_figures import CARRIED, POSTS, SET_ITEMS
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.support.frame import listed_support
from smartfin.store import Basis
from smartfin.support import FROM_LIST

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
        removed: What was taken out where the books of several entities were added up.
        as_set: The amounts that no books state and group.toml does.
    """

    figure: Figure
    indicator: Indicator | None
    measure: Measure
    currency: str
    explanation: Explanation | None
    used: tuple[Used, ...]
    removed: tuple[Removed, ...] = ()
    as_set: tuple[Input, ...] = ()

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
    partner = find_partner(smartfin.units, figure.partner)
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
    inputs = rests_on.inputs if rests_on else ()
    theirs = _of_entities(smartfin, figure, partner, moment, basis)
    money = exchange or _own(smartfin, partner)
    as_set = tuple(each for each in inputs if each.reported and _is_set(each, known, theirs))
    read = dict.fromkeys(_posts_of(each, table) if each in as_set else each for each in inputs)
    used = tuple(one for each in read for one in _all_used(smartfin, each, known, theirs, money))
    removed = theirs.removed(inputs) if theirs else ()
    return Explained(figure, indicator, measure, shown_in, rests_on, used, removed, as_set)


def _is_set(
    each: Input, known: Mapping[tuple[str, Quarter], LedgerFact], theirs: EntityFacts | None
) -> bool:
    """Whether an amount is as set in group.toml: books that state it win."""
    stated = (each.item, each.quarter) in known or (theirs is not None and theirs.behind(each))
    return each.item in SET_ITEMS and not stated


def _posts_of(each: Input, table: pd.DataFrame) -> Input:
    """The number of advisers behind what they can carry, which has cells; any other as it is."""
    if each.item != CARRIED:
        return each
    amount = float(line(known_until(table, each.quarter.ordinal), POSTS)[-1])
    return Input(POSTS, each.quarter, amount, reported=True)


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
        return find_indicator(name, smartfin.settings.level, smartfin.settings.deadline)
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
    judged = smartfin.settings
    family = {each.code: each for each in indicators_at(judged.level, judged.deadline)}
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
    stated = {
        (known.fact.item, known.fact.quarter): known
        for known in found
        if known.fact.quarter and known.fact.scenario is figure.scenario
    }
    listed = any(each.item in FROM_LIST for each in rests_on.inputs) if rests_on else False
    if not listed or figure.scenario is not Scenario.ACTUAL:
        return stated
    return {**listed_support(smartfin, figure.partner, moment, basis), **stated}


def _of_entities(
    smartfin: Smartfin,
    figure: Figure,
    partner: Partner,
    moment: datetime | None,
    basis: Basis,
) -> EntityFacts | None:
    """What the partner's legal entities stated; None where it has none."""
    combination = assess_at(smartfin, None, moment, basis).combination
    if not partner.entities or combination is None:
        return None
    return EntityFacts(smartfin, partner, combination, figure.scenario, moment, basis)


def _all_used(
    smartfin: Smartfin,
    each: Input,
    known: Mapping[tuple[str, Quarter], LedgerFact],
    theirs: EntityFacts | None,
    exchange: Exchange,
) -> Iterator[Used]:
    """An amount with the fact it was read from, or with all those it was put together from."""
    facts = theirs.behind(each) if theirs else ()
    if not facts:
        yield _used(smartfin, each, known, exchange)
    for fact in facts:
        amount = fact.fact.amount
        stated = Input(fact.fact.item, each.quarter, amount, reported=True)
        found = {(fact.fact.item, each.quarter): fact}
        yield _in_money(_used(smartfin, stated, found, exchange), exchange)


def _in_money(used: Used, exchange: Exchange) -> Used:
    """The same, its amount in the money of the figure."""
    if used.rate is None or used.input.amount is None:
        return used
    return replace(used, input=replace(used.input, amount=used.input.amount / used.rate.value))


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
    if value is None or (fact is not None and fact.fact.unit == EURO):  # of the list, in euro
        return Used(each, fact, None)
    if exchange.constant_year is not None:
        return Used(each, fact, Rate(value, "constant", exchange.constant_year))
    return Used(each, fact, Rate(value, "mean" if flow else "close", each.quarter))
