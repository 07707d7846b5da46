"""Which figure is in force when.

The rule: **the newest accepted statement wins; repeating a figure changes nothing.** A
figure stated again as it stands keeps its first source and the day it became known, so
that provenance leads to where a number came from and "what changed" lists only what
did. Stated otherwise, the old figure ends at the moment the new one begins.

Two figures agree when their units are equal and their amounts are within the tolerance
below. **Sample data never ends a real figure**: whatever it says of something a real
workbook has stated, and however late it comes, changes nothing. The other way round a
real workbook takes over from a sample even where both agree.

What is withdrawn counts as never stated from then on: what stood before stands again. There
are two timelines (``Basis``): what was accepted, and what of it was approved, from its
approval on. On both a submission keeps the rank of its number, whenever it was approved.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)

from smartfin.facts import Scenario
from smartfin.store.schema import FOREVER, fact, submission, validity

RELATIVE_TOLERANCE = 1e-9
"""Amounts this close, relative to their size, are the same figure: what is left is the
rounding of binary fractions, as in a quarter differenced from year-to-date figures."""

ABSOLUTE_TOLERANCE = 1e-6
"""The same for amounts near zero [single units]."""


class Basis(StrEnum):
    """Which figures count."""

    ACCEPTED = "accepted"  # everything handed in and not withdrawn
    APPROVED = "approved"  # what of it group finance approved


class Key(NamedTuple):
    """What makes two figures of one partner statements about the same thing."""

    scenario: str
    span: str
    item: str


class Figure(NamedTuple):
    """What is stated about it."""

    amount: float
    unit: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is new, or not what it was.

    Args:
        item: Code of the line item.
        quarter: ``2022-Q4``, or ``START/END`` for a flow over another span.
        scenario: Actual, budget or forecast.
        old: Amount in force before; None for a new figure.
        new: Amount stated now.
        unit: Of the new amount: ISO currency code, or count, fte, percent, days, hours.
    """

    item: str
    quarter: str
    scenario: Scenario
    old: float | None
    new: float
    unit: str

    @property
    def restates(self) -> bool:
        """Whether a figure was known before."""
        return self.old is not None


def changed_keys(known: Mapping[Key, Figure], stated: Mapping[Key, Figure]) -> tuple[Key, ...]:
    """The keys under which a statement makes something new or something else known."""
    return tuple(
        key
        for key in keys_taking_force(known, stated)
        if key not in known or not agree(known[key], stated[key])
    )


def keys_taking_force(known: Mapping[Key, Figure], stated: Mapping[Key, Figure]) -> tuple[Key, ...]:
    """The keys whose figure in force would be a statement's; without any, nothing would change.

    More than ``changed_keys``: a real figure takes over from a sample that agrees.
    """
    return tuple(
        key for key, new in stated.items() if key not in known or takes_over(new, known[key])
    )


def changes_to(known: Mapping[Key, Figure], stated: Mapping[Key, Figure]) -> tuple[Change, ...]:
    """What a statement changes in what is known; figures it leaves as they are do not appear."""
    return tuple(
        Change(
            item=key.item,
            quarter=key.span,
            scenario=Scenario(key.scenario),
            old=known[key].amount if key in known else None,
            new=stated[key].amount,
            unit=stated[key].unit,
        )
        for key in sorted(changed_keys(known, stated))
    )


def figures_in_force(
    connection: Connection,
    partner: str,
    keys: Collection[Key],
    as_of: datetime | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> dict[Key, Figure]:
    """The figures of a partner in force for the scenarios and spans of some keys."""
    query = select(
        validity.c.scenario,
        validity.c.span,
        validity.c.item,
        validity.c.amount,
        validity.c.unit,
        validity.c.synthetic,
    ).where(
        validity.c.basis == basis,
        validity.c.partner == partner,
        validity.c.scenario.in_({key.scenario for key in keys}),
        validity.c.span.in_({key.span for key in keys}),
        known_on(as_of),
    )
    return {
        Key(scenario, span, item): Figure(amount, unit, synthetic)
        for scenario, span, item, amount, unit, synthetic in connection.execute(query)
    }


def known_on(as_of: datetime | None, of: FromClause = validity) -> ColumnElement[bool]:
    """The condition that a figure was in force at a moment; None is now."""
    if as_of is None:
        return of.c.known_to == FOREVER
    begun = of.c.known_from <= as_of
    # The last moment there is does not come after itself, so what is in force is asked for too.
    return and_(begun, or_(of.c.known_to > as_of, of.c.known_to == FOREVER))


def put_in_force(
    connection: Connection,
    number: int,
    known: Mapping[Key, Figure],
    stated: Mapping[Key, Figure],
) -> None:
    """Let a submission just accepted take force; ``known`` is what was before."""
    head = connection.execute(
        select(submission.c.partner, submission.c.at).where(submission.c.id == number)
    ).one()
    ended = [key for key in keys_taking_force(known, stated) if key in known]
    end_figures(connection, Basis.ACCEPTED, head.partner, ended, head.at)
    connection.execute(_BEGIN, {"number": number})


def stored_figures(connection: Connection, number: int, *, synthetic: bool) -> dict[Key, Figure]:
    """What a stored submission states."""
    query = select(fact.c.scenario, fact.c.span, fact.c.item, fact.c.amount, fact.c.unit)
    rows = connection.execute(query.where(fact.c.submission == number))
    return {
        Key(scenario, span, item): Figure(amount, unit, synthetic)
        for scenario, span, item, amount, unit in rows
    }


def end_figures(
    connection: Connection, basis: Basis, partner: str, keys: Collection[Key], moment: datetime
) -> None:
    """Let what is in force under some keys end at a moment."""
    shared = {"the_basis": basis.value, "the_partner": partner, "moment": moment}
    if keys:
        connection.execute(_END, [{**shared, **_bound(key)} for key in keys])


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same, whoever says it."""
    return one.unit == other.unit and math.isclose(
        one.amount, other.amount, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE
    )


def takes_over(new: Figure, old: Figure) -> bool:
    """Whether a statement ends the figure in force."""
    if new.synthetic != old.synthetic:
        return old.synthetic
    return not agree(new, old)


def _bound(key: Key) -> dict[str, str]:
    return {f"the_{name}": value for name, value in key._asdict().items()}


_END = (
    update(validity)
    .where(
        validity.c.basis == bindparam("the_basis"),
        validity.c.partner == bindparam("the_partner"),
        validity.c.scenario == bindparam("the_scenario"),
        validity.c.span == bindparam("the_span"),
        validity.c.item == bindparam("the_item"),
        validity.c.known_to == FOREVER,
    )
    .values(known_to=bindparam("moment"))
)

_BEGIN = insert(validity).from_select(
    [column.name for column in validity.c],
    select(
        literal(Basis.ACCEPTED.value, validity.c.basis.type),
        submission.c.partner,
        fact.c.scenario,
        fact.c.span,
        fact.c.item,
        submission.c.at,
        literal(FOREVER, validity.c.known_to.type),
        submission.c.id,
        fact.c.amount,
        fact.c.unit,
        submission.c.synthetic,
    )
    .join_from(submission, fact)
    .where(
        submission.c.id == bindparam("number"),
        ~exists().where(
            validity.c.basis == Basis.ACCEPTED.value,
            validity.c.partner == submission.c.partner,
            validity.c.scenario == fact.c.scenario,
            validity.c.span == fact.c.span,
            validity.c.item == fact.c.item,
            validity.c.known_to == FOREVER,
        ),
    ),
)
