"""The Board: who makes the deadline, who does not, how sure that is, what changed."""

from __future__ import annotations

from smartfin.services.board import BoardView, board_view, trust_line
from smartfin.ui.cache import seen
from smartfin.ui.choices import asked_quarter, choose_quarter, seen_as_asked
from smartfin.ui.figures import draw_figure, draw_numbers
from smartfin.ui.headings import (
    draw_heading,
    draw_message,
    draw_section,
    draw_sentences,
    room_for_paragraph,
    title_row,
)
from smartfin.ui.notices import draw_empty, draw_synthetic
from smartfin.ui.page import open_page
from smartfin.ui.state import Page, Selection
from smartfin.ui.tables import draw_table
from smartfin.ui.tiles import draw_group, draw_precedents, draw_tiles


def draw_board(view: BoardView, selection: Selection) -> None:
    """The answer first, then what it rests on."""
    words = selection.words
    draw_synthetic(words, synthetic=view.synthetic)
    draw_message(view.message)
    draw_tiles(view.tiles, words.text("board.partners"), words)
    if view.coverage:
        draw_figure(view.coverage, "coverage")
    draw_sentences(words.text("board.changed"), view.changes)
    trusted = room_for_paragraph()
    if view.coverage:
        draw_numbers(view.coverage, words)
    if view.precedents:
        draw_precedents(view.precedents, words.text("board.precedents"), words)
    if view.group:
        draw_group(view.group, words.text("board.group"), words)
    if view.table:
        draw_section(words.text("board.table"))
        draw_table(view.table, words)
    trusted(seen(trust_line, selection, quarter=view.reporting_quarter))


with open_page(Page.BOARD) as selection:
    quarter = asked_quarter(selection)
    view = seen_as_asked(board_view, selection, quarter=quarter)
    with title_row():
        under = " · ".join(filter(None, (view.deadline_text, view.level_text, view.delivered)))
        draw_heading(selection.words.text("board.title"), under)
        if view.choices:
            choose_quarter(view.choices, quarter, selection.words)
    if view.reporting_quarter:
        draw_board(view, selection)
    else:
        draw_empty(selection)
