"""Every way a heading names a period, in eight languages."""

from __future__ import annotations

from datetime import date

import pytest

from smartfin.ingest.periods.period import (
    find_period,
    is_impossible,
    period_of_day,
    period_of_year,
    read_period,
)
from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.reading import PeriodKind


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
        # EN
        "1Q21", "FQ121", "2021Q1", "1st Qtr 2021", "Quarter ended 31 March 2021", "QTR1 2021",
        "Three months ended March 31, 2021", "01/2021-03/2021", "Jan/Feb/Mar 2021", "QI 2021",
        "Jan 21 - Mar 21", "2021-01-01 - 2021-03-31", "Q1 (Jan-Mar) 2021", "Q1 2021 ¹)",
        # DE
        "01.01.2021 - 31.03.2021", "1.1.-31.3.2021", "Jan.-März 2021", "Jänner-März 2021",
        "1. Qu. 2021", "I/2021", "Q I 2021", "Quartal I 2021", "1/1/21-31/3/21",
        # NL
        "jan–mrt 2021", "januari - maart 2021", "Ie kwartaal 2021", "1ste kwartaal 2021",
        "1 januari t/m 31 maart 2021", "kw1 2021", "01-01-2021 t/m 31-03-2021",
        # FR
        "1ᵉʳ trimestre 2021", "janvier-mars 2021", "Du 1er janvier au 31 mars 2021", "T1-21",
        "du 01/01/2021 au 31/03/2021", "janv. à mars 2021", "Trim. 1 2021",
        # ES
        "1.º trimestre 2021", "1ºT 2021", "ene.-mar. 2021", "enero a marzo 2021",
        "Del 1 de enero al 31 de marzo de 2021", "1 ene - 31 mar 2021",
        # IT
        "1° trimestre 2021", "Gen-Mar 2021", "dal 1 gennaio al 31 marzo 2021",
        "primo trimestre 2021", "TRIM I 2021",
        # SV
        "Kv 1 -21", "kv1-21", "1. kvartalet 2021", "januari–mars 2021", "Kvartal 1/2021",
        # HU
        "I. negyedév 2021", "2021. január-március", "2021.01.01. - 2021.03.31.", "2021 I. n.év",
        "jan.-márc. 2021", "2021. 1. né.",
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
        ("1H21", PeriodKind.HALF, ("2021-01-01", "2021-06-30")),
        ("2021. II. félév", PeriodKind.HALF, ("2021-07-01", "2021-12-31")),
        (
            "Nine months ended September 30, 2021",
            PeriodKind.NINE_MONTHS,
            ("2021-01-01", "2021-09-30"),
        ),
        ("2021. I-III. negyedév", PeriodKind.NINE_MONTHS, ("2021-01-01", "2021-09-30")),
        ("1.1.2021-30.9.2021", PeriodKind.NINE_MONTHS, ("2021-01-01", "2021-09-30")),
        ("Year ended 31 December 2021", PeriodKind.YEAR, ("2021-01-01", "2021-12-31")),
        ("2021 összesen", PeriodKind.YEAR, ("2021-01-01", "2021-12-31")),
        ("YTD 09/2021", PeriodKind.YTD, ("2021-01-01", "2021-09-30")),
        ("bis September 2021", PeriodKind.YTD, ("2021-01-01", "2021-09-30")),
        ("t/m Q3 2021", PeriodKind.YTD, ("2021-01-01", "2021-09-30")),
        ("M9 2021", PeriodKind.MONTH, ("2021-09-01", "2021-09-30")),
        ("2021M01", PeriodKind.MONTH, ("2021-01-01", "2021-01-31")),
        ("1 January to 31 July 2021", PeriodKind.OTHER, ("2021-01-01", "2021-07-31")),
        ("15.01.2021 - 31.03.2021", PeriodKind.OTHER, ("2021-01-15", "2021-03-31")),
        ("12 derniers mois sept. 2021", PeriodKind.ROLLING, ("2020-10-01", "2021-09-30")),
        ("R12 sep 2021", PeriodKind.ROLLING, ("2020-10-01", "2021-09-30")),
        ("2016. I-IX. hó", PeriodKind.NINE_MONTHS, ("2016-01-01", "2016-09-30")),
        ("2021. X. hó", PeriodKind.MONTH, ("2021-10-01", "2021-10-31")),
        ("Q2 2021 kumul.", PeriodKind.YTD, ("2021-01-01", "2021-06-30")),
        ("aufgelaufen Q2 2021", PeriodKind.YTD, ("2021-01-01", "2021-06-30")),
        ("TTM 30.09.2021", PeriodKind.ROLLING, ("2020-10-01", "2021-09-30")),
        ("3 months ended January 2021", PeriodKind.QUARTER, ("2020-11-01", "2021-01-31")),
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
             "2021. március 31.", "Stand 31.03.2021", "a tutto il 31/03/2021", "03/31/2021",
             "31-Mar-21", "20210331", "31MAR2021", "per 31-03-2021", "au 31/03/2021",
             "a 31 de marzo de 2021", "den 31 mars 2021", "2021.03.31.", "3/31/21"]
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


