"""The parts figures are put together from: lines, bands, marks, labels, titles.

Every part is a ``Drawing``, plain data that adds up; ``figure_of`` makes the sum a plotly
figure. Horizontal positions of quarters are their ordinals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.look import FONT, LIGHT, NOTHING, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE
from smartfin.wording import Words

Part = dict[str, Any]

TITLE_HEIGHT = 62  # three lines and the space under them [px]
_LINE_HEIGHT = 16  # of each line more [px]
_PARTED = " · "  # what parts the last line of a title


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a figure is about.

    Args:
        name: Finished words, e.g. "Spain · Smart España".
        currency: ISO code of the amounts.
        synthetic: Whether any figure drawn rests on made-up sample data.
        provisional: Whether any figure drawn is not approved yet.
    """

    name: str
    currency: str
    synthetic: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The three lines on top: who, what in which unit, when and which scenario."""

    who: str
    what: str
    when: str
    synthetic: bool = False
    provisional: bool = False


def title_of(subject: Subject, what: str, when: str) -> Title:
    """The title of a figure about one partner, with the marks of its figures."""
    return Title(subject.name, what, when, subject.synthetic, subject.provisional)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Traces, shapes, annotations and axes that belong together."""

    traces: tuple[Part, ...] = ()
    shapes: tuple[Part, ...] = ()
    annotations: tuple[Part, ...] = ()
    axes: Mapping[str, Part] = field(default_factory=dict)

    def __add__(self, other: Drawing) -> Drawing:
        return Drawing(
            self.traces + other.traces,
            self.shapes + other.shapes,
            self.annotations + other.annotations,
            {**self.axes, **other.axes},
        )


def combined(drawings: Iterable[Drawing]) -> Drawing:
    """The sum of drawings."""
    return sum(drawings, Drawing())


def figure_of(
    drawing: Drawing,
    title: Title,
    words: Words,
    height: int,
    right: int = 8,
    bottom: int = 24,
    *,
    narrow: bool = False,
) -> go.Figure:
    """The finished figure.

    Args:
        drawing: Everything inside the frame.
        title: Three lines.
        words: Language of separators and the synthetic mark.
        height: Of the whole figure [px].
        right: Room for labels at the ends of lines [px].
        bottom: Room for the horizontal axis [px].
        narrow: Whether each part of the last line of the title has a line of its own.
    """
    lines = title.when.split(_PARTED) if narrow else [title.when]
    more = _LINE_HEIGHT * (len(lines) - 1)
    layout = {
        "template": {},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": LIGHT.text},
        "paper_bgcolor": NOTHING,
        "plot_bgcolor": NOTHING,
        "separators": words.plotly_separators,
        "height": height + more,
        "margin": {"l": 4, "r": right, "t": TITLE_HEIGHT + more, "b": bottom, "autoexpand": False},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE}, "align": "left"},
        "bargap": 0.35,
        "title": _title(title, lines, words),
        "shapes": [*drawing.shapes, *(_UNAPPROVED if title.provisional else ())],
        "annotations": list(drawing.annotations),
        **drawing.axes,
    }
    return go.Figure(data=list(drawing.traces), layout=layout)


def empty_figure(title: Title, words: Words, height: int = 180) -> go.Figure:
    """A figure that says that there is nothing to show yet."""
    note = {
        "text": words.text("chart.empty"),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "font": {"color": LIGHT.muted},
    }
    hidden = {"visible": False, "fixedrange": True}
    axes = {"xaxis": hidden, "yaxis": hidden}
    return figure_of(Drawing(annotations=(note,), axes=axes), title, words, height)


# A broken line, as around a tile: what is not approved is told from the rest without colour.
_UNAPPROVED: tuple[Part, ...] = (
    {
        "type": "line",
        "xref": "paper",
        "yref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 1,
        "y1": 1,
        "line": {"color": LIGHT.muted, "width": 1.5, "dash": "dash"},
        "layer": "above",
    },
)


def line(
    series: pd.Series[float],
    shown: Sequence[str],
    panel: int = 0,
    *,
    color: str = LIGHT.actual,
    width: float = 3,
    dash: str = "solid",
) -> Drawing:
    """A line over quarters; it breaks where a value is undefined.

    Args:
        series: Values, index the horizontal positions.
        shown: What each point says under the pointer.
        panel: Which panel it is in, from 0.
        color: Of the line.
        width: Of the line [px].
        dash: ``solid`` for what happened, ``dot`` for what is expected.
    """
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [int(position) for position in series.index],
        "y": plain(series),
        "text": list(shown),
        "hoverinfo": "text",
        "line": {"color": color, "width": width, "dash": dash, "shape": "linear"},
        **axes_of(panel),
    }
    return Drawing(traces=(trace,))


