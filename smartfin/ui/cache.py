"""What is made once and used by every run: the opened smartfin and the finished views."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

from smartfin.services.start import Smartfin, open_smartfin, prepare
from smartfin.settings import read_settings
from smartfin.ui.state import Selection

View = TypeVar("View")

_PLACES = ("SMARTFIN_DATABASE", "SMARTFIN_DATA", "SMARTFIN_SAMPLES", "SMARTFIN_APPROVAL")
_KEPT_VIEWS = 256


def opened_smartfin() -> Smartfin:
    """The ledger and vocabulary where the environment places them, opened once a process.

    Raises:
        SettingsError: A setting or data file is missing or malformed.
        StoreError: The database cannot be opened.
    """
    return _opened(_environment())


def seen(make: Callable[..., View], selection: Selection, **asked: Any) -> View:
    """A view, made once for each state of the ledger, language, day, basis and selection.

    Views are frozen, so all readers may be shown the same one.

    Args:
        make: Of ``services``; called with smartfin, words, ``as_of``, ``basis`` and what was
            asked.
        selection: Of this run.
        asked: What the reader chose on this page.
    """
    arguments = {"as_of": selection.as_of, "basis": selection.basis, **asked}
    made_from = (
        f"{make.__module__}.{make.__qualname__}",
        *_environment(),
        selection.smartfin.ledger.revision(),
        selection.smartfin.ledger.memory_revision(),
        selection.words.language,
        datetime.now(UTC).date(),  # lateness is judged on a day
        repr(sorted(arguments.items())),
    )
    view: View = _made(made_from, lambda: make(selection.smartfin, selection.words, **arguments))
    return view


def _environment() -> tuple[str, ...]:
    return tuple(os.environ.get(name, "") for name in _PLACES)


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(places: tuple[str, ...]) -> Smartfin:
    smartfin = open_smartfin(read_settings())
    prepare(smartfin, lambda _name, _place, _count: None)
    return smartfin


@st.cache_resource(show_spinner=False, max_entries=_KEPT_VIEWS)
def _made(made_from: tuple[Any, ...], _make: Callable[[], Any]) -> Any:
    return _make()
