"""A number explained: the sentence, the sum, the amounts, and the cells they were read from."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from smartfin.services.compare import Currency
from smartfin.services.provenance.excerpt import Picture, PictureRow, picture_of
from smartfin.services.provenance.explain import ExplainView
from smartfin.services.provenance.facts_read import FactRow
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.sums import StepRow, spaced
from smartfin.services.view import Cell
from smartfin.ui.choices import asked_code, asked_quarter, asked_text
from smartfin.ui.headings import draw_message, draw_paragraph, draw_section
from smartfin.ui.markup import hidden, tag, text
from smartfin.ui.notices import draw_synthetic
from smartfin.ui.provenance import Numbers
from smartfin.ui.sources import draw_download
from smartfin.ui.state import Key, Selection, bound, link, opened_on
from smartfin.ui.tables import draw_folded_table, draw_table
from smartfin.wording import Words

_ROWS_IN_VIEW = 24  # of the amounts; more are folded away


def asked_figure(selection: Selection) -> Figure | None:
    """The number the address asks for; None where it names none."""
    partner, quarter = asked_text(Key.PARTNER), asked_quarter(selection)
    code = asked_text(Key.FIGURE)
    currency = asked_code(Key.CURRENCY, Currency, selection) or Currency.LOCAL
    if not partner or not quarter or not code:
        return None
    return Figure(partner, quarter, code, currency.value).as_asked()


def draw_back(words: Words) -> None:
    """The way back to the page the number was opened on."""
    page, _ = opened_on()
    label = words.text("explain.back", page=words.text(f"menu.{page}"))
    st.html(tag("p", tag("a", text(label), href=link(page)), class_="sf-back"))


def draw_explained(view: ExplainView, selection: Selection) -> None:
    """One sentence first, then the sum, then the cells."""
    words = selection.words
    draw_synthetic(words, synthetic=view.synthetic)
    draw_message(view.sentence)
    st.html(_answer(view))
    for sentence in filter(None, (view.definition, view.over, *view.warnings)):
        draw_paragraph(sentence)
    if view.steps:
        draw_section(words.text("explain.sum"))
        st.html(_sums(view.steps, words))
    if view.unreported:
        draw_paragraph(view.unreported)
    for sentence in view.as_set:
        draw_paragraph(sentence)
    if view.removed:
        draw_paragraph(view.removed)
    if view.parts:
        draw_section(words.text("explain.parts"))
        draw_table(view.parts, words)
    if view.cells:
        draw_section(words.text("explain.cells"))
        _draw_cell(view.cells, selection)
    if view.facts:
        draw_section(words.text("explain.facts"))
        if len(view.facts.rows) > _ROWS_IN_VIEW:
            draw_folded_table(view.facts, view.facts.caption, words)
        else:
            draw_table(view.facts, words)


def _answer(view: ExplainView) -> str:
    """The number large, unrounded beside it, or why there is none."""
    beside = tag("small", text(view.exact)) if view.exact else ""
    note = tag("p", text(view.value.note)) if view.value.note else ""
    return tag("div", tag("p", tag("strong", text(view.value.text)), " ", beside), note,
               class_="sf-number-large")  # fmt: skip


def _sums(steps: Iterable[StepRow], words: Words) -> str:
    """Each sum in words, and below it with its figures."""
    numbers = Numbers(words)
    return tag("ol", *(tag("li", _sum(step, numbers)) for step in steps), class_="sf-sums")


def _sum(step: StepRow, numbers: Numbers) -> str:
    formula = tag("p", tag("b", text(step.name)), " = ", text(step.formula))
    result = tag("strong", numbers.markup(step.result))
    if len(step.figures) == 1:
        return formula + tag("p", "= ", result, class_="sf-worked")
    figures = spaced(numbers.markup(cell) for cell in step.figures)
    return formula + tag("p", "= ", figures, " = ", result, class_="sf-worked")


def _draw_cell(cells: tuple[FactRow, ...], selection: Selection) -> None:
    """The rows around the cell of one amount, chosen among all, and its workbook."""
    words = selection.words
    by_id = {fact.id: fact for fact in cells}
    asked_for = asked_text(Key.FACT)
    shown = asked_for if asked_for in by_id else cells[0].id
    if len(cells) > 1:
        st.selectbox(
            words.text("explain.cell.choose"),
            list(by_id),
            format_func=lambda code: by_id[code].name,
            **bound(Key.FACT, shown, default=cells[0].id),
        )
    fact = by_id[shown]
    st.html(_picture(picture_of(selection.smartfin, words, fact), words))
    label = words.text("country.submission", id=fact.submission, file=fact.file)
    draw_download(selection.smartfin, fact.submission, fact.file, label)


def _picture(picture: Picture, words: Words) -> str:
    """The rows as the sheet has them, with its letters and numbers; the cell is framed."""
    sentence = tag("p", text(picture.sentence)) if picture.sentence else ""
    if not picture.rows:
        return tag("p", text(picture.caption)) + sentence
    corner = tag("th", hidden(words.text("explain.excerpt.row")), scope="col")
    far = _far_columns(picture)
    letters = (
        tag("th", text(letter), scope="col", class_="sf-far" if place in far else "")
        for place, letter in enumerate(picture.columns)
    )
    grid = tag(
        "table",
        tag("caption", text(picture.caption)),
        tag("thead", tag("tr", corner, *letters)),
        tag("tbody", *(_picture_row(row, far, words) for row in picture.rows)),
        class_="sf-picture",
    )
    frame = tag("div", grid, class_="sf-scroll", role="group", tabindex="0",
                aria_label=picture.caption)  # fmt: skip
    return tag("div", frame, sentence, class_="sf-pictured")


def _far_columns(picture: Picture) -> frozenset[int]:
    """Columns of numbers that are not beside the cell: a narrow screen has no room for them."""
    row = next(row for row in picture.rows if row.marked is not None)
    return frozenset(
        place
        for place, cell in enumerate(row.cells)
        if abs(place - (row.marked or 0)) > 1 and (cell.numeric or place > (row.marked or 0))
    )


def _picture_row(row: PictureRow, far: frozenset[int], words: Words) -> str:
    cells = (
        _picture_cell(cell, words, marked=place == row.marked, far=place in far)
        for place, cell in enumerate(row.cells)
    )
    return tag("tr", tag("th", text(row.number), scope="row"), *cells,
               class_="sf-picture-head" if row.heading else "")  # fmt: skip


def _picture_cell(cell: Cell, words: Words, *, marked: bool, far: bool) -> str:
    classes = (
        "sf-number" if cell.numeric else "",
        "sf-marked" if marked else "",
        "sf-far" if far else "",
    )
    told = hidden(" – " + words.text("explain.excerpt.here")) if marked else ""
    return tag("td", text(cell.text), told, class_=" ".join(filter(None, classes)))
