"""A data folder whose German partner is an association and a company, and their workbooks."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from smartfin.items import Items, read_items
from smartfin.quarter import Quarter, quarters_between
from smartfin.settings import ROOT

FIRST, LAST = Quarter(2021, 4), Quarter(2022, 4)  # too early for a probability, so quick
ENTITIES = """
[partner.DE.entity.EV]
name = "Smart Deutschland e.V."
legal_form = "e.V."

[partner.DE.entity.GMBH]
name = "Smart Deutschland GmbH"
legal_form = "GmbH"
registered_capital = 25_000
from = 2019-07-01
"""

# A quarter of the association, which has the members, and of the company, which has the team.
# Together they earn 10,000 and spend 9,900.
ASSOCIATION: Mapping[str, float] = {
    "invoiced_volume": 100_000,
    "fee_revenue": 9_000,
    "staff_costs": 2_000,
    "other_operating_expenses": 6_400,
    "own_entities_costs": 6_000,
    "trade_receivables": 0,
    "cash": 30_000,
    "member_balances": 20_000,
    "tax_social_liabilities": 1_000,
    "trade_payables": 2_500,
    "own_entities_payables": 2_000,
    "members_total": 80,
    "members_active": 50,
}
COMPANY: Mapping[str, float] = {
    "invoiced_volume": 0,
    "fee_revenue": 0,
    "service_revenue": 7_000,
    "own_entities_income": 6_000,
    "staff_costs": 7_500,
    "trade_receivables": 0,
    "other_receivables": 2_000,
    "own_entities_receivables": 2_000,
    "cash": 5_000,
    "member_balances": 0,
    "tax_social_liabilities": 500,
    "trade_payables": 1_000,
    "members_total": 0,
    "members_active": 0,
}


def data_folder(folder: Path, entities: str = ENTITIES) -> Path:
    """The project's data, Germany with legal entities, without samples."""
    data = folder / "data"
    data.mkdir()
    for name in ("items.yaml", "rates.csv"):
        shutil.copy(ROOT / "data" / name, data / name)
    group = (ROOT / "data" / "group.toml").read_text(encoding="utf-8")
    head, _, germany = group.partition("[partner.DE]\n")
    kept = [line for line in germany.splitlines() if not line.startswith('legal_form = "eG"')]
    (data / "group.toml").write_text(
        f"{head}[partner.DE]\n" + "\n".join(kept) + entities, encoding="utf-8"
    )
    return data


def workbook(
    title: str, amounts: Mapping[str, float], first: Quarter = FIRST, last: Quarter = LAST
) -> bytes:
    """A German workbook in single euro: the same amounts in each of some quarters."""
    items = read_items(ROOT / "data" / "items.yaml")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Deckblatt").write(0, 0, title)
        for name, codes in _sheets(items, amounts).items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, name)
            quarters = list(quarters_between(first, last))
            heads = [f"Q{quarter.number} {quarter.year}" for quarter in quarters]
            sheet.write_row(2, 0, ["in EUR", *heads])
            for row, code in enumerate(codes, start=3):
                label = items[code].label("de")
                sheet.write_row(row, 0, [label, *[amounts[code]] * len(quarters)])
    return content.getvalue()


def _sheets(items: Items, amounts: Mapping[str, float]) -> dict[str, list[str]]:
    names = {"pnl": "GuV", "balance_sheet": "Bilanz", "members": "Mitglieder"}
    return {
        name: codes
        for statement, name in names.items()
        if (codes := [code for code in amounts if items[code].statement == statement])
    }
