"""What was usual over time: the band each of the twelve is held against, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartfin.analysis.social.measures import Direction, SocialMeasure
from smartfin.analysis.social.standing import LEAST_KNOWN, LOOKED_BACK, agreed
from smartfin.quarter import Quarter
from smartfin.social_floor import SocialFloor

_BOTH_WAYS = frozenset({Direction.STEADY, Direction.PARITY})
_UPWARD = frozenset({Direction.DOWN, Direction.NOT_SHARPLY_UP})

BAND = ("value", "usual", "low", "high")


def usual_band(
    measure: SocialMeasure, table: pd.DataFrame, floors: Sequence[SocialFloor] = ()
) -> pd.DataFrame:
    """A figure by quarter with what was usual then, and how far it might go.

    Formula: usual = median of the eight quarters before; the band reaches from it by the
        tolerance to the side that is worse, to both where a figure must stay or stay even

    Args:
        measure: Which of the twelve.
        table: As made by ``partner_table``, in local currency.
        floors: What this partner's assembly set.

    Returns:
        Index of the table; columns ``BAND`` [unit of the figure]: NaN where the figure has no
        value, and where fewer than ``LEAST_KNOWN`` of the eight quarters have one.

    Source:
        docs/metrics.md#social-standing

    Example:
        >>> from smartfin.analysis.social.measures import find_measure
        >>> known = pd.DataFrame({"members_active": [100.0] * 8 + [80.0]}, index=range(8083, 8092))
        >>> usual_band(find_measure("members_active"), known).iloc[-1].tolist()
        [80.0, 100.0, 90.0, 100.0]
    """
    value = pd.Series(measure.indicator.figures(table), index=table.index, dtype="float64")
    usual = value.rolling(LOOKED_BACK, min_periods=LEAST_KNOWN).median().shift(1)
    tolerances = np.array([_tolerance(measure, int(each), floors) for each in table.index])
    reach = pd.Series(tolerances, index=table.index) * (1 if measure.in_points else usual.abs())
    down = measure.direction not in _UPWARD
    up = measure.direction in _UPWARD | _BOTH_WAYS
    edges = usual - reach * down, usual + reach * up
    return pd.DataFrame(dict(zip(BAND, (value, usual, *edges), strict=True)))


def _tolerance(measure: SocialMeasure, ordinal: int, floors: Sequence[SocialFloor]) -> float:
    return agreed(measure, Quarter.from_ordinal(ordinal), floors)[1]
