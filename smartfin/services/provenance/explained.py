"""What one indicator or line item rests on, down to the facts of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from smartfin.analysis.compare import Exchange, euro_table
from smartfin.analysis.entities import Removed
from smartfin.analysis.explain import Explanation, Input, explanation, item_explanation
from smartfin.analysis.indicators.family import (
    Indicator,
    indicators_at,
)
from smartfin.analysis.table import known_until, line
from smartfin.facts import LedgerFact, Scenario
from smartfin.measure import Measure, Unit
from smartfin.money import EURO
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess_at
from smartfin.services.provenance.entity_facts import EntityFacts
from smartfin.services.provenance.figure import ITEM, Figure
from smartfin.services.provenance.measured import (
    exchange_of,
    indicator_of,
    measure_of,
    table_of,
)
from smartfin.services.provenance.used import Used, all_used
from smartfin.services.set_figures import CARRIED, POSTS, SET_ITEMS
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.support.frame import listed_support
from smartfin.store import Basis
from smartfin.support import FROM_LIST

_FEW = 4  # quarters that are cheaper looked up one by one than all at once


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
    table = table_of(smartfin, figure, partner, moment, basis)
    indicator = indicator_of(smartfin, figure.name)
    exchange = exchange_of(smartfin, partner, figure.currency)
    measure = measure_of(smartfin, figure, table, partner)
    rests_on = _rests_on(smartfin, figure, table, exchange)
    known = _facts(smartfin, figure, moment, rests_on, basis)
    shown_in = EURO if exchange and measure.unit == EURO else partner.currency
    inputs = rests_on.inputs if rests_on else ()
    theirs = _of_entities(smartfin, figure, partner, moment, basis)
    money = exchange or Exchange(partner.currency, smartfin.items, smartfin.rates)
    as_set = tuple(each for each in inputs if each.reported and _is_set(each, known, theirs))
    read = dict.fromkeys(_posts_of(each, table) if each in as_set else each for each in inputs)
    used = tuple(one for each in read for one in all_used(smartfin, each, known, theirs, money))
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


def _rests_on(
    smartfin: Smartfin, figure: Figure, table: pd.DataFrame, exchange: Exchange | None
) -> Explanation | None:
    """The sums of a figure; None where the quarter is not known at all."""
    ordinal, indicator = figure.quarter.ordinal, indicator_of(smartfin, figure.name)
    if ordinal not in table.index:
        return None
    if indicator is None:
        return item_explanation(table, figure.name.removeprefix(ITEM), ordinal)
    judged = smartfin.settings
    family = {each.code: each for each in indicators_at(judged.level, judged.deadline)}
    in_euro = exchange is not None and indicator.unit is Unit.CURRENCY
    shown = euro_table(table, exchange) if exchange and in_euro else table
    return explanation(indicator, family, shown, ordinal)


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
