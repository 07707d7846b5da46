"""What changed between two days: figures restated, withdrawn or new, each with its cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from smartfin.facts import Scenario
from smartfin.store.schema import FOREVER, validity
from smartfin.store.validity import Basis, Figure, agree


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """A figure that stands otherwise on the later day than on the earlier one.

    Args:
        partner: Code of the partner.
        item: Code of the line item.
        quarter: ``2022-Q4``, or ``START/END`` for a flow over another span.
        scenario: Actual, budget or forecast.
        old: Amount on the earlier day; None for a new figure.
        new: Amount on the later day; None for one that stands no more.
        unit: Of the newer amount: ISO currency code, or count, fte, percent, days, hours.
        at: When the newer state became known (UTC).
        submission: Number of the submission whose figure stands on the later day; None for
            a figure that stands no more.
        replaced: Number of the submission whose figure stood on the earlier day, else None.
    """

    partner: str
    item: str
    quarter: str
    scenario: Scenario
    old: float | None
    new: float | None
    unit: str
    at: datetime
    submission: int | None
    replaced: int | None


def changes_between(
    connection: Connection,
    since: datetime,
    until: datetime | None,
    partner: str | None,
    basis: Basis,
) -> tuple[PartnerChange, ...]:
    """What differs between two moments, by partner, scenario, span and item.

    Figures that changed in between and are back to what they were are not among them.
    """
    before = _standing(connection, since, until, partner, basis, on=since)
    after = _standing(connection, since, until, partner, basis, on=until or FOREVER)
    changes = (
        _change(key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
    )
    return tuple(each for each in changes if each is not None)


Place = tuple[str, str, str, str]
Standing = tuple[Figure, int, datetime, datetime]


def _standing(
    connection: Connection,
    since: datetime,
    until: datetime | None,
    partner: str | None,
    basis: Basis,
    on: datetime,
) -> dict[Place, Standing]:
    """What stood on one of the moments, of the figures that began or ended in between."""
    query = select(validity).where(
        validity.c.basis == basis.value,
        or_(
            _within(validity.c.known_from, since, until), _within(validity.c.known_to, since, until)
        ),
        validity.c.known_from <= on,
        or_(validity.c.known_to > on, validity.c.known_to == FOREVER),
    )
    if partner is not None:
        query = query.where(validity.c.partner == partner)
    return {
        (row.partner, row.scenario, row.span, row.item): (
            Figure(row.amount, row.unit, row.synthetic),
            row.submission,
            row.known_from,
            row.known_to,
        )
        for row in connection.execute(query)
    }


def _within(
    moment: ColumnElement[datetime], since: datetime, until: datetime | None
) -> ColumnElement[bool]:
    if until is None:
        return and_(moment > since, moment < FOREVER)
    return and_(moment > since, moment <= until)


def _change(place: Place, before: Standing | None, after: Standing | None) -> PartnerChange | None:
    """The difference between two states of a figure; None when there is none."""
    if before and after and agree(before[0], after[0]):
        return None
    partner, scenario, span, item = place
    newer = after or before
    if newer is None:
        return None
    return PartnerChange(
        partner=partner,
        item=item,
        quarter=span,
        scenario=Scenario(scenario),
        old=before[0].amount if before else None,
        new=after[0].amount if after else None,
        unit=newer[0].unit,
        at=after[2] if after else newer[3],
        submission=after[1] if after else None,
        replaced=before[1] if before else None,
    )
