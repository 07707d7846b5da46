"""What has changed since a chosen day: the largest first, the others behind a button."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from smartfin.services.record.changed import ChangedView, changed_view, default_since
from smartfin.services.view import Table
from smartfin.ui.cache import seen
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain
from smartfin.ui.notices import draw_notice
from smartfin.ui.state import Key, Selection, asked, bound, parsed_day
from smartfin.ui.tables import draw_table
from smartfin.wording import Words

_IN_VIEW = 10  # rows shown at once
_FIRST_DAY = date(2008, 1, 1)


def draw_changed(selection: Selection) -> None:
    """Restated and withdrawn figures in view, new ones folded."""
    words = selection.words
    draw_section(words.text("changed.title"))
    view = seen(changed_view, selection, since=_chosen_day(selection))
    draw_paragraph(view.sentence)
    _draw_tables(view, words)


def draw_capped(table: Table, name: str, words: Words) -> None:
    """The first rows of a table, and a button that shows all of them.

    Args:
        table: Any.
        name: Of the button; the session remembers under it that it was pressed.
        words: Of the reader's language.
    """
    everything = st.session_state.get(name, False)
    rows = table.rows if everything else table.rows[:_IN_VIEW]
    draw_table(replace(table, rows=rows), words)
    if len(rows) < len(table.rows):
        st.button(
            plain(words.plural("changed.all", len(table.rows))),
            key=f"{name}-button",
            on_click=st.session_state.update,
            args=({name: True},),
        )


def _draw_tables(view: ChangedView, words: Words) -> None:
    if view.restated:
        draw_capped(view.restated, "all-restated", words)
    if view.new:
        title = words.plural("changed.new", len(view.new.rows))
        with st.expander(plain(title), key="changed-new"):
            draw_capped(view.new, "all-new", words)


def _chosen_day(selection: Selection) -> date:
    """The day of the address, else the usual one; the reader may choose another."""
    words = selection.words
    usual = default_since(selection.smartfin, selection.as_of)
    wanted = asked(Key.SINCE, parsed_day, lambda error: draw_notice(words.error(error)))
    since = wanted or usual
    today = datetime.now(UTC).date()
    shown, default = _day(since), _day(usual)
    chosen = st.date_input(
        words.text("changed.since"),
        min_value=min(_FIRST_DAY, shown),
        max_value=max(today, shown),
        format="YYYY-MM-DD",
        width=220,
        **bound(Key.SINCE, shown, default),
    )
    return since if chosen == shown or not isinstance(chosen, date) else chosen


def _day(since: date) -> date:
    return since.date() if isinstance(since, datetime) else since
