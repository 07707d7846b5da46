"""What a partner of several legal entities has delivered: each quarter looked at alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from smartfin.quarter import Quarter
from smartfin.services.handed_in import InHand, newest
from smartfin.store import Delivery
from tests.unit.entity_builders import DE, EV, GMBH

Q = {number: Quarter(2022, number) for number in (1, 2, 3, 4)}


def in_hand(**units: tuple[int, ...]) -> InHand:
    """Quarters of 2022 each entity has delivered; the later, the later in the year."""
    return {
        f"DE-{code}": {
            Q[each]: Delivery(f"DE-{code}", Q[each], datetime(2022, each, 9, tzinfo=UTC), place)
            for each in quarters
        }
        for place, (code, quarters) in enumerate(units.items(), start=1)
    }


def delivered(own: Delivery | None = None, **units: tuple[int, ...]) -> Quarter | None:
    found = newest(DE, own, in_hand(**units))
    return found.quarter if found else None


def test_a_quarter_is_in_once_every_entity_has_that_very_quarter() -> None:
    assert delivered(EV=(2, 4), GMBH=(2, 3)) == Q[2]
    assert delivered(EV=(3, 4), GMBH=(1, 2, 3)) == Q[3]
    assert delivered(EV=(4,), GMBH=(3,)) is None
    assert delivered(EV=(4,)) is None


def test_the_last_entity_decides_when_it_was_in() -> None:
    found = newest(DE, None, in_hand(EV=(2,), GMBH=(2,)))
    assert found is not None
    assert (found.partner, found.submission) == ("DE", 1)


def test_an_entity_that_did_not_exist_owes_nothing() -> None:
    young = replace(DE, entities=(EV, replace(GMBH, since=date(2022, 7, 1))))
    found = newest(young, None, in_hand(EV=(1, 2, 3)))
    assert found is not None
    assert found.quarter == Q[2]


def test_a_combined_workbook_delivers_a_quarter_alone() -> None:
    combined = Delivery("DE", Q[4], datetime(2023, 1, 9, tzinfo=UTC), 7)
    assert delivered(combined, EV=(2, 4), GMBH=(2, 3)) == Q[4]
