"""Countries on one scale: up to three lines together, more as small multiples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, known_span, panel_axes, value_range, year_ticks
from smartfin.charts.blocks import (
    TITLE_HEIGHT,
    Drawing,
    Title,
    axes_of,
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
)
from smartfin.charts.ends import end_labels
from smartfin.charts.look import LIGHT
from smartfin.charts.scale import MoneyScale, fitting_scale
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.wording import DASH, Words

LOCAL = "local"  # unit of money where each country keeps its own currency
_MOST_TOGETHER = 3
_HEIGHT = 300  # of lines drawn together [px]
_HEADER, _PLOT, _TICKS = 24, 120, 26  # of a panel [px]
_DIGITS = {Unit.FTE: 1, Unit.MONTHS: 1, Unit.YEARS: 1, Unit.SCORE: 2}  # of values; others none
_STYLES = ((LIGHT.actual, 3.0), (LIGHT.previous, 3.0), (LIGHT.actual, 1.2))


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared.

    Args:
        title: The indicator's name, finished words.
        unit: A ``Unit``, an ISO currency code, or ``LOCAL``.
        axis: Whether positions are quarters (ordinals) or quarters since launch.
        precedents: Codes of inactive partners, drawn grey.
        synthetic: Whether any figure drawn rests on made-up sample data.
        provisional: Whether any figure drawn is not approved yet.
        currencies: Code to ISO currency where the unit is ``LOCAL``: one scale for several
            currencies would say nothing, so each country then has its own.
    """

    title: str
    unit: str
    axis: Literal["calendar", "launch"]
    precedents: AbstractSet[str] = field(default_factory=frozenset)
    synthetic: bool = False
    provisional: bool = False
    currencies: Mapping[str, str] = field(default_factory=dict)


def compare_figure(
    frame: pd.DataFrame, compared: Compared, words: Words, *, columns: int = 4
) -> go.Figure:
    """Countries over time on one scale.

    Args:
        frame: Index ordinals or quarters since launch; a column a partner code, in the
            group's order; NaN undefined.
        compared: What the values are.
        words: Language.
        columns: Panels side by side, where there are panels.
    """
    known = known_span(frame.dropna(how="all", axis="columns"))
    title = _title(known, compared, words)
    if known.empty:
        return empty_figure(title, words)
    if len(known.columns) <= _MOST_TOGETHER and compared.unit != LOCAL:
        return _together(known, compared, title, words)
    return _apart(known, compared, title, words, columns)


def compare_sentence(frame: pd.DataFrame, compared: Compared, words: Words) -> str:
    """The newest value of each country, the highest first where they compare, in words."""
    newest = frame.ffill().iloc[-1].dropna() if len(frame) else pd.Series(dtype=float)
    if newest.empty:
        return words.text("chart.empty")
    if compared.unit != LOCAL:
        newest = newest.sort_values(ascending=False)
    values = [
        words.text(
            "chart.compare.alt.value",
            country=words.country(str(code)),
            value=_writer(frame, compared, words, str(code))(value),
        )
        for code, value in newest.items()
    ]
    what = _measure_and_unit(frame, compared, words)
    return words.text("chart.compare.alt", indicator=what, values=words.join(values))


def _title(known: pd.DataFrame, compared: Compared, words: Words) -> Title:
    who = words.text("chart.compare.who")
    if not known.empty and len(known.columns) <= _MOST_TOGETHER:
        who = words.join([words.country(str(code)) for code in known.columns])
    what = _measure_and_unit(known, compared, words)
    when = _when(known, compared, words)
    return Title(who, what, when, compared.synthetic, compared.provisional)


def _measure_and_unit(known: pd.DataFrame, compared: Compared, words: Words) -> str:
    unit = _unit_in_title(known, compared, words)
    return f"{compared.title}, {unit}" if unit else compared.title


def _when(known: pd.DataFrame, compared: Compared, words: Words) -> str:
    if known.empty:
        return ""
    if compared.axis == "launch":
        return words.text("chart.when.since-launch")
    first, last = (Quarter.from_ordinal(int(known.index[place])) for place in (0, -1))
    return words.text("chart.when.quarters", first=first, last=last)


def _unit_in_title(known: pd.DataFrame, compared: Compared, words: Words) -> str:
    """The unit where the values do not bear it themselves."""
    if compared.unit == LOCAL:
        return words.text("chart.unit.local")
    if compared.unit in set(Unit):
        return words.text(f"chart.unit.{compared.unit}")
    return _scale(known).unit(compared.unit)


def _scale(known: pd.DataFrame) -> MoneyScale:
    return fitting_scale([known[code] for code in known])


def _writer(
    known: pd.DataFrame, compared: Compared, words: Words, code: str
) -> Callable[[float], str]:
    """How a country's value is written at its mark: with its unit where the title has none."""
    if compared.unit == LOCAL:
        return lambda value: words.amount(float(value), compared.currencies[code])
    if compared.unit in set(Unit):
        if compared.unit in (Unit.FRACTION, Unit.PERCENT, Unit.MULTIPLE):
            return lambda value: words.measure(Measure(float(value), compared.unit))
        digits = _DIGITS.get(Unit(compared.unit), 0)
        return lambda value: words.number(float(value), digits)
    scale = _scale(known)
    return lambda value: scale.written(float(value), words)


