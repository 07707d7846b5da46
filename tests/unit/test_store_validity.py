from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.facts import Scenario
from smartfin.store.schema import FOREVER, utc_text
from smartfin.store.validity import Change, Figure, Key, changed_keys, changes_to, keys_taking_force

FEES = Key("actual", "2022-Q3", "fee_revenue")
COSTS = Key("actual", "2022-Q3", "staff_costs")


def euros(amount: float) -> Figure:
    return Figure(amount, "EUR", synthetic=False)


def test_a_figure_not_known_before_is_new() -> None:
    (change,) = changes_to({}, {FEES: euros(5)})
    assert change == Change("fee_revenue", "2022-Q3", Scenario.ACTUAL, None, 5, "EUR")
    assert not change.restates


def test_another_amount_restates_and_names_the_old_one() -> None:
    (change,) = changes_to({FEES: euros(5)}, {FEES: euros(6)})
    assert (change.old, change.new, change.restates) == (5, 6, True)


def test_another_unit_restates() -> None:
    assert changed_keys({FEES: euros(5)}, {FEES: Figure(5, "SEK", synthetic=False)}) == (FEES,)


def test_a_repeated_figure_is_no_change() -> None:
    assert changes_to({FEES: euros(5)}, {FEES: euros(5)}) == ()


def test_the_rounding_of_binary_fractions_is_no_change() -> None:
    differenced = 0.3 - 0.1
    assert differenced != 0.2
    assert changes_to({FEES: euros(0.2)}, {FEES: euros(differenced)}) == ()


def test_a_difference_a_reader_could_see_is_a_change() -> None:
    assert changed_keys({FEES: euros(1e9)}, {FEES: euros(1e9 + 2)}) == (FEES,)
    assert changed_keys({FEES: euros(0)}, {FEES: euros(0.01)}) == (FEES,)


def test_a_figure_left_out_is_no_change() -> None:
    assert changes_to({FEES: euros(5), COSTS: euros(4)}, {COSTS: euros(4)}) == ()


def test_changes_come_by_scenario_quarter_and_item() -> None:
    keys = [COSTS, FEES, Key("actual", "2021-Q4", "staff_costs"), Key("budget", "2020-Q1", "a")]
    changes = changes_to({}, {key: euros(1) for key in keys})
    order = [(change.scenario, change.quarter, change.item) for change in changes]
    assert order == sorted(order)


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1), timezones=ZONES)


@given(MOMENTS, MOMENTS)
def test_the_order_of_stored_times_is_the_order_of_time(one: datetime, other: datetime) -> None:
    assert (utc_text(one) < utc_text(other)) == (one < other)


@given(MOMENTS)
def test_a_stored_time_reads_back_as_the_same_moment_in_utc(moment: datetime) -> None:
    read = datetime.fromisoformat(utc_text(moment))
    assert read == moment
    assert read.tzinfo == UTC


def test_forever_is_later_than_any_real_time() -> None:
    assert utc_text(datetime(9998, 12, 31, tzinfo=UTC)) < utc_text(FOREVER)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        utc_text(datetime(2023, 1, 1))


def sample(amount: float) -> Figure:
    return Figure(amount, "EUR", synthetic=True)


def test_a_sample_is_no_change_to_a_real_figure() -> None:
    assert changes_to({FEES: euros(5)}, {FEES: sample(6)}) == ()
    assert keys_taking_force({FEES: euros(5)}, {FEES: sample(6)}) == ()


def test_a_real_figure_takes_force_from_a_sample_that_agrees_without_changing_it() -> None:
    assert keys_taking_force({FEES: sample(5)}, {FEES: euros(5)}) == (FEES,)
    assert changes_to({FEES: sample(5)}, {FEES: euros(5)}) == ()
    assert len(changes_to({FEES: sample(5)}, {FEES: euros(6)})) == 1
