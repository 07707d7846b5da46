"""Legal entities in group.toml: what is read, what is refused by the name of its key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smartfin.entity import Entity, refuse_unfit_lines
from smartfin.errors import SettingsError
from smartfin.items import read_items
from smartfin.partner import Partner, Status, all_units, find_partner, read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

SETTINGS = read_settings({})
TABLE: dict[str, Any] = {
    "organisation": "Smart Test",
    "currency": "EUR",
    "languages": ["nl"],
    "launch": "2014-Q3",
    "status": [{"from": date(2014, 7, 1), "is": "active"}],
}
EV: dict[str, Any] = {"name": "Smart Test e.V.", "legal_form": "e.V."}
GMBH: dict[str, Any] = {
    "name": "Smart Test GmbH",
    "legal_form": "GmbH",
    "registered_capital": 25_000,
    "fiscal_year_starts": 7,
    "from": date(2019, 7, 1),
    "until": date(2022, 6, 30),
    "lines": {"own_entities_income": "other_operating_income"},
}


def partner(entities: dict[str, Any] | None = None, **more: object) -> Partner:
    table = {**TABLE, **more, **({"entity": entities} if entities is not None else {})}
    return read_partners(replace(SETTINGS, partners={"XX": table}))[0]


def refused(entities: dict[str, Any] | None = None, **more: object) -> tuple[str, object]:
    with pytest.raises(SettingsError) as caught:
        partner(entities, **more)
    return caught.value.code, caught.value.facts["key"]


def test_a_partner_of_one_entity_states_its_form_itself() -> None:
    found = partner(legal_form="AB", registered_capital=50_000)
    assert found.legal_forms == ("AB",)
    assert found.units == (found,)
    (entity,) = found.legal_entities
    assert (entity.code, entity.registered_capital, found.unit(entity)) == ("", 50_000, "XX")


def test_a_group_file_of_an_earlier_version_states_no_form() -> None:
    assert partner().legal_forms == ()
    assert partner().legal_entities[0].registered_capital is None


def test_what_an_adviser_can_carry_is_the_partners_and_not_an_entitys() -> None:
    assert partner().adviser_capacity is None
    assert partner(adviser_capacity=600_000).adviser_capacity == 600_000.0
    whole, association = partner({"EV": EV}, adviser_capacity=600_000).units
    assert (whole.adviser_capacity, association.adviser_capacity) == (600_000.0, None)


@pytest.mark.parametrize("value", [0, -1, True, "600 000", float("nan"), 1e13])
def test_a_capacity_that_is_no_volume_is_refused_by_its_key(value: object) -> None:
    key = "partner.XX.adviser_capacity"
    assert refused(adviser_capacity=value) == ("setting-malformed", key)


def test_each_partner_of_the_project_states_a_legal_form() -> None:
    assert all(each.legal_forms for each in read_partners(SETTINGS))
    assert find_partner(read_partners(SETTINGS), "SE").registered_capital == 50_000


def test_each_entity_hands_in_under_a_code_of_its_own() -> None:
    found = partner({"EV": EV, "GMBH": GMBH}, fiscal_year_starts=4)
    assert found.legal_forms == ("e.V.", "GmbH")
    whole, association, company = all_units([found])
    assert [whole.code, association.code, company.code] == ["XX", "XX-EV", "XX-GMBH"]
    assert (association.entity_of, association.currency) == ("XX", "EUR")
    assert (association.fiscal_year_starts, company.fiscal_year_starts) == (4, 7)
    assert (association.launch, company.launch) == (Quarter(2014, 3), Quarter(2019, 3))
    assert company.status_on(date(2022, 6, 30)) is Status.ACTIVE
    assert company.status_on(date(2022, 7, 1)) is Status.CLOSED
    assert company.organisation == "Smart Test GmbH"
    assert found.entities[1].line_of("own_entities_income") == "other_operating_income"
    assert found.entities[0].line_of("own_entities_income") == "service_revenue"


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"name": None}, "setting-missing", "name"),
        ({"legal_form": None}, "setting-missing", "legal_form"),
        ({"name": " "}, "setting-malformed", "name"),
        ({"legal_form": 3}, "setting-malformed", "legal_form"),
        ({"registered_capital": -1}, "setting-malformed", "registered_capital"),
        ({"registered_capital": True}, "setting-malformed", "registered_capital"),
        ({"registered_capital": float("nan")}, "setting-malformed", "registered_capital"),
        ({"fiscal_year_starts": 13}, "setting-malformed", "fiscal_year_starts"),
        ({"from": "2019-07-01"}, "setting-malformed", "from"),
        ({"until": date(2019, 6, 30)}, "setting-malformed", "until"),
        ({"lines": "service_revenue"}, "setting-malformed", "lines"),
        ({"lines": {"income": "service_revenue"}}, "setting-unknown", "lines.income"),
        ({"form": "GmbH"}, "setting-unknown", "form"),
    ],
)
def test_what_is_wrong_with_an_entity_is_named(
    changes: dict[str, object], code: str, key: str
) -> None:
    table = {name: value for name, value in {**GMBH, **changes}.items() if value is not None}
    assert refused({"GMBH": table}) == (code, f"partner.XX.entity.GMBH.{key}")


def test_an_entity_needs_a_short_code_in_capitals() -> None:
    assert refused({"ev": EV}) == ("setting-malformed", "partner.XX.entity.ev")
    assert refused("EV") == ("setting-malformed", "partner.XX.entity")  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["legal_form", "registered_capital"])
def test_form_and_capital_are_the_entities_where_there_are_several(key: str) -> None:
    stated = {"legal_form": "AB", "registered_capital": 1}
    assert refused({"EV": EV}, **{key: stated[key]}) == ("setting-unknown", f"partner.XX.{key}")


@pytest.mark.parametrize(
    ("memo", "line"),
    [
        ("own_entities_income", "staff_costs"),
        ("own_entities_costs", "service_revenue"),
        ("own_entities_receivables", "trade_payables"),
        ("own_entities_payables", "total_liabilities"),
        ("own_entities_payables", "no_such_line"),
    ],
)
def test_dealings_can_only_stand_in_a_line_of_their_kind(memo: str, line: str) -> None:
    items = read_items(SETTINGS.data / "items.yaml")
    entity = Entity("EV", "Smart Test e.V.", lines=((memo, line),))
    with pytest.raises(SettingsError) as caught:
        refuse_unfit_lines("partner.XX.entity.EV", entity, items)
    assert caught.value.facts["key"] == f"partner.XX.entity.EV.lines.{memo}"
    usual = Entity("EV", "Smart Test e.V.", lines=(("own_entities_payables", "group_loans"),))
    refuse_unfit_lines("partner.XX.entity.EV", usual, items)
