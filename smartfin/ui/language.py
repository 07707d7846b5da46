"""The language of a run: the address, else the browser, else English."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from smartfin.errors import InputError
from smartfin.ui.state import Key
from smartfin.wording import LANGUAGES, Words, words_of

NATIVE = {"en": "English", "nl": "Nederlands", "fr": "Français"}
"""Each language's own name, as somebody who reads no other would look for it."""


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


def preferred_language(accepted: str) -> str:
    """The language a browser likes best of those we speak.

    Args:
        accepted: The Accept-Language header.

    Example:
        >>> preferred_language("de-AT, fr;q=0.5, nl;q=0.9")
        'nl'
    """
    ranked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";q=")
        language = tag.strip().lower().split("-")[0]
        liking = _number(weight)
        if language in LANGUAGES and liking > 0:
            ranked.append((-liking, language))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else LANGUAGES[0]


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0
