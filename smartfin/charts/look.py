"""Colours, fonts and scenario looks: one source for every figure (docs: charts notation).

Figures are drawn in ``LIGHT`` on a transparent ground. ``in_dark`` swaps each colour for
its counterpart, so that makers, caches and tests know one look only. Colour never says
alone what a mark is: scenario is fill, effect bears a sign, series are named at their end.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import Any

import plotly.graph_objects as go

FONT = "Inter, 'Source Sans 3', 'Source Sans', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
TITLE_SIZE = 14
TEXT_SIZE = 12
SMALL_SIZE = 11

NOTHING = "rgba(0,0,0,0)"

# What Streamlit hands to plotly.js: a drawing to read, not a tool to play with.
CHART_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one ground; all differ, so that one can be swapped for the other.

    Args:
        text: Titles and labels.
        muted: Second lines, ticks, what stands back.
        actual: What happened, plan outlines, forecast outlines.
        previous: Previous year and precedents.
        rule: Axis lines and other thin lines.
        band_inner: Half of the simulated futures.
        band_outer: Eight in ten of them.
        area: Space between two lines.
        good: Effect that raises the result.
        bad: Effect that lowers it.
        ground: Fill of what is outlined.
    """

    text: str
    muted: str
    actual: str
    previous: str
    rule: str
    band_inner: str
    band_outer: str
    area: str
    good: str
    bad: str
    ground: str


LIGHT = Look(
    text="#262626",
    muted="#666666",
    actual="#404040",
    previous="#949494",
    rule="#C4C4C4",
    band_inner="#C9C9C9",
    band_outer="#E3E3E3",
    area="#EDEDED",
    good="#007A87",
    bad="#C62828",
    ground="#FFFFFF",
)
DARK = Look(
    text="#F2F2F2",
    muted="#ABABAB",
    actual="#DADADA",
    previous="#8A8A8A",
    rule="#4D4D4D",
    band_inner="#555555",
    band_outer="#383838",
    area="#2C2C2C",
    good="#35B3C0",
    bad="#FF7A70",
    ground="#171717",
)

# A colour as a whole value, or in the style of a title's line.
_COLOR = re.compile(r"(?:^|(?<=;color:))#[0-9A-F]{6}\b")
_DARK_OF = dict(zip(astuple(LIGHT), astuple(DARK), strict=True))


def in_dark(figure: go.Figure) -> go.Figure:
    """The same figure for a dark ground; the one given stays as it is."""
    return go.Figure(_darkened(figure.to_plotly_json()))


def _darkened(part: Any) -> Any:
    """A part of a figure with every colour of the light look swapped."""
    if isinstance(part, dict):
        return {name: _darkened(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_darkened(value) for value in part]
    if isinstance(part, str):
        return _COLOR.sub(lambda color: _DARK_OF.get(color[0], color[0]), part)
    return part
