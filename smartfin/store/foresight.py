"""What a decision would change, told before it is taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from smartfin.facts import Scenario
from smartfin.store.changes import PartnerChange
from smartfin.store.standing import Statement, sources_in_force, standing_figures
from smartfin.store.submissions import submission
from smartfin.store.validity import Basis, Key, agree


def withdrawal_changes(
    connection: Connection, number: int, basis: Basis
) -> tuple[PartnerChange, ...]:
    """The figures that would go back, or stand no more (see ``Ledger.withdrawal_changes``).

    Raises:
        InputError: ``submission-unknown``.
    """
    head = submission(connection, number)
    sources = sources_in_force(connection, basis, head.partner, number)
    before = standing_figures(connection, basis, head.partner, number, None)
    after = standing_figures(connection, basis, head.partner, number, None, without=number)
    return tuple(
        _change(head.partner, head.at, key, before[key], after.get(key))
        for key in sorted(before)
        if sources.get(key) == number and not _agree(before[key], after.get(key))
    )


def _agree(old: Statement, new: Statement | None) -> bool:
    return new is not None and agree(old.figure, new.figure)


def _change(
    partner: str, at: datetime, key: Key, old: Statement, new: Statement | None
) -> PartnerChange:
    """A figure of the submission accepted at a moment, and what would stand in its place."""
    return PartnerChange(
        partner=partner,
        item=key.item,
        quarter=key.span,
        scenario=Scenario(key.scenario),
        old=old.figure.amount,
        new=new.figure.amount if new else None,
        unit=(new or old).figure.unit,
        at=at,
        submission=new.submission if new else None,
        replaced=old.submission,
    )
