"""What a member of the mix is."""

from __future__ import annotations

from itertools import product
from typing import Protocol

import numpy as np

from smartfin.analysis.forecast.course import Course, Grid, Passed
from smartfin.analysis.forecast.prior import Prior
from smartfin.analysis.table import Figures


class Model(Protocol):
    """A small forecasting model of a history without its season."""

    @property
    def code(self) -> str:
        """Its name in settings, benches and messages."""

    @property
    def grid(self) -> Grid:
        """The triples it tries."""

    def course(self, history: Figures, passed: Passed, prior: Prior) -> Course:
        """Where it stands after the last quarter.

        Args:
            history: Shape (quarters, series), a row known as a whole or NaN; the first is
                known, and at least two are.
            passed: The pass over it with ``grid``.
            prior: What growth is shrunk to.
        """


def grid_of(alphas: tuple[float, ...], shares: tuple[float, ...], phis: tuple[float, ...]) -> Grid:
    """Every alpha with every beta, as a share of it, and every phi."""
    triples = np.array(list(product(alphas, shares, phis)))
    return Grid(triples[:, 0], triples[:, 0] * triples[:, 1], triples[:, 2])
