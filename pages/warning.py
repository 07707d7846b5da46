"""Early warning: every flag with its figure, the closed cases, and what the past says."""

from __future__ import annotations

from smartfin.services.warning.view import warning_view
from smartfin.ui.backtest import draw_backtest
from smartfin.ui.choices import choose_quarter, seen_as_asked
from smartfin.ui.clicks import draw_done
from smartfin.ui.headings import draw_heading, title_row
from smartfin.ui.notices import draw_empty, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.precedents import draw_past, draw_precedents
from smartfin.ui.state import Page
from smartfin.ui.warning import asked_warning, draw_flags

with open_page(Page.WARNING) as selection:
    words, asked = selection.words, asked_warning(selection)
    view = seen_as_asked(warning_view, selection, chosen=asked.chosen, quarter=asked.quarter)
    with title_row():
        draw_heading(words.text("warning.title"))
        if view.quarters:
            choose_quarter(view.quarters, asked.quarter, words)
    draw_done()
    draw_synthetic(words, synthetic=view.synthetic)
    if view.quarters:
        draw_flags(view, selection)
        draw_precedents(view, asked.chosen.align, words)
        draw_past(view.past, words)
        draw_backtest(selection)
    else:
        draw_empty(selection)
