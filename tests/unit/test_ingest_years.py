"""The years of headings that leave them out."""

from __future__ import annotations

import pytest

from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.periods.years import years_told


def quarters(*numbers: int, **dated: int) -> dict[int, PeriodWords]:
    """Columns of quarters from 0; ``c3=2021`` gives the fourth column a year."""
    return {
        column: PeriodWords(dated.get(f"c{column}"), number * 3 - 2, 3)
        for column, number in enumerate(numbers)
    }


def told(
    words: dict[int, PeriodWords], *titled: set[int], answer: set[int] | None = None
) -> list[int | None]:
    found = years_told(words, titled, answer or set(), lambda _: None)
    return [words[column].year or found.get(column) for column in words]


@pytest.mark.parametrize(
    ("words", "years"),
    [
        (quarters(1, 2, 3, 4, c0=2021), [2021] * 4),
        (quarters(4, 3, 2, 1, c0=2021), [2021] * 4),
        (quarters(1, 3, 4, c0=2021), [2021] * 3),
        (quarters(3, 4, 1, 2, c0=2021), [2021, 2021, 2022, 2022]),
        (quarters(2, 1, 4, 3, c0=2022), [2022, 2022, 2021, 2021]),
        (quarters(3, 4, 1, 2, c3=2022), [2021, 2021, 2022, 2022]),
        (quarters(1, 1, 2, 2, c0=2021), [2021] * 4),
        (quarters(1, 2, 3, 4, 1, 2, c0=2021, c4=2022), [2021] * 4 + [2022] * 2),
    ],
)
def test_neighbours_tell_the_year(words: dict[int, PeriodWords], years: list[int]) -> None:
    assert told(words) == years


@pytest.mark.parametrize(
    "words", [quarters(1, 4, c0=2022), quarters(4, 1, c0=2021), quarters(2, 4, 1, c0=2021)]
)
def test_where_two_years_fit_nothing_is_told(words: dict[int, PeriodWords]) -> None:
    assert told(words)[1:] == [None] * (len(words) - 1)


def test_the_nearest_title_tells_the_year_when_the_parts_are_of_one() -> None:
    assert told(quarters(1, 2, 3), set(), {2021}, {2019}) == [2021] * 3
    assert told(quarters(3, 4, 1), {2021}) == [None] * 3
    assert told(quarters(3, 4, 1), {2021, 2022}) == [2021, 2021, 2022]
    assert told(quarters(1, 2, 3), {2021, 2022}) == [None] * 3


def test_an_answer_is_one_year_for_all_or_the_years_they_run_across() -> None:
    assert told(quarters(3, 4, 1), {2019}, answer={2021}) == [2021] * 3
    assert told(quarters(3, 4, 1), answer={2021, 2022}) == [2021, 2021, 2022]
