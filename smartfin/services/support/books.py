"""Group finance's list of support held against the partner's own books.

Both state what the group gave in a quarter, each from its side; where they differ beyond
rounding, both are told, with the cell of the other (docs/metrics.md#support-list).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from smartfin.facts import Fact, LedgerFact, Scenario
from smartfin.findings import Finding, FindingCode, Severity
from smartfin.ingest import Reading, ReadingContext
from smartfin.money import EURO, Rates
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.store import Ledger
from smartfin.support import SERVICES, Kind, group_unit, is_of_group, partner_of

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
    """

    amount: float
    facts: tuple[LedgerFact, ...]
    converted: bool

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


_NEVER = datetime.min.replace(tzinfo=UTC)

Known = Mapping[tuple[str, Quarter], LedgerFact]


def differences(
    partner: Partner,
    books: Known,
    listed: Known,
    rates: Rates | None,
    within: Collection[Quarter] | None = None,
) -> tuple[Difference, ...]:
    """Where a partner's books and group finance's list of it differ, by quarter and line.

    Looked at are the quarters that the books report and that lie within the list's own.

    Args:
        partner: Whose.
        books: Actual facts of its books, by item and quarter.
        listed: The same of the list.
        rates: Units of currency per euro; None to leave amounts of another currency be.
        within: The only quarters wanted; None for all.
    """
    named = {quarter for _, quarter in listed}
    if not named:
        return ()
    reported = sorted({q for _, q in books if min(named) <= q <= max(named)})
    wanted = [quarter for quarter in reported if within is None or quarter in within]
    found = []
    for quarter in wanted:
        for line in COMPARED:
            mine = _side({line.item: 1}, line, quarter, books, partner.currency, rates)
            theirs = _side(line.listed, line, quarter, listed, partner.currency, rates)
            if mine is None or theirs is None or not _both_speak(line, mine, theirs):
                continue
            if _differ(mine, theirs):
                found.append(Difference(partner, line.item, quarter, mine, theirs))
    return tuple(found)


def _side(
    terms: Mapping[str, int],
    line: Compared,
    quarter: Quarter,
    known: Known,
    currency: str,
    rates: Rates | None,
) -> Side | None:
    """What one side says; None where an amount cannot be had in the partner's currency."""
    facts = [
        (sign, known[item, quarter]) for item, sign in terms.items() if (item, quarter) in known
    ]
    amount, converted = 0.0, False
    for sign, each in facts:
        local = in_local(each.fact, currency, rates, stock=line.stock)
        if local is None:
            return None
        amount += sign * local
        converted = converted or each.fact.unit != currency
    return Side(amount, tuple(each for _, each in facts), converted)


def in_local(fact: Fact, currency: str, rates: Rates | None, *, stock: bool) -> float | None:
    """An amount of euro or of the partner's currency in the latter; None without a rate."""
    if fact.unit == currency:
        return fact.amount
    if rates is None or fact.unit != EURO or fact.quarter is None:
        return None
    rate = (rates.close if stock else rates.mean)(currency, fact.quarter)
    return None if rate is None else fact.amount * rate


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


def read_beside_support(
    reading: Reading, context: ReadingContext, ledger: Ledger | None, rates: Rates | None
) -> Reading:
    """A reading with what it says otherwise than the other side, books or list.

    Made-up figures are held against made-up ones only.

    Args:
        reading: Of a partner's workbook, or of group finance's list.
        context: With the partners.
        ledger: Where the other side stands; None to look at nothing but the workbook.
        rates: Units of currency per euro; None to leave amounts of another currency be.
    """
    if ledger is None or reading.partner is None or not reading.facts:
        return reading
    of_list = is_of_group(reading.partner)
    partners = {unit.code: unit for unit in context.partners}
    found: list[Finding] = []
    for unit, facts in reading.by_unit.items():
        partner = partner_of(unit) if of_list else unit
        other = partner if of_list else group_unit(partner)
        if partner not in partners or not ledger.revision(other):
            continue
        kind = reading.synthetic
        new = known_facts((_as_known(fact, unit, reading) for fact in facts), synthetic=kind)
        here = {**known_facts(ledger.facts(unit), synthetic=kind), **new}
        there = known_facts(ledger.facts(other), synthetic=kind)
        books, listed = (there, here) if of_list else (here, there)
        quarters = {quarter for _, quarter in new}
        told = differences(partners[partner], books, listed, rates, quarters)
        made = (_finding(each, of_list=of_list) for each in told)
        found += (finding for finding in made if finding is not None)
    if not found:
        return reading
    order = list(Severity)
    findings = sorted((*reading.findings, *found), key=lambda each: order.index(each.severity))
    return replace(reading, findings=tuple(findings))


def _as_known(fact: Fact, unit: str, reading: Reading) -> LedgerFact:
    """A fact that is not in the ledger yet, as one that is."""
    return LedgerFact(fact, unit, 0, "", _NEVER, "", reading.synthetic)


def _finding(difference: Difference, *, of_list: bool) -> Finding | None:
    """What is told of a difference to who hands in one side; None where that was told before."""
    sides = (difference.listed, difference.books)
    mine, other = sides if of_list else sides[::-1]
    here, there = mine.first, other.first
    facts: dict[str, object] = {
        "partner": difference.partner.code,
        "item": difference.item,
        "quarter": str(difference.quarter),
        "unit": difference.partner.currency,
        "amount": mine.amount,
        "other_amount": other.amount,
        "side": "books" if of_list else "list",
        "file": there.file if there else "",
        "place": f"{there.fact.sheet}!{there.fact.cell}" if there else "",
    }
    if here is None:
        return Finding(FindingCode.SUPPORT_ABSENT, facts=facts)
    if all(each.submission for each in mine.facts):  # none of it is new
        return None
    code = FindingCode.SUPPORT_DIFFERS if there else FindingCode.SUPPORT_UNMATCHED
    return Finding(code, here.fact.sheet, here.fact.cell, facts)
