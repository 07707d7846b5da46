"""The outlook held against the past, on a page."""

from __future__ import annotations

from smartfin.services.backtest import BacktestPart, backtest_view
from smartfin.ui.cache import seen
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.state import Selection
from smartfin.ui.tables import draw_folded_table
from smartfin.wording import Words


def draw_backtest(selection: Selection) -> None:
    """What the outlook said in the past, beside what came true.

    It takes seconds the first time: the last thing on a page, for what stands above is seen.
    """
    words = selection.words
    draw_section(words.text("backtest.section"))
    view = seen(backtest_view, selection)
    if view.nothing:
        draw_paragraph(view.nothing)
    for place, part in enumerate(view.parts):
        _draw_part(part, place, words)


def _draw_part(part: BacktestPart, place: int, words: Words) -> None:
    for sentence in part.sentences:
        draw_paragraph(sentence)
    draw_chart(part.reliability, f"reliability-{place}", words)
    draw_chart(part.bands, f"bands-{place}", words)
    for table in (part.scores, part.eras, part.early):
        draw_folded_table(table, table.caption, words)
