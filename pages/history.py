"""History: what was handed in, what it changed, and what was decided about it."""

from __future__ import annotations

from smartfin.services.record.history import HistoryView, history_view
from smartfin.ui.cache import seen
from smartfin.ui.changed import draw_changed
from smartfin.ui.clicks import draw_done
from smartfin.ui.headings import draw_heading, draw_section
from smartfin.ui.meetings import draw_closed, draw_meetings
from smartfin.ui.notices import draw_empty
from smartfin.ui.page import open_page
from smartfin.ui.samples import draw_samples_offer
from smartfin.ui.state import Page, Selection
from smartfin.ui.submissions import draw_submissions
from smartfin.ui.tables import draw_folded_table, draw_table


def draw_history(view: HistoryView, selection: Selection) -> None:
    """Who has delivered, what changed, everything that came in, what was decided."""
    words = selection.words
    draw_samples_offer(view.samples, selection)
    if view.deliveries:
        draw_section(view.deliveries_title)
        draw_table(view.deliveries, words)
    draw_changed(selection)
    draw_submissions(view, selection)
    draw_meetings(view.pins, selection)
    draw_closed(view.closed, view.closable, selection)
    folded = {"decisions": view.decisions, "answered": view.answered, "settled": view.settled}
    if any(folded.values()):
        draw_section(words.text("history.record"))
    for name, table in folded.items():
        if table:
            draw_folded_table(table, words.text(f"history.{name}"), words)


with open_page(Page.HISTORY) as selection:
    draw_heading(selection.words.text("history.title"))
    draw_done()
    view = seen(history_view, selection)
    if view.submissions:
        draw_history(view, selection)
    else:
        draw_empty(selection)
