"""Figures that change hands by a decision: what stands after a withdrawal or an approval.

Accepting has a quick way of its own (``validity.put_in_force``), as a new submission can only
take force over what is there. A decision may bring back what an older one states, so here
every statement about the figures concerned is weighed anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    delete,
    exists,
    insert,
    select,
)

from smartfin.store.schema import FOREVER, chain, decision, fact, submission, validity
from smartfin.store.validity import (
    Basis,
    Figure,
    Key,
    end_figures,
    figures_in_force,
    known_on,
    put_in_force,
    stored_figures,
    takes_over,
)

WITHDRAWAL = "withdrawal"
APPROVAL = "approval"


class Statement(NamedTuple):
    """A figure and the submission that states it."""

    submission: int
    figure: Figure


def decided(
    kind: str, of: FromClause = submission, as_of: datetime | None = None
) -> ColumnElement[bool]:
    """The condition that a submission was withdrawn or approved by a moment; None is now."""
    verdict = decision.alias()
    conditions = [verdict.c.submission == of.c.id, verdict.c.kind == kind]
    if as_of is not None:
        conditions.append(verdict.c.at <= as_of)
    return exists().where(*conditions)


def counting(
    basis: Basis, of: FromClause = submission, as_of: datetime | None = None
) -> ColumnElement[bool]:
    """The condition that a submission counts at a moment on a timeline."""
    standing = ~decided(WITHDRAWAL, of, as_of)
    if as_of is not None:
        standing = and_(standing, of.c.at <= as_of)
    if basis is Basis.APPROVED:
        return and_(standing, decided(APPROVAL, of, as_of))
    return standing


def settle(connection: Connection, basis: Basis, number: int, moment: datetime) -> None:
    """Put in force what stands since a decision about a submission.

    Args:
        connection: Of a write transaction; the decision is in it.
        basis: Timeline.
        number: Of the submission decided about.
        moment: When it was decided (UTC).
    """
    of_partner = select(submission.c.partner).where(submission.c.id == number)
    partner: str = connection.execute(of_partner).scalar_one()
    standing = standing_figures(connection, basis, partner, number, moment)
    present = sources_in_force(connection, basis, partner, number)
    concerned = standing.keys() | present.keys()
    moved = sorted(
        key
        for key in concerned
        if key not in standing or standing[key].submission != present.get(key)
    )
    end_figures(connection, basis, partner, [key for key in moved if key in present], moment)
    begun = {key: standing[key] for key in moved if key in standing}
    if begun:
        rows = [_row(basis, partner, key, begun[key], moment) for key in begun]
        connection.execute(insert(validity), rows)


def rebuild_validity(connection: Connection, partner: str | None = None) -> None:
    """Make the derived table anew from the ledger, in the order in which it grew.

    Args:
        connection: Of a write transaction.
        partner: Code of the only partner wanted; None for all.
    """
    entries = select(chain.c.kind, chain.c.number).order_by(chain.c.id)
    if partner is None:
        connection.execute(delete(validity))
    else:
        connection.execute(delete(validity).where(validity.c.partner == partner))
        entries = entries.where(chain.c.partner == partner)
    for kind, number in connection.execute(entries).all():
        if kind == "submission":
            _replay_acceptance(connection, number)
        else:
            _replay_decision(connection, number)


def _replay_acceptance(connection: Connection, number: int) -> None:
    head = connection.execute(
        select(submission.c.partner, submission.c.synthetic).where(submission.c.id == number)
    ).one()
    stated = stored_figures(connection, number, synthetic=head.synthetic)
    known = figures_in_force(connection, head.partner, stated)
    put_in_force(connection, number, known, stated)


def _replay_decision(connection: Connection, number: int) -> None:
    row = connection.execute(select(decision).where(decision.c.id == number)).one()
    for basis in touched(row.kind):
        settle(connection, basis, row.submission, row.at)


def touched(kind: str) -> tuple[Basis, ...]:
    """The timelines that a kind of decision moves."""
    return {WITHDRAWAL: tuple(Basis), APPROVAL: (Basis.APPROVED,)}.get(kind, ())


def standing_figures(
    connection: Connection,
    basis: Basis,
    partner: str,
    number: int,
    moment: datetime | None,
    *,
    without: int | None = None,
) -> dict[Key, Statement]:
    """What stands at a moment for each figure that a submission speaks of.

    Args:
        connection: Of a transaction.
        basis: Timeline.
        partner: Code of its partner.
        number: Of the submission.
        moment: None is now.
        without: A submission to leave out, as if it were withdrawn.
    """
    concerned, stating = fact.alias(), submission.alias()
    query = (
        select(fact.c.scenario, fact.c.span, fact.c.item)
        .add_columns(fact.c.amount, fact.c.unit, stating.c.synthetic, stating.c.id)
        .join_from(concerned, fact, _same_figure(concerned, fact))
        .join(stating, stating.c.id == fact.c.submission)
        .where(concerned.c.submission == number, stating.c.partner == partner)
        .where(counting(basis, stating, moment))
        .order_by(stating.c.id)
    )
    if without is not None:
        query = query.where(stating.c.id != without)
    standing: dict[Key, Statement] = {}
    for scenario, span, item, amount, unit, synthetic, source in connection.execute(query):
        key, new = Key(scenario, span, item), Figure(amount, unit, synthetic)
        if key not in standing or takes_over(new, standing[key].figure):
            standing[key] = Statement(source, new)
    return standing


def sources_in_force(
    connection: Connection, basis: Basis, partner: str, number: int
) -> dict[Key, int]:
    """The submission in force for each figure that a submission speaks of."""
    query = (
        select(validity.c.scenario, validity.c.span, validity.c.item, validity.c.submission)
        .join_from(fact, validity, _same_figure(fact, validity))
        .where(fact.c.submission == number, validity.c.basis == basis.value)
        .where(validity.c.partner == partner, known_on(None))
    )
    return {Key(*key): source for *key, source in connection.execute(query)}


def _same_figure(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in Key._fields))


def _row(
    basis: Basis, partner: str, key: Key, statement: Statement, moment: datetime
) -> dict[str, object]:
    return {
        "basis": basis.value,
        "partner": partner,
        **key._asdict(),
        "known_from": moment,
        "known_to": FOREVER,
        "submission": statement.submission,
        **statement.figure._asdict(),
    }
