"""What is wrong with a workbook: each remark with its place and its remedy."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartfin.findings import Severity
from smartfin.services.intake import answer_finding
from smartfin.services.upload import DraftView, FindingRow
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.reader import person
from smartfin.ui.state import Selection
from smartfin.wording import Words

_COLUMNS = ("severity", "place", "sentence", "remedy")
_LONGEST_ANSWER = 500  # signs of an explanation
_ANSWERABLE = 20  # warnings that can be answered at once; each answer makes room for the next
_FEW = 3  # notes that stay in view; more would bury what asks for an act


def draw_findings(draft: DraftView, selection: Selection) -> None:
    """The remarks on a workbook: errors, warnings that can be answered, notes."""
    words, rows = selection.words, draft.findings
    st.html(tag("h3", text(words.text("upload.findings"))))
    warnings = [row for row in rows if row.severity is Severity.WARNING]
    notes = [row for row in rows if row.severity is Severity.NOTE]
    if not rows:
        st.html(tag("p", text(words.text("upload.findings.none"))))
    for row in rows:
        if row.severity is Severity.ERROR:
            st.html(remark_markup(row))
    _draw_warnings(draft, warnings, selection)
    if notes:
        st.html(notes_markup(notes, words))


def _draw_warnings(draft: DraftView, rows: Sequence[FindingRow], selection: Selection) -> None:
    """Each warning with its answer or the place for one; what is too many at once, folded."""
    words = selection.words
    shown, others = told_apart(rows)
    if rows:
        st.html(tag("p", text(words.text("upload.warnings.explain"))))
    for row in shown:
        _draw_warning(draft, row, selection)
    if others:
        title = words.plural("upload.warnings.more", len(others))
        st.html(tag("details", tag("summary", text(title)), _table(others, title, words)))


def told_apart(
    rows: Sequence[FindingRow], most: int = _ANSWERABLE
) -> tuple[list[FindingRow], list[FindingRow]]:
    """The warnings that stand open, and the others.

    What several warnings say about one cell and value is answered once, with the first of them.

    Args:
        rows: Warnings.
        most: Unanswered ones that stand open.
    """
    answerable = list(dict.fromkeys(row.key for row in rows if not row.answer))[:most]
    shown: list[FindingRow] = []
    others: list[FindingRow] = []
    seen: set[str] = set()
    for row in rows:
        stands_open = row.key not in seen and (row.answer or row.key in answerable)
        (shown if stands_open else others).append(row)
        seen.add(row.key)
    return shown, others


def notes_markup(notes: Sequence[FindingRow], words: Words) -> str:
    """What needs nothing from the reader: a few in view, many folded behind their number."""
    title = words.plural("upload.notes", len(notes))
    table = _table(notes, title, words)
    return tag("details", tag("summary", text(title)), table) if len(notes) > _FEW else table


def _draw_warning(draft: DraftView, row: FindingRow, selection: Selection) -> None:
    """A warning with the answer a person gave, or the place to give one."""
    key = f"warning-{draft.id}-{row.key}"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        st.html(remark_markup(row))
        if not row.answer:
            _draw_answer(draft, row, selection)


def _draw_answer(draft: DraftView, row: FindingRow, selection: Selection) -> None:
    """A sentence of explanation; it goes with the workbook to who reads the figures."""
    words = selection.words
    with (
        st.popover(words.text("upload.explain"), key=f"explain-{draft.id}-{row.key}"),
        st.form(f"answer-{draft.id}-{row.key}", border=False),
    ):
        sentence = st.text_input(plain(row.sentence), max_chars=_LONGEST_ANSWER)
        if st.form_submit_button(words.text("upload.explain.save")) and sentence.strip():
            answer_finding(selection.smartfin, draft.id, row.key, sentence, person())
            st.rerun()


def remark_markup(row: FindingRow) -> str:
    """What is wrong and what to do, and the answer if there is one."""
    kind = f"sf-severity sf-severity-{row.severity.value}"
    chip = tag("strong", text(row.severity_text), class_=kind)
    place = tag("span", text(row.place), class_="sf-place") if row.place else ""
    said = tag("p", chip, " ", place, " ", text(row.sentence), " ", tag("em", text(row.remedy)))
    answer = tag("p", text(row.answer), class_="sf-answer") if row.answer else ""
    return tag("div", said, answer, class_="sf-said")


def _table(rows: Sequence[FindingRow], title: str, words: Words) -> str:
    """A row a finding; it scrolls within itself on a narrow screen."""
    headings = (
        tag("th", text(words.text(f"finding.column.{name}")), scope="col") for name in _COLUMNS
    )
    table = tag(
        "table",
        tag("caption", text(title), class_="sf-hidden"),
        tag("thead", tag("tr", *headings)),
        tag("tbody", *(_row(row) for row in rows)),
        class_="sf-table",
    )
    return tag("div", table, class_="sf-scroll", role="group", tabindex="0", aria_label=title)


def _row(row: FindingRow) -> str:
    severity = tag(
        "th",
        text(row.severity_text),
        scope="row",
        class_=f"sf-severity sf-severity-{row.severity.value}",
    )
    sentences = (tag("td", text(words), class_="sf-long") for words in (row.sentence, row.remedy))
    return tag("tr", severity, tag("td", text(row.place)), *sentences)
