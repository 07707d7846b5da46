"""Waterfalls: each row begins where the one above it ended.

Rows run top to bottom because they are structure, not time. ``bridge`` and ``statement``
are made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Title,
    axes_of,
    combined,
    empty_figure,
    figure_of,
    label,
    safe,
)
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.charts.waterfall_rows import Row, Shape, Step, Waterfall, rows_of
from smartfin.wording import Words

_NARROW_WIDTH = 330  # of the drawing on the narrowest screens [px]
_SIGN_WIDTH = 6.5  # of a sign of a small name [px]
_STUB = 0.06  # what is left of a connector above a name [rows]


def waterfall_figure(
    blocks: Sequence[Waterfall], title: Title, words: Words, *, narrow: bool
) -> go.Figure:
    """Waterfalls one under the other on one scale.

    Args:
        blocks: Top to bottom; none where there is nothing to show.
        title: Three lines.
        words: Language.
        narrow: Whether names stand above their bars instead of beside them.
    """
    if not any(blocks):
        return empty_figure(title, words)
    layout = _Layout(blocks, narrow)
    drawing = layout.drawing(words, waterfall_scale(blocks))
    return figure_of(drawing, title, words, layout.height, bottom=4)


def waterfall_scale(blocks: Sequence[Waterfall]) -> MoneyScale:
    """One scale of money for all of some waterfalls."""
    heights = [max(abs(row.start), abs(row.end)) for row in rows_of(blocks)]
    return fitting_scale([pd.Series(heights, dtype=float)])


class _Layout:
    """Where everything of one or more waterfalls stands."""

    def __init__(self, blocks: Sequence[Waterfall], narrow: bool) -> None:
        self._rows = tuple(rows_of(blocks))
        self._narrow = narrow
        self._row_height = 40 if narrow else 25  # [px]
        self._bar = (0.0, 0.42) if narrow else (-0.32, 0.32)  # beside the middle of a row
        ends = [0.0, *(end for row in self._rows for end in (row.start, row.end))]
        low, high = min(ends), max(ends)
        room = (high - low or 1.0) * (0.2 if narrow else 0.09)
        self._across = (low - room, high + room)

    @property
    def height(self) -> int:
        """Of the whole figure [px]."""
        return TITLE_HEIGHT + round(self._row_height * (self._rows[-1].y + 1)) + 8

    def drawing(self, words: Words, scale: MoneyScale) -> Drawing:
        """Everything inside the frame."""
        upward = (self._rows[-1].y + 0.5, -0.5)
        frame = Frame() if self._narrow else Frame(left=0.27)
        return (
            panel_axes(0, frame, self._across, upward)
            + self._connectors()
            + self._bars(words, scale)
            + combined(self._words_of(row, words, scale) for row in self._rows)
        )

    def _bars(self, words: Words, scale: MoneyScale) -> Drawing:
        top, bottom = self._bar
        trace = {
            "type": "bar",
            "orientation": "h",
            "x": [round(row.end - row.start, 4) for row in self._rows],
            "base": [round(row.start, 4) for row in self._rows],
            "y": [row.y for row in self._rows],
            "offset": top,
            "width": bottom - top,
            "hoverinfo": "skip",
            "marker": {
                "color": [_color(row.step, words, scale) for row in self._rows],
                "line": {"width": 0},
            },
            **axes_of(0),
        }
        return Drawing(traces=(trace,)) + self._zero()

    def _zero(self) -> Drawing:
        """The line the totals stand on; in pieces where names lie between the bars."""
        top, bottom = self._bar
        if not self._narrow:
            return self._upright(0.0, -0.5, self._rows[-1].y + 0.5, LIGHT.rule)
        return combined(
            self._upright(0.0, row.y + top, row.y + bottom, LIGHT.rule) for row in self._rows
        )

    def _connectors(self) -> Drawing:
        """From where a row ends down to where the next begins; never through a name."""
        bottom = self._bar[1]
        pairs = (pair for pair in pairwise(self._rows) if pair[1].linked)
        return combined(
            self._upright(above.end, above.y + bottom, self._stop(above, below), LIGHT.previous)
            for above, below in pairs
        )

    def _stop(self, above: Row, below: Row) -> float:
        """Where a connector ends: at the next bar, or above a name that is in the way."""
        low, high = self._across
        name = len(below.step.shown or below.step.name) * _SIGN_WIDTH
        if self._narrow and (above.end - low) / (high - low) * _NARROW_WIDTH < name:
            return above.y + self._bar[1] + _STUB
        return below.y + self._bar[0]

    def _upright(self, x: float, top: float, bottom: float, color: str) -> Drawing:
        shape = {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": x,
            "x1": x,
            "y0": top,
            "y1": bottom,
            "line": {"color": color, "width": 1},
            "layer": "below",
        }
        return Drawing(shapes=(shape,))

    def _words_of(self, row: Row, words: Words, scale: MoneyScale) -> Drawing:
        """The name of a row and, at the far end of its bar, its amount."""
        left = row.end < row.start
        middle = row.y + sum(self._bar) / 2
        name = safe(row.step.shown or row.step.name)
        return label(
            0,
            row.y - 0.22 if self._narrow else middle,
            f"<b>{name}</b>" if row.step.is_total else name,
            size=SMALL_SIZE if self._narrow else 12,
            xref="paper",
            xanchor="left",
            yanchor="middle",
        ) + label(
            row.end,
            middle,
            _written(row.step, words, scale),
            size=SMALL_SIZE,
            xanchor="right" if left else "left",
            yanchor="middle",
            xshift=-5 if left else 5,
            bgcolor=LIGHT.ground,
        )


def _written(step: Step, words: Words, scale: MoneyScale) -> str:
    """A change bears its sign; of a line added or taken off the name says which it is."""
    if step.shape is Shape.EFFECT:
        return safe(scale.written(step.amount, words, sign=True))
    amount = abs(step.amount) if step.shape is Shape.LINE else step.amount
    text = safe(scale.written(amount, words))
    return f"<b>{text}</b>" if step.is_total else text


def _color(step: Step, words: Words, scale: MoneyScale) -> str:
    if step.shape is not Shape.EFFECT:
        return LIGHT.previous if step.shape is Shape.PREVIOUS else LIGHT.actual
    if scale.written(step.amount, words, sign=True) == scale.written(0.0, words, sign=True):
        return LIGHT.muted
    return LIGHT.good if step.amount > 0 else LIGHT.bad
