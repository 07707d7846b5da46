"""How sure a score is: its range when whole countries are drawn anew (docs/metrics.md)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smartfin.analysis.forecast.scores import Values

DRAWS = 2000
"""Resamples an interval is read off."""


def mean_of_totals(totals: Values) -> Values:
    """Means of totals whose columns are sum and count.

    Example:
        >>> mean_of_totals(np.array([[6.0, 3.0]])).tolist()
        [2.0]
    """
    means: Values = totals[..., 0] / totals[..., 1]
    return means


def block_interval(
    totals: ArrayLike,
    score: Callable[[Values], Values] = mean_of_totals,
    share: float = 0.8,
    seed: int = 0,
) -> tuple[float, float] | None:
    """Range of a score when whole blocks are drawn anew: countries, not quarters.

    Forecasts made in neighbouring quarters of one country share their luck, so single
    forecasts drawn anew would look far surer than they are.

    Args:
        totals: What the score is made of, summed over each block, shape (blocks, columns);
            of a mean: sum and count.
        score: From totals of a draw, shape (draws, columns), to the score of each draw.
        share: Of the draws that lie within the range [fraction].
        seed: Of the chance.

    Returns:
        Lower and upper border [unit of the score]; None of fewer than two blocks, or where
        the score of some draw has no value.

    Source:
        Davison & Hinkley 1997, Bootstrap Methods and their Application, ch. 3.8;
        docs/metrics.md#back-test

    Example:
        >>> block_interval([[3.0, 3.0], [8.0, 4.0]])
        (1.0, 2.0)
    """
    blocks: Values = np.asarray(totals, dtype=np.float64)
    if len(blocks) < 2:
        return None
    drawn = score(blocks.take(_drawn_blocks(len(blocks), seed), axis=0).sum(axis=0))
    if not np.isfinite(drawn).all():
        return None
    low, high = np.quantile(drawn, ((1 - share) / 2, (1 + share) / 2))
    return float(low), float(high)


@lru_cache(maxsize=32)
def _drawn_blocks(blocks: int, seed: int) -> NDArray[np.int64]:
    """Which blocks each resample draws, shape (blocks, draws).

    The same for every score of as many blocks; by column because numpy adds those up faster.
    """
    drawn = np.random.default_rng(seed).integers(blocks, size=(DRAWS, blocks))
    chosen = np.ascontiguousarray(drawn.T)
    chosen.setflags(write=False)
    return chosen
