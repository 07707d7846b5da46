"""The signs by which sheets and rows that smartfin itself wrote are known when they come back.

Labels, headings and sheet names are the reader's to change; these are not shown to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter

LIST_SIGN = "smartfin:remarks"
"""Stands in the first row of the list of remarks (handback.list_sheet)."""

_TEMPLATE = re.compile(r"smartfin:template ([A-Z]{2,3}) ([A-Z]{3})( synthetic)?")
_COLUMN = re.compile(r"smartfin:(actual|budget|forecast) ([0-9]{4}-Q[1-4])( known)?")
_ROW = re.compile(r"smartfin:(=?)([a-z0-9_]+)")


@dataclass(frozen=True, slots=True)
class TemplateSign:
    """What a sheet of a template says of itself.

    Args:
        partner: Code of the partner it was made for.
        currency: ISO code of its amounts, which are in single units.
        synthetic: Whether it was filled beforehand with made-up figures.
    """

    partner: str
    currency: str
    synthetic: bool = False

    def __str__(self) -> str:
        ending = " synthetic" if self.synthetic else ""
        return f"smartfin:template {self.partner} {self.currency}{ending}"


@dataclass(frozen=True, slots=True)
class RowSign:
    """What a row of a template is.

    Args:
        item: Code of the line item, or of a check.
        computed: Whether a formula fills it: what stands there is no statement of the partner.
    """

    item: str
    computed: bool = False

    def __str__(self) -> str:
        return f"smartfin:{'=' if self.computed else ''}{self.item}"


@dataclass(frozen=True, slots=True)
class ColumnSign:
    """What a column of a template holds.

    Args:
        scenario: Actual or budget.
        quarter: Which one.
        known: Whether its figures were handed in before and stand there to compare.
    """

    scenario: Scenario
    quarter: Quarter
    known: bool = False

    def __str__(self) -> str:
        return f"smartfin:{self.scenario.value} {self.quarter}{' known' if self.known else ''}"


def is_list_sheet(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet is our own list of remarks on the workbook: no figures of the partner."""
    return bool(rows) and LIST_SIGN in rows[0]


def template_sign(cell: object) -> TemplateSign | None:
    """The sign of a template's sheet; None for any other cell."""
    match = _matched(_TEMPLATE, cell)
    return match and TemplateSign(match[1], match[2], synthetic=bool(match[3]))


def row_sign(cell: object) -> RowSign | None:
    """The sign of a template's row; None for any other cell."""
    match = _matched(_ROW, cell)
    return match and RowSign(match[2], computed=bool(match[1]))


def column_sign(cell: object) -> ColumnSign | None:
    """The sign of a template's column; None for any other cell."""
    match = _matched(_COLUMN, cell)
    if match is None:
        return None
    try:
        return ColumnSign(Scenario(match[1]), Quarter.parse(match[2]), known=bool(match[3]))
    except InputError:  # a year no quarter of ours has
        return None


def _matched(pattern: re.Pattern[str], cell: object) -> re.Match[str] | None:
    return pattern.fullmatch(cell.strip()) if isinstance(cell, str) else None
