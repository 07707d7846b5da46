"""What is wrong with a workbook: each remark with its place and its remedy."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from smartfin.services.upload import FindingRow
from smartfin.ui.markup import tag, text
from smartfin.wording import Words

_COLUMNS = ("severity", "place", "sentence", "remedy")


def draw_findings(rows: Sequence[FindingRow], words: Words) -> None:
    """The findings, errors first; a sentence where there are none."""
    if not rows:
        st.html(tag("p", text(words.text("upload.findings.none"))))
        return
    headings = (
        tag("th", text(words.text(f"finding.column.{name}")), scope="col") for name in _COLUMNS
    )
    title = words.text("upload.findings")
    table = tag(
        "table",
        tag("caption", text(title), class_="sf-hidden"),
        tag("thead", tag("tr", *headings)),
        tag("tbody", *(_row(row) for row in rows)),
        class_="sf-table",
    )
    st.html(tag("div", table, class_="sf-scroll", role="group", tabindex="0", aria_label=title))


def _row(row: FindingRow) -> str:
    severity = tag(
        "th",
        text(row.severity_text),
        scope="row",
        class_=f"sf-severity sf-severity-{row.severity.value}",
    )
    sentences = (tag("td", text(words), class_="sf-long") for words in (row.sentence, row.remedy))
    return tag("tr", severity, tag("td", text(row.place)), *sentences)
