"""Small made workbooks, and what is read from them: what tests of labels, units and signs share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Mapped, Reading, ReadingContext
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.settings import read_settings

SETTINGS = read_settings({})
ITEMS = read_items(SETTINGS.data / "items.yaml")
PARTNERS = read_partners(SETTINGS)

Rows = Sequence[Any]  # of rows of cells
HEAD: list[Cell] = ["EUR", "Q1 2022", "Q2 2022"]


def sheet(rows: Rows, name: str = "Result", **more: object) -> Sheet:
    """A sheet of rows; an empty text is no cell."""
    cells = tuple(tuple(cell if cell != "" else None for cell in row) for row in rows)
    return Sheet(name, cells, **more)  # type: ignore[arg-type]


def read(
    *sheets: Any,
    name: str = "book.xlsx",
    partner: str | None = "DE",
    answers: Mapping[str, str] | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
) -> Reading:
    """What a workbook of sheets says."""
    made = [one if isinstance(one, Sheet) else sheet(one) for one in sheets]
    context = ReadingContext(ITEMS, PARTNERS, partner, answers or {}, None, remembered or {})
    return interpret(Workbook(tuple(made)), name, context)


def amounts(reading: Reading, quarter: str = "2022-Q1") -> dict[str, float]:
    """The amounts of one quarter by item."""
    return {fact.item: fact.amount for fact in reading.facts if str(fact.quarter) == quarter}


def asked(reading: Reading) -> list[str]:
    """Ids of the questions."""
    return [question.id for question in reading.questions]


def codes(reading: Reading) -> set[FindingCode]:
    """Rules that spoke."""
    return {finding.code for finding in reading.findings}


def row(reading: Reading, label: str) -> Mapped:
    """What the row with a label was taken for."""
    return next(mapped for mapped in reading.mapping if mapped.label == label)
