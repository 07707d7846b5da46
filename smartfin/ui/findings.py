"""What is wrong with a workbook: each remark with its place and its remedy."""

from __future__ import annotations

from collections.abc import Sequence

from smartfin.findings import Severity
from smartfin.services.upload import FindingRow
from smartfin.ui.markup import tag, text
from smartfin.wording import Words

_COLUMNS = ("severity", "place", "sentence", "remedy")
_FEW = 3  # notes that stay in view; more would bury what asks for an act


def findings_markup(rows: Sequence[FindingRow], words: Words) -> str:
    """The findings, errors first and many notes folded away; a sentence where there are none."""
    if not rows:
        return tag("p", text(words.text("upload.findings.none")))
    notes = [row for row in rows if row.severity is Severity.NOTE]
    folded = notes if len(notes) > _FEW else []
    in_view = [row for row in rows if row not in folded]
    open_table = _table(in_view, words.text("upload.findings"), words) if in_view else ""
    return open_table + (_folded(folded, words) if folded else "")


def _folded(notes: Sequence[FindingRow], words: Words) -> str:
    title = words.plural("upload.notes", len(notes))
    return tag("details", tag("summary", text(title)), _table(notes, title, words))


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
