"""Figures: plain series and words in, a plotly figure out.

Nothing here computes finance and nothing renders. Each ``x_figure`` has an
``x_sentence`` with the same arguments: the finding in words, the text alternative.
"""

from smartfin.charts.blocks import Subject
from smartfin.charts.breakeven import breakeven_volume_figure, breakeven_volume_sentence
from smartfin.charts.columns import income_costs_figure, income_costs_sentence
from smartfin.charts.compare import LOCAL, Compared, compare_figure, compare_sentence
from smartfin.charts.coverage import (
    FAN,
    CoveragePanel,
    coverage_figure,
    coverage_sentence,
    outlook_figure,
    outlook_sentence,
)
from smartfin.charts.look import CHART_CONFIG, DARK, FONT, LIGHT, Look, in_dark
from smartfin.charts.plan import plan_figure, plan_sentence
from smartfin.charts.results import (
    cumulative_figure,
    cumulative_sentence,
    results_figure,
    results_sentence,
)

__all__ = [
    "CHART_CONFIG",
    "DARK",
    "FAN",
    "FONT",
    "LIGHT",
    "LOCAL",
    "Compared",
    "CoveragePanel",
    "Look",
    "Subject",
    "breakeven_volume_figure",
    "breakeven_volume_sentence",
    "compare_figure",
    "compare_sentence",
    "coverage_figure",
    "coverage_sentence",
    "cumulative_figure",
    "cumulative_sentence",
    "in_dark",
    "income_costs_figure",
    "income_costs_sentence",
    "outlook_figure",
    "outlook_sentence",
    "plan_figure",
    "plan_sentence",
    "results_figure",
    "results_sentence",
]
