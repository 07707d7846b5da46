"""What votes and scenarios carry beyond the columns of decisions, written as canonical JSON.

The table has no columns for them, and needs none, so that no ledger has to be brought to a
new version: nothing asks for them one by one, and their kind says how they are read. What
must outlive an erasure, because it names nobody, stands in ``topic``, sealed in clear: day
and turnout of a vote. What people wrote stands in the text beside the chain, which can be
erased: name, changes and remark of a scenario together, for the changes hold dated events
that somebody named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from smartfin.store.chain import canonical


def vote_topic(held: date, turnout: float | None) -> str:
    """What is sealed of a vote: its day, and the share of the members who voted [fraction]."""
    return canonical({"held": held.isoformat(), "turnout": turnout})


def read_vote(topic: str) -> dict[str, Any]:
    """Fields of the decision ``vote_topic`` was written for; it has no topic of its own."""
    said = json.loads(topic)
    held = date.fromisoformat(said["held"])
    return {"topic": None, "held": held, "turnout": said["turnout"]}


def scenario_text(name: str, changes: Mapping[str, Any], remark: str) -> str:
    """What can be erased of a scenario: how it is called, what it changes, what is said of it."""
    return canonical({"name": name, "changes": changes, "remark": remark})


def read_scenario(text: str) -> dict[str, Any]:
    """Fields of the decision ``scenario_text`` was written for; all empty once erased."""
    if not text:
        return {"topic": "", "changes": "", "reason": ""}
    said = json.loads(text)
    changes = canonical(said["changes"])
    return {"topic": said["name"], "changes": changes, "reason": said["remark"]}
