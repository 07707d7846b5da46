"""Named scenarios: saved version by version, removed from the list, frozen for a meeting.

A scenario is a set of changes, not a copy of figures: canonical JSON that is kept as it is
and that nobody here understands. Each version is a decision, and so is its end; nothing is
taken away. A version frozen as plan of record keeps its changes and the moment whose
knowledge they were seen with. Its texts can be erased (see ``carried``): then it changes
nothing any more, and leaves the list.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from smartfin.errors import InputError
from smartfin.store.carried import scenario_text
from smartfin.store.chain import canonical
from smartfin.store.decisions import Decision, DecisionKind, decide, next_moment
from smartfin.store.limits import LONGEST_CHANGES, LONGEST_TEXT, LONGEST_TITLE, refuse_long
from smartfin.store.scenario_versions import SavedScenario, scenario, scenarios


@dataclass(frozen=True, slots=True)
class Named:
    """What is saved as a version of a scenario.

    Args:
        partner: Code of the partner.
        name: How it is called.
        changes: What it changes: a JSON object.
        remark: What is said of it; empty for nothing.
    """

    partner: str
    name: str
    changes: str
    remark: str = ""


def save_scenario(
    connection: Connection, named: Named, by: str, at: datetime | None, replaces: int | None
) -> Decision:
    """Keep a scenario under a name, or a new version of one.

    Args:
        connection: Writing.
        named: What is saved.
        by: Who saves it; of the first version, who owns it.
        at: When; None for what the clock says.
        replaces: Number of any version of the listed scenario this is a version of; None for
            a new one.

    Raises:
        InputError: ``scenario-name-missing``, ``scenario-changes-unreadable``,
            ``text-too-long``; ``scenario-taken`` when another of the partner has the name;
            ``scenario-unknown`` when none to replace is listed.
    """
    name, remark = " ".join(named.name.split()), named.remark.strip()
    if not name:
        raise InputError("scenario-name-missing")
    for text, limit in ((name, LONGEST_TITLE), (by, LONGEST_TITLE), (remark, LONGEST_TEXT)):
        refuse_long(text, limit)
    changes = _read_changes(named.changes)
    key = None if replaces is None else _listed(connection, replaces, named.partner).key
    for each in scenarios(connection, None, named.partner):
        if each.name.casefold() == name.casefold() and each.key != key:
            about = {"partner": named.partner, "id": each.key, "owner": each.owner or "–"}
            raise InputError("scenario-taken", name=each.name, **about)
    said = scenario_text(name, changes, remark)
    facts = {"partner": named.partner, "undoes": key}
    return decide(connection, DecisionKind.SCENARIO, by, at, said, **facts)


def end_scenario(connection: Connection, number: int, by: str, at: datetime | None) -> Decision:
    """Remove a scenario from the list, by the number of any version; its name is free again.

    Raises:
        InputError: ``scenario-unknown`` when it is not listed.
    """
    found = _listed(connection, number)
    about = {"partner": found.partner, "undoes": found.newest}
    return decide(connection, DecisionKind.SCENARIO_END, by, at, "", **about)


def freeze_scenario(
    connection: Connection,
    number: int,
    meeting: str,
    by: str,
    at: datetime | None,
    moment: datetime | None = None,
) -> Decision:
    """Make a version of a scenario the plan of record of a meeting.

    Args:
        connection: Writing.
        number: Of the version.
        meeting: Its name.
        by: Who freezes it.
        at: When; None for what the clock says.
        moment: Whose knowledge it was seen with; None for right now.

    Raises:
        InputError: ``pin-name-missing``, ``text-too-long``; ``pin-ahead`` for a moment to
            come; ``scenario-unknown`` when it is not listed, or the version was erased.
    """
    wanted = meeting.strip()
    if not wanted:
        raise InputError("pin-name-missing")
    refuse_long(wanted, LONGEST_TITLE)
    found = _listed(connection, number)
    if not found.changes:
        raise InputError("scenario-unknown", id=number)
    now = next_moment(connection, at, found.partner)
    if moment is not None and moment > now:
        raise InputError("pin-ahead", day=moment)
    about = {"partner": found.partner, "undoes": number, "moment": moment or now}
    return decide(connection, DecisionKind.PLAN_OF_RECORD, by, now, wanted, **about)


def _read_changes(text: str) -> Mapping[str, Any]:
    """What a scenario changes.

    Raises:
        InputError: ``scenario-changes-unreadable``, ``text-too-long``.
    """
    try:
        changes = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise InputError("scenario-changes-unreadable") from error
    if not isinstance(changes, dict) or _is_deeper(changes, _DEEPEST):
        raise InputError("scenario-changes-unreadable")
    refuse_long(canonical(changes), LONGEST_CHANGES)
    return changes


def _is_deeper(value: object, levels: int) -> bool:
    """Whether JSON is nested beyond some levels: what is sealed must be read for good."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in inner)


def _finite(written: str) -> float:
    """A number that JSON can write again."""
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(f"{written} is no finite number")
    return value


def _listed(connection: Connection, number: int, partner: str | None = None) -> SavedScenario:
    """A version of a scenario that is listed, of a partner if asked.

    Raises:
        InputError: ``scenario-unknown``.
    """
    found = scenario(connection, number, None)
    keys = {each.key for each in scenarios(connection, None, partner)}
    if found.key not in keys:
        raise InputError("scenario-unknown", id=number)
    return found


_DEEPEST = 8  # lists of dated events need three
