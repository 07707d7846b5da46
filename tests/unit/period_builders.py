"""Small workbooks whose headings are what a test is about, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from smartfin.findings import Question
from smartfin.ingest.grid.cells import Sheet, Workbook
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Reading, ReadingContext
from smartfin.quarter import Quarter
from tests.unit.label_builders import ITEMS, PARTNERS, sheet

NEWEST = Quarter(2023, 1)
VOLUME, FEES, STAFF, CASH = (
    "Fakturiertes Volumen",
    "Verwaltungsbeitrag",
    "Personalaufwand Büro",
    "Liquide Mittel",
)


def table(*heads: Any, rows: tuple[str, ...] = (VOLUME, FEES, STAFF)) -> list[list[Any]]:
    """A table below heading rows: 10, 11, ... in the first row, 20, 21, ... in the second."""
    width = max(map(len, heads))
    body = [
        [label, *(float(10 * place + column) for column in range(width - 1))]
        for place, label in enumerate(rows, start=1)
    ]
    return [*heads, *body]


def read(
    *sheets: Any,
    name: str = "book.xlsx",
    answers: Mapping[str, str] | None = None,
    newest: Quarter = NEWEST,
    year_starts: int = 1,
) -> Reading:
    """What a German workbook says; a sheet without a name is called GuV."""
    made = [one if isinstance(one, Sheet) else sheet(one, "GuV") for one in sheets]
    partners = tuple(
        replace(one, fiscal_year_starts=year_starts) if one.code == "DE" else one
        for one in PARTNERS
    )
    context = ReadingContext(ITEMS, partners, "DE", answers or {}, newest)
    return interpret(Workbook(tuple(made)), name, context)


def of(reading: Reading, item: str = "invoiced_volume") -> dict[str, float]:
    """The printed amounts (in thousands) of an item: by quarter, budgets marked with a b."""
    return {
        f"{fact.quarter or fact.period}{'' if fact.scenario == 'actual' else fact.scenario[0]}": (
            fact.amount / 1000
        )
        for fact in reading.facts
        if fact.item == item
    }


def only_question(reading: Reading) -> Question:
    """The one question that is asked."""
    (question,) = reading.questions
    return question
