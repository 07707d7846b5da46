"""Board meetings pinned and reopened; quarters closed and reopened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from smartfin.quarter import Quarter
from smartfin.services.record.decide import (
    close_quarter,
    pin_meeting,
    reopen_quarter,
    unpin_meeting,
)
from smartfin.services.record.decided import ClosedRow, PinRow
from smartfin.ui.clicks import decide
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.reader import person
from smartfin.ui.state import Page, Selection, link, written

_LONGEST_NAME = 120  # signs
_LONGEST_REASON = 500


def draw_meetings(pins: Sequence[PinRow], selection: Selection) -> None:
    """Each pinned meeting with the way back to it, and the form to pin another."""
    words = selection.words
    draw_section(words.text("pins.title"))
    if not pins:
        draw_paragraph(words.text("pins.none"))
    for pin in pins:
        with st.container(horizontal=True, vertical_alignment="center", key=f"pin-{pin.id}"):
            st.html(_pin_markup(pin, selection), width="content")
            if not selection.as_of:
                _draw_unpin(pin, selection)
    if not selection.as_of:
        _draw_pin(selection)


def draw_closed(
    closed: Sequence[ClosedRow], closable: Sequence[tuple[Quarter, str]], selection: Selection
) -> None:
    """Each closed quarter, to be reopened with a reason; and the form to close another."""
    words = selection.words
    draw_section(words.text("closed.title"))
    draw_paragraph(words.text("closed.what"))
    for row in closed:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"closed-{row.quarter}"
        ):
            said = tag("strong", text(row.name)) + " " + text(row.sentence)
            st.html(tag("p", said), width="content")
            if not selection.as_of:
                _draw_reopen(row, selection)
    if closable and not selection.as_of:
        _draw_close(closable, selection)


def _pin_markup(pin: PinRow, selection: Selection) -> str:
    """The meeting as a link to the Board as it was."""
    target = link(Page.BOARD, asof=written(pin.moment))
    label = selection.words.text("pins.open", name=pin.name)
    return tag("p", tag("a", text(label), href=target), " ", tag("small", text(pin.sentence)))


def _draw_unpin(pin: PinRow, selection: Selection) -> None:
    st.button(
        plain(selection.words.text("pins.unpin", name=pin.name)),
        key=f"unpin-{pin.id}",
        type="tertiary",
        on_click=decide,
        args=(selection, partial(unpin_meeting, selection.smartfin, pin.id, person())),
    )


def _draw_pin(selection: Selection) -> None:
    words = selection.words
    with st.popover(words.text("pins.new")), st.form("pin", border=False):
        name = st.text_input(words.text("pins.name"), max_chars=_LONGEST_NAME)
        day = st.date_input(
            words.text("pins.day"), value="today", max_value="today", format="YYYY-MM-DD"
        )
        if st.form_submit_button(words.text("pins.pin"), type="primary"):
            decide(selection, partial(pin_meeting, selection.smartfin, name, day, person()))
            st.rerun()


def _draw_reopen(row: ClosedRow, selection: Selection) -> None:
    words = selection.words
    label = words.text("closed.reopen", quarter=row.quarter)
    with (
        st.popover(label, type="tertiary", key=f"reopening-{row.quarter}"),
        st.form(f"reopen-{row.quarter}", border=False),
    ):
        reason = st.text_input(words.text("closed.why"), max_chars=_LONGEST_REASON)
        if st.form_submit_button(label, type="primary"):
            act = partial(reopen_quarter, selection.smartfin, row.quarter, reason, person())
            decide(selection, act)
            st.rerun()


def _draw_close(closable: Sequence[tuple[Quarter, str]], selection: Selection) -> None:
    words, names = selection.words, dict(closable)
    with st.popover(words.text("closed.new")), st.form("close", border=False):
        chosen = st.selectbox(
            words.text("column.quarter"), list(names), format_func=names.__getitem__
        )
        if st.form_submit_button(words.text("closed.close"), type="primary"):
            decide(selection, partial(close_quarter, selection.smartfin, chosen, person()))
            st.rerun()
