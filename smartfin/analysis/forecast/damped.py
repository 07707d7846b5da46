"""Damped trend (Gardner and McKenzie, 1985): the slope of the last quarters, which fades."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smartfin.analysis.forecast.course import LEVEL, SLOPE, Course, Grid, Passed, settled
from smartfin.analysis.forecast.model import grid_of
from smartfin.analysis.forecast.prior import Prior
from smartfin.analysis.table import Figures

GRID = grid_of((0.1, 0.3, 0.5, 0.7, 0.95), (0.02, 0.1, 0.3), (0.8, 0.88, 0.94, 0.98))


@dataclass(frozen=True, slots=True)
class Damped:
    """ETS(A,Ad,N): level and fading slope, both of them learning from each surprise.

    Formula: said = level + phi x slope; level = said + alpha x error;
    slope = phi x slope + beta x error; starting level and slope, alpha, beta and phi by
    least squares, the likelihood squared before triples are averaged; ahead the slope is
    shrunk: weight x slope fades, (1 - weight) x pooled growth lasts

    Source:
        Hyndman and others 2008, ETS(A,Ad,N).
    """

    code: str = "damped-trend"
    grid: Grid = GRID

    def course(self, history: Figures, passed: Passed, prior: Prior) -> Course:
        """Where it stands; see ``Model``."""
        found = settled(passed, self.grid, (LEVEL, SLOPE), sharpness=2.0)
        lasting = prior.shrunk(np.zeros_like(prior.growth))
        return replace(
            found,
            slope=found.slope * prior.weight[:, np.newaxis],
            drift=np.broadcast_to(lasting[:, np.newaxis], found.slope.shape),
        )
