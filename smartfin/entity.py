"""The legal entities of a partner: who keeps books and answers for debts of its own.

A partner may be an association and a company at once. Break-even is the partner's; the tests
of company law are each entity's (docs/metrics.md#entities).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any

from smartfin.errors import SettingsError
from smartfin.items import Items
from smartfin.quarter import Quarter

DEALINGS: Mapping[str, str] = {
    "own_entities_income": "service_revenue",
    "own_entities_costs": "other_operating_expenses",
    "own_entities_receivables": "other_receivables",
    "own_entities_payables": "trade_payables",
}
"""Memos of dealings between a partner's own entities, and the line each usually stands in."""

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_KEYS = frozenset(
    {"name", "legal_form", "registered_capital", "fiscal_year_starts", "from", "until", "lines"}
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity of a partner.

    Args:
        code: Its short name within the partner, ``EV``; empty for a partner that is one
            entity itself.
        name: As it signs.
        legal_form: As its country writes it, ``eG``; empty where nobody said.
        registered_capital: Capital in its register [local currency, >= 0]; None where it has
            none, or nobody said.
        fiscal_year_starts: Month in which its financial year begins, 1 to 12.
        since: First day it existed; None for as long as the partner.
        until: Last day it existed; None while it does.
        lines: Pairs of codes: a memo of dealings within the partner, and the line it stands
            in, where that is not the usual one (docs/metrics.md#entities).
    """

    code: str
    name: str
    legal_form: str = ""
    registered_capital: float | None = None
    fiscal_year_starts: int = 1
    since: date | None = None
    until: date | None = None
    lines: tuple[tuple[str, str], ...] = ()

    def line_of(self, memo: str) -> str:
        """Code of the line in which a memo of dealings stands."""
        return dict(self.lines).get(memo, DEALINGS[memo])

    def existed_in(self, quarter: Quarter) -> bool:
        """Whether it existed on any day of a quarter, and so has figures for it."""
        began = self.since is None or self.since <= quarter.end
        return began and (self.until is None or self.until >= quarter.start)


def read_entities(partner: str, table: Mapping[str, Any]) -> tuple[Entity, ...]:
    """The ``[partner.XX.entity.CODE]`` tables of a partner, in the order of group.toml.

    Args:
        partner: Code of the partner, to name the key of what is wrong.
        table: Its own table; its book year serves where an entity states none.

    Raises:
        SettingsError: ``setting-missing``, ``setting-unknown`` or ``setting-malformed``.
    """
    place = f"partner.{partner}.entity"
    tables = table.get("entity", {})
    if not isinstance(tables, dict):
        raise _malformed(place, tables, f"[{place}.EV]")
    starts = read_month(f"partner.{partner}", table, 1)
    return tuple(_entity(f"{place}.{code}", code, row, starts) for code, row in tables.items())


def read_month(place: str, table: Mapping[str, Any], default: int) -> int:
    """The month in which a financial year begins.

    Raises:
        SettingsError: ``setting-malformed``.
    """
    value = table.get("fiscal_year_starts", default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 12:
        raise _malformed(f"{place}.fiscal_year_starts", value, "1–12")
    return value


def read_form(place: str, table: Mapping[str, Any]) -> str:
    """The legal form; empty where it is not stated.

    Raises:
        SettingsError: ``setting-malformed``.
    """
    value = table.get("legal_form", "")
    if not isinstance(value, str) or ("legal_form" in table and not value.strip()):
        raise _malformed(f"{place}.legal_form", value, "eG, GmbH, AB …")
    return value.strip()


def read_text(place: str, table: Mapping[str, Any], key: str) -> str:
    """A text that must be there and say something.

    Raises:
        SettingsError: ``setting-missing`` or ``setting-malformed``.
    """
    if key not in table:
        raise SettingsError("setting-missing", key=f"{place}.{key}")
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise _malformed(f"{place}.{key}", value, "str")
    return value.strip()


def read_capital(place: str, table: Mapping[str, Any]) -> float | None:
    """The registered capital [local currency, >= 0]; None where it is not stated.

    Raises:
        SettingsError: ``setting-malformed``.
    """
    return _amount(place, table, "registered_capital", least=0)


def read_capacity(place: str, table: Mapping[str, Any]) -> float | None:
    """The volume one adviser can look after [local currency a year, >= 1]; None if not stated.

    Raises:
        SettingsError: ``setting-malformed``.
    """
    return _amount(place, table, "adviser_capacity", least=1)


def _amount(place: str, table: Mapping[str, Any], key: str, *, least: int) -> float | None:
    value = table.get(key)
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not isfinite(value) or not least <= value <= 1e12:
        raise _malformed(f"{place}.{key}", value, f"{least}–1e12")
    return float(value)


def refuse_unfit_lines(place: str, entity: Entity, items: Items) -> None:
    """A memo of dealings can only stand in an entered line of its own kind.

    Args:
        place: Key of the entity's table.
        entity: As set.
        items: The chart of line items.

    Raises:
        SettingsError: ``setting-malformed``, naming the key and the lines that would do.
    """
    for memo, code in entity.lines:
        fitting = [
            item.code
            for item in items.values()
            if item.effect == (-1 if memo == "own_entities_costs" else 1)
            and (item.statement, item.side) == (items[memo].statement, items[memo].side)
            and not item.derived
        ]
        if code not in fitting:
            raise _malformed(f"{place}.lines.{memo}", code, ", ".join(fitting))


def _entity(place: str, code: str, row: object, starts: int) -> Entity:
    if not isinstance(row, dict) or not _CODE.fullmatch(code):
        raise _malformed(place, code, "EV, GMBH, A1 …")
    for key in row.keys() - _KEYS:
        raise SettingsError("setting-unknown", key=f"{place}.{key}")
    since, until = _day(place, row, "from"), _day(place, row, "until")
    if since is not None and until is not None and until < since:
        raise _malformed(f"{place}.until", until, f">= {since}")
    return Entity(
        code=code,
        name=read_text(place, row, "name"),
        legal_form=read_text(place, row, "legal_form"),
        registered_capital=read_capital(place, row),
        fiscal_year_starts=read_month(place, row, starts),
        since=since,
        until=until,
        lines=_lines(place, row),
    )


def _day(place: str, row: Mapping[str, Any], key: str) -> date | None:
    value = row.get(key)
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise _malformed(f"{place}.{key}", value, "2023-01-01")
    return value


def _lines(place: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    lines = row.get("lines", {})
    if not isinstance(lines, dict) or not all(isinstance(each, str) for each in lines.values()):
        raise _malformed(f"{place}.lines", lines, "docs/operations.md")
    for memo in lines.keys() - DEALINGS.keys():
        raise SettingsError("setting-unknown", key=f"{place}.lines.{memo}")
    return tuple(lines.items())


def _malformed(key: str, value: object, wanted: str) -> SettingsError:
    return SettingsError("setting-malformed", key=key, value=str(value), wanted=wanted)
