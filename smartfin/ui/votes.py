"""Votes of the members: told on every page of a day, recorded and withdrawn on that of today."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.record.vote import record_vote, votes, withdraw_vote
from smartfin.store import LONGEST_TEXT, Ballot, MemberVote
from smartfin.ui.clicks import decide
from smartfin.ui.headings import draw_paragraph, draw_section
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.reader import person
from smartfin.ui.state import Selection
from smartfin.wording import DASH, Words

_OFFERED = range(-8, 9)  # quarters from this one that a vote may apply from


def draw_votes(selection: Selection, partner: str) -> None:
    """The votes of a partner's members; a form to record one, one to withdraw each.

    Args:
        selection: Of this run; of a day gone by nothing can be recorded.
        partner: Code of the partner as a whole.
    """
    words = selection.words
    draw_section(words.text("votes.title"), level=3)
    draw_paragraph(words.text("votes.what"))
    found = votes(selection.smartfin, selection.as_of, partner)
    if not found:
        draw_paragraph(words.text("votes.none"))
    for each in reversed(found):
        with st.container(horizontal=True, vertical_alignment="center", key=f"vote-{each.id}"):
            st.html(_markup(words, each), width="stretch")
            if not selection.as_of and not each.withdrawn:
                _draw_withdraw(each, selection)
    if not selection.as_of:
        _draw_record(selection, partner)


def _markup(words: Words, vote: MemberVote) -> str:
    """A vote in a sentence, what it was about, and whether it still counts."""
    ballot = vote.ballot
    said = words.text(
        "votes.sentence",
        held=ballot.held,
        in_favour=words.percent(ballot.in_favour, digits=1),
        turnout=words.percent(ballot.turnout),
        quarter=ballot.quarter,
    )
    about = words.text("votes.about", text=ballot.text or DASH, by=vote.by or DASH)
    lines = [tag("p", text(said)), tag("p", tag("small", text(about)))]
    if vote.withdrawn:
        facts = {"at": vote.withdrawn, "by": vote.withdrawn_by or DASH}
        gone = words.text("votes.withdrawn", why=vote.withdrawn_why or DASH, **facts)
        lines.append(tag("p", tag("small", text(gone))))
    return "".join(lines)


def _draw_withdraw(vote: MemberVote, selection: Selection) -> None:
    words = selection.words
    label = plain(words.text("votes.withdraw", held=vote.ballot.held))
    with (
        st.popover(label, type="tertiary", key=f"withdrawing-vote-{vote.id}"),
        st.form(f"withdraw-vote-{vote.id}", border=False),
    ):
        why = st.text_input(words.text("votes.why"), max_chars=LONGEST_TEXT)
        if st.form_submit_button(label, type="primary"):
            act = partial(withdraw_vote, selection.smartfin, vote.id, why, person())
            decide(selection, act)
            st.rerun()


def _draw_record(selection: Selection, partner: str) -> None:
    words = selection.words
    today = datetime.now(UTC).date()
    now = Quarter.containing(today)
    with st.popover(words.text("votes.new")), st.form("vote", border=False):
        unit = _choose_unit(selection, partner)
        first = st.selectbox(
            words.text("votes.first"),
            [now + ahead for ahead in _OFFERED],
            index=_OFFERED.index(1),
            format_func=words.quarter,
        )
        held = st.date_input(
            words.text("votes.held"), value="today", max_value="today", format="YYYY-MM-DD"
        )
        in_favour = _percent(words.text("votes.in-favour"), 50.0)
        turnout = _percent(words.text("votes.turnout"), None)
        said = st.text_area(words.text("votes.text"), max_chars=LONGEST_TEXT)
        if st.form_submit_button(words.text("votes.save"), type="primary"):
            ballot = Ballot(unit, first, held, in_favour or 0.0, turnout, said)
            decide(selection, partial(record_vote, selection.smartfin, ballot, person()))
            st.rerun()


def _choose_unit(selection: Selection, partner: str) -> str:
    """Whose members voted: asked only where the partner has several legal entities."""
    units = find_partner(selection.smartfin.partners, partner).units
    if len(units) == 1:
        return partner
    codes = [unit.code for unit in units]
    label = selection.words.text("select.partner")
    return str(st.selectbox(label, codes, format_func=selection.words.country))


def _percent(label: str, value: float | None) -> float | None:
    """A share typed as a percentage; None where nothing was."""
    typed = st.number_input(label, min_value=0.0, max_value=100.0, value=value, step=1.0)
    return None if typed is None else typed / 100
