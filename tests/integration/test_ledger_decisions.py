"""Withdrawing, approving, closing, pinning: what counts afterwards, and what counted before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from smartfin.errors import InputError
from smartfin.facts import Stage
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Basis, DecisionKind, Ledger, open_ledger
from tests.integration.ledger_builders import amounts, day, figure, hand_in

FEES = ("ES", "fee_revenue", "2022-Q3")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database."""
    kind: str = request.param
    return kind


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """With nothing in it."""
    opened = open_ledger(settings)
    yield opened
    opened.close()


def approved(ledger: Ledger, on: int | None = None) -> dict[tuple[str, str, str], float]:
    """What the board reads."""
    moment = None if on is None else day(on)
    return {
        (known.partner, known.fact.item, str(known.fact.quarter)): known.fact.amount
        for known in ledger.facts(as_of=moment, basis=Basis.APPROVED)
    }


def test_withdrawing_restores_what_stood_before(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    second = hand_in(ledger, figure(6), on=2)
    decision = ledger.withdraw(second.id, "wrong file", "bo", day(3))
    assert (decision.kind, decision.reason, decision.by) == ("withdrawal", "wrong file", "bo")
    assert amounts(ledger) == {FEES: 5}
    assert amounts(ledger, day(2)) == {FEES: 6}
    (restored,) = ledger.facts()
    assert (restored.submission, restored.known_from) == (1, day(3))


def test_withdrawing_the_only_source_leaves_nothing(ledger: Ledger) -> None:
    first = hand_in(ledger, figure(5), on=1)
    ledger.withdraw(first.id, "wrong partner", "bo", day(2))
    assert amounts(ledger) == {}
    assert ledger.deliveries() == ()
    assert amounts(ledger, day(1)) == {FEES: 5}


def test_a_figure_repeated_later_survives_the_withdrawal_of_its_first_source(
    ledger: Ledger,
) -> None:
    first = hand_in(ledger, figure(5), on=1)
    again = hand_in(ledger, figure(5), figure(2, item="staff_costs"), on=2)
    ledger.withdraw(first.id, "wrong file", "bo", day(3))
    assert amounts(ledger)[FEES] == 5
    assert {known.submission for known in ledger.facts()} == {again.id}
    assert ledger.changes_between(day(2)) == ()


def test_withdrawing_what_was_overruled_changes_nothing(ledger: Ledger) -> None:
    first = hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(6), on=2)
    ledger.withdraw(first.id, "wrong file", "bo", day(3))
    (known,) = ledger.facts()
    assert (known.fact.amount, known.known_from) == (6, day(2))


def test_a_sample_returns_when_the_real_figure_over_it_is_withdrawn(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1, synthetic=True)
    real = hand_in(ledger, figure(6), on=2)
    hand_in(ledger, figure(7), on=3, synthetic=True)
    assert amounts(ledger) == {FEES: 6}
    ledger.withdraw(real.id, "wrong file", "bo", day(4))
    assert amounts(ledger) == {FEES: 7}
    assert [each.submission for each in ledger.deliveries()] == [1]


def test_the_same_bytes_may_come_again_after_a_withdrawal_only(ledger: Ledger) -> None:
    def again(on: int) -> None:
        ledger.accept("ES", [figure(5)], b"book", "a.xlsx", "ana", day(on), synthetic=False)

    again(1)
    with pytest.raises(InputError, match="duplicate-submission"):
        again(2)
    ledger.withdraw(1, "too early", "ana", day(3))
    again(4)
    assert [each.withdrawn for each in ledger.submissions()] == [day(3), None]
    assert amounts(ledger) == {FEES: 5}


