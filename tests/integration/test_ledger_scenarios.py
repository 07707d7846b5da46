"""Named scenarios: version by version, as-of, one name once, frozen, removed, erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Ballot, Decision, Ledger, open_ledger
from tests.integration.ledger_builders import databases, day, figure, hand_in, table_rows

database_kind = databases("sqlite", "postgresql")

CHANGES = '{ "start": "2023-Q1", "fee": 1e-1, "events": [{"what": "hire Zoë", "cost": 40000}] }'
KEPT = '{"events":[{"cost":40000,"what":"hire Zo\\u00eb"}],"fee":0.1,"start":"2023-Q1"}'


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """With nothing in it."""
    opened = open_ledger(settings)
    yield opened
    opened.close()


def twice(ledger: Ledger) -> Decision:
    """A scenario of Austria, changed and renamed by somebody else two days later."""
    ledger.save_scenario("AT", " Fee  10 % ", CHANGES, "ana", day(1), remark="For the board.")
    (first,) = ledger.scenarios()
    return ledger.save_scenario("AT", "Fee ten", '{"fee": 0.12}', "bo", day(3), replaces=first.id)


def test_a_scenario_is_its_newest_version_and_each_version_stays(ledger: Ledger) -> None:
    twice(ledger)
    (newest,) = ledger.scenarios()
    assert (newest.id, newest.key, newest.partner, newest.name) == (2, 1, "AT", "Fee ten")
    assert (newest.changes, newest.remark) == ('{"fee":0.12}', "")
    assert (newest.owner, newest.saved_by, newest.saved_at) == ("ana", "bo", day(3))
    assert (newest.version, newest.versions) == (2, 2)
    (before,) = ledger.scenarios(day(2))
    assert (before.id, before.key, before.name, before.changes) == (1, 1, "Fee 10 %", KEPT)
    assert (before.remark, before.version, before.versions) == ("For the board.", 1, 1)
    first = ledger.scenario(1)
    assert (first.changes, first.newest, first.versions) == (KEPT, 2, 2)
    assert ledger.scenarios(partner="SE") == ledger.scenarios(day(1).replace(hour=1)) == ()
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.scenario(2, day(2))


def test_a_name_is_taken_once_a_partner_while_it_is_listed(ledger: Ledger) -> None:
    twice(ledger)
    with pytest.raises(InputError, match="scenario-taken") as caught:
        ledger.save_scenario("AT", "FEE TEN", "{}", "cy", day(4))
    assert caught.value.facts == {"name": "Fee ten", "partner": "AT", "id": 1, "owner": "ana"}
    ledger.save_scenario("SE", "Fee ten", "{}", "cy", day(4))
    ledger.save_scenario("AT", "Fee 10 %", "{}", "cy", day(4))  # its name of before is free
    with pytest.raises(InputError, match="scenario-taken"):
        ledger.save_scenario("AT", "Fee 10 %", "{}", "ana", day(5), replaces=2)
    ledger.save_scenario("AT", "fee ten", "{}", "ana", day(5), replaces=1)  # its own
    assert [(each.key, each.name) for each in ledger.scenarios(partner="AT")] == [
        (1, "fee ten"),
        (4, "Fee 10 %"),
    ]


def test_a_scenario_removed_is_not_listed_and_stays(ledger: Ledger) -> None:
    twice(ledger)
    ledger.end_scenario(1, "cy", day(4))
    assert ledger.scenarios() == ()
    assert len(ledger.scenarios(day(3))) == 1
    gone = ledger.scenario(2)
    assert (gone.ended_at, gone.ended_by, gone.changes) == (day(4), "cy", '{"fee":0.12}')
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.end_scenario(1, "cy", day(5))
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.freeze_scenario(2, "March", "cy", day(5))
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.save_scenario("AT", "Fee", "{}", "cy", day(5), replaces=2)
    assert ledger.save_scenario("AT", "Fee ten", "{}", "cy", day(5)).undoes is None


def test_a_frozen_version_keeps_its_changes_and_its_moment(ledger: Ledger) -> None:
    twice(ledger)
    ledger.freeze_scenario(1, " March ", "cy", day(4), moment=day(2))
    ledger.freeze_scenario(2, "May", "cy", day(5))
    ledger.save_scenario("AT", "Fee ten", "{}", "ana", day(6), replaces=1)
    ledger.end_scenario(1, "ana", day(7))
    march, may = ledger.plans_of_record(partner="AT")
    assert (march.scenario, march.version, march.meeting, march.moment) == (1, 1, "March", day(2))
    assert (may.version, may.moment, may.by, may.at) == (2, day(5), "cy", day(5))
    assert ledger.scenario(march.version).changes == KEPT
    assert ledger.scenario(5).plans == (march, may)
    assert ledger.scenarios(day(4))[0].plans == ledger.plans_of_record(day(4)) == (march,)
    assert ledger.plans_of_record(partner="SE") == ()


def test_what_is_no_scenario_is_refused(ledger: Ledger) -> None:
    for code, name, changes in (
        ("scenario-name-missing", " ", "{}"),
        ("text-too-long", "x" * 121, "{}"),
        ("text-too-long", "x", f'{{"a": "{"x" * 20_000}"}}'),
        ("scenario-changes-unreadable", "x", "[1]"),
        ("scenario-changes-unreadable", "x", "{"),
        ("scenario-changes-unreadable", "x", '{"fee": NaN}'),
        ("scenario-changes-unreadable", "x", '{"fee": 1e999}'),
        ("scenario-changes-unreadable", "x", '{"a":' * 9 + "1" + "}" * 9),
        ("scenario-changes-unreadable", "x", '{"a":' * 100_000),
    ):
        with pytest.raises(InputError, match=code):
            ledger.save_scenario("AT", name, changes, "ana", day(1))
    assert ledger.decisions() == ()
    ledger.save_scenario("AT", "x", '{"a":' * 8 + "1" + "}" * 8, "ana", day(1))


def test_what_cannot_be_replaced_or_frozen_is_refused(ledger: Ledger) -> None:
    twice(ledger)
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.save_scenario("SE", "Fee ten", "{}", "ana", day(4), replaces=1)
    with pytest.raises(InputError, match="pin-name-missing"):
        ledger.freeze_scenario(2, " ", "ana", day(4))
    with pytest.raises(InputError, match="pin-ahead"):
        ledger.freeze_scenario(2, "March", "ana", day(4), moment=day(5))
    assert len(ledger.decisions()) == 2


def test_an_erased_scenario_leaves_the_list_and_its_name_is_free(
    ledger: Ledger, settings: Settings
) -> None:
    twice(ledger)
    ledger.freeze_scenario(2, "March", "cy", day(4))
    ledger.erase_note(1, "dee", day(5))
    assert ledger.scenarios() == ledger.scenarios(day(3)) == ()
    erased = ledger.scenario(2)
    assert (erased.name, erased.changes, erased.remark) == ("", "", "")
    assert [plan.meeting for plan in erased.plans] == ["March"]
    stored = "".join(str(row) for row in table_rows(settings, "decision_cover"))
    assert not any(text in stored for text in ("Fee ten", "Fee 10", "hire", "For the board"))
    found = ledger.verify()
    assert (found.ok, found.erased) == (True, 2)
    ledger.save_scenario("AT", "Fee ten", "{}", "cy", day(6))


def test_a_later_version_is_erased_alone(ledger: Ledger) -> None:
    twice(ledger)
    ledger.save_scenario("AT", "Fee ten", "{}", "ana", day(4), replaces=2)
    ledger.erase_note(2, "dee", day(5))
    assert ledger.scenario(2).changes == ""
    assert ledger.scenario(1).changes == KEPT
    assert ledger.scenarios()[0].changes == "{}"
    with pytest.raises(InputError, match="scenario-unknown"):
        ledger.freeze_scenario(2, "March", "cy", day(6))


def test_what_scenarios_leave_as_it_is_need_not_be_worked_out_again(ledger: Ledger) -> None:
    assert ledger.figures_revision() == 0
    ledger.open_legal_flag("AT", "Ruling", "", "bo", None, Quarter(2022, 4), day(1))
    known = ledger.figures_revision()
    assert known == ledger.revision() > 0
    twice(ledger)
    ledger.freeze_scenario(3, "March", "cy", day(6))
    ledger.end_scenario(3, "cy", day(7))
    assert ledger.figures_revision() == known < ledger.revision()
    vote = Ballot("AT", Quarter(2023, 1), date(2022, 12, 1), 0.8, None, "10 %")
    for decide in (
        lambda: ledger.remark("AT", "coverage", Quarter(2022, 4), "Seen.", "bo", day(8)),
        lambda: ledger.record_vote(vote, "bo", day(9)),
        lambda: ledger.pin("May", None, "bo", day(10)),
        lambda: ledger.close_legal_flag(1, "settled", "bo", Quarter(2022, 4), day(11)),
        lambda: hand_in(ledger, figure(7.0), on=12),
        lambda: ledger.approve([1], "bo", day(13)),
        lambda: ledger.withdraw(1, "wrong", "bo", day(14)),
    ):
        decide()
        assert ledger.figures_revision() == ledger.revision() > known
        known = ledger.revision()
