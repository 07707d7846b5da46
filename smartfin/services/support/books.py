"""Group finance's list of support held against the partner's own books.

Both state what the group gave in a quarter, each from its side; where they differ beyond
rounding, both are told, with the cell of the other (docs/metrics.md#support-list).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from smartfin.facts import Fact, LedgerFact, Scenario
from smartfin.money import EURO, Rates
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.support.together import Books, Known, Place
from smartfin.support import SERVICES, Kind

TOLERANCE = 0.01
"""Share of the larger amount by which both sides may differ [fraction, house value]."""

TOLERANCE_CONVERTED = 0.05
"""The same where the two sides are in different currencies: a bank's rate is not the mean."""

SMALLEST = 100.0
"""Differences up to this are rounding [local currency, house value]."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the books beside what the list says of it.

    Args:
        item: Line item of the books.
        listed: What the list says of it, as a signed sum of items.
        complete: Whether silence means that nothing was given; else it says nothing.
        stock: Whether it is of the quarter's end.
    """

    item: str
    listed: Mapping[str, int]
    complete: bool
    stock: bool = False


# In the books a waiver is part of the contribution, and a repayment lowers the loans drawn.
COMPARED = (
    Compared(
        Kind.CONTRIBUTION.item, {Kind.CONTRIBUTION.item: 1, Kind.WAIVER.item: 1}, complete=True
    ),
    Compared(Kind.CAPITAL.item, {Kind.CAPITAL.item: 1}, complete=True),
    Compared(
        Kind.LOAN_DRAWN.item, {Kind.LOAN_DRAWN.item: 1, Kind.LOAN_REPAID.item: -1}, complete=True
    ),
    Compared(Kind.LOAN_BALANCE.item, {Kind.LOAN_BALANCE.item: 1}, complete=False, stock=True),
    Compared(SERVICES, {SERVICES: 1}, complete=False),
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of one line in one quarter.

    Args:
        amount: Signed sum of its facts, in local currency; 0 where it says nothing.
        facts: What it says; none where it is silent.
        converted: Whether any of them was in another currency.
        stated: The sum as stated and its currency; None where its facts are in several.
    """

    amount: float
    facts: tuple[LedgerFact, ...]
    converted: bool
    stated: tuple[float, str] | None = None

    def quoted(self, name: str, currency: str) -> dict[str, object]:
        """The amount as a finding quotes it, in the currency of its cells where they have one."""
        stated = self.stated or (self.amount, currency)
        return quoted(name, *stated, self.amount, currency)

    @property
    def first(self) -> LedgerFact | None:
        """The fact to be pointed at."""
        return self.facts[0] if self.facts else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where books and list differ.

    Args:
        partner: Whose.
        item: Line item of the books.
        quarter: When.
        books: What the partner says.
        listed: What group finance says.
    """

    partner: Partner
    item: str
    quarter: Quarter
    books: Side
    listed: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """Books and list held against each other.

    Args:
        differences: Where they differ, by quarter and line.
        quarters: Quarters in which an amount of either could be held against the other side.
    """

    differences: tuple[Difference, ...] = ()
    quarters: frozenset[Quarter] = frozenset()


def compared(
    partner: Partner,
    books: Books,
    listed: Known,
    rates: Rates | None,
    within: Collection[Quarter] | None = None,
) -> Comparison:
    """A partner's books held against group finance's list of it, by quarter and line.

    Looked at are the quarters that the books report and that lie within the list's own.

    Args:
        partner: Whose.
        books: What its books say, or those of its legal entities together.
        listed: Actual facts of the list, by item and quarter.
        rates: Units of currency per euro; None to leave amounts of another currency be.
        within: The only quarters wanted; None for all.
    """
    named = {quarter for _, quarter in listed}
    if not named:
        return Comparison()
    reported = sorted(quarter for quarter in books.quarters if min(named) <= quarter <= max(named))
    stated = {place: (fact,) for place, fact in listed.items()}
    found, held = [], set()
    for quarter in reported:
        if within is not None and quarter not in within:
            continue
        for line in COMPARED:
            if (line.item, quarter) in books.unknown:
                continue
            mine = _side({line.item: 1}, line, quarter, books.facts, partner.currency, rates)
            theirs = _side(line.listed, line, quarter, stated, partner.currency, rates)
            if mine is None or theirs is None or not _both_speak(line, mine, theirs):
                continue
            if mine.facts or theirs.facts:
                held.add(quarter)
            if _differ(mine, theirs):
                found.append(Difference(partner, line.item, quarter, mine, theirs))
    return Comparison(tuple(found), frozenset(held))


def _side(
    terms: Mapping[str, int],
    line: Compared,
    quarter: Quarter,
    known: Mapping[Place, tuple[LedgerFact, ...]],
    currency: str,
    rates: Rates | None,
) -> Side | None:
    """What one side says; None where an amount cannot be had in the partner's currency."""
    facts = [
        (sign, fact) for item, sign in terms.items() for fact in known.get((item, quarter), ())
    ]
    amount, converted = 0.0, False
    for sign, each in facts:
        local = in_local(each.fact, currency, rates, stock=line.stock)
        if local is None:
            return None
        amount += sign * local
        converted = converted or each.fact.unit != currency
    units = {each.fact.unit for _, each in facts}
    total = sum(sign * each.fact.amount for sign, each in facts)
    stated = (total, units.pop()) if len(units) == 1 else None
    return Side(amount, tuple(each for _, each in facts), converted, stated)


def in_local(fact: Fact, currency: str, rates: Rates | None, *, stock: bool) -> float | None:
    """An amount of euro or of the partner's currency in the latter; None without a rate."""
    if fact.unit == currency:
        return fact.amount
    if rates is None or fact.unit != EURO or fact.quarter is None:
        return None
    rate = (rates.close if stock else rates.mean)(currency, fact.quarter)
    return None if rate is None else fact.amount * rate


def quoted(name: str, amount: float, unit: str, local: float, currency: str) -> dict[str, object]:
    """An amount as a finding quotes it: as its cell states it, beside it what it is converted.

    Args:
        name: Of the fact.
        amount: As stated.
        unit: Currency of it.
        local: The same in the partner's currency.
        currency: The partner's, the ``unit`` of the finding.
    """
    if unit == currency:
        return {name: amount}
    return {name: amount, f"{name}_unit": unit, f"{name}_converted": local}


def _both_speak(line: Compared, books: Side, listed: Side) -> bool:
    return line.complete or bool(books.facts and listed.facts)


def _differ(books: Side, listed: Side) -> bool:
    share = TOLERANCE_CONVERTED if books.converted or listed.converted else TOLERANCE
    larger = max(abs(books.amount), abs(listed.amount))
    return abs(books.amount - listed.amount) > max(SMALLEST, share * larger)


def known_facts(facts: Iterable[LedgerFact], *, synthetic: bool) -> Known:
    """Actual facts of quarters, made up or real, by item and quarter."""
    return {
        (each.fact.item, each.fact.quarter): each
        for each in facts
        if each.fact.quarter
        and each.fact.scenario is Scenario.ACTUAL
        and each.synthetic == synthetic
    }
