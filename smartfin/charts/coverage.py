"""Coverage over time against 100 % and the deadline, with its outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    header,
    label,
    level_line,
    line,
    points,
    safe,
    title_of,
    upright,
)
from smartfin.charts.look import LIGHT, SMALL_SIZE, TEXT_SIZE
from smartfin.quarter import Quarter
from smartfin.wording import NBSP, Words

FAN = ("p10", "p25", "p50", "p75", "p90")

_HEADER = 36  # country and note above a panel [px]
_PLOT = 96  # a panel of the Board [px]
_TICKS = 24  # its years [px]
_OUTLOOK_HEIGHT = 340
_BESIDE = 4  # room for the deadline's name under its line [quarters]
_RECENT = 32  # quarters the Board shows, up to the deadline or the newest figure before it
_HIGHEST = 1.6  # coverage above this leaves the panel: early quarters of tiny costs


@dataclass(frozen=True, slots=True)
class CoveragePanel:
    """One partner's course.

    Args:
        partner: Code.
        coverage: TTM coverage [fraction]; index ordinals, ascending; NaN undefined.
        fan: Its outlook [fraction]; index the ordinals after the newest reported quarter,
            columns ``FAN``; None without an outlook.
        note: Finished words under the country's name.
        precedent: Whether the partner is inactive: drawn grey, as a precedent.
    """

    partner: str
    coverage: pd.Series[float]
    fan: pd.DataFrame | None = None
    note: str = ""
    precedent: bool = False

    @property
    def known(self) -> pd.Series[float]:
        """The quarters that have a figure."""
        return self.coverage.dropna()


def coverage_figure(
    panels: Sequence[CoveragePanel],
    deadline: Quarter,
    words: Words,
    *,
    columns: int = 7,
    synthetic: bool = False,
    provisional: bool = False,
) -> go.Figure:
    """All partners on one scale, a panel each, in the order given.

    Args:
        panels: Partners; one without a figure keeps its place and says so.
        deadline: Quarter by which 100 % is to be reached.
        words: Language.
        columns: Panels side by side: 7 on a laptop, 2 on a telephone.
        synthetic: Whether any figure drawn rests on made-up sample data.
        provisional: Whether any figure drawn is not approved yet.
    """
    title = _board_title(panels, deadline, words)
    title = replace(title, synthetic=synthetic, provisional=provisional)
    if all(panel.known.empty for panel in panels):
        return empty_figure(title, words)
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    inside = rows * (_HEADER + _PLOT + _TICKS)
    newest = max(int(panel.known.index[-1]) for panel in panels if not panel.known.empty)
    first = min(deadline.ordinal, newest) - _RECENT
    recent = [_since(panel, first) for panel in panels]
    across, upward = _shared_ranges(recent, deadline)
    drawing = combined(
        _panel(panel, place, deadline, words)
        + panel_axes(
            place,
            _board_frame(place, columns, inside),
            (across[0], across[1] + _BESIDE),
            upward,
            _board_ticks(across, None if panel.precedent else deadline, words),
        )
        for place, panel in enumerate(recent)
    )
    return figure_of(drawing, title, words, TITLE_HEIGHT + inside, bottom=0)


def coverage_sentence(panels: Sequence[CoveragePanel], deadline: Quarter, words: Words) -> str:
    """What the Board's figure shows, in words."""
    values = [
        words.text(
            "chart.coverage.alt.value",
            country=words.country(panel.partner),
            value=words.percent(panel.known.iloc[-1]),
            quarter=Quarter.from_ordinal(int(panel.known.index[-1])),
        )
        for panel in panels
        if not panel.known.empty
    ]
    if not values:
        return words.text("chart.empty")
    return words.text("chart.coverage.alt", values=words.join(values), deadline=deadline)


def outlook_figure(
    panel: CoveragePanel, deadline: Quarter, subject: Subject, words: Words
) -> go.Figure:
    """One partner's coverage in full, with the range in which it is expected to go on.

    Args:
        panel: Its course; a precedent is drawn without a deadline.
        deadline: Quarter by which 100 % is to be reached.
        subject: Whose.
        words: Language.
    """
    title = _outlook_title(panel, deadline, subject, words)
    if panel.known.empty:
        return empty_figure(title, words)
    aim = None if panel.precedent else deadline
    across, upward = _shared_ranges([panel], aim)
    drawing = (
        panel_axes(0, Frame(), across, upward, _outlook_ticks(across, aim, words))
        + _course(panel, 0, words)
        + _marks(0, aim)
        + _label_of_goal(words.text("chart.coverage.goal", value=words.percent(1.0)))
        + _labels_of_fan(panel, words)
    )
    return figure_of(drawing, title, words, _OUTLOOK_HEIGHT, right=118)


