"""The partner organisations and what the group decided about each, with dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from smartfin.entity import (
    Entity,
    read_capacity,
    read_capital,
    read_entities,
    read_form,
    read_month,
    read_text,
)
from smartfin.errors import InputError, SettingsError
from smartfin.fee import FeeVote, read_fee_votes
from smartfin.national import National, read_national
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.support import Vote, read_votes


class Status(StrEnum):
    """Where a partner stands in the group; a dated history, not a flag."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From ``day`` on the partner has ``status``."""

    day: date
    status: Status


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner organisation.

    Args:
        code: ISO country code; the country's name comes from CLDR.
        organisation: Name of the organisation as it signs.
        currency: ISO code; its books and its break-even are in this currency.
        languages: Languages its workbooks are written in, most likely first.
        launch: First quarter of activity.
        history: Status changes, oldest first.
        fiscal_year_starts: Month in which its financial year begins, 1 to 12.
        legal_form: Of a partner that is one legal entity, as its country writes it; empty
            where nobody said, or where it has ``entities``.
        registered_capital: Of the same [local currency, >= 0]; None where nobody said.
        entities: Its legal entities where it has several that hand in; else empty.
        entity_of: Code of the partner this is an entity of (see ``units``); else empty.
        support: What the group voted for it, oldest first; empty where nobody said.
        fee_votes: Fees decided for later quarters, oldest first; empty where nobody said.
        adviser_capacity: Volume one full-time adviser can look after [local currency a year,
            > 0]; None where nobody said, and what each looks after today counts.
        national: What its country earns and pays; None where nobody said.
    """

    code: str
    organisation: str
    currency: str
    languages: tuple[str, ...]
    launch: Quarter
    history: tuple[StatusChange, ...]
    fiscal_year_starts: int = 1
    legal_form: str = ""
    registered_capital: float | None = None
    entities: tuple[Entity, ...] = ()
    entity_of: str = ""
    support: tuple[Vote, ...] = ()
    fee_votes: tuple[FeeVote, ...] = ()
    adviser_capacity: float | None = None
    national: National | None = None

    @property
    def legal_forms(self) -> tuple[str, ...]:
        """The legal forms stated of it, each once: what decides which legal duties it has."""
        forms = (entity.legal_form for entity in self.legal_entities)
        return tuple(dict.fromkeys(form for form in forms if form))

    @property
    def legal_entities(self) -> tuple[Entity, ...]:
        """Its legal entities; a partner that is one itself is the only one, without a code."""
        return self.entities or (
            Entity(
                "",
                self.organisation,
                self.legal_form,
                self.registered_capital,
                self.fiscal_year_starts,
            ),
        )

    @property
    def units(self) -> tuple[Partner, ...]:
        """Who may hand in for it: itself with a combined workbook, and each of its entities.

        An entity hands in under a code of its own, ``DE-EV``, and is to every reader of
        workbooks a partner like any other.
        """
        return (self, *(self._unit(entity) for entity in self.entities))

    def unit(self, entity: Entity) -> str:
        """The code under which an entity of it hands in."""
        return f"{self.code}-{entity.code}" if entity.code else self.code

    def _unit(self, entity: Entity) -> Partner:
        history = self.history
        if entity.until is not None:
            closed = StatusChange(entity.until + timedelta(days=1), Status.CLOSED)
            history = (*(each for each in history if each.day < closed.day), closed)
        began = Quarter.containing(entity.since) if entity.since else self.launch
        return replace(
            self,
            code=self.unit(entity),
            organisation=entity.name,
            launch=max(self.launch, began),
            history=history,
            fiscal_year_starts=entity.fiscal_year_starts,
            legal_form=entity.legal_form,
            registered_capital=entity.registered_capital,
            entities=(),
            entity_of=self.code,
            support=(),
            fee_votes=(),
            adviser_capacity=None,
            national=None,
        )

    def status_on(self, day: date) -> Status:
        """Status on a day; before the first change the partner counts as active."""
        passed = [change.status for change in self.history if change.day <= day]
        return passed[-1] if passed else Status.ACTIVE

    def decided_in(self, on: date) -> Quarter | None:
        """Quarter before the one that opens without it: when the group decided.

        As it stood on a day: later changes are not looked at. None while the partner is
        active, also after it came back. NL and HU: inactive from
        2020-04-01, so the decision quarter is 2020-Q1.
        """
        left: date | None = None
        for change in self.history:
            if change.day > on:
                break
            if change.status is Status.ACTIVE:
                left = None
            elif left is None:
                left = change.day
        return None if left is None else Quarter.containing(left - timedelta(days=1))


_CODE, _CURRENCY = re.compile(r"[A-Z]{2}"), re.compile(r"[A-Z]{3}")
_STATUS = '[{ from = 2014-01-01, is = "active" }]'

# Every key of a partner's table.
_KEYS = frozenset(
    {
        "organisation",
        "currency",
        "languages",
        "launch",
        "status",
        "fiscal_year_starts",
        "legal_form",
        "registered_capital",
        "entity",
        "support",
        "fee_votes",
        "adviser_capacity",
        "national",
    }
)


def read_partners(settings: Settings) -> tuple[Partner, ...]:
    """The partners of group.toml, in its order.

    Raises:
        SettingsError: ``setting-missing`` or ``setting-malformed``, naming the partner.
    """
    return tuple(_read_partner(code, table) for code, table in settings.partners.items())


def all_units(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Everybody who may hand in: each partner, followed by its entities."""
    return tuple(unit for partner in partners for unit in partner.units)


