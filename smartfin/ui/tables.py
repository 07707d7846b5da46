"""Tables a reader can print, and a screen reader can walk through cell by cell."""

from __future__ import annotations

from string import ascii_lowercase

import streamlit as st

from smartfin.services.view import Cell, Table
from smartfin.ui.markup import hidden, tag, text
from smartfin.ui.provenance import Numbers
from smartfin.wording import Words

_SHORT = 32  # signs up to which a cell stays on one line


def draw_table(table: Table, words: Words) -> None:
    """A table, open to view."""
    st.html(table_markup(table, words))


def draw_folded_table(table: Table, title: str, words: Words) -> None:
    """A table behind its title, opened by mouse or keyboard; nothing for one without rows."""
    if table.rows:
        st.html(tag("details", tag("summary", text(title)), table_markup(table, words)))


def table_markup(table: Table, words: Words) -> str:
    """The table with caption, headings of rows and columns, and its notes below.

    It scrolls within itself where the screen is narrower than the table.
    """
    notes = _notes(table)
    head = tag("tr", *(_heading(table, place) for place in range(len(table.columns))))
    numbers = Numbers(words)
    rows = (_row(row, notes, words, numbers) for row in table.rows)
    grid = tag(
        "table",
        tag("caption", text(table.caption), _mark_of(table)),
        tag("thead", head),
        tag("tbody", *rows),
        class_="sf-table",
    )
    frame = tag("div", grid, class_="sf-scroll", role="group", tabindex="0",
                aria_label=table.caption)  # fmt: skip
    return tag("div", frame, _notes_markup(notes), class_="sf-tabled")


def _mark_of(table: Table) -> str:
    """What must be known of all its figures, told by a word and a pattern."""
    return " " + tag("small", text(table.mark), class_="sf-mark") if table.mark else ""


def _notes(table: Table) -> dict[str, str]:
    """Each distinct note of the cells with its mark, in the order they are met."""
    found = dict.fromkeys(cell.note for row in table.rows for cell in row[1:] if cell.note)
    return {note: _mark(place) for place, note in enumerate(found)}


def _mark(place: int) -> str:
    """The marks a to z, then aa, ab and so on."""
    ahead, letter = divmod(place, len(ascii_lowercase))
    return (_mark(ahead - 1) if ahead else "") + ascii_lowercase[letter]


def _notes_markup(notes: dict[str, str]) -> str:
    entries = (tag("li", tag("sup", mark), " ", text(note)) for note, mark in notes.items())
    return tag("ul", *entries, class_="sf-notes") if notes else ""


def _heading(table: Table, place: int) -> str:
    numeric = any(row[place].numeric for row in table.rows)
    return tag("th", text(table.columns[place]), scope="col", class_="sf-number" if numeric else "")


def _row(row: tuple[Cell, ...], notes: dict[str, str], words: Words, numbers: Numbers) -> str:
    """A row; what its heading means stands under it, notes on its cells below the table."""
    first, *others = row
    meaning = tag("small", text(first.note), class_="sf-meaning") if first.note else ""
    classes = "sf-number" if first.numeric else ""
    heading = tag("th", text(first.text), meaning, scope="row", class_=classes)
    return tag("tr", heading, *(_cell(cell, notes, words, numbers) for cell in others))


def _cell(cell: Cell, notes: dict[str, str], words: Words, numbers: Numbers) -> str:
    shape = "sf-number " if cell.numeric else "sf-long " if len(cell.text) > _SHORT else ""
    classes = shape + effect_class(cell)
    return tag("td", _content(cell, notes, words, numbers), class_=classes.strip())


def _content(cell: Cell, notes: dict[str, str], words: Words, numbers: Numbers) -> str:
    mark = tag("sup", notes[cell.note]) if cell.note else ""
    return numbers.markup(cell) + mark + effect_words(cell, words)


def effect_class(cell: Cell) -> str:
    """Class of a cell that is good or bad for the result."""
    return {True: "sf-good", False: "sf-bad", None: ""}[cell.good]


def effect_words(cell: Cell, words: Words) -> str:
    """The same for who hears the page instead of seeing it."""
    if cell.good is None or not cell.numeric:  # words say it themselves
        return ""
    return hidden(" " + words.text("effect.good" if cell.good else "effect.bad"))
