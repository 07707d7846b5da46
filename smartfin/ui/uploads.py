"""Handing in: workbooks dropped become drafts, a draft is read, corrected, accepted or discarded.

Drafts live in the ledger's own table, so that an upload survives a change of page, a
reload and a restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from smartfin.facts import Stage
from smartfin.services.intake import (
    accept_draft,
    add_draft,
    answer_draft,
    discard_draft,
    stage_draft,
)
from smartfin.services.meanwhile import Meanwhile
from smartfin.services.record.decide import waiting_samples
from smartfin.services.upload import DraftView, QuestionRow, UploadView, upload_view
from smartfin.support import partner_of
from smartfin.ui.clicks import attempt, draw_done
from smartfin.ui.findings import draw_findings
from smartfin.ui.handback import draw_marked
from smartfin.ui.mapping import draw_choice, draw_mapping
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.notices import draw_notice, draw_page_link
from smartfin.ui.reader import LOCAL_SESSION, person
from smartfin.ui.samples import draw_samples_offer
from smartfin.ui.state import Kept, Page, Selection
from smartfin.ui.tables import draw_folded_table
from smartfin.wording import Words

_LARGEST_MEGABYTES = 20
_LONGEST_REASON = 500  # signs
_QUESTIONS_IN_VIEW = 12  # of a workbook at once; each answer makes room for the next

Seen = dict[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the last action brought.

    Args:
        sentence: In words.
        partner: Whose workbook was accepted; empty when none was.
    """

    sentence: str
    partner: str = ""


def draw_drop(selection: Selection) -> None:
    """Where workbooks are dropped; each becomes a draft, and the emptied widget awaits more."""
    words = selection.words
    st.html(_drop_words(words))
    dropped = st.session_state.get(Kept.DROPPED, 0)
    files = st.file_uploader(
        words.text("upload.drop"),
        accept_multiple_files=True,
        max_upload_size=_LARGEST_MEGABYTES,
        key=f"drop-{dropped}",
    )
    if files:
        for file in files:
            add_draft(selection.smartfin, file.getvalue(), file.name, person(), LOCAL_SESSION)
        st.session_state[Kept.DROPPED] = dropped + 1
        st.session_state[Kept.ARRIVED] = [file.name for file in files]
        st.session_state.pop(Kept.OUTCOME, None)
        st.rerun()


def _drop_words(words: Words) -> str:
    """The reader's words for a widget that has only English ones of its own."""
    invitation = _css_string(words.text("upload.drop.here", megabytes=_LARGEST_MEGABYTES))
    button = _css_string(words.text("upload.drop.button"))
    style = f".stApp {{ --sf-drop-here: {invitation}; --sf-drop-button: {button}; }}"
    return tag("style", style)


