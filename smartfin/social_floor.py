"""Floors and tolerances of the social balance, as a partner's assembly set them, with a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from smartfin.errors import SettingsError
from smartfin.settings import Settings

_KEYS = frozenset({"measure", "partner", "from", "floor", "tolerance", "why"})


@dataclass(frozen=True, slots=True)
class SocialFloor:
    """What an assembly set for one of the twelve indicators.

    Args:
        measure: Code of the indicator, as ``analysis.social.MEASURES`` has it.
        partner: Code of the partner whose assembly it was.
        since: Day from which it holds; it judges the quarter it lies in and every later one.
        floor: In the unit of the indicator: the worst that is acceptable; None leaves it as
            it stands.
        tolerance: By how much it may be worse than usual [fraction of the usual value, or of
            1 for percentages: 0.02 is two points]; None leaves it as it stands.
        why: Who decided it.
        place: Where it stands in group.toml, to be named in an error.
    """

    measure: str
    partner: str
    since: date
    floor: float | None
    tolerance: float | None
    why: str
    place: str


def read_social_floors(settings: Settings) -> tuple[SocialFloor, ...]:
    """The ``[[social_floor]]`` tables of group.toml; none where the defaults stand.

    Raises:
        SettingsError: ``setting-missing``, ``setting-unknown`` or ``setting-malformed``,
            naming the key.
    """
    rows = enumerate(settings.social_floors, start=1)
    return tuple(_floor(f"social_floor[{place}]", row, settings.partners) for place, row in rows)


def floors_of(partner: str, floors: Iterable[SocialFloor]) -> tuple[SocialFloor, ...]:
    """What one partner's assembly set, oldest first."""
    own = (floor for floor in floors if floor.partner == partner)
    return tuple(sorted(own, key=lambda floor: floor.since))


def _floor(place: str, row: Mapping[str, Any], partners: Iterable[str]) -> SocialFloor:
    for key in row.keys() - _KEYS:
        raise SettingsError("setting-unknown", key=f"{place}.{key}")
    for key in ("measure", "partner", "from", "why"):
        if key not in row:
            raise SettingsError("setting-missing", key=f"{place}.{key}")
    if not row.keys() & {"floor", "tolerance"}:
        raise SettingsError("setting-missing", key=f"{place}.floor")
    known = list(partners)
    if row["partner"] not in known:
        raise _malformed(f"{place}.partner", row["partner"], ", ".join(known))
    if type(row["from"]) is not date:  # a moment is a date to isinstance
        raise _malformed(f"{place}.from", row["from"], "date")
    return SocialFloor(
        measure=_text(place, row, "measure"),
        partner=row["partner"],
        since=row["from"],
        floor=_number(place, row, "floor", highest=1e12),
        tolerance=_number(place, row, "tolerance", highest=1),
        why=_text(place, row, "why"),
        place=place,
    )


def _text(place: str, row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise _malformed(f"{place}.{key}", value, "str")
    return value.strip()


def _number(place: str, row: Mapping[str, Any], key: str, *, highest: float) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not isfinite(value) or not 0 <= value <= highest:
        raise _malformed(f"{place}.{key}", value, f"0–{highest:g}")
    return float(value)


def _malformed(key: str, value: object, wanted: str) -> SettingsError:
    return SettingsError("setting-malformed", key=key, value=str(value), wanted=wanted)
