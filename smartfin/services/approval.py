"""Which figures count: everything accepted, or what of it group finance approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.support import group_unit


@dataclass(frozen=True, slots=True)
class Unapproved:
    """The quarters of each partner in which figures shown are not approved.

    Args:
        actual: By partner code, of actual figures.
        budget: The same of what was voted.
    """

    actual: dict[str, frozenset[Quarter]]
    budget: dict[str, frozenset[Quarter]]


def counted_basis(settings: Settings, asked: Basis | None) -> Basis:
    """Which figures count for a reader: where approval is on what was approved, unless asked.

    Raises:
        InputError: ``approval-off`` when what was approved is asked for where nobody approves.
    """
    if settings.approval:
        return asked or Basis.APPROVED
    if asked is Basis.APPROVED:
        raise InputError("approval-off")
    return Basis.ACCEPTED


def unapproved_quarters(smartfin: Smartfin, moment: datetime | None, basis: Basis) -> Unapproved:
    """What is shown on a basis without approval; nothing where nobody approves."""
    if not smartfin.settings.approval or basis is Basis.APPROVED:
        return Unapproved({}, {})
    ledger = smartfin.ledger
    return Unapproved(
        _of_partners(smartfin, ledger.unapproved(moment, Scenario.ACTUAL)),
        _of_partners(smartfin, ledger.unapproved(moment, Scenario.BUDGET)),
    )


def _of_partners(
    smartfin: Smartfin, waiting: dict[str, frozenset[Quarter]]
) -> dict[str, frozenset[Quarter]]:
    """The same; what waits of a legal entity waits of its partner too."""
    found = dict(waiting)
    for unit in smartfin.units:
        if unit.entity_of and unit.code in waiting:
            before = found.get(unit.entity_of, frozenset())
            found[unit.entity_of] = before | waiting[unit.code]
    return found


def with_waiting_list(waiting: Unapproved, added: Iterable[tuple[str, int]]) -> Unapproved:
    """The same, with the quarters of partners that rest on a part of the list that waits.

    Args:
        waiting: What waits, of partners and of the parts of group finance's list.
        added: Partner and quarter ordinal of each figure that only the list states.
    """
    actual = dict(waiting.actual)
    for partner, ordinal in added:
        quarter = Quarter.from_ordinal(ordinal)
        if quarter in waiting.actual.get(group_unit(partner), frozenset()):
            actual[partner] = actual.get(partner, frozenset()) | {quarter}
    return Unapproved(actual, waiting.budget)


def waiting_submissions(smartfin: Smartfin, moment: datetime | None) -> frozenset[int]:
    """Numbers of the submissions that wait for approval at a moment; none where nobody approves."""
    if not smartfin.settings.approval:
        return frozenset()
    submissions = smartfin.ledger.submissions(moment)
    return frozenset(
        each.id for each in submissions if each.approved is None and each.withdrawn is None
    )
