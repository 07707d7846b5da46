"""A scenario in an address: short, readable, and read as strictly as a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any
from urllib.parse import quote, unquote

from smartfin.errors import InputError
from smartfin.scenario.changes import Changes, Event, LeverSetting, malformed
from smartfin.scenario.lever import LeverCode
from smartfin.scenario.written import parsed_changes

KEY = "changes"
_PARTED = ";"
_PART = re.compile(
    r"(?P<code>[a-z_]+):(?P<amount>-?[0-9]+(?:\.[0-9]+)?)@(?P<start>\d{4}-Q[1-4])"
    r"(?:~(?P<ramp>[0-9]{1,3})|_(?P<until>\d{4}-Q[1-4]))?(?:\((?P<label>[^()]*)\))?"
)
_BOUND = re.compile(
    r"(?P<code>[a-z_]+):(?P<low>-?[0-9]+(?:\.[0-9]+)?)_(?P<high>-?[0-9]+(?:\.[0-9]+)?)"
)
_WRITTEN = "fee:0.005@2023-Q1~2;hire:45000@2023-Q2_2024-Q4"


def linked(changes: Changes) -> str:
    """Changes as an address holds them; empty for none.

    Example:
        >>> from smartfin.quarter import Quarter
        >>> linked(Changes((LeverSetting(LeverCode.FEE, 0.005, Quarter(2023, 1), ramp=2),)))
        'fee:0.005@2023-Q1~2'
    """
    levers = (_lever_text(setting) for setting in changes.levers)
    events = (_event_text(event) for event in changes.events)
    return _PARTED.join((*levers, *events))


def parsed_link(text: str) -> Changes:
    """The changes an address asks for.

    Raises:
        InputError: ``scenario-malformed`` or ``scenario-lever-twice``, naming what is wrong.

    Example:
        >>> parsed_link("fee:0.005@2023-Q1~2").levers[0].ramp
        2
    """
    rows: dict[str, list[dict[str, Any]]] = {"lever": [], "event": []}
    for part in filter(None, text.split(_PARTED)):
        found = _PART.fullmatch(part)
        if found is None:
            raise malformed(KEY, part[:60], _WRITTEN)
        kind, row = _row(found)
        rows[kind].append(row)
    try:
        return parsed_changes(rows)
    except InputError as error:
        if error.code == "scenario-key-unknown":  # a ramp of an event, an end of a lever
            raise malformed(KEY, text[:60], _WRITTEN) from error
        raise


def linked_bounds(bounds: Mapping[LeverCode, tuple[float, float]]) -> str:
    """How far levers may go, as an address holds it.

    Example:
        >>> linked_bounds({LeverCode.FEE: (0.0, 0.01)})
        'fee:0_0.01'
    """
    return _PARTED.join(
        f"{code}:{written_amount(low)}_{written_amount(high)}"
        for code, (low, high) in bounds.items()
    )


def parsed_bounds(text: str) -> dict[LeverCode, tuple[float, float]]:
    """How far levers may go by an address.

    Raises:
        InputError: ``scenario-malformed``, naming what is wrong.

    Example:
        >>> parsed_bounds("fee:0_0.01")[LeverCode.FEE]
        (0.0, 0.01)
    """
    bounds: dict[LeverCode, tuple[float, float]] = {}
    for part in filter(None, text.split(_PARTED)):
        found = _BOUND.fullmatch(part)
        if found is None or found["code"] not in list(LeverCode):
            raise malformed("bounds", part[:60], "fee:0_0.01")
        low, high = float(found["low"]), float(found["high"])
        if not (isfinite(low) and isfinite(high) and low <= high):
            raise malformed("bounds", part[:60], "fee:0_0.01")
        bounds[LeverCode(found["code"])] = (low, high)
    return bounds


def written_amount(amount: float) -> str:
    """An amount without an exponent and without noise behind its digits."""
    text = f"{amount:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _lever_text(setting: LeverSetting) -> str:
    ramp = f"~{setting.ramp}" if setting.ramp else ""
    return f"{setting.lever}:{written_amount(setting.amount)}@{setting.start}{ramp}"


def _event_text(event: Event) -> str:
    until = f"_{event.until}" if event.until else ""
    label = quote(event.label, safe=" ")
    name = f"({label})" if label else ""
    return f"{event.kind}:{written_amount(event.amount)}@{event.quarter}{until}{name}"


def _row(found: re.Match[str]) -> tuple[str, dict[str, Any]]:
    """A part as the row of a table that a file would have."""
    part, amount = found.groupdict(), float(found["amount"])
    beside: dict[str, Any] = {"amount": amount}
    if part["until"]:
        beside["until"] = part["until"]
    if part["ramp"]:
        beside["ramp"] = int(part["ramp"])
    if part["label"]:
        beside["label"] = unquote(part["label"])
    if part["code"] in list(LeverCode):
        return "lever", {"lever": part["code"], "start": part["start"], **beside}
    return "event", {"kind": part["code"], "from": part["start"], **beside}
