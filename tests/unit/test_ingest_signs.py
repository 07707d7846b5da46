"""Signs are settled by the sheet's own subtotals; what they leave open is asked."""

from __future__ import annotations

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell
from tests.unit.label_builders import HEAD, amounts, asked, codes, read


def ledger(own: float | None = -100.0, operating: float | None = -40.0) -> list[list[Cell]]:
    """A result as a ledger prints it: income on the credit side, negative."""
    rows: list[list[Cell]] = [
        list(HEAD),
        ["Fee revenue", -80.0, -81.0],
        ["Membership fees", -20.0, -21.0],
        ["Own revenue", own, own and own - 2],
        ["Permanent staff costs", 50.0, 50.0],
        ["IT costs", 10.0, 10.0],
        ["Operating result", operating, operating and operating - 2],
    ]
    return [row for row in rows if row[1] is not None]


def test_income_printed_negative_is_turned_and_told_in_one_sentence() -> None:
    reading = read(ledger())
    found = amounts(reading)
    assert (found["fee_revenue"], found["staff_costs"], found["operating_result"]) == (80, 50, 40)
    (note,) = [f for f in reading.findings if f.code is FindingCode.CREDITS_TURNED]
    assert note.facts == {"count": 4}
    assert FindingCode.SUBTOTAL_DIFFERS not in codes(reading)


def test_a_profit_printed_positive_under_negative_income_stays() -> None:
    assert amounts(read(ledger(operating=40.0)))["operating_result"] == 40.0


def test_a_loss_of_a_ledger_is_a_loss() -> None:
    rows = ledger(operating=30.0)
    rows[4][1:] = [120.0, 122.0]
    rows[6][1:] = [30.0, 30.0]
    assert amounts(read(rows))["operating_result"] == -30.0


def test_a_single_negative_income_without_a_subtotal_is_asked_about() -> None:
    rows = [list(HEAD), ["Fee revenue", -80.0, -81.0], ["IT costs", 10.0, 10.0]]
    reading = read(rows)
    assert asked(reading) == ["sign:Result"]
    assert "fee_revenue" not in amounts(reading)
    assert amounts(read(rows, answers={"sign:Result": "credit"}))["fee_revenue"] == 80.0
    assert amounts(read(rows, answers={"sign:Result": "positive"}))["fee_revenue"] == -80.0


def test_a_result_whose_sign_no_subtotal_settles_is_asked_about() -> None:
    reading = read(ledger(own=None, operating=-37.0))
    assert asked(reading) == ["sign:Result"]
    assert amounts(reading)["fee_revenue"] == 80.0
    assert "operating_result" not in amounts(reading)


def test_one_row_of_income_below_zero_among_others_is_a_correction() -> None:
    rows = [
        list(HEAD),
        ["Fee revenue", 80.0, 81.0],
        ["Financial income", -5.0, -1.0],
        ["IT costs", 10.0, 10.0],
    ]
    reading = read(rows)
    assert asked(reading) == []
    assert amounts(reading)["fee_revenue"] == 80.0


def balance(sign: float, total: float | None = None) -> list[list[Cell]]:
    return [
        ["EUR", "31.03.2022", "30.06.2022"],
        ["Cash and bank", 100.0, 110.0],
        ["Total assets", 100.0, 110.0],
        ["Member share capital", 30.0 * sign, 30.0 * sign],
        ["Reserves and retained earnings", -10.0 * sign, -10.0 * sign],
        ["Equity", 20.0 * sign, 20.0 * sign],
        ["Bank debt", 50.0 * sign, 60.0 * sign],
        ["Trade payables", 30.0 * sign, 30.0 * sign],
        ["Total liabilities", 80.0 * sign, 90.0 * sign],
    ]


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_liabilities_and_equity_are_stored_positive_however_they_are_printed(sign: float) -> None:
    reading = read(balance(sign))
    found = amounts(reading)
    assert asked(reading) == []
    assert (found["bank_debt"], found["equity"], found["reserves_retained"]) == (50, 20, -10)
    assert FindingCode.BALANCE_DIFFERS not in codes(reading)
    assert (FindingCode.CREDITS_TURNED in codes(reading)) is (sign < 0)


ONE_BELOW: list[list[Cell]] = [
    list(HEAD),
    ["Fee revenue", 80.0, 81.0],
    ["IT costs", 40.0, 40.0],
    ["Permanent staff costs", 30.0, 30.0],
    ["Insurance costs", -3.0, -3.0],
]


def test_a_cost_below_zero_throughout_is_asked_about_where_no_subtotal_tells() -> None:
    reading = read(ONE_BELOW)
    assert asked(reading) == ["sign:Result"]
    assert "insurance_costs" not in amounts(reading)
    assert amounts(reading)["it_costs"] == 40.0
    for answer, amount in (("positive", -3.0), ("mixed", 3.0)):
        found = amounts(read(ONE_BELOW, answers={"sign:Result": answer}))
        assert (found["insurance_costs"], found["it_costs"]) == (amount, 40.0)


@pytest.mark.parametrize(("result", "insurance"), [(13.0, -3.0), (7.0, 3.0)])
def test_a_cost_below_zero_throughout_is_what_the_subtotal_says(
    result: float, insurance: float
) -> None:
    rows = [*ONE_BELOW, ["Operating result", result, result + 1]]
    assert amounts(read(rows))["insurance_costs"] == insurance


def test_a_reversed_booking_stays_below_zero() -> None:
    rows = [
        list(HEAD),
        ["Fee revenue", 80.0, 81.0],
        ["IT costs", 10.0, -2.0],
        ["Permanent staff costs", 60.0, 61.0],
    ]
    assert amounts(read(rows), "2022-Q2")["it_costs"] == -2.0


def test_all_rows_below_zero_are_asked_about() -> None:
    rows = [
        list(HEAD),
        ["Fee revenue", -80.0, -81.0],
        ["Membership fees", -20.0, -21.0],
        ["IT costs", -10.0, -10.0],
    ]
    assert asked(read(rows)) == ["sign:Result"]
