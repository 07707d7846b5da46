"""The season: what each quarter of the year is above or below the course."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures

# How stiff the line is that the season is measured from (the penalty of Whittaker and of
# Hodrick and Prescott on its bends): near a moving average of four to six quarters.
STIFFNESS = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class Season:
    """Fixed factors of the four quarters.

    Args:
        factors: Above or below the course, nil on average, shape (4, series); the first is
            that of quarters whose ordinal divides by four.
        kept: What share of the own factors chance would not explain, shape (series,).
        doubt: Standard deviation of a factor, nil where none of the own ones is kept.
    """

    factors: Figures
    kept: Figures
    doubt: Figures

    def of(self, ordinals: NDArray[np.intp]) -> Figures:
        """The factors of some quarters, shape (quarters, series)."""
        chosen: Figures = self.factors[ordinals % 4]
        return chosen


def season_of(
    history: Figures, first: int, pooled: Figures | None = None, weight: float = 1.0
) -> Season:
    """The season of several series known in the same quarters.

    Formula: own = factors that with a smooth line explain the history best (penalised
    least squares); difference = own - pooled; kept = max(0, 1 - variance that chance gives
    the difference / its square), as James and Stein shrink;
    factors = pooled + weight x kept x difference

    Without a pool the pooled factors are nil: then the season is as much of its own
    as chance would not explain.

    Args:
        history: Shape (quarters, series); a row is known as a whole or NaN.
        first: Ordinal of the first row.
        pooled: Factors of the group, shape (4, series).
        weight: n / (n + k) where there is a pool.
    """
    own, chance = own_factors(history, first)
    target = np.zeros_like(own) if pooled is None else pooled
    difference = own - target
    squared = (difference**2).sum(axis=0)
    share = np.divide(chance, squared, out=np.ones_like(squared), where=squared > 0)
    kept = np.maximum(0.0, 1.0 - share)
    return Season(target + weight * kept * difference, kept, np.sqrt(kept * chance / 4))


def own_factors(history: Figures, first: int) -> tuple[Figures, Figures]:
    """Factors by least squares, and the variance that chance gives them all together."""
    known = ~np.isnan(history[:, 0])
    fit = _fit(known.tobytes(), first % 4)
    found = fit.inverse @ (fit.seen.T @ history[known])
    errors = history[known] - fit.seen @ found
    variance = (errors**2).sum(axis=0) / fit.free
    factors = SEASONS @ found[len(history) :]
    return factors, fit.doubt * variance


SEASONS = np.vstack([np.eye(3), -np.ones(3)])  # the fourth is what leaves the sum at nil


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """What least squares take from the known quarters alone, whatever was known in them.

    Args:
        seen: The design, a row a known quarter.
        inverse: Of the penalised normal matrix.
        free: Quarters the fit leaves [1 or more].
        doubt: What a variance of one gives the factors together.
    """

    seen: Figures
    inverse: Figures
    free: float
    doubt: float


@lru_cache(maxsize=256)
def _fit(pattern: bytes, place: int) -> _Fit:
    """The fit of a pattern of known quarters, the first one at a place of the year.

    Partners with the same gaps share it.
    """
    known = np.frombuffer(pattern, dtype=bool)
    quarters, places = len(known), (place + np.arange(len(known))) % 4
    design = np.hstack([np.eye(quarters), SEASONS[places]])
    seen = design[known]
    normal = seen.T @ seen
    normal[:quarters, :quarters] += STIFFNESS * _bends(quarters)
    inverse = np.linalg.inv(normal)
    free = known.sum() - np.einsum("ij,ji->", inverse, seen.T @ seen)
    doubt = np.trace(SEASONS @ inverse[quarters:, quarters:] @ SEASONS.T)
    return _Fit(seen, inverse, max(float(free), 1.0), float(doubt))


def _bends(quarters: int) -> Figures:
    """The matrix that makes a line's squared bends of its values."""
    second = np.diff(np.eye(quarters), 2, axis=0)
    return second.T @ second
