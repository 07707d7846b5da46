"""Writes AT_2022-Q4.xlsx: Austria's indicators worked out again, by formulas of a spreadsheet.

Run ``python -m tests.recomputed.make_sheet`` when the sample workbooks were made anew. The
program under test is asked only where each amount stands; what is done with the amounts is
written in ``lines`` by hand, from the definitions, and nowhere else.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smartfin.facts import Fact, Scenario
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import ReadingContext
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from tests.recomputed.evaluate import Sheets, value_of
from tests.recomputed.lines import CODES, INPUTS, LINES, NOTES, RATIOS

HERE = Path(__file__).resolve().parent
SHEET = HERE / "AT_2022-Q4.xlsx"
SAMPLES = sorted((read_settings({}).data / "samples").glob("*_AT_*.xlsx"))


@dataclass(frozen=True)
class Place:
    """Where an amount stands."""

    file: str
    fact: Fact


@cache
def places() -> dict[tuple[str, str], Place]:
    """The newest workbook and cell of each item and quarter."""
    settings = read_settings({})
    context = ReadingContext(read_items(settings.data / "items.yaml"), read_partners(settings))
    found: dict[tuple[str, str], Place] = {}
    for path in SAMPLES:
        reading = interpret(read_cells(path.read_bytes()), path.name, context)
        for fact in reading.facts:
            if fact.scenario is Scenario.ACTUAL and fact.quarter is not None:
                found[fact.item, str(fact.quarter)] = Place(path.name, fact)
    return found


def frame() -> pd.DataFrame:
    """The amounts as the analysis gets them."""
    return pd.DataFrame(
        [
            {
                "partner": "AT",
                "quarter": Quarter.parse(quarter).ordinal,
                "scenario": "actual",
                "item": item,
                "amount": place.fact.amount,
                "currency": "EUR",
            }
            for (item, quarter), place in places().items()
        ]
    )


def make() -> bytes:
    """The workbook, its formulas with the values they come to."""
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "Read me"
    for note in NOTES:
        notes.append([note])
    notes.column_dimensions["A"].width = 120
    notes["A1"].font = Font(bold=True, size=14)
    rows = _inputs(book.create_sheet("Inputs"))
    _indicators(book.create_sheet("Indicators"), rows)
    raw = BytesIO()
    book.save(raw)
    return _with_values(raw.getvalue())


def amount_of(printed: object) -> float:
    """The number a cell says: the books write some negative ones as texts in brackets."""
    if isinstance(printed, int | float):
        return float(printed)
    assert isinstance(printed, str)
    negative = printed.startswith("(")
    digits = float(printed.strip("()").replace(".", "").replace(",", "."))
    return -digits if negative else digits


def _inputs(sheet: Worksheet) -> dict[tuple[str, str], int]:
    """Writes the amounts; the row of each."""
    items, found = read_items(read_settings({}).data / "items.yaml"), places()
    originals = {path.name: load_workbook(path, data_only=True) for path in SAMPLES}
    _heading(sheet, ("Amount", "Code", "Quarter", "Workbook", "Sheet", "Cell", "Row reads",
                     "Printed there", "Thousand EUR", "EUR"),
             (34, 30, 10, 50, 18, 8, 34, 14, 14, 14))  # fmt: skip
    rows: dict[tuple[str, str], int] = {}
    for item, quarters in INPUTS.items():
        for quarter in quarters:
            place = found[item, quarter]
            row = sheet.max_row + 1
            fact = place.fact
            printed = originals[place.file][fact.sheet][fact.cell].value
            sheet.append([items[item].label("en"), item, quarter, place.file, fact.sheet,
                          fact.cell, fact.label, printed, amount_of(printed),
                          f"=I{row}*1000"])  # fmt: skip
            sheet.cell(row, 10).number_format = "#,##0.00"
            rows[item, quarter] = row
    return rows


def _indicators(sheet: Worksheet, inputs: dict[tuple[str, str], int]) -> None:
    _heading(sheet, ("What", "Value", "Code in smartfin", "How"), (80, 18, 34, 90))
    own: dict[str, str] = {}
    for name, what, formula in LINES:
        row = sheet.max_row + 1
        if not name:
            sheet.append([what])
            sheet.cell(row, 1).font = Font(bold=True)
            continue
        written = re.sub(r"\{([\w@]+)\}", lambda found: _cells(found[1], own, inputs), formula)
        code = name if name in CODES else ""
        sheet.append([what, f"={written}", code, formula.replace("{", "").replace("}", "")])
        small = name in RATIOS
        sheet.cell(row, 2).number_format = "0.000000" if small else "#,##0.00"
        own[name] = f"B{row}"


def _cells(name: str, own: dict[str, str], inputs: dict[tuple[str, str], int]) -> str:
    """The cell of a line, or the cells of an item, of one year where it says so."""
    if name in own:
        return own[name]
    item, _, year = name.partition("@")
    rows = [row for (code, quarter), row in inputs.items()
            if code == item and quarter.startswith(year)]  # fmt: skip
    first, last = f"Inputs!J{rows[0]}", f"J{rows[-1]}"
    return first if len(rows) == 1 else f"{first}:{last}"


def _heading(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    sheet.append(list(titles))
    for column, width in enumerate(widths, start=1):
        cell = sheet.cell(1, column)
        letter = get_column_letter(column)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _with_values(raw: bytes) -> bytes:
    """The same file, each formula with its value, as a spreadsheet program would save it."""
    book = load_workbook(BytesIO(raw))
    sheets: Sheets = {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book
    }
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(raw)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name, body in _parts(before):
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if found:
                title = book.sheetnames[int(found[1]) - 1]
                filled = _filled(body.decode(), title, sheets).encode()
            else:  # the moment of writing would make each file another one
                filled = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z", b"2023-01-31T00:00:00Z", body)
            stamp = zipfile.ZipInfo(name, (2023, 1, 31, 0, 0, 0))
            after.writestr(stamp, filled, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in package.namelist():
        yield name, package.read(name)


def _filled(xml: str, title: str, sheets: Sheets) -> str:
    return re.sub(
        r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?',
        lambda found: f"{found[1]}<v>{value_of(sheets, title, found[2])!r}</v>",
        xml,
    )


if __name__ == "__main__":
    SHEET.write_bytes(make())
