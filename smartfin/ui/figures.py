"""Charts on a page: the figure, its sentence for who cannot see it, its numbers as a table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from smartfin.charts import CHART_CONFIG, in_dark
from smartfin.services.view import Chart
from smartfin.ui.tables import draw_folded_table
from smartfin.wording import Words

_KEPT = 256  # finished figures


def draw_chart(chart: Chart, name: str, words: Words) -> None:
    """A chart with its numbers below it.

    Args:
        chart: To draw.
        name: Of the chart on its page.
        words: The reader's.
    """
    draw_figure(chart, name)
    draw_numbers(chart, words)


def draw_figure(chart: Chart, name: str) -> None:
    """The figure alone, in the form that suits the screen."""
    if chart.narrow is None:
        _draw_figure(chart.figure, chart.alt, name)
        return
    with st.container(key=f"wide-{name}"):
        _draw_figure(chart.figure, chart.alt, f"{name}-wide")
    with st.container(key=f"narrow-{name}"):
        _draw_figure(chart.narrow, chart.alt, f"{name}-narrow")


def draw_numbers(chart: Chart, words: Words) -> None:
    """The numbers of a figure, behind a title."""
    draw_folded_table(chart.table, words.text("frame.numbers"), words)


def _draw_figure(figure: go.Figure, alt: str, key: str) -> None:
    dark = st.context.theme.type == "dark"
    finished = _finished(_Itself(figure), dark=dark)
    st.plotly_chart(finished, theme=None, config=CHART_CONFIG, alt=alt, key=key)


class _Finished(go.Figure):  # type: ignore[misc]  # plotly brings no types
    """A figure nobody changes any more, whose dictionary is made once.

    Streamlit asks for it on each run; making it was half of what a run cost.
    """

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self._dictionary: dict[str, Any] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Data and layout, ready to be written as JSON."""
        return self._dictionary


class _Itself:
    """A figure told from others by which one it is, not by what it shows.

    Views are kept and shown again, so the same figure comes back on each run.
    """

    __slots__ = ("figure",)

    def __init__(self, figure: go.Figure) -> None:
        self.figure = figure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.figure is self.figure

    def __hash__(self) -> int:
        return id(self.figure)


@lru_cache(maxsize=_KEPT)
def _finished(drawn: _Itself, *, dark: bool) -> go.Figure:
    return _Finished(in_dark(drawn.figure) if dark else drawn.figure)
