"""Financial years that do not begin in January, as calendar quarters; and what must be asked."""

from __future__ import annotations

from datetime import date

import pytest

from smartfin.ingest.layout.clues import calendar_of
from smartfin.ingest.memory import Answers, lasting
from smartfin.ingest.periods.fiscal import STARTS, YEARS, Calendar
from smartfin.ingest.periods.period import read_period
from tests.unit.period_builders import of, only_question, read, table


def span_of(text: str, calendar: Calendar) -> tuple[str, str]:
    words = read_period(text)
    assert words is not None
    assert not calendar.question(words)
    span = calendar.in_months(words).span()
    assert span is not None
    return span.start.isoformat(), span.end.isoformat()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Q1 FY22", ("2021-07-01", "2021-09-30")),
        ("1. Quartal GJ 2021/22", ("2021-07-01", "2021-09-30")),
        ("Q3 2021/22", ("2022-01-01", "2022-03-31")),
        ("FY2021/22", ("2021-07-01", "2022-06-30")),
        ("H2 2021/22", ("2022-01-01", "2022-06-30")),
        ("9M FY22", ("2021-07-01", "2022-03-31")),
        ("YTD Q3 FY22", ("2021-07-01", "2022-03-31")),
        ("YTD Sep 2021", ("2021-07-01", "2021-09-30")),
        ("YTD Mar 2022", ("2021-07-01", "2022-03-31")),
        ("FY22 Aug", ("2021-08-01", "2021-08-31")),
        ("FY22 May", ("2022-05-01", "2022-05-31")),
        ("Jul 2021", ("2021-07-01", "2021-07-31")),
        ("Jul-Sep 2021", ("2021-07-01", "2021-09-30")),
        ("LTM Q2 FY22", ("2021-01-01", "2021-12-31")),
    ],
)
def test_a_year_from_july_is_told_in_calendar_months(text: str, span: tuple[str, str]) -> None:
    assert span_of(text, Calendar(7)) == span


@pytest.mark.parametrize(
    ("naming", "start"),
    [("calendar", "2022-01-01"), ("fiscal-end", "2021-07-01"), ("fiscal-start", "2022-07-01")],
)
def test_a_plain_year_means_what_the_answer_says(naming: str, start: str) -> None:
    assert span_of("Q1 2022", Calendar(7, naming))[0] == start


def test_a_plain_year_is_asked_about_only_where_it_may_be_another_one() -> None:
    plain, split = read_period("Q1 2022"), read_period("Q1 2021/22")
    assert plain is not None
    assert split is not None
    assert [Calendar(starts).question(plain) for starts in (1, 7)] == ["", YEARS]
    assert [Calendar(starts).question(split) for starts in (1, 7)] == [STARTS, ""]


def test_an_answer_tells_the_start_only_where_the_partner_has_no_setting() -> None:
    answers = Answers({STARTS: "starts-04"})
    assert calendar_of(1, answers).starts == 4
    assert calendar_of(7, answers).starts == 7


def test_what_was_said_of_the_financial_year_is_remembered() -> None:
    assert lasting({YEARS: "fiscal-end"}) == {YEARS: "fiscal-end"}


def test_quarters_of_a_financial_year_become_calendar_quarters() -> None:
    two_levels = table(["", "2021/22", None, None, None], ["TEUR", "Q1", "Q2", "Q3", "Q4"])
    titled = [["GuV Geschäftsjahr 2021/22"], *table(["TEUR", "Q1", "Q2", "Q3", "Q4"])]
    for rows in (two_levels, titled):
        found = of(read(rows, year_starts=7))
        assert found == {"2021-Q3": 10, "2021-Q4": 11, "2022-Q1": 12, "2022-Q2": 13}


def test_plain_quarters_of_a_partner_with_a_financial_year_are_asked_about_or_dated() -> None:
    rows = table(["TEUR", "Q1 2022", "Q2 2022"])
    asked = only_question(read(rows, year_starts=7))
    assert (asked.id, asked.options) == (YEARS, ("calendar", "fiscal-end", "fiscal-start"))
    assert of(read(rows, year_starts=7)) == {}
    answered = read(rows, year_starts=7, answers={YEARS: "fiscal-end"})
    dated = read(
        table(["TEUR", "Q1 2022", "Q2 2022"], ["", date(2021, 9, 30), date(2021, 12, 31)]),
        year_starts=7,
    )
    for reading in (answered, dated):
        assert of(reading) == {"2021-Q3": 10.0, "2021-Q4": 11.0}


def test_running_totals_begin_with_the_financial_year() -> None:
    named = table(["TEUR", "YTD Sep 2021", "YTD Dez 2021", "YTD Mrz 2022"])
    days = [date(2021, 9, 30), date(2021, 12, 31), date(2022, 3, 31)]
    titled = [["GuV kumuliert, TEUR"], *table(["", *days])]
    for rows in (named, titled):
        assert of(read(rows, year_starts=7)) == {"2021-Q3": 10, "2021-Q4": 1, "2022-Q1": 1}


def test_two_years_in_a_heading_of_a_calendar_partner_are_asked_about() -> None:
    rows = table(["TEUR", "Q1 2021/22", "Q2 2021/22"])
    question = only_question(read(rows))
    assert (question.id, question.options[0]) == (STARTS, "starts-02")
    assert of(read(rows)) == {}
    answered = of(read(rows, answers={STARTS: "starts-07"}))
    assert answered == {"2021-Q3": 10.0, "2021-Q4": 11.0}
