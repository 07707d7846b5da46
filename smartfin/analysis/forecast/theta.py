"""Theta (Assimakopoulos and Nikolopoulos, 2000): smoothing, and half of the long-run slope."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.analysis.forecast.course import LEVEL, Course, Grid, Passed, settled
from smartfin.analysis.forecast.model import grid_of
from smartfin.analysis.forecast.prior import Prior, line_slope
from smartfin.analysis.table import Figures

ALPHAS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98)

GRID = grid_of(ALPHAS, (0.0,), (1.0,))


@dataclass(frozen=True, slots=True)
class Theta:
    """Simple exponential smoothing whose drift is half the slope of the straight line.

    Formula: said = level + drift; level = said + alpha x error; drift = slope of the line
    through the history, shrunk, / 2; starting level and alpha by least squares

    Source:
        Hyndman and Billah 2003: this is what the Theta method amounts to.
    """

    code: str = "theta"
    grid: Grid = GRID

    def course(self, history: Figures, passed: Passed, prior: Prior) -> Course:
        """Where it stands; see ``Model``."""
        drift = prior.shrunk(line_slope(history)) / 2
        return settled(passed, self.grid, (LEVEL,), drift)
