"""What a reading is told beside its partner's history, and which units the history settles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from smartfin.facts import Fact, Scenario, Stage
from smartfin.findings import Finding, FindingCode, Question, QuestionKind
from smartfin.ingest.history import History, compared_with_history, settled_by_history
from smartfin.ingest.history.jump import MOST, unusual_step
from smartfin.ingest.history.known import rounded_to
from smartfin.ingest.reading import Reading, Unsettled
from smartfin.items import read_items
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

ITEMS = read_items(read_settings({}).data / "items.yaml")
FIRST = Quarter(2020, 1)
COSTS = ("staff_costs", "it_costs", "rent_costs", "professional_fees", "marketing_costs",
         "insurance_costs", "depreciation", "fee_revenue", "service_revenue")  # fmt: skip
UNEVEN = (1.0, 1.02, 0.97, 1.05, 1.01, 0.96, 1.03, 0.99, 1.04, 0.98)

Rows = Mapping[str, Sequence[float]]
Amounts = dict[tuple[str, Quarter], float]


def amounts(rows: Rows, first: Quarter = FIRST) -> Amounts:
    return {
        (item, first + number): amount
        for item, row in rows.items()
        for number, amount in enumerate(row)
    }


def reading(now: Amounts, **more: object) -> Reading:
    """A workbook with these actual figures, each statement on a sheet of its own."""
    facts = tuple(
        Fact(
            item,
            quarter,
            Scenario.ACTUAL,
            amount,
            "EUR" if ITEMS[item].unit == "currency" else ITEMS[item].unit,
            ITEMS[item].statement.value,
            f"C{number + 2}",
        )
        for number, ((item, quarter), amount) in enumerate(now.items())
    )
    return Reading(partner="DE", currency="EUR", facts=facts, **more)  # type: ignore[arg-type]


def compared(now: Amounts, before: Amounts, **more: object) -> tuple[Finding, ...]:
    return compared_with_history(reading(now), History(before), ITEMS, **more)  # type: ignore[arg-type]


def codes(findings: Sequence[Finding]) -> list[FindingCode]:
    return [finding.code for finding in findings]


def steady(quarters: int, *, scale: float = 1.0) -> dict[str, list[float]]:
    """Nine rows of money that move a little."""
    return {
        item: [scale * (place + 1) * 1013 * UNEVEN[n % len(UNEVEN)] for n in range(quarters)]
        for place, item in enumerate(COSTS)
    }


# --- restated


def test_figures_printed_in_thousands_are_those_handed_in_in_single_units() -> None:
    before = amounts(steady(4))
    rounded = {key: float(round(amount, -3)) for key, amount in before.items()}
    assert compared(rounded, before) == ()
    assert compared(before, rounded) == ()


def test_a_changed_figure_is_told_with_both_amounts() -> None:
    before = amounts(steady(4))
    place = ("rent_costs", FIRST + 2)
    (finding,) = compared(before | {place: 4321.0}, before)
    assert finding.code is FindingCode.RESTATED
    assert (finding.facts["value"], finding.facts["old"]) == (4321.0, before[place])
    assert (finding.sheet, finding.facts["quarter"]) == ("pnl", "2020-Q3")


def test_a_changed_thousand_is_no_rounding_where_both_are_in_thousands() -> None:
    before = {key: float(round(amount, -3)) for key, amount in amounts(steady(4)).items()}
    place = ("rent_costs", FIRST)
    assert codes(compared(before | {place: before[place] + 1000}, before)) == [FindingCode.RESTATED]


def test_the_largest_changes_are_told_singly_and_the_rest_is_counted() -> None:
    before = amounts(steady(8))
    rows = [("staff_costs", FIRST + n) for n in range(8)]
    now = before | {place: before[place] + 100 * (n + 1) for n, place in enumerate(rows)}
    found = compared(now, before)
    assert codes(found) == [FindingCode.RESTATED] * 5 + [FindingCode.RESTATED_MORE]
    assert [f.facts["quarter"] for f in found[:2]] == ["2021-Q4", "2021-Q3"]
    assert found[-1].facts == {"count": 3, "first": "2020-Q1", "last": "2020-Q3"}


def test_causes_are_told_before_the_totals_they_change() -> None:
    rows = {"cash": [50.0], "total_assets": [90.0]}
    now = amounts({"cash": [60.0], "total_assets": [190.0]})
    assert [f.facts["item"] for f in compared(now, amounts(rows))] == ["cash", "total_assets"]


@pytest.mark.parametrize(("starts", "ends"), [(1, "2020-Q4"), (7, "2020-Q2"), (10, "2020-Q3")])
def test_what_an_audit_changes_at_the_years_end_is_a_note(starts: int, ends: str) -> None:
    before = amounts(steady(4))
    now = {(i, q): a + 500 if i == "rent_costs" else a for (i, q), a in before.items()}
    found = compared(now, before, stage=Stage.AUDITED, fiscal_year_starts=starts)
    notes = [f.facts["quarter"] for f in found if f.code is FindingCode.AUDIT_ADJUSTMENT]
    assert notes == [ends]
    assert codes(found).count(FindingCode.RESTATED) == 3


def test_what_closed_books_change_at_the_years_end_is_asked() -> None:
    before = amounts(steady(4))
    now = before | {("rent_costs", FIRST + 3): 1.0}
    assert codes(compared(now, before, stage=Stage.CLOSED)) == [FindingCode.RESTATED]


# --- scale


@pytest.mark.parametrize("factor", [1e-3, 1e3, 1e6])
def test_a_sheet_in_another_unit_is_one_error(factor: float) -> None:
    before = amounts(steady(4))
    now = amounts(steady(3, scale=factor), FIRST + 2)
    (finding,) = compared(now, before)
    assert finding.code is FindingCode.SCALE_CHANGED
    assert finding.facts["factor"] == round(max(factor, 1 / factor))


def test_a_sheet_of_few_rows_is_in_another_unit_where_a_longer_one_is() -> None:
    few = {"cash": [5_000.0] * 4, "bank_debt": [8_000.0] * 4}
    small = {item: [amount / 1000 for amount in row] for item, row in few.items()}
    before = amounts({**steady(4), **few})
    found = compared(amounts({**steady(4, scale=1e-3), **small}), before)
    assert [(f.code, f.sheet) for f in found] == [
        (FindingCode.SCALE_CHANGED, "pnl"),
        (FindingCode.SCALE_CHANGED, "balance_sheet"),
    ]
    alone = compared(amounts({**steady(4), **small}), before)
    assert set(codes(alone)) == {FindingCode.RESTATED, FindingCode.RESTATED_MORE}


def test_growth_is_no_other_unit() -> None:
    now = amounts(steady(1, scale=40), FIRST + 4)
    assert FindingCode.SCALE_CHANGED not in codes(compared(now, amounts(steady(4))))


# --- jumps


def test_seasons_and_growth_are_not_unusual() -> None:
    seasons = [100, 140, 60, 180]
    assert not unusual_step([seasons[n % 4] * 1.03**n * UNEVEN[n % 7] for n in range(12)])
    assert unusual_step([seasons[n % 4] * 1.03**n * UNEVEN[n % 7] for n in range(11)] + [2_000])


@pytest.mark.parametrize(
    "row", [[100.0] * 8, [0, 0, 0, 0, 0, 0, 5, 0, 0, 900], [100.0] * 12 + [120]]
)
def test_short_sporadic_and_still_rows_are_left_alone(row: list[float]) -> None:
    assert not unusual_step(row)


def test_results_around_zero_may_jump_too() -> None:
    row = [3.0, -2.0, 4.0, -1.0, 2.0, -3.0, 1.0, 2.0, -2.0]
    assert not unusual_step([*row, 4.0])
    assert unusual_step([*row, 90.0])


def next_quarter(code: str, factor: float, rows: Rows) -> tuple[Amounts, Amounts]:
    """The newest quarter, one figure of it times a factor, and the history before it."""
    every = amounts(rows)
    newest = max(quarter for _, quarter in every)
    now = {key: amount for key, amount in every.items() if key[1] == newest}
    before = {key: amount for key, amount in every.items() if key[1] < newest}
    return now | {(code, newest): now[code, newest] * factor}, before


def test_a_newest_figure_ten_times_too_large_is_told_with_the_one_before() -> None:
    now, before = next_quarter("rent_costs", 10, steady(12))
    (finding,) = compared(now, before)
    assert (finding.code, finding.facts["item"]) == (FindingCode.UNUSUAL_JUMP, "rent_costs")
    assert finding.facts["before"] == before["rent_costs", FIRST + 10]


def test_the_workbooks_own_quarters_are_history_enough() -> None:
    now, before = next_quarter("rent_costs", 10, steady(12))
    assert codes(compared(before | now, {})) == [FindingCode.UNUSUAL_JUMP]


def test_a_small_row_of_money_does_not_shout() -> None:
    rows = {**steady(12), "rent_costs": [10 * UNEVEN[n % 10] for n in range(12)]}
    assert compared(*next_quarter("rent_costs", 10, rows)) == ()


def test_a_count_must_at_least_double() -> None:
    rows = {"members_total": [200.0 + n for n in range(12)]}
    assert compared(*next_quarter("members_total", 1.6, rows)) == ()
    assert codes(compared(*next_quarter("members_total", 10, rows))) == [FindingCode.UNUSUAL_JUMP]


def test_a_total_is_not_told_beside_the_part_that_moves_it() -> None:
    rows = {"cash": [500 * UNEVEN[n % 10] for n in range(12)]}
    rows["current_assets"] = rows["cash"]
    now, before = next_quarter("cash", 9, rows)
    now["current_assets", FIRST + 11] = now["cash", FIRST + 11]
    assert [f.facts["item"] for f in compared(now, before)] == ["cash"]


def test_no_more_than_a_handful_of_jumps_is_told_the_largest_first() -> None:
    now, before = next_quarter("rent_costs", 1, steady(12))
    found = compared({key: 9 * amount for key, amount in now.items()}, before)
    assert len(found) == MOST
    sizes = [abs(float(str(f.facts["value"])) - float(str(f.facts["before"]))) for f in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_figure_that_was_handed_in_before_is_restated_and_no_jump() -> None:
    now, before = next_quarter("rent_costs", 10, steady(12))
    known = before | {("rent_costs", FIRST + 11): 3_000.0}
    assert codes(compared(now, known)) == [FindingCode.RESTATED]


# --- gaps and signs


def test_a_quarter_between_the_history_and_the_workbook_is_missing() -> None:
    before, now = amounts(steady(4)), amounts(steady(2), FIRST + 6)
    found = compared(now, before)
    assert [(f.code, f.facts["quarter"]) for f in found] == [
        (FindingCode.MISSING_QUARTER, "2021-Q1"),
        (FindingCode.MISSING_QUARTER, "2021-Q2"),
    ]
    told = Finding(FindingCode.MISSING_QUARTER, facts={"quarter": "2021-Q1"})
    again = compared_with_history(reading(now, findings=(told,)), History(before), ITEMS)
    assert [f.facts["quarter"] for f in again] == ["2021-Q2"]


def test_a_row_that_was_always_there_is_missed() -> None:
    before = amounts({**steady(4), "members_total": [9.0] * 4})
    now = {key: a for key, a in amounts(steady(5)).items() if key[0] != "it_costs"}
    (finding,) = compared(now, before)
    assert (finding.code, finding.sheet) == (FindingCode.ITEM_GAP, "pnl")
    assert finding.facts == {"item": "it_costs", "quarter": "2021-Q1", "count": 1}


def test_a_row_an_open_question_is_about_is_not_missed() -> None:
    question = Question("item:edv", QuestionKind.ITEM, "pnl", "A3", {}, ("it_costs", "none"))
    now = {key: a for key, a in amounts(steady(5)).items() if key[0] != "it_costs"}
    asking = reading(now, questions=(question,))
    assert compared_with_history(asking, History(amounts(steady(4))), ITEMS) == ()


def test_many_missing_rows_of_a_statement_are_one_remark() -> None:
    now = {key: a for key, a in amounts(steady(5)).items() if key[0] in COSTS[:2]}
    (finding,) = compared(now, amounts(steady(4)))
    assert (finding.code, finding.facts["count"]) == (FindingCode.ITEM_GAP, len(COSTS) - 2)


def test_a_correction_of_an_older_quarter_misses_nothing() -> None:
    now = amounts({"it_costs": steady(4)["it_costs"]})
    assert compared(now, amounts(steady(8))) == ()


# --- units


def asked(now: Rows, first: Quarter = FIRST) -> Reading:
    """A workbook of which nothing says the unit."""
    question = Question("unit:GuV", QuestionKind.UNIT, "GuV", "A1", {}, ("1", "1000", "1000000"))
    waiting = tuple(
        Unsettled(question.id, item, quarter, amount)
        for (item, quarter), amount in amounts(now, first).items()
    )
    return Reading(partner="DE", currency="EUR", questions=(question,), unsettled=waiting)


@pytest.mark.parametrize("scale", [1, 1000, 1_000_000])
def test_figures_that_agree_to_the_digit_settle_the_unit(scale: int) -> None:
    rows = {item: [round(a) for a in row] for item, row in steady(4).items()}
    before = {key: scale * amount for key, amount in amounts(rows).items()}
    (settled,) = settled_by_history(asked(rows), History(before))
    assert (settled.question, settled.answer) == ("unit:GuV", str(scale))
    assert settled.count == len(set(before.values()))
    assert settled.note.facts == {"scale": str(scale), "count": settled.count}


def test_figures_rounded_to_thousands_agree_with_exact_ones() -> None:
    exact = amounts(steady(4, scale=100))
    rows = {item: [round(a / 1000) for a in row] for item, row in steady(4, scale=100).items()}
    assert [one.answer for one in settled_by_history(asked(rows), History(exact))] == ["1000"]


def test_four_figures_prove_nothing() -> None:
    rows = {"rent_costs": [901.0, 914.0, 880.0, 933.0]}
    before = {key: 1000 * amount for key, amount in amounts(rows).items()}
    assert settled_by_history(asked(rows), History(before)) == ()


def test_figures_that_rounding_makes_meaningless_prove_nothing() -> None:
    rows = {"rent_costs": [1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0], "it_costs": [5.0, 6.0, 7.0]}
    before = {key: 1e6 * amount * 1.04 for key, amount in amounts(rows).items()}
    assert settled_by_history(asked(rows), History(before)) == ()


def test_figures_that_mostly_disagree_leave_the_unit_asked() -> None:
    before = {key: 1000 * amount for key, amount in amounts(steady(4)).items()}
    odd = {item: [1.3 * a for a in row] if n > 4 else row
           for n, (item, row) in enumerate(steady(4).items())}  # fmt: skip
    assert settled_by_history(asked(odd), History(before)) == ()


def test_one_figure_or_row_in_another_unit_leaves_the_unit_asked() -> None:
    before = amounts(steady(4, scale=1000))
    mixed = {**steady(4), "rent_costs": steady(4, scale=1000)["rent_costs"]}
    assert settled_by_history(asked(mixed), History(before)) == ()
    later = {item: [row[0]] for item, row in mixed.items()} | {"own_revenue": [9_000.0]}
    known = before | {("own_revenue", FIRST): 9e6}
    assert settled_by_history(asked(later, FIRST + 4), History(known)) == ()


def test_the_size_of_many_rows_settles_the_unit_of_new_quarters() -> None:
    before = History(amounts(steady(4, scale=1000)))
    (settled,) = settled_by_history(asked(steady(1, scale=1.4), FIRST + 4), before)
    assert (settled.answer, settled.count) == ("1000", len(COSTS))


@pytest.mark.parametrize("scale", [30.0, 0.02])
def test_a_size_between_two_units_leaves_the_unit_asked(scale: float) -> None:
    before = History(amounts(steady(4, scale=1000)))
    assert settled_by_history(asked(steady(1, scale=scale), FIRST + 4), before) == ()


def test_the_size_of_a_few_rows_proves_nothing() -> None:
    before = History(amounts(steady(4, scale=1000)))
    few = {item: row for item, row in steady(1).items() if item in COSTS[:7]}
    assert settled_by_history(asked(few, FIRST + 4), before) == ()


def test_without_a_history_everything_stays_asked() -> None:
    assert settled_by_history(asked(steady(4)), History({})) == ()
    assert compared(amounts(steady(4)), {}) == ()
    assert compared({}, amounts(steady(4))) == ()


def test_a_common_rounding_takes_several_different_figures() -> None:
    assert rounded_to([12_000] * 9) == 0.0
    assert rounded_to([100, 300, 400, 700, 1_100, 90_100, 0]) == 100.0
    assert rounded_to([1.25, 2.5, 3.75, 4.0, 5.5, 6.25]) == 0.01
