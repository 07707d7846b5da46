"""Fees that an assembly decided on ahead of time: from a quarter on, the fee will be so much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter

_WANTED = '[{ from = "2023-Q3", percent = 8.5, decided = 2022-12-12, why = "assembly" }]'
_KEYS = ("from", "percent", "decided", "why")
_VOTED = ("turnout", "in_favour")


@dataclass(frozen=True, slots=True)
class FeeVote:
    """A fee that was decided and dated.

    Args:
        first: First quarter it holds for.
        percent: The fee, as a partner prints it [percent, above 0, at most 100].
        why: Who decided it.
        decided: When; nobody knew of it earlier.
        turnout: Members who voted on it, over those who could [fraction, 0 to 1]; None where
            that was not written down, or it was not theirs to decide.
        in_favour: Votes in favour, over those cast [fraction, 0 to 1]; None together with it.
    """

    first: Quarter
    percent: float
    why: str
    decided: date
    turnout: float | None = None
    in_favour: float | None = None


def decided_by(votes: Iterable[FeeVote], day: date) -> tuple[FeeVote, ...]:
    """The fees that had been decided by the end of a day, in the order given.

    Example:
        >>> vote = FeeVote(Quarter(2023, 3), 8.5, "assembly", date(2022, 12, 12))
        >>> decided_by([vote], date(2022, 12, 12)) == (vote,)
        True
        >>> decided_by([vote], date(2022, 12, 11))
        ()
    """
    return tuple(vote for vote in votes if vote.decided <= day)


def read_fee_votes(place: str, table: Mapping[str, Any]) -> tuple[FeeVote, ...]:
    """The fees decided for a partner, ``fee_votes = [{ from = ..., percent = ..., ... }]``.

    Args:
        place: Name of the partner's table, for the message.
        table: The table.

    Returns:
        Oldest first; none where nobody said.

    Raises:
        SettingsError: ``setting-missing`` where a vote lacks a key; ``setting-malformed``
            where it is no fee, has no day, or two are of one quarter; ``setting-unknown`` for
            a misspelt key.
    """
    rows = table.get("fee_votes", [])
    key = f"{place}.fee_votes"
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError("setting-malformed", key=key, value=str(rows), wanted=_WANTED)
    read = (_vote(f"{key}[{place}]", row) for place, row in enumerate(rows, start=1))
    votes = sorted(read, key=lambda vote: vote.first)
    for one, following in pairwise(votes):
        if following.first == one.first:
            twice = f"{one.first}, {following.first}"
            raise SettingsError("setting-malformed", key=key, value=twice, wanted=_WANTED)
    return tuple(votes)


def _vote(place: str, row: Mapping[str, Any]) -> FeeVote:
    for name in row.keys() - {*_KEYS, *_VOTED}:
        raise SettingsError("setting-unknown", key=f"{place}.{name}")
    for name in (*_KEYS, *(_VOTED if row.keys() & set(_VOTED) else ())):
        if name not in row:
            raise SettingsError("setting-missing", key=f"{place}.{name}")
    try:
        first = Quarter.parse(row["from"])
    except (AttributeError, TypeError, InputError) as error:
        raise _malformed(place, row, "from", "2023-Q3") from error
    percent, decided, why = row["percent"], row["decided"], row["why"]
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 < percent <= 100:
        raise _malformed(place, row, "percent", "> 0, <= 100")
    if not isinstance(decided, date) or isinstance(decided, datetime):
        raise _malformed(place, row, "decided", "2022-12-12")
    if not isinstance(why, str) or not why.strip():
        raise _malformed(place, row, "why", '"assembly of 12 December 2022"')
    turnout, in_favour = (_share(place, row, name) for name in _VOTED)
    return FeeVote(first, float(percent), why.strip(), decided, turnout, in_favour)


def _share(place: str, row: Mapping[str, Any], name: str) -> float | None:
    """How many voted, or voted for it; None where nobody said."""
    share = row.get(name)
    if share is None:
        return None
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise _malformed(place, row, name, "0–1")
    return float(share)


def _malformed(place: str, row: Mapping[str, Any], name: str, wanted: str) -> SettingsError:
    key, value = f"{place}.{name}", repr(row[name])
    return SettingsError("setting-malformed", key=key, value=value, wanted=wanted)
