"""Income against costs, quarter by quarter."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, known_span, panel_axes, quarter_ticks, value_range
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Subject,
    Title,
    axes_of,
    empty_figure,
    figure_of,
    header,
    level_line,
    plain,
    points,
    title_of,
)
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.quarter import Quarter
from smartfin.wording import Words

_ROWS = ("own_revenue", "own_costs", "result")
_HEADER = 34  # name of a row [px]
_HEIGHT = 350  # of all rows, headers included [px]
_TICKS = 40
_MOST_LABELS = 13  # columns that can each bear their value


def income_costs_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """Own revenue, own costs and the result between them, a column a quarter, on one scale.

    Args:
        frame: Index ordinals; columns own_revenue, own_costs, result [currency a quarter].
        subject: Whose.
        words: Language.
    """
    known = known_span(frame.loc[:, list(_ROWS)])
    scale = fitting_scale(known[name] for name in _ROWS)
    title = _title(known, subject, words, scale)
    if known.empty:
        return empty_figure(title, words)
    ranges = _ranges(known)
    ticks = quarter_ticks([int(ordinal) for ordinal in known.index], words)
    across = (int(known.index[0]) - 0.7, int(known.index[-1]) + 0.7)
    drawing = Drawing()
    for panel, (name, position) in enumerate(zip(_ROWS, _frames(ranges), strict=True)):
        axes = panel_axes(panel, position, across, ranges[panel], ticks if name == "result" else ())
        heading = header(words.text(f"chart.income-costs.{name}"), panel)
        drawing += axes + heading + _columns(known[name], panel, words, scale, name == "result")
    return figure_of(drawing, title, words, TITLE_HEIGHT + _HEIGHT + _TICKS, bottom=_TICKS)


def income_costs_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What the columns show, in words."""
    known = frame.dropna(subset=list(_ROWS))
    if known.empty:
        return words.text("chart.empty")
    last = known.iloc[-1]
    return words.text(
        "chart.income-costs.alt",
        who=subject.name,
        quarter=Quarter.from_ordinal(int(known.index[-1])),
        revenue=words.amount(last["own_revenue"], subject.currency),
        costs=words.amount(last["own_costs"], subject.currency),
        result=words.amount(last["result"], subject.currency),
    )


def _title(known: pd.DataFrame, subject: Subject, words: Words, scale: MoneyScale) -> Title:
    what = words.text("chart.income-costs.title", unit=scale.unit(subject.currency))
    if known.empty:
        return title_of(subject, what, "")
    first, last = (Quarter.from_ordinal(int(known.index[place])) for place in (0, -1))
    when = words.text("chart.when.quarters", first=first, last=last)
    return title_of(subject, what, when)


def _ranges(known: pd.DataFrame) -> list[tuple[float, float]]:
    """Ranges of the rows, each with the same room for its values; none is empty."""
    exact = [value_range([known[name].fillna(0)], headroom=0) for name in _ROWS]
    room = max(high - low for low, high in exact) * 0.19 or 1.0
    return [
        (low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0)
        for low, high in exact
    ]


def _frames(ranges: list[tuple[float, float]]) -> list[Frame]:
    """Rows one under the other, each as high as its range: one scale for all."""
    heading = _HEADER / _HEIGHT
    per_unit = (1 - len(ranges) * heading) / sum(high - low for low, high in ranges)
    frames, top = [], 1.0
    for low, high in ranges:
        top -= heading
        bottom = max(0.0, top - (high - low) * per_unit)
        frames.append(Frame(0, 1, bottom, top))
        top = bottom
    return frames


def _columns(
    series: pd.Series[float], panel: int, words: Words, scale: MoneyScale, effect: bool
) -> Drawing:
    """One row of columns with their values; coloured by sign where it is an effect."""
    colors = LIGHT.actual if not effect else [LIGHT.bad if v < 0 else LIGHT.good for v in series]
    trace = {
        "type": "bar",
        "x": [int(ordinal) for ordinal in series.index],
        "y": plain(series),
        "text": _values(series, words, scale),
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": SMALL_SIZE, "color": LIGHT.text},
        "hovertext": [
            f"{words.quarter(Quarter.from_ordinal(ordinal))}: {scale.written(value, words)}"
            for ordinal, value in points(series)
        ],
        "hoverinfo": "text",
        "marker": {"color": colors, "line": {"width": 0}},
        **axes_of(panel),
    }
    return Drawing(traces=(trace,)) + level_line(0, panel, color=LIGHT.actual)


def _values(series: pd.Series[float], words: Words, scale: MoneyScale) -> list[str]:
    """The value of each column; of many columns only the last, the highest and the lowest."""
    known = series.dropna()
    chosen = set(known.index)
    if len(known) > _MOST_LABELS:
        chosen = {known.index[-1], known.idxmax(), known.idxmin()}
    return [
        scale.written(value, words) if ordinal in chosen else ""
        for ordinal, value in points(series)
    ]
