"""Austria's indicators, worked out again in a plain spreadsheet, agree to the cent."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook

from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.table import partner_table
from smartfin.facts import Scenario
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.recomputed.evaluate import Sheets, value_of
from tests.recomputed.lines import CODES
from tests.recomputed.make_sheet import SAMPLES, SHEET, amount_of, frame, places

QUARTER, DEADLINE = Quarter(2022, 4), Quarter(2023, 4)


@cache
def held() -> Sheets:
    """What each cell of the spreadsheet holds."""
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in load_workbook(SHEET)
    }


def inputs() -> list[dict[str, object]]:
    """The rows of the sheet of amounts, by heading; EUR worked out."""
    sheet = load_workbook(SHEET)["Inputs"]
    head, *rows = sheet.iter_rows(values_only=True)
    names = [str(name) for name in head]
    made: list[dict[str, object]] = [dict(zip(names, row, strict=True)) for row in rows]
    for number, row in enumerate(made, start=2):
        row["EUR"] = value_of(held(), "Inputs", f"J{number}")
    return made


def shown() -> dict[str, str]:
    """The cell of each indicator by its code."""
    sheet = load_workbook(SHEET)["Indicators"]
    return {str(row[2].value): row[1].coordinate for row in sheet.iter_rows(min_row=2)
            if row[2].value}  # fmt: skip


def test_each_amount_is_what_its_cell_of_the_sample_workbook_says() -> None:
    originals = {path.name: load_workbook(path, data_only=True) for path in SAMPLES}

    for row in inputs():
        cell = originals[str(row["Workbook"])][str(row["Sheet"])][str(row["Cell"])]
        assert row["Printed there"] == cell.value
        assert row["Thousand EUR"] == amount_of(cell.value)
        assert row["EUR"] == pytest.approx(1000 * amount_of(cell.value))


def test_each_amount_is_the_fact_that_is_read_there() -> None:
    found = places()

    for row in inputs():
        place = found[str(row["Code"]), str(row["Quarter"])]
        assert (row["Workbook"], row["Sheet"], row["Cell"], row["Row reads"]) == (
            place.file,
            place.fact.sheet,
            place.fact.cell,
            place.fact.label,
        )
        assert row["EUR"] == pytest.approx(place.fact.amount, abs=0.005)
        assert place.fact.unit == "EUR"


def test_every_indicator_of_the_sheet_agrees_to_the_cent() -> None:
    table = partner_table(frame(), "AT")

    assert set(shown()) == CODES
    assert len(CODES) >= 10
    for code, cell in shown().items():
        indicator = find_indicator(code, Level.OSS, DEADLINE)
        measure = indicator_measure(indicator, table, QUARTER.ordinal, "EUR")
        by_hand = value_of(held(), "Indicators", cell)

        close = 0.005 if indicator.unit is Unit.CURRENCY else 1e-9
        assert measure.value == pytest.approx(by_hand, rel=0, abs=close), code


def test_what_a_spreadsheet_program_shows_is_what_the_formulas_come_to() -> None:
    saved = load_workbook(BytesIO(SHEET.read_bytes()), data_only=True)

    for sheet in ("Inputs", "Indicators"):
        for cell, formula in held()[sheet].items():
            if str(formula).startswith("="):
                assert saved[sheet][cell].value == value_of(held(), sheet, cell)


def test_no_other_line_of_the_books_would_change_a_sum() -> None:
    there = {item for item, quarter in places() if quarter == str(QUARTER)}
    left_out = {"employment_margin", "other_operating_income", "guarantee_fund_charge",
                "salary_guarantee_fund", "one_off_income", "one_off_cost", "exceptional_result",
                "fx_result"}  # fmt: skip

    assert not there & left_out


@pytest.mark.parametrize(
    ("formula", "value"),
    [("1+2*3", 7), ("(1+2)*3", 9), ("2^3-1", 7), ("-4/2", -2), ("8-2-1", 5),
     ("SUM(S!A1:A3)/A2", 3), ("16^(1/4)", 2)],
)  # fmt: skip
def test_formulas_are_worked_out_as_a_spreadsheet_does(formula: str, value: float) -> None:
    sheets: Sheets = {"S": {"A1": 1, "A2": 2, "A3": "=A1+A2", "B1": f"={formula}"}}

    assert value_of(sheets, "S", "B1") == pytest.approx(value)


def test_actual_amounts_alone_are_looked_at() -> None:
    assert {place.fact.scenario for place in places().values()} == {Scenario.ACTUAL}
