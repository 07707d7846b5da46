"""Saved scenarios side by side, why two of them differ, and the plans of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario import Changes
from smartfin.services.scenario.frozen import plans_view
from smartfin.services.scenario.named import (
    MOST_COMPARED,
    Chosen,
    NamedRow,
    comparison_view,
)
from smartfin.services.scenario.saved import plans_of_record
from smartfin.ui.cache import seen
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.notices import draw_notice
from smartfin.ui.state import Key, Selection, asked, asked_all, bound, parsed_number
from smartfin.ui.tables import draw_table


def draw_compared(
    selection: Selection,
    partner: str,
    changes: Changes,
    rows: Sequence[NamedRow],
    quarter: Quarter | None = None,
) -> None:
    """The scenarios chosen beside the present course and the changes at hand; nothing for none.

    Args:
        selection: Of this run.
        partner: Code.
        changes: At hand.
        rows: What can be chosen.
        quarter: Reporting quarter; None for the newest.
    """
    if not rows:
        return
    keys = _choose(selection, rows)
    if not keys:
        return
    before, after = (
        _asked_place(selection, key, usual) for key, usual in ((Key.BEFORE, 0), (Key.AFTER, 1))
    )
    chosen = Chosen(keys, changes, before, after)
    view = seen(comparison_view, selection, partner=partner, chosen=chosen, quarter=quarter)
    if view is None:
        draw_paragraph(selection.words.text("named.no-odds"))
        return
    draw_table(view.table, selection.words)
    for remark in view.remarks:
        draw_paragraph(remark)
    draw_section(selection.words.text("named.bridge.title"), level=3)
    _choose_bridge(selection, view.names, (before, after))
    if view.bridge:
        draw_table(view.bridge, selection.words)


def _choose(selection: Selection, rows: Sequence[NamedRow]) -> tuple[int, ...]:
    """Up to four of those listed."""
    words, names = selection.words, {row.saved.key: row.saved.name for row in rows}
    wanted = asked_all(Key.COMPARED, parsed_number, _complaint(selection)) or ()
    chosen = [key for key in dict.fromkeys(wanted) if key in names][:MOST_COMPARED]
    st.multiselect(
        words.text("named.compare", n=MOST_COMPARED),
        list(names),
        format_func=names.__getitem__,
        max_selections=MOST_COMPARED,
        placeholder=words.text("select.none"),
        **bound(Key.COMPARED, chosen, default=[]),
    )
    return tuple(chosen)


def _choose_bridge(selection: Selection, names: Sequence[str], places: tuple[int, int]) -> None:
    """The two of them a bridge leads between; the present course and the first need no choice."""
    with st.container(horizontal=True):
        for key, place, usual in zip((Key.BEFORE, Key.AFTER), places, (0, 1), strict=True):
            shown = min(place, len(names) - 1)
            st.selectbox(
                selection.words.text(f"named.bridge.{key}"),
                range(len(names)),
                format_func=names.__getitem__,
                width=260,
                **bound(key, shown, default=usual),
            )


def draw_plans(selection: Selection, partner: str) -> None:
    """What was frozen for meetings, then and now once the reader asks; nothing for none."""
    if not plans_of_record(selection.smartfin, selection.as_of, partner):
        return
    words, shown = selection.words, st.query_params.get(Key.PLANS) == str(True)
    draw_section(words.text("named.plans.title"), level=3)
    st.toggle(words.text("named.plans.show"), **bound(Key.PLANS, shown, default=False))
    if shown:
        draw_table(seen(plans_view, selection, partner=partner), words)


def _asked_place(selection: Selection, key: Key, usual: int) -> int:
    place = asked(key, parsed_number, _complaint(selection))
    return usual if place is None else place


def _complaint(selection: Selection) -> Callable[[InputError], None]:
    def complain(error: InputError) -> None:
        draw_notice(selection.words.error(error))

    return complain
