"""What a label cannot say alone is settled by the printed totals, or asked; never picked."""

from __future__ import annotations

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.reading import MapReason
from tests.unit.label_builders import HEAD, amounts, asked, codes, read, row, sheet


def result(*, own: float, operating: float, volume: float | None = 1000.0) -> list[list[Cell]]:
    """A result with an ambiguous turnover and personnel row, and its totals."""
    rows: list[list[Cell]] = [list(HEAD)]
    if volume is not None:
        rows.append(["Invoiced volume", volume, volume * 2])
    return [
        *rows,
        ["Turnover", 80.0, 160.0],
        ["Membership fees", 20.0, 45.0],
        ["Own revenue", own, own * 2 + 5],
        ["Permanent staff costs", 50.0, 101.0],
        ["IT costs", 10.0, 21.0],
        ["Operating result", operating, operating * 2 + 3],
    ]


def test_a_turnover_that_the_own_revenue_includes_is_the_fee_where_the_volume_stands_apart() -> (
    None
):
    reading = read(result(own=100.0, operating=40.0))
    assert asked(reading) == []
    assert amounts(reading)["fee_revenue"] == 80.0
    settled = row(reading, "Turnover")
    assert settled.reason is MapReason.CONTEXT
    assert settled.confidence < 0.9


def test_a_turnover_that_adds_up_may_still_be_the_gross_volume_and_is_asked_about() -> None:
    reading = read(result(own=100.0, operating=40.0, volume=None))
    assert asked(reading) == ["item:turnover"]
    assert "fee_revenue" not in amounts(reading)


def test_a_turnover_outside_the_totals_is_the_volume_where_the_fee_stands_apart() -> None:
    rows = result(own=100.0, operating=40.0, volume=None)
    rows[1] = ["Turnover", 1000.0, 2000.0]
    rows.insert(2, ["Fee revenue", 80.0, 160.0])
    reading = read(rows)
    assert asked(reading) == []
    assert amounts(reading)["invoiced_volume"] == 1000.0


def test_an_ambiguous_label_is_asked_about_where_no_total_settles_it() -> None:
    reading = read(result(own=777.0, operating=999.0))
    assert "item:turnover" in asked(reading)
    assert "fee_revenue" not in amounts(reading)


def test_an_ambiguous_row_that_repeats_a_known_one_is_that_one() -> None:
    rows = result(own=20.0, operating=-40.0)
    rows[2] = ["Turnover", 1000.0, 2000.0]
    reading = read(rows)
    assert asked(reading) == []
    assert row(reading, "Turnover").item == "invoiced_volume"


def test_two_candidates_of_one_effect_are_not_told_apart_by_a_total() -> None:
    rows = result(own=20.0, operating=40.0)
    rows[2] = ["Subsidies", 80.0, 160.0]
    assert asked(read(rows)) == ["item:subsidies"]


def test_a_remainder_of_three_meanings_is_asked_about_though_two_are_stated() -> None:
    rows: list[list[Cell]] = [
        ["EUR", "31.03.2022", "30.06.2022"],
        ["Trade payables", 25.0, 26.0],
        ["Group loans", 40.0, 40.0],
        ["Tax and social security liabilities", 9.0, 8.0],
        ["Other debts", 6.0, 7.0],
        ["Total liabilities", 80.0, 81.0],
    ]
    assert asked(read(rows)) == ["item:other debts"]


def balance(*rows: tuple[Cell, ...], total: tuple[float, float]) -> list[list[Cell]]:
    return [
        ["EUR", "31.03.2022", "30.06.2022"],
        ["Trade receivables", 100.0, 110.0],
        *[list(one) for one in rows],
        ["Cash and bank", 50.0, 60.0],
        ["Current assets", *total],
    ]


GRANTS, PREPAID = ("Grants receivable", 7.0, 8.0), ("Prepaid expenses", 3.0, 5.0)


