"""A scenario written down, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
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
    refuse_unknown("", mapping, ("lever", "event"))
    levers = tuple(_lever(place, row) for place, row in rows_of(mapping, "lever"))
    events = tuple(_event(place, row) for place, row in rows_of(mapping, "event"))
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
    refuse_unknown(place, row, ("lever", "amount", "start", "ramp"))
    code = choice_of(place, row, "lever", LeverCode)
    return LeverSetting(
        lever=LeverCode(code),
        amount=number_of(place, row, "amount"),
        start=_quarter(place, row, "start"),
        ramp=_count(place, row, "ramp"),
    )


def _event(place: str, row: Mapping[str, Any]) -> Event:
    refuse_unknown(place, row, ("kind", "from", "until", "amount", "label"))
    label = row.get("label", "")
    if not isinstance(label, str):
        raise malformed(f"{place}.label", label, '"…"')
    return Event(
        kind=EventKind(choice_of(place, row, "kind", EventKind)),
        quarter=_quarter(place, row, "from"),
        amount=number_of(place, row, "amount"),
        until=_quarter(place, row, "until") if "until" in row else None,
        label=label.strip(),
    )


def rows_of(mapping: Mapping[str, Any], name: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The tables of a list of tables, each with its place.

    Raises:
        InputError: ``scenario-malformed``.
    """
    rows = mapping.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise malformed(name, rows, f"[[{name}]]")
    return ((f"{name}[{place}]", row) for place, row in enumerate(rows, start=1))


def refuse_unknown(place: str, row: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """A misspelt key would otherwise be left out without a word.

    Raises:
        InputError: ``scenario-key-unknown``, with the nearest key there is.
    """
    for key in row:
        if key not in known:
            name = f"{place}.{key}" if place else str(key)
            nearest = get_close_matches(str(key), known, n=1, cutoff=0.0)[0]
            raise InputError(
                "scenario-key-unknown", key=name, nearest=nearest, known=", ".join(known)
            )


def needed(place: str, row: Mapping[str, Any], key: str) -> Any:
    """What stands under a key.

    Raises:
        InputError: ``scenario-key-missing``.
    """
    if key not in row:
        raise InputError("scenario-key-missing", key=f"{place}.{key}" if place else key)
    return row[key]


def choice_of(place: str, row: Mapping[str, Any], key: str, codes: type[StrEnum]) -> str:
    """One of some codes.

    Raises:
        InputError: ``scenario-key-missing``, ``scenario-malformed``.
    """
    value = needed(place, row, key)
    if value not in list(codes):
        raise malformed(f"{place}.{key}", value, ", ".join(codes))
    return str(value)


def number_of(place: str, row: Mapping[str, Any], key: str) -> float:
    """A number; true is none.

    Raises:
        InputError: ``scenario-key-missing``, ``scenario-malformed``.
    """
    value = needed(place, row, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise malformed(f"{place}.{key}", value, "0.5")
    try:
        return float(value)
    except OverflowError as error:  # a whole number beyond all others
        raise malformed(f"{place}.{key}", "∞", "0.5") from error


def _count(place: str, row: Mapping[str, Any], key: str) -> int:
    value = row.get(key, 0)
    if type(value) is not int:  # exactly: true is an int to isinstance
        raise malformed(f"{place}.{key}", value, f"0 … {LONGEST_RAMP}")
    return value


def _quarter(place: str, row: Mapping[str, Any], key: str) -> Quarter:
    value = needed(place, row, key)
    try:
        return Quarter.parse(value)
    except (AttributeError, InputError) as error:
        raise malformed(f"{place}.{key}", value, '"2023-Q4"') from error
