"""What was handed in: the list, and each workbook back as it came."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartfin.services.history import SubmissionRow
from smartfin.services.view import Cell, Table
from smartfin.ui.sources import draw_download
from smartfin.ui.state import Selection
from smartfin.ui.tables import draw_table
from smartfin.wording import Words

_COLUMNS = ("id", "at", "partner", "file", "by", "quarters", "stage", "changed")


def draw_submissions(rows: Sequence[SubmissionRow], selection: Selection) -> None:
    """Every submission, and the choice of one to download."""
    words = selection.words
    draw_table(_submissions_table(rows, words), words)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            words.text("history.choose"),
            rows,
            format_func=lambda row: words.text("history.submission", id=row.id, file=row.file),
            width=480,
            key="download-choice",
        )
        label = words.text("history.download.of", file=chosen.file)
        draw_download(selection.smartfin, chosen.id, chosen.file, label)


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
