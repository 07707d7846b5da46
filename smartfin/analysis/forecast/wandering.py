"""Local level with drift: a level that wanders, and the mean change of the whole history."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.analysis.forecast.course import LEVEL, Course, Grid, Passed, settled
from smartfin.analysis.forecast.model import grid_of
from smartfin.analysis.forecast.prior import Prior, mean_change
from smartfin.analysis.forecast.theta import ALPHAS
from smartfin.analysis.table import Figures

GRID = grid_of(ALPHAS, (0.0,), (1.0,))


@dataclass(frozen=True, slots=True)
class Wandering:
    """Simple exponential smoothing whose drift is the whole mean change.

    Formula: said = level + drift; level = said + alpha x error; drift = mean change of the
    history, shrunk; starting level and alpha by least squares

    Source:
        Harvey 1989, local level with drift.
    """

    code: str = "local-level"
    grid: Grid = GRID

    def course(self, history: Figures, passed: Passed, prior: Prior) -> Course:
        """Where it stands; see ``Model``."""
        return settled(passed, self.grid, (LEVEL,), prior.shrunk(mean_change(history)))
