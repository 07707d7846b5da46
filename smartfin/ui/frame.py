"""The frame around every page: menu, language, as-of day above; version below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import streamlit as st

from smartfin import __version__
from smartfin.services.frame import FrameView, Meeting
from smartfin.store import Basis
from smartfin.ui.markup import hidden, plain, tag, text
from smartfin.ui.state import Key, Page, address_to, bound, link, written
from smartfin.wording import LANGUAGES, Words, native_name

_FIRST_DAY = date(2008, 1, 1)


def draw_header(
    page: Page, words: Words, as_of: date | None, frame: FrameView, basis: Basis | None
) -> None:
    """Name, menu, languages, as-of day and basis, in one row where there is room.

    Args:
        page: Which.
        words: The reader's.
        as_of: Day whose knowledge is shown; None for today's.
        frame: What the frame says.
        basis: Which figures count, where that can be chosen; else None.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="frame"):
        st.html(tag("a", "smartfin", class_="sf-brand", href=link(Page.BOARD)), width="content")
        for entry in filter(lambda each: each.in_menu, Page):
            _draw_entry(entry, words, here=entry is page)
        if basis:
            _draw_basis(words, basis)
        _draw_as_of(words, as_of, frame)
        st.html(_languages(words), width="content")


def _draw_entry(entry: Page, words: Words, *, here: bool) -> None:
    label = words.text(f"menu.{entry}")
    if here:
        st.html(tag("span", text(label), class_="sf-here", aria_current="page"), width="content")
    else:
        st.page_link(entry.script, label=label, query_params=dict(address_to(entry)))


def _draw_basis(words: Words, basis: Basis) -> None:
    st.segmented_control(
        words.text("select.basis"),
        [Basis.APPROVED, Basis.ACCEPTED],
        required=True,
        format_func=lambda code: words.text(f"basis.{code}"),
        label_visibility="collapsed",
        width="content",
        **bound(Key.BASIS, basis, default=Basis.APPROVED),
    )


def _draw_as_of(words: Words, as_of: date | None, frame: FrameView) -> None:
    today = datetime.now(UTC).date()
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    with st.popover(plain(frame.as_of_text), type="tertiary"):
        st.date_input(
            words.text("frame.asof.label"),
            value=None,
            min_value=_FIRST_DAY,
            max_value=max(today, day or today),
            format="YYYY-MM-DD",
            **bound(Key.AS_OF, day),
        )
        st.caption(words.text("frame.asof.help"))
        if frame.meetings:
            st.html(_meetings(frame.meetings, as_of, words))


def _meetings(meetings: Iterable[Meeting], as_of: date | None, words: Words) -> str:
    """The pinned meetings, each a link to what was known then."""
    entries = (tag("li", _meeting(meeting, here=meeting.as_of == as_of)) for meeting in meetings)
    heading = tag("h2", text(words.text("frame.asof.pins")))
    return tag("nav", heading, tag("ul", *entries), class_="sf-meetings")


def _meeting(meeting: Meeting, *, here: bool) -> str:
    if here:
        return tag("span", text(meeting.label), class_="sf-here", aria_current="true")
    return tag("a", text(meeting.label), href=link(asof=written(meeting.as_of)))


def _languages(words: Words) -> str:
    """The languages; each is a link that loads the page anew, so that its ``lang`` follows."""
    entries = (_language(code, words) for code in LANGUAGES)
    return tag("nav", *entries, class_="sf-languages", aria_label=words.text("frame.language"))


def _language(code: str, words: Words) -> str:
    shown = tag("span", code.upper(), aria_hidden="true") + hidden(native_name(code))
    if code == words.language:
        return tag("span", shown, class_="sf-here", aria_current="true")
    return tag("a", shown, href=link(lang=code), lang=code, hreflang=code)


def draw_waiting(words: Words, waiting: str) -> None:
    """How many submissions wait for approval, and the way to them."""
    if waiting:
        way = tag("a", text(words.text("approval.open")), href=link(Page.HISTORY))
        st.html(tag("p", text(waiting), " ", way, class_="sf-notice sf-waiting", role="status"))


def draw_looking_back(page: Page, words: Words, as_of: date) -> None:
    """Says that the page is of another day, or cannot be, and the way back."""
    back = tag("a", text(words.text("frame.asof.back")), href=link(asof=None))
    key = "upload.looking-back" if page is Page.UPLOAD else "frame.asof.banner"
    sentence = text(words.text(key, day=as_of))
    st.html(tag("p", sentence, " ", back, class_="sf-notice sf-asof", role="status"))


def draw_footer(words: Words) -> None:
    """What this is and which version."""
    st.html(
        tag("footer", text(words.text("frame.footer", version=__version__)), class_="sf-footer")
    )
