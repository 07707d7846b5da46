"""A scenario on a page: the answer first, then its sections, then what it would take."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import streamlit as st

from smartfin.errors import InputError
from smartfin.scenario import (
    NO_CHANGES,
    LeverCode,
    linked_bounds,
    parsed_bounds,
    parsed_link,
)
from smartfin.services.scenario.answer import Turned
from smartfin.services.scenario.goal import GoalView, goal_view
from smartfin.services.scenario.together import BoundView, TogetherView
from smartfin.services.scenario.view import ScenarioView
from smartfin.services.scenario.wanted import CHANCES, USUAL_CHANCE, Wanted, at_nil
from smartfin.services.view import Section
from smartfin.store import SavedScenario
from smartfin.ui import choices
from smartfin.ui.address import put
from smartfin.ui.cache import seen
from smartfin.ui.figures import draw_chart
from smartfin.ui.headings import choice_row, draw_message, draw_paragraph, draw_section
from smartfin.ui.levers import draw_levers
from smartfin.ui.markup import hidden, plain, tag, text
from smartfin.ui.notices import draw_notice
from smartfin.ui.provenance import Numbers
from smartfin.ui.state import Key, Selection, asked, bound, held
from smartfin.ui.tables import draw_table, effect_class
from smartfin.wording import Words


def asked_scenario(selection: Selection, opened: SavedScenario | None = None) -> Wanted:
    """Partner, changes and goal the address asks for.

    Args:
        selection: Of this run.
        opened: The saved scenario it names.
    """

    def complain(error: InputError) -> None:
        draw_notice(selection.words.error(error))

    return Wanted(
        partner=choices.asked_partner(selection) or (opened.partner if opened else None),
        changes=asked(Key.CHANGES, parsed_link, complain) or NO_CHANGES,
        chance=asked(Key.CHANCE, _parsed_chance, complain) or USUAL_CHANCE,
        bounds=tuple((asked(Key.BOUNDS, parsed_bounds, complain) or {}).items()),
    )


def _parsed_chance(written: str) -> int:
    found = next((chance for chance in CHANCES if str(chance) == written), None)
    if found is None:
        raise InputError("choice-unknown", text=written, known=", ".join(map(str, CHANCES)))
    return found


def draw_scenario(view: ScenarioView, wanted: Wanted, selection: Selection, **asked_for: Any) -> (
    None
):  # fmt: skip
    """The answer, the levers beside where they lead, and what it would take.

    Args:
        view: The scenario.
        wanted: As it was asked for.
        selection: Of this run.
        asked_for: What else the page asked for.
    """
    words = selection.words
    with st.container(key="scenario-answer", gap="xxsmall"):
        draw_message(view.message)
        if view.price:
            draw_paragraph(" ".join(view.price))
    st.html(_figures(view.figures, words))
    if view.provisional:
        st.html(tag("p", text(words.text("approval.waiting-mark")), class_="sf-mark"))
    for remark in view.remarks:
        draw_notice(remark)
    with st.container(key="scenario"):
        left, right = st.columns([5, 8], gap="medium")
        with left:
            draw_levers(view, selection)
        with right:
            _draw_sections(view.sections, words)
    draw_section(words.text("scenarios.section.goal"))
    first = view.ahead[0] if view.ahead else None
    goal = Wanted(view.partner, at_nil(wanted.changes, first), wanted.chance, wanted.bounds)
    found = seen(goal_view, selection, wanted=goal, **asked_for)
    if found:
        _draw_goal(found, wanted, words)


def _figures(figures: Iterable[Turned], words: Words) -> str:
    numbers = Numbers(words)
    pairs = (_turned(each, numbers, words) for each in figures)
    heading = tag("h2", text(words.text("scenarios.figures")), class_="sf-hidden")
    return heading + tag("dl", *pairs, class_="sf-turned")


def _turned(figure: Turned, numbers: Numbers, words: Words) -> str:
    """A figure as it becomes, and small beside it as it is."""
    shown = figure.after or figure.now
    name = tag("dt", text(figure.name))
    strong = tag("b", numbers.markup(shown), class_=effect_class(shown))
    if shown.good is not None:
        strong += hidden(" " + words.text("effect.good" if shown.good else "effect.bad"))
    was = ""
    if figure.after:
        said = words.text("scenarios.as-now")
        if figure.after.text != figure.now.text:
            said = words.text("scenarios.now", value=figure.now.text)
        was = " " + tag("small", numbers.link(said, figure.now.source))
    note = tag("dd", text(shown.note), class_="sf-note") if shown.note else ""
    return tag("div", name, tag("dd", strong, was), note)


def _draw_sections(sections: Iterable[Section], words: Words) -> None:
    for section in sections:
        draw_section(section.title)
        for sentence in section.sentences:
            draw_paragraph(sentence)
        for place, chart in enumerate(section.charts):
            draw_chart(chart, f"scenario-{section.code}-{place}", words)
        for table in section.tables:
            draw_table(table, words)


def _draw_goal(goal: GoalView, wanted: Wanted, words: Words) -> None:
    """What it takes of each lever alone, then of several together."""
    with choice_row("chance"):
        st.segmented_control(
            words.text("goal.chance"),
            CHANCES,
            required=True,
            format_func=lambda chance: words.percent(chance / 100),
            **bound(Key.CHANCE, wanted.chance, default=USUAL_CHANCE),
        )
    draw_paragraph(goal.sentence)
    draw_table(goal.table, words)
    if goal.alone:
        with st.container(horizontal=True, vertical_alignment="center", key="put-in"):
            st.html(tag("p", text(words.text("goal.put-in.title"))), width="content")
            for place, each in enumerate(goal.alone):
                st.button(
                    plain(each.label), key=f"put-in-{place}", on_click=put, args=(each.changes,)
                )
    draw_section(words.text("goal.together"), level=3)
    _draw_together(goal.together, words)


def _draw_together(together: TogetherView, words: Words) -> None:
    for sentence in together.sentences:
        draw_paragraph(sentence)
    if together.table:
        draw_table(together.table, words)
    if together.put_in:
        changes = together.put_in.changes
        st.button(
            plain(together.put_in.label), key="put-in-together", on_click=put, args=(changes,)
        )
    with st.expander(words.text("goal.bounds")):
        for each in together.bounds:
            with st.container(horizontal=True, key=f"bounds-{each.code}"):
                _draw_bound(each, words)


def _draw_bound(each: BoundView, words: Words) -> None:
    facts = {"lever": each.name, "unit": each.unit}
    for which, value in (("low", each.low), ("high", each.high)):
        st.number_input(
            words.text(f"goal.bound.{which}", **facts),
            min_value=float(each.furthest[0]),
            max_value=float(each.furthest[1]),
            format=f"%.{each.scale.places}f",
            key=held(f"bound-{each.code}-{which}", float(value)),
            on_change=partial(_write_bound, each),
        )


def _write_bound(each: BoundView) -> None:
    """Put the bounds of a lever into the address; the whole range needs none."""
    low, high = (
        float(st.session_state[f"choice-bound-{each.code}-{which}"]) for which in ("low", "high")
    )
    bounds = dict(_bounds_now())
    bounds.pop(each.code, None)
    if (low, high) != each.furthest:
        bounds[each.code] = (each.scale.amount(min(low, high)), each.scale.amount(max(low, high)))
    if bounds:
        st.query_params[Key.BOUNDS] = linked_bounds(bounds)
    else:
        st.query_params.pop(Key.BOUNDS, None)


def _bounds_now() -> dict[LeverCode, tuple[float, float]]:
    try:
        return parsed_bounds(st.query_params.get(Key.BOUNDS, ""))
    except InputError:
        return {}
