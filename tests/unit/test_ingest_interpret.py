"""What a reading says about units, signs, periods, scenarios and partners; what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from smartfin.facts import Scenario
from smartfin.findings import FindingCode, QuestionKind, Severity
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import MapReason, PeriodKind, Reading, ReadingContext, SheetReason
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

SETTINGS = read_settings({})
ITEMS = read_items(SETTINGS.data / "items.yaml")
PARTNERS = read_partners(SETTINGS)

Rows = Sequence[Sequence[Cell]]

VOLUME, FEES, STAFF = "Fakturiertes Volumen", "Verwaltungsbeitrag", "Personalaufwand Büro"


def sheet(rows: Rows, name: str = "GuV", **more: object) -> Sheet:
    cells = tuple(tuple(cell if cell != "" else None for cell in row) for row in rows)
    return Sheet(name, cells, **more)  # type: ignore[arg-type]


def read(
    *sheets: Sheet | Rows,
    name: str = "book.xlsx",
    partner: str | None = "DE",
    answers: Mapping[str, str] | None = None,
    newest: Quarter | None = None,
) -> Reading:
    made = [one if isinstance(one, Sheet) else sheet(one) for one in sheets]
    context = ReadingContext(ITEMS, PARTNERS, partner, answers or {}, newest)
    return interpret(Workbook(tuple(made)), name, context)


def amounts(reading: Reading) -> dict[tuple[str, str], float]:
    return {(fact.item, str(fact.quarter or fact.period)): fact.amount for fact in reading.facts}


def codes(reading: Reading) -> set[FindingCode]:
    return {finding.code for finding in reading.findings}


def table(*, corner: str = "TEUR", staff: float = 8.0) -> list[list[Cell]]:
    return [
        [corner, "Q1 2022", "Q2 2022"],
        [VOLUME, 100.0, 110.0],
        [FEES, 9.0, 10.0],
        [STAFF, staff, staff],
    ]


# --- units


def test_amounts_come_in_single_units_with_their_cell() -> None:
    fact = read(table()).facts[0]
    assert (fact.item, fact.amount, fact.unit) == ("invoiced_volume", 100_000.0, "EUR")
    assert (fact.sheet, fact.cell, fact.label) == ("GuV", "B2", VOLUME)


def test_a_unit_nobody_printed_is_asked_and_its_facts_left_out() -> None:
    reading = read(table(corner=""))
    assert reading.facts == ()
    (question,) = reading.questions
    assert (question.id, question.kind) == ("unit:GuV", QuestionKind.UNIT)
    assert question.options == ("1", "1000", "1000000")
    assert FindingCode.MISSING_ITEM not in codes(reading)


def test_an_answered_unit_is_used() -> None:
    reading = read(table(corner=""), answers={"unit:GuV": "1000000"})
    assert amounts(reading)["fee_revenue", "2022-Q1"] == 9_000_000.0
    assert reading.questions == ()


def test_two_units_in_one_heading_are_asked_about() -> None:
    rows = table()
    rows.insert(0, ["(in EUR)", "", "(TEUR)"])
    rows[1][0] = ""
    assert [question.kind for question in read(rows).questions] == [QuestionKind.UNIT]


def test_a_unit_in_the_row_counts_before_the_one_of_the_sheet() -> None:
    rows = table()
    rows[1][0] = f"{VOLUME} (EUR)"
    assert amounts(read(rows))["invoiced_volume", "2022-Q1"] == 100.0


def test_a_unit_on_the_cover_alone_is_used_and_the_assumption_told() -> None:
    cover = sheet([["Smart Deutschland"], ["Beträge in TEUR"]], "Deckblatt")
    reading = read(cover, table(corner=""))
    assert amounts(reading)["fee_revenue", "2022-Q1"] == 9_000.0
    assert FindingCode.UNIT_ASSUMED in codes(reading)


def test_a_currency_on_the_cover_is_no_unit() -> None:
    cover = sheet([["Smart Deutschland"], ["Währung", "EUR"]], "Deckblatt")
    assert [question.id for question in read(cover, table(corner="")).questions] == ["unit:GuV"]


def test_a_format_that_shows_thousands_leaves_the_cell_in_single_units() -> None:
    made = sheet(table(), factors={(row, column): 0.001 for row in (1, 2, 3) for column in (1, 2)})
    assert amounts(read(made))["invoiced_volume", "2022-Q1"] == 100.0


@pytest.mark.parametrize(("cell", "factor"), [(8.5, 1.0), (0.085, 100.0), ("8,5 %", 1.0)])
def test_a_percentage_is_as_printed(cell: Cell, factor: float) -> None:
    rows: Rows = [["", "Q1 2022", "Q2 2022"], ["Gebührensatz", cell, cell]]
    made = sheet(rows, factors={(1, 1): factor, (1, 2): factor})
    assert amounts(read(made))["fee_rate", "2022-Q1"] == 8.5


def test_a_fraction_without_percent_format_is_asked_about() -> None:
    rows: Rows = [["", "Q1 2022", "Q2 2022"], ["Gebührensatz", 0.085, 0.09]]
    (question,) = read(rows).questions
    assert question.options == ("percent", "fraction")
    answered = read(rows, answers={question.id: "fraction"})
    assert amounts(answered)["fee_rate", "2022-Q1"] == pytest.approx(8.5)


def test_a_row_of_percentages_is_not_taken_for_the_amount() -> None:
    made = sheet(table(), factors={(1, 1): 100.0, (1, 2): 100.0})
    reading = read(made)
    assert ("invoiced_volume", "2022-Q1") not in amounts(reading)
    assert reading.mapping[0].reason is MapReason.RATIO


def test_a_currency_other_than_the_partners_is_an_error() -> None:
    assert FindingCode.WRONG_CURRENCY in codes(read(table(corner="tkr")))
    assert FindingCode.WRONG_CURRENCY not in codes(read(table(corner="tkr"), partner="SE"))


# --- signs


def test_costs_printed_negative_are_turned_and_told() -> None:
    reading = read(table(staff=-8.0))
    assert amounts(reading)["staff_costs", "2022-Q1"] == 8_000.0
    assert FindingCode.COSTS_TURNED in codes(reading)


def test_turned_costs_are_counted_by_row_not_by_cell() -> None:
    rows: Rows = [*table(staff=-8.0), ["Versicherungen", -1.0, -2.0]]
    (note,) = [f for f in read(rows).findings if f.code is FindingCode.COSTS_TURNED]
    assert (note.cell, note.facts) == ("B4", {"count": 2})


def test_an_allowance_printed_negative_on_a_balance_sheet_is_turned_without_a_note() -> None:
    reading = read(sheet(balance_sheet(), "Bilanz"))
    turned = [fact.amount for fact in reading.facts if fact.label == "Einzelwertberichtigungen"]
    assert turned == [4.0, 5.0]
    assert FindingCode.COSTS_TURNED not in codes(reading)


def mixed(result: float) -> Rows:
    """A table with one cost below and one above zero, and a subtotal."""
    return [
        ["TEUR", "Q1 2022", "Q2 2022"],
        [FEES, 100.0, 100.0],
        [STAFF, -60.0, -60.0],
        ["Versicherungen", 30.0, 30.0],
        ["Betriebsergebnis", result, result],
    ]


@pytest.mark.parametrize(
    ("result", "staff", "insurance"),
    [(70.0, 60e3, -30e3), (130.0, -60e3, 30e3), (10.0, 60e3, 30e3)],
)
def test_mixed_costs_are_turned_the_way_the_subtotal_says(
    result: float, staff: float, insurance: float
) -> None:
    read_back = amounts(read(mixed(result)))
    assert read_back["staff_costs", "2022-Q1"] == staff
    assert read_back["insurance_costs", "2022-Q1"] == insurance


def test_mixed_costs_without_a_subtotal_that_fits_are_asked_about() -> None:
    reading = read(mixed(999.0))
    assert [question.id for question in reading.questions] == ["sign:GuV"]
    assert ("staff_costs", "2022-Q1") not in amounts(reading)
    answered = amounts(read(mixed(999.0), answers={"sign:GuV": "negative"}))
    assert answered["staff_costs", "2022-Q1"] == 60e3


def test_a_release_in_one_quarter_does_not_turn_its_row() -> None:
    rows = table()
    rows.append(["Zuführung Garantiefonds", 5.0, -1.0])
    assert amounts(read(rows))["guarantee_fund_charge", "2022-Q2"] == -1_000.0


# --- periods


def test_year_to_date_flows_become_quarters_and_stocks_stay() -> None:
    rows: Rows = [
        ["TEUR", "Q1 2022", "Q2 2022 kumuliert", "Q3 2022 kumuliert"],
        [VOLUME, 100.0, 210.0, 330.0],
        ["Liquide Mittel", 5.0, 6.0, 7.0],
    ]
    reading = read(rows)
    read_back = amounts(reading)
    assert [read_back["invoiced_volume", f"2022-Q{n}"] for n in (1, 2, 3)] == [100e3, 110e3, 120e3]
    assert [read_back["cash", f"2022-Q{n}"] for n in (1, 2, 3)] == [5e3, 6e3, 7e3]
    assert FindingCode.CUMULATIVE_SPLIT in codes(reading)
    assert {period.kind for period in reading.periods} == {PeriodKind.QUARTER, PeriodKind.YTD}


def test_a_title_may_say_that_figures_are_cumulative() -> None:
    rows: Rows = [["GuV kumuliert, TEUR"], *table()]
    assert amounts(read(rows))["invoiced_volume", "2022-Q2"] == 10_000.0


def test_quarters_that_grow_like_running_totals_are_asked_about() -> None:
    head: list[Cell] = ["TEUR", "Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022"]
    labels = (VOLUME, FEES, STAFF, "Versicherungen")
    totals: Rows = [head, *[(label, 10.0, 21.0, 29.0, 41.0) for label in labels]]
    reading = read(totals)
    assert reading.facts == ()
    assert [question.id for question in reading.questions] == ["period:GuV"]
    quarters = amounts(read(totals, answers={"period:GuV": "quarter"}))
    running = amounts(read(totals, answers={"period:GuV": "cumulative"}))
    assert (quarters["fee_revenue", "2022-Q4"], running["fee_revenue", "2022-Q4"]) == (41e3, 12e3)
    growth: Rows = [head, *[(label, 10.0, 12.0, 15.0, 19.0) for label in labels]]
    assert read(growth).questions == ()


def test_a_year_to_date_figure_without_its_predecessor_stays_a_span_and_is_told() -> None:
    rows: Rows = [["TEUR", "Q3 2022 kumuliert"], [VOLUME, 300.0], [FEES, 27.0], [STAFF, 20.0]]
    reading = read(rows)
    assert amounts(reading)["invoiced_volume", "2022-01-01/2022-09-30"] == 300_000.0
    assert FindingCode.CUMULATIVE_INCOMPLETE in codes(reading)


def test_months_halves_and_years_become_the_quarters_they_imply() -> None:
    rows: Rows = [
        ["TEUR", "Jan 2022", "Feb 2022", "Mrz 2022", "H1 2022", "9M 2022", "2022"],
        [VOLUME, 1.0, 2.0, 3.0, 16.0, 36.0, 66.0],
    ]
    read_back = amounts(read(rows))
    quarters = [read_back["invoiced_volume", f"2022-Q{n}"] for n in (1, 2, 3, 4)]
    assert quarters == [6e3, 10e3, 20e3, 30e3]
    assert len(read_back) == 4


def test_a_year_beside_its_quarters_is_a_check_and_no_fact() -> None:
    head: list[Cell] = ["TEUR", "Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022", "2022"]
    fits: Rows = [head, [VOLUME, 1.0, 2.0, 3.0, 4.0, 10.0]]
    differs: Rows = [head, [VOLUME, 1.0, 2.0, 3.0, 4.0, 15.0]]
    assert len(read(fits).facts) == 4
    assert FindingCode.YEAR_DIFFERS not in codes(read(fits))
    assert FindingCode.YEAR_DIFFERS in codes(read(differs))


def test_a_wrong_quarter_is_told_at_the_shortest_total_over_it_alone() -> None:
    head: list[Cell] = ["TEUR", "Q1 2022", "Q2 2022", "H1 2022", "Q3 2022", "Q4 2022", "2022"]
    for year, told in ((17.0, ["D2"]), (30.0, ["D2", "G2"])):
        rows: Rows = [head, [VOLUME, 1.0, 2.0, 10.0, 3.0, 4.0, year]]
        differing = [f for f in read(rows).findings if f.code is FindingCode.YEAR_DIFFERS]
        assert [f.cell for f in differing] == told


def test_year_over_quarter_holds_under_a_merged_cell_and_newest_first() -> None:
    rows: Rows = [
        ["TEUR", "2022", None, "2021", None],
        [None, "4. Quartal", "3. Quartal", "4. Quartal", "3. Quartal"],
        [VOLUME, 4.0, 3.0, 2.0, 1.0],
    ]
    merged = sheet(rows, merged={(0, 2): (0, 1), (0, 4): (0, 3)})
    for made in (merged, sheet(rows)):
        read_back = amounts(read(made))
        assert read_back["invoiced_volume", "2022-Q3"] == 3e3
        assert read_back["invoiced_volume", "2021-Q4"] == 2e3


def test_dates_stand_for_the_quarters_they_end() -> None:
    rows: Rows = [["TEUR", date(2022, 3, 31), date(2022, 6, 30)], [VOLUME, 1.0, 2.0]]
    assert amounts(read(rows)) == {
        ("invoiced_volume", "2022-Q1"): 1e3,
        ("invoiced_volume", "2022-Q2"): 2e3,
    }


def test_a_lone_date_says_nothing_about_how_long_a_flow_ran() -> None:
    rows: Rows = [["TEUR", date(2022, 6, 30)], [VOLUME, 2.0], ["Liquide Mittel", 5.0]]
    reading = read(rows)
    assert amounts(reading) == {("cash", "2022-Q2"): 5e3}
    assert [question.id for question in reading.questions] == ["period:GuV"]
    answered = amounts(read(rows, answers={"period:GuV": "quarter"}))
    assert answered["invoiced_volume", "2022-Q2"] == 2e3


def test_a_year_is_found_in_title_or_file_name_or_asked() -> None:
    rows = table()
    rows[0][1:] = ["Q1", "Q2"]
    assert amounts(read([["GuV 2022"], *rows]))["invoiced_volume", "2022-Q1"] == 100e3
    assert amounts(read(rows, name="2022.xlsx"))["invoiced_volume", "2022-Q1"] == 100e3
    reading = read(rows)
    assert reading.facts == ()
    assert [question.kind for question in reading.questions] == [QuestionKind.PERIOD]
    assert (
        amounts(read(rows, answers={"period:GuV": "2022"}))["invoiced_volume", "2022-Q1"] == 100e3
    )


def test_heading_rows_that_contradict_each_other_are_an_error_not_a_guess() -> None:
    rows = table()
    rows.insert(1, [None, date(2022, 3, 31), date(2021, 12, 31)])
    reading = read(rows)
    assert FindingCode.HEADING_CONTRADICTS in codes(reading)
    assert {quarter for _, quarter in amounts(reading)} == {"2022-Q1"}


# --- scenarios


def test_actual_and_budget_stand_beside_each_other() -> None:
    rows: Rows = [
        ["TEUR", "Q1 2022", None, None, "Q2 2022", None],
        [None, "Ist", "Plan", "Abw. %", "Ist", "Plan"],
        [VOLUME, 1.0, 2.0, 50.0, 3.0, 4.0],
    ]
    facts = {(str(f.quarter), f.scenario): f.amount for f in read(rows).facts}
    assert facts == {
        ("2022-Q1", Scenario.ACTUAL): 1e3,
        ("2022-Q1", Scenario.BUDGET): 2e3,
        ("2022-Q2", Scenario.ACTUAL): 3e3,
        ("2022-Q2", Scenario.BUDGET): 4e3,
    }


def test_a_title_or_sheet_name_may_say_the_scenario() -> None:
    for made in (sheet(table(), "Plan 2022"), sheet([["Budget 2022"], *table()])):
        assert {fact.scenario for fact in read(made).facts} == {Scenario.BUDGET}


def test_a_previous_year_is_actual_of_that_year() -> None:
    data: list[list[Cell]] = [[VOLUME, 3.0, 2.0], [FEES, 2.0, 1.0]]
    for head in (
        [["TEUR", "Q1 2022", None], [None, "Ist", "Vorjahr"]],
        [["TEUR", "2022", None], [None, "Q1", "Q1 Vorjahr"]],
        [["TEUR", "Q1 2022", "Vorjahr Q1 2021"]],
    ):
        reading = read([*head, *data])
        assert amounts(reading)["invoiced_volume", "2022-Q1"] == 3e3
        assert amounts(reading)["invoiced_volume", "2021-Q1"] == 2e3


# --- cells


def test_an_error_cell_is_named_with_its_error() -> None:
    rows = table()
    rows[1][1] = CellError("#DIV/0!")
    reading = read(rows)
    (finding,) = [f for f in reading.findings if f.code is FindingCode.ERROR_CELL]
    assert (finding.sheet, finding.cell, finding.facts["error"]) == ("GuV", "B2", "#DIV/0!")
    assert ("invoiced_volume", "2022-Q1") not in amounts(reading)


def test_formulas_never_calculated_are_told_once_a_table_and_never_zero() -> None:
    rows = table()
    rows[1][1:] = [NeverCalculated(), NeverCalculated()]
    reading = read(rows)
    (finding,) = [f for f in reading.findings if f.code is FindingCode.NEVER_CALCULATED]
    assert (finding.cell, finding.facts["count"]) == ("B2", 2)
    assert ("invoiced_volume", "2022-Q1") not in amounts(reading)


def test_a_placeholder_is_missing_and_another_text_is_told() -> None:
    rows = table()
    rows[1][1:] = ["n.d.", "viel"]
    reading = read(rows)
    assert {item for item, _ in amounts(reading)} == {"fee_revenue", "staff_costs"}
    (finding,) = [f for f in reading.findings if f.code is FindingCode.NOT_A_NUMBER]
    assert (finding.cell, finding.facts["text"]) == ("C2", "viel")


def test_an_ambiguous_number_is_settled_by_the_rest_of_the_table() -> None:
    rows = table()
    rows[1][1:], rows[2][1:] = ["1.234", "2.345"], ["9,5", "10,5"]
    assert amounts(read(rows))["invoiced_volume", "2022-Q1"] == 1_234_000.0
    rows[2][1:] = [9.5, 10.5]
    reading = read(rows)
    assert [question.id for question in reading.questions] == ["number:GuV"]
    assert ("invoiced_volume", "2022-Q1") not in amounts(reading)
    for mark, volume in ((",", 1_234_000.0), (".", 1_234.0)):
        answered = read(rows, answers={"number:GuV": mark})
        assert amounts(answered)["invoiced_volume", "2022-Q1"] == volume


# --- labels and repeats


def test_an_ambiguous_label_is_asked_once_and_its_facts_left_out() -> None:
    rows = table()
    rows[1][0] = "Umsatzerlöse"
    reading = read(rows)
    (question,) = reading.questions
    assert (question.id, question.kind) == ("item:umsatzerlose", QuestionKind.ITEM)
    assert "invoiced_volume" in question.options
    assert FindingCode.MISSING_ITEM not in codes(reading)
    answered = read(rows, answers={question.id: "invoiced_volume"})
    assert amounts(answered)["invoiced_volume", "2022-Q1"] == 100e3


def result(**changes: object) -> list[list[Cell]]:
    """A result in EUR with headings, subtotals and a memo; rows renamed as said."""
    rows: list[list[Cell]] = [
        ["EUR", "Q1 2022", "Q2 2022"],
        [VOLUME, 2_000_000.0, 2_100_000.0],
        ["Erträge", "", ""],
        [FEES, 190_000.0, 200_100.0],
        ["Mitgliedsbeiträge", 8_400.0, 8_900.0],
        ["Dienstleistungserlöse", 5_700.0, 7_400.0],
        ["Eigene Erträge", 204_100.0, 216_400.0],
        ["Aufwendungen", "", ""],
        [STAFF, 119_000.0, 122_000.0],
        ["IT-Kosten", 14_000.0, 14_800.0],
        ["Miete und Raumkosten", 12_100.0, 13_100.0],
        ["Versicherungen", 7_700.0, 9_700.0],
        ["Summe der Aufwendungen", 152_800.0, 159_600.0],
        ["Betriebsergebnis", 51_300.0, 56_800.0],
        ["Zinserträge", 200.0, 300.0],
        ["Jahresergebnis", 51_500.0, 57_100.0],
        ["", "", ""],
        ["Nachrichtlich", "", ""],
        ["Personalaufwand Mitgliederberatung", 60_000.0, 61_000.0],
        ["Deckungsgrad in %", 133.6, 135.6],
    ]
    return [[changes.get(str(row[0]), row[0]), *row[1:]] for row in rows]  # type: ignore[list-item]


RENT = {"Miete und Raumkosten": "Haus am Markt"}
LOST = (FindingCode.UNMAPPED_AMOUNTS, FindingCode.UNLABELLED_AMOUNTS)


def losses(reading: Reading) -> dict[str, FindingCode]:
    return {finding.cell: finding.code for finding in reading.findings if finding.code in LOST}


def unused(reading: Reading) -> list[object]:
    notes = (f for f in reading.findings if f.code is FindingCode.UNMAPPED_LABEL)
    return [finding.facts["label"] for finding in notes]


def test_totals_ratios_and_memos_are_no_lost_amounts() -> None:
    reading = read(result())
    assert losses(reading) == {}
    assert reading.questions == ()


def test_a_total_proven_by_arithmetic_and_a_ratio_need_no_note() -> None:
    reading = read(result(**{"Summe der Aufwendungen": "Alles zusammen"}))
    assert unused(reading) == []
    ratio = next(mapped for mapped in reading.mapping if mapped.label == "Deckungsgrad in %")
    assert (ratio.item, ratio.reason) == (None, MapReason.RATIO)


@pytest.mark.parametrize("label", ["Besondere Vorhaben", "Zuschuss Stadt 80 %"])
def test_a_row_below_a_statement_that_nothing_explains_is_noted(label: str) -> None:
    assert unused(read([*result(), [label, 7_000.0, 9_000.0]])) == [label]


def balance_sheet(liabilities: float = 300.0) -> list[list[Cell]]:
    return [
        ["EUR", "31.03.2022", "30.06.2022"],
        ["Forderungen aus Lieferungen und Leistungen", 204.0, 205.0],
        ["Einzelwertberichtigungen", -4.0, -5.0],
        ["Liquide Mittel", 100.0, 100.0],
        ["Bilanzsumme", 300.0, 300.0],
        ["", "", ""],
        ["Eigenkapital", 120.0, 130.0],
        ["", "", ""],
        ["Bankkredite", 180.0, 170.0],
        ["Fremdkapital", 180.0, 170.0],
        ["Alles auf der rechten Seite", 300.0, liabilities],
    ]


def test_the_total_of_liabilities_is_explained_by_the_total_of_assets() -> None:
    assert unused(read(sheet(balance_sheet(), "Bilanz"))) == []
    assert unused(read(sheet(balance_sheet(290.0), "Bilanz"))) == ["Alles auf der rechten Seite"]


def cash_flow(shares: float = 4.0, change: float = 22.0) -> list[list[Cell]]:
    return [
        ["EUR", "Q1 2022", "Q2 2022"],
        ["Cashflow aus laufender Geschäftstätigkeit", 20.0, 30.0],
        ["Cashflow aus Investitionstätigkeit", -5.0, -6.0],
        ["Aufnahme Gruppendarlehen", 0.0, -6.0],
        ["Neue Anteile", 3.0, shares],
        ["Cashflow aus Finanzierungstätigkeit", 3.0, -2.0],
        ["Unter dem Strich", 18.0, change],
    ]


def test_movements_that_add_up_to_a_total_and_the_change_in_cash_need_no_note() -> None:
    assert unused(read(sheet(cash_flow(), "Cashflow"))) == []


def test_a_movement_that_adds_up_to_nothing_is_noted() -> None:
    assert "Neue Anteile" in unused(read(sheet(cash_flow(shares=90.0), "Cashflow")))
    assert unused(read(sheet(cash_flow(change=90.0), "Cashflow"))) == ["Unter dem Strich"]


def test_an_unknown_cost_of_a_result_is_warned_of_and_asked_about() -> None:
    reading = read(result(**RENT))
    (finding,) = [f for f in reading.findings if f.code is FindingCode.UNMAPPED_AMOUNTS]
    assert (finding.sheet, finding.cell, finding.severity) == ("GuV", "A11", Severity.WARNING)
    assert finding.facts == {"label": "Haus am Markt", "amount": 13_100.0, "unit": "EUR"}
    (question,) = reading.questions
    assert (question.id, question.kind) == ("item:haus am markt", QuestionKind.ITEM)
    assert question.options[-1] == "none"
    first_income = question.options.index("fee_revenue")
    assert question.options.index("rent_costs") < first_income
    assert "net_result" not in question.options


@pytest.mark.parametrize("label", ["", "Zeile"])
def test_an_unknown_cost_is_found_without_the_help_of_subtotals(label: str) -> None:
    totals = ("Eigene Erträge", "Summe der Aufwendungen", "Betriebsergebnis", "Jahresergebnis")
    changed = {total: f"{label} {place}" if label else "" for place, total in enumerate(totals)}
    assert set(losses(read(result(**changed, **RENT)))) == {"A11"}


def test_a_row_of_a_result_without_label_is_warned_of() -> None:
    reading = read(result(**{"Miete und Raumkosten": ""}))
    assert set(losses(reading).values()) == {FindingCode.UNLABELLED_AMOUNTS}
    assert reading.questions == ()


@pytest.mark.parametrize("known", [FEES, STAFF, "IT-Kosten", "Versicherungen", "Zinserträge"])
def test_any_row_of_a_result_is_missed_when_nobody_knows_its_name(known: str) -> None:
    assert len(losses(read(result(**{known: "Haus am Markt"})))) == 1


def test_a_row_a_person_left_out_is_noted_and_no_more() -> None:
    reading = read(result(**RENT), answers={"item:haus am markt": "none"})
    assert losses(reading) == {}
    assert reading.questions == ()
    noted = [f.facts["label"] for f in reading.findings if f.code is FindingCode.UNMAPPED_LABEL]
    assert "Haus am Markt" in noted


def test_a_row_a_person_named_is_used() -> None:
    reading = read(result(**RENT), answers={"item:haus am markt": "rent_costs"})
    assert amounts(reading)["rent_costs", "2022-Q2"] == 13_100.0
    assert losses(reading) == {}


def test_a_row_a_person_named_adds_to_the_other_rows_of_its_item() -> None:
    rows = result()
    rows.insert(11, ["Haus am Markt", 100.0, 200.0])
    reading = read(rows, answers={"item:haus am markt": "rent_costs"})
    assert amounts(reading)["rent_costs", "2022-Q1"] == 12_200.0
    assert FindingCode.CONTRADICTING_FACTS not in codes(reading)


def test_details_that_add_up_to_a_known_row_are_not_lost() -> None:
    rows = result()
    rows[9:9] = [["Gehälter", 100_000.0, 102_000.0], ["Abgaben", 19_000.0, 20_000.0]]
    assert losses(read(rows)) == {}
    rows[10][1] = 18_000.0
    assert set(losses(read(rows))) == {"A10", "A11"}


def test_a_part_that_says_so_is_not_lost() -> None:
    rows = result()
    rows.insert(9, ["davon Honorare", 11_000.0, 12_000.0])
    assert losses(read(rows)) == {}


def test_an_unknown_row_of_zeros_loses_nothing() -> None:
    rows = result()
    rows.insert(12, ["Haus am Markt", 0.0, 0.0])
    assert losses(read(rows)) == {}


def test_unknown_costs_printed_negative_are_found_and_their_total_recognised() -> None:
    rows = result(**RENT)
    for row in rows[8:13]:
        row[1:] = [-cell for cell in row[1:] if isinstance(cell, float)]
    assert set(losses(read(rows))) == {"A11"}


def test_an_unknown_row_of_a_balance_sheet_is_warned_of_but_not_asked_about() -> None:
    rows: list[list[Cell]] = [
        ["EUR", "Q1 2022"],
        ["Anlagevermögen", 1_000.0],
        ["Goldmünzen", 300.0],
        ["Liquide Mittel", 2_000.0],
        ["Summe Aktiva", 3_300.0],
    ]
    reading = read(rows)
    assert list(losses(reading)) == ["A3"]
    assert reading.questions == ()


def test_unknown_rows_of_cash_flow_and_members_are_noted_only() -> None:
    cash = sheet(
        [["EUR", "Q1 2022"], ["Cashflow aus laufender Geschäftstätigkeit", 10.0], ["Sonstiges", 4]],
        "Geldfluss",
    )
    members = sheet([["", "Q1 2022"], ["Mitgliederzahl", 10.0], ["Gäste", 4.0]], "Mitglieder")
    reading = read(result(), cash, members)
    assert losses(reading) == {}


def test_a_repeat_is_merged_and_a_contradiction_reported_with_both_cells() -> None:
    again = sheet(table(), "Kopie")
    assert len(read(table(), again).facts) == 6
    other = table()
    other[1][1] = 777.0
    (finding,) = [
        f
        for f in read(table(), sheet(other, "Kopie")).findings
        if f.code is FindingCode.CONTRADICTING_FACTS
    ]
    assert {finding.sheet, finding.facts["other_sheet"]} == {"GuV", "Kopie"}
    assert {finding.facts["value"], finding.facts["other_amount"]} == {100e3, 777e3}


def test_the_result_in_the_balance_sheet_is_that_of_the_year() -> None:
    balance = sheet(
        [
            ["TEUR", "Q2 2022"],
            ["Geschäftsguthaben", 50.0],
            ["Ergebnisrücklagen und Vortrag", 20.0],
            ["Jahresergebnis", 7.0],
            ["Eigenkapital", 77.0],
            ["Bankverbindlichkeiten", 10.0],
        ],
        "Bilanz",
    )
    items = {fact.item for fact in read(balance).facts}
    assert "result_year_to_date" in items
    assert "net_result" not in items


# --- rules


def test_a_missing_required_item_is_an_error() -> None:
    missing = {
        finding.facts["item"]
        for finding in read(table()[:3]).findings
        if finding.code is FindingCode.MISSING_ITEM
    }
    assert missing == {"staff_costs"}


@pytest.mark.parametrize(("liabilities", "fits"), [(60.0, True), (61.0, True), (65.0, False)])
def test_a_balance_sheet_balances_within_rounding(liabilities: float, fits: bool) -> None:
    rows: Rows = [
        ["TEUR", "Q2 2022"],
        ["Bilanzsumme", 100.0],
        ["Eigenkapital", 40.0],
        ["Fremdkapital", liabilities],
    ]
    assert (FindingCode.BALANCE_DIFFERS not in codes(read(rows))) is fits


def test_a_subtotal_that_does_not_add_up_is_told_with_both_sums() -> None:
    rows: Rows = [
        ["TEUR", "Q1 2022"],
        [FEES, 10.0],
        ["Mitgliedsbeiträge", 5.0],
        ["Dienstleistungserlöse", 5.0],
        ["Eigene Erträge", 30.0],
    ]
    (finding,) = [f for f in read(rows).findings if f.code is FindingCode.SUBTOTAL_DIFFERS]
    assert (finding.facts["value"], finding.facts["computed"]) == (30e3, 20e3)


def test_a_gap_between_quarters_is_told_and_a_lone_quarter_of_last_year_is_none() -> None:
    gap: list[Cell] = ["TEUR", "Q1 2021", "Q2 2021", "Q4 2021", "Q1 2022"]
    alone: list[Cell] = ["TEUR", "Q1 2021", "Q4 2021", "Q1 2022", "Q2 2022"]
    missing = [
        f.facts["quarter"]
        for f in read([gap, [VOLUME, 1.0, 1.0, 1.0, 1.0]]).findings
        if f.code is FindingCode.MISSING_QUARTER
    ]
    assert missing == ["2021-Q3"]
    assert FindingCode.MISSING_QUARTER not in codes(read([alone, [VOLUME, 1.0, 1.0, 1.0, 1.0]]))


@pytest.mark.parametrize("order", [1, -1])
def test_a_quarter_left_out_before_the_last_column_is_told(order: int) -> None:
    rows: Rows = [["TEUR", *["Q1 2021", "Q2 2021", "Q4 2021"][::order]], [VOLUME, 1.0, 1.0, 1.0]]
    assert FindingCode.MISSING_QUARTER in codes(read(rows))


def test_an_actual_figure_of_a_quarter_to_come_is_an_error() -> None:
    assert FindingCode.FUTURE_ACTUAL in codes(read(table(), newest=Quarter(2022, 1)))
    assert FindingCode.FUTURE_ACTUAL not in codes(read(table(), newest=Quarter(2022, 2)))
    budget = sheet(table(), "Plan")
    assert FindingCode.FUTURE_ACTUAL not in codes(read(budget, newest=Quarter(2022, 1)))


# --- whose


def test_the_partner_is_told_by_organisation_country_or_file_name() -> None:
    for reading in (
        read(sheet([["Smart Sverige"]], "Omslag"), table(corner="tkr"), partner=None),
        read(sheet([["Rapport Zweden"]], "Omslag"), table(corner="tkr"), partner=None),
        read(table(corner="tkr"), name="2023-01-30_SE_kvartal.xlsx", partner=None),
    ):
        assert (reading.partner, reading.currency) == ("SE", "SEK")


def test_an_unknown_partner_is_asked_for() -> None:
    reading = read(table(), name="cuentas de marzo.xlsx", partner=None)
    assert reading.partner is None
    assert FindingCode.UNKNOWN_PARTNER in codes(reading)
    assert [question.id for question in reading.questions] == ["partner"]
    assert read(table(), partner=None, answers={"partner": "DE"}).partner == "DE"


@pytest.mark.parametrize("cover", ["Smart Polska", "Bericht"])
def test_document_properties_and_hidden_sheets_alone_never_tell_the_partner(cover: str) -> None:
    hidden = sheet([["Smart Österreich"]], "Info", hidden=True)
    workbook = Workbook((sheet([[cover]], "Start"), hidden, sheet(table())), "Smart Österreich")
    reading = interpret(workbook, "kwartal.xlsx", ReadingContext(ITEMS, PARTNERS))
    assert reading.partner is None
    assert FindingCode.UNKNOWN_PARTNER in codes(reading)
    (question,) = reading.questions
    assert question.kind is QuestionKind.PARTNER
    assert question.options == tuple(partner.code for partner in PARTNERS)


def test_what_a_reader_sees_outranks_the_document_properties() -> None:
    workbook = Workbook((sheet([["Smart Deutschland"]], "Start"), sheet(table())), "Smart Italia")
    reading = interpret(workbook, "kwartal.xlsx", ReadingContext(ITEMS, PARTNERS))
    assert reading.partner == "DE"
    assert {FindingCode.TWO_PARTNERS, FindingCode.WRONG_PARTNER}.isdisjoint(codes(reading))


def test_document_properties_may_say_that_a_workbook_is_synthetic() -> None:
    workbook = Workbook((sheet(table()),), "synthetic")
    assert interpret(workbook, "book.xlsx", ReadingContext(ITEMS, PARTNERS, "DE")).synthetic


def test_two_partners_in_one_workbook_and_a_wrong_one_are_errors() -> None:
    cover = sheet([["Smart Sverige"], ["Smart Italia"]], "Info")
    assert FindingCode.TWO_PARTNERS in codes(read(cover, table(), partner=None))
    italy = sheet([["Smart Italia"]], "Info")
    assert FindingCode.WRONG_PARTNER in codes(read(italy, table()))


def test_a_workbook_may_call_itself_synthetic_in_any_language() -> None:
    for word in ("synthetic", "synthetisch", "sintético", "szintetikus", "syntetiska"):
        assert read(sheet([[f"Daten ({word})"]], "Info"), table()).synthetic
    assert not read(table()).synthetic


# --- sheets


def test_every_sheet_says_why_it_was_used_or_not() -> None:
    reading = read(
        table(),
        sheet([["Notiz"]], "Notiz"),
        sheet([], "Leer"),
        sheet(table(), "Alt", hidden=True),
        sheet([["", "Q1 2022"], ["Kantine", 4.0], ["Parkplatz", 5.0]], "Sonstiges"),
    )
    assert [use.reason for use in reading.sheets] == [
        SheetReason.USED,
        SheetReason.NO_PERIODS,
        SheetReason.EMPTY,
        SheetReason.HIDDEN,
        SheetReason.NO_ITEMS,
    ]


def test_nothing_recognised_is_told_from_periods_missing() -> None:
    assert FindingCode.NO_STATEMENT in codes(read([["Hallo", 1.0]]))
    assert FindingCode.NO_PERIODS in codes(read(table()[1:]))


def test_periods_may_run_down_the_rows() -> None:
    turned = [list(column) for column in zip(*table(), strict=True)]
    reading = read(turned)
    assert amounts(reading) == amounts(read(table()))
    assert {fact.cell for fact in reading.facts if fact.item == "invoiced_volume"} == {"B2", "B3"}


def test_tables_beside_each_other_have_labels_of_their_own() -> None:
    rows = [[*left, None, *right] for left, right in zip(table(), table(), strict=True)]
    for row, label in zip(
        rows[1:], ("Liquide Mittel", "Anlagevermögen", "Bankkredite"), strict=True
    ):
        row[4] = label
    rows[0][4] = None
    items = {fact.item for fact in read(rows).facts}
    assert items == {
        "invoiced_volume",
        "fee_revenue",
        "staff_costs",
        "cash",
        "fixed_assets",
        "bank_debt",
    }
