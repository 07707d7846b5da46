"""The outlook tried on the past: how far its probabilities and bands can be trusted.

view     the section of a page: sentences, charts, tables
line     the sentence that stands beside a probability
tables   every score with how many cases it rests on
charts   the two figures
"""

from smartfin.services.backtest.line import backtest_line, backtest_of_kind
from smartfin.services.backtest.view import BacktestPart, BacktestView, backtest_view

__all__ = ["BacktestPart", "BacktestView", "backtest_line", "backtest_of_kind", "backtest_view"]
