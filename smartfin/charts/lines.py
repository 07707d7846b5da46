"""Lines of money over quarters on one scale, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes, value_range, year_ticks
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Subject,
    Title,
    band,
    combined,
    empty_figure,
    end_marker,
    figure_of,
    level_line,
    line,
    points,
    safe,
    title_of,
)
from smartfin.charts.ends import end_labels
from smartfin.charts.look import LIGHT
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.quarter import Quarter
from smartfin.wording import Words

_HEIGHT = 230  # of the drawing [px]
_BOTTOM = 24
_RIGHT = 122  # room for the names at the ends [px]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a figure.

    Args:
        series: Amounts; index ordinals, NaN undefined.
        name: Finished words.
        color: Of the line.
        width: Of the line [px].
        expected: Whether it is simulated: dotted, its end hollow.
    """

    series: pd.Series[float]
    name: str
    color: str = LIGHT.actual
    width: float = 3
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """Message keys of a figure's title.

    Args:
        what: Second line; fact unit.
        when: Third line; facts first and last.
    """

    what: str
    when: str


def money_lines_figure(
    lines: Sequence[MoneyLine],
    naming: Naming,
    subject: Subject,
    words: Words,
    *,
    filled: bool = False,
) -> go.Figure:
    """Lines over quarters with zero in sight.

    Args:
        lines: The most important first; it is drawn on top.
        naming: Message keys of the title.
        subject: Whose.
        words: Language.
        filled: Whether the space between the first two lines is a quantity of its own.
    """
    known = [part for part in lines if part.series.notna().any()]
    scale = fitting_scale(part.series for part in lines)
    title = _title(known, naming, subject, words, scale)
    if not known:
        return empty_figure(title, words)
    first, last = _span(known)
    upward = value_range([part.series for part in known])
    drawing = panel_axes(0, Frame(), (first - 0.5, last + 0.5), upward, year_ticks(first, last, 6))
    if filled and len(known) > 1:
        drawing += band(known[0].series, known[1].series, color=LIGHT.area)
    drawing += level_line(0, layer="above")
    drawing += combined(_line(part, subject, words) for part in reversed(known))
    drawing += _ends(known, subject, words, scale, _HEIGHT / (upward[1] - upward[0]))
    height = TITLE_HEIGHT + _HEIGHT + _BOTTOM
    return figure_of(drawing, title, words, height, right=_RIGHT, bottom=_BOTTOM)


def _title(
    known: Sequence[MoneyLine], naming: Naming, subject: Subject, words: Words, scale: MoneyScale
) -> Title:
    what = words.text(naming.what, unit=scale.unit(subject.currency))
    if not known:
        return title_of(subject, what, "")
    first, last = (Quarter.from_ordinal(ordinal) for ordinal in _span(known))
    when = words.text(naming.when, first=first, last=last)
    return title_of(subject, what, when)


def _span(known: Sequence[MoneyLine]) -> tuple[int, int]:
    """First and last quarter with any value."""
    indices = [part.series.dropna().index for part in known]
    return min(int(index[0]) for index in indices), max(int(index[-1]) for index in indices)


def _line(part: MoneyLine, subject: Subject, words: Words) -> Drawing:
    shown = [
        f"{safe(part.name)}, {words.quarter(Quarter.from_ordinal(ordinal))}: "
        f"{words.amount(value, subject.currency)}"
        for ordinal, value in points(part.series)
    ]
    known = part.series.dropna()
    dash, fill = ("dot", LIGHT.ground) if part.expected else ("solid", None)
    course = line(part.series, shown, color=part.color, width=part.width, dash=dash)
    end = int(known.index[-1]), float(known.iloc[-1])
    return course + end_marker(*end, color=part.color, fill=fill)


def _ends(
    known: Sequence[MoneyLine], subject: Subject, words: Words, scale: MoneyScale, pixels: float
) -> Drawing:
    """Value and name at the end of each line."""
    ends = []
    for part in known:
        value = float(part.series.dropna().iloc[-1])
        text = f"<b>{scale.written(value, words)}</b><br>{safe(part.name)}"
        ends.append((value, text, LIGHT.text if part is known[0] else LIGHT.muted))
    return end_labels(ends, _span(known)[1], pixels)
