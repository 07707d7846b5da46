"""The language of a run: the address, else the browser, else English."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from smartfin.errors import InputError
from smartfin.ui.state import Key
from smartfin.wording import Words, preferred_language, words_of


def reader_words(complain: Callable[[InputError], None]) -> Words:
    """The reader's words.

    Args:
        complain: Told when the address asks for a language that is not spoken here.
    """
    asked = st.query_params.get(Key.LANGUAGE, "")
    preferred = preferred_language(st.context.headers.get("Accept-Language") or "")
    try:
        return words_of(asked or preferred)
    except InputError as error:
        complain(error)
        return words_of(preferred)