def end_marker(
    x: int, y: float, panel: int = 0, *, color: str = LIGHT.actual, fill: str | None = None
) -> Drawing:
    """The square at the end of a line; with ``fill`` of the ground for a forecast."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [round(y, 4)],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": "square",
            "size": 7,
            "color": fill or color,
            "line": {"color": color, "width": 1.5},
        },
        **axes_of(panel),
    }
    return Drawing(traces=(trace,))


def band(
    lower: pd.Series[float], upper: pd.Series[float], panel: int = 0, *, color: str
) -> Drawing:
    """The filled space between two lines on the same positions."""
    there = lower.notna() & upper.notna()
    low, high = lower[there], upper[there]
    forth = [int(position) for position in low.index]
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": forth + forth[::-1],
        "y": plain(high) + plain(low)[::-1],
        "fill": "toself",
        "fillcolor": color,
        "line": {"width": 0},
        "hoverinfo": "skip",
        **axes_of(panel),
    }
    return Drawing(traces=(trace,)) if forth else Drawing()


def level_line(
    y: float, panel: int = 0, *, color: str = LIGHT.actual, layer: str = "below"
) -> Drawing:
    """A horizontal line through a whole panel: zero, or 100 %."""
    axes = axes_of(panel)
    shape = {
        "type": "line",
        "xref": f"{axes['xaxis']} domain",
        "yref": axes["yaxis"],
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": {"color": color, "width": 1},
        "layer": layer,
    }
    return Drawing(shapes=(shape,))


def upright(x: float, panel: int = 0, *, color: str = LIGHT.actual, dash: str = "solid") -> Drawing:
    """A vertical line through a whole panel: the deadline, or the end of what is reported."""
    axes = axes_of(panel)
    shape = {
        "type": "line",
        "xref": axes["xaxis"],
        "yref": f"{axes['yaxis']} domain",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1, "dash": dash},
        "layer": "below",
    }
    return Drawing(shapes=(shape,))


def label(x: float, y: float, text: str, panel: int = 0, **details: Any) -> Drawing:
    """Words at a point of a panel, without an arrow.

    Args:
        x: Horizontal position in the panel's data.
        y: Vertical position in the panel's data.
        text: Finished words, already escaped.
        panel: Which panel, from 0.
        details: Plotly's names for anchor, shift and reference; ``color`` and ``size`` for
            the font.
    """
    axes = axes_of(panel)
    font = {"color": details.pop("color", LIGHT.text), "size": details.pop("size", TEXT_SIZE)}
    note = {
        "x": x,
        "y": y,
        "xref": axes["xaxis"],
        "yref": axes["yaxis"],
        "text": text,
        "showarrow": False,
        "font": font,
        "align": "left",
        "borderpad": 0,
        **details,
    }
    return Drawing(annotations=(note,))


def header(text: str, panel: int = 0, *, note: str = "", color: str = LIGHT.text) -> Drawing:
    """The name of a panel above it, with a quieter second line."""
    axes = axes_of(panel)
    second = f'<br><span style="font-size:{SMALL_SIZE}px;color:{LIGHT.muted}">{safe(note)}</span>'
    return label(
        0,
        1,
        f"<b>{safe(text)}</b>{second if note else ''}",
        panel,
        color=color,
        xref=f"{axes['xaxis']} domain",
        yref=f"{axes['yaxis']} domain",
        xanchor="left",
        yanchor="bottom",
    )


def axes_of(panel: int) -> Part:
    """Plotly's names of a panel's axes."""
    suffix = str(panel + 1) if panel else ""
    return {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}


def plain(series: pd.Series[float]) -> list[float | None]:
    """Values as JSON has them: rounded beyond sight, None for what is undefined."""
    return [None if pd.isna(value) else round(float(value), 4) for value in series]


def points(series: pd.Series[float]) -> list[tuple[int, float]]:
    """Position and value of each point, undefined ones as NaN."""
    positions = [int(position) for position in series.index]
    return list(zip(positions, series.astype(float).tolist(), strict=True))


def safe(text: str) -> str:
    """Words of a person as plotly prints them literally."""
    return escape(text, quote=False)


def _title(title: Title, when: Sequence[str], words: Words) -> Part:
    marks = (
        words.text("chart.synthetic") if title.synthetic else "",
        words.text("approval.waiting-mark") if title.provisional else "",
    )
    who = " · ".join(filter(None, (title.who, *marks)))
    quiet = f'<span style="font-size:{TEXT_SIZE}px;color:{LIGHT.muted}">'
    lines = (
        f"{quiet}{safe(who)}</span>",
        f"<b>{safe(title.what)}</b>",
        *(f"{quiet}{safe(line)}</span>" for line in when),
    )
    return {
        "text": "<br>".join(lines),
        "font": {"size": TITLE_SIZE, "color": LIGHT.text},
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 15, "l": 0},
    }
