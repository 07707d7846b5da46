"""Social balance: who kept the social project while the result changed, and who paid for it."""

from __future__ import annotations

from smartfin.services.social.view import social_view
from smartfin.ui import choices
from smartfin.ui.clicks import draw_done
from smartfin.ui.headings import draw_heading, title_row
from smartfin.ui.notices import draw_empty, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.social import draw_social
from smartfin.ui.state import Page
from smartfin.ui.votes import draw_votes

with open_page(Page.SOCIAL) as selection:
    partner, quarter = choices.asked_partner(selection), choices.asked_quarter(selection)
    view = choices.seen_as_asked(social_view, selection, partner=partner, quarter=quarter)
    with title_row():
        draw_heading(selection.words.text("social.title"))
        if view.quarters:
            choices.choose_partner(view.choices, view.partner, selection.words)
            choices.choose_quarter(view.quarters, quarter, selection.words)
    draw_done()
    draw_synthetic(selection.words, synthetic=view.synthetic)
    if view.quarters:
        draw_social(view, selection.words)
        draw_votes(selection, view.partner)
    else:
        draw_empty(selection)