def test_withdrawing_needs_a_reason_and_a_submission_that_stands(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    for number, reason, code in (
        (1, " ", "reason-missing"),
        (9, "gone", "submission-unknown"),
    ):
        with pytest.raises(InputError, match=code):
            ledger.withdraw(number, reason, "bo", day(2))
    ledger.withdraw(1, "gone", "bo", day(2))
    with pytest.raises(InputError, match="already-withdrawn"):
        ledger.withdraw(1, "gone", "bo", day(3))
    assert len(ledger.decisions()) == 1


def test_the_board_reads_what_was_approved_by_that_day(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    ledger.approve([1], "eva", day(2))
    hand_in(ledger, figure(6), on=3)
    assert approved(ledger, on=1) == {}
    assert approved(ledger) == {FEES: 5}
    ledger.approve([2], "eva", day(5))
    assert approved(ledger, on=4) == {FEES: 5}
    assert approved(ledger) == {FEES: 6}
    assert amounts(ledger) == {FEES: 6}
    assert [each.approved for each in ledger.submissions(day(4))] == [day(2), None]


def test_approving_an_older_workbook_late_overrules_nothing_newer(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), figure(1, item="staff_costs"), on=1)
    hand_in(ledger, figure(6), on=2)
    ledger.approve([2], "eva", day(3))
    ledger.approve([1], "eva", day(4))
    assert approved(ledger) == {FEES: 6, ("ES", "staff_costs", "2022-Q3"): 1}


def test_withdrawing_takes_an_approved_figure_from_the_board_too(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(6), on=2)
    ledger.approve([1, 2], "eva", day(3))
    ledger.withdraw(2, "wrong", "bo", day(5))
    assert approved(ledger) == {FEES: 5}
    assert approved(ledger, on=4) == {FEES: 6}


def test_approving_is_all_or_none(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    with pytest.raises(InputError, match="submission-unknown"):
        ledger.approve([1, 2], "eva", day(2))
    assert ledger.decisions() == ()
    ledger.approve([1], "eva", day(2))
    with pytest.raises(InputError, match="already-approved"):
        ledger.approve([1], "eva", day(3))


def test_a_closed_quarter_takes_restatements_that_say_why(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    ledger.close_quarter(Quarter(2022, 3), "eva", day(2))
    hand_in(ledger, figure(5), figure(9, quarter="2022-Q4"), on=3)  # repeats, and adds another
    with pytest.raises(InputError, match="quarter-closed") as refused:
        hand_in(ledger, figure(6), on=4)
    assert refused.value.facts["quarters"] == (Quarter(2022, 3),)
    with pytest.raises(InputError, match="quarter-closed"):
        hand_in(ledger, figure(1, item="staff_costs"), on=4)
    restated = ledger.accept(
        "ES", [figure(6)], b"new", "n.xlsx", "ana", day(4), synthetic=False, restates="audit"
    )
    assert (restated.restates, amounts(ledger)[FEES]) == ("audit", 6)
    ledger.reopen_quarter(Quarter(2022, 3), "eva", day(5), "year end")
    hand_in(ledger, figure(7), on=6)
    assert ledger.closed_quarters() == frozenset()
    assert ledger.closed_quarters(day(4)) == {Quarter(2022, 3)}


def test_quarters_close_and_open_once(ledger: Ledger) -> None:
    quarter = Quarter(2022, 3)
    with pytest.raises(InputError, match="quarter-not-closed"):
        ledger.reopen_quarter(quarter, "eva", day(1), "why not")
    ledger.close_quarter(quarter, "eva", day(1))
    with pytest.raises(InputError, match="quarter-closed-already"):
        ledger.close_quarter(quarter, "eva", day(2))
    with pytest.raises(InputError, match="reason-missing"):
        ledger.reopen_quarter(quarter, "eva", day(2), "")


def test_a_meeting_is_pinned_and_its_name_taken_away(ledger: Ledger) -> None:
    ledger.pin("Board of January", day(5), "eva", day(6))
    ledger.pin("Board of December", day(1), "eva", day(7))
    assert [each.name for each in ledger.pins()] == ["Board of January", "Board of December"]
    with pytest.raises(InputError, match="pin-taken"):
        ledger.pin(" Board of January ", day(8), "eva", day(8))
    with pytest.raises(InputError, match="pin-name-missing"):
        ledger.pin("  ", day(8), "eva", day(8))
    january = ledger.pins()[0]
    ledger.unpin(january.id, "eva", day(9))
    assert [each.name for each in ledger.pins()] == ["Board of December"]
    assert len(ledger.pins(day(8))) == 2
    with pytest.raises(InputError, match="pin-unknown"):
        ledger.unpin(january.id, "eva", day(10))


def test_a_clock_set_back_does_not_reorder_decisions(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=5)
    decision = ledger.withdraw(1, "wrong", "bo", day(1))
    assert decision.at > day(5)
    assert amounts(ledger, day(5)) == {FEES: 5}
    again = hand_in(ledger, figure(6), on=2)
    assert again.at > decision.at
    assert ledger.pin("a", day(1), "eva", day(9)).at < ledger.pin("b", day(1), "eva", day(3)).at


def test_a_decision_moves_the_revision_of_its_partner_only(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(5), on=1, partner="IT")
    spain, italy, both = (ledger.revision(partner) for partner in ("ES", "IT", None))
    ledger.withdraw(1, "wrong", "bo", day(2))
    assert ledger.revision("ES") > spain
    assert ledger.revision("IT") == italy
    assert ledger.revision() > both


def test_who_looked_before_a_withdrawal_has_to_look_again(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    seen = ledger.revision("ES")
    ledger.withdraw(1, "wrong", "bo", day(2))
    with pytest.raises(InputError, match="ledger-moved-on"):
        hand_in(ledger, figure(6), on=3, seen_revision=seen)


def test_forgetting_an_answer_is_a_decision(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1, answers={"unit:pyg": "1000"})
    ledger.forget("ES", "unit:pyg", "bo", day(2))
    (decision,) = ledger.decisions()
    assert decision.kind is DecisionKind.FORGETTING
    assert (decision.partner, decision.reason) == ("ES", "unit:pyg")


def test_what_changed_between_two_days_is_restated_new_or_gone(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), figure(3, item="staff_costs"), on=1)
    hand_in(ledger, figure(1, item="cash"), on=2)
    hand_in(ledger, figure(6), on=3)
    ledger.withdraw(2, "wrong", "bo", day(4))
    hand_in(ledger, figure(8, quarter="2022-Q4"), on=5)
    found = {
        (each.item, each.quarter): (each.old, each.new, each.submission, each.replaced)
        for each in ledger.changes_between(day(2))
    }
    assert found == {
        ("fee_revenue", "2022-Q3"): (5, 6, 3, 1),
        ("cash", "2022-Q3"): (1, None, None, 2),
        ("fee_revenue", "2022-Q4"): (None, 8, 4, None),
    }
    (until,) = ledger.changes_between(day(2), day(3))
    assert (until.item, until.old, until.new, until.at) == ("fee_revenue", 5, 6, day(3))


def test_what_went_forth_and_back_did_not_change(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(6), on=3)
    ledger.withdraw(2, "wrong", "bo", day(4))
    assert ledger.changes_between(day(2)) == ()
    assert len(ledger.changes_between(day(2), day(3))) == 1
    assert ledger.changes_between(day(2), partner="IT") == ()


def test_validity_built_anew_is_what_it_was(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), figure(3, item="staff_costs"), on=1)
    hand_in(ledger, figure(6), on=2, synthetic=True)
    hand_in(ledger, figure(6), on=3)
    ledger.approve([1, 3], "eva", day(4))
    ledger.withdraw(3, "wrong", "bo", day(5))
    before = [ledger.facts(as_of=day(on), basis=basis) for on in range(1, 7) for basis in Basis]
    ledger.rebuild_validity()
    after = [ledger.facts(as_of=day(on), basis=basis) for on in range(1, 7) for basis in Basis]
    assert after == before


def test_by_the_clock_nothing_comes_before_what_is_there(ledger: Ledger) -> None:
    ahead = datetime(2999, 1, 1, tzinfo=UTC)  # as if the clock had been set back since
    hand_in(ledger, figure(5), partner="ES")
    ledger.withdraw(1, "wrong", "bo", ahead)
    later = ledger.accept("IT", [figure(6)], b"book", "a.xlsx", "ana", None, synthetic=False)
    assert later.at > ahead
    pinned = ledger.pin("Board", None, "eva", None)
    assert pinned.moment == pinned.at > later.at
    assert ledger.close_quarter(Quarter(2022, 3), "eva", None).at > pinned.at


def test_a_pin_by_the_clock_is_not_changed_by_what_comes_next(ledger: Ledger) -> None:
    hand_in(ledger, figure(5))
    moment = ledger.pin("Board", None, "eva", None).moment
    ledger.accept("IT", [figure(6)], b"book", "a.xlsx", "ana", None, synthetic=False)
    assert amounts(ledger, moment) == {FEES: 5}


def test_what_was_settled_for_a_workbook_goes_with_it(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1, answers={"unit:pyg": "1000"})
    before = ledger.memory_revision()
    ledger.withdraw(1, "wrong unit", "bo", day(2))
    assert ledger.remembered() == {}
    assert ledger.memory_revision() > before
    assert "unit:pyg" in ledger.remembered(day(1))["ES"]


def test_a_withdrawn_workbook_delivered_nothing(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    ledger.withdraw(1, "wrong", "bo", day(2))
    hand_in(ledger, figure(6), on=20)
    (delivered,) = ledger.deliveries()
    assert (delivered.at, delivered.submission) == (day(20), 2)


def test_a_delivery_names_the_workbook_of_its_moment(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(5), on=2)
    ledger.approve([2], "eva", day(3))
    ledger.approve([1], "eva", day(12))
    (delivered,) = ledger.deliveries(basis=Basis.APPROVED)
    assert (delivered.at, delivered.submission) == (day(3), 2)


def test_what_was_withdrawn_is_no_figure_before_the_audit(ledger: Ledger) -> None:
    hand_in(ledger, figure(100), on=1)
    hand_in(ledger, figure(105), on=2, stage=Stage.AUDITED)
    hand_in(ledger, figure(200), on=3)
    ledger.withdraw(3, "a mistake", "bo", day(4))
    (adjustment,) = ledger.audit_adjustments("ES")
    assert (adjustment.before, adjustment.after) == (100, 105)
