"""A scenario as a file of its own: whose it is, what changes, and what is to be reached."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from smartfin.errors import InputError
from smartfin.scenario.changes import Changes, malformed
from smartfin.scenario.lever import LeverCode
from smartfin.scenario.written import (
    choice_of,
    needed,
    number_of,
    parsed_changes,
    refuse_unknown,
    rows_of,
)

_KEYS = ("partner", "name", "lever", "event", "goal", "bound")
_LONGEST_NAME = 120
_CHANGES = ("lever", "event")


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """What a scenario file says.

    Args:
        partner: Code, as written.
        changes: What is to be different.
        name: What people call it; may be empty.
        probability: How likely break-even is to be [fraction]; None where nothing is sought.
        bounds: Lowest and highest amount of each lever that may be moved for that, of several
            together; none where all may be, as far as they go.
    """

    partner: str
    changes: Changes
    name: str = ""
    probability: float | None = None
    bounds: tuple[tuple[LeverCode, float, float], ...] = ()


def read_scenario_file(content: bytes) -> ScenarioFile:
    """What the bytes of a scenario file say.

    Raises:
        InputError: ``scenario-no-toml``, or as ``parsed_file``.
    """
    try:
        mapping = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, no TOML, a number without end
        raise InputError("scenario-no-toml", why=str(error)) from error
    return parsed_file(mapping)


def parsed_file(mapping: Mapping[str, Any]) -> ScenarioFile:
    """What a scenario file says, of which every key is known.

    Raises:
        InputError: As ``parsed_changes``, of all keys.

    Example:
        >>> parsed_file({"partner": "AT", "goal": {"probability": 0.65}}).probability
        0.65
    """
    refuse_unknown("", mapping, _KEYS)
    changes = parsed_changes({key: mapping[key] for key in _CHANGES if key in mapping})
    bounds = tuple(_bound(place, row) for place, row in rows_of(mapping, "bound"))
    _refuse_twice(bounds)
    if bounds and "goal" not in mapping:  # of no use without one, so it was forgotten
        raise InputError("scenario-key-missing", key="goal.probability")
    return ScenarioFile(
        partner=_text(mapping, "partner"),
        changes=changes,
        name=_text({"name": "", **mapping}, "name"),
        probability=_probability(mapping),
        bounds=bounds,
    )


def wanted_probability(place: str, value: float) -> float:
    """A probability that can be asked for [fraction].

    Raises:
        InputError: ``scenario-malformed``.
    """
    if not (isfinite(value) and 0 < value < 1):
        raise malformed(place, value, "0 < x < 1")
    return value


def _probability(mapping: Mapping[str, Any]) -> float | None:
    if "goal" not in mapping:
        return None
    goal = mapping["goal"]
    if not isinstance(goal, Mapping):
        raise malformed("goal", goal, "[goal]")
    refuse_unknown("goal", goal, ("probability",))
    return wanted_probability("goal.probability", number_of("goal", goal, "probability"))


def _bound(place: str, row: Mapping[str, Any]) -> tuple[LeverCode, float, float]:
    refuse_unknown(place, row, ("lever", "min", "max"))
    code = LeverCode(choice_of(place, row, "lever", LeverCode))
    low, high = (number_of(place, row, key) for key in ("min", "max"))
    for key, value in (("min", low), ("max", high)):
        if not isfinite(value):
            raise malformed(f"{place}.{key}", value, "0.5")
    if low > high:
        raise malformed(f"{place}.max", high, f">= {low:g}")
    return code, low, high


def _refuse_twice(bounds: tuple[tuple[LeverCode, float, float], ...]) -> None:
    """Which of two bounds counts would depend on their order."""
    seen: set[LeverCode] = set()
    for place, (code, _, _) in enumerate(bounds, start=1):
        if code in seen:
            raise malformed(f"bound[{place}].lever", code, "≠ " + ", ".join(sorted(seen)))
        seen.add(code)


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = needed("", mapping, key)
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise malformed(key, str(value)[:20], f'"…" (<= {_LONGEST_NAME})')
    return value.strip()
