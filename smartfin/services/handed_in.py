"""The newest quarter of each partner that is in: combined, or from all of its legal entities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.store import Basis, Delivery

InHand = Mapping[str, Mapping[Quarter, Delivery]]
"""Every quarter that each legal entity has delivered, by its unit code."""


def newest_deliveries(
    smartfin: Smartfin, moment: datetime | None, basis: Basis = Basis.ACCEPTED
) -> dict[str, Delivery]:
    """What each partner has delivered last; who never delivered anything is not in it.

    A partner of several entities has delivered a quarter when its combined workbook is in, or
    those of all entities that existed in it.

    Args:
        smartfin: Opened.
        moment: Whose knowledge counts; None for all that is known.
        basis: Which figures count.
    """
    required = smartfin.items.required
    combined = smartfin.ledger.deliveries(moment, required, basis, smartfin.codes)
    own = {each.partner: each for each in combined}
    units = _of_entities(smartfin, smartfin.partners, moment, basis)
    found = {each.code: newest(each, own.get(each.code), units) for each in smartfin.partners}
    return {code: delivery for code, delivery in found.items() if delivery is not None}


def missing_entities(
    smartfin: Smartfin,
    partner: Partner,
    quarter: Quarter,
    moment: datetime | None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[str, ...]:
    """Unit codes of a partner's entities whose books of a quarter are not in."""
    units = _of_entities(smartfin, [partner], moment, basis)
    return tuple(code for code in _needed(partner, quarter) if not _has(units, code, quarter))


def delivered_in(
    smartfin: Smartfin, quarter: Quarter, moment: datetime | None, basis: Basis = Basis.ACCEPTED
) -> frozenset[str]:
    """Codes of the partners whose figures of one quarter are in."""
    units = _every(smartfin, smartfin.unit_codes, moment, basis)
    return frozenset(
        partner.code
        for partner in smartfin.partners
        if _has(units, partner.code, quarter) or _all_have(partner, units, quarter)
    )


def newest(partner: Partner, own: Delivery | None, units: InHand) -> Delivery | None:
    """The newest quarter delivered: combined, or by every entity that existed in that quarter.

    Args:
        partner: Whose.
        own: The newest of its combined workbooks; None without any.
        units: What its entities have delivered.

    Returns:
        The later quarter of both; of the same, what came first. None where neither is in.
    """
    found = [each for each in (own, _of_all_entities(partner, units)) if each is not None]
    return min(found, key=lambda each: (-each.quarter.ordinal, each.at), default=None)


def _of_entities(
    smartfin: Smartfin, partners: Iterable[Partner], moment: datetime | None, basis: Basis
) -> InHand:
    codes = [unit.code for each in partners for unit in each.units if unit.entity_of]
    return _every(smartfin, codes, moment, basis) if codes else {}


def _every(
    smartfin: Smartfin, codes: Collection[str], moment: datetime | None, basis: Basis
) -> InHand:
    found: dict[str, dict[Quarter, Delivery]] = {}
    required = smartfin.items.required
    for each in smartfin.ledger.deliveries(moment, required, basis, codes, every=True):
        found.setdefault(each.partner, {})[each.quarter] = each
    return found


def _of_all_entities(partner: Partner, units: InHand) -> Delivery | None:
    """The newest quarter of which every entity that existed in it has handed in its books.

    Each quarter is looked at alone: a later one that is in says nothing of an earlier one.
    """
    codes = [partner.unit(entity) for entity in partner.entities]
    quarters = {quarter for code in codes for quarter in units.get(code, {})}
    for quarter in sorted(quarters, reverse=True):
        if _all_have(partner, units, quarter):
            there = (units[code][quarter] for code in _needed(partner, quarter))
            last = max(there, key=lambda each: each.at)
            return Delivery(partner.code, quarter, last.at, last.submission)
    return None


def _needed(partner: Partner, quarter: Quarter) -> tuple[str, ...]:
    """Unit codes of the entities that existed in a quarter."""
    return tuple(partner.unit(each) for each in partner.entities if each.existed_in(quarter))


def _all_have(partner: Partner, units: InHand, quarter: Quarter) -> bool:
    needed = _needed(partner, quarter)
    return bool(needed) and all(_has(units, code, quarter) for code in needed)


def _has(units: InHand, code: str, quarter: Quarter) -> bool:
    return quarter in units.get(code, {})
