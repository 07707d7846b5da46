"""Remarks on a warning and legal matters: read by everybody, written where the page is of today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from smartfin.services.record.note import close_matter, note_remark, open_matter
from smartfin.services.warning.detail import Detail
from smartfin.services.warning.noted import MattersView, RemarkRow
from smartfin.store import LONGEST_TEXT, LONGEST_TITLE
from smartfin.ui.clicks import decide
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.reader import person
from smartfin.ui.state import Selection
from smartfin.ui.tables import draw_table


def draw_remarks(remarks: Sequence[RemarkRow], detail: Detail, selection: Selection) -> None:
    """What was said of a warning, and the form to say more."""
    words = selection.words
    draw_section(words.text("remark.section"), level=3)
    if remarks:
        st.html(tag("ul", *map(_remark_markup, remarks), class_="sf-remarks"))
    else:
        draw_paragraph(words.text("remark.none"))
    if not selection.as_of:
        _draw_remark_form(detail, selection)


def _remark_markup(remark: RemarkRow) -> str:
    return tag("li", text(remark.text), " ", tag("small", text(remark.said)))


def _draw_remark_form(detail: Detail, selection: Selection) -> None:
    words = selection.words
    with st.popover(words.text("remark.new")), st.form("remark", border=False):
        said = st.text_area(words.text("remark.text"), max_chars=LONGEST_TEXT)
        if st.form_submit_button(words.text("remark.save"), type="primary"):
            about = (detail.unit, detail.rule, said, person(), detail.quarter)
            decide(selection, partial(note_remark, selection.smartfin, *about))
            st.rerun()


def draw_matters(matters: MattersView, partner: str, selection: Selection) -> None:
    """Every legal matter; a form to note one, and one to settle each that is open.

    Args:
        matters: As of the day shown.
        partner: The one the page speaks of.
        selection: Of this run.
    """
    words = selection.words
    draw_section(words.text("matter.section"))
    draw_paragraph(words.text("matter.what"))
    if matters.table:
        draw_table(matters.table, words)
    else:
        draw_paragraph(words.text("matter.none"))
    if selection.as_of:
        return
    with st.container(horizontal=True, key="matters"):
        for number, title in matters.open:
            _draw_settle(number, title, selection)
        _draw_new(matters.whose, partner, selection)


def _draw_settle(number: int, title: str, selection: Selection) -> None:
    words = selection.words
    label = plain(words.text("matter.settle", name=title))
    with (
        st.popover(label, type="tertiary", key=f"settling-{number}"),
        st.form(f"settle-{number}", border=False),
    ):
        reason = st.text_input(words.text("matter.why"), max_chars=LONGEST_TEXT)
        if st.form_submit_button(label, type="primary"):
            act = partial(close_matter, selection.smartfin, number, reason, person())
            decide(selection, act)
            st.rerun()


def _draw_new(whose: Sequence[tuple[str, str]], partner: str, selection: Selection) -> None:
    words, names = selection.words, dict(whose)
    with st.popover(words.text("matter.new")), st.form("matter", border=False):
        chosen = st.selectbox(
            words.text("select.partner"),
            list(names),
            index=list(names).index(partner),
            format_func=names.__getitem__,
        )
        title = st.text_input(words.text("matter.title"), max_chars=LONGEST_TITLE)
        about = st.text_area(words.text("matter.about"), max_chars=LONGEST_TEXT)
        percent = st.number_input(
            words.text("matter.share"), min_value=0.0, max_value=100.0, value=None, step=5.0
        )
        owner = st.text_input(words.text("matter.owner"), value=person(), max_chars=LONGEST_TITLE)
        if st.form_submit_button(words.text("remark.save"), type="primary"):
            share = None if percent is None else percent / 100
            matter = (chosen, title, about)
            decide(selection, partial(open_matter, selection.smartfin, matter, owner, share))
            st.rerun()
