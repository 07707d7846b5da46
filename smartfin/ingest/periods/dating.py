"""Figures whose heading leaves open how long they ran: a lone date, quarters that pile up.

A title or an answer may say it; otherwise it is asked. Figures at a date (stocks) need no length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from smartfin.ingest.amounts.figures import Figure
from smartfin.ingest.layout.columns import Column
from smartfin.ingest.layout.layout import Table
from smartfin.ingest.periods.cumulative import looks_cumulative
from smartfin.ingest.periods.fiscal import Calendar
from smartfin.ingest.periods.span import Span, month_start
from smartfin.ingest.reading import PeriodKind
from smartfin.items import Nature

QUARTER, CUMULATIVE, UNUSED = "quarter", "cumulative", "unused"


@dataclass(frozen=True, slots=True)
class Dated:
    """Figures with the span they cover.

    Args:
        figures: Those whose span is known.
        asked: The first one whose span must be asked for; None when all are known.
    """

    figures: list[Figure]
    asked: Figure | None = None


def dated(table: Table, figures: Sequence[Figure], answer: str, calendar: Calendar) -> Dated:
    """The figures of a table with the span they cover, where title, heading or answer say it.

    Args:
        table: Where they stand.
        figures: Of that table.
        answer: To the question of its sheet; what it says of the year is for others.
        calendar: When the year begins.
    """
    said = answer.rpartition(" ")[2]
    suspect = not table.is_cumulative and looks_cumulative(figures, calendar.starts)
    found: list[Figure] = []
    asked: Figure | None = None
    for figure in figures:
        column = figure.column
        if column.unclear and said not in (QUARTER, CUMULATIVE):
            asked = asked or (figure if said != UNUSED else None)
            continue
        is_open = column.span.start == column.span.end and not table.is_cumulative
        settled = said == QUARTER if suspect or column.unclear else not table.is_cumulative
        if figure.item.nature is Nature.STOCK or (settled and not is_open):
            found.append(figure)
        elif said in (QUARTER, CUMULATIVE) or table.is_cumulative:
            runs = table.is_cumulative or said == CUMULATIVE
            found.append(figure._replace(column=_respanned(column, calendar, runs=runs)))
        else:
            asked = asked or figure
    return Dated(found, asked)


def length_options(answer: str, asked: Figure) -> tuple[str, ...]:
    """The answers to how long figures ran; a year given before is kept in them.

    Args:
        answer: Given before to the question of the sheet.
        asked: The figure that is asked about; one under unknown words may be of no use.
    """
    options = (QUARTER, CUMULATIVE, *((UNUSED,) if asked.column.unclear else ()))
    return tuple(f"{answer} {said}".strip() for said in options)


def _respanned(column: Column, calendar: Calendar, *, runs: bool) -> Column:
    """A column whose figures run from the year's start, or cover the quarter before a date."""
    end = column.span.end
    if runs:
        start = month_start(*calendar.start_month(end.month, end.year))
        return replace(column, span=Span(start, end), kind=PeriodKind.YTD)
    start = month_start(end.year, end.month - 2)
    return replace(column, span=Span(start, end), kind=PeriodKind.QUARTER)
