"""Opening a page: every page does it itself, with one call, and works from a bare link."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import streamlit as st

from smartfin.errors import InputError, SmartfinError
from smartfin.services.approval import counted_basis
from smartfin.services.frame import bare_frame, frame_view
from smartfin.services.start import Smartfin
from smartfin.store import Basis
from smartfin.ui.cache import opened_smartfin, seen
from smartfin.ui.frame import draw_footer, draw_header, draw_looking_back, draw_waiting
from smartfin.ui.language import reader_words
from smartfin.ui.notices import draw_notice
from smartfin.ui.state import Key, Page, Selection, asked, enter, parsed_code, parsed_day
from smartfin.wording import Words

_LOG = logging.getLogger(__name__)
_STYLE = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


# History says it beside the button that approves; on Upload nothing is left out.
_WITHOUT_WAITING = (Page.HISTORY, Page.UPLOAD)


@contextmanager
def open_page(page: Page) -> Iterator[Selection]:
    """A page with its frame: language, menu, banners, errors as sentences, footer.

    Example:
        ``with open_page(Page.BOARD) as selection: ...``

    Args:
        page: Which page.
    """
    complaints: list[InputError] = []
    words = reader_words(complaints.append)
    st.set_page_config(page_title=f"{words.text(f'menu.{page}')} · smartfin", layout="wide")
    st.html(_STYLE)
    opened: list[Selection] = []
    with _show_errors(words):
        opened.append(_framed(page, words, complaints))
    if not opened:  # there is nothing the page could be made from; why, is said
        draw_footer(words)
        st.stop()
    with _show_errors(words):
        yield opened[0]
    draw_footer(words)


def _framed(page: Page, words: Words, complaints: list[InputError]) -> Selection:
    """The selection, once the frame stands around the page."""
    enter(page)
    as_of = asked(Key.AS_OF, parsed_day, complaints.append)
    frame, choice = bare_frame(words, as_of), None
    try:
        smartfin = opened_smartfin()
        basis = _asked_basis(smartfin, complaints)
        selection = Selection(page, smartfin, words, as_of, basis)
        frame = seen(frame_view, selection)
        choice = basis if smartfin.settings.approval else None
    finally:  # the menu stands also where there is nothing a page could be made from
        draw_header(page, words, as_of, frame, choice)
    for complaint in complaints:
        draw_notice(words.error(complaint))
    if as_of:
        draw_looking_back(page, words, as_of)
    if page not in _WITHOUT_WAITING:
        draw_waiting(words, frame.waiting)
    return selection


def _asked_basis(smartfin: Smartfin, complaints: list[InputError]) -> Basis:
    """Which figures the address asks for; the usual ones where it does not, or cannot have them."""
    settings, parsed = smartfin.settings, parsed_code(Basis)
    found = asked(Key.BASIS, lambda text: counted_basis(settings, parsed(text)), complaints.append)
    return found or counted_basis(settings, None)


@contextmanager
def _show_errors(words: Words) -> Iterator[None]:
    """A sentence instead of a trace; what nobody foresaw goes to the log with a reference."""
    try:
        yield
    except InputError as error:
        draw_notice(words.error(error), "error")
    except SmartfinError as error:
        _LOG.exception("%s", error)
        draw_notice(words.error(error), "error")
    except Exception:  # noqa: BLE001 - the one place: a reader must never see a trace
        reference = uuid4().hex[:8]
        _LOG.exception("unexpected, reference %s", reference)
        draw_notice(words.text("frame.unexpected", reference=reference), "error")
