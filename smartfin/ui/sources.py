"""Where the numbers come from: facts with file, cell, hand and day, and the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from smartfin.services.country.view import SourceRow
from smartfin.services.record.history import submission_content
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table
from smartfin.ui.markup import plain
from smartfin.ui.tables import draw_folded_table
from smartfin.wording import Words

_COLUMNS = ("item", "quarter", "scenario", "amount", "file", "place", "by", "known_from")


def draw_sources(rows: Sequence[SourceRow], smartfin: Smartfin, words: Words) -> None:
    """The facts of a quarter, at least one, and the workbooks they were read from."""
    title = words.text("country.sources.open")
    draw_folded_table(_sources_table(rows, title, words), title, words)
    with st.container(horizontal=True):
        for number, file in dict.fromkeys((row.submission, row.file) for row in rows):
            label = words.text("country.submission", id=number, file=file)
            draw_download(smartfin, number, file, label)


def draw_download(smartfin: Smartfin, number: int, file: str, label: str) -> None:
    """A button that brings a workbook back byte for byte; read only when it is pressed."""
    st.download_button(
        plain(label),
        partial(submission_content, smartfin, number),
        file_name=file,
        mime="application/octet-stream",
        key=f"download-{number}",
        on_click="ignore",
    )


def _sources_table(rows: Sequence[SourceRow], title: str, words: Words) -> Table:
    headings = tuple(words.text(f"source.{name}") for name in _COLUMNS)
    cells = tuple(tuple(_cell(getattr(row, name)) for name in _COLUMNS) for row in rows)
    return Table(title, headings, cells)


def _cell(value: str | Cell) -> Cell:
    return Cell(value) if isinstance(value, str) else value
