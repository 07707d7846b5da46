"""What the reader chose, kept in the address, so that a link reproduces the view.

Streamlit can bind a widget to the address itself (``bind="query-params"``), but then the
address carries the *shown* label of a choice: "Spain" for one reader, "Spanje" for the
next, and neither could open the other's link. So the binding is made here, with codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode

import streamlit as st

from smartfin.errors import InputError
from smartfin.services.start import Smartfin, parsed_as_of, refuse_ahead
from smartfin.store import Basis
from smartfin.wording import Words

_CHOICE = "choice-"  # what the names of widgets begin with
_LONGEST_NUMBER = 16  # digits; a database counts no further

T = TypeVar("T")
Code = TypeVar("Code", bound=StrEnum)
Address = Mapping[str, list[str]]


class Key(StrEnum):
    """Every parameter of an address."""

    LANGUAGE = "lang"
    AS_OF = "asof"
    BASIS = "basis"
    QUARTER = "quarter"
    PARTNER = "partner"
    FROM = "from"  # last quarter of the four a bridge starts at
    UNTIL = "until"  # last quarter of the four it leads to
    COUNTRIES = "countries"
    INDICATOR = "indicator"
    AXIS = "axis"
    CURRENCY = "currency"
    AGAINST = "against"  # what is compared is held against: a year earlier, or the budget
    FIGURE = "figure"  # the number that is explained
    FACT = "fact"  # the amount whose cell is shown below it
    BACK = "back"  # the page the number was opened on, with what was chosen there
    SINCE = "since"
    SUBMISSION = "submission"
    RULE = "rule"  # the warning shown in depth
    ENTITY = "entity"  # the legal entity it is shown of, where each is judged
    SCENARIO = "scenario"  # the saved scenario that was opened
    COMPARED = "compared"  # the saved scenarios laid side by side
    BEFORE = "before"  # place of the one among them that a bridge starts at
    AFTER = "after"  # place of the one it leads to
    PLANS = "plans"  # whether plans of record are worked out then and now
    ALIGN = "align"  # how a partner is laid beside the closed cases
    CHANGES = "changes"  # the scenario: levers moved and events dated
    CHANCE = "chance"  # probability that is asked for, in percent
    BOUNDS = "bounds"  # how far levers may go together


class Kept(StrEnum):
    """Every name of the session's own memory; what matters longer is in the ledger."""

    DROPPED = "upload-dropped"  # how often workbooks were dropped: an emptied widget is a new one
    ARRIVED = "upload-arrived"  # names of what was dropped last, until they are read
    OUTCOME = "upload-outcome"  # what the last action brought, until the next
    SEEN = "upload-seen"  # state of the ledger beside which each waiting workbook was first shown
    DONE = "click-done"  # what the last click did, until it is told
    FAILURE = "click-failed"  # why the last click did nothing, until it is told
    OPENED = "scenario-opened"  # the saved scenario opened, and the version that was seen of it
    PAGE = "page-shown"  # which page ran last
    UNDO = "scenario-before"  # scenarios before the last changes, the newest last


class Page(StrEnum):
    """Every page, those of the menu in its order (message ``menu.<code>``)."""

    BOARD = "board"
    COUNTRY = "country"
    COMPARE = "compare"
    WARNING = "warning"
    SCENARIOS = "scenarios"
    SOCIAL = "social"
    UPLOAD = "upload"
    HISTORY = "history"
    EXPLAIN = "explain"

    @property
    def in_menu(self) -> bool:
        """Whether it is chosen from the menu; the other is opened from a number."""
        return self is not Page.EXPLAIN

    @property
    def script(self) -> str:
        """Its script, seen from the root."""
        return "dashboard.py" if self is Page.BOARD else f"pages/{self.value}.py"

    @property
    def address(self) -> str:
        """Its address, seen from any other page."""
        return "./" if self is Page.BOARD else self.value


@dataclass(frozen=True, slots=True)
class Selection:
    """What one run of a page works with.

    Args:
        page: Which page.
        smartfin: The opened ledger and vocabulary.
        words: Words of the reader's language.
        as_of: Day, or exact moment, whose knowledge is shown; None for today's.
        basis: Which figures count.
    """

    page: Page
    smartfin: Smartfin
    words: Words
    as_of: date | None
    basis: Basis = Basis.ACCEPTED


def address_now() -> Address:
    """The known parameters of the address, with their values."""
    known = set(Key)
    return {key: st.query_params.get_all(key) for key in st.query_params if key in known}


def address_to(page: Page | None) -> Address:
    """The parameters another page takes along; None for this page.

    Leaving a number, those of the page it was opened on: the number's own partner and quarter
    were nobody's choice.
    """
    now = address_now()
    if page in {None, Page.EXPLAIN} or Key.FIGURE not in now:
        return now
    return {**opened_on()[1], **kept_everywhere()}


_EVERYWHERE = (Key.LANGUAGE, Key.AS_OF, Key.BASIS)


def kept_everywhere() -> Address:
    """What holds for every page alike: language, day and which figures count."""
    return {key: values for key, values in address_now().items() if key in set(_EVERYWHERE)}


