"""Series named at their ends, kept apart where the ends are close."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from smartfin.charts.blocks import Drawing, combined, label
from smartfin.charts.look import SMALL_SIZE


def end_labels(
    ends: Sequence[tuple[float, str, str]], x: int, pixels_per_unit: float, panel: int = 0
) -> Drawing:
    """Series named at their end, kept apart where the ends are close.

    Args:
        ends: Height, finished words and colour of each.
        x: Where the lines end.
        pixels_per_unit: Pixels that one unit of the vertical axis takes.
        panel: Which panel, from 0.
    """
    heights = [height * pixels_per_unit for height, _, _ in ends]
    return combined(
        label(
            x,
            height,
            text,
            panel,
            color=color,
            size=SMALL_SIZE,
            xanchor="left",
            yanchor="middle",
            xshift=9,
            yshift=round(place - height * pixels_per_unit),
        )
        for (height, text, color), place in zip(ends, spread(heights, 31), strict=True)
    )


def spread(places: Sequence[float], apart: float) -> list[float]:
    """Places moved as little as needed to keep a distance, in the order given.

    Example:
        >>> spread([10, 12, 50], 10)
        [6.0, 16.0, 50.0]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [float(place) for place in places]
    for _ in range(len(places)):
        for below, above in pairwise(order):
            missing = apart - (moved[above] - moved[below])
            if missing > 0:
                moved[below] -= missing / 2
                moved[above] += missing / 2
    return moved
