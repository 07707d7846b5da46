"""The parts every page's view is made of: finished words beside the unrounded number.

Views are frozen and complete: a page only draws them, and what is printed on paper is
made from the same views, so that screen and paper cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import pandas as pd
import plotly.graph_objects as go

from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.wording import DASH, Scale, Words

_MANY_MONTHS = 60  # beyond these a figure would only pretend to be exact


@dataclass(frozen=True, slots=True)
class Cell:
    """One shown value.

    Args:
        text: As the reader sees it; a dash when there is no value.
        value: The unrounded number; None for text and for what is undefined.
        unit: Unit or currency code of the value; empty for text.
        note: Why there is no value, or a remark; empty otherwise.
        good: Effect on the result: True good, False bad, None neutral.
        source: Address of the number (``services.figure``), by which a reader opens where it
            comes from; empty where there is nothing to open.
    """

    text: str
    value: float | None = None
    unit: str = ""
    note: str = ""
    good: bool | None = None
    source: str = ""

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
        mark: What must be known of all its figures: that they are not approved yet.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    mark: str = ""


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


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that answers one question.

    Args:
        code: Its name among the sections of the page.
        title: The question.
        sentences: The answer in words.
        charts: What shows it.
        tables: Its figures; each behind its caption where ``folded``.
        folded: Whether its tables are opened one by one.
    """

    code: str
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    folded: bool = False


def measure_cell(
    words: Words,
    measure: Measure,
    *,
    scale: Scale = "auto",
    sign: bool = False,
    digits: int | None = None,
    source: str = "",
) -> Cell:
    """A measure as a cell: its text, its number and, if there is none, why."""
    text = words.measure(measure, scale=scale, sign=sign, digits=digits)
    if measure.unit == Unit.MONTHS and abs(measure.value or 0.0) > _MANY_MONTHS:
        text = words.text("tile.many-months", months=_MANY_MONTHS)
    return Cell(
        text=text,
        value=measure.value,
        unit=measure.unit,
        note=words.reason(measure) if measure.reason else "",
        source=source,
    )


def text_cell(text: str, note: str = "") -> Cell:
    """A cell of words."""
    return Cell(text=text, note=note)


def marked_cell(words: Words, text: str, *, provisional: bool) -> Cell:
    """A cell of words, with a note where figures beside it are not approved yet."""
    return text_cell(text, approval_mark(words, provisional=provisional))


def marked_table(words: Words, table: Table, *, provisional: bool) -> Table:
    """The table, marked where its figures are not approved yet."""
    return replace(table, mark=approval_mark(words, provisional=provisional))


def marked_chart(words: Words, chart: Chart, *, provisional: bool) -> Chart:
    """The chart with the table of its numbers marked; the figure bears a mark of its own."""
    return replace(chart, table=marked_table(words, chart.table, provisional=provisional))


def approval_mark(words: Words, *, provisional: bool) -> str:
    """That figures are not approved yet, in words; empty where they are."""
    return words.text("approval.waiting-mark") if provisional else ""


def stated_cell(words: Words, amount: float | None, unit: str, source: str = "") -> Cell:
    """A figure as a workbook states it: in single units."""
    if amount is None:
        return Cell(text=DASH, unit=unit)
    return measure_cell(words, Measure(amount, unit), scale="1", source=source)


def series_table(
    words: Words,
    caption: str,
    series: Mapping[str, pd.Series[float]],
    unit: str,
    sources: Sequence[Callable[[Quarter], str]] = (),
) -> Table:
    """Series over quarters as a table, newest first.

    Args:
        words: Of the reader's language.
        caption: What it shows.
        series: Column heading to values; index ordinals, NaN undefined.
        unit: Of all values: a ``Unit`` or an ISO currency code.
        sources: Of each series, the address of its value in a quarter; none to leave out.
    """
    frame = pd.DataFrame(series).dropna(how="all").sort_index(ascending=False)
    return Table(
        caption=caption,
        columns=(words.text("column.quarter"), *series),
        rows=tuple(
            _series_row(words, Quarter.from_ordinal(int(ordinal)), row, unit, sources)
            for ordinal, row in zip(frame.index, frame.to_numpy(), strict=True)
        ),
    )


def value_cell(words: Words, value: float, unit: str, source: str = "") -> Cell:
    """One value of a series; a dash for NaN."""
    if math.isnan(value):
        return Cell(text=DASH, unit=unit)
    return measure_cell(words, Measure(float(value), unit), source=source)


def _series_row(
    words: Words,
    quarter: Quarter,
    values: Iterable[float],
    unit: str,
    sources: Sequence[Callable[[Quarter], str]],
) -> tuple[Cell, ...]:
    placed = zip_longest(values, sources) if sources else ((value, None) for value in values)
    return (
        text_cell(words.quarter(quarter)),
        *(
            value_cell(words, value, unit, source(quarter) if source else "")
            for value, source in placed
        ),
    )
