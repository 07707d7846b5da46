"""The amounts at the bottom of a figure, each with the fact it was read from and its rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smartfin.analysis.compare import Exchange
from smartfin.analysis.explain import Input
from smartfin.facts import LedgerFact
from smartfin.items import Nature
from smartfin.measure import Unit
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.provenance.entity_facts import EntityFacts
from smartfin.services.start import Smartfin


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


def all_used(
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
