"""One sheet of figures of a template: lines down, quarters across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from smartfin.facts import Scenario
from smartfin.handback.template_lines import Column, Line, Plot
from smartfin.handback.template_look import Look
from smartfin.ingest.ours import RowSign
from smartfin.items import Statement
from smartfin.wording import Words

_SIGNS, _LABELS, _UNITS, _FIRST = 0, 1, 2, 3  # columns
_TITLE, _SUBJECT, _HEADINGS, _TOP = 1, 2, 4, 5  # rows
_LABEL_WIDTH, _FIGURE_WIDTH = 52, 15
_ASSETS = "total_assets"
_FUNDING = ("equity", "total_liabilities")

Place = tuple[int, int]


class _Exact(float):
    """A number that is written with all its digits; the usual writing keeps sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self)) if spec == ".16G" else super().__format__(spec)


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a sheet, for the overview on the first one.

    Args:
        sheet: Name of the sheet.
        label: What it says.
        headings: Of the quarters to fill.
        cells: Place and value for each of them; no value where there is nothing to check yet.
    """

    sheet: str
    label: str
    headings: tuple[str, ...]
    cells: tuple[tuple[Place, float | None], ...]


class SheetWriter:
    """Writes one sheet.

    Args:
        sheet: Where to.
        plot: Its lines and columns.
        look: Its formats.
        words: Of its language.
        currency: ISO code of its amounts.
    """

    def __init__(
        self, sheet: Worksheet, plot: Plot, look: Look, words: Words, currency: str
    ) -> None:
        self._sheet, self._plot, self._look = sheet, plot, look
        self._words, self._currency = words, currency
        self._columns = list(enumerate(plot.columns, start=_FIRST))
        self._rows: dict[str, int] = {}
        self.checks: list[Check] = []

    def write(self, sign: str, title: str, subject: str) -> None:
        """The whole sheet; ``checks`` then holds its checks."""
        self._frame(sign, title, subject)
        row = _TOP
        for lines in self._plot.sections.values():  # first the places: a formula may look ahead
            self._rows.update({line.item.code: row + 1 + n for n, line in enumerate(lines)})
            row += len(lines) + 2
        row = _TOP
        for statement, lines in self._plot.sections.items():
            self._section(row, statement, lines)
            row += len(lines) + 2
        if self._plot.name != "plan":
            self._balance_check(row)
            self._required_check(row + 1)

    # --- the frame

    def _frame(self, sign: str, title: str, subject: str) -> None:
        sheet, look = self._sheet, self._look
        sheet.write_string(0, _SIGNS, sign)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(_SIGNS, _SIGNS, None, None, {"hidden": True})
        sheet.set_column(_LABELS, _LABELS, _LABEL_WIDTH)
        sheet.set_column(_UNITS, _FIRST + len(self._columns) - 1, _FIGURE_WIDTH)
        sheet.write_string(_TITLE, _LABELS, title, look.writing("title"))
        sheet.write_string(_SUBJECT, _LABELS, subject, look.writing("muted"))
        sheet.write_string(
            _HEADINGS, _LABELS, self._words.text("template.line"), look.writing("heading")
        )
        sheet.write_string(
            _HEADINGS, _UNITS, self._words.text("template.unit"), look.writing("heading")
        )
        for column, held in self._columns:
            sheet.write_string(0, column, str(held.sign))
            sheet.write_string(_HEADINGS, column, self._heading(held), look.writing("quarter"))
        sheet.freeze_panes(_TOP, _FIRST)
        sheet.repeat_rows(_HEADINGS)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _heading(self, column: Column) -> str:
        quarter = self._words.quarter(column.sign.quarter)
        if column.sign.scenario is Scenario.ACTUAL:
            return quarter
        return f"{_capital(self._words.text(f'scenario.{column.sign.scenario.value}'))} {quarter}"

    # --- lines

    def _section(self, row: int, statement: Statement, lines: Sequence[Line]) -> None:
        """One statement's lines under its name."""
        name = _capital(self._words.text(f"statement.{statement.value}"))
        self._sheet.write_string(row, _LABELS, name, self._look.writing("section"))
        for line in lines:
            self._line(self._rows[line.item.code], line)

    def _line(self, row: int, line: Line) -> None:
        item, is_total = line.item, bool(line.parts)
        label = self._words.item(item.code)
        if item.required and self._plot.name != "plan":
            label = self._words.text("template.necessary", item=item.code)
        text = self._look.writing("total" if is_total else "label")
        self._sheet.write_string(row, _SIGNS, str(RowSign(item.code, computed=is_total)))
        self._sheet.write_string(row, _LABELS, label, text)
        self._sheet.write_string(row, _UNITS, self._unit(item.unit), text)
        for column, held in self._columns:
            self._figure(row, column, line, held)
        to_fill = [column for column, held in self._columns if not held.sign.known]
        if not is_total and to_fill:
            self._validate(row, to_fill[0], to_fill[-1], line)

    def _unit(self, unit: str) -> str:
        return self._currency if unit == "currency" else self._words.text(f"template.unit.{unit}")

    def _figure(self, row: int, column: int, line: Line, held: Column) -> None:
        amount = held.amounts.get(line.item.code)
        if line.parts and not held.sign.known:
            look = self._look.figure("computed", line.item.unit)
            value = "" if amount is None else amount
            self._sheet.write_formula(row, column, self._sum(line, column), look, value)
            return
        kind = "known" if held.sign.known else "input"
        look = self._look.figure(kind, line.item.unit)
        if amount is None:
            self._sheet.write_blank(row, column, None, look)
        else:
            self._sheet.write_number(row, column, _Exact(amount), look)

    def _sum(self, line: Line, column: int) -> str:
        """A total's formula: nothing until a part is there."""
        cells = [
            (sign, xl_rowcol_to_cell(self._rows[code], column))
            for sign, code in line.parts
            if code in self._rows
        ]
        terms = "".join(f"{'+' if sign > 0 else '-'}N({cell})" for sign, cell in cells)
        return f'=IF(COUNT({",".join(cell for _, cell in cells)})=0,"",{terms.removeprefix("+")})'

    def _validate(self, row: int, first: int, last: int, line: Line) -> None:
        """Numbers only; whoever types a negative one that is unusual is asked, or stopped."""
        rule: dict[str, object] = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e12,
            "maximum": 1e12,
            "error_title": self._words.text("template.number-title"),
            "error_message": self._words.text("template.number"),
        }
        if not line.item.signed:
            rule |= {"minimum": 0, "error_message": self._words.text("template.positive")}
            if line.item.unit == "currency":
                rule["error_type"] = "warning"  # a correction may make a cost negative
        self._sheet.data_validation(row, first, row, last, rule)

    # --- checks

    def _balance_check(self, row: int) -> None:
        """Whether both sides of the balance sheet are equal."""
        if not self._rows.keys() >= {_ASSETS, *_FUNDING}:
            return
        formulas: dict[int, str] = {}
        values: dict[int, float | None] = {}
        for column, held in self._columns:
            assets, *funding = (
                xl_rowcol_to_cell(self._rows[code], column) for code in (_ASSETS, *_FUNDING)
            )
            sides = ",".join((assets, *funding))
            gap = f"ROUND(N({assets})-N({funding[0]})-N({funding[1]}),2)"
            formulas[column] = f'=IF(COUNT({sides})<3,"",{gap})'
            known = [held.amounts.get(code) for code in (_ASSETS, *_FUNDING)]
            amounts = [amount for amount in known if amount is not None]
            whole = len(amounts) == len(known)
            values[column] = round(amounts[0] - sum(amounts[1:]), 2) if whole else None
        self._check(row, "balance", formulas, values)

    def _required_check(self, row: int) -> None:
        """How many necessary lines are still empty in the quarters to fill."""
        required = [
            line.item.code
            for lines in self._plot.sections.values()
            for line in lines
            if line.item.required
        ]
        to_fill = [(column, held) for column, held in self._columns if not held.sign.known]
        if not required or not to_fill:
            return
        formulas = {
            column: "="
            + "+".join(
                f"COUNTBLANK({xl_rowcol_to_cell(self._rows[code], column)})" for code in required
            )
            for column, _ in to_fill
        }
        values: dict[int, float | None] = {
            column: float(sum(code not in held.amounts for code in required))
            for column, held in to_fill
        }
        self._check(row, "required", formulas, values)

    def _check(
        self, row: int, name: str, formulas: dict[int, str], values: dict[int, float | None]
    ) -> None:
        label = self._words.text(f"template.check.{name}")
        figure = self._look.figure("computed", "currency")
        self._sheet.write_string(row, _SIGNS, str(RowSign(f"check_{name}", computed=True)))
        self._sheet.write_string(row, _LABELS, label, self._look.writing("total"))
        for column, formula in formulas.items():
            value = values[column]
            self._sheet.write_formula(row, column, formula, figure, "" if value is None else value)
            here = xl_rowcol_to_cell(row, column)
            rule = f"=AND(ISNUMBER({here}),ABS({here})>=0.5)"
            condition = {"type": "formula", "criteria": rule, "format": self._look.wrong()}
            self._sheet.conditional_format(row, column, row, column, condition)
        wanted = [(column, held) for column, held in self._columns if not held.sign.known]
        self.checks.append(
            Check(
                self._sheet.get_name(),
                label,
                tuple(self._heading(held) for _, held in wanted),
                tuple(((row, column), values.get(column)) for column, _ in wanted),
            )
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
