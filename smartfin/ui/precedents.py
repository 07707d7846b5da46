"""The closed cases on a page: a partner beside them, and the warnings held against the past."""

from __future__ import annotations

from smartfin.analysis.warning.precedents import Alignment
from smartfin.services.warning.past import PastView
from smartfin.services.warning.view import WarningView
from smartfin.ui import choices
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import choice_row, draw_paragraph, draw_section
from smartfin.ui.state import Key
from smartfin.ui.tables import draw_folded_table, draw_table
from smartfin.wording import Words


def draw_precedents(view: WarningView, alignment: Alignment, words: Words) -> None:
    """The partner beside the closed cases: signal by signal, path over path."""
    draw_section(words.text("precedent.section"))
    draw_paragraph(words.text("precedent.what"))
    with choice_row("beside"):
        choices.choose_partner(view.choices, view.partner, words)
        choices.choose_code(Key.ALIGN, Alignment, alignment, words)
    beside = view.beside
    if beside is None:
        return
    for sentence in filter(None, (beside.nothing or beside.how, beside.illustration)):
        draw_paragraph(sentence)
    for section in beside.sections:
        draw_section(section.title, level=3)
        for sentence in section.sentences:
            draw_paragraph(sentence)
        draw_folded_table(section.table, words.text("precedent.signals"), words)
    if beside.paths:
        draw_chart(beside.paths, "paths", words)


def draw_past(past: PastView | None, words: Words) -> None:
    """What the warnings said before the decisions, and how often they spoke in vain."""
    draw_section(words.text("hindsight.section"))
    if past is None:
        return
    for sentence in past.sentences:
        draw_paragraph(sentence)
    if past.table and past.table.rows:
        draw_table(past.table, words)
    if past.others:
        draw_folded_table(past.others, past.others.caption, words)
