"""Faults a person makes in a workbook, and the findings that must tell of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.corpus.draft import BookDraft, Cell, Formula, Key, SheetDraft
from tests.corpus.plan import Plan

_TWICE = ("heading-contradicts", "duplicate-quarter", "contradicting-facts")
_ERRORS = (("1/0", "#DIV/0!"), ("NA()", "#N/A"), ("#REF!+1", "#REF!"))
_MISPRINT = 4000.0


@dataclass(frozen=True)
class Fault:
    """What was done to a workbook.

    Args:
        told_by: Codes of findings one of which must be made; empty when nothing was done.
        excess: What is printed too much of a fact, in the printed unit.
    """

    told_by: tuple[str, ...] = ()
    excess: Mapping[Key, float] = field(default_factory=dict)


def spoiled(
    plan: Plan, book: BookDraft, other: Callable[[], SheetDraft], rng: random.Random
) -> Fault:
    """Do to a workbook what the plan says.

    Args:
        plan: Its habits.
        book: Changed.
        other: Makes the statement of another company.
        rng: Where chance comes from.
    """
    fault, sheet = plan.choice["fault"], book.sheets[0]
    if fault == "second-company":
        sheet.paste(other(), sheet.height + 3, 0)
    elif fault == "wrong-total":
        return _misprinted(sheet, "operating_result", ("subtotal-differs", "result-differs"))
    elif fault == "unbalanced":
        return _misprinted(book.sheets[1], "total_assets", ("balance-differs",))
    elif fault == "missing-quarter":
        for each in book.sheets:
            drop_column(each)
    elif fault == "error-cells":
        break_formulas(sheet, rng)
    elif fault in _IN_PLACE:
        _IN_PLACE[fault](sheet)
    return Fault(_TOLD_BY[fault])


def repeat_heading(sheet: SheetDraft) -> None:
    """The last period is called like the one before it, and the figures below state nothing."""
    before, last = _columns(sheet)[-2:]
    for row in range(_first_row(sheet)):
        if (row, before) in sheet.cells:
            sheet.cells[row, last] = sheet.cells[row, before]
    for (row, column), cell in list(sheet.cells.items()):
        if column == last and cell.states:
            sheet.change([(row, column)], states=())


def break_formulas(sheet: SheetDraft, rng: random.Random) -> None:
    """Some figures are error values now."""
    places = [place for place, cell in sheet.cells.items() if cell.states]
    for place in rng.sample(places, min(3, len(places))):
        sheet.cells[place] = Cell(Formula(*rng.choice(_ERRORS)))


def forget_values(sheet: SheetDraft) -> None:
    """The last row was written by a program that calculated nothing."""
    places = [place for place, cell in sheet.cells.items() if cell.states]
    last = max(row for row, _ in places)
    for place in places:
        if place[0] == last:
            sheet.cells[place] = Cell(Formula("A1+B1", None))


def hide_column(sheet: SheetDraft) -> None:
    """A hidden column with another version of the last quarter beside it."""
    last = _columns(sheet)[-1]
    for row in range(sheet.height):
        cell = sheet.cells.get((row, last))
        if cell is None:
            continue
        value = cell.value
        if cell.states and isinstance(value, int | float):
            value = value * 1.07
        sheet.cells[row, last + 1] = Cell(value, cell.style)
    sheet.hidden_columns.add(last + 1)


def contradict_dates(sheet: SheetDraft) -> None:
    """Of two rows of headings, the days say another year than the quarter in the last column."""
    last = _columns(sheet)[-1]
    for row in range(_first_row(sheet)):
        cell = sheet.cells.get((row, last))
        if cell is not None and isinstance(cell.value, date):
            sheet.change([(row, last)], value=cell.value.replace(year=cell.value.year - 1))


def drop_column(sheet: SheetDraft) -> None:
    """A quarter in the middle is not there: the columns behind it move up."""
    columns = _columns(sheet)
    gone = columns[len(columns) // 2]
    sheet.cells = {
        (row, column - (column > gone)): cell
        for (row, column), cell in sheet.cells.items()
        if column != gone
    }


def _misprinted(sheet: SheetDraft, item: str, told_by: tuple[str, ...]) -> Fault:
    """A total is printed with a typing error."""
    for place, cell in sheet.cells.items():
        stated = cell.states and cell.states[0][0] == item
        if stated and isinstance(cell.value, int | float):
            sheet.change([place], value=cell.value + _MISPRINT)
            return Fault(told_by, {cell.states[0]: _MISPRINT})
    return Fault()


def _columns(sheet: SheetDraft) -> list[int]:
    """The columns with figures that state something."""
    return sorted({column for (_, column), cell in sheet.cells.items() if cell.states})


def _first_row(sheet: SheetDraft) -> int:
    """The first row with figures that state something."""
    return min(row for (row, _), cell in sheet.cells.items() if cell.states)


_IN_PLACE: Mapping[str, Callable[[SheetDraft], None]] = {
    "repeated-heading": repeat_heading,
    "never-calculated": forget_values,
    "hidden-column": hide_column,
    "dates-contradict": contradict_dates,
}
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "repeated-heading": _TWICE,
    "error-cells": ("error-cell",),
    "never-calculated": ("never-calculated",),
    "hidden-column": ("hidden-figures", "duplicate-quarter", "contradicting-facts"),
    "second-company": ("contradicting-facts", "duplicate-quarter", "two-partners"),
    "other-currency": ("wrong-currency",),
    "other-partner": ("wrong-partner", "two-partners"),
    "future-actual": ("future-actual",),
    "missing-quarter": ("missing-quarter",),
    "dates-contradict": _TWICE,
}
