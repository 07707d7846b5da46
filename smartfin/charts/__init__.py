"""Figures: plain series and words in, a plotly figure out.

Nothing here computes finance and nothing renders. Each ``x_figure`` has an
``x_sentence`` with the same arguments: the finding in words, the text alternative.
"""

from smartfin.charts.backtest import (
    bands_figure,
    bands_sentence,
    reliability_figure,
    reliability_sentence,
)
from smartfin.charts.blocks import Subject
from smartfin.charts.breakeven import breakeven_volume_figure, breakeven_volume_sentence
from smartfin.charts.bridge import Windows, bridge_figure, bridge_sentence
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
from smartfin.charts.paths import PathPanel, Paths, paths_figure, paths_sentence
from smartfin.charts.plan import plan_figure, plan_sentence
from smartfin.charts.results import (
    cumulative_figure,
    cumulative_sentence,
    results_figure,
    results_sentence,
)
from smartfin.charts.scenario import (
    ScenarioPanel,
    cash_ahead_figure,
    cash_ahead_sentence,
    difference_figure,
    difference_sentence,
    scenario_figure,
    scenario_sentence,
)
from smartfin.charts.social import UsualPanel, usual_figure, usual_sentence
from smartfin.charts.statement import statement_figure, statement_sentence
from smartfin.charts.support import support_figure, support_sentence
from smartfin.charts.waterfall_rows import Shape, Step, Waterfall

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
    "PathPanel",
    "Paths",
    "ScenarioPanel",
    "Shape",
    "Step",
    "Subject",
    "UsualPanel",
    "Waterfall",
    "Windows",
    "bands_figure",
    "bands_sentence",
    "breakeven_volume_figure",
    "breakeven_volume_sentence",
    "bridge_figure",
    "bridge_sentence",
    "cash_ahead_figure",
    "cash_ahead_sentence",
    "compare_figure",
    "compare_sentence",
    "coverage_figure",
    "coverage_sentence",
    "cumulative_figure",
    "cumulative_sentence",
    "difference_figure",
    "difference_sentence",
    "in_dark",
    "income_costs_figure",
    "income_costs_sentence",
    "outlook_figure",
    "outlook_sentence",
    "paths_figure",
    "paths_sentence",
    "plan_figure",
    "plan_sentence",
    "reliability_figure",
    "reliability_sentence",
    "results_figure",
    "results_sentence",
    "scenario_figure",
    "scenario_sentence",
    "statement_figure",
    "statement_sentence",
    "support_figure",
    "support_sentence",
    "usual_figure",
    "usual_sentence",
]
