"""A partner's course laid over those of the closed cases, a panel an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, known_span, panel_axes, value_range
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Subject,
    combined,
    empty_figure,
    end_marker,
    figure_of,
    header,
    label,
    level_line,
    line,
    points,
    safe,
    title_of,
    upright,
)
from smartfin.charts.ends import spread
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.measure import Measure, Unit
from smartfin.wording import DASH, Words

_HEADER, _PLOT, _TICKS = 26, 150, 30  # of a panel [px]
_APART = 14  # between the names at the ends of courses [px]
_CLEAR = 9  # from the middle of a name to a line it is not to touch [px]
_NAME_WIDTH, _NARROWEST = 80, 280  # of a name, and of a panel on the narrowest screens [px]


@dataclass(frozen=True, slots=True, eq=False)
class PathPanel:
    """One indicator of the partner and of the closed cases.

    Args:
        title: The indicator's name, finished words.
        frame: Values [fraction]; index quarters since launch, or quarters to the decision (at
            most nil); a column a partner code; NaN undefined.
        highest: Values above this leave the panel: early quarters of tiny denominators.
    """

    title: str
    frame: pd.DataFrame
    highest: float


@dataclass(frozen=True, slots=True)
class Paths:
    """What is laid over each other.

    Args:
        partner: Code of the partner looked at.
        by: ``age`` (quarters since launch) or ``distance`` (quarters to the decision, for the
            partner to its deadline).
    """

    partner: str
    by: Literal["age", "distance"]


def paths_figure(
    panels: Sequence[PathPanel], paths: Paths, subject: Subject, words: Words, *, columns: int = 2
) -> go.Figure:
    """The partner dark, each closed case grey and named at its end.

    Args:
        panels: One an indicator.
        paths: Whose, and along which axis.
        subject: The partner.
        words: Language.
        columns: Panels side by side.
    """
    title = title_of(
        subject, words.text("chart.paths.what"), words.text(f"chart.paths.by-{paths.by}")
    )
    known = [panel for panel in panels if not panel.frame.dropna(how="all").empty]
    if not known:
        return empty_figure(title, words)
    across = _across(known)
    rows = -(-len(known) // columns)
    inside = rows * (_HEADER + _PLOT + _TICKS)
    drawing = combined(
        _panel(panel, place, _frame(place, columns, inside), across, paths, words)
        for place, panel in enumerate(known)
    )
    return figure_of(drawing, title, words, TITLE_HEIGHT + inside, right=84, bottom=0)


def paths_sentence(
    panels: Sequence[PathPanel], paths: Paths, _subject: Subject, words: Words
) -> str:
    """The last value of each partner in each panel, in words."""
    sentences = [_panel_sentence(panel, paths, words) for panel in panels]
    return " ".join(filter(None, sentences)) or words.text("chart.empty")


def _panel_sentence(panel: PathPanel, paths: Paths, words: Words) -> str:
    ends = [
        words.text(
            f"chart.paths.alt.{paths.by}",
            country=words.country(str(code)),
            value=_written(float(series.iloc[-1]), words),
            quarters=abs(int(series.index[-1])),
        )
        for code in panel.frame
        if not (series := panel.frame[code].dropna()).empty
    ]
    if not ends:
        return ""
    return words.text("chart.paths.alt", indicator=panel.title, values=words.join(ends))


def _across(panels: Sequence[PathPanel]) -> tuple[int, int]:
    spans = [known_span(panel.frame).index for panel in panels]
    return min(int(span[0]) for span in spans), max(int(span[-1]) for span in spans)


def _panel(
    panel: PathPanel,
    place: int,
    frame: Frame,
    across: tuple[int, int],
    paths: Paths,
    words: Words,
) -> Drawing:
    shown = panel.frame.where(panel.frame <= panel.highest)
    upward = value_range([shown[code] for code in shown])
    step = 4 * max(1, -(-(across[1] - across[0]) // 20))
    first = -(-across[0] // step) * step
    ticks = [(age, words.number(age)) for age in range(first, across[1] + 1, step)]
    decided = upright(0, place, dash="dot") if paths.by == "distance" else Drawing()
    return (
        panel_axes(place, frame, (across[0] - 0.5, across[1] + 0.5), upward, ticks)
        + level_line(0, place, color=LIGHT.rule)
        + (level_line(1, place) if upward[1] >= 1 else Drawing())
        + decided
        + header(panel.title, place)
        + _courses(shown, place, paths, words, _PLOT / (upward[1] - upward[0]))
    )


def _courses(
    shown: pd.DataFrame, place: int, paths: Paths, words: Words, pixels_per_unit: float
) -> Drawing:
    """Every course named at its end, the partner's on top; names keep apart from each other."""
    codes = sorted((str(code) for code in shown), key=lambda code: code == paths.partner)
    known = [code for code in codes if not shown[code].dropna().empty]
    heights = [float(shown[code].dropna().iloc[-1]) * pixels_per_unit for code in known]
    beside = [
        _beside_own(shown, code, paths.partner, height, pixels_per_unit)
        for code, height in zip(known, heights, strict=True)
    ]
    moved = spread(beside, _APART)
    return combined(
        _path(shown[code], place, paths, words, round(there - height))
        for code, height, there in zip(known, heights, moved, strict=True)
    )


