"""What the rules inside one workbook tell, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest

from smartfin.facts import Fact, Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.amounts.agreement import agreed
from smartfin.ingest.checks import CHECKS, Book
from smartfin.ingest.grid.cells import address
from smartfin.ingest.periods.normalise import Stated
from smartfin.items import Statement, read_items
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

ITEMS = read_items(read_settings({}).data / "items.yaml")
FIRST = Quarter(2021, 1)
ALL = frozenset(Statement)

Row = Sequence[float | None]


def stated(
    item: str,
    quarter: Quarter,
    amount: float,
    cell: str = "B2",
    *,
    sheet: str = "S",
    home: int = 9,
    months: int = 3,
) -> Stated:
    unit = ITEMS[item].unit
    fact = Fact(
        item, quarter, Scenario.ACTUAL, amount, "EUR" if unit == "currency" else unit, sheet, cell
    )
    return Stated(fact, 0.5, home, months)


def book(rows: Mapping[str, Row], *, asked: Iterable[str] = (), turned: bool = False) -> Book:
    """Rows by item, from 2021-Q1 on, each in a row (or column) of its own on one sheet."""
    made = [
        stated(item, FIRST + number, amount, _cell(line, number, turned=turned))
        for line, (item, row) in enumerate(rows.items())
        for number, amount in enumerate(row)
        if amount is not None
    ]
    statements = frozenset(ITEMS[item].statement for item in rows)
    return Book(tuple(made), ITEMS, statements, frozenset(asked), None)


def _cell(line: int, number: int, *, turned: bool) -> str:
    place = (line + 1, number + 1)
    return address(*(place[::-1] if turned else place))


def told(made: Book, *codes: FindingCode) -> list[Finding]:
    """The findings of some rules; of all but missing items when none are named."""
    wanted = codes or tuple(set(FindingCode) - {FindingCode.MISSING_ITEM})
    return [f for rule in CHECKS if rule.code in wanted for f in rule.broken(made)]


def places(findings: Iterable[Finding]) -> list[tuple[FindingCode, object, object]]:
    return [(f.code, f.facts["item"], f.facts.get("quarter")) for f in findings]


INCOME = {
    "fee_revenue": [80.0],
    "membership_fees": [10.0],
    "service_revenue": [10.0],
    "own_revenue": [100.0],
    "staff_costs": [50.0],
    "rent_costs": [20.0],
    "operating_result": [30.0],
    "financial_income": [1.0],
    "financial_expense": [2.0],
    "net_result": [29.0],
}

# --- totals


def test_a_wrong_subtotal_is_told_at_its_cell_and_not_at_the_totals_above_it() -> None:
    (finding,) = told(book({**INCOME, "own_revenue": [170.0]}))
    assert places([finding]) == [(FindingCode.SUBTOTAL_DIFFERS, "own_revenue", "2021-Q1")]
    assert (finding.cell, finding.facts["value"], finding.facts["computed"]) == ("B5", 170.0, 100.0)


def test_a_wrong_result_is_told_once_though_the_next_result_rests_on_it() -> None:
    (finding,) = told(book({**INCOME, "operating_result": [45.0]}))
    assert places([finding]) == [(FindingCode.RESULT_DIFFERS, "operating_result", "2021-Q1")]


def test_two_faults_are_two_remarks() -> None:
    wrong = told(book({**INCOME, "own_revenue": [170.0], "net_result": [-90.0]}))
    assert {f.facts["item"] for f in wrong} == {"own_revenue", "net_result"}


def test_rounded_parts_may_miss_their_total_by_half_a_unit_each() -> None:
    assert told(book({**INCOME, "own_revenue": [102.0], "operating_result": [31.0]})) == []


def test_a_total_of_two_parts_is_judged_when_both_are_printed() -> None:
    both = {"fixed_assets": [10.0], "current_assets": [90.0], "total_assets": [150.0]}
    assert [f.code for f in told(book(both))] == [FindingCode.SUBTOTAL_DIFFERS]
    lacking = {"fixed_assets": [10.0], "cash": [90.0], "total_assets": [150.0]}
    assert told(book(lacking)) == []


def test_a_total_is_not_judged_while_one_of_its_parts_is_asked_about() -> None:
    assert told(book({**INCOME, "own_revenue": [170.0]}, asked=["other_operating_income"])) == []


def test_a_result_that_lacks_a_missing_item_is_not_told_beside_it() -> None:
    rows = {item: row for item, row in INCOME.items() if item != "staff_costs"}
    found = told(book(rows | {"invoiced_volume": [1000.0]}), *FindingCode)
    assert [(f.code, f.facts["item"]) for f in found] == [(FindingCode.MISSING_ITEM, "staff_costs")]


# --- balance sheet

ASSETS = {"fixed_assets": [10.0], "current_assets": [90.0]}
FUNDING = {"equity": [40.0], "total_liabilities": [60.0]}


def test_a_balance_that_a_wrong_total_explains_is_told_at_that_total_alone() -> None:
    (finding,) = told(book({**ASSETS, "total_assets": [110.0], **FUNDING}))
    assert (finding.code, finding.cell) == (FindingCode.BALANCE_DIFFERS, "B4")
    parts = {"member_share_capital": [10.0], "reserves_retained": [10.0],
             "shareholder_contributions": [10.0], "result_year_to_date": [10.0]}  # fmt: skip
    wrong = {**ASSETS, "total_assets": [100.0], **FUNDING, **parts, "equity": [47.0]}
    (finding,) = told(book(wrong))
    assert (finding.code, finding.cell) == (FindingCode.BALANCE_DIFFERS, "B5")
    assert (finding.facts["assets"], finding.facts["funding"]) == (100.0, 107.0)


def test_an_unprinted_total_is_not_added_up_while_a_part_is_asked_about() -> None:
    parts = {"bank_debt": [20.0], "trade_payables": [20.0], "deferred_income": [10.0]}
    rows = {"total_assets": [100.0], "equity": [40.0], **parts}
    assert [f.code for f in told(book(rows))] == [FindingCode.BALANCE_DIFFERS]
    assert told(book(rows, asked=["member_balances"])) == []


# --- from quarter to quarter


def flow_of_cash(cash: Row, operating: Row, **more: Row) -> Book:
    still = [0.0] * len(operating)
    flows = {"cash_flow_operating": operating, "cash_flow_investing": still}
    return book({"cash": cash, **flows, "cash_flow_financing": still, **more})


def test_cash_is_what_the_cash_flow_leads_to() -> None:
    assert told(flow_of_cash([100, 110, 130], [5, 10, 20])) == []
    (finding,) = told(flow_of_cash([100, 110, 150], [5, 10, 20]))
    assert places([finding]) == [(FindingCode.CASH_DIFFERS, "cash", "2021-Q3")]
    assert (finding.facts["value"], finding.facts["computed"]) == (150, 130)


def test_a_wrong_balance_is_not_told_again_at_its_echo_in_the_next_quarter() -> None:
    wrong = told(flow_of_cash([100, 910, 130, 130, 70], [5, 10, 20, 0, 0]))
    assert [f.facts["quarter"] for f in wrong] == ["2021-Q2", "2022-Q1"]


def test_money_of_the_group_may_stand_inside_financing_or_beside_it() -> None:
    for cash in ([100, 110], [100, 150]):
        assert told(flow_of_cash(cash, [5, 10], group_capital_injection=[0, 40])) == []


def test_cash_is_not_judged_by_a_part_of_the_cash_flow() -> None:
    rows = {"cash": [100, 500], "cash_flow_operating": [5, 10], "cash_flow_financing": [0, 0]}
    assert told(book(rows)) == []


def equity_of(equity: Row, result: Row, **more: Row) -> Book:
    return book({"equity": equity, "net_result": result, **more})


CAPITAL = {"member_share_capital": [20.0, 25.0]}


def test_equity_moves_by_the_result_and_by_what_came_in() -> None:
    put_in: Row = [0.0, 30.0]
    contributions = {"shareholder_contributions": put_in, "group_capital_injection": put_in}
    assert told(equity_of([50, 95], [1, 10], **CAPITAL, **contributions)) == []
    (finding,) = told(equity_of([50, 80], [1, 10], **CAPITAL, **contributions))
    assert places([finding]) == [(FindingCode.EQUITY_DIFFERS, "equity", "2021-Q2")]
    assert finding.facts["computed"] == 95


@pytest.mark.parametrize(
    "more",
    [
        {},  # nobody knows what members paid in
        CAPITAL,  # nor what the group did
        {**CAPITAL, "shareholder_contributions": [None, 30.0], "group_capital_injection": [0, 30]},
    ],
)
def test_equity_is_not_judged_where_what_came_in_is_not_known(more: Mapping[str, Row]) -> None:
    assert told(equity_of([50, 500], [1, 10], **more)) == []


PUT_IN = "shareholder_contributions"


def test_contributions_that_rise_without_a_row_of_the_injection_are_told_at_the_newest() -> None:
    (finding,) = told(book({PUT_IN: [100.0, 130.0, 130.0, 140.0, 141.0]}))
    assert (finding.code, finding.cell) == (FindingCode.INJECTION_UNSTATED, "E2")
    assert finding.facts["value"] == 140.0
    assert (finding.facts["computed"], finding.facts["count"]) == (10.0, 2)


def test_a_row_of_contributions_that_begins_rises_from_nothing() -> None:
    (finding,) = told(book({"cash": [1.0, 1.0], PUT_IN: [None, 30.0]}))
    assert finding.facts["computed"] == 30.0


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ({PUT_IN: [100.0, 130.0], "group_capital_injection": [0.0, 30.0]}, ()),
        ({PUT_IN: [100.0, 130.0]}, ["group_capital_injection"]),
        ({PUT_IN: [130.0, None, 100.0]}, ()),
        ({"member_share_capital": [100.0, 130.0]}, ()),  # members' own money
    ],
)
def test_no_injection_is_asked_for_where_none_can_be_seen(
    rows: dict[str, Row], asked: list[str]
) -> None:
    assert told(book(rows, asked=asked)) == []


def test_an_injection_may_be_inside_the_shares_beside_them_or_in_the_result() -> None:
    for equity in ([50, 65], [50, 95], [50, 90]):
        assert told(equity_of(equity, [1, 10], **CAPITAL, group_capital_injection=[0, 30])) == []
    assert told(equity_of([50, 77], [1, 10], **CAPITAL, group_capital_injection=[0, 30]))


def test_equity_whose_rows_are_all_there_needs_no_row_of_contributions() -> None:
    parts = {"reserves_retained": [29.0, 29.0], "result_year_to_date": [1.0, 11.0]}
    assert told(equity_of([50, 65], [1, 10], **CAPITAL, **parts)) == []
    paid = {"reserves_retained": [29.0, 9.0], "result_year_to_date": [1.0, 11.0]}
    (finding,) = told(equity_of([50, 45], [1, 10], **CAPITAL, **paid))
    assert finding.code is FindingCode.EQUITY_DIFFERS


# --- fees


def fees(volume: Row, revenue: Row, rate: float = 8.0, **more: Row) -> Book:
    rows = {"invoiced_volume": volume, "fee_revenue": revenue, "fee_rate": [rate] * len(volume)}
    return book({**rows, **more})


def test_fees_are_about_the_rate_times_the_volume() -> None:
    assert told(fees([1000, 1000], [70, 90])) == []
    (finding,) = told(fees([1000, 1000, 1000], [50, 80, 120]))
    assert places([finding]) == [(FindingCode.FEES_DIFFER, "fee_revenue", "2021-Q3")]
    assert finding.facts["computed"] == pytest.approx(80)


def test_grants_of_projects_may_bear_the_fee_or_not() -> None:
    for revenue in (80, 120):
        assert told(fees([1000], [revenue], member_project_grants=[500])) == []
    assert told(fees([1000], [160], member_project_grants=[500]))


def test_how_often_fees_are_off_makes_no_new_remark() -> None:
    (often,) = told(fees([1000, 1000], [120, 120]))
    (once,) = told(fees([1000, 1000], [80, 120]))
    assert (often.facts["count"], once.facts["count"]) == (2, 1)
    assert often.key == once.key


# --- signs


def test_a_row_that_was_never_negative_does_not_turn_negative() -> None:
    (finding,) = told(book({"rent_costs": [9.0, 9.0, 9.5, 9.0, -9.0, 9.0]}))
    assert places([finding]) == [(FindingCode.SIGN_FLIPPED, "rent_costs", "2022-Q1")]


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("rent_costs", [9.0, 9.0, 9.0, 9.0, -0.5]),  # a credit note
        ("rent_costs", [9.0, 9.0, 9.0, -9.0]),  # too few quarters to know
        ("rent_costs", [9.0, -9.0, 9.0, 9.0, 9.0, 9.0, -9.0]),  # it was negative before
        ("net_result", [9.0, 9.0, 9.0, 9.0, -9.0]),  # results may
    ],
)
def test_a_sign_that_may_change_is_not_told(item: str, row: Row) -> None:
    assert told(book({item: row})) == []


# --- gaps

STEADY = {"rent_costs": [9.0] * 5, "it_costs": [4.0] * 5}


@pytest.mark.parametrize(("turned", "cell"), [(False, "F3"), (True, "C6")])
def test_a_gap_in_the_newest_quarter_is_told_at_the_empty_cell(turned: bool, cell: str) -> None:
    made = book({**STEADY, "it_costs": [4.0] * 4 + [None]}, turned=turned)
    (finding,) = told(made)
    assert (finding.code, finding.cell) == (FindingCode.ITEM_GAP, cell)
    assert finding.facts == {"item": "it_costs", "quarter": "2022-Q1", "count": 1}


def test_what_comes_now_and_then_is_no_gap() -> None:
    assert told(book({**STEADY, "operating_grants": [5.0, None, 5.0, 5.0, None]})) == []


def test_a_sheet_that_ends_a_quarter_earlier_is_told_as_a_whole() -> None:
    made = book({**STEADY, "cash": [50.0] * 4 + [None], "bank_debt": [9.0] * 4 + [None]})
    later = [one for one in made.stated if one.fact.item in STEADY]
    early = [
        one._replace(fact=replace(one.fact, sheet="Bilanz"))
        for one in made.stated
        if one not in later
    ]
    (finding,) = told(replace(made, stated=(*later, *early)))
    assert (finding.code, finding.sheet, finding.cell) == (FindingCode.ITEM_GAP, "Bilanz", "")
    assert finding.facts == {"item": "cash", "quarter": "2022-Q1", "count": 2}


def test_a_required_item_that_only_a_budget_states_is_missing_in_the_newest_quarter() -> None:
    made = book({"invoiced_volume": [1000.0], "fee_revenue": [80.0]})
    budget = stated("staff_costs", FIRST, 50.0)
    budget = budget._replace(fact=replace(budget.fact, scenario=Scenario.BUDGET))
    (finding,) = told(replace(made, stated=(*made.stated, budget)), *FindingCode)
    assert (finding.code, finding.facts["item"]) == (FindingCode.ITEM_GAP, "staff_costs")


def test_a_required_item_whose_span_became_no_quarter_is_no_gap() -> None:
    made = book({"invoiced_volume": [1000.0, 1000.0], "fee_revenue": [80.0, None]})
    span = stated("fee_revenue", FIRST, 160.0)
    span = span._replace(fact=replace(span.fact, quarter=None))
    assert told(replace(made, stated=(*made.stated, span))) == []


def test_a_result_that_lacks_a_gap_is_not_told_beside_it() -> None:
    rows = {item: [row[0]] * 5 for item, row in INCOME.items()}
    (finding,) = told(book({**rows, "rent_costs": [20.0] * 4 + [None]}))
    assert (finding.code, finding.facts["item"]) == (FindingCode.ITEM_GAP, "rent_costs")


# --- stated twice


def test_a_stock_in_a_years_column_is_a_check_of_the_last_quarter() -> None:
    quarter = stated("cash", FIRST, 100.0)
    for amount, codes in ((100.0, []), (140.0, [FindingCode.YEAR_DIFFERS])):
        chosen, findings = agreed([stated("cash", FIRST, amount, "F2", months=12), quarter], ITEMS)
        assert chosen == (quarter,)
        assert [f.code for f in findings] == codes


def test_posts_in_a_years_column_are_the_years_average() -> None:
    both = [stated("staff_fte", FIRST, 4.0, "F2", months=12), stated("staff_fte", FIRST, 6.0)]
    assert agreed(both, ITEMS)[1] == ()


def test_the_cash_a_cash_flow_ends_with_is_that_of_the_balance_sheet() -> None:
    closing = stated("cash", FIRST, 140.0, "C9", sheet="Cashflow", home=1)
    chosen, (finding,) = agreed([closing, stated("cash", FIRST, 100.0)], ITEMS)
    assert [one.fact.amount for one in chosen] == [100.0]
    assert (finding.code, finding.cell) == (FindingCode.CASH_DIFFERS, "B2")
    assert (finding.facts["value"], finding.facts["computed"]) == (100.0, 140.0)


def test_two_quarters_columns_that_differ_stay_an_error() -> None:
    _, (finding,) = agreed([stated("cash", FIRST, 1.0), stated("cash", FIRST, 9.0)], ITEMS)
    assert finding.code is FindingCode.CONTRADICTING_FACTS