def _css_string(words: str) -> str:
    """A sentence as a CSS string; every sign that could end it or the style is written as code."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):06x}" for c in words) + '"'


def read_drafts(selection: Selection) -> UploadView:
    """Every workbook that waits; says so while those just dropped are read."""
    words = selection.words
    arrived: list[str] = st.session_state.pop(Kept.ARRIVED, [])
    reading = words.text("upload.reading", file=words.join(arrived))
    seen: Seen = st.session_state.setdefault(Kept.SEEN, {})
    with st.spinner(plain(reading)) if arrived else nullcontext():
        view = upload_view(selection.smartfin, words, LOCAL_SESSION, seen)
    for draft in view.drafts:
        if draft.partner:
            seen.setdefault(draft.id, draft.known_at)
    return view


def draw_outcome(selection: Selection) -> None:
    """What the last action brought, and where to go next."""
    words = selection.words
    draw_done()
    outcome: Outcome | None = st.session_state.get(Kept.OUTCOME)
    if outcome is None:
        return
    draw_notice(outcome.sentence, "done")
    if outcome.partner:
        with st.container(horizontal=True):
            draw_page_link(Page.HISTORY, words.text("upload.accepted.next"))
            country = words.country(outcome.partner)
            label = words.text("upload.accepted.country", country=country)
            draw_page_link(Page.COUNTRY, label, partner=outcome.partner)
        draw_samples_offer(len(waiting_samples(selection.smartfin)), selection)


def draw_drafts(view: UploadView, selection: Selection) -> None:
    """Every workbook that waits; among several, each button says whose it is."""
    several = len(view.drafts) > 1
    for draft in view.drafts:
        with st.container(border=True, key=f"draft-{draft.id}"):
            _draw_draft(draft, view, selection)
            _draw_decision(draft, selection, several=several)
            draw_findings(draft, selection)
            draw_mapping(draft, view.items, selection)


def _draw_draft(draft: DraftView, view: UploadView, selection: Selection) -> None:
    """What was understood of a workbook, what must be settled first, what would change."""
    words = selection.words
    st.html(_draft_heading(draft, words))
    if draft.meanwhile:
        _draw_meanwhile(draft.meanwhile, words)
    _draw_whose(draft, selection, view.partners)
    _draw_questions(draft, view, selection)
    if draft.changes:
        st.html(tag("h3", text(words.text("upload.changes"))) + tag("p", text(draft.changes)))
    if draft.restated:
        draw_folded_table(draft.restated, words.text("upload.restated"), words)


def _draw_meanwhile(meanwhile: Meanwhile, words: Words) -> None:
    """What came in since the reader first looked: what stands below is compared with it."""
    draw_notice(" ".join((words.text("meanwhile.title"), *meanwhile.events, meanwhile.sentence)))
    if meanwhile.table:
        draw_folded_table(meanwhile.table, words.text("meanwhile.open"), words)


def _draft_heading(draft: DraftView, words: Words) -> str:
    whose = tag("small", text(draft.partner)) if draft.partner else ""
    made_up = tag("p", text(words.text("upload.synthetic"))) if draft.synthetic else ""
    state = tag("p", text(words.text("upload.draft")), class_="sf-mark")
    heading = tag("h2", text(draft.file), " ", whose)
    return heading + state + tag("p", text(draft.summary)) + made_up


def _draw_whose(
    draft: DraftView, selection: Selection, partners: Sequence[tuple[str, str]]
) -> None:
    """For a workbook that could be opened but does not say whose it is."""
    if not draft.partner_asked or not (draft.sheets or draft.unused.rows):
        return
    words, names = selection.words, dict(partners)
    with st.form(f"whose-{draft.id}"):
        chosen = st.selectbox(
            words.text("upload.whose"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=words.text("select.none"),
        )
        if st.form_submit_button(words.text("upload.whose.set")) and chosen:
            answer_draft(selection.smartfin, draft.id, {}, partner=chosen)
            st.rerun()


def _draw_questions(draft: DraftView, view: UploadView, selection: Selection) -> None:
    """What only a person can settle; each click reads the workbook again with the answer."""
    asked = [question for question in draft.questions if question.id != "partner"]
    if not asked:
        return
    words = selection.words
    st.html(tag("h3", text(words.text("upload.questions"))))
    for question in asked[:_QUESTIONS_IN_VIEW]:
        draw_choice(
            draft.id,
            question.id,
            _question_words(question),
            question.options,
            view.items if question.any_item else (),
            selection,
        )
    waiting = len(asked) - _QUESTIONS_IN_VIEW
    if waiting > 0:
        st.html(tag("p", text(words.plural("upload.questions.more", waiting))))


def _question_words(question: QuestionRow) -> str:
    place = f"**{plain(question.place)}** " if question.place else ""
    return place + plain(question.sentence)


def _draw_decision(draft: DraftView, selection: Selection, *, several: bool) -> None:
    """Accept, where nothing speaks against it; or discard."""
    words, smartfin = selection.words, selection.smartfin
    if draft.refusal:
        draw_notice(draft.refusal)
    if draft.sheets:
        _choose_stage(draft, selection)
    restates = _ask_why(draft, words)
    with st.container(horizontal=True):
        if st.button(
            _label(words, draft, several, "upload.accept", "upload.accept.of"),
            type="primary",
            disabled=not draft.acceptable,
            # Another state of the ledger is another button: a click on what was shown before
            # somebody else's workbook came in accepts nothing.
            key=f"accept-{draft.id}-{draft.revision}",
        ):
            _accept(draft, selection, restates)
        draw_marked(draft, selection, several=several)
        discard = _label(words, draft, several, "upload.discard", "upload.discard.of")
        if st.button(discard, key=f"discard-{draft.id}"):
            discard_draft(smartfin, draft.id)
            _finish(Outcome(words.text("upload.discarded", file=draft.file)))


def _ask_why(draft: DraftView, words: Words) -> str:
    """Why a workbook changes a closed quarter; nothing is asked where it changes none."""
    if not draft.closed:
        return ""
    draw_notice(words.text("upload.restates", quarters=draft.closed))
    return st.text_input(
        words.text("upload.restates.why"), max_chars=_LONGEST_REASON, key=f"restates-{draft.id}"
    )


def _accept(draft: DraftView, selection: Selection, restates: str) -> None:
    """Take a workbook into the ledger; why that cannot be is told above the others."""
    st.session_state.pop(Kept.OUTCOME, None)

    def act() -> None:
        smartfin, words = selection.smartfin, selection.words
        revision = draft.revision
        submission = accept_draft(smartfin, draft.id, person(), revision, restates=restates)
        sentence = words.text("upload.accepted", file=draft.file, id=submission.id)
        whose = partner_of(submission.partner) or submission.partner
        st.session_state[Kept.OUTCOME] = Outcome(sentence, whose)
        st.session_state.pop(Kept.SEEN, None)  # what one accepts oneself is no news

    attempt(selection, act)
    st.rerun()


def _choose_stage(draft: DraftView, selection: Selection) -> None:
    """How far the books are settled; what the workbook says of itself is chosen already."""
    key, words = f"stage-{draft.id}", selection.words
    st.session_state[key] = draft.stage  # what is stored: an answer may have told another one

    def keep() -> None:
        stage_draft(selection.smartfin, draft.id, st.session_state[key])

    st.segmented_control(
        words.text("upload.stage"),
        list(Stage),
        required=True,
        format_func=lambda stage: words.text(f"stage.{stage.value}"),
        key=key,
        on_change=attempt,
        args=(selection, keep),
    )


def _label(words: Words, draft: DraftView, several: bool, alone: str, among_others: str) -> str:
    """A button's name; the file in it tells it from the same button of another workbook."""
    return plain(words.text(among_others, file=draft.file) if several else words.text(alone))


def _finish(outcome: Outcome) -> None:
    st.session_state[Kept.OUTCOME] = outcome
    st.rerun()
