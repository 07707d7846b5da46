"""What earlier outlooks said, beside what came true."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Subject,
    axes_of,
    combined,
    empty_figure,
    end_marker,
    figure_of,
    level_line,
    line,
    plain,
    safe,
    title_of,
)
from smartfin.charts.ends import end_labels
from smartfin.charts.look import LIGHT, NOTHING, SMALL_SIZE
from smartfin.wording import Words

BANDS = {"half": 0.5, "most": 0.8}
"""Columns of the figure of bands, with the share each band promises [fraction]."""

_HEIGHT = 220  # of the drawing [px]
_TICKS, _NARROW_TICKS = 42, 76  # under the columns [px]
_ASIDE, _NARROW_ASIDE = 0.4, 0.48  # from the middle of a pair of columns to its thin line
_NARROW_GAP = 0.1  # between pairs: two values fit above theirs
_NARROW_SIGNS = 11  # of a line under a pair
_TOP = 1.14  # room for a value above 100 %
_RIGHT = 122  # room for the names at the ends [px]


def reliability_figure(
    frame: pd.DataFrame,
    names: Sequence[str],
    subject: Subject,
    words: Words,
    *,
    narrow: bool = False,
) -> go.Figure:
    """What the probability said, hollow, beside the share that came true, solid.

    Args:
        frame: Index whole positions, a row a range of probability; columns said, happened,
            low, high [fraction] and count; low and high span where other countries would
            put what came true. NaN where no outlook gave such a probability.
        names: Finished words of each row.
        subject: Whose outlooks.
        words: Language.
        narrow: Whether words are broken into short lines, and columns stand closer.
    """
    when = words.text("chart.reliability.when")
    title = title_of(subject, words.text("chart.reliability.title"), when)
    if frame["happened"].isna().all():
        return empty_figure(title, words)
    ticks = [
        (int(place), _below(name, int(count), words, narrow=narrow))
        for place, name, count in zip(frame.index, names, frame["count"].fillna(0), strict=True)
    ]
    aside, under = (_NARROW_ASIDE, _NARROW_TICKS) if narrow else (_ASIDE, _TICKS)
    across = (int(frame.index[0]) - 0.6, int(frame.index[-1]) + 0.6)
    drawing = (
        panel_axes(0, Frame(), across, (0.0, _TOP), ticks)
        + level_line(0)
        + level_line(1, color=LIGHT.rule)
        + _columns(frame["said"], words, NOTHING)
        + _columns(frame["happened"], words, LIGHT.actual)
        + combined(_span(place + aside, low, high) for place, low, high in _spans(frame))
    )
    height = TITLE_HEIGHT + _HEIGHT + under
    figure = figure_of(drawing, title, words, height, bottom=under, narrow=narrow)
    return figure.update_layout(bargap=_NARROW_GAP) if narrow else figure


def _below(name: str, cases: int, words: Words, *, narrow: bool) -> str:
    """What stands under a pair of columns: the range, and in how many cases."""
    lines = [name, words.text("chart.reliability.cases", cases=cases)]
    if narrow:
        lines = [part for line in lines for part in wrap(line, _NARROW_SIGNS)]
    return "<br>".join(map(safe, lines))


def reliability_sentence(
    frame: pd.DataFrame, names: Sequence[str], subject: Subject, words: Words
) -> str:
    """What the figure shows, in words."""
    named = frame.assign(name=list(names)).dropna(subset=["said", "happened"])
    if named.empty:
        return words.text("chart.empty")
    values = [
        words.plural(
            "chart.reliability.alt.value",
            int(row["count"]),
            range=row["name"],
            cases=int(row["count"]),
            said=words.percent(row["said"]),
            happened=words.percent(row["happened"]),
        )
        for row in named.to_dict("records")
    ]
    return words.text("chart.reliability.alt", who=subject.name, values=words.join(values))


def bands_figure(
    frame: pd.DataFrame, subject: Subject, words: Words, *, narrow: bool = False
) -> go.Figure:
    """How much of what came true lay in the bands, by quarters ahead.

    Args:
        frame: Index quarters ahead; columns ``BANDS`` [fraction], NaN where nothing is known.
        subject: Whose outlooks.
        words: Language.
        narrow: Whether the title is broken into short lines.
    """
    when = words.text("chart.bands.when")
    title = title_of(subject, words.text("chart.bands.title"), when)
    known = frame.loc[:, list(BANDS)].dropna(how="all")
    if known.empty:
        return empty_figure(title, words)
    across = (int(frame.index[0]) - 0.4, int(frame.index[-1]) + 0.4)
    ticks = [(int(ahead), words.number(int(ahead))) for ahead in frame.index]
    drawing = panel_axes(0, Frame(), across, (0.0, _TOP), ticks) + level_line(0)
    for name, promised in BANDS.items():
        drawing += level_line(promised, color=LIGHT.rule) + _course(frame[name], words)
    drawing += _ends(known, words)
    height = TITLE_HEIGHT + _HEIGHT + 24
    return figure_of(drawing, title, words, height, right=_RIGHT, narrow=narrow)


def bands_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What the figure shows, in words."""
    known = frame.dropna(subset=list(BANDS))
    if known.empty:
        return words.text("chart.empty")
    return words.text(
        "chart.bands.alt",
        who=subject.name,
        near=words.plural("backtest.ahead", int(known.index[0])),
        far=words.plural("backtest.ahead", int(known.index[-1])),
        half_first=words.percent(known["half"].iloc[0]),
        half_last=words.percent(known["half"].iloc[-1]),
        most_first=words.percent(known["most"].iloc[0]),
        most_last=words.percent(known["most"].iloc[-1]),
    )


