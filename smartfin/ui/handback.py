"""Files to take along: a workbook with its remarks in place, and a blank one to fill in."""

from __future__ import annotations

import streamlit as st

from smartfin.services.handback import marked_draft, template_file_name, template_workbook
from smartfin.services.upload import DraftView, UploadView
from smartfin.ui.markup import plain
from smartfin.ui.state import Selection


def draw_marked(draft: DraftView, selection: Selection, *, several: bool) -> None:
    """The workbook back with every remark in its cell; made when it is asked for."""
    words = selection.words
    if not draft.marked_name:
        return
    label = words.text("upload.marked")
    if several:
        label = words.text("upload.marked.of", file=draft.file)
    st.download_button(
        plain(label),
        lambda: marked_draft(selection.smartfin, words, draft.id).content,
        file_name=draft.marked_name,
        mime="application/octet-stream",
        key=f"marked-{draft.id}",
        on_click="ignore",
    )


def draw_template(view: UploadView, selection: Selection) -> None:
    """For who has no workbook of his own: one per country, to fill in."""
    words, names = selection.words, dict(view.partners)
    with st.popover(words.text("upload.template")):
        st.markdown(plain(words.text("upload.template.what")))
        chosen = st.selectbox(
            words.text("select.partner"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=words.text("select.none"),
            key="template-partner",
        )
        if chosen:
            _draw_template_of(chosen, selection)


def _draw_template_of(partner: str, selection: Selection) -> None:
    words, smartfin, as_of = selection.words, selection.smartfin, selection.as_of
    st.download_button(
        plain(words.text("upload.template.get", country=words.country(partner))),
        lambda: template_workbook(smartfin, words, partner, as_of)[1],
        file_name=template_file_name(smartfin, words, partner, as_of),
        mime="application/octet-stream",
        key=f"template-{partner}",
        on_click="ignore",
    )
