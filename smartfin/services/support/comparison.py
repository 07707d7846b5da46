"""Books and group finance's list of one partner held against each other, up to a quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from smartfin.facts import LedgerFact
from smartfin.measure import Measure
from smartfin.partner import Partner
from smartfin.services.assessment import Assessment, Case
from smartfin.services.start import Smartfin
from smartfin.services.support.books import Comparison, Difference, compared, known_facts
from smartfin.services.support.together import Known, books_of
from smartfin.store import Basis
from smartfin.support import group_unit


def support_comparison(smartfin: Smartfin, case: Case, assessment: Assessment) -> Comparison:
    """A partner's books and group finance's list up to its newest quarter, oldest first."""
    newest = case.quarter
    if newest is None:
        return Comparison()
    moment, basis = assessment.moment, assessment.basis
    whole = _compared(smartfin, smartfin.ledger.figures_revision(), case.partner, moment, basis)
    return Comparison(
        tuple(each for each in whole.differences if each.quarter <= newest),
        frozenset(each for each in whole.quarters if each <= newest),
    )


@lru_cache(maxsize=64)
def _compared(
    smartfin: Smartfin, _revision: int, partner: Partner, moment: datetime | None, basis: Basis
) -> Comparison:
    """Once for each state of the ledger: reading all facts of a partner takes its time."""
    ledger = smartfin.ledger
    if not ledger.revision(group_unit(partner.code)):
        return Comparison()
    listed = ledger.facts(group_unit(partner.code), moment, basis=basis)
    books = {unit.code: ledger.facts(unit.code, moment, basis=basis) for unit in partner.units}
    held = [
        compared(
            partner,
            books_of(partner, _of_kind(books, synthetic), smartfin.items),
            known_facts(listed, synthetic=synthetic),
            smartfin.rates,
        )
        for synthetic in (False, True)
    ]
    return Comparison(
        tuple(one for each in held for one in each.differences),
        frozenset(quarter for each in held for quarter in each.quarters),
    )


def _of_kind(books: Mapping[str, Iterable[LedgerFact]], synthetic: bool) -> dict[str, Known]:
    return {unit: known_facts(facts, synthetic=synthetic) for unit, facts in books.items()}


def difference_amount(each: Difference) -> Measure:
    """What the list says less what the books say [local currency]."""
    return Measure(each.listed.amount - each.books.amount, each.partner.currency)
