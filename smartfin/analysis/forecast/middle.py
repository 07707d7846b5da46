"""The middle of many simulated figures, fast."""

from __future__ import annotations

import numpy as np

from smartfin.analysis.table import Figures


def middle(values: Figures, axis: int = -1) -> Figures:
    """The median along an axis, to the last bit that of ``np.median``.

    That partitions; numpy sorts some thousand figures in a quarter of the time.

    Args:
        values: None of them NaN.
        axis: Which way.

    Example:
        >>> middle(np.array([[3.0, 1.0, 2.0, 10.0]])).tolist()
        [2.5]
    """
    ordered = np.sort(values, axis=axis)
    count = ordered.shape[axis]
    low, high = ordered.take(((count - 1) // 2, count // 2), axis=axis).swapaxes(0, axis)
    found: Figures = (low + high) / 2
    return found
