"""Rows and columns onto a sheet: values, formulas with their values stored, headings, units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.samples.generator.books import Printed
from data.samples.generator.columns import Column, Span
from data.samples.generator.forms import ITEMS, RATIOS, Entry, Kind, adds_up, parts_of
from data.samples.generator.habits import Codes, Habit, Negative, UnitPlace
from data.samples.generator.story import figures
from smartfin.items import Statement

FIRST_ACCOUNT = {Statement.PNL: 4000, Statement.BALANCE_SHEET: 1000}
DATE_FORMATS = {"es": "dd/mm/yyyy", "nl": "dd-mm-yyyy"}
DECIMALS = {"fte": 1, "percent": 1}
PEOPLE = (Statement.MEMBERS, Statement.SOCIAL)


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


@dataclass(frozen=True)
class Paper:
    """One sheet while it is written.

    Args:
        sheet: Where the cells go.
        styles: The workbook's formats.
        printed: What the sheet prints.
        habit: How its country prints.
    """

    sheet: Worksheet
    styles: Styles
    printed: Printed
    habit: Habit

    @cached_property
    def first_column(self) -> int:
        """Column of the first period."""
        return self.habit.label_column + (2 if self.printed.statement in PEOPLE else 1)

    @cached_property
    def first_row(self) -> int:
        """Row of the first entry, under the headings."""
        return self.habit.header_row + len(self.printed.columns[0].heading)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Entry to row; a section heading has an empty row above it."""
        rows, row = {}, self.first_row
        for place, entry in enumerate(self.printed.entries):
            row += entry.kind is Kind.HEADING and place > 0
            rows[entry.code] = row
            row += 1
        return rows

    @property
    def last_row(self) -> int:
        """Row of the last entry."""
        return max(self.row_of.values())

    def write(self) -> None:
        """Write the whole sheet."""
        self._write_titles()
        self._write_headings()
        number = 0
        for entry in self.printed.entries:
            number += entry.kind is Kind.LINE
            self._write_label(entry, number)
            if entry.kind is not Kind.HEADING:
                for place in range(len(self.printed.columns)):
                    self._write_cell(entry, place)
        self.sheet.write(self.last_row + 2, self.habit.label_column, self.habit.words.footnote)
        self.sheet.set_column(self.habit.label_column, self.habit.label_column, 46)
        self.sheet.freeze_panes(self.first_row, self.first_column)

    def value(self, code: str, column: Column) -> float:
        """A row's figure in a column, in printed units and with its printed sign."""
        amounts = self._amounts(code, column)
        summed = adds_up(code, self.printed.statement)
        amount = sum(amounts) if summed else amounts[-1]
        unit = self._unit(code)
        if unit != "currency":
            return round(amount, DECIMALS.get(unit, 0))
        scaled = self.habit.sign(code) * amount / self.habit.scale
        return round(scaled, self.habit.decimals) + 0.0

    def _unit(self, code: str) -> str:
        return ITEMS[code].unit if code in ITEMS else "currency"

    def _write_titles(self) -> None:
        title, note = self.styles.of(bold=True, font_size=13), self.habit.words.unit_note
        self.sheet.write(0, 0, self.habit.organisation, self.styles.of(bold=True))
        self.sheet.write(1, 0, self.printed.title, title)
        if self.printed.statement in PEOPLE:
            heading = self.habit.words.unit_heading
            self.sheet.write(self.first_row - 1, self.first_column - 1, heading)
            return
        right = self.first_column + len(self.printed.columns) - 1
        row, column = {
            UnitPlace.TITLE: (2, 0),
            UnitPlace.CORNER: (self.first_row - 1, self.habit.label_column),
            UnitPlace.RIGHT: (self.habit.header_row - 1, right),
            UnitPlace.BELOW: (self.last_row + 3, self.habit.label_column),
        }[self.habit.unit_place]
        self.sheet.write(row, column, note, self.styles.of(italic=True))

    def _write_headings(self) -> None:
        headings = [column.heading for column in self.printed.columns]
        for level in range(len(headings[0])):
            row, last_level = self.habit.header_row + level, level == len(headings[0]) - 1
            place = 0
            while place < len(headings):
                end = place
                while (
                    not last_level
                    and end + 1 < len(headings)
                    and (headings[end + 1][level] == headings[place][level])
                ):
                    end += 1
                self._write_heading(row, place, end, headings[place][level])
                place = end + 1

    def _write_heading(self, row: int, place: int, end: int, text: str | date) -> None:
        left, right = self.first_column + place, self.first_column + end
        bold = self.styles.of(bold=True, align="center", bottom=1)
        if isinstance(text, date):
            moment = datetime(text.year, text.month, text.day)  # a cell knows no time zone
            shown = self.styles.of(bold=True, num_format=DATE_FORMATS[self.habit.language])
            self.sheet.write_datetime(row, left, moment, shown)
        elif right > left:
            self.sheet.merge_range(row, left, row, right, text, bold)
        elif text:
            self.sheet.write_string(row, left, text, bold)

    def _write_label(self, entry: Entry, number: int) -> None:
        row, column = self.row_of[entry.code], self.habit.label_column
        account = self._account(number) if entry.kind is Kind.LINE else None
        prefix = ""
        if account is not None and self.habit.codes is Codes.PREFIX:
            prefix = f"{account} "
        elif account is not None and self.habit.codes is Codes.COLUMN:
            self.sheet.write(row, column - 1, account)
        if entry.kind is Kind.HEADING and self.habit.headings_left:
            column -= 1
        strong = entry.kind in (Kind.HEADING, Kind.TOTAL)
        self.sheet.write_string(
            row, column, self.habit.label(entry, prefix), self.styles.of(bold=strong)
        )
        if self.printed.statement in PEOPLE and entry.is_item:
            unit = self.habit.words.units[self._unit(entry.code)]
            self.sheet.write_string(row, self.first_column - 1, unit)

    def _account(self, number: int) -> int | None:
        first = FIRST_ACCOUNT.get(self.printed.statement)
        return None if first is None else first + 10 * number

    def _write_cell(self, entry: Entry, place: int) -> None:
        column = self.printed.columns[place]
        row, at = self.row_of[entry.code], self.first_column + place
        if column.empty or column.span is Span.SPACER:
            return
        if column.span in (Span.DIFFERENCE, Span.CHANGE):
            self._write_comparison(entry, place)
        elif entry.kind is Kind.RATIO:
            self._write_share(row, at, self._ratio(entry.code, column))
        else:
            value = self.value(entry.code, column)
            formula = self._formula(entry, place) if self.habit.formulas else ""
            self._write_figure(row, at, value, self._unit(entry.code), formula)

    def _write_figure(self, row: int, at: int, value: float, unit: str, formula: str) -> None:
        decimals = self.habit.decimals if unit == "currency" else DECIMALS.get(unit, 0)
        shown = "#,##0" + ("." + "0" * decimals if decimals else "")
        if self.habit.negative is Negative.FORMAT:
            shown = f"{shown};({shown})"
        style = self.styles.of(num_format=shown)
        if np.isnan(value):
            self.sheet.write_string(row, at, self.habit.words.missing)
        elif value < 0 and self.habit.negative is Negative.TEXT:
            typed = f"{-value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
            self.sheet.write_string(row, at, f"({typed})", self.styles.of(align="right"))
        elif formula:
            self.sheet.write_formula(row, at, formula, style, value)
        else:
            self.sheet.write_number(row, at, value, style)

    def _write_share(self, row: int, at: int, share: float) -> None:
        if np.isnan(share):
            self.sheet.write_string(row, at, self.habit.words.missing)
        else:
            style = self.styles.of(num_format="0.0", italic=True)
            self.sheet.write_number(row, at, round(share * 100, 1), style)

    def _write_comparison(self, entry: Entry, place: int) -> None:
        """What lies between the two columns on the left: a change in percent, or a difference."""
        if entry.kind is Kind.RATIO:
            return
        column = self.printed.columns[place]
        newer, older = (
            self.value(entry.code, self.printed.columns[place - back]) for back in (2, 1)
        )
        row, at = self.row_of[entry.code], self.first_column + place
        if column.span is Span.CHANGE:
            change = newer / older - 1 if older > 0 else np.nan
            self._write_share(row, at, change if abs(change) < 10 else np.nan)
        else:
            left, right = (xl_rowcol_to_cell(row, at - back) for back in (2, 1))
            difference = round(newer - older, self.habit.decimals)
            self._write_figure(row, at, difference, "currency", f"={left}-{right}")

    def _amounts(self, code: str, column: Column, years: int = 0) -> Sequence[float]:
        """A row's figures in the quarters of a column, or of a column years away."""
        known = figures(self.habit.partner, column.scenario, self.printed.restated)[code]
        return [known.get(quarter.ordinal + 4 * years, np.nan) for quarter in column.quarters]

    def _ratio(self, code: str, column: Column) -> float:
        above, below = RATIOS[code]
        if code == "growth":
            return sum(self._amounts(above, column)) / sum(self._amounts(above, column, -1)) - 1
        quotient = self.value(above, column) / self.value(below, column)
        return quotient * self.habit.sign(above) * self.habit.sign(below)

    def _formula(self, entry: Entry, place: int) -> str:
        at = self.first_column + place
        if entry.kind is Kind.TOTAL:
            turned = self.habit.sign(entry.code)
            terms = [
                (sign * turned * self.habit.sign(code), self.row_of[code], at)
                for sign, code in parts_of(entry.code)
                if code in self.row_of
            ]
            return _sum(terms)
        if self.printed.columns[place].span is Span.TOTAL:
            row = self.row_of[entry.code]
            return _sum([(1, row, at_quarter) for at_quarter in self._added_up(place)])
        return ""

    def _added_up(self, place: int) -> Sequence[int]:
        total = self.printed.columns[place]
        return [
            self.first_column + other
            for other, column in enumerate(self.printed.columns)
            if column.span is Span.QUARTER
            and column.scenario is total.scenario
            and column.quarters[0] in total.quarters
        ]


def _sum(terms: Sequence[tuple[int, int, int]]) -> str:
    """A formula that adds and takes away cells, e.g. ``=C4+C5-C6``."""
    signs = {1: "+", -1: "-"}
    text = "".join(signs[sign] + xl_rowcol_to_cell(row, column) for sign, row, column in terms)
    return "=" + text.removeprefix("+")
