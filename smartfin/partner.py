"""The partner organisations and what the group decided about each, with dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter
from smartfin.settings import Settings


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
    """

    code: str
    organisation: str
    currency: str
    languages: tuple[str, ...]
    launch: Quarter
    history: tuple[StatusChange, ...]
    fiscal_year_starts: int = 1

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


def read_partners(settings: Settings) -> tuple[Partner, ...]:
    """The partners of group.toml, in its order.

    Raises:
        SettingsError: ``setting-missing`` or ``setting-malformed``, naming the partner.
    """
    return tuple(_read_partner(code, table) for code, table in settings.partners.items())


def find_partner(partners: Iterable[Partner], code: str) -> Partner:
    """The partner with a code, in any case.

    Raises:
        InputError: ``partner-unknown``, with the codes that exist.
    """
    known = {partner.code: partner for partner in partners}
    if code.upper() not in known:
        raise InputError("partner-unknown", partner=code, known=", ".join(known))
    return known[code.upper()]


def _read_partner(code: str, table: Mapping[str, Any]) -> Partner:
    try:
        return Partner(
            code=code,
            organisation=table["organisation"],
            currency=table["currency"],
            languages=_languages(table["languages"]),
            launch=Quarter.parse(table["launch"]),
            history=_history(table["status"]),
            fiscal_year_starts=_month(table.get("fiscal_year_starts", 1)),
        )
    except KeyError as error:
        raise SettingsError("setting-missing", key=f"partner.{code}.{error.args[0]}") from error
    except (AttributeError, TypeError, ValueError, InputError) as error:
        raise SettingsError(
            "setting-malformed",
            key=f"partner.{code}",
            value=str(error),
            wanted="docs/operations.md",
        ) from error


def _languages(codes: object) -> tuple[str, ...]:
    if not isinstance(codes, list):  # a bare string would fall apart into letters
        raise TypeError(f"languages = {codes!r}")
    return tuple(codes)


def _history(rows: Iterable[Mapping[str, Any]]) -> tuple[StatusChange, ...]:
    changes = [StatusChange(_day(row["from"]), Status(row["is"])) for row in rows]
    return tuple(sorted(changes, key=lambda change: change.day))


def _month(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 12:
        raise ValueError(f"fiscal_year_starts = {value!r}")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"from = {value!r}")
    return value
