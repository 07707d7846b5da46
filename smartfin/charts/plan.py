"""Actual against budget, with absolute and relative variance."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from smartfin.analysis.variance import relative_variance
from smartfin.charts.axes import Frame, panel_axes
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Part,
    Subject,
    axes_of,
    combined,
    empty_figure,
    figure_of,
    label,
    plain,
    safe,
    title_of,
)
from smartfin.charts.look import LIGHT, NOTHING, SMALL_SIZE
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.wording import Words

_ROW = 50  # name and bars of a line [px]
_HEADER = 22  # names of the three columns [px]
_BASE, _ABSOLUTE, _RELATIVE = 0, 1, 2
_GAP = 0.07  # between the columns
_WIDEST_PIN = 1.0  # a relative variance beyond +-100 % leaves its column


def plan_figure(frame: pd.DataFrame, subject: Subject, period: str, words: Words) -> go.Figure:
    """Lines of income and cost: what happened, what was voted, and the difference.

    Args:
        frame: A row a line, top to bottom; columns line (finished words), actual, budget
            [currency], effect (+1 where more is good for the result, -1 where it is bad).
        subject: Whose.
        period: Finished words.
        words: Language.
    """
    known = _known(frame)
    scale = fitting_scale([known["actual"], known["budget"]])
    what = words.text("chart.plan.title", unit=scale.unit(subject.currency))
    title = title_of(subject, what, period)
    if known.empty:
        return empty_figure(title, words)
    inside = _HEADER + _ROW * len(known)
    ranges = _ranges(known)
    frames = _frames(ranges, inside)
    rows = (-0.5, len(known) - 0.5)
    drawing = combined(
        panel_axes(panel, frames[panel], ranges[panel], rows[::-1])
        + _heading(panel, words)
        + _spine(panel, len(known))
        for panel in (_BASE, _ABSOLUTE, _RELATIVE)
    )
    drawing += _names(known) + _base_bars(known, words, scale)
    drawing += _variances(known, words, scale) + _pins(known, words)
    return figure_of(drawing, title, words, TITLE_HEIGHT + inside + 8, right=34, bottom=8)


def plan_sentence(frame: pd.DataFrame, subject: Subject, period: str, words: Words) -> str:
    """Each line's variance, in words."""
    known = _known(frame)
    if known.empty:
        return words.text("chart.empty")
    values = [
        words.text(
            "chart.plan.alt.value",
            line=row["line"],
            actual=words.amount(row["actual"], subject.currency),
            variance=words.amount(row["actual"] - row["budget"], subject.currency, sign=True),
        )
        for _, row in known.iterrows()
    ]
    return words.text("chart.plan.alt", who=subject.name, period=period, values=words.join(values))


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(subset=["actual", "budget"]).reset_index(drop=True)


def _ranges(known: pd.DataFrame) -> list[tuple[float, float]]:
    """Ranges of the three columns; the first two share one scale."""
    amounts = pd.concat([known["actual"], known["budget"], pd.Series([0.0])])
    variances = pd.concat([known["actual"] - known["budget"], pd.Series([0.0])])
    room = (float(amounts.max()) - float(amounts.min()) or 1.0) * 0.16
    base = _with_room(amounts, room)
    absolute = _with_room(variances, room)
    shares = [abs(share) for share in _shares(known) if share is not None]
    widest = 2.6 * min(_WIDEST_PIN, max([0.1, *shares]))
    return [base, absolute, (-widest, widest)]


def _with_room(values: pd.Series[float], room: float) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low - 1.8 * room if low < 0 else 0.0, high + room)


def _frames(ranges: list[tuple[float, float]], inside: int) -> list[Frame]:
    """Columns as wide as their ranges, so that one unit is as long in both amounts."""
    relative = 0.2
    free = 1 - relative - 2 * _GAP
    spans = [high - low for low, high in ranges[:2]]
    base = free * spans[0] / sum(spans)
    top = 1 - _HEADER / inside
    return [
        Frame(0, base, 0, top),
        Frame(base + _GAP, free + _GAP, 0, top),
        Frame(1 - relative, 1, 0, top),
    ]


def _heading(panel: int, words: Words) -> Drawing:
    keys = ("chart.plan.amounts", "chart.plan.variance", "chart.plan.relative")
    axes = axes_of(panel)
    return label(
        0,
        1,
        safe(words.text(keys[panel])),
        panel,
        color=LIGHT.muted,
        size=SMALL_SIZE,
        xref=f"{axes['xaxis']} domain",
        yref=f"{axes['yaxis']} domain",
        xanchor="left",
        yanchor="bottom",
    )


