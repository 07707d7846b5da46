"""Scenarios as they were saved: every version, which is listed, and what was frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from smartfin.errors import InputError
from smartfin.store.decisions import Decision, DecisionKind, decisions


@dataclass(frozen=True, slots=True)
class PlanOfRecord:
    """A version of a scenario, frozen for a meeting.

    Args:
        id: Number of the decision that froze it.
        scenario: Key of the scenario.
        version: Number of the decision that saved the version.
        partner: Code of the partner.
        meeting: Name of the meeting.
        moment: Whose knowledge it was frozen with (UTC).
        by: Who froze it; empty once erased.
        at: When (UTC).
    """

    id: int
    scenario: int
    version: int
    partner: str
    meeting: str
    moment: datetime
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A version of a named scenario.

    Args:
        id: Number of the decision that saved the version.
        key: Number of the first version: what links name the scenario by.
        newest: Number of the newest version.
        partner: Code of the partner.
        name: How it is called; empty once erased.
        changes: What it changes, as canonical JSON; empty once erased.
        remark: What is said of it; empty where nothing was, or once erased.
        owner: Who saved the first version; empty once erased.
        saved_by: Who saved this version; empty once erased.
        saved_at: When (UTC).
        version: Which version it is, from 1.
        versions: How many there are.
        plans: Where any version of it was frozen, oldest first.
        ended_at: When it was removed from the list (UTC); None while it is listed.
        ended_by: Who removed it; empty while it is listed, or once erased.
    """

    id: int
    key: int
    newest: int
    partner: str
    name: str
    changes: str
    remark: str
    owner: str
    saved_by: str
    saved_at: datetime
    version: int
    versions: int
    plans: tuple[PlanOfRecord, ...] = ()
    ended_at: datetime | None = None
    ended_by: str = ""


def scenarios(
    connection: Connection, as_of: datetime | None, partner: str | None = None
) -> tuple[SavedScenario, ...]:
    """The newest version of each scenario listed at a moment, by key.

    Args:
        connection: Reading.
        as_of: The moment; None for now.
        partner: Code of the only partner wanted; None for all.
    """
    newest = [
        each
        for each in _versions(connection, as_of)
        if each.id == each.newest and each.ended_at is None and each.changes
    ]
    wanted = [each for each in newest if partner in {None, each.partner}]
    return tuple(sorted(wanted, key=lambda each: each.key))


def scenario(connection: Connection, number: int, as_of: datetime | None) -> SavedScenario:
    """Any version there was at a moment, also of a scenario no longer listed.

    Raises:
        InputError: ``scenario-unknown``.
    """
    for each in _versions(connection, as_of):
        if each.id == number:
            return each
    raise InputError("scenario-unknown", id=number)


def plans_of_record(
    connection: Connection, as_of: datetime | None, partner: str | None = None
) -> tuple[PlanOfRecord, ...]:
    """What was frozen for meetings by a moment, oldest first; of a partner if asked.

    Of several for one meeting the newest counts. Also of scenarios no longer listed.
    """
    plans = [
        plan
        for each in _versions(connection, as_of)
        for plan in each.plans
        if plan.version == each.id and partner in {None, each.partner}
    ]
    return tuple(sorted(plans, key=lambda plan: plan.id))


def _versions(connection: Connection, as_of: datetime | None) -> list[SavedScenario]:
    """Every version of every scenario saved by a moment, oldest first."""
    found = decisions(connection, as_of, *_KINDS)
    saved = {each.id: each for each in found if each.kind is DecisionKind.SCENARIO}
    versions, others = defaultdict(list), defaultdict(list)
    for each in found:
        if each.kind is DecisionKind.SCENARIO:
            versions[each.undoes or each.id].append(each)
        elif each.undoes is not None:
            version = saved[each.undoes]
            others[version.undoes or version.id].append(each)
    return [
        _saved(each, versions[each.undoes or each.id], others[each.undoes or each.id])
        for each in saved.values()
    ]


def _saved(
    each: Decision, versions: Sequence[Decision], others: Sequence[Decision]
) -> SavedScenario:
    """A version beside all versions of its scenario, and what was decided about them."""
    end = next((other for other in others if other.kind is DecisionKind.SCENARIO_END), None)
    plans = [other for other in others if other.kind is DecisionKind.PLAN_OF_RECORD]
    first = versions[0]
    return SavedScenario(
        id=each.id,
        key=first.id,
        newest=versions[-1].id,
        partner=each.partner or "",
        name=each.topic or "",
        changes=each.changes or "",
        remark=each.reason,
        owner=first.by,
        saved_by=each.by,
        saved_at=each.at,
        version=versions.index(each) + 1,
        versions=len(versions),
        plans=tuple(_plan(plan, first.id) for plan in plans),
        ended_at=end.at if end else None,
        ended_by=end.by if end else "",
    )


def _plan(each: Decision, key: int) -> PlanOfRecord:
    if each.undoes is None or each.partner is None or each.moment is None:
        raise ValueError(f"decision {each.id} freezes no scenario")
    version, partner, moment = each.undoes, each.partner, each.moment
    return PlanOfRecord(each.id, key, version, partner, each.reason, moment, each.by, each.at)


_KINDS = (DecisionKind.SCENARIO, DecisionKind.SCENARIO_END, DecisionKind.PLAN_OF_RECORD)
