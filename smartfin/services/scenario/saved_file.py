"""A scenario file kept as a named scenario: what it changes, whose it is and what it is called."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from smartfin.errors import InputError
from smartfin.scenario import Changes, as_mapping, parsed_changes
from smartfin.services.record.decide import Decided
from smartfin.services.scenario.saved import save_scenario
from smartfin.services.start import Smartfin

_BESIDE = ("partner", "name", "goal", "bound")  # of a file, beside what changes


def save_file(
    smartfin: Smartfin,
    content: bytes,
    name: str,
    by: str,
    replaces: int | None = None,
    remark: str = "",
) -> Decided:
    """Keep what a scenario file changes; a goal in it is not kept.

    Args:
        smartfin: Opened.
        content: Bytes of the file.
        name: How it is called; empty for what the file says.
        by: Who saves it.
        replaces: Number of the newest version this is a new version of; None for a new one.
        remark: What is said of it; empty for nothing.

    Raises:
        InputError: ``scenario-no-toml``, ``scenario-key-missing``; as ``parsed_changes`` and
            ``save_scenario``.
    """
    mapping = _mapping(content)
    if not isinstance(mapping.get("partner"), str):
        raise InputError("scenario-key-missing", key="partner")
    written = json.dumps(as_mapping(_changes(mapping)))
    called = name or str(mapping.get("name", ""))
    return save_scenario(smartfin, mapping["partner"], called, written, by, replaces, remark)


def _mapping(content: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, no TOML, a number without end
        raise InputError("scenario-no-toml", why=str(error)) from error


def _changes(mapping: Mapping[str, Any]) -> Changes:
    return parsed_changes({key: mapping[key] for key in mapping if key not in _BESIDE})