def test_two_rows_of_one_item_are_added_where_a_total_proves_it() -> None:
    reading = read(balance(GRANTS, PREPAID, total=(160.0, 183.0)))
    assert amounts(reading)["other_receivables"] == 10.0
    assert asked(reading) == []
    assert FindingCode.CONTRADICTING_FACTS not in codes(reading)


def test_two_rows_of_one_item_that_nothing_proves_are_asked_about_and_left_out() -> None:
    rows = balance(GRANTS, PREPAID, total=(999.0, 999.0))
    reading = read(rows)
    assert asked(reading) == ["item:prepaid expenses"]
    assert "other_receivables" not in amounts(reading)
    added = read(rows, answers={"item:prepaid expenses": "other_receivables"})
    assert amounts(added)["other_receivables"] == 10.0
    alone = read(rows, answers={"item:prepaid expenses": "none"})
    assert amounts(alone)["other_receivables"] == 7.0


def test_a_row_that_is_the_sum_of_others_of_its_item_is_that_item() -> None:
    whole = ("Other receivables", 10.0, 13.0)
    reading = read(balance(whole, GRANTS, PREPAID, total=(160.0, 183.0)))
    assert amounts(reading)["other_receivables"] == 10.0
    assert asked(reading) == []


def test_rows_of_one_label_with_other_figures_are_a_contradiction() -> None:
    again = ("Grants receivable", 4.0, 5.0)
    reading = read(balance(GRANTS, again, total=(999.0, 999.0)))
    assert FindingCode.CONTRADICTING_FACTS in codes(reading)


def test_a_figure_repeated_with_the_sign_of_cash_is_no_second_statement() -> None:
    rows: list[list[Cell]] = [
        list(HEAD),
        ["Fee revenue", 100.0, 100.0],
        ["Depreciation and amortisation", -5.0, -6.0],
        ["Insurance costs", -7.0, -7.0],
        ["Depreciation and amortisation", 5.0, 6.0],
        ["Cash flow from operations", 90.0, 91.0],
    ]
    reading = read(rows)
    assert amounts(reading)["depreciation"] == 5.0
    assert FindingCode.CONTRADICTING_FACTS not in codes(reading)


@pytest.mark.parametrize("printed", [8.0, -8.0])
def test_an_exchange_loss_lowers_the_exchange_result_however_it_is_printed(printed: float) -> None:
    rows: list[list[Cell]] = [
        list(HEAD),
        ["Fee revenue", 100.0, 100.0],
        ["Foreign exchange gains", 3.0, 4.0],
        ["Foreign exchange losses", printed, printed],
    ]
    answers = {
        "item:foreign exchange gains": "fx_result",
        "item:foreign exchange losses": "fx_result",
    }
    assert amounts(read(rows, answers=answers))["fx_result"] == -5.0


POSITION: list[list[Cell]] = [
    ["EUR", "31.03.2022", "30.06.2022"],
    ["Fixed assets", 10.0, 11.0],
    ["Trade receivables", 100.0, 110.0],
    ["Cash and bank", 50.0, 60.0],
    ["Total assets", 165.0, 186.0],
    ["Member share capital", 90.0, 100.0],
    ["Bank debt", 50.0, 60.0],
    ["Trade payables", 25.0, 26.0],
]


def test_a_debt_among_the_assets_is_asked_about() -> None:
    rows = [list(one) for one in POSITION]
    rows.insert(3, ["Current account with group", 5.0, 5.0])
    reading = read(rows)
    assert asked(reading) == ["item:current account with group"]
    assert "group_loans" not in amounts(reading)
    (question,) = reading.questions
    assert question.options[0] == "group_loans"
    assert "other_receivables" in question.options
    named = read(rows, answers={question.id: "other_receivables"})
    assert amounts(named)["other_receivables"] == 5.0


