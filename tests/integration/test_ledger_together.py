"""What one workbook says of several partners goes into the ledger whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smartfin.errors import InputError
from smartfin.facts import Fact
from smartfin.settings import Settings
from smartfin.store import HandIn, Ledger, open_ledger
from smartfin.store.verification import silent
from tests.integration.ledger_builders import databases, figure

database_kind = databases("sqlite", "postgresql")


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def parts(*stated: tuple[str, Fact], content: bytes = b"list") -> list[HandIn]:
    return [
        HandIn(unit, (fact,), content, "list.xlsx", "fin", None, synthetic=False)
        for unit, fact in stated
    ]


ONE, OTHER = ("GROUP-ES", figure(1, item="capital")), ("GROUP-IT", figure(2, item="capital"))


def test_one_list_becomes_a_submission_for_each_partner_with_the_same_bytes(
    ledger: Ledger,
) -> None:
    accepted = ledger.accept_together(parts(ONE, OTHER))
    assert [each.partner for each in accepted] == ["GROUP-ES", "GROUP-IT"]
    assert ledger.submissions() == accepted
    assert {ledger.content(each.id) for each in accepted} == {b"list"}
    assert ledger.verify(silent).ok


def test_a_list_of_which_one_part_is_refused_leaves_nothing(ledger: Ledger) -> None:
    broken = ("GROUP-IT", figure(float("inf"), item="capital"))
    before = ledger.revision()
    with pytest.raises(InputError, match="amount-not-finite"):
        ledger.accept_together(parts(ONE, broken))
    assert (ledger.submissions(), ledger.revision()) == ((), before)


def test_a_list_whose_ledger_moved_on_for_one_partner_leaves_nothing(ledger: Ledger) -> None:
    seen = {"GROUP-ES": ledger.revision("GROUP-ES"), "GROUP-IT": ledger.revision("GROUP-IT")}
    (first,) = ledger.accept_together(parts(OTHER, content=b"earlier"))
    with pytest.raises(InputError, match="ledger-moved-on"):
        ledger.accept_together(parts(ONE, OTHER), seen)
    assert ledger.submissions() == (first,)


def test_one_partners_part_can_be_withdrawn_alone(ledger: Ledger) -> None:
    one, other = ledger.accept_together(parts(ONE, OTHER))
    ledger.withdraw(one.id, "wrong amount", "fin", None)
    assert ledger.facts("GROUP-ES") == ()
    assert [each.fact.amount for each in ledger.facts("GROUP-IT")] == [2]
    assert ledger.submission(other.id).withdrawn is None
    assert ledger.verify(silent).ok
