"""What a partner's country earns and pays, year by year: what social figures are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from smartfin.errors import SettingsError

_PAY, _PRICES, _SOURCE = "median_pay", "consumer_prices", "source"
_HIGHEST = 1e12
_WANTED = "{ 2021 = 98.1, 2022 = 100 }"


@dataclass(frozen=True, slots=True)
class National:
    """Two figures of a country by year; what is not stated is not known.

    Args:
        source: Where they come from, or that they are assumptions.
        median_pay: Year and median gross pay in it [local currency a year, > 0], oldest first.
        consumer_prices: Year and index of consumer prices [100 in the year whose prices are
            used, > 0], oldest first.
    """

    source: str
    median_pay: tuple[tuple[int, float], ...] = ()
    consumer_prices: tuple[tuple[int, float], ...] = ()


def read_national(place: str, table: Mapping[str, Any]) -> National | None:
    """The ``[partner.XX.national]`` table of a partner; None where nobody stated it.

    Args:
        place: Name of the partner's table, for the message.
        table: The table.

    Raises:
        SettingsError: ``setting-malformed`` for what is no figure of a year,
            ``setting-missing`` without a source, ``setting-unknown`` for a misspelt key.
    """
    if "national" not in table:
        return None
    key, row = f"{place}.national", table["national"]
    if not isinstance(row, Mapping):
        raise _malformed(key, row)
    for name in row.keys() - {_SOURCE, _PAY, _PRICES}:
        raise SettingsError("setting-unknown", key=f"{key}.{name}")
    if _SOURCE not in row:
        raise SettingsError("setting-missing", key=f"{key}.{_SOURCE}")
    source = row[_SOURCE]
    if not isinstance(source, str) or not source.strip():
        raise SettingsError(
            "setting-malformed", key=f"{key}.{_SOURCE}", value=str(source), wanted="str"
        )
    return National(source.strip(), _by_year(key, row, _PAY), _by_year(key, row, _PRICES))


def _by_year(place: str, row: Mapping[str, Any], name: str) -> tuple[tuple[int, float], ...]:
    key, years = f"{place}.{name}", row.get(name, {})
    if not isinstance(years, Mapping):
        raise _malformed(key, years)
    return tuple(sorted(_figure(f"{key}.{year}", year, years[year]) for year in years))


def _figure(key: str, year: str, value: object) -> tuple[int, float]:
    """A year of four digits with what was so much in it; TOML's keys are all text."""
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise _malformed(key, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _malformed(key, value)
    if not isfinite(value) or not 0 < value <= _HIGHEST:
        raise _malformed(key, value)
    return int(year), float(value)


def _malformed(key: str, value: object) -> SettingsError:
    return SettingsError("setting-malformed", key=key, value=str(value), wanted=_WANTED)
