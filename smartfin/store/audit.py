"""What auditors changed: figures as the books had them before, beside those that are audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, select

from smartfin.facts import Scenario, Stage
from smartfin.quarter import Quarter
from smartfin.store.schema import submission, validity
from smartfin.store.standing import WITHDRAWAL, decided
from smartfin.store.validity import Basis, Figure, agree, known_on

_QUARTER_WIDTH = len("2022-Q4")


@dataclass(frozen=True, slots=True)
class AuditAdjustment:
    """One actual figure that audited books state otherwise than those before the audit.

    Args:
        quarter: Its quarter.
        item: Code of the line item.
        before: Amount last stated before the audit [single units, storage sign].
        after: Amount after it.
        unit: ISO currency code, or count, fte, percent, days, hours.
        known_from: When the audited amount became known (UTC).
        submission: Number of the submission that brought it.
    """

    quarter: Quarter
    item: str
    before: float
    after: float
    unit: str
    known_from: datetime
    submission: int


def audit_adjustments(
    connection: Connection, partner: str, as_of: datetime | None, basis: Basis
) -> tuple[AuditAdjustment, ...]:
    """The adjustments of a partner in force at a moment, by quarter and item."""
    rows = connection.execute(
        select(
            _after.span,
            _after.item,
            _before.amount.label("before"),
            _after.amount.label("after"),
            _after.unit,
            _after.known_from,
            _after.submission,
        )
        .join_from(validity, _audited, _audited.c.id == _after.submission)
        .join(_earlier, and_(_same(_earlier), _before.known_from == _last_unaudited(as_of)))
        .where(_after.basis == basis.value)
        .where(_after.partner == partner, _after.scenario == Scenario.ACTUAL.value)
        .where(func.length(_after.span) == _QUARTER_WIDTH, known_on(as_of))
        .where(_audited.c.stage == Stage.AUDITED.value)
        # A change of unit is no adjustment, and neither is a real figure after a sample.
        .where(_before.unit == _after.unit, _before.synthetic == _after.synthetic)
        .order_by(*validity.primary_key)
    )
    adjustments = (AuditAdjustment(Quarter.parse(span), *rest) for span, *rest in rows)
    return tuple(each for each in adjustments if not _unchanged(each))


def _unchanged(adjustment: AuditAdjustment) -> bool:
    """Whether a second audit took back what the first had changed."""
    before = Figure(adjustment.before, adjustment.unit, synthetic=False)
    return agree(before, before._replace(amount=adjustment.after))


def _last_unaudited(as_of: datetime | None) -> ColumnElement[datetime]:
    """When the newest figure before the audited one became known that was not audited itself."""
    older, stated_by = validity.alias(), submission.alias()
    return (
        select(func.max(older.c.known_from, type_=validity.c.known_from.type))
        .join_from(older, stated_by, stated_by.c.id == older.c.submission)
        .where(_same(older), older.c.known_from < _after.known_from)
        .where(stated_by.c.stage != Stage.AUDITED.value)
        .where(~decided(WITHDRAWAL, stated_by, as_of))
        .correlate(validity)
        .scalar_subquery()
    )


def _same(other: FromClause) -> ColumnElement[bool]:
    """The condition that another row speaks of the same figure."""
    names = ("basis", "partner", "scenario", "span", "item")
    return and_(*(other.c[name] == validity.c[name] for name in names))


_after = validity.c
_audited = submission.alias()
_earlier = validity.alias()
_before = _earlier.c
