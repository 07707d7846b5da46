"""What was handed in: the list, each workbook back as it came, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from smartfin.services.record.decide import approve_submissions, withdraw_submission
from smartfin.services.record.history import (
    HistoryView,
    SubmissionRow,
    SubmissionView,
    submission_view,
)
from smartfin.services.view import Cell, Table
from smartfin.ui.cache import seen
from smartfin.ui.changed import draw_capped
from smartfin.ui.clicks import decide
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain
from smartfin.ui.notices import draw_notice
from smartfin.ui.reader import person
from smartfin.ui.sources import draw_download
from smartfin.ui.state import Key, Selection, asked, bound, parsed_number
from smartfin.wording import Words

_COLUMNS = ("id", "at", "partner", "file", "status", "by", "quarters", "stage", "changed")
_LONGEST_REASON = 500  # signs


def draw_submissions(view: HistoryView, selection: Selection) -> None:
    """Every submission, and the choice of one to look into."""
    words = selection.words
    draw_section(words.text("history.submissions"))
    draw_capped(_submissions_table(view.submissions, words), "all-submissions", words)
    _draw_approval(view.unapproved, selection)
    chosen = _chosen(view.submissions, selection)
    _draw_chosen(seen(submission_view, selection, submission=chosen), selection)


def _chosen(rows: Sequence[SubmissionRow], selection: Selection) -> int:
    """The submission of the address, else the newest."""
    words = selection.words
    files = {row.id: row.file for row in rows}
    wanted = asked(Key.SUBMISSION, parsed_number, lambda error: draw_notice(words.error(error)))
    newest = rows[0].id
    number = wanted if wanted in files else newest
    chosen: int = st.selectbox(
        words.text("history.choose"),
        list(files),
        format_func=lambda id_: words.text("history.submission", id=id_, file=files[id_]),
        width=560,
        **bound(Key.SUBMISSION, number, newest),
    )
    return chosen


def _draw_chosen(view: SubmissionView, selection: Selection) -> None:
    """What a submission is, what it changed, and what may be done with it."""
    words, row = selection.words, view.row
    draw_paragraph(words.text("history.chosen", id=row.id, status=row.status, changed=row.changed))
    with st.container(horizontal=True):
        label = words.text("history.download.of", file=row.file)
        draw_download(selection.smartfin, row.id, row.file, label)
        if view.waits and not selection.as_of:
            _draw_approve(row.id, selection)
    if view.changed:
        title = words.plural("history.changed.open", len(view.changed.rows))
        with st.expander(plain(title), key=f"changed-{row.id}"):
            draw_capped(view.changed, f"all-changed-{row.id}", words)
    if not view.stands:
        _draw_restored(view, words)
    elif not selection.as_of:
        _draw_withdraw(view, selection)


def _draw_restored(view: SubmissionView, words: Words) -> None:
    """What the withdrawal of a submission gave back."""
    draw_paragraph(view.would)
    if view.would_change:
        draw_capped(view.would_change, f"all-restored-{view.row.id}", words)


def _draw_withdraw(view: SubmissionView, selection: Selection) -> None:
    """What withdrawing would change, and the place to say why."""
    words, number = selection.words, view.row.id
    figures = len(view.would_change.rows) if view.would_change else 0
    with st.expander(
        plain(words.text("history.withdraw.open", id=number)), key=f"withdrawing-{number}"
    ):
        draw_paragraph(view.would)
        if view.would_change:
            draw_capped(view.would_change, f"all-would-{number}", words)
        with st.form(f"withdraw-{number}", border=False):
            reason = st.text_input(words.text("history.withdraw.why"), max_chars=_LONGEST_REASON)
            label = words.plural("history.withdraw", figures, id=number)
            if st.form_submit_button(plain(label), type="primary"):
                act = partial(withdraw_submission, selection.smartfin, number, reason, person())
                decide(selection, act)
                st.rerun()


def _draw_approve(number: int, selection: Selection) -> None:
    st.button(
        plain(selection.words.text("history.approve", id=number)),
        key=f"approve-{number}",
        on_click=decide,
        args=(selection, partial(approve_submissions, selection.smartfin, [number], person())),
    )


def _draw_approval(unapproved: int, selection: Selection) -> None:
    """Approves all that waits; nothing where nothing waits or nobody approves."""
    words = selection.words
    if not unapproved or selection.as_of:
        return
    draw_notice(words.plural("history.unapproved", unapproved))
    st.button(
        plain(words.plural("history.approve-all", unapproved)),
        key="approve-all",
        on_click=decide,
        args=(selection, partial(approve_submissions, selection.smartfin, None, person())),
    )


def _submissions_table(rows: Sequence[SubmissionRow], words: Words) -> Table:
    headings = tuple(words.text(f"history.{name}") for name in _COLUMNS)
    return Table(
        words.text("history.submissions.caption"),
        headings,
        tuple(_cells(row, words) for row in rows),
    )


def _cells(row: SubmissionRow, words: Words) -> tuple[Cell, ...]:
    note = words.text("frame.synthetic") if row.synthetic else ""
    return tuple(
        Cell(str(getattr(row, name)), note=note if name == "file" else "") for name in _COLUMNS
    )
