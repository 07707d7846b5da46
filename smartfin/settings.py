"""Everything that can be set, read once, in this order: environment, group.toml, default.

The environment says where things are (``SMARTFIN_DATABASE``, ``SMARTFIN_DATA``,
``SMARTFIN_PORT``, ``SMARTFIN_SAMPLES``) and may turn approval on or off
(``SMARTFIN_APPROVAL``); ``group.toml`` in the data folder says what the board decided.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from math import inf, isfinite
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter

T = TypeVar("T")

# Lowest and highest value of what would otherwise fail late, or make no sense in silence.
_RANGES: Mapping[str, tuple[float, float]] = {
    "hand_in_days": (1, 365),
    "constant_rates_year": (1999, 9998),
    "support_envelope_eur": (1, 1e12),
    "verdict.on_track": (0, 1),
    "verdict.at_risk": (0, 1),
    "verdict.too_early": (4, 100),
    "verdict.lost_within": (1, 100),
    "verdict.red_flags": (1, 100),
    "outlook.paths": (100, 1_000_000),
    "outlook.seed": (0, 2**32 - 1),
    "outlook.horizon": (1, 100),
    "social.unchanged": (0, 1),
    "social.bought_amber": (0, 1),
    "social.bought_red": (0, 1),
    "social.least_reported": (1, 12),
    "social.most_fallen": (0, 11),
}

ROOT = Path(__file__).resolve().parent.parent


class Level(StrEnum):
    """The result the board judges break-even on (docs/metrics.md#levels)."""

    SUPPORTED = "supported"
    OSS = "oss"
    FSS = "fss"


@dataclass(frozen=True, slots=True)
class VerdictSettings:
    """Thresholds of the verdict (docs/metrics.md#verdict).

    Args:
        on_track: Probability from which a partner is on track [fraction].
        at_risk: Probability under which it is at risk [fraction].
        too_early: Quarters of history needed before a probability is given.
        lost_within: Quarters within which a lost break-even is recalled.
        red_flags: Red traction flags that put a partner at risk.
    """

    on_track: float
    at_risk: float
    too_early: int
    lost_within: int
    red_flags: int


@dataclass(frozen=True, slots=True)
class OutlookSettings:
    """How the outlook is simulated (docs/metrics.md#outlook).

    Args:
        paths: Simulated futures.
        seed: Start of the random numbers; the same facts give the same outlook.
        horizon: Quarters looked ahead for the landing quarter.
    """

    paths: int
    seed: int
    horizon: int


@dataclass(frozen=True, slots=True)
class SocialSettings:
    """Thresholds of the social balance (docs/metrics.md#social-verdict), all house values.

    Args:
        unchanged: A change of the result smaller than this part of own costs is none [fraction].
        bought_amber: Bought share of an improvement above which it is amber [fraction].
        bought_red: The same for red [fraction].
        least_reported: Of the twelve indicators, how many must be judged for a verdict.
        most_fallen: How many may have fallen and the social project still count as held.
    """

    unchanged: float = 0.02
    bought_amber: float = 0.33
    bought_red: float = 0.60
    least_reported: int = 6
    most_fallen: int = 1


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """A threshold of early warning that the assembly changed (docs/metrics.md#early-warning).

    Args:
        rule: Code of the rule.
        since: Day from which it holds; it judges every quarter that ends later.
        amber: Threshold of an amber flag; None leaves it as it stands.
        red: Threshold of a red flag; None leaves it as it stands.
        why: Who decided it.
        place: Where it stands in group.toml, to be named in an error.
    """

    rule: str
    since: date
    amber: float | None
    red: float | None
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run.

    Args:
        database: SQLAlchemy address of the ledger.
        data: Folder with group.toml, items.yaml, rates.csv and samples; the catalogues of
            messages belong to the program.
        port: Where the dashboard listens on 127.0.0.1.
        samples: Whether the first start imports the sample workbooks.
        deadline: Quarter by which each partner must break even.
        deadline_from: First quarter in which that deadline had been decided.
        level: Result on which that is judged.
        hand_in_days: Days after a quarter's end by which its workbook is due.
        sample_day: As-of day on which lateness is judged while all data is synthetic.
        constant_rates_year: Year whose mean rates serve as constant rates.
        support_envelope_eur: Support voted for the quarters from ``support_envelope_from`` to
            the deadline [EUR].
        support_envelope_from: First of those quarters.
        approval: Whether group finance approves what is handed in before the board reads it.
        verdict: Thresholds of the verdict.
        outlook: How the outlook is simulated.
        thresholds: Changed thresholds of early warning, in the order of group.toml.
        partners: The ``[partner.XX]`` tables as read; ``partner.read_partners`` types them.
        social: Thresholds of the social balance.
        social_floors: The ``[[social_floor]]`` tables as read;
            ``social_floor.read_social_floors`` types them.
    """

    database: str
    data: Path
    port: int
    samples: bool
    deadline: Quarter
    deadline_from: Quarter
    level: Level
    hand_in_days: int
    sample_day: date
    constant_rates_year: int
    support_envelope_eur: float
    support_envelope_from: Quarter
    approval: bool
    verdict: VerdictSettings
    outlook: OutlookSettings
    thresholds: tuple[ThresholdChange, ...]
    partners: Mapping[str, Mapping[str, Any]]
    social: SocialSettings = SocialSettings()
    social_floors: tuple[Mapping[str, Any], ...] = ()


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this run.

    Raises:
        SettingsError: ``setting-missing``, ``setting-unknown`` or ``setting-malformed``,
            naming the key; ``settings-file-missing`` or ``-unreadable``, naming the file.
    """
    data = Path(environment.get("SMARTFIN_DATA") or ROOT / "data").resolve()
    group = _read_toml(data / "group.toml")
    default_database = f"sqlite:///{ROOT / 'var' / 'smartfin.db'}"
    settings = Settings(
        database=environment.get("SMARTFIN_DATABASE") or default_database,
        data=data,
        port=_port(environment.get("SMARTFIN_PORT") or "8501"),
        samples=environment.get("SMARTFIN_SAMPLES", "1") != "0",
        deadline=_quarter("deadline", group),
        deadline_from=_deadline_from(group),
        level=_level(_needed(group, "level", str)),
        hand_in_days=_needed(group, "hand_in_days", int),
        sample_day=_needed(group, "sample_day", date),
        constant_rates_year=_needed(group, "constant_rates_year", int),
        support_envelope_eur=_needed(group, "support_envelope_eur", float),
        support_envelope_from=_quarter("support_envelope_from", group),
        approval=_approval(group, environment.get("SMARTFIN_APPROVAL", "")),
        verdict=_section(group, "verdict", VerdictSettings),
        outlook=_section(group, "outlook", OutlookSettings),
        thresholds=_thresholds(group),
        partners=_needed(group, "partner", dict),
        social=_social(group),
        social_floors=_rows(group, "social_floor"),
    )
    _refuse_unknown(group)
    return settings


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError("settings-file-missing", path=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("settings-file-unreadable", path=str(path), why=str(error)) from error


def _needed(table: Mapping[str, Any], key: str, kind: type[T], section: str = "") -> T:
    """The value of a key, of exactly the type wanted; a whole number serves as a fraction."""
    name = f"{section}.{key}" if section else key
    if key not in table:
        raise SettingsError("setting-missing", key=name)
    value = table[key]
    if kind is float and type(value) is int:
        value = float(value)
    # Exactly: ``true`` is an int to isinstance, and a moment is a date.
    if not isinstance(value, kind) or type(value) is not kind:
        raise SettingsError("setting-malformed", key=name, value=str(value), wanted=kind.__name__)
    _refuse_out_of_range(name, value)
    return value


def _refuse_out_of_range(name: str, value: object) -> None:
    lowest, highest = _RANGES.get(name, (-inf, inf))
    if not isinstance(value, int | float):
        return
    # TOML has numbers that are none.
    if not isfinite(value) or not lowest <= value <= highest:
        wanted = f"{lowest:g}–{highest:g}" if name in _RANGES else "a finite number"
        raise SettingsError("setting-malformed", key=name, value=str(value), wanted=wanted)


def _section(group: Mapping[str, Any], name: str, kind: type[T]) -> T:
    """A table of group.toml as the dataclass of the same field names."""
    table = _needed(group, name, dict)
    wanted = get_type_hints(kind)
    for key in table:
        if key not in wanted:
            raise SettingsError("setting-unknown", key=f"{name}.{key}")
    return kind(**{key: _needed(table, key, wanted[key], name) for key in wanted})


def _refuse_unknown(group: Mapping[str, Any]) -> None:
    """A misspelt key would otherwise leave a default in force without a word."""
    known = {field.name for field in fields(Settings)}
    known -= {"database", "data", "port", "samples", "partners", "thresholds", "social_floors"}
    known |= {"partner", "threshold", "social_floor"}
    for key in group.keys() - known:
        raise SettingsError("setting-unknown", key=key)


def _social(group: Mapping[str, Any]) -> SocialSettings:
    """The ``[social]`` table, each key of which may be left out."""
    if "social" not in group:
        return SocialSettings()
    table, stands = _needed(group, "social", dict), asdict(SocialSettings())
    social = _section({"social": {**stands, **table}}, "social", SocialSettings)
    if social.bought_red < social.bought_amber:
        wanted = f">= {social.bought_amber:g}"
        value = str(social.bought_red)
        raise SettingsError(
            "setting-malformed", key="social.bought_red", value=value, wanted=wanted
        )
    return social


def _rows(group: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """The tables of a list of tables; none where there is no such list."""
    rows = _needed(group, key, list) if key in group else []
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            name, wanted = f"{key}[{place}]", f"[[{key}]]"
            raise SettingsError("setting-malformed", key=name, value=str(row), wanted=wanted)
    return tuple(rows)


def _thresholds(group: Mapping[str, Any]) -> tuple[ThresholdChange, ...]:
    """The ``[[threshold]]`` tables; none where the rules' own thresholds stand."""
    rows = _needed(group, "threshold", list) if "threshold" in group else []
    read = (_threshold(f"threshold[{place}]", row) for place, row in enumerate(rows, start=1))
    known: dict[tuple[str, date], ThresholdChange] = {}
    for change in read:
        first = known.setdefault((change.rule, change.since), change)
        if first is not change:  # which of two counts would depend on their order
            key, wanted = f"{change.place}.from", f"another day than that of {first.place}"
            raise SettingsError(
                "setting-malformed", key=key, value=f"{change.rule}, {change.since}", wanted=wanted
            )
    return tuple(known.values())


def _threshold(place: str, row: Any) -> ThresholdChange:
    if not isinstance(row, dict):
        wanted = "[[threshold]]"
        raise SettingsError("setting-malformed", key=place, value=str(row), wanted=wanted)
    for key in row.keys() - {"rule", "from", "amber", "red", "why"}:
        raise SettingsError("setting-unknown", key=f"{place}.{key}")
    if not row.keys() & {"amber", "red"}:
        raise SettingsError("setting-missing", key=f"{place}.amber")
    limits = {key: _limit(row, key, place) for key in ("amber", "red")}
    return ThresholdChange(
        rule=_needed(row, "rule", str, place),
        since=_needed(row, "from", date, place),
        why=_why(row, place),
        place=place,
        **limits,
    )


def _limit(row: Mapping[str, Any], key: str, place: str) -> float | None:
    """A threshold, where it is changed."""
    return _needed(row, key, float, place) if key in row else None


def _why(row: Mapping[str, Any], place: str) -> str:
    why = _needed(row, "why", str, place).strip()
    if not why:
        key, wanted = f"{place}.why", '"assembly of 12 December 2023"'
        raise SettingsError("setting-malformed", key=key, value='""', wanted=wanted)
    return why


def _quarter(key: str, group: Mapping[str, Any]) -> Quarter:
    text = _needed(group, key, str)
    try:
        return Quarter.parse(text)
    except InputError as error:
        raise SettingsError("setting-malformed", key=key, value=text, wanted="2023-Q4") from error


def _deadline_from(group: Mapping[str, Any]) -> Quarter:
    """The quarter from which the deadline counts; by default as long as support is voted."""
    if "deadline_from" not in group:
        return min(_quarter("support_envelope_from", group), _quarter("deadline", group))
    first, deadline = _quarter("deadline_from", group), _quarter("deadline", group)
    if first > deadline:
        wanted = f"<= {deadline}"
        raise SettingsError(
            "setting-malformed", key="deadline_from", value=str(first), wanted=wanted
        )
    return first


def _level(text: str) -> Level:
    try:
        return Level(text)
    except ValueError as error:
        wanted = ", ".join(Level)
        raise SettingsError("setting-malformed", key="level", value=text, wanted=wanted) from error


def _approval(group: Mapping[str, Any], asked: str) -> bool:
    """Off unless somebody turned it on: who works alone has nobody to approve."""
    if asked not in {"", "0", "1"}:
        raise SettingsError(
            "setting-malformed", key="SMARTFIN_APPROVAL", value=asked, wanted="0, 1"
        )
    decided = "approval" in group and _needed(group, "approval", bool)
    return asked == "1" if asked else decided


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError("setting-malformed", key="SMARTFIN_PORT", value=text, wanted="1-65535")
    return int(text)
