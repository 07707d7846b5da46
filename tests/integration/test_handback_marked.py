"""A workbook handed back with its remarks: nothing lost, everything marked, marks replaced."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterable

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from smartfin.findings import Finding, FindingCode, Question, QuestionKind, Severity
from smartfin.handback import Marked, marked_workbook
from smartfin.handback.styles import FILLS
from smartfin.ingest import Reading, SheetReason, read_workbook
from smartfin.ingest.ours import LIST_SIGN
from smartfin.services.start import reading_context
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES, words_of
from tests.rich_workbooks import (
    SHEET,
    packed,
    parts_of,
    prefixed_workbook,
    rich_workbook,
    strict_workbook,
    with_conversation,
)
from tests.sound_package import faults

EN = words_of("en")
# An amount (with a picture of money), a heading in white on blue, a tinted cell that has
# somebody's comment, a formula, an array formula, a cell under a merge, one not there at all.
CELLS = ("C5", "B4", "B6", "D10", "G5", "C1", "C40")
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/worksheets/sheet\d\.xml|xl/worksheets/_rels/sheet1\.xml\.rels|xl/comments\d\.xml"
    r"|xl/drawings/vmlDrawing\d\.vml"
)


def reading(
    cells: Iterable[str] = CELLS,
    sheet: str = SHEET,
    code: FindingCode = FindingCode.NOT_A_NUMBER,
) -> Reading:
    return Reading(findings=tuple(finding(cell, sheet, code) for cell in cells))


def finding(cell: str, sheet: str = SHEET, code: FindingCode = FindingCode.NOT_A_NUMBER) -> Finding:
    return Finding(code, sheet, cell, {"value": "=1+1 <b>", "text": "=1+1 <b>"})


def marked(content: bytes, remarks: Reading, name: str = "book.xlsx") -> Marked:
    return marked_workbook(content, name, remarks, EN)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def colour(sheet: Worksheet, cell: str) -> str:
    return str(sheet[cell].fill.fgColor.rgb)


def formula(value: object) -> object:
    return value.text if isinstance(value, ArrayFormula) else value


def said(sheet: Worksheet, cell: str) -> str:
    comment = sheet[cell].comment
    return comment.text if comment else ""


def grid(content: bytes, *sheets: str) -> list[object]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return [book.get_sheet_by_name(name).to_python() for name in sheets]


@pytest.mark.parametrize(
    ("content", "sheet"),
    [
        (rich_workbook(), SHEET),
        (rich_workbook(macros=True), SHEET),
        (strict_workbook(), SHEET),
        (prefixed_workbook(), "One"),
    ],
    ids=["plain", "macros", "strict", "prefixed"],
)
def test_a_marked_workbook_is_one_excel_need_not_repair(content: bytes, sheet: str) -> None:
    back = marked(content, reading(sheet=sheet))
    assert back.marked_cells == len(CELLS)
    assert not back.list_only
    assert faults(back.content) == []


@pytest.mark.parametrize("content", [rich_workbook(macros=True), strict_workbook()])
def test_every_other_part_keeps_its_bytes(content: bytes) -> None:
    before, after = parts_of(content), parts_of(marked(content, reading()).content)
    changed = {name for name in before if before[name] != after.get(name)}
    assert {name for name in changed if not TOUCHED.fullmatch(name)} == set()
    assert "xl/worksheets/sheet2.xml" not in changed
    assert {"xl/charts/chart1.xml", "xl/media/image1.png"} <= set(before) - changed


def test_of_a_marked_sheet_only_looks_and_the_drawing_of_comments_change() -> None:
    content = rich_workbook()
    before = parts_of(content)["xl/worksheets/sheet1.xml"]
    after = parts_of(marked(content, reading()).content)["xl/worksheets/sheet1.xml"]

    def bare(body: bytes) -> bytes:
        return re.sub(rb' s="\d+"', b"", body)

    added = b'<row r="40"><c r="C40"/></row>'
    assert bare(after).replace(added, b"") == bare(before)


def test_values_and_formulas_are_read_back_as_they_were() -> None:
    content = rich_workbook()
    back = marked(content, reading()).content
    assert grid(back, SHEET, "Notes") == grid(content, SHEET, "Notes")
    before, after = opened(content)[SHEET], opened(back)[SHEET]
    for row in before.iter_rows():
        for cell in row:
            assert formula(cell.value) == formula(after[cell.coordinate].value)
    assert str(before["B10"].value).startswith("=SUM")
    assert formula(before["G5"].value) == "=B5:B6*2"


def test_a_marked_cell_keeps_number_format_font_and_border() -> None:
    content = rich_workbook()
    before, after = opened(content)[SHEET], opened(marked(content, reading()).content)[SHEET]
    for cell in CELLS[:5]:
        assert after[cell].number_format == before[cell].number_format
        assert repr(after[cell].font) == repr(before[cell].font)
        assert repr(after[cell].border) == repr(before[cell].border)
        assert repr(after[cell].fill) != repr(before[cell].fill)


def test_white_writing_gets_a_dark_ground() -> None:
    sheet = opened(marked(rich_workbook(), reading()).content)[SHEET]
    light, dark = FILLS[Severity.WARNING.value]
    assert (colour(sheet, "C5"), colour(sheet, "B4")) == (light, dark)


def test_the_gravest_of_several_remarks_colours_the_cell_and_all_are_told() -> None:
    error = finding("C5", code=FindingCode.CONTRADICTING_FACTS)
    error = Finding(FindingCode.ERROR_CELL, SHEET, "C5", {"value": "#DIV/0!", "error": "#DIV/0!"})
    remarks = Reading(findings=(finding("C5"), error))
    sheet = opened(marked(rich_workbook(), remarks).content)[SHEET]
    assert colour(sheet, "C5") == FILLS[Severity.ERROR.value][0]
    for one in remarks.findings:
        assert EN.finding(one)[0] in said(sheet, "C5")


def test_comments_of_others_stay_and_ours_stand_below() -> None:
    sheet = opened(marked(rich_workbook(), reading()).content)[SHEET]
    assert said(sheet, "B6").startswith("Seen by the auditor\nin March\nsmartfin:\n")
    assert said(sheet, "C7") == "Check <this> & that"
    assert sheet["B6"].comment.author == "Anna"
    assert sheet["C5"].comment.author == "smartfin"


def test_a_conversation_in_a_cell_is_left_alone() -> None:
    content = with_conversation(rich_workbook(), 2, "A1")
    back = marked(content, reading(["A1", "B2"], "Notes"))
    sheet = opened(back.content)["Notes"]
    assert (said(sheet, "A1"), said(sheet, "B2") != "") == ("Please read", True)
    assert colour(sheet, "A1") == FILLS[Severity.WARNING.value][0]
    assert faults(back.content) == []


def test_the_list_names_every_remark_with_a_link_and_no_formula() -> None:
    asked = {"label": "Label", "value": 5}
    question = Question("unit:x", QuestionKind.UNIT, SHEET, "B5", asked, ("1", "1000"))
    remarks = Reading(
        findings=(*reading().findings, Finding(FindingCode.NO_STATEMENT)), questions=(question,)
    )
    sheet = opened(marked(rich_workbook(), remarks).content)["Remarks"]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=6)]
    assert [row[0] for row in rows] == ["Error", *["Warning"] * len(CELLS), "Question"]
    assert rows[0][1] == "Whole workbook"
    assert {row[1] for row in rows[1:]} == {f"{SHEET}!{cell}" for cell in (*CELLS, "B5")}
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
    assert sheet["B7"].hyperlink.location == f"'{SHEET.replace(chr(39), chr(39) * 2)}'!C5"
    assert sheet.freeze_panes == "A6"


@pytest.mark.parametrize("content", [rich_workbook(macros=True), strict_workbook()])
def test_marking_a_marked_workbook_changes_nothing(content: bytes) -> None:
    once = marked(content, reading()).content
    assert parts_of(marked(once, reading()).content) == parts_of(once)


def test_marks_of_what_was_corrected_disappear_without_a_trace() -> None:
    content = rich_workbook()
    once = marked(content, reading()).content
    back = marked(once, Reading()).content
    before, after = opened(content)[SHEET], opened(back)[SHEET]
    for row in before.iter_rows():
        for cell in row:
            again = after[cell.coordinate]
            assert repr(cell.fill) == repr(again.fill)
            assert (cell.comment is None) == (again.comment is None)
            assert said(before, cell.coordinate) == said(after, cell.coordinate)
    assert faults(back) == []
    assert opened(back)["Remarks"]["C6"].value == EN.text("marked.nothing")


def test_a_sheet_that_was_marked_and_corrected_has_its_bytes_again() -> None:
    content = _plain_book()
    once = marked(content, reading(["B2", "A1"], "Plain")).content
    before, after = parts_of(content), parts_of(marked(once, Reading()).content)
    listed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {*listed, "xl/styles.xml"}
    assert after.keys() - before.keys() == {"xl/worksheets/sheet2.xml"}


def test_comments_and_their_drawing_go_when_none_is_left() -> None:
    content = _plain_book()
    once = marked(content, reading(["B2"], "Plain")).content
    assert "xl/comments1.xml" in parts_of(once)
    back = marked(once, Reading()).content
    assert not [name for name in parts_of(back) if "comments" in name or name.endswith(".vml")]
    assert faults(back) == []


def test_marks_are_found_again_after_another_program_saved_the_workbook() -> None:
    once = marked(_plain_book(), reading(["B2", "A1"], "Plain")).content
    saved = io.BytesIO()
    book = opened(once)
    book["Plain"]["B2"].value = 7
    book.save(saved)
    back = marked(saved.getvalue(), reading(["B2"], "Plain")).content
    sheet = opened(back)["Plain"]
    assert opened(back).sheetnames == ["Plain", "Remarks"]
    assert said(sheet, "B2").count("smartfin:") == 1
    assert (said(sheet, "A1"), colour(sheet, "A1")) == ("", "FFE2EFDA")
    assert faults(back) == []


def test_a_marked_workbook_is_read_as_if_it_were_not() -> None:
    context = reading_context(read_settings(), "ES")
    content = rich_workbook()
    first = read_workbook(content, "book.xlsx", context)
    back = marked(content, first)
    again = read_workbook(back.content, back.name, context)
    assert first.facts
    assert (again.facts, again.findings, again.questions) == (
        first.facts,
        first.findings,
        first.questions,
    )
    assert again.sheets[-1].reason is SheetReason.REMARKS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_says_in_the_readers_language_that_it_is_marked_once(language: str) -> None:
    words = words_of(language)
    first = marked_workbook(rich_workbook(), "a/Buch 1.XLSX", reading(), words)
    again = marked_workbook(first.content, first.name, reading(), words)
    assert first.name == words.text("marked.name", file="Buch 1") + ".xlsx"
    assert again.name == first.name


def test_a_workbook_with_macros_keeps_its_ending_whatever_it_was_called() -> None:
    assert marked(rich_workbook(macros=True), reading(), "book.xlsx").name.endswith(".xlsm")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"Label;Q1 2021\nStaff costs;1\n", "book.csv"),
        (b"\xd0\xcf\x11\xe0 old", "book.xls"),
        (packed({"content.xml": b"<x/>", "mimetype": b"ods"}), "book.ods"),
        (packed({"xl/workbook.xml": b"<broken"}), "book.xlsx"),
        (rich_workbook()[:-200], "cut.xlsx"),
    ],
    ids=["csv", "xls", "ods", "broken", "truncated"],
)
def test_what_cannot_be_marked_gets_the_list_alone(content: bytes, name: str) -> None:
    back = marked(content, reading(), name)
    assert (back.list_only, back.marked_cells) == (True, 0)
    assert back.name.endswith(" - marked.xlsx")
    assert faults(back.content) == []
    assert opened(back.content).sheetnames == ["Remarks"]
    rows = list(opened(back.content)["Remarks"].iter_rows(min_row=6, values_only=True))
    assert len(rows) == len(CELLS)


def test_entities_in_a_sheet_are_never_expanded() -> None:
    parts = parts_of(rich_workbook())
    name = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    parts[name] = parts[name].replace(b"<worksheet", bomb, 1)
    assert marked(packed(parts), reading()).list_only


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_workbook_is_marked_or_listed_but_never_fails(seed: int) -> None:
    chance = random.Random(seed)
    parts = parts_of(rich_workbook())
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels", ".vml"))])
    body = bytearray(parts[name])
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(body))
        body[start : start + chance.randint(0, 9)] = chance.choice(
            (b"", b"<", b'"', b"/>", b"<a>", b"\x00", b"&b;", b"-1", bytes(body[:40]))
        )
    parts[name] = bytes(body)
    back = marked(packed(parts), reading())
    written = parts_of(back.content)
    assert any(LIST_SIGN.encode() in one for one in written.values())
    assert back.list_only or {*parts} - {*written} == set()


def test_control_signs_and_long_texts_do_no_harm() -> None:
    text = "\x00\x08\x1f\ufffe" + "=HYPERLINK(1)" * 5000
    one = Finding(FindingCode.NOT_A_NUMBER, SHEET, "C5", {"value": text, "text": text})
    back = marked(rich_workbook(), Reading(findings=(one,)))
    assert faults(back.content) == []
    assert len(said(opened(back.content)[SHEET], "C5")) < 3000


def test_more_remarks_than_a_list_takes_are_counted() -> None:
    remarks = reading([f"B{row}" for row in range(1, 10_202)])
    sheet = opened(marked(b"a;b", remarks, "b.csv").content)["Remarks"]
    assert sheet.cell(10_006, 3).value == EN.plural("marked.more", 201)


def _plain_book() -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("Plain")
    sheet.write("A1", "Staff costs", book.add_format({"bg_color": "#E2EFDA"}))
    sheet.write("B2", 5)
    book.close()
    return written.getvalue()
