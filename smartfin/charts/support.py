"""Support voted and paid, year by year."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes, value_range
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Part,
    Subject,
    axes_of,
    empty_figure,
    figure_of,
    level_line,
    title_of,
)
from smartfin.charts.look import LIGHT, NOTHING, SMALL_SIZE
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.wording import Words

_HEIGHT = 210  # of the columns [px]
_TICKS = 30
_VOTED, _PAID = "voted", "paid"
_WIDTH = 0.36  # of a column, in years


def support_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """Two columns a year: what was voted, an outline, and what was paid, solid.

    Args:
        frame: Index years; columns voted, paid [EUR a year, NaN where unknown].
        subject: Whose.
        words: Language.
    """
    known = frame.dropna(how="all", subset=[_VOTED, _PAID])
    scale = fitting_scale([known[_VOTED], known[_PAID]])
    what = words.text("chart.support.title", unit=scale.unit(subject.currency))
    if known.empty:
        return empty_figure(title_of(subject, what, ""), words)
    first, last = (str(known.index[place]) for place in (0, -1))
    title = title_of(subject, what, words.text("chart.support.when", first=first, last=last))
    years = [int(year) for year in known.index]
    axes = panel_axes(
        0,
        Frame(),
        (years[0] - 0.6, years[-1] + 0.6),
        value_range([known[_VOTED], known[_PAID]], headroom=0.2),
        [(year, str(year)) for year in years],
    )
    drawing = axes + _columns(known, words, scale) + level_line(0, 0, color=LIGHT.actual)
    return figure_of(drawing, title, words, TITLE_HEIGHT + _HEIGHT + _TICKS, bottom=_TICKS)


def support_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What was voted and paid in each year, in words."""
    known = frame.dropna(how="all", subset=[_VOTED, _PAID])
    if known.empty:
        return words.text("chart.empty")
    values = [_year_said(int(str(year)), row, subject, words) for year, row in known.iterrows()]
    return words.text("chart.support.alt", who=subject.name, values=words.join(values))


def _year_said(year: int, row: pd.Series[float], subject: Subject, words: Words) -> str:
    """One year in words; of one that nothing was paid in yet, only what was voted."""
    voted, paid = (words.amount(float(row[name]), subject.currency) for name in (_VOTED, _PAID))
    if math.isnan(float(row[_PAID])):
        return words.text("chart.support.alt.voted", year=str(year), voted=voted)
    return words.text("chart.support.alt.value", year=str(year), voted=voted, paid=paid)


def _columns(known: pd.DataFrame, words: Words, scale: MoneyScale) -> Drawing:
    looks: tuple[tuple[str, float, Part], ...] = (
        (_VOTED, -_WIDTH / 2, {"color": NOTHING, "line": {"color": LIGHT.actual, "width": 1.5}}),
        (_PAID, _WIDTH / 2, {"color": LIGHT.actual, "line": {"width": 0}}),
    )
    return Drawing(
        traces=tuple(
            _bars(known[name].dropna(), shift, marker, words, scale)
            for name, shift, marker in looks
        )
    )


def _bars(
    series: pd.Series[float], shift: float, marker: Part, words: Words, scale: MoneyScale
) -> Part:
    return {
        "type": "bar",
        "x": [int(year) + shift for year in series.index],
        "y": [float(value) for value in series],
        "width": _WIDTH * 0.92,
        "text": [scale.written(float(value), words) for value in series],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": SMALL_SIZE, "color": LIGHT.text},
        "hoverinfo": "skip",
        "marker": marker,
        **axes_of(0),
    }
