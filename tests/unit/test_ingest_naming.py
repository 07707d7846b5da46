"""Whose a workbook is, where a partner has several legal entities."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Sheet, Workbook
from smartfin.ingest.origin import Origin, origin_of
from smartfin.ingest.reading import ReadingContext
from smartfin.partner import all_units, read_partners
from smartfin.settings import read_settings
from tests.unit.entity_builders import DE, EV, ITEMS

OTHERS = tuple(each for each in read_partners(read_settings({})) if each.code != "DE")
UNITS = all_units((DE, *OTHERS))
ALL = ("DE", "DE-EV", "DE-GMBH")


def origin(*cover: str, name: str = "Bericht.xlsx", said: str | None = None) -> Origin:
    sheet = Sheet("Deckblatt", tuple((text,) for text in cover))
    return origin_of(Workbook((sheet,)), name, ReadingContext(ITEMS, UNITS, said))


def told(found: Origin) -> str:
    assert found.findings == ()
    assert found.partner is not None
    return found.partner.code


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        ("Smart Deutschland e.V.", "Bericht.xlsx"),
        ("Jahresbericht Smart Deutschland e. V. 2022", "Bericht.xlsx"),
        ("Entität: DE-EV", "Bericht.xlsx"),
        ("Bericht", "2023-01-30_DE-EV_2022-Q4.xlsx"),
        ("Bericht", "2023-01-30 DE_EV.xlsx"),
        ("Smart Deutschland", "DE-EV.xlsx"),
        ("Deutschland", "Smart Deutschland e.V. 2022.xlsx"),
        ("Smart Deutschland e.V., Tochter Smart Deutschland GmbH", "2022_DE-EV.xlsx"),
    ],
)
def test_an_entity_is_told_by_its_name_or_its_code(cover: str, name: str) -> None:
    assert told(origin(cover, name=name)) == "DE-EV"


@pytest.mark.parametrize(
    "cover",
    ["Smart Deutschland", "Deutschland", "Smart Deutschland e.V. und Smart Deutschland GmbH"],
)
def test_which_entity_is_asked_where_only_the_partner_or_several_are_named(cover: str) -> None:
    found = origin(cover)
    assert found.partner is None
    assert found.options == ALL
    assert [each.code for each in found.findings] == [FindingCode.UNKNOWN_ENTITY]
    for unit in ALL:
        assert told(origin(cover, said=unit)) == unit


def test_a_workbook_of_nobody_known_is_asked_for_among_all() -> None:
    found = origin("Bericht")
    assert found.options == tuple(unit.code for unit in UNITS)
    assert [each.code for each in found.findings] == [FindingCode.UNKNOWN_PARTNER]


def test_a_combined_workbook_may_bear_the_name_of_one_entity() -> None:
    assert told(origin("Smart Deutschland e.V.", said="DE")) == "DE"


@pytest.mark.parametrize("said", ["DE-GMBH", "IT"])
def test_a_workbook_of_one_entity_is_not_another_ones(said: str) -> None:
    found = origin("Smart Deutschland e.V.", said=said)
    assert [each.code for each in found.findings] == [FindingCode.WRONG_PARTNER]


def test_an_entity_and_another_partner_are_two_partners() -> None:
    found = origin("Smart Deutschland e.V.", "Smart Italia")
    assert [each.code for each in found.findings] == [FindingCode.TWO_PARTNERS]
    assert found.options == ()


def test_an_entity_may_bear_the_name_of_its_partner() -> None:
    same = replace(DE, entities=(replace(EV, name="Smart Deutschland"), DE.entities[1]))
    context = ReadingContext(ITEMS, all_units((same, *OTHERS)))
    cover = Sheet("Deckblatt", (("Smart Deutschland GmbH",),))
    found = origin_of(Workbook((cover,)), "Bericht.xlsx", context)
    assert found.partner is not None
    assert found.partner.code == "DE-GMBH"


def test_words_that_only_look_like_a_code_name_no_entity() -> None:
    assert origin("Bericht", name="DE-EVENT.xlsx").options == ALL
    assert origin("Bericht", name="MADE-EV.xlsx").options == tuple(unit.code for unit in UNITS)
