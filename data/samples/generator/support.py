"""Group finance's own list of support: what the partners' books say, seen from the other side.

One difference is deliberate: Spain books 5,000 of the contribution of 2022-Q2, the list says
7,500. What the group does for Sweden without a bill only the list knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook

from data.samples.generator.books import LAST
from data.samples.generator.profiles import PROFILES
from data.samples.generator.story import story
from smartfin.quarter import Quarter, quarters_between
from smartfin.support import Kind

SUPPORT_DAY = date(2023, 1, 20)
SUPPORT_NAME = f"{SUPPORT_DAY}_GROUP_synthetic_support-2021-2022.xlsx"
FIRST = Quarter(2021, 1)
SHEET = "Support"
HEADINGS = ("Partner", "Quarter", "Kind", "Amount", "Currency", "Note")
MADE_UP = "Made-up figures (synthetic): nobody's accounts"
TITLE = "Group finance: support given to the partners"
HEAD_ROW = 4  # counted from 0

_SUPPORTED = ("ES", "IT", "SE", "DE", "AT")
_STATED_BY_BOTH = (Kind.CONTRIBUTION, Kind.CAPITAL, Kind.LOAN_BALANCE, Kind.SERVICES)
_SERVICES_SE = 30_000.0  # a quarter [SEK]
_GUARANTEES = {"ES": 0.0, "IT": 60_000.0, "SE": 250_000.0, "DE": 40_000.0, "AT": 25_000.0}
_DIFFERS = ("ES", Quarter(2022, 2), Kind.CONTRIBUTION)
_NAMES = {
    Kind.CONTRIBUTION: "Contribution",
    Kind.CAPITAL: "Capital injection",
    Kind.LOAN_DRAWN: "Loan drawn",
    Kind.LOAN_REPAID: "Loan repaid",
    Kind.LOAN_BALANCE: "Loans outstanding",
    Kind.SERVICES: "Free services",
    Kind.GUARANTEE: "Guarantee",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One row of the list.

    Args:
        partner: Code of the partner.
        quarter: When.
        kind: What.
        amount: How much [currency].
        currency: ISO code.
        note: What group finance says about it.
    """

    partner: str
    quarter: Quarter
    kind: Kind
    amount: float
    currency: str
    note: str = ""


def support_rows() -> tuple[Given, ...]:
    """The rows of the list, partner by partner and quarter by quarter."""
    quarters = tuple(quarters_between(FIRST, LAST))
    return tuple(
        row for code in _SUPPORTED for quarter in quarters for row in _given(code, quarter)
    )


def _given(code: str, quarter: Quarter) -> list[Given]:
    """What the list says of a partner in a quarter; what is nothing is not printed."""
    place = quarter - PROFILES[code].first
    books = story(code).actual
    booked = {
        kind: float(books[kind.item].to_numpy()[place])
        for kind in (*_STATED_BY_BOTH, Kind.LOAN_DRAWN)
        if kind.item in books
    }
    loans = booked.pop(Kind.LOAN_DRAWN, 0.0)
    amounts = {kind: booked.get(kind, 0.0) for kind in _STATED_BY_BOTH}
    amounts |= {Kind.LOAN_DRAWN: max(loans, 0.0), Kind.LOAN_REPAID: max(-loans, 0.0)}
    if code == "SE":
        amounts[Kind.SERVICES] = _SERVICES_SE
    if (code, quarter, Kind.CONTRIBUTION) == _DIFFERS:
        amounts[Kind.CONTRIBUTION] += 2_500.0
    wanted = {kind: amount for kind, amount in amounts.items() if amount}
    if quarter == LAST:
        wanted[Kind.GUARANTEE] = _GUARANTEES[code]
    currency = PROFILES[code].currency
    return [Given(code, quarter, kind, amount, currency) for kind, amount in wanted.items()]


def write_support(folder: Path) -> Path:
    """Write the list into a folder; the same rows give the same cells."""
    path = folder / SUPPORT_NAME
    file = Workbook(str(path))
    created = datetime(SUPPORT_DAY.year, SUPPORT_DAY.month, SUPPORT_DAY.day)  # knows no time zone
    file.set_properties({"title": f"{TITLE} (synthetic)", "comments": MADE_UP, "created": created})
    file.set_custom_property("synthetic", value=True)
    bold, number = file.add_format({"bold": True}), file.add_format({"num_format": "#,##0"})
    sheet = file.add_worksheet(SHEET)
    sheet.set_column(0, len(HEADINGS) - 1, 18)
    sheet.write_string(0, 0, TITLE, file.add_format({"bold": True, "font_size": 16}))
    sheet.write_string(1, 0, MADE_UP, file.add_format({"bold": True, "font_color": "#B00020"}))
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(HEAD_ROW, column, heading, bold)
    for row, given in enumerate(support_rows(), start=HEAD_ROW + 1):
        texts = {0: given.partner, 1: str(given.quarter), 2: _NAMES[given.kind], 4: given.currency}
        for column, text in texts.items():
            sheet.write_string(row, column, text)
        sheet.write_number(row, 3, given.amount, number)
    file.close()
    return path
