"""The social balance on a page: result against social project, the twelve, one in depth."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartfin.analysis.social import Held, SocialState
from smartfin.services.social.matrix import (
    Grid,
    GridCell,
    PartnerVerdict,
    StandingCell,
    StandingColumn,
    StandingMatrix,
    StandingRow,
)
from smartfin.services.social.view import SocialView
from smartfin.ui.headings import draw_message, draw_paragraph, draw_section
from smartfin.ui.markup import hidden, tag, text
from smartfin.ui.provenance import Numbers
from smartfin.ui.sections import draw_answered
from smartfin.ui.state import Key, Page, link
from smartfin.ui.tables import table_markup
from smartfin.wording import Words

_GOOD = frozenset({SocialState.SOUND, SocialState.PATIENT_INVESTMENT})
_BAD = frozenset(
    {SocialState.BOUGHT, SocialState.FAILING_ON_BOTH, SocialState.UNCHANGED_SOCIAL_FELL}
)


def draw_social(view: SocialView, words: Words) -> None:
    """The answer, what it rests on, then one partner from its verdict down to its votes."""
    draw_message(view.message)
    draw_paragraph(words.text("social.never-one-score"))
    if view.provisional:
        draw_paragraph(view.provisional)
    if view.grid:
        _draw_grid(view.grid)
    draw_section(words.text("social.section.verdicts"))
    _draw_verdicts(view.verdicts, words)
    if view.precedents:
        draw_section(words.text("board.precedents"), 3)
        _draw_verdicts(view.precedents, words)
    if view.matrix:
        draw_section(words.text("social.section.matrix"))
        _draw_matrix(view.matrix, words)
    if view.history:
        draw_section(words.text("social.section.history"))
        st.html(tag("div", table_markup(view.history, words), class_="sf-wrapped"))
    _draw_depth(view, words)


def _draw_depth(view: SocialView, words: Words) -> None:
    """One partner: its verdict, then every question about it."""
    draw_section(view.depth)
    if view.verdict:
        _draw_verdicts((view.verdict,), words)
    for section in view.sections:
        draw_answered(section, None, words)


def _tone(state: SocialState) -> str:
    tone = "good" if state in _GOOD else "bad" if state in _BAD else "plain"
    return f"sf-stood sf-stood-{tone}"


def _draw_grid(grid: Grid) -> None:
    """Result down, social project across; who stands where, and what that is called."""
    heads = (tag("th", text(name), scope="col") for name in grid.columns)
    rows = (
        tag("tr", tag("th", text(name), scope="row"), *(_grid_cell(cell) for cell in cells))
        for name, cells in grid.rows
    )
    table = tag(
        "table",
        tag("caption", text(grid.caption)),
        tag("thead", tag("tr", tag("td"), *heads)),
        tag("tbody", *rows),
        class_="sf-table sf-grid",
    )
    frame = tag("div", table, class_="sf-scroll", role="group", tabindex="0",
                aria_label=grid.caption)  # fmt: skip
    st.html(tag("div", frame, class_="sf-tabled"))


def _grid_cell(cell: GridCell) -> str:
    """The verdict of a place, and who is there; an empty place stands back."""
    names = (_partner(code, name) for code, name in cell.partners)
    there = tag("p", *(tag("b", name) + " " for name in names)) if cell.partners else ""
    classes = _tone(cell.states[0]) if cell.partners else "sf-stood-none"
    return tag("td", tag("span", text(cell.words), class_=classes), there)


def _partner(code: str, name: str) -> str:
    """The way to a partner in depth, on this page."""
    return tag("a", text(name), href=link(None, **{Key.PARTNER: code}))


def _draw_verdicts(verdicts: Sequence[PartnerVerdict], words: Words) -> None:
    """Each partner's verdict with its evidence."""
    numbers = Numbers(words)
    st.html(tag("dl", *(_verdict(each, numbers) for each in verdicts), class_="sf-stands"))


def _verdict(each: PartnerVerdict, numbers: Numbers) -> str:
    name = tag("dt", _partner(each.partner, each.name), " ", tag("small", text(each.quarter)))
    state = tag("span", numbers.link(each.words, each.source), class_=_tone(each.state))
    return tag("div", name, tag("dd", state, " ", text(" ".join(each.evidence))))


def _draw_matrix(matrix: StandingMatrix, words: Words) -> None:
    """The twelve of every partner; each figure opens where it comes from."""
    numbers = Numbers(words)
    corner = tag("th", text(words.text("column.indicator")), scope="col")
    heads = (_head(column) for column in matrix.columns)
    grid = tag(
        "table",
        tag("caption", tag("span", text(matrix.caption), class_="sf-steady")),
        tag("thead", tag("tr", corner, *heads)),
        tag("tbody", *(_row(row, numbers) for row in matrix.rows)),
        class_="sf-table sf-matrix sf-twelve",
    )
    frame = tag("div", grid, class_="sf-scroll", role="group", tabindex="0",
                aria_label=matrix.caption)  # fmt: skip
    st.html(tag("div", frame, _key(words), class_="sf-tabled"))


def _head(column: StandingColumn) -> str:
    target = link(Page.SOCIAL, **{Key.PARTNER: column.partner})
    under = (tag("small", text(line)) for line in (column.quarter, column.counts))
    classes = "sf-case" if column.precedent else ""
    return tag("th", tag("a", text(column.name), href=target), *under, scope="col", class_=classes)


def _row(row: StandingRow, numbers: Numbers) -> str:
    heading = tag("th", text(row.name), scope="row", title=row.what)
    return tag("tr", heading, *(_cell(cell, numbers) for cell in row.cells))


def _cell(cell: StandingCell, numbers: Numbers) -> str:
    """The figure with its sign and colour, and both in words."""
    shown = numbers.link(cell.text, cell.source)
    return tag("td", tag("span", shown, hidden(f" {cell.said}"), class_=_held(cell.held),
                         title=cell.said))  # fmt: skip


def _held(held: Held) -> str:
    return f"sf-flagged sf-held-{held.value.replace('_', '-')}"


def _key(words: Words) -> str:
    """What the signs mean."""
    entries = (
        tag("li", tag("span", text(words.text(f"social.held.{held.value}")), class_=_held(held)))
        for held in Held
    )
    return tag("ul", *entries, class_="sf-key")
