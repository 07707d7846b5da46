"""Figures in force that group finance has not approved yet."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    exists,
    func,
    or_,
    select,
)

from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.store.schema import submission, validity
from smartfin.store.standing import APPROVAL, decided
from smartfin.store.validity import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE, Basis, known_on

_QUARTER_WIDTH = len("2022-Q4")  # a span over other days is longer


def unapproved(
    connection: Connection, as_of: datetime | None, scenario: Scenario
) -> dict[str, frozenset[Quarter]]:
    """The quarters of each partner with such figures (see ``Ledger.unapproved``)."""
    approved = validity.alias()
    query = (
        select(validity.c.partner, validity.c.span)
        .distinct()
        .join_from(submission, validity, _STATED_BY)
        .where(~decided(APPROVAL, submission, as_of))
        .where(validity.c.basis == Basis.ACCEPTED.value, validity.c.scenario == scenario.value)
        .where(func.length(validity.c.span) == _QUARTER_WIDTH, known_on(as_of))
        .where(~exists().where(_same_said(approved), known_on(as_of, approved)))
    )
    found: dict[str, set[Quarter]] = defaultdict(set)
    for partner, span in connection.execute(query):
        found[partner].add(Quarter.parse(span))
    return {partner: frozenset(quarters) for partner, quarters in found.items()}


def _same_said(approved: FromClause) -> ColumnElement[bool]:
    """The condition that a row of what is approved says the same of the same figure.

    As ``validity.agree`` has it: a figure that an approved workbook states too is approved,
    whoever stated it first.
    """
    amount, other = validity.c.amount, approved.c.amount
    apart = func.abs(amount - other)
    return and_(
        approved.c.basis == Basis.APPROVED.value,
        *(approved.c[name] == validity.c[name] for name in _OF_A_FIGURE),
        or_(
            apart <= RELATIVE_TOLERANCE * func.abs(amount),
            apart <= RELATIVE_TOLERANCE * func.abs(other),
            apart <= ABSOLUTE_TOLERANCE,
        ),
    )


_OF_A_FIGURE = ("partner", "scenario", "span", "item", "unit", "synthetic")

_STATED_BY = and_(
    validity.c.partner == submission.c.partner, validity.c.submission == submission.c.id
)
