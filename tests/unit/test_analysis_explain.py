"""What a figure rests on, worked by hand on small round figures."""

from __future__ import annotations

import math

import pytest

from smartfin.analysis.explain import Explanation, explanation, item_explanation
from smartfin.analysis.formula import Step, Term, pieces_of, worked_out
from smartfin.analysis.indicators.family import find_indicator, indicators_at
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.analysis_builders import BALANCED, steady, table_of

LAST = Quarter.parse("2022-Q4")
FAMILY = {indicator.code: indicator for indicator in indicators_at(Level.OSS)}


def explained(code: str, changed: dict[str, float] | None = None) -> Explanation:
    table = steady(5, changed)
    return explanation(find_indicator(code), FAMILY, table, LAST.ordinal)


def written(step: Step) -> str:
    """A step with its figures put in."""
    return " ".join(
        f"{piece.value:g}" if isinstance(piece, Term) and piece.value is not None else str(piece)
        for piece in step.pieces
    )


def test_a_ratio_is_its_formula_with_the_real_figures() -> None:
    first = explained("coverage", {"financial_income": 250.0}).steps[0]

    assert [term.code for term in first.terms] == ["own_revenue", "financial_income", "own_costs"]
    assert written(first) == "( 36000 + 1000 ) / 36000"
    assert first.value == pytest.approx(37 / 36)


def test_each_name_in_a_formula_is_worked_out_once_below_it() -> None:
    codes = [step.code for step in explained("months_of_free_cash_without_support").steps]

    assert codes[0] == "months_of_free_cash_without_support"
    assert {"free_cash", "result_before_support", "own_costs", "fixed_costs"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_a_stock_is_read_at_the_end_and_a_flow_over_four_quarters() -> None:
    given = {"members_active": 50.0, "group_contribution_received": 100.0}
    found = explained("support_per_member", given)
    quarters = {
        item: [used.quarter for used in found.inputs if used.item == item]
        for item in ("members_active", "group_contribution_received")
    }

    assert quarters["members_active"] == [LAST]
    assert quarters["group_contribution_received"] == [LAST, LAST + -1, LAST + -2, LAST + -3]


def test_a_line_never_reported_counts_as_nothing_and_is_told_apart() -> None:
    found = explained("coverage")
    rent = [used for used in found.inputs if used.item == "rent_costs"]
    staff = [used for used in found.inputs if used.item == "staff_costs"]

    assert [(used.amount, used.reported) for used in rent] == [(0.0, False)] * 4
    assert [(used.amount, used.reported) for used in staff] == [(8_000.0, True)] * 4


def test_a_sum_since_the_start_rests_on_every_quarter() -> None:
    found = explained("cumulative_result", {"staff_costs": 7_000.0})

    assert written(found.steps[0]) == "5000"
    assert found.quarters == tuple(LAST + -back for back in (4, 3, 2, 1, 0))
    assert len({used.quarter for used in found.inputs}) == 5


def test_a_total_that_was_not_printed_comes_down_to_its_parts() -> None:
    table = table_of({"total_assets": 100.0, "member_balances": 30.0, "cash": 100.0,
                      "trade_payables": 10.0, "tax_social_liabilities": 5.0})  # fmt: skip
    found = item_explanation(table, "equity", LAST.ordinal)

    assert written(found.steps[0]) == "100 - 45"
    assert found.steps[0].value == 55.0
    assert {used.item for used in found.inputs} >= {"total_assets", "member_balances"}
    assert "equity" not in {used.item for used in found.inputs}


def test_what_has_no_value_is_explained_as_far_as_it_is_known() -> None:
    table = steady(3)
    found = explanation(find_indicator("coverage"), FAMILY, table, LAST.ordinal)

    assert found.steps[0].value is None
    assert [used.quarter for used in found.inputs if used.item == "fee_revenue"] == [
        LAST, LAST + -1, LAST + -2,
    ]  # fmt: skip


def test_a_line_item_rests_on_itself() -> None:
    found = item_explanation(steady(5), "fee_revenue", LAST.ordinal)

    assert found.steps == ()
    assert [(used.item, used.amount) for used in found.inputs] == [
        ("fee_revenue", BALANCED["fee_revenue"])
    ]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("12 - 4 - 3", 5.0),
        ("max(2 - 5, 0) / (-(1 - 3) / 4)", 0.0),
        ("-6 / 3", -2.0),
        ("6.56 * 2 + 0.25", 13.37),
        ("-(1 + min(-3, 0)) + max(2, 5)", 7.0),
        ("3² + (1 + 1)²", 13.0),
        ("-3²", -9.0),
        ("18 / 3²", 2.0),
    ],
)
def test_a_formula_is_worked_out_as_it_is_written(formula: str, value: float) -> None:
    assert worked_out(Step("sum", tuple(pieces_of(formula)), value)) == pytest.approx(value)


def test_the_larger_of_an_unknown_and_a_known_figure_is_unknown() -> None:
    for unknown in (Term("cash", None), Term("cash", float("nan"))):
        for pieces in (("0", ",", unknown), (unknown, ",", "0")):
            step = Step("sum", ("max", "(", *pieces, ")"), None)
            assert math.isnan(worked_out(step))


@pytest.mark.parametrize("formula", ["cash % 3", "cash > 0", "cash = 2", "6.5.6 * cash"])
def test_a_formula_that_says_more_than_can_be_worked_out_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="says more"):
        pieces_of(formula)