def outlook_sentence(
    panel: CoveragePanel, deadline: Quarter, subject: Subject, words: Words
) -> str:
    """What the outlook figure shows, in words."""
    if panel.known.empty:
        return words.text("chart.empty")
    facts = {
        "who": subject.name,
        "value": words.percent(panel.known.iloc[-1]),
        "quarter": Quarter.from_ordinal(int(panel.known.index[-1])),
    }
    if panel.fan is None or panel.fan.empty:
        return words.text("chart.outlook.alt.no-fan", **facts)
    last = panel.fan.iloc[-1]
    return words.text(
        "chart.outlook.alt",
        end=Quarter.from_ordinal(int(panel.fan.index[-1])),
        middle=words.percent(last["p50"]),
        low=words.percent(last["p10"]),
        high=words.percent(last["p90"]),
        deadline=deadline,
        **facts,
    )


def _board_title(panels: Sequence[CoveragePanel], deadline: Quarter, words: Words) -> Title:
    newest = [int(panel.known.index[-1]) for panel in panels if not panel.known.empty]
    when = words.text("chart.coverage.when.empty", deadline=deadline)
    if newest:
        last = Quarter.from_ordinal(max(newest))
        when = words.text("chart.coverage.when", last=last)
    what = words.text("chart.coverage.what")
    return Title(words.text("chart.coverage.who"), what, when)


def _outlook_title(
    panel: CoveragePanel, deadline: Quarter, subject: Subject, words: Words
) -> Title:
    board = _board_title([panel], deadline, words)
    when = board.when
    if not panel.known.empty and panel.fan is None:
        first, last = (Quarter.from_ordinal(int(panel.known.index[end])) for end in (0, -1))
        when = words.text("chart.when.trailing", first=first, last=last)
    return title_of(subject, board.what, when)


