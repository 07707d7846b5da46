"""A scenario written down, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario.changes import (
    LONGEST_RAMP,
    Changes,
    Event,
    EventKind,
    LeverSetting,
    malformed,
)
from smartfin.scenario.lever import LeverCode


def parsed_changes(mapping: Mapping[str, Any]) -> Changes:
    """The changes written as plain TOML, tables ``[[lever]]`` and ``[[event]]``.

    Args:
        mapping: As ``tomllib`` reads it; no other key is understood.

    Raises:
        InputError: ``scenario-key-unknown``, ``scenario-key-missing``,
            ``scenario-malformed`` or ``scenario-lever-twice``, naming the key.

    Example:
        >>> row = {"lever": "fee", "amount": 0.005, "start": "2023-Q2"}
        >>> parsed_changes({"lever": [row]}).levers[0].amount
        0.005
    """
    _refuse_unknown("", mapping, ("lever", "event"))
    levers = tuple(_lever(place, row) for place, row in _rows(mapping, "lever"))
    events = tuple(_event(place, row) for place, row in _rows(mapping, "event"))
    return Changes(levers, events)


def as_mapping(changes: Changes) -> dict[str, Any]:
    """Changes as ``parsed_changes`` reads them: text, numbers, lists and tables only."""
    levers = [
        {
            "lever": setting.lever.value,
            "amount": setting.amount,
            "start": str(setting.start),
            "ramp": setting.ramp,
        }
        for setting in changes.levers
    ]
    tables = {"lever": levers, "event": [_as_row(event) for event in changes.events]}
    return {name: rows for name, rows in tables.items() if rows}


def _as_row(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": event.kind.value, "from": str(event.quarter)}
    if event.until is not None:
        row["until"] = str(event.until)
    return row | {"amount": event.amount} | ({"label": event.label} if event.label else {})


def _lever(place: str, row: Mapping[str, Any]) -> LeverSetting:
    _refuse_unknown(place, row, ("lever", "amount", "start", "ramp"))
    code = _choice(place, row, "lever", LeverCode)
    return LeverSetting(
        lever=LeverCode(code),
        amount=_number(place, row, "amount"),
        start=_quarter(place, row, "start"),
        ramp=_count(place, row, "ramp"),
    )


def _event(place: str, row: Mapping[str, Any]) -> Event:
    _refuse_unknown(place, row, ("kind", "from", "until", "amount", "label"))
    label = row.get("label", "")
    if not isinstance(label, str):
        raise malformed(f"{place}.label", label, '"…"')
    return Event(
        kind=EventKind(_choice(place, row, "kind", EventKind)),
        quarter=_quarter(place, row, "from"),
        amount=_number(place, row, "amount"),
        until=_quarter(place, row, "until") if "until" in row else None,
        label=label.strip(),
    )


def _rows(mapping: Mapping[str, Any], name: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    rows = mapping.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise malformed(name, rows, f"[[{name}]]")
    return ((f"{name}[{place}]", row) for place, row in enumerate(rows, start=1))


def _refuse_unknown(place: str, row: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in row:
        if key not in known:
            name = f"{place}.{key}" if place else str(key)
            raise InputError("scenario-key-unknown", key=name, known=", ".join(known))


def _needed(place: str, row: Mapping[str, Any], key: str) -> Any:
    if key not in row:
        raise InputError("scenario-key-missing", key=f"{place}.{key}")
    return row[key]


def _choice(place: str, row: Mapping[str, Any], key: str, codes: type[StrEnum]) -> str:
    value = _needed(place, row, key)
    if value not in list(codes):
        raise malformed(f"{place}.{key}", value, ", ".join(codes))
    return str(value)


def _number(place: str, row: Mapping[str, Any], key: str) -> float:
    value = _needed(place, row, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise malformed(f"{place}.{key}", value, "0.5")
    return float(value)


def _count(place: str, row: Mapping[str, Any], key: str) -> int:
    value = row.get(key, 0)
    if type(value) is not int:  # exactly: true is an int to isinstance
        raise malformed(f"{place}.{key}", value, f"0 … {LONGEST_RAMP}")
    return value


def _quarter(place: str, row: Mapping[str, Any], key: str) -> Quarter:
    value = _needed(place, row, key)
    try:
        return Quarter.parse(value)
    except (AttributeError, InputError) as error:
        raise malformed(f"{place}.{key}", value, '"2023-Q4"') from error