def opened_on() -> tuple[Page, Address]:
    """The page a number was opened on, with what was chosen there; the Board where none is."""
    name, _, query = st.query_params.get(Key.BACK, "").partition("?")
    page = next((page for page in Page if page.value == name and page.in_menu), Page.BOARD)
    known = set(Key) - {Key.FIGURE, Key.FACT, Key.BACK}
    return page, {key: values for key, values in parse_qs(query).items() if key in known}


def here() -> str:
    """The page shown with what was chosen on it, as ``Key.BACK`` holds it."""
    if Key.FIGURE in st.query_params:
        return st.query_params.get(Key.BACK, "")
    chosen = {key: value for key, value in address_now().items() if key not in _EVERYWHERE}
    page = st.session_state.get(Kept.PAGE, Page.BOARD)
    return f"{page}?{urlencode(chosen, doseq=True)}" if chosen else str(page)


def address_with(page: Page | None = None, /, **changes: str | list[str] | None) -> Address:
    """The parameters for a page after some changes; None takes one away."""
    changed = {key: [value] if isinstance(value, str) else value for key, value in changes.items()}
    merged = {**address_to(page), **changed}
    return {key: values for key, values in merged.items() if values is not None}


def link(page: Page | None = None, **changes: str | list[str] | None) -> str:
    """The relative address of a page (None: this one) with the selection kept."""
    query = urlencode(address_with(page, **changes), doseq=True)
    address = page.address if page else ""
    return f"{address}?{query}" if query or not address else address


def asked(key: Key, parsed: Callable[[str], T], complain: Callable[[InputError], None]) -> T | None:
    """What the address asks for; None when it does not, or not understandably.

    Args:
        key: Parameter.
        parsed: Makes the value of its text; raises ``InputError``.
        complain: Told what could not be understood.
    """
    text = st.query_params.get(key, "")
    try:
        return parsed(text) if text else None
    except InputError as error:
        complain(error)
        return None


def asked_all(
    key: Key, parsed: Callable[[str], T], complain: Callable[[InputError], None]
) -> tuple[T, ...] | None:
    """All values the address gives a parameter; empty when it says that there are none.

    None when the parameter is not there, or when nothing it says could be understood.
    """
    if key not in st.query_params:
        return None
    texts = list(filter(None, st.query_params.get_all(key)))
    found: dict[T, None] = {}
    for text in texts:
        try:
            found[parsed(text)] = None
        except InputError as error:
            complain(error)
    return tuple(found) if found or not texts else None


def parsed_day(text: str) -> date:
    """A day written 2022-12-31, or a moment, that has come.

    Raises:
        InputError: ``date-unreadable``, ``date-ahead``.
    """
    day = parsed_as_of(text)
    refuse_ahead(day)
    return day


def parsed_number(text: str) -> int:
    """A whole number, as of a submission.

    Raises:
        InputError: ``choice-unknown``.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER):
        raise InputError("choice-unknown", text=text, known="1, 2, 3 …")
    return int(text)


def parsed_code(codes: type[Code]) -> Callable[[str], Code]:
    """A parser for the codes of an enumeration; raises ``InputError`` ``choice-unknown``."""

    def parsed(text: str) -> Code:
        try:
            return codes(text)
        except ValueError as error:
            raise InputError("choice-unknown", text=text, known=", ".join(codes)) from error

    return parsed


def bound(key: Key, value: object, default: object = None) -> dict[str, Any]:
    """Arguments that bind a widget to the address, both ways.

    Args:
        key: Parameter.
        value: What the address asks for now; the widget shows it.
        default: Value that needs no parameter.
    """
    name = _widget(key)
    if name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value
    return {"key": name, "on_change": _write, "args": (key, name, default)}


def enter(page: Page) -> None:
    """Forget what the widgets of another page held; the address says it anew.

    A page left before it was sent in full has widgets the browser never saw. One of the
    same name here would count as shown already, and would show its default instead.
    """
    if st.session_state.get(Kept.PAGE) != page:
        for name in [each for each in st.session_state if str(each).startswith(_CHOICE)]:
            del st.session_state[name]
        st.session_state[Kept.PAGE] = page


def held(name: str, value: object) -> str:
    """The key of a widget that shows a part of what one parameter holds.

    Args:
        name: Of the widget.
        value: What the address asks for now; the widget shows it.
    """
    widget = f"{_CHOICE}{name}"
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value
    return widget


def _widget(key: Key) -> str:
    return f"{_CHOICE}{key.value}"


def _write(key: Key, name: str, default: object) -> None:
    """Put what the reader just chose into the address."""
    value = st.session_state[name]
    if value is None or value == default:
        st.query_params.pop(key, None)
    elif isinstance(value, list):
        st.query_params[key] = [str(code) for code in value] or ""
    else:
        st.query_params[key] = written(value)


def written(value: object) -> str:
    """A choice as it stands in an address: 2022-Q4, 2022-12-31, a code."""
    return value.isoformat() if isinstance(value, date) else str(value)
