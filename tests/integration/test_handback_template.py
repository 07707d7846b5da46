"""A template filled in is read to the letter, whatever filled it and whatever was renamed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from smartfin.entity import DEALINGS
from smartfin.errors import InputError
from smartfin.facts import Fact, Scenario
from smartfin.findings import FindingCode, Severity
from smartfin.handback import TemplateOrder, written_template
from smartfin.handback.template_lines import with_totals
from smartfin.ingest import MapReason, Reading, ReadingContext, SheetReason, read_workbook
from smartfin.ingest.ours import (
    ColumnSign,
    RowSign,
    TemplateSign,
    column_sign,
    row_sign,
    template_sign,
)
from smartfin.items import Items
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.handback import template_workbook
from smartfin.services.start import Smartfin, open_smartfin, reading_context
from smartfin.settings import Settings, read_settings
from smartfin.wording import LANGUAGES, words_of
from tests.builders import book, hand_in
from tests.sound_package import faults

EN = words_of("en")
CONTEXT = replace(reading_context(read_settings()), newest_allowed=Quarter(2024, 4))
ITEMS: Items = CONTEXT.items
SWEDEN = next(one for one in CONTEXT.partners if one.code == "SE")
SPAIN = next(one for one in CONTEXT.partners if one.code == "ES")
TO_FILL = (Quarter(2023, 3), Quarter(2023, 4))
# Dealings between own entities are asked of partners that have several.
ENTERED = [
    item for item in ITEMS.of_books.values() if not item.derived and item.code not in DEALINGS
]
AnyCell = Cell | MergedCell
Typed = dict[tuple[str, Quarter, Scenario], float]


def known_of(partner: Partner) -> tuple[Fact, ...]:
    """Two quarters of awkward amounts: binary noise, cents, zero, a negative result."""
    amounts = {
        "fee_revenue": 0.1 + 0.2,
        "invoiced_volume": 123456.789,
        "staff_costs": 1e7 / 3,
        "it_costs": 0.0,
        "result_year_to_date": -5.5,
    }
    return tuple(
        Fact(code, quarter, Scenario.ACTUAL, amount, partner.currency, "S", "C1")
        for quarter in (Quarter(2023, 1), Quarter(2023, 2))
        for code, amount in amounts.items()
    )


@cache
def template(
    partner: Partner = SPAIN, language: str = "en", *, synthetic: bool = False, bare: bool = False
) -> bytes:
    known = () if bare else known_of(partner)
    order = TemplateOrder(partner, TO_FILL, known, synthetic=synthetic)
    return written_template(order, ITEMS, words_of(language))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(workbook: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def head(sheet: Worksheet, cell: AnyCell) -> object:
    """What stands in the hidden row over a cell."""
    return sheet.cell(1, cell.column or 1).value


def cells_to_fill(
    workbook: openpyxl.Workbook,
) -> Iterator[tuple[Worksheet, str, RowSign, ColumnSign]]:
    """Each unlocked cell with what its row and column are."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                row_is, column_is = (
                    row_sign(row[0].value),
                    column_sign(head(sheet, cell)),
                )
                if row_is and column_is and not cell.protection.locked:
                    yield sheet, cell.coordinate, row_is, column_is


def filled(content: bytes, seed: int = 1, share: float = 0.7) -> tuple[openpyxl.Workbook, Typed]:
    """A template with amounts typed into some of its cells."""
    chance = random.Random(seed)
    workbook = opened(content)
    typed: Typed = {}
    for sheet, place, row, column in cells_to_fill(workbook):
        if chance.random() < share:
            amount = round(chance.uniform(0, 90_000), chance.choice((0, 2)))
            sheet[place].value = amount
            typed[row.item, column.quarter, column.scenario] = amount
    return workbook, typed


def read(content: bytes, context: ReadingContext = CONTEXT, name: str = "file.xlsx") -> Reading:
    return read_workbook(content, name, context)


def stated(reading: Reading) -> Typed:
    return {
        (fact.item, fact.quarter, fact.scenario): fact.amount
        for fact in reading.facts
        if fact.quarter
    }


def codes(reading: Reading, *severities: Severity) -> set[FindingCode]:
    wanted = severities or tuple(Severity)
    return {one.code for one in reading.findings if one.severity in wanted}


KNOWN: Typed = {
    (fact.item, fact.quarter, fact.scenario): fact.amount
    for fact in known_of(SPAIN)
    if fact.quarter
}


def written(amounts: Typed) -> object:
    """Amounts after openpyxl, which writes sixteen digits of seventeen."""
    return pytest.approx(amounts, rel=1e-15, abs=0)


