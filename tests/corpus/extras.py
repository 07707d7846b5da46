"""Sheets that are no statement."""

from __future__ import annotations

import random
from datetime import date, timedelta

from smartfin.quarter import Quarter
from tests.corpus import words
from tests.corpus.draft import Cell, SheetDraft
from tests.corpus.plan import Plan


def cover_sheet(plan: Plan, organisation: str, unit: str) -> SheetDraft:
    """Who hands in, and what the amounts are in; both may be empty."""
    sheet = SheetDraft("Info")
    sheet.put(0, 0, words.TITLES[plan.language])
    sheet.put(2, 0, organisation or None)
    sheet.put(3, 0, unit or None)
    sheet.put(5, 0, words.PREPARED[plan.language])
    sheet.put(6, 0, "Version")
    sheet.put(6, 1, 2.0)
    sheet.put(7, 1, Cell(date(plan.year + 1, 2, 14), "date"))
    return sheet


def ratio_sheet(plan: Plan, rng: random.Random) -> SheetDraft:
    """Ratios by quarter, on a sheet of their own."""
    sheet = SheetDraft("KPI")
    for place in range(4):
        sheet.put(1, place + 1, str(Quarter(plan.year, place + 1)))
    for row, name in enumerate(words.RATIOS[plan.language], start=2):
        sheet.put(row, 0, name)
        for place in range(4):
            sheet.put(row, place + 1, Cell(round(rng.random(), 4), "percent"))
    return sheet


def ledger_sheet(plan: Plan, rng: random.Random) -> SheetDraft:
    """Postings with dates and amounts."""
    sheet = SheetDraft("Data")
    language = plan.language
    head = (words.ACCOUNT[language], "Date", words.LINE_ITEM[language], words.TIDY[language][3])
    for column, text in enumerate(head):
        sheet.put(0, column, text)
    day = date(plan.year, 1, 4)
    for row in range(1, 40):
        sheet.put(row, 0, float(rng.randint(6000, 7999)))
        sheet.put(row, 1, Cell(day + timedelta(days=rng.randint(0, 340)), "date"))
        sheet.put(row, 2, f"{rng.choice(words.NOTES[language])} {rng.randint(100, 999)}")
        sheet.put(row, 3, round(rng.uniform(-900, 900), 2))
    return sheet


def notes_sheet(plan: Plan) -> SheetDraft:
    """Remarks in sentences with some figures."""
    sheet = SheetDraft("Notes")
    for row, text in enumerate(words.NOTES[plan.language]):
        sheet.put(row * 2, 0, f"{row + 1}. {text}")
        sheet.put(row * 2, 3, 12.5 * (row + 1))
    return sheet


def instructions_sheet(plan: Plan) -> SheetDraft:
    """A page of words."""
    sheet = SheetDraft("Readme")
    for row in range(12):
        sheet.put(row, 1, f"{words.PREPARED[plan.language]} - {row + 1}")
    return sheet


def old_version(sheet: SheetDraft) -> SheetDraft:
    """A hidden copy of a sheet with the figures of last time."""
    old = SheetDraft(f"{sheet.name[:20]} old", dict(sheet.cells), list(sheet.merged), hidden=True)
    for place, cell in old.cells.items():
        if cell.states and isinstance(cell.value, int | float):
            old.cells[place] = Cell(round(cell.value * 0.9, 3), cell.style)
    return old
