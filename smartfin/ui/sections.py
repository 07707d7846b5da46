"""Sections of a page: each a question with its answer in words, drawn, and in figures."""

from __future__ import annotations

from collections.abc import Callable

from smartfin.services.country.change import Compared
from smartfin.services.view import Section
from smartfin.ui.choices import choose_windows
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import choice_row, draw_paragraph, draw_section, room_for_paragraph
from smartfin.ui.notices import draw_page_link
from smartfin.ui.state import Page
from smartfin.ui.tables import draw_folded_table, draw_table
from smartfin.wording import Words


def draw_answered(
    section: Section, compared: Compared | None, words: Words, partner: str = ""
) -> Callable[[str], None]:
    """A section from its question down to its tables.

    Args:
        section: To draw.
        compared: The windows of the bridge, chosen within its section.
        words: The reader's.
        partner: Whose page it stands on, for the way to another page about the same.

    Returns:
        Fills room for one more sentence, which is worked out when the page stands.
    """
    draw_section(section.title)
    if section.code == "change" and compared:
        with choice_row("windows"):
            choose_windows(compared, words)
    for sentence in section.sentences:
        draw_paragraph(sentence)
    if section.code == "social":
        draw_page_link(Page.SOCIAL, words.text("social.link"), partner=partner)
    fill = room_for_paragraph()
    for place, chart in enumerate(section.charts):
        draw_chart(chart, f"{section.code}-{place}", words)
    for table in section.tables:
        if section.folded:
            draw_folded_table(table, table.caption, words)
        else:
            draw_table(table, words)
    return fill
