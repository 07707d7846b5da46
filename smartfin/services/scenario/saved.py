"""Named scenarios as people keep them: saved, listed, removed, frozen as plan of record.

Nothing is simulated here: what a scenario changes is a text that is kept as it is.
"""

from __future__ import annotations

from datetime import date

from smartfin.errors import InputError
from smartfin.partner import find_partner
from smartfin.services.record.decide import Decided, moment_pinned
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import PlanOfRecord, SavedScenario
from smartfin.wording import DASH


def save_scenario(
    smartfin: Smartfin,
    partner: str,
    name: str,
    changes: str,
    by: str,
    replaces: int | None = None,
    remark: str = "",
) -> Decided:
    """Keep a scenario of a partner under a name, or a new version of one.

    Args:
        smartfin: Opened.
        partner: Code of the partner as a whole, in any case.
        name: How it is called.
        changes: What it changes: a JSON object.
        by: Who saves it; of the first version, who owns it.
        replaces: Number of the version it was made from, which must be the newest: nobody
            writes over what he has not seen; None for a new one.
        remark: What is said of it; empty for nothing.

    Raises:
        InputError: ``partner-unknown``, ``scenario-name-missing``,
            ``scenario-changes-unreadable``, ``text-too-long``, ``scenario-taken``,
            ``scenario-unknown``; ``scenario-moved-on`` when somebody saved meanwhile.
    """
    code = find_partner(smartfin.partners, partner).code
    _refuse_moved_on(smartfin, replaces)
    asked = (code, name, changes, by, None, replaces, remark)
    return Decided((smartfin.ledger.save_scenario(*asked),))


def _refuse_moved_on(smartfin: Smartfin, replaces: int | None) -> None:
    """What somebody saved meanwhile is looked at first."""
    if replaces is None:
        return
    newest = saved_scenario(smartfin, replaces)
    if newest.id != replaces and newest.ended_at is None:
        raise InputError(
            "scenario-moved-on",
            name=newest.name or DASH,
            by=newest.saved_by or DASH,
            at=newest.saved_at,
            id=newest.id,
        )


def end_scenario(smartfin: Smartfin, number: int, by: str) -> Decided:
    """Remove a scenario from the list, by the number of any version; it stays on record.

    Raises:
        InputError: ``scenario-unknown``.
    """
    return Decided((smartfin.ledger.end_scenario(number, by),))


def freeze_scenario(
    smartfin: Smartfin, number: int, meeting: str, by: str, day: date | None = None
) -> Decided:
    """Make a version of a scenario the plan of record of a meeting.

    Args:
        smartfin: Opened.
        number: Of the version.
        meeting: Its name.
        by: Who freezes it.
        day: Whose knowledge it was seen with, or a moment of it; None, or today, for what is
            known right now.

    Raises:
        InputError: ``pin-name-missing``, ``text-too-long``, ``scenario-unknown``;
            ``pin-ahead`` for a day to come.
    """
    moment = moment_pinned(day)
    return Decided((smartfin.ledger.freeze_scenario(number, meeting, by, moment=moment),))


def saved_scenarios(
    smartfin: Smartfin, as_of: date | None = None, partner: str | None = None
) -> tuple[SavedScenario, ...]:
    """The newest version of each scenario listed at the end of a day, of a partner or of all.

    Raises:
        InputError: ``partner-unknown``.
    """
    code = find_partner(smartfin.partners, partner).code if partner else None
    return smartfin.ledger.scenarios(end_of_day(as_of), code)


def saved_scenario(smartfin: Smartfin, number: int, as_of: date | None = None) -> SavedScenario:
    """The newest version of the scenario that a link names by the number of any version.

    Args:
        smartfin: Opened.
        number: Of any version, the key among them; also of a scenario no longer listed.
        as_of: Day whose knowledge is shown; None for now.

    Raises:
        InputError: ``scenario-unknown``.
    """
    moment = end_of_day(as_of)
    return smartfin.ledger.scenario(smartfin.ledger.scenario(number, moment).newest, moment)


def plans_of_record(
    smartfin: Smartfin, as_of: date | None = None, partner: str | None = None
) -> tuple[PlanOfRecord, ...]:
    """What was frozen for meetings by the end of a day, oldest first, of a partner or of all.

    Raises:
        InputError: ``partner-unknown``.
    """
    code = find_partner(smartfin.partners, partner).code if partner else None
    return smartfin.ledger.plans_of_record(end_of_day(as_of), code)
