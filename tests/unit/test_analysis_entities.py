"""The books of several legal entities put together: sums, dealings taken out, gaps, remarks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.entities import Combination, Remarked, combined
from smartfin.analysis.partition import trailing_statement
from smartfin.analysis.table import line, partner_table
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.entity_builders import (
    ASSOCIATION,
    COMPANY,
    DE,
    EV,
    GMBH,
    ITEMS,
    LAST,
    frame_of,
    partner_of,
    rows,
)

BOTH = frame_of(rows("DE-EV", ASSOCIATION), rows("DE-GMBH", COMPANY))


def together(frame: pd.DataFrame = BOTH, partner: Partner = DE) -> Combination:
    return combined(frame, [partner], ITEMS)


def newest(made: Combination, item: str) -> float:
    return float(line(partner_table(made.frame, "DE"), item)[-1])


def said(made: Combination) -> list[Remarked]:
    return [each.code for each in made.remarks]


def with_company(**changes: float) -> pd.DataFrame:
    return frame_of(rows("DE-EV", ASSOCIATION), rows("DE-GMBH", {**COMPANY, **changes}))


def test_a_frame_without_entities_is_left_alone() -> None:
    frame = rows("ES", ASSOCIATION)
    assert combined(frame, [replace(DE, code="ES", entities=())], ITEMS).frame is frame


@pytest.mark.parametrize(
    ("item", "amount"),
    [
        ("invoiced_volume", 1000),
        ("fee_revenue", 90),
        ("service_revenue", 10),  # 70 of which the association paid 60
        ("other_operating_expenses", 2),  # 62 of which the company charged 60
        ("staff_costs", 85),
        ("other_receivables", 0),  # all 12 are owed by the association
        ("trade_payables", 8),  # 15 + 5 less the 12 owed to the company
        ("total_assets", 130),  # 100 + 42 less 12
        ("total_liabilities", 8),
        ("equity", 122),
        ("members_active", 50),
        ("fee_rate", 9),  # the company has no volume and so no say
    ],
)
def test_lines_are_added_up_and_dealings_taken_out_of_both_sides(item: str, amount: float) -> None:
    made = together()
    assert newest(made, item) == pytest.approx(amount)
    assert made.remarks == ()


def test_each_entity_keeps_its_own_figures() -> None:
    table = partner_table(together().frame, "DE-GMBH")
    assert table["service_revenue"].iloc[-1] == 70
    assert table["other_receivables"].iloc[-1] == 12


def test_what_was_taken_out_is_told_with_entity_and_line() -> None:
    removed = {(each.entity, each.line): each.amount for each in together().removed}
    assert removed == {
        ("DE-GMBH", "service_revenue"): 60,
        ("DE-EV", "other_operating_expenses"): 60,
        ("DE-GMBH", "other_receivables"): 12,
        ("DE-EV", "trade_payables"): 12,
    }


def test_of_two_sides_that_differ_the_smaller_is_taken_out_and_the_difference_told() -> None:
    made = together(with_company(own_entities_income=50.0))
    assert newest(made, "service_revenue") == 20
    assert newest(made, "other_operating_expenses") == 12
    (remark,) = made.remarks
    assert remark.code is Remarked.DEALINGS_DIFFER
    assert (remark.facts["amount"], remark.facts["against"]) == (50, 60)
    assert remark.facts["difference"] == -10


def test_two_differences_that_cancel_out_in_the_sum_are_both_told() -> None:
    association = {**ASSOCIATION, "service_revenue": 9.0, "own_entities_income": 9.0}
    made = together(frame_of(rows("DE-EV", association), rows("DE-GMBH", with_costs(51.0))))
    assert said(made) == [Remarked.DEALINGS_DIFFER, Remarked.DEALINGS_DIFFER]


def with_costs(income: float) -> dict[str, float]:
    return {**COMPANY, "own_entities_income": income}


def test_no_line_turns_negative_by_what_is_taken_out() -> None:
    made = together(with_company(service_revenue=40.0))
    assert newest(made, "service_revenue") == 0
    assert newest(made, "other_operating_expenses") == 22
    assert said(made) == [Remarked.LINE_TOO_SMALL]


def test_another_line_can_hold_the_dealings() -> None:
    company = replace(GMBH, lines=(("own_entities_income", "other_operating_income"),))
    frame = with_company(service_revenue=10.0, other_operating_income=60.0)
    made = together(frame, partner_of(EV, company))
    assert (newest(made, "service_revenue"), newest(made, "other_operating_income")) == (10, 0)


def test_a_quarter_without_the_books_of_one_entity_is_a_gap_and_said() -> None:
    frame = frame_of(rows("DE-EV", ASSOCIATION, ASSOCIATION), rows("DE-GMBH", COMPANY))
    made = together(frame)
    table = partner_table(made.frame, "DE")
    assert list(table.index) == [LAST.ordinal]
    assert [(each.code, each.quarter, each.facts) for each in made.remarks] == [
        (Remarked.ENTITY_MISSING, LAST + -1, {"entity": "DE-GMBH"})
    ]


def test_an_entity_counts_only_while_it_exists() -> None:
    founded = replace(GMBH, since=LAST.start)
    frame = frame_of(rows("DE-EV", ASSOCIATION, ASSOCIATION), rows("DE-GMBH", COMPANY))
    made = together(frame, partner_of(EV, founded))
    table = partner_table(made.frame, "DE")
    assert table["other_operating_expenses"].tolist() == [62, 2]
    assert made.remarks == ()
    ended = replace(EV, until=(LAST + -1).end)
    table = partner_table(together(frame, partner_of(ended, founded)).frame, "DE")
    assert table["staff_costs"].tolist() == [20, 65]


def test_a_line_one_entity_leaves_out_is_unknown_and_not_a_partial_sum() -> None:
    company = {item: amount for item, amount in COMPANY.items() if item != "members_active"}
    made = together(frame_of(rows("DE-EV", ASSOCIATION), rows("DE-GMBH", company)))
    assert np.isnan(newest(made, "members_active"))


def test_a_cost_left_out_after_its_first_report_is_a_gap() -> None:
    before = {**COMPANY, "it_costs": 5.0}
    frame = frame_of(rows("DE-EV", ASSOCIATION, ASSOCIATION), rows("DE-GMBH", before, COMPANY))
    made = together(frame)
    assert np.isnan(newest(made, "it_costs"))
    assert said(made) == [Remarked.LINE_FORGOTTEN]


def test_a_cost_left_out_is_no_nothing_where_its_first_report_fell_in_a_gap() -> None:
    before = {**COMPANY, "it_costs": 5.0}
    made = together(frame_of(rows("DE-EV", ASSOCIATION), rows("DE-GMBH", before, COMPANY)))
    assert partner_table(made.frame, "DE").get("staff_costs", pd.Series(dtype=float)).empty
    assert Remarked.LINE_FORGOTTEN in said(made)


def test_a_memo_left_out_leaves_it_unknown_how_much_to_take_out() -> None:
    without = {item: amount for item, amount in COMPANY.items() if item != "own_entities_income"}
    frame = frame_of(rows("DE-EV", ASSOCIATION, ASSOCIATION), rows("DE-GMBH", COMPANY, without))
    made = together(frame)
    assert np.isnan(newest(made, "service_revenue"))
    assert newest(made, "staff_costs") == 85
    assert said(made) == [Remarked.DEALINGS_UNKNOWN]


def test_the_combined_workbook_wins_and_the_difference_is_told() -> None:
    own = {"invoiced_volume": 1000.0, "fee_revenue": 90.0, "staff_costs": 80.0}
    made = together(frame_of(BOTH, rows("DE", own)))
    assert newest(made, "staff_costs") == 80
    assert newest(made, "total_assets") == 130  # of which the combined workbook says nothing
    (remark,) = made.remarks
    assert (remark.code, remark.facts["item"]) == (Remarked.COMBINED_DIFFERS, "staff_costs")
    assert (remark.facts["amount"], remark.facts["against"]) == (80, 85)


def test_a_stray_figure_is_no_combined_workbook() -> None:
    made = together(frame_of(BOTH, rows("DE", {"staff_costs": 80.0})))
    assert newest(made, "staff_costs") == 85


def test_a_median_is_never_added_up_and_that_is_said() -> None:
    association = {**ASSOCIATION, "median_member_volume": 20.0}
    company = {**COMPANY, "median_member_volume": 30.0}
    made = together(frame_of(rows("DE-EV", association), rows("DE-GMBH", company)))
    assert np.isnan(newest(made, "median_member_volume"))
    assert [(each.code, each.facts) for each in made.remarks] == [
        (Remarked.NOT_ADDED_UP, {"item": "median_member_volume"})
    ]


def test_a_rate_is_weighed_by_what_it_is_a_rate_of() -> None:
    frame = with_company(invoiced_volume=3000.0, fee_rate=5.0)
    assert newest(together(frame), "fee_rate") == pytest.approx(6)  # (9 · 1 + 5 · 3) / 4


def test_made_up_books_of_one_entity_mark_the_sum() -> None:
    frame = BOTH.copy()
    frame.loc[frame["partner"] == "DE-GMBH", "synthetic"] = True
    made = together(frame).frame
    assert made.loc[made["partner"] == "DE", "synthetic"].all()


def test_budgets_of_the_entities_are_put_together_too() -> None:
    made = together(BOTH.assign(scenario="budget"))
    assert partner_table(made.frame, "DE", "budget")["service_revenue"].tolist() == [10]


def test_three_entities_may_deal_with_each_other() -> None:
    third = replace(EV, code="X")
    extra = {**COMPANY, "own_entities_income": 0.0, "own_entities_receivables": 0.0}
    frame = frame_of(BOTH, rows("DE-X", extra))
    made = together(frame, partner_of(EV, GMBH, third))
    assert newest(made, "service_revenue") == 70 + 70 - 60
    assert made.remarks == ()


@pytest.mark.parametrize("seed", range(8))
def test_splitting_a_partner_in_two_with_dealings_between_them_changes_no_statement(
    seed: int,
) -> None:
    """Whatever the two charge and owe each other, the partner's books come out as they were."""
    chance = np.random.default_rng(seed)
    lines = [
        code
        for code, item in ITEMS.items()
        if item.statement == "pnl" and item.unit == "currency" and not item.derived
    ]
    lines = [code for code in lines if not code.startswith("own_entities")]
    quarters = [{code: float(chance.integers(0, 10_000)) for code in lines} for _ in range(6)]
    halves: tuple[list[dict[str, float]], list[dict[str, float]]] = ([], [])
    for quarter in quarters:
        parts = {code: float(chance.uniform(0, amount)) for code, amount in quarter.items()}
        one = dict(parts)
        two = {code: amount - parts[code] for code, amount in quarter.items()}
        for seller, buyer in ((one, two), (two, one)):
            sold = float(chance.uniform(0, 50_000))
            seller["service_revenue"] += sold
            buyer["other_operating_expenses"] += sold
            seller["own_entities_income"] = buyer["own_entities_costs"] = sold
        halves[0].append(one)
        halves[1].append(two)
    made = together(frame_of(rows("DE-EV", *halves[0]), rows("DE-GMBH", *halves[1])))
    whole = partner_table(rows("DE", *quarters), "DE")
    for level in (Level.OSS, Level.SUPPORTED, Level.FSS):
        for name in ("volume", "fee_income", "other_income", "variable", "fixed", "result"):
            expected = getattr(trailing_statement(whole, level), name)
            actual = getattr(trailing_statement(partner_table(made.frame, "DE"), level), name)
            np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-6)
    assert made.remarks == ()


def test_an_entity_exists_in_a_quarter_of_which_it_saw_a_day() -> None:
    founded = replace(EV, since=date(2022, 6, 30), until=date(2022, 7, 1))
    quarters = [Quarter(2022, number) for number in (1, 2, 3, 4)]
    assert [founded.existed_in(each) for each in quarters] == [False, True, True, False]
