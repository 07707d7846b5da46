"""What was voted for the year against what happened up to the quarter."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import pandas as pd

from smartfin.analysis.indicators.family import find_indicator
from smartfin.analysis.table import partner_table
from smartfin.charts import plan_figure, plan_sentence
from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.country.story import subject_of
from smartfin.services.provenance.figure import VARIANCE, YEAR, source_of
from smartfin.services.view import Cell, Chart, Table, effect, marked_chart, text_cell, value_cell
from smartfin.wording import Words

_VOLUME = "invoiced_volume_quarter"
_LINES = (
    _VOLUME,
    "own_income_quarter",
    "own_costs_quarter",
    "result_before_support_quarter",
    "support_quarter",
)


def plan_chart(words: Words, case: Case, frame: pd.DataFrame) -> Chart | None:
    """Actual against budget over the quarters of the year so far.

    Args:
        words: Of the reader's language.
        case: Whose.
        frame: The tidy frame, for the budget.

    Returns:
        None without a budget for each of those quarters.
    """
    if case.quarter is None:
        return None
    lines = _lines(words, case, partner_table(frame, case.partner.code, Scenario.BUDGET))
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


def _lines(words: Words, case: Case, budget: pd.DataFrame) -> pd.DataFrame:
    """A row a line: its name, actual, budget and whether more of it is good."""
    quarter = case.quarter or case.settings.deadline
    span = range(Quarter(quarter.year, 1).ordinal, quarter.ordinal + 1)
    indicators = [find_indicator(code, case.settings.level) for code in _LINES]
    return pd.DataFrame(
        {
            "line": [words.text(f"plan.{indicator.code}") for indicator in indicators],
            "actual": [_sum(each.series(case.table), span) for each in indicators],
            "budget": [_sum(each.series(budget), span) for each in indicators],
            "effect": [indicator.polarity for indicator in indicators],
        },
        index=list(_LINES),
    )


def _sum(series: pd.Series[float], span: range) -> float:
    """Sum over quarters; NaN as soon as one is unknown."""
    return float(series.reindex(span).sum(skipna=False))


def _plan_table(words: Words, case: Case, lines: pd.DataFrame, period: str) -> Table:
    columns = ("line", "actual", "budget", "variance", "variance-percent")
    return Table(
        caption=words.text("country.plan-caption", period=period),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_plan_row(words, case, *row) for row in lines.itertuples(name=None)),
    )


def _plan_row(
    words: Words, case: Case, code: str, line: str, actual: float, budget: float, polarity: int
) -> tuple[Cell, ...]:
    difference, currency = actual - budget, case.partner.currency
    source = partial(source_of, case.partner.code, case.quarter)
    return (
        text_cell(line),
        value_cell(words, actual, currency, source(f"{YEAR}{code}")),
        value_cell(words, budget, currency, source(f"{YEAR}{code}@{Scenario.BUDGET.value}")),
        Cell(
            text=words.amount(difference, currency, sign=True),
            value=None if math.isnan(difference) else difference,
            unit=currency,
            good=effect(difference, polarity),
            source=source(f"{VARIANCE}{code}"),
        ),
        _relative(words, difference, budget, source(f"{VARIANCE}{code}")),
    )


def _relative(words: Words, difference: float, budget: float, source: str) -> Cell:
    """The variance relative to the budget; n.a. against a negative or absent one."""
    if math.isnan(difference) or budget <= 0:
        return text_cell(words.text("chart.plan.not-applicable"))
    share = difference / budget
    return Cell(text=words.percent_change(share), value=share, unit="fraction", source=source)
