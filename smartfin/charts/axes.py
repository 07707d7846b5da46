"""The axes of panels: quarters run left to right, values stand on zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from smartfin.charts.blocks import Drawing, Part, axes_of
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.quarter import Quarter
from smartfin.wording import Words

_HIDDEN_GRID: Part = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a panel stands in the figure, as shares of the drawing area.

    Args:
        left: Left edge.
        right: Right edge.
        bottom: Lower edge.
        top: Upper edge.
    """

    left: float = 0.0
    right: float = 1.0
    bottom: float = 0.0
    top: float = 1.0


def known_span(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows from the first with any value to the last, each position between them there.

    Args:
        frame: Index whole positions, ascending.
    """
    known = frame.dropna(how="all")
    if known.empty:
        return known
    return frame.reindex(range(int(known.index[0]), int(known.index[-1]) + 1))


def panel_axes(
    panel: int,
    frame: Frame,
    across: tuple[float, float],
    upward: tuple[float, float],
    ticks: Sequence[tuple[float, str]] = (),
) -> Drawing:
    """The two axes of a panel; only the horizontal one is labelled.

    Args:
        panel: Which panel, from 0.
        frame: Where it stands.
        across: Range of the horizontal axis.
        upward: Range of the vertical axis.
        ticks: Horizontal positions with finished words.
    """
    names = axes_of(panel)
    suffix = names["xaxis"][1:]
    horizontal = {
        **_HIDDEN_GRID,
        "domain": [frame.left, frame.right],
        "anchor": names["yaxis"],
        "range": list(across),
        "tickmode": "array",
        "tickvals": [place for place, _ in ticks],
        "ticktext": [words for _, words in ticks],
        "tickangle": 0,
        "tickfont": {"size": SMALL_SIZE, "color": LIGHT.muted},
        "showline": False,
    }
    vertical = {
        **_HIDDEN_GRID,
        "domain": [frame.bottom, frame.top],
        "anchor": names["xaxis"],
        "range": list(upward),
        "showticklabels": False,
        "showline": False,
    }
    return Drawing(axes={f"xaxis{suffix}": horizontal, f"yaxis{suffix}": vertical})


def year_ticks(first: int, last: int, most: int) -> list[tuple[float, str]]:
    """The years between two ordinals, at their first quarter, as many as fit.

    Example:
        >>> year_ticks(Quarter(2019, 2).ordinal, Quarter(2022, 4).ordinal, 2)
        [(8080, '2020'), (8088, '2022')]
    """
    years = range(-(-first // 4), last // 4 + 1)
    step = max(1, -(-len(years) // most))
    return [(year * 4, str(year)) for year in years[::step]]


def quarter_ticks(quarters: Sequence[int], words: Words) -> list[tuple[float, str]]:
    """Every quarter by its short name, the year under the first and each first of a year."""
    return [
        (ordinal, _quarter_tick(ordinal, words, place == 0))
        for place, ordinal in enumerate(quarters)
    ]


def _quarter_tick(ordinal: int, words: Words, first: bool) -> str:
    quarter = Quarter.from_ordinal(ordinal)
    short = words.quarter_name(quarter)
    return f"{short}<br>{quarter.year}" if first or quarter.number == 1 else short


def value_range(series: Iterable[pd.Series[float]], headroom: float = 0.12) -> tuple[float, float]:
    """Range of all values, zero always in it, with room for labels where there are values."""
    values = pd.concat(list(series)).dropna()
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    room = (high - low or 1.0) * headroom
    return (low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0)