# What random amounts must break: nothing balances, nothing follows from anything.
ARITHMETIC = {
    FindingCode.BALANCE_DIFFERS,
    FindingCode.CASH_DIFFERS,
    FindingCode.EQUITY_DIFFERS,
    FindingCode.FEES_DIFFER,
    FindingCode.ITEM_GAP,
    FindingCode.SIGN_FLIPPED,
    FindingCode.MISSING_ITEM,
    FindingCode.MISSING_QUARTER,
    FindingCode.OTHER_INCOME_LARGE,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partner", [SPAIN, SWEDEN], ids=["ES", "SE"])
def test_what_was_typed_is_read_back_and_nothing_else(language: str, partner: Partner) -> None:
    workbook, typed = filled(template(partner, language))
    reading = read(saved(workbook))
    assert typed
    assert stated(reading) == written(KNOWN | typed)
    assert (reading.partner, reading.currency) == (partner.code, partner.currency)
    assert reading.questions == ()
    assert codes(reading) <= ARITHMETIC
    assert {one.unit for one in reading.facts if ITEMS[one.item].unit == "currency"} == {
        partner.currency
    }
    assert {one.reason for one in reading.mapping} == {MapReason.KEY}


def test_every_entered_item_has_a_cell_to_fill() -> None:
    asked = {row.item for _, _, row, column in cells_to_fill(opened(template())) if column}
    assert {item.code for item in ENTERED} == asked


def test_calculated_totals_add_nothing_and_what_contradicts_them_is_told() -> None:
    workbook, typed = filled(template(), share=1)
    calculate(workbook, typed)
    reading = read(saved(workbook))
    assert stated(reading) == written(KNOWN | typed)
    assert FindingCode.SUBTOTAL_DIFFERS not in codes(reading)
    sheet, place = total_cell(workbook, "own_revenue", TO_FILL[-1])
    sheet[place].value = 1.0
    reading = read(saved(workbook))
    assert stated(reading) == written(KNOWN | typed)
    assert FindingCode.SUBTOTAL_DIFFERS in codes(reading)


def calculate(workbook: openpyxl.Workbook, typed: Typed) -> None:
    """Put values in the place of formulas, as a program that calculates stores them."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            row_is = row_sign(row[0].value)
            for cell in row[1:]:
                column_is = column_sign(head(sheet, cell))
                if row_is and row_is.computed and column_is and not column_is.known:
                    amounts = {
                        code: amount
                        for (code, quarter, scenario), amount in typed.items()
                        if (quarter, scenario) == (column_is.quarter, column_is.scenario)
                    }
                    cell.value = with_totals(amounts, ITEMS).get(row_is.item)


def total_cell(workbook: openpyxl.Workbook, code: str, quarter: Quarter) -> tuple[Worksheet, str]:
    sheet = workbook.worksheets[1]
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == f"smartfin:={code}")
    column = next(
        cell.column
        for cell in sheet[1]
        if (sign := column_sign(cell.value)) and sign.quarter == quarter
    )
    return sheet, sheet.cell(row, column or 1).coordinate


def test_labels_headings_names_and_order_may_be_changed() -> None:
    workbook, typed = filled(template())
    for number, sheet in enumerate(workbook.worksheets):
        sheet.title = f"Sheet {number}"
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)
        for row in sheet.iter_rows(min_row=6, min_col=3, max_col=3):
            row[0].value = f"Q{number} renamed"
        for cell in sheet[8][3:]:
            cell.value = "Q1 1999"
    workbook.move_sheet(workbook.worksheets[2], 2)
    assert stated(read(saved(workbook))) == written(KNOWN | typed)


def test_rows_columns_and_sheets_a_person_added_are_told() -> None:
    workbook, typed = filled(template(), share=0.2)
    sheet = workbook.worksheets[1]
    sheet["B80"], sheet["F80"] = "Our own line", 77.0
    sheet["F81"] = 5.0
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "smartfin:it_costs")
    sheet.cell(row, 9).value = 3.0
    workbook.create_sheet("Own sheet")["A1"] = 12.0
    reading = read(saved(workbook))
    assert stated(reading) == written(KNOWN | typed)
    found = {(one.code, one.sheet, one.cell) for one in reading.findings}
    name = sheet.title
    assert (FindingCode.UNMAPPED_AMOUNTS, name, "B80") in found
    assert (FindingCode.UNLABELLED_AMOUNTS, name, "D81") in found
    assert (FindingCode.COLUMN_UNUSED, name, f"I{row}") in found
    assert (FindingCode.SHEET_UNUSED, "Own sheet", "") in found


@pytest.mark.parametrize(
    ("value", "amount", "code"),
    [
        ("1.234,5", 1234.5, None),
        ("1 234", 1234.0, None),
        ("n.a.", None, None),
        (" ", None, None),
        ("about 5", None, FindingCode.NOT_A_NUMBER),
        ("1.234", None, FindingCode.NOT_A_NUMBER),
        (date(2023, 1, 5), None, FindingCode.NOT_A_NUMBER),
        (True, None, FindingCode.NOT_A_NUMBER),
        ("#DIV/0!", None, FindingCode.ERROR_CELL),
        ("=1+1", None, FindingCode.NEVER_CALCULATED),
        (-5, -5.0, FindingCode.NEGATIVE_AMOUNT),
        (0, 0.0, None),
    ],
)
def test_what_is_no_plain_number_is_told_not_guessed(
    value: object, amount: float | None, code: FindingCode | None
) -> None:
    workbook = opened(template(bare=True))
    place = typing_place(workbook, "rent_costs")
    place[0][place[1]].value = value
    reading = read(saved(workbook))
    key = ("rent_costs", TO_FILL[0], Scenario.ACTUAL)
    assert stated(reading) == ({} if amount is None else {key: amount})
    about_cell = {one.code for one in reading.findings if one.cell == place[1]}
    assert about_cell == ({code} if code else set())


def typing_place(workbook: openpyxl.Workbook, code: str) -> tuple[Worksheet, str]:
    return next(
        (sheet, place) for sheet, place, row, _ in cells_to_fill(workbook) if row.item == code
    )


def test_a_percentage_typed_with_its_sign_is_the_same_figure() -> None:
    workbook = opened(template(bare=True))
    sheet, place = typing_place(workbook, "fee_rate")
    sheet[place].value, sheet[place].number_format = 0.085, "0.0%"
    assert set(stated(read(saved(workbook))).values()) == {8.5}


def test_a_template_of_somebody_else_is_refused() -> None:
    workbook, _ = filled(template())
    reading = read(saved(workbook), replace(CONTEXT, partner="SE"))
    assert codes(reading, Severity.ERROR) >= {
        FindingCode.WRONG_PARTNER,
        FindingCode.WRONG_CURRENCY,
    }


def test_a_template_filled_beforehand_with_made_up_figures_stays_made_up() -> None:
    workbook, _ = filled(template(synthetic=True))
    assert read(saved(workbook)).synthetic
    assert not read(saved(filled(template())[0])).synthetic


def test_an_unfilled_template_states_what_was_known_and_needs_no_answer() -> None:
    reading = read(template())
    assert stated(reading) == KNOWN
    assert codes(reading) <= {FindingCode.ITEM_GAP}
    assert next(one.reason for one in reading.sheets) is SheetReason.GUIDE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_one_excel_need_not_repair(language: str) -> None:
    assert faults(template(language=language)) == []


def test_known_cells_are_locked_cells_to_fill_are_not_and_there_is_no_password() -> None:
    for sheet in opened(template()).worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for cell in sheet[1]:
            sign = column_sign(cell.value)
            for row in range(6, 40):
                sign_of_row = row_sign(sheet.cell(row, 1).value)
                if sign and sign_of_row:
                    fixed = sign.known or sign_of_row.computed
                    assert sheet.cell(row, cell.column or 1).protection.locked == fixed


def test_signs_are_hidden_headings_frozen_and_typing_is_checked() -> None:
    for sheet in opened(template()).worksheets:
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[1].hidden
        assert template_sign(sheet["A1"].value) == TemplateSign("ES", "EUR")
    for sheet in opened(template()).worksheets[1:]:
        assert sheet.freeze_panes == "D6"
        places = {
            place
            for one, place, _, _ in cells_to_fill(opened(template()))
            if one.title == sheet.title
        }
        rules = sheet.data_validations.dataValidation
        checked = {
            f"{get_column_letter(column)}{row}"
            for rule in rules
            for area in rule.sqref.ranges
            for row, column in area.cells
        }
        assert checked == places
        assert {rule.type for rule in rules} == {"decimal"}


def test_formulas_have_their_values_from_the_start() -> None:
    content = template()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        rows = workbook.get_sheet_by_name("Profit and loss").to_python(skip_empty_area=False)
    by_sign = {row[0]: row for row in rows}
    amounts = by_sign["smartfin:=operating_result"][3:5]
    assert amounts == pytest.approx([0.3 - 1e7 / 3] * 2)
    assert by_sign["smartfin:=operating_result"][5] == ""
    required = [item for item in ITEMS.values() if item.required]
    assert by_sign["smartfin:=check_required"][5] == len(required)
    sheet, place = total_cell(opened(content), "operating_result", TO_FILL[0])
    assert str(sheet[place].value).startswith("=IF(COUNT(")


def test_a_total_stated_without_its_parts_is_asked_for_as_it_was() -> None:
    equity = Fact("equity", Quarter(2023, 2), Scenario.ACTUAL, 5.0, "EUR", "S", "C1")
    order = TemplateOrder(SPAIN, TO_FILL, (equity,))
    workbook = opened(written_template(order, ITEMS, EN))
    assert "equity" in {row.item for _, _, row, _ in cells_to_fill(workbook)}
    assert "total_assets" not in {row.item for _, _, row, _ in cells_to_fill(workbook)}


def test_figures_in_another_currency_are_not_shown() -> None:
    foreign = replace(known_of(SPAIN)[0], unit="USD")
    order = TemplateOrder(SPAIN, TO_FILL, (foreign,))
    assert stated(read(written_template(order, ITEMS, EN))) == {}


@pytest.fixture
def smartfin(empty_settings: Settings) -> Iterator[Smartfin]:
    opened_one = open_smartfin(empty_settings)
    yield opened_one
    opened_one.ledger.close()


def test_the_quarters_ended_since_the_newest_known_are_to_be_filled(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({"fee_revenue": 5.0}, Quarter(2022, 1), Quarter(2022, 4)))
    name, content = template_workbook(smartfin, EN, "es", date(2023, 8, 1))
    assert name == "Spain - template Q1 2023.xlsx"
    assert fill_quarters(content) == [Quarter(2023, 1), Quarter(2023, 2)]
    assert len(stated(read(content))) == 4


def test_a_partner_that_is_up_to_date_gets_the_next_quarter(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({"fee_revenue": 5.0}, Quarter(2022, 1), Quarter(2022, 4)))
    _, content = template_workbook(smartfin, EN, "ES", date(2023, 1, 20))
    assert fill_quarters(content) == [Quarter(2023, 1)]


def test_made_up_figures_give_way_to_real_ones_and_to_none(smartfin: Smartfin) -> None:
    made_up = book({"fee_revenue": 5.0}, Quarter(2022, 1), Quarter(2022, 2))
    hand_in(smartfin, "ES", made_up, synthetic=True)
    name, content = template_workbook(smartfin, EN, "ES", date(2022, 8, 1))
    assert "synthetic" in name
    assert read(content, name=name).synthetic
    _, empty = template_workbook(smartfin, EN, "ES", date(2022, 8, 1), blank=True)
    assert not read(empty).facts
    assert not read(empty).synthetic


def test_a_template_is_for_a_partner_there_is(smartfin: Smartfin) -> None:
    with pytest.raises(InputError, match="partner-unknown"):
        template_workbook(smartfin, EN, "XX")


def fill_quarters(content: bytes) -> list[Quarter]:
    first = opened(content).worksheets[1]
    signs = [column_sign(cell.value) for cell in first[1]]
    return [sign.quarter for sign in signs if sign and not sign.known]


Sign = TemplateSign | RowSign | ColumnSign


@pytest.mark.parametrize(
    ("sign", "reader"),
    [
        (TemplateSign("ES", "EUR"), template_sign),
        (TemplateSign("SE", "SEK", synthetic=True), template_sign),
        (RowSign("net_result"), row_sign),
        (RowSign("net_result", computed=True), row_sign),
        (ColumnSign(Scenario.BUDGET, Quarter(2023, 1)), column_sign),
        (ColumnSign(Scenario.ACTUAL, Quarter(2023, 1), known=True), column_sign),
    ],
)
def test_a_sign_is_read_as_it_was_written(
    sign: Sign, reader: Callable[[object], Sign | None]
) -> None:
    assert reader(f" {sign} ") == sign
    assert reader(f"{sign} and more") is None
    assert reader(5.0) is None


def test_a_template_of_a_past_day_holds_what_was_known_then(smartfin: Smartfin) -> None:
    for number in (1, 2):
        quarter = Quarter(2022, number)
        hand_in(smartfin, "ES", book({"fee_revenue": 5.0}, quarter, quarter))
    _, then = template_workbook(smartfin, EN, "ES", date(2022, 6, 1))
    _, now = template_workbook(smartfin, EN, "ES", date(2022, 8, 1))
    assert (fill_quarters(then), len(stated(read(then)))) == ([Quarter(2022, 2)], 1)
    assert (fill_quarters(now), len(stated(read(now)))) == ([Quarter(2022, 3)], 2)
