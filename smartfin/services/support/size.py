"""Amounts of group finance's list beside all that is known of the partner: one too large is told.

A slip rarely misses by a little: three zeros more are far beyond anything a partner ever had
(docs/metrics.md#support-list).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from smartfin.facts import Fact, Scenario
from smartfin.findings import VALUE, Finding, FindingCode, Severity
from smartfin.ingest import Reading, ReadingContext
from smartfin.items import Items, Nature
from smartfin.money import EURO, Rates
from smartfin.partner import Partner
from smartfin.services.support.books import in_local, quoted
from smartfin.store import Ledger
from smartfin.support import PAID, is_of_group, partner_of

LARGE = 10.0
"""Times the largest amount known beyond which an amount is warned of [number, house value]."""


def read_beside_sizes(
    reading: Reading, context: ReadingContext, ledger: Ledger | None, rates: Rates | None
) -> Reading:
    """A reading of group finance's list with the amounts that are far too large for the partner.

    Made-up figures are held against made-up ones only. Of a partner of which nothing is known,
    each amount is held against the others of the same list, and against what was voted.

    Args:
        reading: Of the list; of a partner's workbook nothing is said here.
        context: With line items and partners.
        ledger: Where books and earlier lists stand; None to look at nothing but the list.
        rates: Units of currency per euro; None to leave amounts of another currency be.
    """
    if reading.partner is None or not is_of_group(reading.partner):
        return reading
    found = _findings(reading, context, ledger, rates)
    order = list(Severity)
    findings = sorted((*reading.findings, *found), key=lambda each: order.index(each.severity))
    return replace(reading, findings=tuple(findings))


def _findings(
    reading: Reading, context: ReadingContext, ledger: Ledger | None, rates: Rates | None
) -> Iterator[Finding]:
    partners = {unit.code: unit for unit in context.partners}
    for unit, facts in reading.by_unit.items():
        partner = partners.get(partner_of(unit))
        if partner is None:
            continue
        known = _known(unit, partner, context, ledger, synthetic=reading.synthetic)
        largest = max(_sizes(known, partner, context.items, rates), default=0.0)
        voted = 0.0 if largest else _voted(partner, context)
        for place, fact in enumerate(facts):
            others = (*facts[:place], *facts[place + 1 :])
            beside = largest or max(_sizes(others, partner, context.items, rates), default=0.0)
            found = _too_large(fact, partner, beside, context.items, rates)
            found = found or _beyond_votes(fact, partner, voted, context.items, rates)
            if found is not None:
                yield found


def _voted(partner: Partner, context: ReadingContext) -> float:
    """All support voted for a partner; without votes, that of all partners together [EUR]."""
    return sum(vote.eur for vote in partner.support) or context.envelope or 0.0


def _known(
    unit: str, partner: Partner, context: ReadingContext, ledger: Ledger | None, *, synthetic: bool
) -> Iterator[Fact]:
    """What the ledger holds of a partner, of its legal entities, and of its part of the list."""
    if ledger is None:
        return
    entities = (each.code for each in context.partners if each.entity_of == partner.code)
    for code in (unit, partner.code, *entities):
        for each in ledger.facts(code):
            if each.synthetic == synthetic and each.fact.scenario is Scenario.ACTUAL:
                yield each.fact


def _sizes(
    facts: Iterable[Fact], partner: Partner, items: Items, rates: Rates | None
) -> Iterator[float]:
    """How large each amount of the partner's own money is [local currency]."""
    for fact in facts:
        item = items.get(fact.item)
        if item is None or item.unit != "currency" or item.pass_through:
            continue
        size = _size(fact, partner, items, rates)
        if size is not None:
            yield size


def _size(fact: Fact, partner: Partner, items: Items, rates: Rates | None) -> float | None:
    stock = items[fact.item].nature is Nature.STOCK
    amount = in_local(fact, partner.currency, rates, stock=stock)
    return None if amount is None else abs(amount)


def _too_large(
    fact: Fact, partner: Partner, beside: float, items: Items, rates: Rates | None
) -> Finding | None:
    """That an amount is far beyond the largest other one [local currency; 0 where none is]."""
    size = _size(fact, partner, items, rates)
    if size is None or not beside or size <= LARGE * beside:
        return None
    told = {
        **_said(fact, partner),
        **quoted(VALUE, fact.amount, fact.unit, size, partner.currency),
        "unit": partner.currency,
        "other_amount": beside,
    }
    return Finding(FindingCode.LIST_AMOUNT_LARGE, fact.sheet, fact.cell, told)


def _beyond_votes(
    fact: Fact, partner: Partner, voted: float, items: Items, rates: Rates | None
) -> Finding | None:
    """That an amount is more than all that was voted [EUR; 0 where that says nothing].

    A vote is paid in cash: what stood before it, such as loans, may be more, but not far.
    """
    stock = items[fact.item].nature is Nature.STOCK
    limit = in_local(replace(fact, amount=voted, unit=EURO), fact.unit, rates, stock=stock)
    times = 1.0 if fact.item in PAID else LARGE
    if not limit or abs(fact.amount) <= times * limit:
        return None
    told = {
        **_said(fact, partner),
        VALUE: fact.amount,
        "unit": fact.unit,
        **quoted("other_amount", voted, EURO, limit, fact.unit),
    }
    return Finding(FindingCode.LIST_AMOUNT_UNVOTED, fact.sheet, fact.cell, told)


def _said(fact: Fact, partner: Partner) -> dict[str, object]:
    return {"item": fact.item, "partner": partner.code, "quarter": str(fact.quarter)}
