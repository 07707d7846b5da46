"""When a flag rises and when it clears: once past a threshold, not around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures
from smartfin.analysis.warning.rule import Crossing

_ROUNDING = 1e-9  # of a threshold: what binary fractions leave is no step past it

Raised = NDArray[np.bool_]


def raised(
    values: Figures,
    threshold: Figures,
    polarity: int,
    crossing: Crossing,
) -> Raised:
    """In which quarters a flag stands.

    It rises when the figure passes the threshold by more than the margin, not at the
    threshold itself; it clears after some quarters back at or beyond it. A quarter without
    a figure neither raises nor clears, and counts for nothing in between.

    Args:
        values: A figure a quarter; NaN where unknown.
        threshold: In force in each quarter.
        polarity: +1 warns below, -1 above.
        crossing: Margin, and how many quarters it takes to clear.

    Source:
        docs/metrics.md#rising-and-clearing

    Example:
        >>> from smartfin.analysis.warning.rule import MEASURED
        >>> share = np.array([0.41, 0.40, 0.395, 0.39, 0.41, 0.39, 0.41, 0.41])
        >>> raised(share, np.full(8, 0.4), +1, MEASURED).tolist()
        [False, False, False, True, True, True, True, False]
    """
    past = -polarity * (values - threshold)
    rises = past >= 0 if crossing.at else past > (crossing.margin + _ROUNDING) * np.abs(threshold)
    back = is_back(values, threshold, polarity, crossing)
    return _standing(rises, back, ~np.isnan(values), crossing.clears_after)


def is_back(values: Figures, threshold: Figures, polarity: int, crossing: Crossing) -> Raised:
    """Where a figure is at its threshold or on the good side of it."""
    past = -polarity * (values - threshold)
    back: Raised = past < 0 if crossing.at else past <= _ROUNDING * np.abs(threshold)
    return back


def _standing(rises: Raised, back: Raised, known: Raised, clears_after: int) -> Raised:
    """The flag quarter by quarter."""
    found = np.zeros(len(rises), dtype=bool)
    stands, quarters_back = False, 0
    for place, (rise, here, is_known) in enumerate(
        zip(rises.tolist(), back.tolist(), known.tolist(), strict=True)
    ):
        if is_known:
            quarters_back = quarters_back + 1 if here else 0
        stands = rise or (stands and quarters_back < clears_after)
        found[place] = stands
    return found
