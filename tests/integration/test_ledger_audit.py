"""An audit adjustment is what audited books state otherwise than the books before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smartfin.facts import Scenario, Stage
from smartfin.settings import Settings
from smartfin.store import Ledger, open_ledger
from tests.integration.ledger_builders import databases, day, figure, hand_in

database_kind = databases("sqlite", "postgresql")

AUDITED = Stage.AUDITED


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def adjustments(ledger: Ledger, on: int | None = None) -> list[tuple[str, str, float, float]]:
    moment = None if on is None else day(on)
    return [
        (str(each.quarter), each.item, each.before, each.after)
        for each in ledger.audit_adjustments("ES", moment)
    ]


def test_an_audited_restatement_is_an_adjustment_and_a_repeated_figure_is_none(
    ledger: Ledger,
) -> None:
    hand_in(ledger, figure(10, "2022-Q4"), figure(20, "2022-Q4", "staff_costs"), on=1)
    audited = (figure(10, "2022-Q4"), figure(29, "2022-Q4", "staff_costs"))
    number = hand_in(ledger, *audited, stage=AUDITED, on=3).id
    assert adjustments(ledger) == [("2022-Q4", "staff_costs", 20, 29)]
    (adjustment,) = ledger.audit_adjustments("ES")
    assert (adjustment.submission, adjustment.known_from) == (number, day(3))
    assert adjustments(ledger, on=2) == []


def test_a_figure_first_stated_by_audited_books_is_no_adjustment(ledger: Ledger) -> None:
    hand_in(ledger, figure(10, "2022-Q4"), stage=AUDITED)
    assert adjustments(ledger) == []


def test_a_plain_restatement_is_no_adjustment(ledger: Ledger) -> None:
    hand_in(ledger, figure(10, "2022-Q4"), on=1)
    hand_in(ledger, figure(12, "2022-Q4"), stage=Stage.CLOSED, on=2)
    assert adjustments(ledger) == []


def test_before_is_the_last_figure_not_audited_however_often_it_was_audited(
    ledger: Ledger,
) -> None:
    for amount, stage in ((10, Stage.MANAGEMENT), (12, Stage.CLOSED), (15, AUDITED), (14, AUDITED)):
        hand_in(ledger, figure(amount, "2022-Q4"), stage=stage)
    assert adjustments(ledger) == [("2022-Q4", "fee_revenue", 12, 14)]


def test_an_audit_that_takes_back_its_change_leaves_no_adjustment(ledger: Ledger) -> None:
    for amount, stage in ((12, Stage.CLOSED), (15, AUDITED), (12, AUDITED)):
        hand_in(ledger, figure(amount, "2022-Q4"), stage=stage)
    assert adjustments(ledger) == []


def test_what_was_restated_after_the_audit_is_no_adjustment_any_more(ledger: Ledger) -> None:
    for amount, stage in ((12, Stage.CLOSED), (15, AUDITED), (16, Stage.MANAGEMENT)):
        hand_in(ledger, figure(amount, "2022-Q4"), stage=stage)
    assert adjustments(ledger) == []


def test_neither_samples_nor_budgets_nor_other_units_are_adjusted(ledger: Ledger) -> None:
    hand_in(ledger, figure(1, "2022-Q2"), synthetic=True)
    hand_in(ledger, figure(10, "2022-Q4", scenario=Scenario.BUDGET), figure(3, "2022-Q3"))
    hand_in(
        ledger,
        figure(2, "2022-Q2"),
        figure(11, "2022-Q4", scenario=Scenario.BUDGET),
        figure(30, "2022-Q3", unit="SEK"),
        stage=AUDITED,
    )
    assert adjustments(ledger) == []
