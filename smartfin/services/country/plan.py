"""What was voted for the year against what happened up to the quarter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from smartfin.analysis.indicators.family import Indicator, find_indicator
from smartfin.charts import plan_figure, plan_sentence
from smartfin.measure import Measure, Reason, undefined
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.budget import budget_cell, budget_measure, budgeted
from smartfin.services.country.story import subject_of
from smartfin.services.provenance.figure import VARIANCE, YEAR, source_of
from smartfin.services.variance import variance_cells
from smartfin.services.view import Cell, Chart, Table, marked_chart, text_cell, value_cell
from smartfin.wording import Words

_VOLUME = "invoiced_volume_quarter"
_LINES = (
    _VOLUME,
    "own_income_quarter",
    "own_costs_quarter",
    "result_before_support_quarter",
    "support_quarter",
)


def plan_chart(words: Words, case: Case, budget: pd.DataFrame) -> Chart | None:
    """Actual against budget over the quarters of the year so far.

    Args:
        words: Of the reader's language.
        case: Whose.
        budget: As made by ``budget_table``.

    Returns:
        None without a budget for each of those quarters.
    """
    if case.quarter is None:
        return None
    lines = _lines(words, case, budget)
    if lines["budget"].isna().all():
        return None
    start = Quarter(case.quarter.year, 1)
    period = words.text("quarters.span", first=start, last=case.quarter)
    # Volume is many times the rest: on one scale with it nothing else could be seen.
    drawn = lines[lines.index != _VOLUME]
    provisional = case.provisional or case.plan_provisional
    subject = replace(subject_of(words, case), provisional=provisional)
    arguments = (drawn, subject, period, words)
    chart = Chart(
        figure=plan_figure(*arguments),
        alt=plan_sentence(*arguments),
        table=_plan_table(words, case, lines, period),
    )
    return marked_chart(words, chart, provisional=provisional)


def year_so_far(quarter: Quarter) -> Sequence[Quarter]:
    """The quarters of its year up to one."""
    return [Quarter(quarter.year, number) for number in range(1, quarter.number + 1)]


def _lines(words: Words, case: Case, budget: pd.DataFrame) -> pd.DataFrame:
    """A row a line: its name, actual, budget, a year earlier, and whether more of it is good."""
    quarter = case.quarter or case.settings.deadline
    now = range(Quarter(quarter.year, 1).ordinal, quarter.ordinal + 1)
    before = range(now.start - 4, now.stop - 4)
    indicators = [find_indicator(code, case.settings.level) for code in _LINES]
    return pd.DataFrame(
        {
            "line": [words.text(f"plan.{indicator.code}") for indicator in indicators],
            "actual": [_sum(each, case.table, now) for each in indicators],
            "budget": [_voted(each, budget, now) for each in indicators],
            "effect": [indicator.polarity for indicator in indicators],
            "before": [_sum(each, case.table, before) for each in indicators],
        },
        index=list(_LINES),
    )


def _sum(indicator: Indicator, table: pd.DataFrame, quarters: range) -> float:
    """Sum over quarters; NaN as soon as one is unknown."""
    return float(indicator.series(table).reindex(quarters).sum(skipna=False))


def _voted(indicator: Indicator, budget: pd.DataFrame, quarters: range) -> float:
    """The same of a budget; NaN too where it writes none of the lines in some quarter."""
    measures = [budget_measure(indicator, budget, quarter, "") for quarter in quarters]
    return sum(math.nan if each.value is None else each.value for each in measures)


def _plan_table(words: Words, case: Case, lines: pd.DataFrame, period: str) -> Table:
    columns = ("line", "actual", "year-earlier", "budget", "variance", "variance-percent")
    return Table(
        caption=words.text("country.plan-caption", period=period),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_plan_row(words, case, str(code), row) for code, row in lines.iterrows()),
    )


def _plan_row(words: Words, case: Case, code: str, row: pd.Series[float]) -> tuple[Cell, ...]:
    currency, quarter = case.partner.currency, case.quarter
    source = partial(source_of, case.partner.code)
    now, voted = (_measure(float(row[name]), currency) for name in ("actual", "budget"))
    against = source(quarter, f"{VARIANCE}{code}")
    earlier = source(quarter + -4 if quarter else None, f"{YEAR}{code}")
    year = source(quarter, f"{YEAR}{budgeted(code)}")
    return (
        text_cell(str(row["line"])),
        value_cell(words, float(row["actual"]), currency, source(quarter, f"{YEAR}{code}")),
        value_cell(words, float(row["before"]), currency, earlier),
        budget_cell(words, voted, source=year),
        *variance_cells(words, now, voted, int(row["effect"]), source=against),
    )


def _measure(amount: float, currency: str) -> Measure:
    if math.isnan(amount):
        return undefined(currency, Reason.NOT_BUDGETED)
    return Measure(amount, currency)
