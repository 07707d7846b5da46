"""No row of a sample's result can lose its name and go unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell, Workbook, read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Mapped, Reading, ReadingContext
from smartfin.items import Statement, read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings

SETTINGS = read_settings({})
ITEMS = read_items(SETTINGS.data / "items.yaml")
CONTEXT = ReadingContext(ITEMS, read_partners(SETTINGS))
NAMES = ("2023-01-30_IT_synthetic_trimestre-2022-Q4", "2020-04-30_NL_synthetic_verloop-tot-2020-Q1")
LOST = {FindingCode.UNMAPPED_AMOUNTS, FindingCode.UNLABELLED_AMOUNTS}


@cache
def workbook(name: str) -> Workbook:
    return read_cells((SETTINGS.data / "samples" / f"{name}.xlsx").read_bytes())


@cache
def reading(name: str) -> Reading:
    return interpret(workbook(name), name, CONTEXT)


def relabelled(name: str, labels: Mapping[tuple[str, str], Cell]) -> Workbook:
    """The sample with other labels, by sheet and cell."""
    sheets = []
    for sheet in workbook(name).sheets:
        cells = tuple(
            tuple(
                labels.get((sheet.name, sheet.address(row, column)), cell)
                for column, cell in enumerate(line)
            )
            for row, line in enumerate(sheet.rows)
        )
        sheets.append(replace(sheet, rows=cells))
    return replace(workbook(name), sheets=tuple(sheets))


def row_of(sheet: str, cell: str) -> tuple[str, str]:
    return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def result_rows(name: str) -> list[Mapped]:
    """The rows of incomes and costs that are not zero throughout."""
    filled = {row_of(fact.sheet, fact.cell) for fact in reading(name).facts if fact.amount}
    return [
        row
        for row in reading(name).mapping
        if row.item is not None
        and (ITEMS[row.item].statement, ITEMS[row.item].effect != 0) == (Statement.PNL, True)
        and row_of(row.sheet, row.cell) in filled
    ]


def totals(name: str) -> dict[tuple[str, str], Cell]:
    """The places of all totals and unknown rows, with an empty label."""
    rows = (r for r in reading(name).mapping if r.item is None or ITEMS[r.item].derived)
    return {(row.sheet, row.cell): None for row in rows}


@pytest.mark.parametrize("label", ["Sede di via Roma", None])
@pytest.mark.parametrize("name", NAMES)
def test_each_row_of_a_result_is_missed_even_where_no_total_has_a_name(
    name: str, label: str | None
) -> None:
    assert len(result_rows(name)) > 10
    quiet = []
    for row in result_rows(name):
        for others in ({}, totals(name)):
            book = relabelled(name, {**others, (row.sheet, row.cell): label})
            found = interpret(book, name, CONTEXT).findings
            missed = {row_of(f.sheet, f.cell) for f in found if f.code in LOST}
            if row_of(row.sheet, row.cell) not in missed:
                quiet.append(row)
    assert quiet == []


@pytest.mark.parametrize("name", NAMES)
def test_totals_without_a_name_are_no_lost_amounts(name: str) -> None:
    ratios = {place for place in totals(name) if "%" in label_at(name, place)}
    nameless = dict.fromkeys(totals(name).keys() - ratios, "Riga")
    found = interpret(relabelled(name, nameless), name, CONTEXT).findings
    assert [finding for finding in found if finding.code in LOST] == []


def label_at(name: str, place: tuple[str, str]) -> str:
    return next(row.label for row in reading(name).mapping if (row.sheet, row.cell) == place)