def _beside_own(
    shown: pd.DataFrame, code: str, own: str, height: float, pixels_per_unit: float
) -> float:
    """Where the name of a closed case stands: off the partner's own line [px]."""
    if code == own or own not in shown:
        return height
    first = int(shown[code].dropna().index[-1])
    last = first + len(shown.index) * _NAME_WIDTH // _NARROWEST
    passed = shown[own].loc[first:last].dropna() * pixels_per_unit
    if passed.empty or not passed.between(height - _CLEAR, height + _CLEAR).any():
        return height
    places = (float(passed.min()) - _CLEAR, float(passed.max()) + _CLEAR)
    return min(places, key=lambda place: abs(place - height))


def _path(series: pd.Series[float], place: int, paths: Paths, words: Words, shift: int) -> Drawing:
    code = str(series.name)
    own = code == paths.partner
    color = LIGHT.actual if own else LIGHT.previous
    newest = series.dropna()
    x, y = int(newest.index[-1]), float(newest.iloc[-1])
    name = f"{safe(words.country(code))} {safe(_written(y, words))}"
    return (
        line(series, _shown(series, paths, words), place, color=color, width=3 if own else 1.5)
        + end_marker(x, y, place, color=color)
        + label(
            x,
            y,
            f"<b>{name}</b>" if own else name,
            place,
            color=LIGHT.text if own else LIGHT.muted,
            size=SMALL_SIZE,
            xanchor="left",
            xshift=7,
            yshift=shift,
        )
    )


def _shown(series: pd.Series[float], paths: Paths, words: Words) -> list[str]:
    """What each point says under the pointer."""
    country = safe(words.country(str(series.name)))
    return [
        f"{country}, {safe(words.text(f'chart.paths.at-{paths.by}', quarters=abs(position)))}: "
        f"{DASH if pd.isna(value) else safe(_written(value, words))}"
        for position, value in points(series)
    ]


def _written(value: float, words: Words) -> str:
    return words.measure(Measure(value, Unit.FRACTION))


def _frame(place: int, columns: int, inside: int) -> Frame:
    gap = 0.14 if columns > 1 else 0.0  # names stand at the ends of lines
    width = (1 - gap * (columns - 1)) / columns
    row, column = divmod(place, columns)
    left = column * (width + gap)
    top = 1 - (row * (_HEADER + _PLOT + _TICKS) + _HEADER) / inside
    return Frame(left, left + width, top - _PLOT / inside, top)
