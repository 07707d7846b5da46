"""What an account number hints at, where a sheet carries the numbers of a known chart of accounts.

The first digits of an account say which kind of figure it holds. Which chart a sheet follows is
not assumed from the country: its recognised rows must agree with it. The prefixes are those of
the published national charts (Belgian PCMN/MAR, German SKR 03 and 04, Austrian
Einheitskontenrahmen, Spanish PGC, Swedish BAS, Dutch decimal chart, Hungarian számlatükör);
where books differ a prefix names several items, and then it is a proposal only. Italy has no
national chart, so that an Italian number says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from smartfin.ingest.layout.layout import Table

_FEWEST_AGREEING = 3  # recognised rows that must agree before a chart counts as known
_NUMBER = re.compile(r"\s*(\d{2,8})(?!\d|[.,/]\d)")

_ASSETS = "fixed_assets"
_CLIENTS = "trade_receivables"
_CLAIMS = "other_receivables"
_PAYABLES = "trade_payables"
_PUBLIC = "tax_social_liabilities"
_TURNOVER = "invoiced_volume fee_revenue service_revenue membership_fees"
_STAFF = "staff_costs member_payroll_cost"
_INCOME = "other_operating_income operating_grants"
_OTHER = "other_operating_expenses"
_RESERVES = "reserves_retained result_year_to_date"
_DEBTS = "member_balances group_loans"

# Longest prefix counts. Chart -> items -> prefixes.
_CHARTS: Mapping[str, Mapping[str, str]] = {
    "pcmn": {
        "member_share_capital": "10", _RESERVES: "13 14", "other_provisions": "16",
        "bank_debt group_loans": "17", "bank_debt": "173 43", _ASSETS: "20 21 22 23 24 25 26 27 28",
        _CLIENTS: "40", "receivables_allowance": "409", _CLAIMS: "41 490 491", _PAYABLES: "44",
        _PUBLIC: "45", "deferred_income": "46 493", _DEBTS: "48", "cash": "55 57",
        "member_project_expenses": "60", "rent_costs professional_fees it_costs": "61",
        _STAFF: "62", "depreciation": "630", "bad_debt_expense": "634", _OTHER: "64",
        "financial_expense": "65", "one_off_cost": "66", "income_tax": "67", _TURNOVER: "70",
        "membership_fees operating_grants": "73", _INCOME: "74", "financial_income": "75",
        "one_off_income": "76",
    },
    "skr03": {
        _ASSETS: "00 01 02 03 04 05", "bank_debt group_loans": "06 07",
        "member_share_capital": "080",
        _RESERVES: "084 086", "other_provisions": "095 097", "cash": "10 12", _CLIENTS: "14",
        _CLAIMS: "15", _PAYABLES: "16", _PUBLIC: "174 175 177", "financial_income": "265",
        "financial_expense": "21", "income_tax": "22", "member_project_expenses": "31",
        _STAFF: "41", "rent_costs": "421", "insurance_costs": "436", "marketing_costs": "46",
        "depreciation": "482 483", _OTHER: "49", "professional_fees": "495", _TURNOVER: "84 83 82",
    },
    "skr04": {
        _ASSETS: "01 02 03 04 05 06 07 08 09", _CLIENTS: "12", _CLAIMS: "13 14 19",
        "cash": "16 18", "member_share_capital": "29 20", _RESERVES: "29", "other_provisions": "30",
        "bank_debt": "315 317", _PAYABLES: "33", _PUBLIC: "37 38", "deferred_income": "39 32",
        _TURNOVER: "43 44 42 41", _INCOME: "48 49", "member_project_expenses": "59",
        _STAFF: "60 61", "depreciation": "62", "rent_costs": "631", "insurance_costs": "640",
        "marketing_costs": "66",
        "professional_fees": "6825 6827 6830", _OTHER: "63 68", "bad_debt_expense": "693",
        "financial_income": "71", "financial_expense": "73", "income_tax": "76",
    },
    "ekr": {
        _ASSETS: "01 02 03 04 05 06 07 08 09", _CLIENTS: "20", "receivables_allowance": "208",
        _CLAIMS: "23 25 29", "cash": "27 28", "other_provisions": "30", "bank_debt": "31",
        "deferred_income": "32 39", _PAYABLES: "33", _PUBLIC: "35 36", _TURNOVER: "40",
        _INCOME: "48", "member_project_expenses": "57 58", _STAFF: "62 60 65", "depreciation": "70",
        "rent_costs": "740", "insurance_costs": "770", "professional_fees": "775",
        "marketing_costs": "765", _OTHER: "78 79", "financial_income": "80 81",
        "financial_expense": "828 83", "income_tax": "85", "member_share_capital": "90",
        _RESERVES: "93 95 98",
    },
    "pgc": {
        "member_share_capital": "10", _RESERVES: "11 12", "other_provisions": "14",
        "bank_debt group_loans": "16 17", "bank_debt": "170 520", _ASSETS: "20 21 22 23 24 25 28",
        _PAYABLES: "40 41", _CLIENTS: "43", "receivables_allowance": "49",
        _CLAIMS: "44 470 471 472",
        _PUBLIC: "475 476 477", "deferred_income": "485 438", "cash": "57", _STAFF: "64",
        "member_project_expenses": "60", "rent_costs": "621", "professional_fees": "623",
        "insurance_costs": "625", "marketing_costs": "627", _OTHER: "626 629 631",
        "income_tax": "630", "bad_debt_expense": "650 694", "financial_expense": "662",
        "fx_result": "668 768", "one_off_cost": "678", "depreciation": "68", _TURNOVER: "70",
        "operating_grants member_project_grants": "74", "other_operating_income": "75",
        "financial_income": "76", "one_off_income": "778",
    },
    "bas": {
        _ASSETS: "10 11 12 13", _CLIENTS: "151", _CLAIMS: "16 17", "cash": "19",
        "member_share_capital": "208 201", _RESERVES: "209 206", "other_provisions": "22",
        "bank_debt group_loans": "23", _PAYABLES: "244", _PUBLIC: "25 26 27",
        "deferred_income": "297 242", _DEBTS: "28", _TURNOVER: "30 31 32 33", _INCOME: "39",
        "operating_grants": "398", "member_project_expenses": "46", "rent_costs": "501",
        "it_costs": "542 654", "marketing_costs": "59", "insurance_costs": "631",
        "bad_debt_expense": "635", "professional_fees": "642 653 655", _OTHER: "60 61 62 657 69",
        _STAFF: "70 71 72 73 74 75 76", "depreciation": "78", "financial_income": "83",
        "financial_expense": "84", "income_tax": "891",
    },
    "decimal": {
        _ASSETS: "01 02 03", "member_share_capital": "050", _RESERVES: "051 052",
        "other_provisions": "06", "bank_debt group_loans": "07", "cash": "10 11", _CLIENTS: "13",
        _CLAIMS: "14", _PUBLIC: "15 17", _PAYABLES: "16", _STAFF: "40", "rent_costs": "41",
        "depreciation": "43 48", "marketing_costs": "44 45", _OTHER: "46 47", _TURNOVER: "80 81",
        "financial_expense financial_income": "90 91", "income_tax": "98",
    },
    "szamlatukor": {
        _ASSETS: "11 12 13 14 15 16 17", _CLIENTS: "31", _CLAIMS: "36 39", "cash": "38",
        "member_share_capital": "411", _RESERVES: "413 419", "other_provisions": "42",
        "bank_debt group_loans": "44 45", _PAYABLES: "454", _PUBLIC: "46 473",
        "deferred_income": "48 453", "rent_costs": "522", "marketing_costs": "524",
        "professional_fees": "525 526", _OTHER: "529 532 86", "insurance_costs": "533",
        _STAFF: "54 55 56", "depreciation": "57", "financial_expense": "87", "income_tax": "891",
        _TURNOVER: "91 92", _INCOME: "96", "financial_income": "97",
    },
}  # fmt: skip

Chart = Mapping[str, tuple[str, ...]]


@cache
def charts() -> tuple[Chart, ...]:
    """The items of each known chart of accounts, by prefix."""
    return tuple(
        {
            prefix: tuple(items.split())
            for items, prefixes in chart.items()
            for prefix in prefixes.split()
        }
        for chart in _CHARTS.values()
    )


def account_number(table: Table, row: int, label: str) -> str:
    """The account number of a row: glued before its label, or in a column left of the figures.

    Empty when there is none.
    """
    glued = _NUMBER.match(label)
    if glued:
        return glued[1]
    for column in range(table.left, table.right):
        cell = table.sheet.cell(row, column)
        text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else cell
        if isinstance(text, str) and (found := _NUMBER.fullmatch(text.strip())):
            return found[1]
    return ""


def followed_chart(known: Iterable[tuple[str, str]]) -> Chart | None:
    """The chart of accounts that recognised rows follow; None when none fits, or two do.

    Args:
        known: Account number and item of each recognised row.
    """
    rows = [(number, item) for number, item in known if number]
    scored: list[tuple[int, Chart]] = []
    for chart in charts():
        hints = [(hinted_items(chart, number), item) for number, item in rows]
        agreeing = sum(item in hinted for hinted, item in hints)
        if agreeing >= _FEWEST_AGREEING and all(item in found for found, item in hints if found):
            scored.append((agreeing, chart))
    best = max((score for score, _ in scored), default=0)
    fitting = [chart for score, chart in scored if score == best]
    return fitting[0] if len(fitting) == 1 else None


def hinted_items(chart: Chart, number: str) -> tuple[str, ...]:
    """The items an account may be, by its longest known prefix; empty when none is known."""
    for length in range(len(number), 1, -1):
        if number[:length] in chart:
            return chart[number[:length]]
    return ()
