"""Sentences that stand out from the page: a remark, a confirmation, an error, an empty page."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from smartfin.store import Basis
from smartfin.ui.markup import tag, text
from smartfin.ui.state import Page, Selection, address_to
from smartfin.wording import Words

Kind = Literal["remark", "done", "error"]


def draw_notice(sentence: str, kind: Kind = "remark") -> None:
    """One sentence; an error is announced at once to who listens to the page."""
    role = "alert" if kind == "error" else "status"
    st.html(tag("p", text(sentence), class_=f"sf-notice sf-{kind}", role=role))


def draw_synthetic(words: Words, *, synthetic: bool) -> None:
    """Says so where any figure of the page is made up."""
    if synthetic:
        st.html(tag("p", text(words.text("frame.synthetic")), class_="sf-notice sf-synthetic"))


def draw_empty(selection: Selection) -> None:
    """What the page is for and what to do next, while there is nothing to show."""
    words = selection.words
    draw_notice(words.text(_empty_key(selection)))
    if not selection.as_of and selection.basis is Basis.ACCEPTED:
        draw_page_link(Page.UPLOAD, words.text("empty.next"))


def _empty_key(selection: Selection) -> str:
    if selection.basis is Basis.APPROVED and selection.smartfin.ledger.revision():
        return "empty.approved-asof" if selection.as_of else "empty.approved"
    return "empty.asof" if selection.as_of else f"empty.{selection.page}"


def draw_page_link(page: Page, label: str, **changes: str) -> None:
    """A link to a page with the selection kept, and some of it changed."""
    st.page_link(page.script, label=label, query_params={**address_to(page), **changes})
