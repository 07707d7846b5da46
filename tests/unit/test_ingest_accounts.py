"""An account number hints at an item only where the sheet's known rows follow that chart."""

from __future__ import annotations

from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.labels.accounts import charts, followed_chart, hinted_items
from smartfin.ingest.reading import MapReason
from smartfin.items import Statement
from tests.unit.label_builders import HEAD, ITEMS, amounts, asked, read, row

SPANISH = [
    ("640", "staff_costs"), ("621", "rent_costs"), ("625", "insurance_costs"), ("572", "cash"),
]  # fmt: skip


def test_a_chart_is_known_by_the_rows_that_follow_it() -> None:
    chart = followed_chart(SPANISH)
    assert chart is not None
    assert hinted_items(chart, "6230001") == ("professional_fees",)
    assert hinted_items(chart, "99") == ()


def test_a_row_that_disagrees_or_too_few_rows_leave_the_chart_unknown() -> None:
    assert followed_chart(SPANISH[:2]) is None
    assert followed_chart([*SPANISH, ("681", "cash")]) is None


def test_every_hint_is_an_entered_amount_of_money() -> None:
    for chart in charts():
        for item in (ITEMS[code] for codes in chart.values() for code in codes):
            assert item.unit == "currency"
            assert not item.derived
            assert item.statement in (Statement.PNL, Statement.BALANCE_SHEET)


def numbered(*rows: tuple[Cell, str, float]) -> list[list[Cell]]:
    head: list[Cell] = ["", *HEAD]
    return [head, *([code, label, amount, amount] for code, label, amount in rows)]


def test_an_unknown_row_is_asked_about_with_its_account_first() -> None:
    rows = numbered(
        (640000.0, "Staff costs of the structure", 50.0),
        (621000.0, "Office costs", 10.0),
        (625000.0, "Insurance costs", 5.0),
        (700000.0, "Fee revenue", 90.0),
        (623000.0, "Bufete Hernando", 7.0),
    )
    reading = read(rows)
    (question,) = reading.questions
    assert question.options[0] == "professional_fees"
    assert row(reading, "Bufete Hernando").candidates[0] == "professional_fees"


def test_an_account_settles_an_ambiguous_label_it_allows_one_meaning_of() -> None:
    rows = numbered(
        (640000.0, "Staff costs of the structure", 50.0),
        (621000.0, "Office costs", 10.0),
        (625000.0, "Insurance costs", 5.0),
        (668000.0, "Foreign exchange losses", 7.0),
    )
    reading = read(rows)
    assert asked(reading) == []
    assert row(reading, "Foreign exchange losses").reason is MapReason.ACCOUNT
    assert amounts(reading)["fx_result"] == -7.0


def test_a_column_of_account_numbers_is_no_column_of_figures() -> None:
    rows = numbered((640.0, "Staff costs of the structure", 50.0), (621.0, "Office costs", 10.0))
    assert sorted(amounts(read(rows)).values()) == [10.0, 50.0]
