"""A small workbook with something to settle: what the tests of handing in start from."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter

from smartfin.facts import Fact, Scenario
from smartfin.quarter import Quarter

Q3, Q4 = Quarter(2022, 3), Quarter(2022, 4)

# Thousands of euro, which nothing in the workbook says, and a label that can mean three things.
KILO = {
    "Fakturiertes Volumen": 1200.0,
    "Gebührenerlöse": 96.0,
    "Zuschüsse": 12.0,
    "Gehälter Stammpersonal": 70.0,
    "IT-Kosten": 20.0,
}
ITEMS = {
    "Fakturiertes Volumen": "invoiced_volume",
    "Gebührenerlöse": "fee_revenue",
    "Zuschüsse": "operating_grants",
    "Gehälter Stammpersonal": "staff_costs",
    "IT-Kosten": "it_costs",
}
GRANTS = "item:zuschusse"


def workbook(
    quarter: Quarter, rows: Mapping[str, float] = KILO, title: str = "Smart", year: str = ""
) -> bytes:
    """A workbook with one sheet named after its quarter; no unit anywhere.

    Args:
        quarter: Of its figures.
        rows: Labels and figures.
        title: Above them.
        year: As the heading names it, and then the sheet does not; empty for the quarter's own.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("GuV" if year else f"GuV Q{quarter.number} {quarter.year}")
        sheet.write(0, 0, title)
        sheet.write_row(2, 0, ["", f"Q{quarter.number} {year or quarter.year}"])
        for place, (label, amount) in enumerate(rows.items(), start=3):
            sheet.write_row(place, 0, [label, amount])
    return content.getvalue()


def printing(result: float, it_costs: float = 20.0) -> dict[str, float]:
    """Figures below which a result is printed that they do not add up to."""
    return {**KILO, "IT-Kosten": it_costs, "Betriebsergebnis": result}


def settled(quarter: Quarter) -> dict[str, str]:
    """Answers to all that the workbook of a quarter asks."""
    return {f"unit:GuV Q{quarter.number} {quarter.year}": "1000", GRANTS: "operating_grants"}


def facts_of(quarter: Quarter) -> tuple[Fact, ...]:
    """The same figures as an earlier workbook stated them, in single euro."""
    return tuple(
        Fact(ITEMS[label], quarter, Scenario.ACTUAL, amount * 1000, "EUR", "S", "A1")
        for label, amount in KILO.items()
    )
