"""The parts every page's view is made of: finished words beside the unrounded number.

Views are frozen and complete: a page only draws them, and what is printed on paper is
made from the same views, so that screen and paper cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from smartfin.measure import Measure
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """One shown value.

    Args:
        text: As the reader sees it; a dash when there is no value.
        value: The unrounded number; None for text and for what is undefined.
        unit: Unit or currency code of the value; empty for text.
        note: Why there is no value, or a remark; empty otherwise.
        good: Effect on the result: True good, False bad, None neutral.
    """

    text: str
    value: float | None = None
    unit: str = ""
    note: str = ""
    good: bool | None = None

    @property
    def numeric(self) -> bool:
        """Whether it stands in a column of numbers."""
        return self.unit != ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished cells.

    Args:
        caption: What it shows, unit and period included.
        columns: Column headings.
        rows: Cells, as many in each row as there are columns; the first is the row's heading.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with the sentence and the table that say the same.

    Args:
        figure: Ready to draw.
        alt: The finding in one sentence, the text alternative.
        table: The same numbers.
        narrow: The same figure for a narrow screen; None where one serves both.
    """

    figure: go.Figure
    alt: str
    table: Table
    narrow: go.Figure | None = None


def measure_cell(
    words: Words, measure: Measure, *, scale: str = "auto", sign: bool = False
) -> Cell:
    """A measure as a cell: its text, its number and, if there is none, why."""
    return Cell(
        text=words.measure(measure, scale=scale, sign=sign),
        value=measure.value,
        unit=measure.unit,
        note=words.reason(measure) if measure.reason else "",
    )


def text_cell(text: str, note: str = "") -> Cell:
    """A cell of words."""
    return Cell(text=text, note=note)
