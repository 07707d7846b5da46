"""Budget beside actual and outlook over a small book: columns, notes, lateness, provenance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.compare import Against, compare_view
from smartfin.services.country.view import CountryView, country_view
from smartfin.services.provenance.explain import explain_view
from smartfin.services.provenance.figure import Figure
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.view import Cell, Section, Table
from smartfin.settings import read_settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
LAST = Quarter(2022, 4)
LATE = datetime(2022, 2, 15, tzinfo=UTC)
# Nothing of IT costs; a result of -10 a quarter against one of +5 that is booked.
UNCHANGED = {code: amount for code, amount in AT_BALANCE.items() if code != "it_costs"}
VOTED = {**UNCHANGED, "fee_revenue": 70.0, "staff_costs": 85.0}
BOOKED = {**AT_BALANCE, "staff_costs": 60.0}


@pytest.fixture(scope="module")
def smartfin(tmp_path_factory: pytest.TempPathFactory) -> Smartfin:
    """ES with a late budget up to the deadline, IT without any; read only."""
    place = tmp_path_factory.mktemp("budget") / "smartfin.db"
    settings = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{place}", "SMARTFIN_SAMPLES": "0"})
    fewer = replace(settings.outlook, paths=50)
    opened = open_smartfin(replace(settings, outlook=fewer))
    voted = book(VOTED, Quarter(2022, 1), Quarter(2023, 4), scenario=Scenario.BUDGET)
    hand_in(opened, "ES", voted, at=LATE, name="budget.xlsx")
    hand_in(opened, "ES", book(BOOKED))
    hand_in(opened, "IT", book(AT_BALANCE, Quarter(2021, 1)))
    return opened


@pytest.fixture(scope="module")
def view(smartfin: Smartfin) -> CountryView:
    return country_view(smartfin, WORDS, "ES")


def part(view: CountryView, code: str) -> Section:
    found = view.section(code)
    assert found is not None
    return found


def row(table: Table, name: str) -> dict[str, Cell]:
    """The cells of one row by their columns."""
    cells = next(cells for cells in table.rows if cells[0].text.endswith(name))
    return dict(zip(table.columns, cells, strict=True))


def code_of(cell: Cell) -> str:
    """The figure of a cell's address."""
    return cell.source.split("/")[2]


def test_the_statement_stands_beside_the_year_before_and_the_budget(view: CountryView) -> None:
    table = part(view, "statement").charts[0].table
    result = row(table, WORDS.text("statement.result_before_support"))
    assert [result[name].value for name in ("Budget", "Variance")] == [-40.0, 60.0]
    assert result[WORDS.text("column.window", quarter=Quarter(2021, 4))].value == 20.0
    assert (result["Variance"].good, result["Variance, %"].text) == (True, "n.a.")
    team = row(table, WORDS.item("staff_costs"))
    assert (team["Variance"].value, team["Variance"].good) == (-100.0, True)
    assert team["Variance, %"].value == pytest.approx(-100 / 340)
    computers = row(table, WORDS.item("it_costs"))
    assert [computers[name].text for name in ("Budget", "Variance", "Variance, %")] == ["–"] * 3
    left_out = WORDS.text("plan.counts-as-nothing", items=[WORDS.item("it_costs")])
    assert result["Budget"].note == left_out


def test_indicators_stand_beside_their_budget_and_tables_without_any_say_so(
    view: CountryView,
) -> None:
    by_subject = part(view, "indicators").tables
    coverage = row(by_subject[0], WORDS.text("indicator.coverage"))
    assert coverage["Budget"].value == pytest.approx(80 / 90)
    assert coverage["Variance"].text.endswith("pp")
    assert coverage["Variance"].good is True
    without = [table for table in by_subject if "Budget" not in table.columns]
    assert without
    assert all("no budget handed in" in table.caption for table in without)


def test_quarters_to_come_hold_the_budget_against_the_middle_of_the_outlook(
    view: CountryView,
) -> None:
    (table,) = part(view, "plan").tables
    result = row(table, WORDS.text("indicator.result_before_support"))
    assert result["Four quarters to"].text == WORDS.quarter(Quarter(2023, 4))
    assert result["Budget"].value == -40.0
    drawn = result["Outlook, middle"].value
    assert drawn is not None
    assert drawn == pytest.approx(20.0, abs=4.0)  # as every quarter so far
    assert result["Variance"].value == pytest.approx(drawn + 40.0)
    assert result["Variance"].good is True


def test_a_budget_that_came_after_its_quarter_began_is_told(
    smartfin: Smartfin, view: CountryView
) -> None:
    first = WORDS.quarter(Quarter(2022, 1))
    late = WORDS.plural("plan.late", 1, named=first, day=LATE.date())
    assert late in part(view, "plan").sentences
    before = country_view(smartfin, WORDS, "IT")
    assert part(before, "plan").sentences[0] == WORDS.text("plan.none", year="2022")


def test_compare_says_who_has_no_budget(smartfin: Smartfin) -> None:
    shown = compare_view(smartfin, WORDS, ("ES", "IT"), "own_costs", against=Against.BUDGET)
    assert shown.table is not None
    named = {cells[1].text: cells for cells in shown.table.rows}
    assert [cell.value for cell in named["Spain"][3:6]] == [340.0, 360.0, -20.0]
    assert named["Spain"][5].good is True
    assert [cell.text for cell in named["Italy"][4:]] == ["no budget handed in", "–", "–"]


def test_every_figure_of_plan_and_variance_opens_to_itself(
    smartfin: Smartfin, view: CountryView
) -> None:
    shown = [
        cell
        for table in view.tables
        for cells in table.rows
        for cell in cells
        if any(part in cell.source for part in ("@budget", "against-budget:", "ahead:"))
        and cell.value is not None
        and cell.text[-1] != "%"
    ]
    kinds = {code_of(cell).partition(":")[0]: cell for cell in shown}
    assert {"against-budget", "ahead", "statement", "year"} <= set(kinds)
    outlooks = {cell.source: cell for cell in shown if "against-budget:ahead:" in cell.source}
    for cell in (*[kinds[kind] for kind in ("ahead", "statement", "year")], *outlooks.values()):
        partner, quarter, code = cell.source.split("/")
        found = explain_view(smartfin, WORDS, figure=Figure(partner, Quarter.parse(quarter), code))
        assert found.value.value == pytest.approx(cell.value), cell
