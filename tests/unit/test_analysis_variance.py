"""Variances by hand: sign, effect by polarity, n.a., points; and the middle of the futures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartfin.analysis.forecast.ahead import year_ahead
from smartfin.analysis.forecast.futures import Futures
from smartfin.analysis.indicators.family import find_indicator
from smartfin.analysis.variance import relative_variance, variance_of
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.services.budget import budget_measure, unbudgeted_lines
from smartfin.services.variance import variance_cells
from smartfin.wording import words_of
from tests.unit.analysis_builders import table_of

WORDS = words_of("en")
NONE = undefined("EUR", Reason.NOT_BUDGETED)
QUARTERS = range(4 * 2022, 4 * 2022 + 4)


def money(amount: float) -> Measure:
    return Measure(amount, "EUR")


@pytest.mark.parametrize(
    ("actual", "budget", "polarity", "difference", "good"),
    [
        (110, 100, +1, 10, True),
        (90, 100, +1, -10, False),
        (110, 100, -1, 10, False),
        (90, 100, -1, -10, True),
        (110, 100, 0, 10, None),
        (100, 100, -1, 0, None),
        (-27, -20, +1, -7, False),
        (5, -20, +1, 25, True),
    ],
)
def test_the_effect_is_that_of_the_polarity_whatever_the_direction(
    actual: float, budget: float, polarity: int, difference: float, good: bool | None
) -> None:
    variance = variance_of(money(actual), money(budget), polarity)
    assert (variance.difference.value, variance.good) == (difference, good)
    assert variance.difference.unit == "EUR"


@pytest.mark.parametrize("budget", [0.0, -20.0])
def test_there_is_no_percentage_of_nil_or_of_a_loss(budget: float) -> None:
    assert relative_variance(-27.0, budget) is None
    relative = variance_of(money(-27.0), money(budget), +1).relative
    assert (relative.value, relative.reason) == (None, Reason.REFERENCE_NOT_POSITIVE)


def test_a_loss_against_a_budgeted_surplus_has_its_percentage() -> None:
    assert relative_variance(-6.0, 4.0) == -2.5


def test_percentages_differ_in_points_and_have_no_percentage() -> None:
    now, voted = Measure(0.90, Unit.FRACTION), Measure(0.93, Unit.FRACTION)
    relative = variance_of(now, voted, +1).relative
    assert relative.reason is Reason.IN_POINTS
    absolute, none = variance_cells(WORDS, now, voted, +1)
    assert (absolute.text, absolute.good) == ("\u22123\u00a0pp", False)
    assert (none.text, none.value) == ("n.a.", None)
    assert none.note == WORDS.text("undefined.in-points")


def test_what_has_no_budget_has_no_variance_and_never_nil() -> None:
    variance = variance_of(money(5.0), NONE, +1)
    assert variance.difference.reason is Reason.NOT_BUDGETED
    assert variance.relative.reason is Reason.NOT_BUDGETED
    assert [cell.text for cell in variance_cells(WORDS, money(5.0), NONE, +1)] == ["–", "–"]


def test_what_counts_different_things_is_not_compared() -> None:
    with pytest.raises(ValueError, match="cannot be held against"):
        variance_of(money(1.0), Measure(1.0, "SEK"), +1)


def test_a_difference_that_is_not_seen_has_no_colour() -> None:
    absolute, relative = variance_cells(WORDS, money(100_000.2), money(100_000.0), +1)
    assert (absolute.text, absolute.good) == ("±0\u00a0EUR", None)
    assert relative.text == "±0%"


def voted(*lines: tuple[str, float]) -> pd.DataFrame:
    return table_of(*[dict(lines)] * 4)


def test_a_line_nobody_wrote_is_no_budget_of_nothing() -> None:
    budget = voted(("staff_costs", 60.0))
    one_off = find_indicator("one_off_result")  # of lines that count as nothing when absent
    none = budget_measure(one_off, budget, QUARTERS[-1], "EUR")
    assert (none.value, none.reason) == (None, Reason.NOT_BUDGETED)
    written = voted(("staff_costs", 60.0), ("one_off_cost", 2.0))
    assert budget_measure(one_off, written, QUARTERS[-1], "EUR").value == -8.0


def test_what_looks_back_beyond_the_budget_is_not_held_against_it() -> None:
    budget = voted(("staff_costs", 60.0), ("invoiced_volume", 1.0), ("fee_revenue", 1.0))
    since_start = find_indicator("cumulative_result")
    assert budget_measure(since_start, budget, QUARTERS[-1], "EUR").reason is Reason.NOT_BUDGETED


def test_lines_the_books_have_and_the_budget_does_not_are_named() -> None:
    actual = voted(("staff_costs", 60.0), ("rent_costs", 4.0), ("it_costs", 0.0))
    codes = ("staff_costs", "rent_costs", "it_costs", "marketing_costs")
    assert unbudgeted_lines(actual, voted(("staff_costs", 60.0)), QUARTERS, codes) == (
        "rent_costs",
    )


def test_the_middle_of_four_quarters_ahead_counts_known_ones_as_they_are() -> None:
    """Three known quarters of 10 income, 12 costs; two ahead in three futures."""
    income = np.array([[10.0] * 3] * 3 + [[11.0, 12.0, 20.0], [12.0, 13.0, 30.0]])
    costs = np.full((5, 3), 12.0)
    volume = np.array([[100.0, 110.0, 300.0], [200.0, 120.0, 400.0]])
    futures = Futures(income, costs, np.zeros((2, 3), dtype=bool), volume)
    known = np.array([70.0, 80.0, 90.0])
    one, two = (year_ahead(futures, known, ahead) for ahead in (1, 2))
    assert (one.volume, one.result) == (240.0 + 110.0, 42.0 - 48.0)
    assert (two.volume, two.result) == (170.0 + 300.0, 45.0 - 48.0)
    assert two.coverage == pytest.approx(45.0 / 48.0)
