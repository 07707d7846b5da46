"""Fees that an assembly decided on ahead of time: from a quarter on, the fee will be so much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter

_WANTED = '[{ from = "2023-Q3", percent = 8.5, why = "assembly of 12 December 2022" }]'


@dataclass(frozen=True, slots=True)
class FeeVote:
    """A fee that was decided and dated.

    Args:
        first: First quarter it holds for.
        percent: The fee, as a partner prints it [percent, above 0, at most 100].
        why: Who decided it.
    """

    first: Quarter
    percent: float
    why: str


def read_fee_votes(place: str, table: Mapping[str, Any]) -> tuple[FeeVote, ...]:
    """The fees decided for a partner, ``fee_votes = [{ from = ..., percent = ..., why = ... }]``.

    Args:
        place: Name of the partner's table, for the message.
        table: The table.

    Returns:
        Oldest first; none where nobody said.

    Raises:
        SettingsError: ``setting-malformed`` where a vote lacks something, is no fee, or two
            are of one quarter; ``setting-unknown`` for a misspelt key.
    """
    rows = table.get("fee_votes", [])
    key = f"{place}.fee_votes"
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError("setting-malformed", key=key, value=str(rows), wanted=_WANTED)
    votes = sorted((_vote(key, row) for row in rows), key=lambda vote: vote.first)
    for one, following in pairwise(votes):
        if following.first == one.first:
            twice = f"{one.first}, {following.first}"
            raise SettingsError("setting-malformed", key=key, value=twice, wanted=_WANTED)
    return tuple(votes)


def _vote(key: str, row: Mapping[str, Any]) -> FeeVote:
    for name in row.keys() - {"from", "percent", "why"}:
        raise SettingsError("setting-unknown", key=f"{key}.{name}")
    malformed = SettingsError("setting-malformed", key=key, value=str(dict(row)), wanted=_WANTED)
    try:
        first, percent, why = Quarter.parse(row["from"]), row["percent"], row["why"]
    except (KeyError, AttributeError, TypeError, InputError) as error:
        raise malformed from error
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 < percent <= 100:
        raise malformed
    if not isinstance(why, str) or not why.strip():
        raise malformed
    return FeeVote(first, float(percent), why.strip())
