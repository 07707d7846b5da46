"""Momentum: growth that resembles the growth of the quarter before (AR(1) on growth)."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.analysis.forecast.course import LEVEL, Course, Grid, Passed, settled
from smartfin.analysis.forecast.model import grid_of
from smartfin.analysis.forecast.prior import Prior, mean_change
from smartfin.analysis.table import Figures

PHIS = tuple(place / 10 for place in range(-4, 9))

GRID = grid_of((0.98,), (1.0,), PHIS)


@dataclass(frozen=True, slots=True)
class Momentum:
    """Changes about the mean change, each with a share of the one before in it.

    Formula: change - growth = phi x (change before - growth) + error; growth = mean change
    of the history, shrunk; phi from -0.4 to 0.8 by least squares

    In the common form: alpha and beta near one, so that level and slope are the newest
    figure and its change.

    Source:
        Box and Jenkins 1970, ARIMA(1,1,0) with drift.
    """

    code: str = "momentum"
    grid: Grid = GRID

    def course(self, history: Figures, passed: Passed, prior: Prior) -> Course:
        """Where it stands; see ``Model``."""
        return settled(passed, self.grid, (LEVEL,), prior.shrunk(mean_change(history)))
