"""A country: one partner in depth, down to the cell each figure was read from."""

from __future__ import annotations

from smartfin.services.country.view import CountryView, country_view, tried_line
from smartfin.ui import choices
from smartfin.ui.cache import seen
from smartfin.ui.headings import draw_heading, draw_paragraph, draw_section, title_row
from smartfin.ui.notices import draw_empty, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.sections import draw_answered
from smartfin.ui.sources import draw_sources
from smartfin.ui.state import Page, Selection
from smartfin.ui.tiles import draw_answer


def draw_story(view: CountryView, selection: Selection) -> None:
    """From the answer down to the cells."""
    words = selection.words
    draw_synthetic(words, synthetic=view.synthetic)
    if view.tile:
        draw_answer(view.tile, words)
    for sentence in view.audited:
        draw_paragraph(sentence)
    rooms = {section.code: draw_answered(section, view.compared, words, view.partner)
             for section in view.sections}  # fmt: skip
    if view.sources:
        draw_section(words.text("country.sources"))
        draw_sources(view.sources, selection.smartfin, words)
    tried = seen(tried_line, selection, partner=view.partner, quarter=view.reporting)
    rooms["outlook"](tried)


with open_page(Page.COUNTRY) as selection:
    partner, quarter = choices.asked_partner(selection), choices.asked_quarter(selection)
    asked = {"partner": partner, "quarter": quarter, "windows": choices.asked_windows(selection)}
    view = choices.seen_as_asked(country_view, selection, **asked)
    with title_row():
        draw_heading(view.title)
        if view.quarters:
            choices.choose_partner(view.choices, view.partner, selection.words)
            choices.choose_quarter(view.quarters, quarter, selection.words)
    if view.tile:
        draw_story(view, selection)
    else:
        draw_empty(selection)
