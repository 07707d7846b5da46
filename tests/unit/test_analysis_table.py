"""The table of one partner, and the rule on absent figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.table import (
    TOTALS,
    known_until,
    line,
    lines_read_once,
    partner_table,
    rises,
    trailing_sum,
)
from smartfin.items import Items, read_items
from tests.unit.analysis_builders import table_of

ITEMS = read_items(Path(__file__).parents[2] / "data" / "items.yaml")
COLUMNS = ["partner", "quarter", "scenario", "item", "amount", "currency"]


def frame_of(*rows: tuple[str, int, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame([(*row, "EUR") for row in rows], columns=COLUMNS)


def test_a_table_has_every_quarter_from_first_to_last() -> None:
    frame = frame_of(("ES", 8080, "actual", "cash", 1.0), ("ES", 8083, "actual", "cash", 4.0))

    table = partner_table(frame, "ES")

    assert list(table.index) == [8080, 8081, 8082, 8083]
    np.testing.assert_array_equal(table["cash"], [1.0, np.nan, np.nan, 4.0])


def test_a_table_holds_one_partner_and_one_scenario() -> None:
    frame = frame_of(
        ("ES", 8080, "actual", "cash", 1.0),
        ("ES", 8080, "budget", "cash", 2.0),
        ("IT", 8080, "actual", "cash", 3.0),
    )

    assert partner_table(frame, "ES").to_numpy().tolist() == [[1.0]]
    assert partner_table(frame, "ES", "budget").to_numpy().tolist() == [[2.0]]


def test_an_unknown_partner_has_an_empty_table() -> None:
    table = partner_table(frame_of(("ES", 8080, "actual", "cash", 1.0)), "SE")

    assert table.empty
    assert table.index.name == "quarter"


def test_two_amounts_for_one_fact_are_refused() -> None:
    frame = frame_of(("ES", 8080, "actual", "cash", 1.0), ("ES", 8080, "actual", "cash", 2.0))

    with pytest.raises(ValueError, match="duplicate"):
        partner_table(frame, "ES")


def test_an_optional_line_is_nothing_before_its_first_report_and_a_gap_after() -> None:
    table = table_of({"cash": 1}, {"cash": 1, "it_costs": 5}, {"cash": 1}, {"it_costs": 7})

    np.testing.assert_array_equal(line(table, "it_costs"), [0, 5, np.nan, 7])


def test_a_line_every_partner_has_is_never_taken_as_nothing() -> None:
    table = table_of({"it_costs": 1}, {"cash": 1})

    np.testing.assert_array_equal(line(table, "cash"), [np.nan, 1])


def test_nothing_is_taken_as_nothing_in_a_quarter_without_any_report() -> None:
    table = table_of({"cash": 1}, {}, {"cash": 1})

    np.testing.assert_array_equal(line(table, "it_costs"), [0, np.nan, 0])


def test_a_total_that_is_not_printed_is_added_up() -> None:
    parts = {"cash": 50, "trade_receivables": 40, "receivables_allowance": 5}
    debts = {"member_balances": 30, "tax_social_liabilities": 10, "trade_payables": 15}
    table = table_of({**parts, **debts}, {**parts, **debts, "total_assets": 90, "equity": 7})

    np.testing.assert_array_equal(line(table, "total_assets"), [85, 90])
    np.testing.assert_array_equal(line(table, "equity"), [30, 7])


def test_four_quarters_are_added_only_when_all_four_are_known() -> None:
    sums = trailing_sum(np.array([1.0, 1.0, np.nan, 1.0, 1.0, 1.0, 1.0]))

    np.testing.assert_array_equal(sums, [np.nan] * 6 + [4.0])


def test_a_trailing_sum_carries_no_rounding_from_earlier_quarters() -> None:
    sums = trailing_sum(np.array([1e17, 0.1, 0.2, 0.3, 0.4]))

    assert sums[-1] == 0.1 + 0.2 + 0.3 + 0.4


def test_a_table_as_known_earlier_ends_earlier() -> None:
    table = table_of({"cash": 1}, {"cash": 2}, {"cash": 3}, last="2022-Q4")

    assert known_until(table, int(table.index[1]))["cash"].tolist() == [1, 2]


def entered_parts(items: Items, code: str) -> Iterator[tuple[int, str]]:
    """The signed lines a derived line is made of, down to those that are entered."""
    for sign, part in items[code].parts():
        if items[part].derived:
            yield from ((sign * inner, line) for inner, line in entered_parts(items, part))
        else:
            yield sign, part


@pytest.mark.parametrize("code", ["total_assets", "total_liabilities"])
def test_a_total_has_the_parts_that_the_chart_of_items_gives_it(code: str) -> None:
    assert sorted(TOTALS[code]) == sorted(entered_parts(ITEMS, code))


def test_equity_is_what_assets_leave_after_debts_and_not_its_parts() -> None:
    assert TOTALS["equity"] == ((1, "total_assets"), (-1, "total_liabilities"))
    assert {ITEMS[part].side for _, part in entered_parts(ITEMS, "equity")} == {"equity"}
    assert set(TOTALS) <= {code for code, item in ITEMS.items() if item.derived}


# ---------------------------------------------------------------- support that enters as equity

PUT_IN, INJECTION = "shareholder_contributions", "group_capital_injection"


def test_capital_that_was_never_stated_is_unknown_once_contributions_rise() -> None:
    table = table_of(*({"cash": 1, PUT_IN: put_in} for put_in in (50, 50, 80, 80)))

    assert_same(line(table, INJECTION), [0, 0, np.nan, np.nan])
    # as it was known before the rise
    assert_same(line(table.iloc[:2], INJECTION), [0, 0])


def test_a_row_of_contributions_that_begins_is_a_rise_and_the_first_quarter_is_none() -> None:
    begins = table_of({"cash": 1}, {"cash": 1, PUT_IN: 50})
    assert_same(line(begins, INJECTION), [0, np.nan])
    assert_same(line(begins.iloc[1:], INJECTION), [0])


def test_capital_that_is_stated_counts_as_stated() -> None:
    stated = table_of(*({"cash": 1, PUT_IN: p, INJECTION: p - 50} for p in (50, 50, 80)))
    assert_same(line(stated, INJECTION), [0, 0, 30])
    late = table_of(
        {"cash": 1, PUT_IN: 50}, {"cash": 1, PUT_IN: 80}, {"cash": 1, PUT_IN: 90, INJECTION: 10}
    )
    assert_same(line(late, INJECTION), [0, np.nan, 10])


def test_shares_of_members_that_rise_are_no_capital_of_the_group() -> None:
    table = table_of(*({"cash": 1, "member_share_capital": paid} for paid in (50, 90)))
    assert_same(line(table, INJECTION), [0, 0])


def test_a_rise_is_more_than_a_hundredth_of_what_is_there_since_it_was_last_known() -> None:
    balance = np.array([np.nan, 990.0, 1000.0, np.nan, 1010.2, 500.0, 505.0])
    assert rises(balance).tolist() == [False, False, False, False, True, False, False]


def assert_same(found: object, expected: list[float]) -> None:
    np.testing.assert_array_equal(np.asarray(found), np.array(expected, dtype=float))


def test_within_one_reading_each_table_keeps_its_own_lines() -> None:
    first, second = (
        partner_table(frame_of(("ES", 8080, "actual", "cash", amount)), "ES") for amount in (1, 2)
    )

    with lines_read_once():
        line(first, "cash")[0] = 99.0  # what a caller does with it is its own affair
        with lines_read_once():
            assert [line(each, "cash").tolist() for each in (first, second)] == [[1.0], [2.0]]
        first.loc[8080, "cash"] = 3.0
    assert line(first, "cash").tolist() == [3.0]