def _columns(shares: pd.Series[float], words: Words, fill: str) -> Drawing:
    """A row of columns with their values."""
    trace = {
        "type": "bar",
        "x": [int(place) for place in shares.index],
        "y": plain(shares),
        "text": ["" if pd.isna(share) else words.percent(share) for share in shares],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": SMALL_SIZE, "color": LIGHT.text},
        "hoverinfo": "skip",
        "marker": {"color": fill, "line": {"color": LIGHT.actual, "width": 1.5}},
        **axes_of(0),
    }
    return Drawing(traces=(trace,))


def _spans(frame: pd.DataFrame) -> list[tuple[int, float, float]]:
    """Where a span has any length."""
    known = frame.dropna(subset=["low", "high"])
    return [
        (int(place), float(low), float(high))
        for place, low, high in zip(known.index, known["low"], known["high"], strict=True)
        if high > low
    ]


def _span(x: float, low: float, high: float) -> Drawing:
    """A thin upright line beside a column."""
    shape = {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": x,
        "x1": x,
        "y0": low,
        "y1": high,
        "line": {"color": LIGHT.muted, "width": 2},
    }
    return Drawing(shapes=(shape,))


def _course(shares: pd.Series[float], words: Words) -> Drawing:
    """The line of a band, with its end."""
    known = shares.dropna()
    if known.empty:
        return Drawing()
    course = line(shares, [words.percent(share) for share in shares], width=2.5)
    return course + end_marker(int(known.index[-1]), float(known.iloc[-1]))


def _ends(known: pd.DataFrame, words: Words) -> Drawing:
    """Value and name at the end of each line."""
    last = {name: known[name].dropna() for name in BANDS}
    ends = [
        (
            float(shares.iloc[-1]),
            f"<b>{words.percent(shares.iloc[-1])}</b><br>"
            f"{safe(words.text('chart.bands.name', share=words.percent(BANDS[name])))}",
            LIGHT.text,
        )
        for name, shares in last.items()
        if len(shares)
    ]
    return end_labels(ends, int(known.index[-1]), _HEIGHT / _TOP)
