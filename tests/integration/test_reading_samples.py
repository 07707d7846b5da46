"""Every fact of the sample workbooks against the generator's truth, along the road of an upload."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.samples.generator import TrueFact, truth
from data.samples.generator.support import SUPPORT_NAME, support_rows
from smartfin.facts import Fact, Scenario
from smartfin.findings import FindingCode, Severity
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings
from smartfin.support import GROUP, group_unit

SETTINGS = read_settings({})
FILES = sorted((SETTINGS.data / "samples").glob("*.xlsx"))
OF_PARTNERS = [path for path in FILES if path.name != SUPPORT_NAME]
CONTEXT = ReadingContext(read_items(SETTINGS.data / "items.yaml"), read_partners(SETTINGS))

Key = tuple[str, str, Scenario]


@cache
def true_facts() -> dict[str, dict[Key, TrueFact]]:
    by_file: dict[str, dict[Key, TrueFact]] = defaultdict(dict)
    for fact in truth():
        by_file[fact.file][fact.item, str(fact.quarter), fact.scenario] = fact
    return by_file


@cache
def reading_of(path: Path) -> Reading:
    return read_workbook(path.read_bytes(), path.name, CONTEXT)


def keyed(reading: Reading) -> dict[Key, Fact]:
    return {fact.key: fact for fact in reading.facts}


def test_there_is_a_sample_of_each_partner() -> None:
    partners = {partner.code for partner in CONTEXT.partners}
    assert {reading_of(path).partner for path in FILES} == {*partners, GROUP}


@pytest.mark.parametrize("path", OF_PARTNERS, ids=lambda path: path.stem)
def test_each_fact_of_a_sample_is_the_true_one_and_none_is_invented(path: Path) -> None:
    true, read = true_facts()[path.name], keyed(reading_of(path))
    assert true.keys() == read.keys()
    for key, fact in true.items():
        assert read[key].amount == pytest.approx(fact.amount, abs=1e-6), key
        assert read[key].unit == fact.unit, key


def test_each_row_of_the_list_of_support_is_read_for_its_partner() -> None:
    reading = reading_of(SETTINGS.data / "samples" / SUPPORT_NAME)
    read = [
        (unit, str(fact.quarter), fact.item, fact.amount, fact.unit)
        for unit, fact in zip(reading.units, reading.facts, strict=True)
    ]
    stated = [
        (group_unit(row.partner), str(row.quarter), row.kind.item, row.amount, row.currency)
        for row in support_rows()
    ]
    assert sorted(read) == sorted(stated)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_gives_rise_to_no_error_no_warning_and_no_question(path: Path) -> None:
    reading = reading_of(path)
    assert [f for f in reading.findings if f.severity is not Severity.NOTE] == []
    assert reading.questions == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_synthetic(path: Path) -> None:
    reading = reading_of(path)
    assert reading.synthetic
    assert FindingCode.SYNTHETIC in {finding.code for finding in reading.findings}


def test_costs_printed_negative_are_reported_in_one_note_a_sheet() -> None:
    path = next(path for path in FILES if "_NL_" in path.name)
    turned = [f for f in reading_of(path).findings if f.code is FindingCode.COSTS_TURNED]
    assert turned
    assert len({finding.sheet for finding in turned}) == len(turned)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_is_understood_row_by_row(path: Path) -> None:
    findings = reading_of(path).findings
    assert [f.facts["label"] for f in findings if f.code is FindingCode.UNMAPPED_LABEL] == []


def test_a_sample_renamed_to_an_organisation_nobody_knows_is_nobodys() -> None:
    path = next(path for path in FILES if "_AT_" in path.name and "2022-Q3" in path.name)
    book = load_workbook(path)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("Smart Österreich", "Smart Polska")
    assert "Smart Österreich" in str(book.properties.title)
    content = BytesIO()
    book.save(content)
    reading = read_workbook(content.getvalue(), "kwartal.xlsx", CONTEXT)
    errors = [f.code for f in reading.findings if f.severity is Severity.ERROR]
    assert (reading.partner, errors) == (None, [FindingCode.UNKNOWN_PARTNER])
    assert [question.id for question in reading.questions] == ["partner"]


def test_a_quarter_of_year_to_date_figures_names_the_later_cell() -> None:
    path = next(path for path in FILES if "_ES_" in path.name and "trimestre-2022-Q3" in path.name)
    facts = keyed(reading_of(path))
    first = facts["invoiced_volume", "2022-Q1", Scenario.ACTUAL]
    third = facts["invoiced_volume", "2022-Q3", Scenario.ACTUAL]
    assert first.sheet == third.sheet
    assert (first.cell[1:], third.cell[0]) == (third.cell[1:], chr(ord(first.cell[0]) + 2))


def test_every_sheet_of_a_sample_is_accounted_for() -> None:
    for path in OF_PARTNERS:
        reading = reading_of(path)
        used = {fact.sheet for fact in reading.facts}
        assert used == {sheet.sheet for sheet in reading.sheets if sheet.used}
        assert any(not sheet.used for sheet in reading.sheets)  # the cover
