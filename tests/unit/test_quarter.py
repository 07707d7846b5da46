from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.errors import InputError
from smartfin.quarter import Quarter, quarters_between

quarters = st.builds(Quarter, st.integers(1900, 2100), st.integers(1, 4))


@given(quarters)
def test_a_quarter_reads_back_as_it_is_written(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter


@given(quarters)
def test_an_ordinal_leads_back_to_its_quarter(quarter: Quarter) -> None:
    assert Quarter.from_ordinal(quarter.ordinal) == quarter


@given(quarters, st.integers(-200, 200))
def test_adding_quarters_and_subtracting_them_agree(quarter: Quarter, distance: int) -> None:
    assert (quarter + distance) - quarter == distance


@given(quarters, quarters)
def test_quarters_sort_by_time(one: Quarter, other: Quarter) -> None:
    assert (one < other) == (one.ordinal < other.ordinal) == (one.end < other.start)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_exactly_its_quarter(day: date) -> None:
    quarter = Quarter.containing(day)
    assert quarter.start <= day <= quarter.end


@given(quarters)
def test_quarters_leave_no_day_between_them(quarter: Quarter) -> None:
    assert (quarter + 1).start - quarter.end == timedelta(days=1)


def test_a_quarter_is_written_year_then_number() -> None:
    assert str(Quarter(2023, 4)) == "2023-Q4"
    assert Quarter.parse(" 2023-Q4 ") == Quarter(2023, 4)


def test_the_year_turns_after_the_fourth_quarter() -> None:
    assert Quarter(2023, 4) + 1 == Quarter(2024, 1)
    assert Quarter(2024, 1) + -1 == Quarter(2023, 4)


def test_february_of_a_leap_year_belongs_to_the_first_quarter() -> None:
    assert Quarter(2020, 1).start == date(2020, 1, 1)
    assert Quarter(2020, 1).end == date(2020, 3, 31)
    assert Quarter.containing(date(2020, 2, 29)) == Quarter(2020, 1)


@pytest.mark.parametrize(
    "text", ["", "2023", "2023Q4", "2023-Q5", "2023-Q0", "23-Q4", "2023-q4", "0000-Q1", "9999-Q4"]
)
def test_any_other_writing_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Quarter.parse(text)
    assert caught.value.code == "quarter-unreadable"
    assert caught.value.facts == {"text": text}


def test_a_year_has_four_quarters() -> None:
    with pytest.raises(InputError, match="quarter-unreadable"):
        Quarter(2023, 5)


def test_quarters_between_include_both_ends() -> None:
    found = quarters_between(Quarter(2021, 3), Quarter(2022, 1))
    assert [str(quarter) for quarter in found] == ["2021-Q3", "2021-Q4", "2022-Q1"]


def test_no_quarters_lie_between_a_later_and_an_earlier_one() -> None:
    assert list(quarters_between(Quarter(2022, 1), Quarter(2021, 4))) == []
