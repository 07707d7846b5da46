"""The charts of the Country page that run over time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.charts import (
    CoveragePanel,
    Subject,
    breakeven_volume_figure,
    breakeven_volume_sentence,
    cumulative_figure,
    cumulative_sentence,
    income_costs_figure,
    income_costs_sentence,
    outlook_figure,
    outlook_sentence,
    results_figure,
    results_sentence,
)
from smartfin.measure import Reason, Unit
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import source_of
from smartfin.services.view import Chart, Table, marked_chart, series_table
from smartfin.wording import Words

COLUMNS_SHOWN = 12
"""Quarters a chart of columns has room for."""

_RECENT = 16  # quarters of break-even volume


def subject_of(words: Words, case: Case) -> Subject:
    """Whom the charts are about."""
    name = f"{words.country(case.partner.code)} · {case.partner.organisation}"
    return Subject(name, case.partner.currency, case.synthetic, case.provisional)


def coverage_fan(case: Case) -> pd.DataFrame | None:
    """The bands of the outlook up to the quarter its probability is about."""
    outlook = case.verdict.outlook
    if outlook is None:
        return None
    fan = outlook.fan_frame()
    return fan[fan.index <= outlook.target.ordinal]


def coverage_chart(words: Words, case: Case) -> Chart:
    """Coverage so far and its outlook."""
    series = case.series(RATIO_OF[case.settings.level])
    panel = CoveragePanel(case.partner.code, series, coverage_fan(case), precedent=not case.active)
    arguments = (panel, case.settings.deadline, subject_of(words, case), words)
    chart = Chart(
        figure=outlook_figure(*arguments),
        alt=outlook_sentence(*arguments),
        table=_table(
            words, case, "coverage", {RATIO_OF[case.settings.level]: series}, Unit.FRACTION
        ),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def income_costs_chart(words: Words, case: Case) -> Chart:
    """Income, costs and result of each quarter."""
    codes = {
        "own_revenue": "own_income_quarter",
        "own_costs": "own_costs_quarter",
        "result": "result_before_support_quarter",
    }
    frame = _frame(case, codes).tail(COLUMNS_SHOWN)
    arguments = (frame, subject_of(words, case), words)
    chart = Chart(
        figure=income_costs_figure(*arguments),
        alt=income_costs_sentence(*arguments),
        table=_money_table(words, case, "income-costs", codes, frame),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def results_chart(words: Words, case: Case) -> Chart:
    """The result with and without support."""
    codes = {"before_support": "result_before_support", "after_support": "result_after_support"}
    frame = _frame(case, codes)
    arguments = (frame, subject_of(words, case), words)
    chart = Chart(
        figure=results_figure(*arguments),
        alt=results_sentence(*arguments),
        table=_money_table(words, case, "results", codes, frame),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def breakeven_volume_chart(words: Words, case: Case) -> Chart:
    """The volume there is and the volume break-even takes."""
    needed = "breakeven_volume_with_advisers"
    if case.measure(needed).reason in {Reason.ITEM_MISSING, Reason.NO_ADVISERS}:
        needed = "breakeven_volume"
    codes = {"volume": "invoiced_volume", "breakeven_volume": needed}
    frame = _frame(case, codes).tail(_RECENT)  # needed at the start, it dwarfs all else
    arguments = (frame, subject_of(words, case), words)
    chart = Chart(
        figure=breakeven_volume_figure(*arguments),
        alt=breakeven_volume_sentence(*arguments),
        table=_money_table(words, case, "breakeven-volume", codes, frame),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def cumulative_chart(words: Words, case: Case) -> Chart:
    """What all results since launch add up to."""
    codes = {"result": "cumulative_result"}
    frame = _frame(case, codes)
    arguments = (frame, subject_of(words, case), words)
    chart = Chart(
        figure=cumulative_figure(*arguments),
        alt=cumulative_sentence(*arguments),
        table=_money_table(words, case, "cumulative", codes, frame),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def _frame(case: Case, codes: Mapping[str, str]) -> pd.DataFrame:
    """Indicators as the columns a figure wants."""
    return pd.DataFrame({column: case.series(code) for column, code in codes.items()})


def _money_table(
    words: Words, case: Case, chart: str, codes: Mapping[str, str], frame: pd.DataFrame
) -> Table:
    series = {code: frame[column] for column, code in codes.items()}
    return _table(words, case, chart, series, case.partner.currency)


def _table(
    words: Words, case: Case, chart: str, series: Mapping[str, pd.Series[float]], unit: str
) -> Table:
    named = {words.text(f"indicator.{code}"): values for code, values in series.items()}
    sources = [partial(source_of, case.partner.code, code=code) for code in series]
    return series_table(words, words.text(f"country.chart.{chart}"), named, unit, sources)
