"""Every way a heading names a period, in eight languages."""

from __future__ import annotations

from datetime import date

import pytest

from smartfin.ingest.period import period_of_day, period_of_year, read_period
from smartfin.ingest.reading import PeriodKind
from smartfin.ingest.span import PeriodWords


def span_of(text: str) -> tuple[str, str]:
    words = read_period(text)
    assert words is not None
    span = words.span()
    assert span is not None
    return span.start.isoformat(), span.end.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "Q1 2021", "2021-Q1", "2021 Q1", "Q121", "Q1'21", "Q1-21", "Q1/2021", "1T21", "1T 2021",
        "T1 2021", "1. Quartal 2021", "K1 2021", "kv1 2021", "I trim. 2021", "2021. I. negyedév",
        "1er trimestre 2021", "1º trimestre 2021", "1e kwartaal 2021", "First quarter 2021",
        "Jan–Mar 2021", "jan t/m mrt 2021", "ene-mar 2021", "1-1 kvartalet 2021",
        "első negyedév 2021",
        "3 months ended 31 March 2021", "2021 / Q1",
    ],
)  # fmt: skip
def test_a_first_quarter_is_told_in_every_writing(text: str) -> None:
    assert span_of(text) == ("2021-01-01", "2021-03-31")


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("mars 2021", PeriodKind.MONTH, ("2021-03-01", "2021-03-31")),
        ("jan-21", PeriodKind.MONTH, ("2021-01-01", "2021-01-31")),
        ("2021-03", PeriodKind.MONTH, ("2021-03-01", "2021-03-31")),
        ("H1 2021", PeriodKind.HALF, ("2021-01-01", "2021-06-30")),
        ("H118", PeriodKind.HALF, ("2018-01-01", "2018-06-30")),
        ("2. Halbjahr 2021", PeriodKind.HALF, ("2021-07-01", "2021-12-31")),
        ("9M 2021", PeriodKind.NINE_MONTHS, ("2021-01-01", "2021-09-30")),
        ("Q1-Q3 2021", PeriodKind.NINE_MONTHS, ("2021-01-01", "2021-09-30")),
        ("FY21", PeriodKind.YEAR, ("2021-01-01", "2021-12-31")),
        ("Geschäftsjahr 2021", PeriodKind.YEAR, ("2021-01-01", "2021-12-31")),
        ("Totale 2021", PeriodKind.YEAR, ("2021-01-01", "2021-12-31")),
        ("3T 2021 acum.", PeriodKind.YTD, ("2021-01-01", "2021-09-30")),
        ("progressivo al III trim. 2021", PeriodKind.YTD, ("2021-01-01", "2021-09-30")),
        ("LTM Q3 2021", PeriodKind.ROLLING, ("2020-10-01", "2021-09-30")),
    ],
)
def test_other_spans_are_told_with_their_kind(
    text: str, kind: PeriodKind, span: tuple[str, str]
) -> None:
    words = read_period(text)
    assert words is not None
    assert (words.kind(), span_of(text)) == (kind, span)


@pytest.mark.parametrize(
    "text", ["31.03.2021", "31/03/21", "2021-03-31", "31 mars 2021", "March 31, 2021",
             "2021. március 31.", "Stand 31.03.2021", "a tutto il 31/03/2021"]
)  # fmt: skip
def test_a_date_is_kept_as_a_date(text: str) -> None:
    words = read_period(text)
    assert words is not None
    assert (words.day, words.span()) == (date(2021, 3, 31), None)


@pytest.mark.parametrize(
    "text", ["Note 1", "IT", "Total", "2021/24", "Q5 2021", "1", "T-shirts 2021", "Q1 2021 2022",
             "Ist", "Smart 2021", "31.02.2021x"]
)  # fmt: skip
def test_what_is_no_period_is_not_taken_for_one(text: str) -> None:
    assert read_period(text) is None


def test_a_part_without_year_waits_for_the_level_above() -> None:
    part, year = read_period("III trim."), read_period("2021")
    assert part is not None
    assert year is not None
    assert part.span() is None
    assert year.over(part).span() == PeriodWords(2021, 7, 3).span()


def test_levels_that_say_different_years_contradict_each_other() -> None:
    quarter = PeriodWords(2021, 1, 3)
    assert quarter.contradicts(PeriodWords(year=2020))
    assert quarter.contradicts(PeriodWords(day=date(2021, 6, 30)))
    assert not quarter.contradicts(PeriodWords(day=date(2021, 3, 31)))
    assert not quarter.contradicts(PeriodWords(year=2021))


def test_a_bare_number_is_a_year_or_a_year_and_month() -> None:
    assert period_of_year(2021.0) == PeriodWords(year=2021)
    assert period_of_year(202103.0) == PeriodWords(2021, 3, 1, named=True)
    assert period_of_year(1234.0) is None
    assert period_of_year(2021.5) is None


def test_a_year_formatted_as_a_date_is_the_year() -> None:
    assert period_of_day(date(1905, 7, 13)) == PeriodWords(year=2021)