def _spine(panel: int, rows: int) -> Drawing:
    """The zero line the bars stand on, row by row, so that names stay free of it."""
    axes = axes_of(panel)
    segments = (
        {
            "type": "line",
            "xref": axes["xaxis"],
            "yref": axes["yaxis"],
            "x0": 0,
            "x1": 0,
            "y0": row - 0.06,
            "y1": row + 0.46,
            "line": {"color": LIGHT.actual, "width": 1},
        }
        for row in range(rows)
    )
    return Drawing(shapes=tuple(segments))


def _names(known: pd.DataFrame) -> Drawing:
    """Each line's name above its bars."""
    return combined(
        label(
            0,
            row - 0.28,
            safe(str(name)),
            _BASE,
            xref="x domain",
            xanchor="left",
            yanchor="middle",
            xshift=4,
        )
        for row, name in enumerate(known["line"])
    )


def _bar(panel: int, values: pd.Series[float], **details: object) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "x": plain(values),
        "y": list(range(len(values))),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
        "hoverinfo": "skip",
        **axes_of(panel),
        **details,
    }


def _base_bars(known: pd.DataFrame, words: Words, scale: MoneyScale) -> Drawing:
    """Budget as an outline, actual solid before it."""
    budget = _bar(
        _BASE,
        known["budget"],
        width=0.26,
        offset=0.02,
        marker={"color": NOTHING, "line": {"color": LIGHT.actual, "width": 1.5}},
    )
    actual = _bar(
        _BASE,
        known["actual"],
        width=0.26,
        offset=0.12,
        marker={"color": LIGHT.actual, "line": {"width": 0}},
    )
    return Drawing(traces=(budget, actual)) + combined(
        _value(row, actual, budget, words, scale)
        for row, (actual, budget) in enumerate(zip(known["actual"], known["budget"], strict=True))
    )


def _value(row: int, actual: float, budget: float, words: Words, scale: MoneyScale) -> Drawing:
    """The actual amount, beyond both bars."""
    left = actual < 0
    end = min(actual, budget, 0) if left else max(actual, budget, 0)
    return label(
        end,
        row + 0.2,
        safe(scale.written(actual, words)),
        _BASE,
        xanchor="right" if left else "left",
        yanchor="middle",
        xshift=-5 if left else 5,
    )


def _variances(known: pd.DataFrame, words: Words, scale: MoneyScale) -> Drawing:
    variance = known["actual"] - known["budget"]
    bars = _bar(
        _ABSOLUTE,
        variance,
        width=0.36,
        offset=0.02,
        text=[scale.written(value, words, sign=True) for value in variance],
        textfont={"color": LIGHT.text},
        marker={"color": _effects(known), "line": {"width": 0}},
    )
    return Drawing(traces=(bars,))


def _pins(known: pd.DataFrame, words: Words) -> Drawing:
    """Relative variances as pins; n.a. where the budget is nothing or negative."""
    drawing = Drawing()
    for row, (color, share) in enumerate(zip(_effects(known), _shares(known), strict=True)):
        if share is None:
            drawing += _pin_text(row, 0, words.text("chart.plan.not-applicable"), LIGHT.muted)
            continue
        length = max(-_WIDEST_PIN, min(_WIDEST_PIN, share))
        drawing += _pin(row, length, color)
        text = words.percent_change(share)
        drawing += _pin_text(row, length, text, LIGHT.text)
    return drawing


def _shares(known: pd.DataFrame) -> list[float | None]:
    """Relative variances; None where the budget is nothing or negative."""
    return [
        relative_variance(actual, budget)
        for actual, budget in zip(known["actual"], known["budget"], strict=True)
    ]


def _pin(row: int, length: float, color: str) -> Drawing:
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [0, round(length, 4)],
        "y": [row + 0.2, row + 0.2],
        "hoverinfo": "skip",
        "line": {"color": color, "width": 2},
        "marker": {"symbol": "square", "size": [0, 7], "color": color, "opacity": 1},
        **axes_of(_RELATIVE),
    }
    return Drawing(traces=(trace,))


def _pin_text(row: int, length: float, text: str, color: str) -> Drawing:
    left = length < 0
    return label(
        length,
        row + 0.2,
        safe(text),
        _RELATIVE,
        color=color,
        xanchor="right" if left else "left",
        yanchor="middle",
        xshift=-7 if left else 7,
    )


def _effects(known: pd.DataFrame) -> list[str]:
    """The colour of each variance: its effect on the result, not its direction."""
    effects = (known["actual"] - known["budget"]) * known["effect"]
    return [
        LIGHT.good if effect > 0 else LIGHT.bad if effect < 0 else LIGHT.muted for effect in effects
    ]
