"""Figures held against what was usual: a panel each, with the band they may move in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes, year_ticks
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Subject,
    band,
    combined,
    empty_figure,
    end_marker,
    figure_of,
    header,
    label,
    line,
    points,
    safe,
    title_of,
)
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.wording import DASH, Words

_HEADER, _PLOT, _TICKS = 40, 96, 34  # of a panel [px]
_ROOM = 0.15  # above and below a course, part of its height
_BESIDE = 5  # room for the newest value beside its mark [quarters]


@dataclass(frozen=True, slots=True, eq=False)
class UsualPanel:
    """One figure and what was usual.

    Args:
        title: Its name, finished words.
        frame: Columns ``value``, ``usual``, ``low`` and ``high`` [unit of the figure]; index
            ordinals, ascending; NaN undefined.
        unit: A ``Unit`` or an ISO currency code.
        digits: Decimals; None for those usual for the unit.
    """

    title: str
    frame: pd.DataFrame
    unit: str
    digits: int | None = None

    @property
    def known(self) -> pd.Series[float]:
        """The quarters that have a figure."""
        return self.frame["value"].dropna()

    def written(self, value: float, words: Words) -> str:
        """A value of it as the reader sees it."""
        return words.measure(Measure(float(value), self.unit), digits=self.digits)


def usual_figure(
    panels: Sequence[UsualPanel], subject: Subject, words: Words, *, columns: int = 3
) -> go.Figure:
    """Each figure dark over the grey band in which it counts as held, each on its own scale.

    Args:
        panels: One a figure; one without any value is left out.
        subject: Whose.
        words: Language.
        columns: Panels side by side.
    """
    known = [panel for panel in panels if not panel.known.empty]
    if not known:
        return empty_figure(title_of(subject, words.text("chart.usual.what"), ""), words)
    first, last = _span(known)
    when = words.text(
        "chart.usual.when", first=Quarter.from_ordinal(first), last=Quarter.from_ordinal(last)
    )
    title = title_of(subject, words.text("chart.usual.what"), when)
    inside = -(-len(known) // columns) * (_HEADER + _PLOT + _TICKS)
    drawing = combined(
        _panel(panel, place, _frame(place, columns, inside), (first, last), words)
        for place, panel in enumerate(known)
    )
    return figure_of(drawing, title, words, TITLE_HEIGHT + inside, bottom=0)


def usual_sentence(panels: Sequence[UsualPanel], _subject: Subject, words: Words) -> str:
    """The newest value of each figure beside what was usual, in words."""
    return " ".join(_sentence(panel, words) for panel in panels)


def _sentence(panel: UsualPanel, words: Words) -> str:
    if panel.known.empty:
        return words.text("chart.usual.alt.nothing", indicator=panel.title)
    newest, usual = int(panel.known.index[-1]), panel.frame["usual"]
    facts = {
        "indicator": panel.title,
        "value": panel.written(panel.known.iloc[-1], words),
        "quarter": Quarter.from_ordinal(newest),
    }
    if pd.isna(usual[newest]):
        return words.text("chart.usual.alt.alone", **facts)
    return words.text("chart.usual.alt", usual=panel.written(usual[newest], words), **facts)


def _span(panels: Sequence[UsualPanel]) -> tuple[int, int]:
    ordinals = [int(each) for panel in panels for each in panel.frame.index]
    return min(ordinals), max(ordinals)


def _panel(
    panel: UsualPanel, place: int, frame: Frame, span: tuple[int, int], words: Words
) -> Drawing:
    across = (span[0] - 0.5, span[1] + _BESIDE)
    axes = panel_axes(place, frame, across, _upward(panel), year_ticks(*span, 4))
    parts = panel.frame
    return (
        axes
        + header(panel.title, place)
        + band(parts["low"], parts["high"], place, color=LIGHT.band_outer)
        + line(parts["usual"], [""] * len(parts), place, color=LIGHT.previous, width=1.5)
        + line(parts["value"], _shown(panel, words), place, color=LIGHT.actual, width=2.5)
        + _end(panel, place, words)
    )


def _end(panel: UsualPanel, place: int, words: Words) -> Drawing:
    """The newest value beside its mark."""
    x, y = int(panel.known.index[-1]), float(panel.known.iloc[-1])
    return end_marker(x, y, place) + label(
        x,
        y,
        f"<b>{safe(panel.written(y, words))}</b>",
        place,
        size=SMALL_SIZE,
        xanchor="left",
        xshift=6,
    )


def _upward(panel: UsualPanel) -> tuple[float, float]:
    """Room around the course and its band: lines need no zero to be read."""
    values = panel.frame.to_numpy(dtype="float64")
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = (high - low or abs(high) or 1.0) * _ROOM
    return low - room, high + room


def _shown(panel: UsualPanel, words: Words) -> list[str]:
    """What each point says under the pointer."""
    return [
        f"{safe(panel.title)}, {words.quarter(Quarter.from_ordinal(ordinal))}: "
        f"{DASH if pd.isna(value) else safe(panel.written(value, words))}"
        for ordinal, value in points(panel.frame["value"])
    ]


def _frame(place: int, columns: int, inside: int) -> Frame:
    gap = 0.03
    width = (1 - gap * (columns - 1)) / columns
    row, column = divmod(place, columns)
    left = column * (width + gap)
    top = 1 - (row * (_HEADER + _PLOT + _TICKS) + _HEADER) / inside
    return Frame(left, left + width, top - _PLOT / inside, top)
