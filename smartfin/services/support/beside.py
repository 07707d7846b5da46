"""What a workbook on its way in says otherwise than the other side: books or list of support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from smartfin.facts import Fact, LedgerFact
from smartfin.findings import Finding, FindingCode, Severity
from smartfin.ingest import Reading, ReadingContext
from smartfin.items import Items
from smartfin.money import Rates
from smartfin.partner import Partner
from smartfin.services.support.books import Difference, compared, known_facts
from smartfin.services.support.together import Known, books_of
from smartfin.store import Ledger
from smartfin.support import group_unit, is_of_group, partner_of

_NEVER = datetime.min.replace(tzinfo=UTC)


def read_beside_support(
    reading: Reading, context: ReadingContext, ledger: Ledger | None, rates: Rates | None
) -> Reading:
    """A reading with what it says otherwise than the other side, books or list.

    Made-up figures are held against made-up ones only. What a legal entity hands in is looked
    at together with the books of the partner's others.

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
        code = partner_of(unit) if of_list else unit
        if code not in partners:
            continue
        partner = partners[partners[code].entity_of or code]
        beside = _Beside(partner, unit, context.items, ledger, synthetic=reading.synthetic)
        found += beside.findings([_as_known(fact, unit, reading) for fact in facts], rates)
    if not found:
        return reading
    order = list(Severity)
    findings = sorted((*reading.findings, *found), key=lambda each: order.index(each.severity))
    return replace(reading, findings=tuple(findings))


class _Beside:
    """What the ledger says of a partner's support beside what one unit hands in.

    Args:
        partner: Whose support.
        unit: Who hands in: the partner, an entity of it, or group finance, ``GROUP-ES``.
        items: The chart of line items.
        ledger: Where both sides stand.
        synthetic: Whether made-up figures are looked at, or real ones.
    """

    def __init__(
        self, partner: Partner, unit: str, items: Items, ledger: Ledger, *, synthetic: bool
    ) -> None:
        self._partner, self._unit, self._items = partner, unit, items
        self._ledger, self._synthetic = ledger, synthetic
        self._of_list = is_of_group(unit)

    def findings(self, facts: Iterable[LedgerFact], rates: Rates | None) -> Iterator[Finding]:
        """What new facts of the unit say otherwise than the other side."""
        books = [unit.code for unit in self._partner.units]
        listed = group_unit(self._partner.code)
        others = books if self._of_list else [listed]
        if not any(map(self._ledger.revision, others)):
            return
        before = {code: self._known(code) for code in (*books, listed)}
        new = known_facts(facts, synthetic=self._synthetic)
        after = {**before, self._unit: {**before[self._unit], **new}}
        then = books_of(self._partner, before, self._items)
        now = books_of(self._partner, after, self._items)
        quarters = {quarter for _, quarter in new}
        told = compared(self._partner, now, after[listed], rates, quarters)
        for each in told.differences:
            # Books of the last entity make a quarter whole, and what another one states of it.
            first_seen = not self._of_list and each.quarter not in then.quarters
            finding = _finding(each, of_list=self._of_list, first_seen=first_seen)
            if finding is not None:
                yield finding

    def _known(self, code: str) -> Known:
        return known_facts(self._ledger.facts(code), synthetic=self._synthetic)


def _as_known(fact: Fact, unit: str, reading: Reading) -> LedgerFact:
    """A fact that is not in the ledger yet, as one that is."""
    return LedgerFact(fact, unit, 0, "", _NEVER, "", reading.synthetic)


def _finding(difference: Difference, *, of_list: bool, first_seen: bool) -> Finding | None:
    """What is told of a difference to who hands in one side; None where that was told before."""
    sides = (difference.listed, difference.books)
    mine, other = sides if of_list else sides[::-1]
    here = next((each for each in mine.facts if not each.submission), None)
    there = other.first
    facts: dict[str, object] = {
        "partner": difference.partner.code,
        "item": difference.item,
        "quarter": str(difference.quarter),
        "unit": difference.partner.currency,
        **mine.quoted("amount", difference.partner.currency),
        **other.quoted("other_amount", difference.partner.currency),
        "side": "books" if of_list else "list",
        "file": there.file if there else "",
        "place": f"{there.fact.sheet}!{there.fact.cell}" if there else "",
    }
    if not mine.facts:
        return Finding(FindingCode.SUPPORT_ABSENT, facts=facts)
    if here is None and not first_seen:  # none of it is new
        return None
    code = FindingCode.SUPPORT_DIFFERS if there else FindingCode.SUPPORT_UNMATCHED
    if here is None:
        return Finding(code, facts=facts)
    return Finding(code, here.fact.sheet, here.fact.cell, facts)
