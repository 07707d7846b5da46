"""Scenarios: what becomes of a partner if it changes something, and what it takes to land."""

from __future__ import annotations

from smartfin.services.scenario.view import scenario_view
from smartfin.services.scenario.wanted import Wanted
from smartfin.ui import choices
from smartfin.ui.clicks import draw_done
from smartfin.ui.headings import draw_heading, title_row
from smartfin.ui.notices import draw_empty, draw_notice, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.saved_scenarios import draw_saved, opened_scenario
from smartfin.ui.scenarios import asked_scenario, draw_scenario
from smartfin.ui.state import Page

with open_page(Page.SCENARIOS) as selection:
    words, opened = selection.words, opened_scenario(selection)
    wanted, quarter = asked_scenario(selection, opened), choices.asked_quarter(selection)
    shown = Wanted(wanted.partner, wanted.changes)
    view = choices.seen_as_asked(scenario_view, selection, wanted=shown, quarter=quarter)
    with title_row():
        draw_heading(words.text("scenarios.title"))
        if view.quarters:
            choices.choose_partner(view.choices, view.partner, words)
            choices.choose_quarter(view.quarters, quarter, words)
    draw_done()
    draw_synthetic(words, synthetic=view.synthetic)
    if not view.quarters:
        draw_empty(selection)
    elif view.obstacle:
        draw_notice(view.obstacle)
    else:
        known = quarter if quarter in view.quarters else None
        draw_scenario(view, wanted, selection, quarter=known)
        draw_saved(selection, view.partner, wanted.changes, opened, known)
