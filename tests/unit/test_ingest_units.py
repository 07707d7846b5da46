"""The unit nobody printed is asked once a workbook, remembered, and never spread without reason."""

from __future__ import annotations

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.memory import lasting
from smartfin.quarter import Quarter
from tests.unit.label_builders import HEAD, amounts, asked, read, sheet

UNSAID: list[Cell] = ["", "Q1 2022", "Q2 2022"]


def result(scale: float = 1.0) -> list[list[Cell]]:
    return [
        list(UNSAID),
        ["Invoiced volume", 1000.0 * scale, 1100.0 * scale],
        ["Fee revenue", 90.0 * scale, 95.0 * scale],
        ["Permanent staff costs", 80.0 * scale, 81.0 * scale],
    ]


def balance(scale: float = 1.0) -> list[list[Cell]]:
    return [
        ["", "31.03.2022", "30.06.2022"],
        ["Trade receivables", 300.0 * scale, 310.0 * scale],
        ["Cash and bank", 150.0 * scale, 160.0 * scale],
    ]


def test_sheets_that_say_nothing_share_one_question() -> None:
    book = (sheet(result(), "P and L"), sheet(balance(), "Position"))
    reading = read(*book)
    assert asked(reading) == ["unit:P and L"]
    assert reading.facts == ()
    answered = amounts(read(*book, answers={"unit:P and L": "1000"}))
    assert (answered["fee_revenue"], answered["cash"]) == (90e3, 150e3)


def test_sheets_of_another_size_are_asked_about_apart() -> None:
    book = (sheet(result(), "P and L"), sheet(balance(1000.0), "Position"))
    assert asked(read(*book)) == ["unit:P and L", "unit:Position"]
    answered = read(*book, answers={"unit:P and L": "1000", "unit:Position": "1"})
    assert amounts(answered)["cash"] == 150e3
    partly = read(*book, answers={"unit:P and L": "1000"})
    assert asked(partly) == ["unit:Position"]


def test_a_unit_all_other_sheets_print_is_borrowed_and_told_where_the_size_allows_it() -> None:
    said = balance()
    said[0][0] = "kEUR"
    reading = read(sheet(result(), "P and L"), sheet(said, "Position"))
    assert amounts(reading)["fee_revenue"] == 90e3
    (told,) = [one for one in reading.findings if one.code is FindingCode.UNIT_ASSUMED]
    assert (told.sheet, told.facts["source"]) == ("P and L", "Position")
    larger = read(sheet(result(1000.0), "P and L"), sheet(said, "Position"))
    assert asked(larger) == ["unit:P and L"]


def test_units_that_differ_are_not_borrowed() -> None:
    said, other = balance(), balance()
    said[0][0], other[0][0] = "kEUR", "EUR"
    book = (sheet(result(), "P"), sheet(said, "B"), sheet(other, "C"))
    assert "unit:P" in asked(read(*book))


@pytest.mark.parametrize("title", ["Result, EUR", "Result - EUR", "Result (EUR)", "Result | SEK m"])
def test_a_title_may_end_with_the_unit(title: str) -> None:
    assert asked(read([[title], *result()])) == []


@pytest.mark.parametrize("title", ["Balance, €", "Balance €", "Balance - EUR", "EUR"])
def test_a_currency_alone_in_a_tables_title_ends_the_thousands_of_the_table_above(
    title: str,
) -> None:
    rows = [["PyG, en miles de euros"], *result(), [""], [title], [""]]
    heads: list[list[Cell]] = [list(UNSAID), *balance(1000.0)[1:]]
    found = amounts(read([*rows, *heads]))
    assert (found["fee_revenue"], found["cash"]) == (90e3, 150e3)


def test_a_currency_that_ends_a_title_under_thousands_is_asked_about() -> None:
    rows = [["Angaben in Tausend"], ["Bilanz EUR"], *result()]
    assert asked(read(rows)) == ["unit:Result"]


@pytest.mark.parametrize("name", ["Resultat EUR mn", "Resultat €m", "Resultat €"])
def test_a_sheets_name_may_end_with_the_unit(name: str) -> None:
    scale = 1.0 if name.endswith("€") else 1e6
    assert amounts(read(sheet(result(), name)))["fee_revenue"] == 90.0 * scale


@pytest.mark.parametrize("mark", ["K1", "T1", "1T", "2T"])
def test_a_part_of_a_year_at_the_end_of_a_title_or_name_is_no_unit(mark: str) -> None:
    assert asked(read(sheet([[f"Resultat {mark}"], *result()], f"Resultat {mark}"))) == [
        f"unit:Resultat {mark}"
    ]


def test_a_column_may_say_amounts_in_kronor() -> None:
    rows: list[list[Cell]] = [[line[0], "", *line[1:]] for line in result()]
    rows[0][1] = "Belopp i kronor"
    reading = read(rows)
    assert asked(reading) == []
    assert reading.sheets[0].scale == 1.0


