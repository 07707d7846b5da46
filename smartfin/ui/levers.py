"""Levers and events of a scenario: each widget shows, and changes, a part of the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, Event, EventKind
from smartfin.services.scenario.levers import LeverView, having
from smartfin.services.scenario.scale import LeverScale
from smartfin.services.scenario.view import ScenarioView
from smartfin.ui.address import now, put, undo, undoable
from smartfin.ui.clicks import attempt
from smartfin.ui.headings import draw_section
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.state import Selection, held
from smartfin.wording import Words

_LONGEST_LABEL = 60
_BOX_WIDTH = 150  # [px]
_LASTING = (EventKind.HIRE, EventKind.RENT)


def draw_levers(view: ScenarioView, selection: Selection) -> None:
    """Every lever, then the events, with what takes changes back."""
    words = selection.words
    draw_section(words.text("scenarios.levers"))
    with st.container(horizontal=True, key="scenario-back"):
        st.button(words.text("scenarios.undo"), on_click=undo, disabled=not undoable())
        st.button(
            words.text("scenarios.reset"),
            on_click=put,
            args=(NO_CHANGES,),
            disabled=view.changes == NO_CHANGES,
        )
    for lever in view.levers:
        with st.container(key=f"lever-{lever.code}", gap="xxsmall"):
            _draw_lever(lever, words)
    draw_section(words.text("scenarios.events"), level=3)
    _draw_events(view, selection)


def _draw_lever(lever: LeverView, words: Words) -> None:
    """Its name and where it stands, then what moves it."""
    shown = lever.moved if lever.moves_something else lever.obstacle
    unit = " " + tag("small", text(f"({lever.unit})")) if lever.moves_something else ""
    name = tag("span", tag("strong", text(lever.name)), unit)
    touched = "sf-lever sf-touched" if lever.is_touched else "sf-lever"
    st.html(tag("p", name, " ", tag("span", text(shown)), class_=touched))
    if not lever.moves_something:
        return
    if lever.obstacle:
        st.html(tag("p", tag("small", text(lever.obstacle))))
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_amount(lever, words)
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_when(lever, words)
        if lever.is_touched:
            st.button(
                plain(words.text("lever.reset", lever=lever.name)),
                key=f"reset-{lever.code}",
                type="tertiary",
                on_click=_set,
                args=(lever,),
            )


def _draw_amount(lever: LeverView, words: Words) -> None:
    """Slider and box: both show what is set, either moves it."""
    scale, amount = lever.scale, lever.setting.amount
    slider = held(f"{lever.code}-slider", amount)
    st.select_slider(
        lever.name,
        lever.stops,
        format_func=lambda stop: _stop(words, scale, stop),
        label_visibility="collapsed",
        key=slider,
        on_change=_slid,
        args=(lever, slider),
    )
    box = held(f"{lever.code}-box", _typed(scale, amount))
    st.number_input(
        words.text("lever.box", lever=lever.name, unit=lever.unit),
        min_value=float(lever.low),
        max_value=float(lever.high),
        step=lever.step,
        format=f"%.{scale.places}f",
        label_visibility="collapsed",
        width=_BOX_WIDTH,
        key=box,
        on_change=_filled,
        args=(lever, box),
    )


def _typed(scale: LeverScale, amount: float) -> float:
    return float(scale.shown(amount))


@lru_cache(maxsize=16_384)
def _stop(words: Words, scale: LeverScale, amount: float) -> str:
    """A stop of the slider: the level; of levers that cut costs, the cut."""
    return scale.change(words, amount) if scale.cost is not None else scale.level(words, amount)


def _draw_when(lever: LeverView, words: Words) -> None:
    """From when it is felt and how fast, behind the words that say so."""
    with st.popover(plain(lever.felt), type="tertiary", key=f"when-{lever.code}"):
        start = held(f"{lever.code}-start", lever.setting.start)
        st.selectbox(
            words.text("lever.start"),
            lever.starts,
            format_func=words.quarter,
            key=start,
            on_change=_timed,
            args=(lever,),
        )
        ramp = held(f"{lever.code}-ramp", lever.setting.ramp)
        st.selectbox(
            words.text("lever.ramp"),
            lever.ramps,
            format_func=lambda quarters: _ramp(words, quarters),
            key=ramp,
            on_change=_timed,
            args=(lever,),
        )


def _ramp(words: Words, quarters: int) -> str:
    if not quarters:
        return words.text("lever.ramp.at-once")
    return words.plural("lever.ramp.over", quarters)


def _set(lever: LeverView, **changed: object) -> None:
    """Put a lever somewhere else; without a change, back to where it was."""
    changes = now()
    setting = changes.setting(lever.code) or lever.usual
    moved = replace(setting, **changed) if changed else lever.usual  # type: ignore[arg-type]
    put(having(changes, moved, lever.usual))


def _slid(lever: LeverView, widget: str) -> None:
    _set(lever, amount=float(st.session_state[widget]))


def _filled(lever: LeverView, widget: str) -> None:
    typed = st.session_state[widget]
    if typed is not None:
        _set(lever, amount=lever.scale.amount(typed))


def _timed(lever: LeverView) -> None:
    start, ramp = (st.session_state[f"choice-{lever.code}-{which}"] for which in ("start", "ramp"))
    _set(lever, start=start, ramp=ramp)


def _draw_events(view: ScenarioView, selection: Selection) -> None:
    """Each event with what takes it away, and what adds one."""
    words = selection.words
    for place, each in enumerate(view.events):
        st.button(
            plain(words.text("scenarios.event.remove", event=each.said)),
            key=f"event-{place}",
            type="tertiary",
            on_click=_remove,
            args=(each.event,),
        )
    with st.popover(words.text("scenarios.event.add")):
        kind = st.selectbox(
            words.text("scenarios.event.kind"),
            list(EventKind),
            format_func=lambda each: words.text(f"event.{each}"),
            key="event-kind",
        )
        _draw_new_event(kind or EventKind.HIRE, view.ahead, view.currency, selection)


def _draw_new_event(
    kind: EventKind, ahead: Sequence[Quarter], currency: str, selection: Selection
) -> None:
    words = selection.words
    unit = "cost" if kind in _LASTING else "percent" if kind is EventKind.FEE_VOTE else "money"
    with st.form("event", border=False):
        amount = st.number_input(
            words.text(f"scenarios.event.{unit}", currency=currency), min_value=0.0, value=None
        )
        quarter = st.selectbox(
            words.text("scenarios.event.quarter"), ahead, format_func=words.quarter
        )
        until = None
        if kind in _LASTING:
            until = st.selectbox(
                words.text("scenarios.event.until"),
                ahead,
                index=None,
                format_func=words.quarter,
                placeholder=words.text("select.none"),
            )
        label = st.text_input(words.text("scenarios.event.label"), max_chars=_LONGEST_LABEL)
        if st.form_submit_button(words.text("scenarios.event.save"), type="primary"):
            attempt(selection, lambda: _add(kind, quarter, amount, until, label))
            st.rerun()


def _add(
    kind: EventKind, quarter: Quarter, amount: float | None, until: Quarter | None, label: str
) -> None:
    changes = now()
    event = Event(kind, quarter, amount or 0.0, until, label.strip())
    put(Changes(changes.levers, (*changes.events, event)))


def _remove(event: Event) -> None:
    changes = now()
    left = list(changes.events)
    if event in left:
        left.remove(event)
    put(Changes(changes.levers, tuple(left)))
