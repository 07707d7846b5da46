"""Headings and sentences: one h1 a page, sections below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Literal

import streamlit as st

from smartfin.ui.markup import tag, text


def draw_heading(title: str, under: str = "") -> None:
    """The page's title, with a line under it."""
    line = tag("p", text(under)) if under else ""
    st.html(tag("div", tag("h1", text(title)), line, class_="sf-heading"))


def draw_section(title: str, level: Literal[2, 3] = 2) -> None:
    """The heading of a section, or of a part of one."""
    st.html(tag(f"h{level}", text(title), class_="sf-section"))


def draw_message(sentence: str) -> None:
    """The page's answer in one sentence."""
    st.html(tag("p", text(sentence), class_="sf-message"))


def draw_sentences(title: str, sentences: Iterable[str]) -> None:
    """A few sentences under a heading."""
    entries = "".join(tag("li", text(sentence)) for sentence in sentences)
    if entries:
        listed = tag("h2", text(title)) + tag("ul", entries)
        st.html(tag("section", listed, class_="sf-sentences"))


def draw_paragraph(sentence: str) -> None:
    """A sentence of running text."""
    st.html(tag("p", text(sentence), class_="sf-paragraph"))


def room_for_paragraph() -> Callable[[str], None]:
    """Room for a sentence that is worked out once the rest of the page stands."""
    room = st.empty()

    def fill(sentence: str) -> None:
        if sentence:
            room.html(tag("p", text(sentence), class_="sf-paragraph"))

    return fill


def title_row() -> AbstractContextManager[object]:
    """A row for the page's heading and the choices at its right."""
    return st.container(horizontal=True, vertical_alignment="bottom", key="title")


def choice_row(name: str) -> AbstractContextManager[object]:
    """A row of choices above what they choose."""
    return st.container(horizontal=True, vertical_alignment="bottom", key=f"choices-{name}")
