"""Whether a made workbook says everything plainly, or a question is in order."""

from __future__ import annotations

import re

from tests.corpus.draft import BookDraft
from tests.corpus.plan import Plan

_REASONS = {
    ("unit_place", "none"): "no unit anywhere",
    ("labels", "own"): "labels the chart does not list",
    ("labels", "ambiguous"): "labels that mean several items",
    ("labels", "bilingual"): "labels in two languages at once",
    ("decoration", "typo"): "typing errors in labels",
    ("decoration", "shortened"): "abbreviated labels",
    ("scenario", "letters"): "one letter for a scenario",
    ("inner", "strangers"): "rows that are no line item",
    ("inner", "hazards"): "rows that look like a line item",
    ("inner", "unlabelled"): "a row without label",
}
_SETTLED = re.compile(r"\d[.,' \xa0]\d{3}[.,]\d|\d([.,' \xa0])\d{3}\1|[.,](\d{1,2}|\d{4,})\D*$")
_OPEN = re.compile(r"\d[.,]\d{3}\D*$")


def why_ask(plan: Plan, book: BookDraft) -> str:
    """Why a question about a workbook is in order; empty when it says everything plainly."""
    for (habit, form), why in _REASONS.items():
        if plan.has(habit, form):
            return why
    if not plan.has("fault", "none"):
        return f"a fault: {plan.choice['fault']}"
    if plan.has("signs", "mixed") and plan.has("totals", "none"):
        return "nothing says which costs are negative"
    if not plan.has("numbers", "typed") and not _marks_are_settled(book):
        return "a text number can be read in two ways"
    return ""


def _marks_are_settled(book: BookDraft) -> bool:
    """Whether the text numbers leave no doubt about their decimal mark."""
    texts = [
        cell.value
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.states and isinstance(cell.value, str)
    ]
    is_open = any(_OPEN.search(text) for text in texts)
    return not is_open or any(_SETTLED.search(text) for text in texts)
