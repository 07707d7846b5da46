"""Scenarios: what a partner might do, as levers moved and events dated (docs/metrics.md#levers).

A scenario is a set of changes, never a copy of figures: laid on newer figures it is still
the same scenario. Written down it is plain TOML:

    [[lever]]
    lever = "fee"
    amount = 0.005
    start = "2023-Q2"
    ramp = 2

    [[event]]
    kind = "hire"
    from = "2023-Q3"
    until = "2024-Q4"
    amount = 45000
    label = "a second adviser"
"""

from smartfin.scenario.changes import (
    LONGEST_RAMP,
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverSetting,
)
from smartfin.scenario.lever import LEVERS, Lever, LeverCode, find_lever
from smartfin.scenario.written import as_mapping, parsed_changes

__all__ = [
    "LEVERS",
    "LONGEST_RAMP",
    "NO_CHANGES",
    "Changes",
    "Event",
    "EventKind",
    "Lever",
    "LeverCode",
    "LeverSetting",
    "as_mapping",
    "find_lever",
    "parsed_changes",
]
