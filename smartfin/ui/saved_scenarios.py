"""Named scenarios: saved, opened, removed and frozen; ``compared_scenarios`` lays them out."""

from __future__ import annotations

import json
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, as_mapping
from smartfin.services.frame import frame_view
from smartfin.services.record.decide import Decided
from smartfin.services.scenario.comparison import changes_of
from smartfin.services.scenario.named import NamedRow, named_rows
from smartfin.services.scenario.saved import (
    end_scenario,
    freeze_scenario,
    save_scenario,
    saved_scenario,
)
from smartfin.store import LONGEST_TEXT, LONGEST_TITLE, SavedScenario
from smartfin.ui.address import show
from smartfin.ui.cache import seen
from smartfin.ui.clicks import decide
from smartfin.ui.compared_scenarios import draw_compared, draw_plans
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.notices import draw_notice
from smartfin.ui.reader import person
from smartfin.ui.state import Kept, Key, Selection, asked, link, parsed_number


def opened_scenario(selection: Selection) -> SavedScenario | None:
    """The saved scenario that the address asks for, as its newest version.

    Where the address says nothing else, its partner and its changes are put there, so that
    levers can be moved from where it stands.
    """

    def found(written: str) -> SavedScenario:
        number = parsed_number(written)
        saved = saved_scenario(selection.smartfin, number, selection.as_of)
        changes_of(saved)
        return saved

    words = selection.words
    saved = asked(Key.SCENARIO, found, lambda error: draw_notice(words.error(error)))
    if saved is None or st.query_params.get(Key.PARTNER, saved.partner) != saved.partner:
        return None  # of another partner only its changes are at hand
    if Key.CHANGES not in st.query_params:
        show(changes_of(saved))
    return saved


def draw_saved(
    selection: Selection,
    partner: str,
    changes: Changes,
    opened: SavedScenario | None = None,
    quarter: Quarter | None = None,
) -> None:
    """What was saved of a partner: the list, what can be done with it, and the comparison.

    Args:
        selection: Of this run; of a day gone by nothing can be saved.
        partner: Code.
        changes: At hand.
        opened: The saved scenario they began with, as ``asked_scenario`` gives it.
        quarter: Reporting quarter; None for the newest.
    """
    words = selection.words
    draw_section(words.text("named.title"))
    if not selection.as_of:
        _draw_save(selection, partner, changes, opened)
    rows = seen(named_rows, selection, partner=partner, quarter=quarter)
    if not rows:
        draw_paragraph(words.text("named.none", partner=partner))
    for row in rows:
        _draw_row(row, selection)
    draw_compared(selection, partner, changes, rows, quarter)
    draw_plans(selection, partner)


def _draw_save(
    selection: Selection, partner: str, changes: Changes, opened: SavedScenario | None
) -> None:
    """The form to keep the changes at hand, and what somebody else kept meanwhile."""
    words = selection.words
    if changes == NO_CHANGES:
        draw_paragraph(words.text("named.nothing"))
        return
    version = _version_seen(opened, changes)
    if opened and version != opened.id:
        _draw_meanwhile(selection, opened)
    with st.popover(words.text("named.save")), st.form("save-scenario", border=False):
        usual = opened.name if opened else ""
        name = st.text_input(words.text("named.name"), value=usual, max_chars=LONGEST_TITLE)
        remark = st.text_area(
            words.text("named.remark"),
            value=opened.remark if opened else "",
            max_chars=LONGEST_TEXT,
        )
        save = partial(_save, selection, partner, name, changes, remark)
        if opened and opened.owner == person():
            label = words.text("named.save.version", name=opened.name)
            if st.form_submit_button(plain(label), type="primary"):
                save(version)
        if st.form_submit_button(words.text("named.save.new")):
            save(None)


def _save(
    selection: Selection,
    partner: str,
    name: str,
    changes: Changes,
    remark: str,
    replaces: int | None,
) -> None:
    """Keep the changes; from now on the address names the scenario instead of spelling them."""

    def act() -> Decided:
        written = json.dumps(as_mapping(changes))
        asked_for = (partner, name, written, person(), replaces, remark)
        decided = save_scenario(selection.smartfin, *asked_for)
        _show(saved_scenario(selection.smartfin, decided.decisions[0].id))
        return decided

    decide(selection, act)
    st.rerun()


