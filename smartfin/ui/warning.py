"""Early warning on a page: the matrix of marks, and one flag in depth."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from smartfin.analysis.warning.precedents import Alignment
from smartfin.quarter import Quarter
from smartfin.services.view import Cell
from smartfin.services.warning.cell import Mark, MatrixCell
from smartfin.services.warning.detail import Detail
from smartfin.services.warning.matrix import (
    Matrix,
    MatrixColumn,
    MatrixFamily,
    MatrixRow,
)
from smartfin.services.warning.view import Chosen, WarningView
from smartfin.ui import choices
from smartfin.ui.headings import draw_message
from smartfin.ui.markup import hidden, tag, text
from smartfin.ui.noted import draw_matters, draw_remarks
from smartfin.ui.notices import draw_notice
from smartfin.ui.provenance import Numbers
from smartfin.ui.state import Key, Page, Selection, link
from smartfin.ui.tables import draw_folded_table, table_markup
from smartfin.wording import Words

_ONLY_HERE: dict[str, None] = {Key.RULE: None, Key.ALIGN: None, Key.ENTITY: None}


class Asked(NamedTuple):
    """What the address asks of the page."""

    chosen: Chosen
    quarter: Quarter | None


def asked_warning(selection: Selection) -> Asked:
    """The flag, partner and alignment the address asks for."""
    chosen = Chosen(
        partner=choices.asked_partner(selection),
        rule=choices.asked_rule(selection),
        entity=choices.asked_entity(selection),
        align=choices.asked_code(Key.ALIGN, Alignment, selection) or Alignment.AGE,
    )
    return Asked(chosen, choices.asked_quarter(selection))


def draw_flags(view: WarningView, selection: Selection) -> None:
    """The answer, the flag asked for in depth, the matrix, and what moved of late.

    What was asked for stands above the matrix it was asked in: a link starts at the top.
    """
    words = selection.words
    draw_message(view.message)
    if view.detail:
        draw_detail(view.detail, words)
        draw_remarks(view.remarks, view.detail, selection)
    elif view.not_theirs:
        draw_notice(view.not_theirs)
    if view.matrix:
        draw_matrix(view.matrix, view.detail, words)
    if view.events:
        draw_folded_table(view.events, words.text("warning.events"), words)
    draw_matters(view.matters, view.partner, selection)


def draw_matrix(matrix: Matrix, shown: Detail | None, words: Words) -> None:
    """The matrix and what its marks mean.

    Args:
        matrix: To draw.
        shown: The flag that is shown in depth, marked in the matrix.
        words: The reader's.
    """
    open_cell = (shown.partner, shown.rule) if shown else None
    heads = (_head(column) for column in matrix.columns)
    corner = tag("th", text(words.text("column.signal")), scope="col")
    bodies = (_family(each, len(matrix.columns), open_cell) for each in matrix.families)
    grid = tag(
        "table",
        tag("caption", tag("span", text(matrix.caption), class_="sf-steady")),
        tag("thead", tag("tr", corner, *heads)),
        *bodies,
        class_="sf-table sf-matrix",
    )
    frame = tag("div", grid, class_="sf-scroll", role="group", tabindex="0",
                aria_label=matrix.caption)  # fmt: skip
    st.html(tag("div", frame, _key(words), class_="sf-tabled"))


def _head(column: MatrixColumn) -> str:
    """A partner, which opens its page, and what its cells are of."""
    target = link(Page.COUNTRY, **_ONLY_HERE, **{Key.PARTNER: column.partner})
    under = (tag("small", text(line)) for line in (column.quarter, column.counts))
    classes = "sf-case" if column.precedent else ""
    return tag("th", tag("a", text(column.name), href=target), *under, scope="col", class_=classes)


def _family(family: MatrixFamily, columns: int, open_cell: tuple[str, str] | None) -> str:
    name = tag("strong", text(family.name))
    title = tag(
        "th",
        tag("span", name, " ", text(family.what), class_="sf-steady"),
        scope="rowgroup",
        colspan=str(columns + 1),
        class_="sf-family",
    )
    return tag("tbody", tag("tr", title), *(_row(row, open_cell) for row in family.rows))


def _row(row: MatrixRow, open_cell: tuple[str, str] | None) -> str:
    heading = tag("th", text(row.name), scope="row", title=row.what)
    cells = (_cell(cell, (cell.partner, cell.rule) == open_cell) for cell in row.cells)
    return tag("tr", heading, *cells)


def _cell(cell: MatrixCell, is_open: bool) -> str:
    """The mark by its form and its colour, the figure, and both in words."""
    if cell.mark is Mark.FOREIGN:
        return tag("td", hidden(cell.said))
    target = link(None, **_address(cell.partner, cell.unit, cell.rule))
    whose = tag("small", text(cell.entity)) if cell.entity else ""
    inside = text(cell.text) + (f" {whose}" if whose else "") + hidden(f" {cell.said}")
    shown = tag(
        "a",
        inside,
        href=target,
        title=cell.said,
        class_=_classes(cell.mark, easing=cell.easing),
        aria_current=is_open and "true",
    )
    return tag("td", shown)


def _address(partner: str, unit: str, rule: str) -> dict[str, str | None]:
    """The parameters of a warning in depth."""
    return {Key.PARTNER: partner, Key.RULE: rule, Key.ENTITY: unit if unit != partner else None}


def _classes(mark: Mark, *, easing: bool = False) -> str:
    return f"sf-flagged sf-flag-{mark}" + (" sf-easing" if easing else "")


def _key(words: Words) -> str:
    """What the forms mean."""
    shown = (
        *((mark.value, _classes(mark)) for mark in (Mark.RED, Mark.AMBER)),
        ("easing", _classes(Mark.AMBER, easing=True)),
        *((mark.value, _classes(mark)) for mark in (Mark.CALM, Mark.SILENT)),
    )
    entries = (
        tag("li", tag("span", text(words.text(f"warning.key.{name}")), class_=classes))
        for name, classes in shown
    )
    return tag("ul", *entries, class_="sf-key")


def draw_detail(detail: Detail, words: Words) -> None:
    """One flag: its sentence, why it matters, what it reads, where its threshold comes from."""
    numbers = Numbers(words)
    mark = tag("span", text(words.text(f"warning.key.{detail.mark}")), class_=_classes(detail.mark))
    said = " ".join(filter(None, (detail.sentence, detail.course)))
    own = (words.text("column.figure"), detail.figure)
    shown = (own,) if detail.parts else (own, *detail.figures)
    pairs = [_pair(name, _figure(numbers, cell)) for name, cell in shown]
    back = link(None, **{Key.RULE: None, Key.ENTITY: None})
    st.html(
        tag(
            "section",
            tag("h2", text(detail.title), " ", mark),
            tag("p", text(said), class_="sf-reason"),
            tag("p", text(" ".join(filter(None, (detail.what, detail.duty))))),
            tag("p", tag("small", text(detail.thresholds))),
            tag("dl", *pairs, class_="sf-figures"),
            table_markup(detail.parts, words) if detail.parts else "",
            _others(detail, words),
            tag("p", tag("a", text(words.text("warning.close")), href=back)),
            class_="sf-detail",
        )
    )
    draw_folded_table(detail.events, detail.events.caption, words)


def _others(detail: Detail, words: Words) -> str:
    """The same warning of the partner's other legal entities."""
    if not detail.others:
        return ""
    links = (
        tag("a", text(name), href=link(None, **_address(detail.partner, unit, detail.rule)))
        for unit, name in detail.others
    )
    return tag("p", text(words.text("warning.other-entities")), " ", " · ".join(links))


def _pair(name: str, value: str) -> str:
    return tag("div", tag("dt", text(name)), tag("dd", value))


def _figure(numbers: Numbers, cell: Cell) -> str:
    note = tag("small", text(cell.note)) if cell.note else ""
    return numbers.markup(cell) + note