def _shared_ranges(
    panels: Sequence[CoveragePanel], deadline: Quarter | None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges that hold every panel: launch to deadline or outlook's end, zero to the highest."""
    known = [panel.known for panel in panels if not panel.known.empty]
    fans = [panel.fan for panel in panels if panel.fan is not None and not panel.fan.empty]
    first = min(int(series.index[0]) for series in known)
    ends = [int(series.index[-1]) for series in known] + [int(fan.index[-1]) for fan in fans]
    last = max(ends if deadline is None else [deadline.ordinal, *ends])
    _, high = value_range([*known, *(fan["p90"] for fan in fans), pd.Series([1.0])])
    return (first - 0.5, last + 0.5), (0.0, min(high, _HIGHEST))


def _since(panel: CoveragePanel, first: int) -> CoveragePanel:
    """A panel without the quarters up to an ordinal."""
    return replace(panel, coverage=panel.coverage.loc[panel.coverage.index > first])


def _board_frame(place: int, columns: int, inside: int) -> Frame:
    """Where a panel of the Board stands; its header is above and its years below it."""
    gap = 0.016 if columns > 2 else 0.05
    width = (1 - gap * (columns - 1)) / columns
    row, column = divmod(place, columns)
    left = column * (width + gap)
    top = 1 - (row * (_HEADER + _PLOT + _TICKS) + _HEADER) / inside
    return Frame(left, left + width, top - _PLOT / inside, top)


def _board_ticks(
    across: tuple[float, float], deadline: Quarter | None, words: Words
) -> list[tuple[float, str]]:
    """A few years, and the deadline's quarter."""
    years = year_ticks(int(across[0]) + 2, int(across[1]) - 9, 2)
    return years if deadline is None else [*years, (deadline.ordinal, words.quarter(deadline))]


def _outlook_ticks(
    across: tuple[float, float], deadline: Quarter | None, words: Words
) -> list[tuple[float, str]]:
    """The years, and the deadline by name."""
    if deadline is None:
        return year_ticks(int(across[0]) + 1, int(across[1]), 6)
    mark = words.text("chart.coverage.deadline", deadline=deadline)
    return [*year_ticks(int(across[0]) + 1, deadline.ordinal - 6, 6), (deadline.ordinal, mark)]


def _panel(panel: CoveragePanel, place: int, deadline: Quarter, words: Words) -> Drawing:
    """A panel of the Board; a precedent has no deadline, and the first names the goal."""
    goal = _marks(place, None if panel.precedent else deadline)
    named = _label_of_goal(words.percent(1.0), place) if place == 0 else Drawing()
    return _header(panel, place, words) + goal + named + _course(panel, place, words)


def _header(panel: CoveragePanel, place: int, words: Words) -> Drawing:
    """Country and note above a panel; says so where there is no figure."""
    note = panel.note if not panel.known.empty else words.text("chart.panel.empty")
    color = LIGHT.muted if panel.precedent else LIGHT.text
    return header(words.country(panel.partner), place, note=note or NBSP, color=color)


def _course(panel: CoveragePanel, place: int, words: Words) -> Drawing:
    """The line so far, its end with the value, and the outlook behind it."""
    known = panel.known
    if known.empty:
        return Drawing()
    color = LIGHT.previous if panel.precedent else LIGHT.actual
    shown = [
        f"{words.quarter(Quarter.from_ordinal(ordinal))}: {words.percent(value)}"
        for ordinal, value in points(panel.coverage)
    ]
    end, value = int(known.index[-1]), float(known.iloc[-1])
    return (
        _fan(panel, place, words)
        + line(panel.coverage, shown, place, color=color, width=2.5)
        + end_marker(end, value, place, color=color)
        + _value_label(end, value, place, words, panel.precedent)
    )


def _value_label(end: int, value: float, place: int, words: Words, precedent: bool) -> Drawing:
    """The newest value; under the line where it would lie on the 100 % line."""
    under = 0.65 < value < 1
    return label(
        end,
        value,
        f"<b>{words.percent(value)}</b>",
        place,
        color=LIGHT.muted if precedent else LIGHT.text,
        size=TEXT_SIZE,
        xanchor="center",
        yanchor="top" if under else "bottom",
        yshift=-7 if under else 7,
    )


def _fan(panel: CoveragePanel, place: int, words: Words) -> Drawing:
    """Two bands and the middle, from the newest value on."""
    if panel.fan is None or panel.fan.empty:
        return Drawing()
    end, value = panel.known.index[-1], panel.known.iloc[-1]
    start = pd.DataFrame({name: [value] for name in FAN}, index=[end])
    fan = pd.concat([start, panel.fan.loc[:, list(FAN)]])
    shown = [
        words.text(
            "chart.outlook.hover",
            quarter=Quarter.from_ordinal(ordinal),
            middle=words.percent(row["p50"]),
            low=words.percent(row["p10"]),
            high=words.percent(row["p90"]),
        )
        for ordinal, row in zip(fan.index.tolist(), fan.to_dict("records"), strict=True)
    ]
    last, middle = int(fan.index[-1]), float(fan["p50"].iloc[-1])
    return (
        band(fan["p10"], fan["p90"], place, color=LIGHT.band_outer)
        + band(fan["p25"], fan["p75"], place, color=LIGHT.band_inner)
        + upright(int(end), place, color=LIGHT.rule, dash="dot")
        + line(fan["p50"], shown, place, color=LIGHT.actual, width=1.5, dash="dot")
        + end_marker(last, middle, place, color=LIGHT.actual, fill=LIGHT.ground)
    )


def _marks(place: int, deadline: Quarter | None) -> Drawing:
    """The goal across on a floor of nothing, and the deadline upright."""
    goal = level_line(1.0, place) + level_line(0.0, place, color=LIGHT.rule)
    return goal if deadline is None else goal + upright(deadline.ordinal, place)


def _label_of_goal(text: str, place: int = 0) -> Drawing:
    return label(
        0,
        1,
        safe(text),
        place,
        color=LIGHT.muted,
        size=SMALL_SIZE,
        xref="x domain",
        xanchor="left",
        yanchor="bottom",
        yshift=1,
    )


def _labels_of_fan(panel: CoveragePanel, words: Words) -> Drawing:
    """The middle and the outer edges of the outlook at its end."""
    if panel.fan is None or panel.fan.empty:
        return Drawing()
    end, last = int(panel.fan.index[-1]), panel.fan.iloc[-1]
    middle = words.text("chart.outlook.middle", value=words.percent(last["p50"]))
    span = words.text(
        "chart.outlook.span", low=words.percent(last["p10"]), high=words.percent(last["p90"])
    )
    quiet = f'<span style="font-size:{SMALL_SIZE}px;color:{LIGHT.muted}">{safe(span)}</span>'
    return label(
        end,
        float(last["p50"]),
        f"<b>{safe(middle)}</b><br>{quiet}",
        xanchor="left",
        yanchor="middle",
        xshift=14,
    )