def _version_seen(opened: SavedScenario | None, changes: Changes) -> int | None:
    """The version the changes at hand began with; None where they began with none."""
    if opened is None:
        return None
    kept = st.session_state.get(Kept.OPENED)
    if kept is None or kept[0] != opened.key or changes == changes_of(opened):
        kept = st.session_state[Kept.OPENED] = (opened.key, opened.id)
    version: int = kept[1]
    return version


def _draw_meanwhile(selection: Selection, opened: SavedScenario) -> None:
    """That somebody saved a newer version, and the way to look at it."""
    words = selection.words
    facts = {"name": opened.name, "by": opened.saved_by, "at": opened.saved_at}
    draw_notice(words.text("named.meanwhile", **facts))
    st.button(
        plain(words.text("named.look", name=opened.name, version=opened.version)),
        on_click=_show,
        args=(opened,),
    )


def _show(saved: SavedScenario) -> None:
    """Show a saved scenario as it is: what was changed at hand is let go."""
    st.query_params[Key.SCENARIO] = str(saved.key)
    st.query_params.pop(Key.CHANGES, None)
    st.session_state[Kept.OPENED] = (saved.key, saved.id)


def _draw_row(row: NamedRow, selection: Selection) -> None:
    """A saved scenario: its link, what it leads to, and what can be done with it."""
    saved = row.saved
    target = {Key.SCENARIO: str(saved.key), Key.CHANGES: None, Key.PARTNER: saved.partner}
    address = link(None, **target)
    said = [text(each) for each in (row.odds, row.over, saved.remark) if each]
    with st.container(horizontal=True, vertical_alignment="center", key=f"named-{saved.key}"):
        opening = tag("a", text(saved.name), href=address)
        small = tag("small", text(row.sentence))
        lines = (tag("p", opening, " ", small), *(tag("p", each) for each in said))
        st.html("".join(lines), width="stretch")
        _draw_share(saved, address, selection)
        if not selection.as_of:
            _draw_freeze(saved, selection)
            _draw_end(saved, selection)


def _draw_share(saved: SavedScenario, address: str, selection: Selection) -> None:
    """The whole address, to be copied and sent."""
    label = plain(selection.words.text("named.share", name=saved.name))
    with st.popover(label, type="tertiary", key=f"share-{saved.key}"):
        st.code(urljoin(st.context.url or "", address), language=None, wrap_lines=True)


def _draw_freeze(saved: SavedScenario, selection: Selection) -> None:
    """The form that makes the newest version the plan of record of a meeting."""
    words = selection.words
    label = plain(words.text("named.freeze", name=saved.name))
    meetings = seen(frame_view, selection).meetings
    with (
        st.popover(label, type="tertiary", key=f"freezing-{saved.key}"),
        st.form(f"freeze-{saved.key}", border=False),
    ):
        pinned = None
        if meetings:
            pinned = st.selectbox(
                words.text("named.meeting"),
                meetings,
                index=None,
                format_func=lambda meeting: meeting.label,
                placeholder=words.text("named.meeting.new"),
            )
        typed = st.text_input(words.text("pins.name"), max_chars=LONGEST_TITLE)
        if st.form_submit_button(label, type="primary"):
            meeting, day = (pinned.name, pinned.as_of) if pinned else (typed, None)
            about = (saved.id, meeting, person(), day)
            decide(selection, partial(freeze_scenario, selection.smartfin, *about))
            st.rerun()


def _draw_end(saved: SavedScenario, selection: Selection) -> None:
    """Removing it, once that was confirmed."""
    words = selection.words
    label = plain(words.text("named.end", name=saved.name))
    with st.popover(label, type="tertiary", key=f"ending-{saved.key}"):
        draw_paragraph(words.text("named.end.what"))
        st.button(
            words.text("named.end.sure"),
            key=f"end-{saved.key}",
            on_click=decide,
            args=(selection, partial(end_scenario, selection.smartfin, saved.id, person())),
        )