def test_a_debt_among_the_liabilities_is_not_asked_about() -> None:
    rows = [list(one) for one in POSITION]
    rows.insert(7, ["Current account with group", 5.0, 5.0])
    assert amounts(read(rows))["group_loans"] == 5.0


def test_rows_in_no_order_are_not_asked_about() -> None:
    rows = [POSITION[0], *(POSITION[place] for place in (5, 1, 6, 2, 7, 3, 4))]
    assert asked(read(rows)) == []


def two_others() -> list[list[Cell]]:
    return [
        list(HEAD),
        ["Income", "", ""],
        ["Fee revenue", 80.0, 81.0],
        ["Membership fees", 20.0, 21.0],
        ["Miscellaneous matters", 4.0, 5.0],
        ["Expenses", "", ""],
        ["Permanent staff costs", 50.0, 50.0],
        ["IT costs", 10.0, 10.0],
        ["Miscellaneous matters", 3.0, 3.0],
    ]


def test_one_label_under_two_headings_is_asked_about_twice() -> None:
    rows = two_others()
    questions = asked(read(rows))
    assert questions == [
        "item:miscellaneous matters:income",
        "item:miscellaneous matters:expenses",
    ]
    answers = dict(
        zip(questions, ("other_operating_income", "other_operating_expenses"), strict=True)
    )
    found = amounts(read(rows, answers=answers))
    assert (found["other_operating_income"], found["other_operating_expenses"]) == (4.0, 3.0)
    remembered = {"DE": answers}
    assert asked(read(rows, remembered=remembered)) == []


def test_what_was_said_of_a_cost_is_not_said_of_a_balance() -> None:
    position = [list(one) for one in POSITION]
    position.insert(6, ["Miscellaneous matters", 9.0, 9.0])
    cost = [row for row in two_others() if row[1] != 4.0]
    answers = {"item:miscellaneous matters": "other_operating_expenses"}
    reading = read(cost, sheet(position, "Position"), answers=answers)
    assert amounts(reading)["other_operating_expenses"] == 3.0
    assert FindingCode.CONTRADICTING_FACTS not in codes(reading)
    assert FindingCode.UNMAPPED_AMOUNTS in codes(reading)
    answers["item:miscellaneous matters:balance_sheet"] = "other_provisions"
    assert (
        amounts(read(cost, sheet(position, "Position"), answers=answers))["other_provisions"] == 9.0
    )


def test_a_label_only_like_an_ambiguous_one_is_never_settled_by_totals() -> None:
    rows = result(own=100.0, operating=40.0)
    assert amounts(read(rows))["fee_revenue"] == 80.0
    rows[2][0] = "Turnovers"
    reading = read(rows)
    assert asked(reading) == ["item:turnovers"]
    assert "fee_revenue" not in amounts(reading)


def test_a_dutch_contribution_is_not_an_italian_grant() -> None:
    rows = result(own=100.0, operating=40.0)
    rows[2:4] = [["Fee revenue", 100.0, 205.0], ["Contributie", 7.0, 9.0]]
    rows[4] = ["Own revenue", 100.0, 205.0]
    reading = read(rows)
    grants = {"member_project_grants", "operating_grants", "group_contribution_received"}
    assert grants.isdisjoint(amounts(reading))
    assert row(reading, "Contributie").item is None


def test_unknown_amounts_beside_a_single_known_one_are_told() -> None:
    rows: list[list[Cell]] = [HEAD, ["Cash and bank", 420.0, 1.0], ["Sundry takings", 212.0, 3.0]]
    reading = read(rows)
    assert FindingCode.UNMAPPED_AMOUNTS in codes(reading)
    assert reading.questions == ()


def test_unknown_counts_beside_known_counts_are_only_noted() -> None:
    rows: list[list[Cell]] = [HEAD, ["Active members", 420.0, 1.0], ["Kettles owned", 2.0, 3.0]]
    assert FindingCode.UNMAPPED_AMOUNTS not in codes(read(rows))
