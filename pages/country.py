"""A country: one partner in depth, down to the cell each figure was read from."""

from __future__ import annotations

from smartfin.services.country import CountryView, country_view
from smartfin.ui import choices
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import draw_heading, draw_paragraph, draw_section, title_row
from smartfin.ui.notices import draw_empty, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.sources import draw_sources
from smartfin.ui.state import Page, Selection
from smartfin.ui.tables import draw_table
from smartfin.ui.tiles import draw_answer


def draw_story(view: CountryView, selection: Selection) -> None:
    """From the answer down to the cells."""
    words = selection.words
    draw_synthetic(words, synthetic=view.synthetic)
    if view.tile:
        draw_answer(view.tile, words)
    for sentence in view.audited:
        draw_paragraph(sentence)
    for place, (title, chart) in enumerate(view.charts):
        draw_section(title)
        draw_chart(chart, f"story-{place}", words)
    if view.plan:
        draw_section(words.text("country.plan"))
        draw_chart(view.plan, "plan", words)
    if view.indicators:
        draw_section(words.text("country.indicators"))
        draw_table(view.indicators, words)
    if view.sources:
        draw_section(words.text("country.sources"))
        draw_sources(view.sources, selection.smartfin, words)


with open_page(Page.COUNTRY) as selection:
    partner, quarter = choices.asked_partner(selection), choices.asked_quarter(selection)
    view = choices.seen_as_asked(country_view, selection, partner=partner, quarter=quarter)
    with title_row():
        draw_heading(view.title)
        if view.quarters:
            choices.choose_partner(view.choices, view.partner, selection.words)
            choices.choose_quarter(view.quarters, quarter, selection.words)
    if view.tile:
        draw_story(view, selection)
    else:
        draw_empty(selection)
