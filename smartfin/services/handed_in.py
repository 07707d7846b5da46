"""The newest quarter of each partner that is in: combined, or from all of its legal entities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.store import Basis, Delivery


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
    units = _of_units(smartfin, moment, basis)
    found = {partner.code: _newest(partner, units) for partner in smartfin.partners}
    return {code: delivery for code, delivery in found.items() if delivery is not None}


def missing_entities(
    smartfin: Smartfin,
    partner: Partner,
    quarter: Quarter,
    moment: datetime | None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[str, ...]:
    """Unit codes of a partner's entities whose books of a quarter are not in."""
    units = _of_units(smartfin, moment, basis) if partner.entities else {}
    return tuple(
        partner.unit(entity)
        for entity in partner.entities
        if entity.existed_in(quarter) and not _reaches(units, partner.unit(entity), quarter)
    )


def _of_units(smartfin: Smartfin, moment: datetime | None, basis: Basis) -> Mapping[str, Delivery]:
    required = smartfin.items.required
    deliveries = smartfin.ledger.deliveries(moment, required, basis, smartfin.unit_codes)
    return {each.partner: each for each in deliveries}


def _newest(partner: Partner, units: Mapping[str, Delivery]) -> Delivery | None:
    """The later of its combined workbook and its entities' books; of the same, what came first."""
    own, theirs = units.get(partner.code), _of_entities(partner, units)
    found = [each for each in (own, theirs) if each is not None]
    return min(found, key=lambda each: (-each.quarter.ordinal, each.at), default=None)


def _of_entities(partner: Partner, units: Mapping[str, Delivery]) -> Delivery | None:
    """The newest quarter that every entity which existed in it has reached, once the last came."""
    codes = [partner.unit(entity) for entity in partner.entities]
    reached = sorted({units[code].quarter for code in codes if code in units}, reverse=True)
    for quarter in reached:
        needed = [partner.unit(each) for each in partner.entities if each.existed_in(quarter)]
        if needed and all(_reaches(units, code, quarter) for code in needed):
            last = max(
                (units[code] for code in needed if units[code].quarter == quarter),
                key=lambda each: each.at,
                default=None,
            )
            if last is not None:
                return Delivery(partner.code, quarter, last.at, last.submission)
    return None


def _reaches(units: Mapping[str, Delivery], code: str, quarter: Quarter) -> bool:
    return code in units and units[code].quarter >= quarter
