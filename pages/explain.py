"""Where a number comes from: its sum, the amounts in it, and the cells they were read from."""

from __future__ import annotations

from smartfin.services.provenance.explain import explain_view
from smartfin.ui.cache import seen
from smartfin.ui.explain import asked_figure, draw_back, draw_explained
from smartfin.ui.headings import draw_heading, draw_paragraph
from smartfin.ui.page import open_page
from smartfin.ui.state import Page

with open_page(Page.EXPLAIN) as selection:
    words = selection.words
    figure = asked_figure(selection)
    draw_heading(words.text("menu.explain"))
    if figure is None:
        draw_paragraph(words.text("empty.explain"))
    else:
        draw_back(words)
        draw_explained(seen(explain_view, selection, figure=figure), selection)
