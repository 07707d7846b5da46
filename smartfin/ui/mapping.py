"""The mapping screen: how each sheet and row was read, and one click to settle a doubtful one.

Every choice is a native button or list, so that all of it can be done from the keyboard. An
answer is noted with the waiting workbook, which is read again; once it is accepted, the answer
holds for the partner's next workbooks too.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import streamlit as st

from smartfin.services.intake import answer_draft
from smartfin.services.mapping import NOTHING, RowToSettle, SheetMapping
from smartfin.services.upload import DraftView
from smartfin.ui.clicks import attempt
from smartfin.ui.markup import plain, tag, text, unmarked
from smartfin.ui.state import Selection
from smartfin.ui.tables import draw_folded_table, draw_table
from smartfin.wording import Words

_IN_VIEW = 8  # doubtful rows of a sheet shown at once; more wait behind a button
_BUTTONS = 6  # answers that stand as buttons; the others wait in a list

Choices = tuple[tuple[str, str], ...]


def draw_mapping(draft: DraftView, items: Choices, selection: Selection) -> None:
    """Each used sheet behind its name, the ones with doubtful rows open; the others in a list."""
    words = selection.words
    if draft.sheets:
        st.html(tag("h3", text(words.text("mapping.title"))))
    for sheet in draft.sheets:
        doubtful = len(sheet.to_settle)
        title = f"**{plain(sheet.name)}** · {plain(sheet.summary)}"
        if doubtful:
            title += " · " + plain(words.plural("mapping.doubtful", doubtful))
        with st.expander(title, expanded=bool(doubtful), key=_key("sheet", draft.id, sheet.name)):
            _draw_sheet(draft, sheet, items, selection)
    draw_folded_table(draft.unused, words.plural("mapping.unused", len(draft.unused.rows)), words)


def _draw_sheet(
    draft: DraftView, sheet: SheetMapping, items: Choices, selection: Selection
) -> None:
    words = selection.words
    _draw_doubtful(draft, sheet, items, selection)
    with st.container(key=_key("rows", draft.id, sheet.name)):
        draw_table(sheet.table, words)
    _draw_correction(draft, sheet, items, selection)


def _draw_doubtful(
    draft: DraftView, sheet: SheetMapping, items: Choices, selection: Selection
) -> None:
    """The rows worth a second look, a click each."""
    words = selection.words
    if not sheet.to_settle:
        return
    st.html(tag("p", text(words.text("mapping.explain"))))
    unfold = _key("all", draft.id, sheet.name)
    shown = sheet.to_settle if st.session_state.get(unfold) else sheet.to_settle[:_IN_VIEW]
    for row in shown:
        _draw_row(draft, row, items, selection)
    hidden = len(sheet.to_settle) - len(shown)
    if hidden:
        st.button(
            plain(words.plural("mapping.more", hidden)),
            key=_key("more", draft.id, sheet.name),
            on_click=st.session_state.update,
            args=({unfold: True},),
        )


def _draw_row(draft: DraftView, row: RowToSettle, items: Choices, selection: Selection) -> None:
    """What the row says, and the proposals: as buttons, or where there are none as a list."""
    words = selection.words
    question = _row_words(row, words)
    draw_choice(draft.id, row.question, question, row.options, items, selection)


def _row_words(row: RowToSettle, words: Words) -> str:
    """Label, place and figure of a row, and what it was taken for so far."""
    seen = f"{row.label} ({row.place})"
    if row.value:
        seen = f"{seen}: {row.value}"
    taken = words.text("mapping.taken", item=row.item) if row.item else words.text("mapping.open")
    return f"**{plain(seen)}** {plain(taken)} {plain(row.reason)}"


def draw_choice(
    draft: int,
    question: str,
    label: str,
    options: Choices,
    items: Choices,
    selection: Selection,
) -> None:
    """One thing to settle: a click on an answer reads the workbook again.

    Args:
        draft: Number of the waiting workbook.
        question: Id of the question.
        label: The question, in Markdown.
        options: Codes and names of the likely answers.
        items: Codes and names of all line items, where any of them could be meant; else empty.
        selection: Of this run.
    """
    likely = _likely(options)
    every = dict((*options, *items))  # who types looks for any answer, also one that is a button
    others = every if len(every) > len(likely) else {}
    key = _key("row", draft, question)
    with st.container(key=key, horizontal=True, vertical_alignment="bottom"):
        if likely:
            st.pills(
                label,
                list(likely),
                format_func=likely.__getitem__,
                wrap=True,
                **_settling(selection, draft, question, "likely"),
            )
        if others:
            _draw_others(
                label,
                others,
                selection.words,
                alone=not likely,
                **_settling(selection, draft, question, "other"),
            )


def _likely(options: Choices) -> dict[str, str]:
    """The first few answers, and the one that leaves a row out, as buttons."""
    named = [choice for choice in options if choice[0] != NOTHING]
    nothing = [choice for choice in options if choice[0] == NOTHING]
    return dict(named[:_BUTTONS] + nothing)


def _draw_others(
    label: str, names: dict[str, str], words: Words, *, alone: bool, **settling: Any
) -> None:
    """Every answer: a list that can be searched by typing."""
    st.selectbox(
        label if alone else words.text("mapping.other.of", label=unmarked(label)),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=words.text("select.none" if alone else "mapping.other"),
        label_visibility="visible" if alone else "collapsed",
        width=280,
        **settling,
    )


def _settling(selection: Selection, draft: int, question: str, which: str) -> dict[str, Any]:
    """Arguments that make a widget settle a question as soon as it is used."""
    key = _key(f"settle-{which}", draft, question)
    return {"key": key, "on_change": _settle, "args": (selection, draft, question, key)}


def _draw_correction(
    draft: DraftView, sheet: SheetMapping, items: Choices, selection: Selection
) -> None:
    """Any other row, also one that was taken for the wrong item without doubt."""
    words, labels, names = selection.words, dict(sheet.labels), dict(items)
    if not labels:
        return
    key = _key("correct", draft.id, sheet.name)
    with st.form(key, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.selectbox(
            words.text("mapping.correct"), list(labels), index=None,
            format_func=labels.__getitem__, placeholder=words.text("mapping.row"),
            key=f"{key}-row", width=280,
        )  # fmt: skip
        item = st.selectbox(
            words.text("column.item"), list(names), index=None,
            format_func=names.__getitem__, placeholder=words.text("select.none"),
            key=f"{key}-item", width=280,
        )  # fmt: skip
        if st.form_submit_button(words.text("mapping.apply")) and row and item:
            answer_draft(selection.smartfin, draft.id, {row: item})
            st.rerun()


def _settle(selection: Selection, draft: int, question: str, key: str) -> None:
    """Note the answer just clicked; the page then reads the workbook again."""
    answer = st.session_state.get(key)
    if answer:
        attempt(selection, lambda: answer_draft(selection.smartfin, draft, {question: answer}))


def _key(kind: str, draft: int, name: str) -> str:
    """A key of a widget for a name that may hold any sign."""
    return f"{kind}-{draft}-{sha256(name.encode()).hexdigest()[:10]}"