@pytest.mark.parametrize(
    "text", ["Q5 2021", "Q0", "31.06.2021", "H3 2021", "5. Quartal 2021", "2021-Q7", "31/02/21"]
)
def test_a_period_no_calendar_has_is_told_from_words_about_something_else(text: str) -> None:
    assert read_period(text) is None
    assert is_impossible(text)
    assert not is_impossible(f"{text} Umsatz")


@pytest.mark.parametrize(
    ("text", "end"),
    [("Q1 FY22", 2022), ("FY2021/22", 2022), ("GJ 2021/2022", 2022), ("FQ1 2022", 2022)],
)
def test_a_financial_year_is_called_by_the_year_it_ends_in(text: str, end: int) -> None:
    words = read_period(text)
    assert words is not None
    assert (words.year, words.fiscal) == (end, True)


@pytest.mark.parametrize(
    ("text", "relative", "months"),
    [("Boekjaar 1", 1, 12), ("Year 2", 2, 12), ("Current quarter", 0, 3),
     ("Lopend kwartaal", 0, 3), ("laufendes Jahr", 0, None), ("Exercice en cours", 0, None)],
)  # fmt: skip
def test_a_period_only_the_reader_knows_is_relative(
    text: str, relative: int, months: int | None
) -> None:
    words = read_period(text)
    assert words is not None
    assert (words.relative, words.months, words.complete) == (relative, months, False)


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("Gewinn- und Verlustrechnung für das 3. Quartal 2022", ("2022-07-01", "2022-09-30")),
        ("Income statement for the quarter ended 31 March 2022", ("2022-01-01", "2022-03-31")),
        ("Statement 1 January to 31 July 2022", ("2022-01-01", "2022-07-31")),
        ("Compte de résultat du 01/01/2022 au 31/03/2022", ("2022-01-01", "2022-03-31")),
        ("PyG - 2022-T2", ("2022-04-01", "2022-06-30")),
        ("Eredménykimutatás 2022. III. negyedév", ("2022-07-01", "2022-09-30")),
        ("Resultaträkning, kv 3 (2022)", ("2022-07-01", "2022-09-30")),
    ],
)
def test_the_period_of_a_title_is_found_among_its_words(title: str, span: tuple[str, str]) -> None:
    words = find_period(title)
    assert words is not None
    found = words.span()
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat()) == span


def test_a_title_with_two_periods_names_none_and_a_lone_letter_is_no_quarter() -> None:
    assert find_period("P&L Q1 2022 vs Q1 2021") is None
    assert find_period("T1") is None
    assert find_period("Q1") == PeriodWords(first=1, months=3)
