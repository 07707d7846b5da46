"""What the commands over the ledger's record print for people, in columns parted by tabs."""

from __future__ import annotations

from typing import Any

from smartfin.cli.plain import Lines
from smartfin.measure import Measure
from smartfin.services.record.history import HistoryView
from smartfin.services.view import Table
from smartfin.wording import DASH, Words, visible


def change_lines(words: Words, document: dict[str, Any]) -> Lines:
    """Each change with its old and new figure, its cell and why."""
    return ["\t".join(_change_columns(words, each)) for each in document["changes"]]


def table_lines(table: Table) -> Lines:
    """A table as it stands on a page."""
    rows = [[visible(cell.text) for cell in row] for row in table.rows]
    return ["\t".join(columns) for columns in (list(table.columns), *rows)]


def history_lines(view: HistoryView) -> Lines:
    """Every submission with its status, then every decision; newest first."""
    submissions = [
        "\t".join(
            (str(row.id), row.at, row.partner, visible(row.file), row.by, visible(row.status))
        )
        for row in view.submissions
    ]
    return [*submissions, *(table_lines(view.decisions) if view.decisions else [])]


def _change_columns(words: Words, each: dict[str, Any]) -> tuple[str, ...]:
    place = f"{each['file']} {each['sheet']}!{each['cell']}"
    return (
        each["partner"],
        each["quarter"],
        each["scenario"],
        each["item"],
        _amount(words, each["old"], each["unit"]),
        _amount(words, each["new"], each["unit"]),
        words.percent_change(each["change_ratio"], digits=1),
        visible(place),
        visible(each["reason"]) or DASH,
    )


def _amount(words: Words, amount: float | None, unit: str) -> str:
    return DASH if amount is None else words.measure(Measure(amount, unit), scale="1")
