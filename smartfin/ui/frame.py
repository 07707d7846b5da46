"""The frame around every page: menu, language, as-of day above; version below."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from smartfin import __version__
from smartfin.ui.markup import hidden, tag, text
from smartfin.ui.state import Key, Page, address_now, bound, link
from smartfin.wording import LANGUAGES, Words, native_name

_FIRST_DAY = date(2008, 1, 1)


def draw_header(page: Page, words: Words, as_of: date | None) -> None:
    """Name, menu, languages and as-of day, in one row where there is room."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="frame"):
        st.html(tag("a", "smartfin", class_="sf-brand", href=link(Page.BOARD)), width="content")
        for entry in Page:
            _draw_entry(entry, words, here=entry is page)
        _draw_as_of(words, as_of)
        st.html(_languages(words), width="content")


def _draw_entry(entry: Page, words: Words, *, here: bool) -> None:
    label = words.text(f"menu.{entry}")
    if here:
        st.html(tag("span", text(label), class_="sf-here", aria_current="page"), width="content")
    else:
        st.page_link(entry.script, label=label, query_params=dict(address_now()))


def _draw_as_of(words: Words, as_of: date | None) -> None:
    label = words.text("frame.asof.chosen", day=as_of) if as_of else words.text("frame.asof.today")
    today = datetime.now(UTC).date()
    with st.popover(label, type="tertiary"):
        st.date_input(
            words.text("frame.asof.label"),
            value=None,
            min_value=_FIRST_DAY,
            max_value=max(today, as_of or today),
            format="YYYY-MM-DD",
            **bound(Key.AS_OF, as_of),
        )
        st.caption(words.text("frame.asof.help"))


def _languages(words: Words) -> str:
    """The languages; each is a link that loads the page anew, so that its ``lang`` follows."""
    entries = (_language(code, words) for code in LANGUAGES)
    return tag("nav", *entries, class_="sf-languages", aria_label=words.text("frame.language"))


def _language(code: str, words: Words) -> str:
    shown = tag("span", code.upper(), aria_hidden="true") + hidden(native_name(code))
    if code == words.language:
        return tag("span", shown, class_="sf-here", aria_current="true")
    return tag("a", shown, href=link(lang=code), lang=code, hreflang=code)


def draw_looking_back(words: Words, as_of: date) -> None:
    """Says that the page is of another day, and the way back."""
    back = tag("a", text(words.text("frame.asof.back")), href=link(asof=None))
    sentence = text(words.text("frame.asof.banner", day=as_of))
    st.html(tag("p", sentence, " ", back, class_="sf-notice sf-asof", role="status"))


def draw_footer(words: Words) -> None:
    """What this is and which version."""
    st.html(
        tag("footer", text(words.text("frame.footer", version=__version__)), class_="sf-footer")
    )
