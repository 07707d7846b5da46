"""The scenario in the address: read, changed, and taken back step by step."""

from __future__ import annotations

import streamlit as st

from smartfin.errors import InputError
from smartfin.scenario import NO_CHANGES, Changes, linked, parsed_link
from smartfin.ui.state import Kept, Key

_MOST_STEPS = 50


def now() -> Changes:
    """The changes the address holds; none where it cannot be understood."""
    try:
        return parsed_link(st.query_params.get(Key.CHANGES, ""))
    except InputError:
        return NO_CHANGES


def show(changes: Changes) -> None:
    """Spell changes out in the address, where it names a saved scenario; no step to take back."""
    _write(linked(changes))


def put(changes: Changes) -> None:
    """Put changes into the address, and remember what was there before."""
    before, after = st.query_params.get(Key.CHANGES, ""), linked(changes)
    if after != before:
        steps = [*st.session_state.get(Kept.UNDO, ()), before]
        st.session_state[Kept.UNDO] = steps[-_MOST_STEPS:]
        _write(after)


def undo() -> None:
    """Take the last change back, as often as there was one."""
    *earlier, before = st.session_state.get(Kept.UNDO) or [""]
    st.session_state[Kept.UNDO] = earlier
    _write(before)


def undoable() -> bool:
    """Whether there is a change that can be taken back."""
    return bool(st.session_state.get(Kept.UNDO))


def _write(text: str) -> None:
    if text:
        st.query_params[Key.CHANGES] = text
    else:  # without changes it is no saved scenario any more
        st.query_params.pop(Key.CHANGES, None)
        st.query_params.pop(Key.SCENARIO, None)
