"""What a click does before the page is drawn anew; a failure is told there, never as a trace."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from smartfin.errors import InputError, SmartfinError
from smartfin.services.record.decide import Decided, decided_sentence
from smartfin.ui.notices import draw_notice
from smartfin.ui.state import Kept, Selection

_LOG = logging.getLogger(__name__)


def attempt(selection: Selection, act: Callable[[], object]) -> None:
    """Do what was clicked; where it cannot be done, the page says why.

    Args:
        selection: Of the run in which the click was offered.
        act: What to do, e.g. note an answer; the workbook may be gone meanwhile.
    """
    try:
        act()
    except SmartfinError as error:
        if not isinstance(error, InputError):
            _LOG.exception("%s", error)
        st.session_state[Kept.FAILURE] = selection.words.error(error)


def decide(selection: Selection, act: Callable[[], Decided]) -> None:
    """Take the decision that was clicked; the page says what it did, or why it cannot be.

    Args:
        selection: Of the run in which the click was offered.
        act: Takes it.
    """

    def told() -> None:
        st.session_state[Kept.DONE] = decided_sentence(selection.words, act())

    attempt(selection, told)


def draw_failure() -> None:
    """Why the last click did nothing, told once."""
    sentence = st.session_state.pop(Kept.FAILURE, "")
    if sentence:
        draw_notice(sentence, "error")


def draw_done() -> None:
    """What the last decision did, or why it could not be taken; told once."""
    draw_failure()
    sentence = st.session_state.pop(Kept.DONE, "")
    if sentence:
        draw_notice(sentence, "done")
