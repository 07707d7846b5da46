"""The outlook, tried on the past: made anew at each earlier quarter, then scored.

    naive      the seasonal naive, the baseline the outlook has to beat
    forecasts  one partner's forecasts, each beside what came true
    scored     scores of many forecasts, with intervals
    report     the outlook beside the naive, by distance and by time
    rolling    all partners: the back-test

docs/metrics.md#back-test
"""

from smartfin.analysis.backtest.forecasts import Era, Forecast, Model
from smartfin.analysis.backtest.report import HORIZONS, Backtest, Compared, Worse
from smartfin.analysis.backtest.rolling import MIX_FROM, NAIVE_FROM, roll
from smartfin.analysis.backtest.scored import ERRORS, Bin, Estimate, Score, Scored

__all__ = [
    "ERRORS",
    "HORIZONS",
    "MIX_FROM",
    "NAIVE_FROM",
    "Backtest",
    "Bin",
    "Compared",
    "Era",
    "Estimate",
    "Forecast",
    "Model",
    "Score",
    "Scored",
    "Worse",
    "roll",
]