def _together(known: pd.DataFrame, compared: Compared, title: Title, words: Words) -> go.Figure:
    """Up to three lines in one panel, told apart by weight and named at their end."""
    upward = value_range([known[code] for code in known])
    first, last = int(known.index[0]), int(known.index[-1])
    drawing = panel_axes(
        0, Frame(), (first - 0.5, last + 0.5), upward, _ticks(known, compared, words, 6)
    )
    drawing += level_line(0)
    ends = []
    for place, code in enumerate(known):
        written = _writer(known, compared, words, str(code))
        color, width = _STYLES[place]
        series = known[code]
        newest = series.dropna()
        drawing += line(series, _shown(series, compared, written, words), color=color, width=width)
        drawing += end_marker(int(newest.index[-1]), float(newest.iloc[-1]), color=color)
        text = f"<b>{safe(written(newest.iloc[-1]))}</b><br>{safe(words.country(str(code)))}"
        ends.append((float(newest.iloc[-1]), text, LIGHT.text))
    drawing += end_labels(ends, last, _HEIGHT / (upward[1] - upward[0]))
    height = TITLE_HEIGHT + _HEIGHT + _TICKS
    return figure_of(drawing, title, words, height, right=112, bottom=_TICKS)


def _apart(
    known: pd.DataFrame, compared: Compared, title: Title, words: Words, columns: int
) -> go.Figure:
    """A panel a country; on one scale, with the others in the background, where they compare."""
    own_scale = compared.unit == LOCAL
    columns = min(columns, len(known.columns))
    inside = -(-len(known.columns) // columns) * (_HEADER + _PLOT + _TICKS)
    upward = value_range([known[code] for code in known])
    across = (int(known.index[0]) - 1.5, int(known.index[-1]) + 1.5)
    ticks = _ticks(known, compared, words, 4)
    drawing = combined(
        panel_axes(
            place,
            _frame(place, columns, inside),
            across,
            value_range([known[code]]) if own_scale else upward,
            ticks,
        )
        + level_line(0, place, color=LIGHT.rule)
        + (Drawing() if own_scale else _others(known.drop(columns=code), place))
        + _panel(known[code], place, compared, _writer(known, compared, words, str(code)), words)
        for place, code in enumerate(known)
    )
    return figure_of(drawing, title, words, TITLE_HEIGHT + inside, right=26, bottom=0)


def _panel(
    series: pd.Series[float],
    place: int,
    compared: Compared,
    written: Callable[[float], str],
    words: Words,
) -> Drawing:
    code = str(series.name)
    grey = code in compared.precedents
    color = LIGHT.previous if grey else LIGHT.actual
    newest = series.dropna()
    x, y = int(newest.index[-1]), float(newest.iloc[-1])
    shown = _shown(series, compared, written, words)
    return (
        header(words.country(code), place, color=LIGHT.muted if grey else LIGHT.text)
        + line(series, shown, place, color=color, width=2.5)
        + end_marker(x, y, place, color=color)
        + label(
            x,
            y,
            f"<b>{safe(written(y))}</b>",
            place,
            color=LIGHT.muted if grey else LIGHT.text,
            yanchor="bottom",
            yshift=6,
        )
    )


def _others(others: pd.DataFrame, place: int) -> Drawing:
    """All other countries as one pale trace, broken between them."""
    positions: list[int | None] = []
    values: list[float | None] = []
    for code in others:
        known = others[code].dropna()
        positions += [*(int(position) for position in known.index), None]
        values += [*(float(f"{value:.3g}") for value in known), None]
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": positions,
        "y": values,
        "hoverinfo": "skip",
        "line": {"color": LIGHT.band_outer, "width": 1},
        **axes_of(place),
    }
    return Drawing(traces=(trace,))


def _frame(place: int, columns: int, inside: int) -> Frame:
    gap = 0.03 if columns > 2 else 0.08
    width = (1 - gap * (columns - 1)) / columns
    row, column = divmod(place, columns)
    left = column * (width + gap)
    top = 1 - (row * (_HEADER + _PLOT + _TICKS) + _HEADER) / inside
    return Frame(left, left + width, top - _PLOT / inside, top)


def _ticks(
    known: pd.DataFrame, compared: Compared, words: Words, most: int
) -> Sequence[tuple[float, str]]:
    """Years, or ages in whole years written in quarters."""
    first, last = int(known.index[0]), int(known.index[-1])
    if compared.axis == "calendar":
        return year_ticks(first + 1, last, most)
    step = 4 * max(1, -(-(last - first) // (4 * most)))
    return [(age, words.number(age)) for age in range(first, last + 1, step)]


def _shown(
    series: pd.Series[float], compared: Compared, written: Callable[[float], str], words: Words
) -> list[str]:
    """What each point says under the pointer."""
    country = safe(words.country(str(series.name)))
    return [
        f"{country}, {_position(position, compared, words)}: "
        f"{DASH if pd.isna(value) else safe(written(value))}"
        for position, value in points(series)
    ]


def _position(position: int, compared: Compared, words: Words) -> str:
    if compared.axis == "calendar":
        return words.quarter(Quarter.from_ordinal(position))
    return words.plural("chart.compare.age", position)