def find_partner(partners: Iterable[Partner], code: str) -> Partner:
    """The partner with a code, in any case.

    Raises:
        InputError: ``partner-unknown``, with the codes that exist.
    """
    known = {partner.code: partner for partner in partners}
    if code.upper() not in known:
        raise InputError("partner-unknown", typed=code, partners=tuple(known))
    return known[code.upper()]


def _read_partner(code: str, table: Mapping[str, Any]) -> Partner:
    place = f"partner.{code}"
    if not isinstance(table, Mapping) or not _CODE.fullmatch(code):
        raise _malformed(place, table, "[partner.ES]")
    _refuse_unknown_keys(place, table)
    _refuse_two_statements(place, table)
    return Partner(
        code=code,
        organisation=read_text(place, table, "organisation"),
        currency=_currency(place, table),
        languages=_languages(place, table),
        launch=_launch(place, table),
        history=_history(f"{place}.status", _rows(place, table, "status")),
        fiscal_year_starts=read_month(place, table, 1),
        legal_form=read_form(place, table),
        registered_capital=read_capital(place, table),
        entities=read_entities(code, table),
        support=read_votes(place, table),
        fee_votes=read_fee_votes(place, table),
        adviser_capacity=read_capacity(place, table),
        national=read_national(place, table),
    )


def _currency(place: str, table: Mapping[str, Any]) -> str:
    code = read_text(place, table, "currency")
    if not _CURRENCY.fullmatch(code):
        raise _malformed(f"{place}.currency", code, "EUR, SEK …")
    return code


def _languages(place: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    codes = _rows(place, table, "languages")
    if not all(isinstance(code, str) and code.strip() for code in codes):
        raise _malformed(f"{place}.languages", codes, '["de"]')
    return tuple(codes)


def _launch(place: str, table: Mapping[str, Any]) -> Quarter:
    text = read_text(place, table, "launch")
    try:
        return Quarter.parse(text)
    except InputError as error:
        raise _malformed(f"{place}.launch", text, "2014-Q1") from error


def _rows(place: str, table: Mapping[str, Any], key: str) -> list[Any]:
    """A list that says something; a bare string would fall apart into letters."""
    if key not in table:
        raise SettingsError("setting-missing", key=f"{place}.{key}")
    rows = table[key]
    if not isinstance(rows, list) or not rows:
        raise _malformed(f"{place}.{key}", rows, "[ … ]")
    return rows


def _history(place: str, rows: list[Any]) -> tuple[StatusChange, ...]:
    changes = sorted((_change(place, row) for row in rows), key=lambda change: change.day)
    for one, following in pairwise(changes):
        if following.day == one.day:  # which of two counts would depend on their order
            raise _malformed(place, f"{one.day}, {following.day}", _STATUS)
    return tuple(changes)


def _change(place: str, row: object) -> StatusChange:
    if not isinstance(row, Mapping) or row.keys() != {"from", "is"}:
        raise _malformed(place, row, _STATUS)
    day, status = row["from"], row["is"]
    if not isinstance(day, date) or isinstance(day, datetime) or status not in list(Status):
        raise _malformed(place, row, _STATUS)
    return StatusChange(day, Status(status))


def _malformed(key: str, value: object, wanted: str) -> SettingsError:
    return SettingsError("setting-malformed", key=key, value=str(value), wanted=wanted)


def _refuse_unknown_keys(place: str, table: Mapping[str, Any]) -> None:
    """A misspelt key would otherwise leave a default in force without a word."""
    for key in table.keys() - _KEYS:
        raise SettingsError("setting-unknown", key=f"{place}.{key}")


def _refuse_two_statements(place: str, table: Mapping[str, Any]) -> None:
    """Form and capital belong to a legal entity: to the partner only where it is one itself."""
    if table.get("entity"):
        for key in table.keys() & {"legal_form", "registered_capital"}:
            raise SettingsError("setting-unknown", key=f"{place}.{key}")
