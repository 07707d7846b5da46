"""Compare: any countries side by side on one scale."""

from __future__ import annotations

from smartfin.services.compare import CompareView, compare_view
from smartfin.ui.choices import choose_quarter, seen_as_asked
from smartfin.ui.comparison import Comparison, asked_comparison, draw_choices
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import draw_heading, draw_paragraph, draw_section, title_row
from smartfin.ui.notices import draw_empty, draw_notice, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.state import Page, Selection
from smartfin.ui.tables import draw_table


def draw_comparison(view: CompareView, asked: Comparison, selection: Selection) -> None:
    """The countries on one scale, then in order."""
    words = selection.words
    if view.chart is None or view.table is None:
        draw_notice(words.text("chart.empty" if asked.countries else "empty.chosen"))
        return
    draw_paragraph(view.what)
    draw_chart(view.chart, "compare", words)
    draw_section(words.text("compare.table"))
    draw_paragraph(view.delivered)
    draw_table(view.table, words)


with open_page(Page.COMPARE) as selection:
    asked = asked_comparison(selection)
    view = seen_as_asked(compare_view, selection, **asked._asdict())
    with title_row():
        draw_heading(selection.words.text("compare.title"))
        if view.quarters:
            choose_quarter(view.quarters, asked.quarter, selection.words)
    draw_synthetic(selection.words, synthetic=view.synthetic)
    if view.quarters:
        draw_choices(view, asked, selection)
        draw_comparison(view, asked, selection)
    else:
        draw_empty(selection)
