from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smartfin.errors import InputError, SettingsError
from smartfin.partner import (
    Partner,
    Status,
    StatusChange,
    find_partner,
    read_partners,
)
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings

SETTINGS = read_settings({})
PARTNERS = read_partners(SETTINGS)
TODAY = date(2024, 1, 1)
TABLE: dict[str, Any] = {
    "organisation": "Smart Test",
    "currency": "EUR",
    "languages": ["nl", "fr"],
    "launch": "2014-Q3",
    "status": [{"from": date(2014, 7, 1), "is": "active"}],
}


def settings_with(**changes: object) -> Settings:
    """Settings whose only partner differs from a good one by some keys."""
    return replace(SETTINGS, partners={"XX": {**TABLE, **changes}})


def partner_with(*changes: tuple[date, Status]) -> Partner:
    history = tuple(StatusChange(day, status) for day, status in changes)
    return Partner("XX", "Smart Test", "EUR", ("nl",), Quarter(2014, 3), history)


def test_partners_stand_in_the_order_of_the_group_file() -> None:
    assert [partner.code for partner in PARTNERS] == ["ES", "IT", "SE", "DE", "AT", "NL", "HU"]


def test_a_partner_is_read_with_its_currency_languages_and_launch() -> None:
    sweden = find_partner(PARTNERS, "SE")
    assert (sweden.currency, sweden.languages, sweden.launch) == (
        "SEK",
        ("sv", "en"),
        Quarter(2012, 2),
    )


def test_each_partner_is_active_in_its_first_quarter() -> None:
    assert {partner.status_on(partner.launch.start) for partner in PARTNERS} == {Status.ACTIVE}


@pytest.mark.parametrize("code", ["NL", "HU"])
def test_a_precedent_turns_inactive_on_the_day_of_its_change(code: str) -> None:
    partner = find_partner(PARTNERS, code)
    assert partner.status_on(date(2020, 3, 31)) is Status.ACTIVE
    assert partner.status_on(date(2020, 4, 1)) is Status.INACTIVE
    assert partner.decided_in(TODAY) == Quarter(2020, 1)


def test_a_partner_counts_as_active_before_its_first_change() -> None:
    partner = partner_with((date(2020, 4, 1), Status.INACTIVE))
    assert partner.status_on(date(2014, 1, 1)) is Status.ACTIVE


def test_nothing_is_decided_about_an_active_partner() -> None:
    assert find_partner(PARTNERS, "ES").decided_in(TODAY) is None
    assert partner_with().decided_in(TODAY) is None


def test_a_decision_within_a_quarter_belongs_to_that_quarter() -> None:
    partner = partner_with((date(2020, 5, 15), Status.INACTIVE))
    assert partner.decided_in(TODAY) == Quarter(2020, 2)


def test_a_decision_is_undone_when_the_partner_comes_back() -> None:
    partner = partner_with(
        (date(2020, 4, 1), Status.INACTIVE),
        (date(2021, 1, 1), Status.ACTIVE),
    )
    assert partner.decided_in(TODAY) is None
    assert partner.status_on(date(2020, 12, 31)) is Status.INACTIVE


def test_a_decision_is_read_without_what_came_after_the_day() -> None:
    partner = partner_with(
        (date(2020, 4, 1), Status.INACTIVE),
        (date(2022, 1, 1), Status.ACTIVE),
    )
    assert partner.decided_in(date(2020, 3, 31)) is None
    assert partner.decided_in(date(2020, 4, 1)) == Quarter(2020, 1)
    assert partner.decided_in(date(2021, 6, 30)) == Quarter(2020, 1)
    assert partner.decided_in(date(2022, 1, 1)) is None


def test_the_latest_decision_counts_when_a_partner_came_back_and_left_again() -> None:
    partner = partner_with(
        (date(2020, 4, 1), Status.INACTIVE),
        (date(2021, 1, 1), Status.ACTIVE),
        (date(2023, 1, 1), Status.CLOSED),
    )
    assert partner.decided_in(TODAY) == Quarter(2022, 4)


