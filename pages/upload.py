"""Upload: drop workbooks, see what was understood, accept them or take them back."""

from __future__ import annotations

from smartfin.ui.handback import draw_template
from smartfin.ui.headings import draw_heading, draw_paragraph
from smartfin.ui.notices import draw_notice
from smartfin.ui.page import open_page
from smartfin.ui.state import Page
from smartfin.ui.uploads import draw_drafts, draw_drop, draw_outcome, read_drafts

with open_page(Page.UPLOAD) as selection:
    words = selection.words
    draw_heading(words.text("upload.title"))
    draw_paragraph(words.text("upload.intro"))
    draw_drop(selection)
    draw_outcome(selection)
    view = read_drafts(selection)
    draw_template(view, selection)
    if not view.drafts:
        draw_notice(words.text("empty.upload"))
    draw_drafts(view, selection)
