"""The statement: from what is kept of the invoices down to the result, as a waterfall."""

from __future__ import annotations

import plotly.graph_objects as go

from smartfin.charts.blocks import Subject, title_of
from smartfin.charts.waterfall import waterfall_figure, waterfall_scale
from smartfin.charts.waterfall_rows import Waterfall
from smartfin.quarter import Quarter
from smartfin.wording import Words


def statement_figure(
    steps: Waterfall, quarter: Quarter, subject: Subject, words: Words, *, narrow: bool = False
) -> go.Figure:
    """From what is kept of the invoices down to the result.

    Args:
        steps: Lines and totals, top to bottom; none where a figure is missing.
        quarter: Last of the four.
        subject: Whose.
        words: Language.
        narrow: Whether names stand above their bars instead of beside them.
    """
    scale = waterfall_scale([steps])
    what = words.text("chart.statement.title", unit=scale.unit(subject.currency))
    when = words.text("chart.statement.when", first=quarter + -3, last=quarter)
    title = title_of(subject, what, when)
    return waterfall_figure([steps], title, words, narrow=narrow)


def statement_sentence(
    steps: Waterfall,
    quarter: Quarter,
    subject: Subject,
    words: Words,
) -> str:
    """The totals of the statement, in words."""
    if not steps:
        return words.text("chart.empty")
    totals = [
        words.text(
            "chart.statement.alt.total",
            name=step.name,
            amount=words.amount(step.amount, subject.currency),
        )
        for step in steps
        if step.is_total
    ]
    return words.text(
        "chart.statement.alt",
        who=subject.name,
        first=quarter + -3,
        last=quarter,
        totals=words.join(totals),
    )
