"""Lists with one fact a row: what their columns are for follows from what is in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartfin.facts import Scenario
from smartfin.findings import FindingCode
from tests.unit.label_builders import codes, sheet
from tests.unit.period_builders import FEES, STAFF, VOLUME, of, read

LABELS = (VOLUME, FEES, STAFF)
QUARTERS = ("Q1 2022", "Q2 2022")


def listed(columns: dict[str, Any], *, header: bool = True) -> list[list[Any]]:
    """A list of the labels in each quarter as actual and plan; amounts count up from 1.

    Args:
        columns: Heading of each column to what it says of (quarter, scenario, label, amount).
        header: Whether the headings are written.
    """
    facts = [
        (quarter, scenario, label)
        for quarter in QUARTERS
        for scenario in ("Ist", "Plan")
        for label in LABELS
    ]
    rows = [
        [say(*fact, float(number)) for say in columns.values()]
        for number, fact in enumerate(facts, start=1)
    ]
    return [[*columns], *rows] if header else rows


PLAIN = {
    "Partner": lambda *_: "DE",
    "Periode": lambda quarter, *_: quarter,
    "Position": lambda _, __, label, ___: label,
    "Szenario": lambda _, scenario, *__: scenario,
    "Betrag": lambda *fact: fact[3],
    "Einheit": lambda *_: "TEUR",
}
ALL = {"2022-Q1": 1.0, "2022-Q1b": 4.0, "2022-Q2": 7.0, "2022-Q2b": 10.0}


def test_a_list_of_facts_is_read_with_the_cells_it_has_in_the_workbook() -> None:
    reading = read(listed(PLAIN))
    assert of(reading) == ALL
    assert {f.cell for f in reading.facts if f.item == "invoiced_volume"} == {
        "E2",
        "E5",
        "E8",
        "E11",
    }


@pytest.mark.parametrize("order", [list(PLAIN)[::-1], sorted(PLAIN)])
def test_the_order_of_the_columns_does_not_matter(order: list[str]) -> None:
    assert of(read(listed({name: PLAIN[name] for name in order}))) == ALL


def test_the_names_of_the_columns_do_not_matter() -> None:
    assert of(read(listed(dict(zip("abcdef", PLAIN.values(), strict=True))))) == ALL


def test_year_and_quarter_may_stand_in_two_columns_and_the_account_beside_the_name() -> None:
    columns = {
        "Jahr": lambda quarter, *_: float(quarter[3:]),
        "Quartal": lambda quarter, *_: float(quarter[1]),
        "Konto": lambda _, __, label, ___: 4000.0 + LABELS.index(label),
        "Bezeichnung": PLAIN["Position"],
        "Version": PLAIN["Szenario"],
        "Wert in TEUR": PLAIN["Betrag"],
    }
    assert of(read(listed(columns))) == ALL


def test_dates_in_a_column_are_told_apart_by_their_distance() -> None:
    ends = {"Q1 2022": date(2022, 3, 31), "Q2 2022": date(2022, 6, 30)}
    columns = {**PLAIN, "Periode": lambda quarter, *_: ends[quarter]}
    assert of(read(listed(columns))) == ALL


def test_scenarios_may_stand_beside_each_other_as_columns_of_amounts() -> None:
    rows = [
        ["Position", "Periode", "Ist TEUR", "Plan TEUR"],
        *[[label, quarter, 1.0 + place, 2.0 + place]
          for quarter in QUARTERS for place, label in enumerate(LABELS)],
    ]  # fmt: skip
    assert of(read(rows)) == {"2022-Q1": 1.0, "2022-Q1b": 2.0, "2022-Q2": 1.0, "2022-Q2b": 2.0}


def test_a_scenario_may_stand_beside_each_label_under_periods() -> None:
    rows = [["TEUR", "", *QUARTERS],
            [VOLUME, "Ist", 1.0, 2.0], ["", "Plan", 3.0, 4.0],
            [FEES, "Ist", 1.0, 2.0], ["", "Plan", 5.0, 6.0]]  # fmt: skip
    assert of(read(rows)) == {"2022-Q1": 1.0, "2022-Q2": 2.0, "2022-Q1b": 3.0, "2022-Q2b": 4.0}


def test_months_of_a_list_make_quarters() -> None:
    rows: list[list[Any]] = [["Monat", "Position", "Betrag TEUR"]]
    rows += [[f"{month:02}/2022", label, float(month)] for month in range(1, 7) for label in LABELS]
    assert of(read(rows)) == {"2022-Q1": 6.0, "2022-Q2": 15.0}


def test_of_a_list_of_several_partners_only_the_own_rows_count() -> None:
    own = listed(PLAIN)
    others = listed({**PLAIN, "Partner": lambda *_: "AT", "Betrag": lambda *_: 999.0}, header=False)
    assert of(read([*own, *others])) == ALL


def test_a_fact_listed_twice_with_other_amounts_is_an_error_with_both_cells() -> None:
    again = [["DE", "Q1 2022", VOLUME, "Ist", 999.0, "TEUR"]]
    reading = read([*listed(PLAIN), *again])
    (finding,) = [f for f in reading.findings if f.code is FindingCode.DUPLICATE_QUARTER]
    assert (finding.cell, finding.facts["other_cell"]) == ("E14", "E2")
    assert "2022-Q1" not in of(reading)


def test_a_ledger_of_bookings_is_no_list_of_facts() -> None:
    rows: list[list[Any]] = [["Datum", "Konto", "Text", "Betrag"]]
    rows += [
        [date(2022, 1, day), 4000.0 + day, f"Rechnung {day}", 10.0 * day] for day in range(1, 20)
    ]
    assert read(sheet(rows, "Journal")).facts == ()


def test_a_row_without_a_period_of_its_own_goes_on_from_the_row_above() -> None:
    rows = listed(PLAIN)
    for row in rows[2:7]:
        row[1] = ""
    reading = read(rows)
    assert of(reading) == ALL
    assert {fact.scenario for fact in reading.facts} == {Scenario.ACTUAL, Scenario.BUDGET}
    assert FindingCode.DUPLICATE_QUARTER not in codes(reading)
