"""Which figures count: everything accepted, or what of it group finance approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.settings import Settings
from smartfin.store import Basis


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
        ledger.unapproved(moment, Scenario.ACTUAL), ledger.unapproved(moment, Scenario.BUDGET)
    )


def waiting_submissions(smartfin: Smartfin, moment: datetime | None) -> frozenset[int]:
    """Numbers of the submissions that wait for approval at a moment; none where nobody approves."""
    if not smartfin.settings.approval:
        return frozenset()
    submissions = smartfin.ledger.submissions(moment)
    return frozenset(
        each.id for each in submissions if each.approved is None and each.withdrawn is None
    )
