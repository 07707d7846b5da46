"""What group finance's list of support says of a partner, in euro."""

from __future__ import annotations

from datetime import datetime

from smartfin.errors import InputError
from smartfin.facts import LedgerFact
from smartfin.items import Nature
from smartfin.measure import Measure, Reason, undefined
from smartfin.money import EURO
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment
from smartfin.services.start import Smartfin
from smartfin.services.support.books import COMPARED, known_facts
from smartfin.services.support.together import Known
from smartfin.store import Basis
from smartfin.support import PAID, Kind, group_unit, partner_of

PAID_IN_YEAR = "paid"
"""What the list says was paid in the year so far."""

_GUARANTEES = Kind.GUARANTEE.item


def listed_facts(
    smartfin: Smartfin,
    partner: str,
    moment: datetime | None,
    basis: Basis,
    *,
    synthetic: bool,
) -> Known:
    """What group finance's list says of a partner, by item and quarter; one kind of data only."""
    unit = group_unit(partner)
    if not smartfin.ledger.revision(unit):
        return {}
    return known_facts(smartfin.ledger.facts(unit, moment, basis=basis), synthetic=synthetic)


def listed_euro(smartfin: Smartfin, known: LedgerFact) -> float | None:
    """An amount of the list in euro, a stock at the closing rate; None without a rate."""
    rate = listed_rate(smartfin, known)
    return None if rate is None else known.fact.amount / rate


def listed_rate(smartfin: Smartfin, known: LedgerFact) -> float | None:
    """What a euro was worth in the money of an amount of the list; None without a rate."""
    fact = known.fact
    if fact.quarter is None:
        return None
    stock = smartfin.items[fact.item].nature is Nature.STOCK
    return (smartfin.rates.close if stock else smartfin.rates.mean)(fact.unit, fact.quarter)


def listed_rows(
    smartfin: Smartfin, assessment: Assessment, unit: str, code: str, quarter: Quarter
) -> tuple[tuple[int, LedgerFact], ...]:
    """The rows of the list that a figure adds up, newest first, each with its sign.

    Args:
        smartfin: Opened.
        assessment: Whose knowledge counts.
        unit: ``GROUP-ES``.
        code: ``paid`` for the year up to the quarter, a line item compared with the books, or
            guarantees: what was last stated by the quarter.
        quarter: Of the figure.

    Raises:
        InputError: ``partner-unknown`` or ``figure-unknown``.
    """
    partner = find_partner(smartfin.partners, partner_of(unit)).code
    kind = assessment.case(partner).synthetic
    moment, basis = assessment.moment, assessment.basis
    listed = listed_facts(smartfin, partner, moment, basis, synthetic=kind)
    signs = _signs(code)
    places = sorted((key for key in listed if key[0] in signs), key=lambda key: key[1])
    if code == PAID_IN_YEAR:
        chosen = [key for key in places if Quarter(quarter.year, 1) <= key[1] <= quarter]
    elif code == _GUARANTEES:
        chosen = [key for key in places if key[1] <= quarter][-1:]
    else:
        chosen = [key for key in places if key[1] == quarter]
    return tuple((signs[key[0]], listed[key]) for key in reversed(chosen))


def listed_measure(
    smartfin: Smartfin, assessment: Assessment, unit: str, code: str, quarter: Quarter
) -> Measure:
    """Those rows added up [EUR]; undefined where the list says nothing."""
    total = 0.0
    rows = listed_rows(smartfin, assessment, unit, code, quarter)
    for sign, each in rows:
        euro = listed_euro(smartfin, each)
        if euro is None:
            missing = {"currency": each.fact.unit, "quarter": each.fact.quarter}
            return undefined(EURO, Reason.RATE_MISSING, **missing)
        total += sign * euro
    return Measure(total, EURO) if rows else undefined(EURO, Reason.NOTHING_KNOWN)


def _signs(code: str) -> dict[str, int]:
    """The items of the list a figure adds up, with their signs."""
    if code == PAID_IN_YEAR:
        return dict(PAID)
    if code == _GUARANTEES:
        return {_GUARANTEES: 1}
    for line in COMPARED:
        if line.item == code:
            return dict(line.listed)
    raise InputError("figure-unknown", figure=code)