def test_closing_an_inactive_partner_is_no_new_decision() -> None:
    partner = partner_with(
        (date(2020, 4, 1), Status.INACTIVE),
        (date(2022, 1, 1), Status.CLOSED),
    )
    assert partner.decided_in(TODAY) == Quarter(2020, 1)


def test_status_changes_are_sorted_by_day() -> None:
    status = [
        {"from": date(2020, 4, 1), "is": "inactive"},
        {"from": date(2014, 7, 1), "is": "active"},
    ]
    (partner,) = read_partners(settings_with(status=status))
    assert [change.status for change in partner.history] == [Status.ACTIVE, Status.INACTIVE]


def test_a_partner_is_found_in_any_case() -> None:
    assert find_partner(PARTNERS, "es").organisation == "Smart España"


def test_an_unknown_partner_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        find_partner(PARTNERS, "FR")
    assert caught.value.code == "partner-unknown"
    assert caught.value.facts == {
        "typed": "FR",
        "partners": ("ES", "IT", "SE", "DE", "AT", "NL", "HU"),
    }


def test_a_misspelt_key_of_a_partner_is_refused_by_name() -> None:
    with pytest.raises(SettingsError) as caught:
        read_partners(replace(SETTINGS, partners={"XX": {**TABLE, "registred_capital": 50_000}}))
    assert caught.value.code == "setting-unknown"
    assert caught.value.facts["key"] == "partner.XX.registred_capital"


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_missing_key_of_a_partner_is_named(key: str) -> None:
    table = {name: value for name, value in TABLE.items() if name != key}
    with pytest.raises(SettingsError) as caught:
        read_partners(replace(SETTINGS, partners={"XX": table}))
    assert caught.value.code == "setting-missing"
    assert caught.value.facts["key"] == f"partner.XX.{key}"


ACTIVE = TABLE["status"][0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("organisation", 5), ("organisation", " "), ("currency", 5), ("currency", "euro"),
        ("languages", "nl"), ("languages", []), ("languages", ["nl", 5]),
        ("launch", "2014"), ("launch", 2014), ("launch", date(2014, 7, 1)),
        ("status", "active"), ("status", []), ("status", [5]), ("status", ["active"]),
        ("status", [{**ACTIVE, "is": "asleep"}]), ("status", [{**ACTIVE, "is": 5}]),
        ("status", [{**ACTIVE, "from": "2014-07-01"}]), ("status", [{"is": "active"}]),
        ("status", [{**ACTIVE, "unitl": date(2020, 4, 1)}]),
        ("status", [ACTIVE, {**ACTIVE, "is": "closed"}]),
        ("fiscal_year_starts", 4.0), ("legal_form", 5), ("entity", 5), ("support", 5),
        ("registered_capital", float("nan")), ("registered_capital", float("inf")),
        ("adviser_capacity", float("inf")), ("adviser_capacity", "600000"), ("fee_votes", 5),
        ("support", [{"from": 2021, "to": "2021-Q4", "eur": 5}]),
        ("support", [{"from": "2021-Q1", "to": "2021-Q4", "eur": float("nan")}]),
    ],
)  # fmt: skip
def test_a_malformed_key_of_a_partner_is_named(key: str, value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        read_partners(settings_with(**{key: value}))
    assert caught.value.code == "setting-malformed"
    assert caught.value.facts["key"] == f"partner.XX.{key}"


@pytest.mark.parametrize(("code", "table"), [("XX", 5), ("xx", TABLE), ("SPAIN", TABLE)])
def test_a_partner_that_is_no_table_or_no_country_is_named(code: str, table: Any) -> None:
    with pytest.raises(SettingsError, match="setting-malformed") as caught:
        read_partners(replace(SETTINGS, partners={code: table}))
    assert caught.value.facts["key"] == f"partner.{code}"
