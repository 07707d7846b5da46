"""A question answered once is not asked again: the next quarter's workbook goes through."""

from __future__ import annotations

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.memory import Answers, lasting
from smartfin.ingest.reading import MapReason
from tests.unit.label_builders import HEAD, amounts, asked, codes, read, row, sheet


def book(quarters: int, name: str) -> tuple[object, ...]:
    """A workbook that must be asked about its unit, a sign, a number and three labels."""
    heads = [f"Q{number} 2022" for number in range(1, quarters + 1)]
    numbers = range(quarters)
    result: list[list[Cell]] = [
        ["", *heads],
        ["Umsatzerlöse", *(1000.0 + n for n in numbers)],
        ["Verwaltungsbeitrag", *(91.0 + n for n in numbers)],
        ["Personalaufwand Büro", *(-60.0 - n for n in numbers)],
        ["Versicherungen", *(30.0 + n for n in numbers)],
        ["Haus am Markt", *(-7.0 - n for n in numbers)],
        ["Kantine", *(-3.0 - n for n in numbers)],
    ]
    position: list[list[Cell]] = [
        ["", *heads],
        ["Liquide Mittel", *("1.234" for _ in numbers)],
        ["Bankkredite", *(50.0 + n for n in numbers)],
    ]
    return sheet(result, f"GuV {name}"), sheet(position, f"Bilanz {name}")


ANSWERS = {
    "item:umsatzerlose": "invoiced_volume",
    "item:haus am markt": "rent_costs",
    "item:kantine": "none",
    "sign:GuV Q3 2022": "negative",
    "unit:GuV Q3 2022": "1000",
    "number:Bilanz Q3 2022": ",",
}


def test_the_next_quarter_with_other_names_and_more_columns_goes_through_without_a_question() -> (
    None
):
    first = read(*book(3, "Q3 2022"), name="2022-Q3.xlsx")
    assert set(asked(first)) == ANSWERS.keys()
    settled = read(*book(3, "Q3 2022"), answers=ANSWERS)
    assert asked(settled) == []
    remembered = {"DE": lasting(ANSWERS)}
    later = read(*book(4, "Q4 2022"), name="2022-Q4.xlsx", remembered=remembered)
    assert asked(later) == []
    found = amounts(later, "2022-Q4")
    assert found["invoiced_volume"] == 1_003_000.0
    assert (found["rent_costs"], found["staff_costs"]) == (10_000.0, 63_000.0)
    assert found["cash"] == 1_234_000.0
    assert row(later, "Umsatzerlöse").reason is MapReason.REMEMBERED
    assert row(later, "Kantine").item is None
    assert FindingCode.UNMAPPED_AMOUNTS not in codes(later)


def test_what_one_partner_said_holds_for_that_partner_alone() -> None:
    rows = [list(HEAD), ["Umsatzerlöse", 1.0, 2.0], ["Verwaltungsbeitrag", 1.0, 1.0]]
    remembered = {"AT": {"item:umsatzerlose": "invoiced_volume"}}
    assert asked(read(rows, remembered=remembered)) == ["item:umsatzerlose"]
    assert asked(read(rows, partner="AT", remembered=remembered)) == []


def test_the_partner_a_workbook_names_brings_its_memory() -> None:
    cover = sheet([["Smart Österreich"]], "Deckblatt")
    rows = [list(HEAD), ["Umsatzerlöse", 1.0, 2.0], ["Verwaltungsbeitrag", 1.0, 1.0]]
    remembered = {"AT": {"item:umsatzerlose": "invoiced_volume"}}
    reading = read(cover, rows, partner=None, remembered=remembered)
    assert (reading.partner, asked(reading)) == ("AT", [])


def test_an_answer_given_now_counts_before_the_one_remembered() -> None:
    rows = [list(HEAD), ["Umsatzerlöse", 5.0, 6.0], ["Mitgliedsbeiträge", 1.0, 1.0]]
    reading = read(
        rows,
        answers={"item:umsatzerlose": "fee_revenue"},
        remembered={"DE": {"item:umsatzerlose": "invoiced_volume"}},
    )
    assert amounts(reading)["fee_revenue"] == 5.0
    assert row(reading, "Umsatzerlöse").reason is MapReason.ANSWERED


def test_any_row_can_be_named_though_nobody_asked_and_a_known_one_overruled() -> None:
    rows = [
        list(HEAD),
        ["Liquide Mittel", 5.0, 6.0],
        ["Goldmünzen", 7.0, 8.0],
        ["Bankkredite", 3.0, 3.0],
    ]
    answers = {"item:goldmunzen": "fixed_assets", "item:bankkredite": "group_loans"}
    found = amounts(read(rows, answers=answers))
    assert found == {"cash": 5.0, "fixed_assets": 7.0, "group_loans": 3.0}


def test_an_unknown_row_comes_with_proposals_and_its_newest_figure() -> None:
    rows = [
        list(HEAD),
        ["Verwaltungsbeitrag", 90.0, 95.0],
        ["Personalaufwand Büro", 60.0, 61.0],
        ["Miete Hauptstadtbüro", 7.0, 8.0],
        ["Versicherungen", 3.0, 3.0],
    ]
    unknown = row(read(rows), "Miete Hauptstadtbüro")
    assert unknown.value == 8.0
    assert 0 < len(unknown.candidates) <= 3
    assert unknown.item is None


def test_what_every_sheet_was_told_counts_for_all_and_nothing_else_does() -> None:
    answers = Answers({}, {"unit:a": "1000", "unit:b:fee_rate": "percent"})
    assert answers.of_any("unit", ("1", "1000")) == "1000"
    assert Answers({}, {"unit:a": "1", "unit:b": "1000"}).of_any("unit", ("1", "1000")) == ""