def test_what_was_remembered_holds_under_other_sheet_names() -> None:
    first = read(sheet(result(), "Resultaat Q1"), answers={})
    assert asked(first) == ["unit:Resultaat Q1"]
    remembered = {"DE": lasting({"unit:Resultaat Q1": "1000"})}
    later = read(sheet(result(), "Cijfers 2e kwartaal"), remembered=remembered)
    assert asked(later) == []
    assert amounts(later)["fee_revenue"] == 90e3
    printed = result()
    printed[0][0] = "EUR"
    assert amounts(read(printed, remembered=remembered))["fee_revenue"] == 90.0


def test_memories_that_differ_are_not_mixed() -> None:
    remembered = {"DE": {"unit:a": "1000", "unit:b": "1"}}
    assert asked(read(sheet(result(), "C"), remembered=remembered)) == ["unit:C"]


def test_two_units_in_one_place_are_settled_by_an_answer() -> None:
    rows = [["(in EUR)", "", "(kEUR)"], *result()]
    assert asked(read(rows)) == ["unit:Result"]
    assert amounts(read(rows, answers={"unit:Result": "1000"}))["fee_revenue"] == 90e3


def test_amounts_that_wait_for_their_unit_are_told_in_storage_sign() -> None:
    rows = result()
    rows[3][1:] = [-80.0, -81.0]
    reading = read(rows)
    waiting = {(u.item, u.quarter): u.amount for u in reading.unsettled}
    assert waiting["staff_costs", Quarter(2022, 1)] == 80.0
    assert {one.question for one in reading.unsettled} == {"unit:Result"}
    assert read(rows, answers={"unit:Result": "1"}).unsettled == ()


def test_a_sheet_tells_its_scale_and_how_many_facts_it_gave() -> None:
    rows = result()
    rows[0][0] = "kEUR"
    (use,) = read(rows).sheets
    assert (use.scale, use.facts) == (1000.0, 6)
    (unsaid,) = read(result()).sheets
    assert unsaid.scale is None


@pytest.mark.parametrize(
    "where", ["kEUR", "Alle Beträge in TEUR", "T€", "in thousands of euros", "ezer euró"]
)
def test_a_unit_is_found_far_right_and_below(where: str) -> None:
    right = [[*line, None, None] for line in result()]
    right[0][-1] = where
    assert amounts(read(right))["fee_revenue"] == 90e3
    below = [*result(), [""], [where]]
    assert amounts(read(below))["fee_revenue"] == 90e3


def test_a_text_number_that_can_be_two_numbers_is_asked_about_once_a_workbook() -> None:
    rows: list[list[Cell]] = [
        list(HEAD),
        ["Invoiced volume", "1.234", "2.345"],
        ["Fee revenue", 90.0, 95.0],
    ]
    other: list[list[Cell]] = [list(HEAD), ["Cash and bank", "5.678", "6.789"]]
    book = (sheet(rows, "P"), sheet(other, "B"))
    reading = read(*book)
    assert asked(reading) == ["number:P"]
    assert amounts(reading) == {"fee_revenue": 90.0}
    answered = amounts(read(*book, answers={"number:P": ","}))
    assert (answered["invoiced_volume"], answered["cash"]) == (1234.0, 5678.0)
    remembered = {"DE": lasting({"number:P": "."})}
    assert amounts(read(*book, remembered=remembered))["cash"] == 5.678


@pytest.mark.parametrize("cell", ["12 %", "1,2 Mio. €", "12 TEUR", "approx. 5"])
def test_a_text_that_is_no_plain_amount_is_told_and_no_fact(cell: str) -> None:
    rows: list[list[Cell]] = [list(HEAD), ["Fee revenue", cell, 95.0], ["IT costs", 1.0, 2.0]]
    reading = read(rows)
    assert "fee_revenue" not in amounts(reading)
    assert "not-a-number" in {finding.code for finding in reading.findings}


def two_named(*titles: str) -> object:
    return sheet([["Smart Sverige"], ["Smart Italia"], *([title] for title in titles)], "Info")


def test_a_currency_of_several_is_asked_about_where_no_partner_settles_it() -> None:
    rows: list[list[Cell]] = [
        ["tkr", *HEAD[1:]],
        ["Fee revenue", 90.0, 95.0],
        ["IT costs", 1.0, 2.0],
    ]
    reading = read(two_named(), rows, partner=None)
    (question,) = [one for one in reading.questions if one.id == "currency"]
    assert question.options == ("DKK", "ISK", "NOK", "SEK")
    answered = read(two_named(), rows, partner=None, answers={"currency": "NOK"})
    assert (answered.currency, amounts(answered)["fee_revenue"]) == ("NOK", 90e3)


def test_an_unknown_partner_is_asked_for_alone_as_it_brings_its_currency() -> None:
    rows: list[list[Cell]] = [
        ["tkr", *HEAD[1:]],
        ["Fee revenue", 90.0, 95.0],
        ["IT costs", 1.0, 2.0],
    ]
    assert asked(read(rows, partner=None)) == ["partner"]
    answered = read(rows, partner=None, answers={"partner": "SE"})
    assert (answered.currency, asked(answered)) == ("SEK", [])
