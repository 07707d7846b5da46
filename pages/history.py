"""History: every workbook ever handed in, and who has delivered."""

from __future__ import annotations

from smartfin.services.history import HistoryView, history_view
from smartfin.ui.cache import seen
from smartfin.ui.headings import draw_heading, draw_section
from smartfin.ui.notices import draw_empty
from smartfin.ui.page import open_page
from smartfin.ui.state import Page, Selection
from smartfin.ui.submissions import draw_submissions
from smartfin.ui.tables import draw_table


def draw_history(view: HistoryView, selection: Selection) -> None:
    """Who has delivered, then everything that came in."""
    words = selection.words
    if view.deliveries:
        draw_section(view.deliveries_title)
        draw_table(view.deliveries, words)
    draw_section(words.text("history.submissions"))
    draw_submissions(view.submissions, selection)
    if view.answered:
        draw_section(words.text("history.answered"))
        draw_table(view.answered, words)
    if view.settled:
        draw_section(words.text("history.settled"))
        draw_table(view.settled, words)


with open_page(Page.HISTORY) as selection:
    draw_heading(selection.words.text("history.title"))
    view = seen(history_view, selection)
    if view.submissions:
        draw_history(view, selection)
    else:
        draw_empty(selection)
