"""How each country prints its books: one habit a country, all data, no special reader needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.samples.generator import words
from data.samples.generator.columns import (
    Column,
    Heading,
    Span,
    against,
    beside_plan,
    newest_first,
    quarter_columns,
    with_totals,
    year_to_date_columns,
)
from data.samples.generator.forms import ITEMS, Entry, Kind
from data.samples.generator.words import Words
from smartfin.facts import Scenario
from smartfin.items import Statement
from smartfin.quarter import Quarter, quarters_between

Quarters = tuple[Quarter, ...]
ROMAN = ("I", "II", "III", "IV")
FLOWS = (Statement.PNL, Statement.CASH_FLOW)


class Negative(StrEnum):
    """How a figure below zero is printed."""

    MINUS = "minus"
    FORMAT = "format"  # a number whose format shows parentheses
    TEXT = "text"  # typed: "(12,3)"


class Codes(StrEnum):
    """Where account or row numbers stand."""

    NONE = "none"
    COLUMN = "column"  # a column of their own, left of the labels
    PREFIX = "prefix"  # in front of the label


class UnitPlace(StrEnum):
    """Where a sheet says its unit."""

    TITLE = "title"  # under the title
    CORNER = "corner"  # above the labels, beside the periods
    RIGHT = "right"  # above the last column
    BELOW = "below"  # under the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One country's way of printing.

    Args:
        partner: Partner code.
        language: Language of the labels.
        organisation: Name on the cover and in titles.
        words: Everything that is no line item.
        unit: What the cover says the unit is.
        scale: Single units in one printed unit.
        decimals: Digits after the point of an amount.
        history_columns: Columns of a statement over many quarters.
        quarter_columns: Columns of a quarterly workbook's statement.
        plan_columns: Columns of a plan's own sheet; None where plans stand beside actuals.
        preferred: Item to the number of the label used, where not the first.
        negative: How figures below zero are printed.
        costs_negative: Whether costs carry a minus.
        allowance_negative: Whether the allowance on receivables does.
        formulas: Whether subtotals are formulas (with their values stored).
        codes: Where account numbers stand.
        label_column: Column of the labels, 0 for A, account numbers left of it.
        headings_left: Whether section headings stand one column left of the labels.
        unit_place: Where a sheet says its unit.
        header_row: Row of the first period heading, from 0.
        decorate: What is done to a label before it is printed.
        members: Items left out of the member sheet.
        social: Items printed on the social sheet; empty for all.
    """

    partner: str
    language: str
    organisation: str
    words: Words
    unit: str
    scale: int
    decimals: int
    history_columns: Callable[[Statement, Quarters, Quarters], tuple[Column, ...]]
    quarter_columns: Callable[[Statement, Quarter, Quarters], tuple[Column, ...]]
    plan_columns: Callable[[Quarters], tuple[Column, ...]] | None = None
    preferred: Mapping[str, int] = field(default_factory=dict)
    negative: Negative = Negative.MINUS
    costs_negative: bool = False
    allowance_negative: bool = False
    formulas: bool = True
    codes: Codes = Codes.NONE
    label_column: int = 0
    headings_left: bool = False
    unit_place: UnitPlace = UnitPlace.TITLE
    header_row: int = 3
    decorate: Callable[[str, Entry], str] = lambda label, _entry: label
    members: tuple[str, ...] = ()
    social: tuple[str, ...] = ()

    def sign(self, code: str) -> int:
        """-1 for a row that is printed with the sign turned, else 1."""
        if code == "total_costs":
            return -1 if self.costs_negative else 1
        if code not in ITEMS or ITEMS[code].effect >= 0:
            return 1
        contra = ITEMS[code].statement is Statement.BALANCE_SHEET
        turned = self.allowance_negative if contra else self.costs_negative
        return -1 if turned else 1

    def label(self, entry: Entry, account: str = "") -> str:
        """A row's words, decorated; ``account`` stands in front of them."""
        if entry.is_item:
            text = ITEMS[entry.code].labels[self.language][self.preferred.get(entry.code, 0)]
        else:
            text = self.words.rows[entry.code]
        return self.decorate(account + text, entry)


def _year_so_far(quarter: Quarter) -> Quarters:
    return tuple(quarters_between(Quarter(quarter.year, 1), quarter))


# ---------------------------------------------------------------- Austria: year over quarters


def _austrian_head(quarter: Quarter) -> Heading:
    return (str(quarter.year), f"{quarter.number}. Quartal")


def _austrian_total(quarter: Quarter) -> Heading:
    return (str(quarter.year), "Gesamt")


def _austrian_history(statement: Statement, actual: Quarters, _: Quarters) -> tuple[Column, ...]:
    columns = quarter_columns(actual, _austrian_head)
    return with_totals(columns, _austrian_total) if statement in FLOWS else columns


def _austrian_quarter(statement: Statement, quarter: Quarter, _: Quarters) -> tuple[Column, ...]:
    earlier = quarter + (-4 if statement in FLOWS else -1)
    later, before = quarter_columns((quarter, earlier), _austrian_head)
    return against(later, before, ("Veränderung", "in %"))


def _austrian_plan(quarters: Quarters) -> tuple[Column, ...]:
    planned = quarter_columns(quarters, _austrian_head, Scenario.BUDGET)
    return with_totals(planned, _austrian_total)


AUSTRIA = Habit(
    partner="AT",
    language="de",
    organisation="Smart Österreich",
    words=words.AUSTRIAN,
    unit="TEUR (Tausend Euro)",
    scale=1000,
    decimals=1,
    history_columns=_austrian_history,
    quarter_columns=_austrian_quarter,
    plan_columns=_austrian_plan,
    negative=Negative.TEXT,
    allowance_negative=True,
    formulas=False,
    codes=Codes.COLUMN,
    label_column=1,
    preferred={"other_operating_expenses": 1, "other_operating_income": 1, "other_provisions": 1},
    header_row=3,
)

# ---------------------------------------------------------------- Germany: newest first


def _german_head(quarter: Quarter) -> Heading:
    return (f"Q{quarter.number}/{quarter.year}",)


def _german_history(_: Statement, actual: Quarters, __: Quarters) -> tuple[Column, ...]:
    return newest_first(quarter_columns(actual, _german_head), gap=True)


def _german_quarter(_: Statement, quarter: Quarter, __: Quarters) -> tuple[Column, ...]:
    return newest_first(quarter_columns(_year_so_far(quarter), _german_head))


def _german_plan(quarters: Quarters) -> tuple[Column, ...]:
    return newest_first(quarter_columns(quarters, _german_head, Scenario.BUDGET))


def _german_label(label: str, entry: Entry) -> str:
    marks = {Kind.LINE: "    ", Kind.TOTAL: "= "}
    return marks.get(entry.kind, "") + label + (" *" if entry.code == "net_result" else "")


GERMANY = Habit(
    partner="DE",
    language="de",
    organisation="Smart Deutschland eG",
    words=words.GERMAN,
    unit="TEUR",
    scale=1000,
    decimals=2,
    history_columns=_german_history,
    quarter_columns=_german_quarter,
    plan_columns=_german_plan,
    negative=Negative.FORMAT,
    codes=Codes.PREFIX,
    unit_place=UnitPlace.CORNER,
    preferred={
        "invoiced_volume": 1,
        "member_payroll_cost": 1,
        "member_project_expenses": 1,
        "fee_revenue": 1,
        "service_revenue": 1,
        "other_operating_income": 2,
        "own_revenue": 2,
        "operating_grants": 1,
        "group_contribution_received": 1,
        "staff_costs": 1,
        "it_costs": 1,
        "rent_costs": 1,
        "professional_fees": 1,
        "marketing_costs": 2,
        "member_services_costs": 1,
        "insurance_costs": 1,
        "other_operating_expenses": 2,
        "depreciation": 1,
        "financial_income": 1,
        "financial_expense": 1,
        "exceptional_result": 1,
        "income_tax": 2,
        "net_result": 3,
        "cash": 1,
        "member_share_capital": 1,
        "reserves_retained": 1,
        "result_year_to_date": 1,
        "member_balances": 1,
        "group_loans": 1,
        "other_provisions": 2,
        "trade_payables": 1,
        "total_liabilities": 1,
        "members_total": 1,
        "members_new": 1,
        "members_left": 1,
        "contracts_count": 1,
        "staff_fte": 1,
    },
    decorate=_german_label,
    header_row=4,
    members=("largest_client_volume", "median_member_volume"),
    social=(
        "member_pay_total",
        "training_hours",
        "assembly_participants",
        "board_members",
        "board_women",
    ),
)

# ---------------------------------------------------------------- Spain: cumulative


def _spanish_to_date(quarter: Quarter) -> Heading:
    return (f"{quarter.number}T {quarter.year}" + (" acum." if quarter.number > 1 else ""),)


def _spanish_quarter(quarter: Quarter) -> Heading:
    return (f"{quarter.number}T {quarter.year}",)


def spanish_columns(statement: Statement, quarters: Quarters) -> tuple[Column, ...]:
    """Flows add up from January, the balance sheet is dated, people are by quarter."""
    if statement in FLOWS:
        return year_to_date_columns(quarters, _spanish_to_date)
    if statement is Statement.BALANCE_SHEET:
        return quarter_columns(quarters, lambda quarter: (quarter.end,))
    return quarter_columns(quarters, _spanish_quarter)


def _spanish_label(label: str, entry: Entry) -> str:
    return label.upper() if entry.kind is Kind.TOTAL else label + "\u00a0"


SPAIN = Habit(
    partner="ES",
    language="es",
    organisation="Smart España",
    words=words.SPANISH,
    unit="euros",
    scale=1,
    decimals=0,
    history_columns=lambda statement, actual, _: spanish_columns(statement, actual),
    quarter_columns=lambda statement, quarter, _: spanish_columns(statement, _year_so_far(quarter)),
    plan_columns=lambda quarters: year_to_date_columns(quarters, _spanish_to_date, Scenario.BUDGET),
    codes=Codes.PREFIX,
    label_column=1,
    preferred={"other_operating_income": 2, "salary_guarantee_fund": 1},
    decorate=_spanish_label,
    header_row=4,
)

# ---------------------------------------------------------------- Italy: totals between


def _italian_head(quarter: Quarter) -> Heading:
    return (f"{ROMAN[quarter.number - 1]} trim. {quarter.year}",)


def _italian_total(quarter: Quarter) -> Heading:
    return (f"Totale {'9 mesi ' if quarter.number == 3 else ''}{quarter.year}",)


def _italian_columns(
    statement: Statement, quarters: Quarters, scenario: Scenario = Scenario.ACTUAL
) -> tuple[Column, ...]:
    columns = quarter_columns(quarters, _italian_head, scenario)
    return with_totals(columns, _italian_total) if statement in FLOWS else columns


def _italian_label(label: str, entry: Entry) -> str:
    if entry.kind is Kind.LINE:
        return (label + " ").ljust(52, ".")
    return label


ITALY = Habit(
    partner="IT",
    language="it",
    organisation="Smart Italia società cooperativa",
    words=words.ITALIAN,
    unit="euro",
    scale=1,
    decimals=0,
    history_columns=lambda statement, actual, _: _italian_columns(statement, actual),
    quarter_columns=lambda statement, quarter, _: _italian_columns(
        statement, _year_so_far(quarter)
    ),
    plan_columns=lambda quarters: _italian_columns(Statement.PNL, quarters, Scenario.BUDGET),
    unit_place=UnitPlace.BELOW,
    preferred={"other_operating_income": 1, "trade_payables": 0, "tax_social_liabilities": 2},
    decorate=_italian_label,
    header_row=6,
)

# ---------------------------------------------------------------- Sweden: plan beside actual

_SWEDISH_PAIR = ("Utfall", "Budget")


def _swedish_head(quarter: Quarter) -> Heading:
    return (f"Q{quarter.number} {quarter.year}",)


def _swedish_history(
    statement: Statement, actual: Quarters, planned: Quarters
) -> tuple[Column, ...]:
    if statement is Statement.PNL:
        return beside_plan(actual, _swedish_head, _SWEDISH_PAIR, planned)
    return quarter_columns(actual, _swedish_head)


def _swedish_quarter(
    statement: Statement, quarter: Quarter, planned: Quarters
) -> tuple[Column, ...]:
    if statement is not Statement.PNL:
        return quarter_columns((quarter + -1, quarter), _swedish_head)
    actual, plan = beside_plan((quarter,), _swedish_head, _SWEDISH_PAIR, (quarter,))
    gap = Column((*_swedish_head(quarter), "Avvikelse"), Span.DIFFERENCE, (quarter, quarter))
    ahead = beside_plan((), _swedish_head, _SWEDISH_PAIR, planned)
    return (actual, plan, gap, *(column for column in ahead if not column.empty))


def _swedish_label(label: str, entry: Entry) -> str:
    return label if entry.kind is not Kind.LINE else "\u00a0\u00a0" + label


SWEDEN = Habit(
    partner="SE",
    language="sv",
    organisation="Smart Sverige",
    words=words.SWEDISH,
    unit="tkr (tusental kronor)",
    scale=1000,
    decimals=0,
    history_columns=_swedish_history,
    quarter_columns=_swedish_quarter,
    codes=Codes.COLUMN,
    label_column=1,
    unit_place=UnitPlace.CORNER,
    preferred={"other_operating_income": 2, "net_result": 1},
    decorate=_swedish_label,
    header_row=2,
    members=("largest_client_volume", "median_member_volume", "non_creative_volume"),
    social=(
        "pay_delay_days",
        "member_pay_total",
        "low_income_members",
        "board_members",
        "board_women",
        "member_board_seats",
    ),
)

# ---------------------------------------------------------------- Netherlands: costs negative


def _dutch_head(quarter: Quarter) -> Heading:
    return (f"{quarter.number}e kwartaal {quarter.year}",)


def _dutch_history(statement: Statement, actual: Quarters, _: Quarters) -> tuple[Column, ...]:
    if statement is Statement.BALANCE_SHEET:
        return quarter_columns(actual, lambda quarter: (quarter.end,))
    columns = quarter_columns(actual, _dutch_head)
    return with_totals(columns, lambda q: (f"Jaar {q.year}",)) if statement in FLOWS else columns


def _dutch_quarter(statement: Statement, quarter: Quarter, _: Quarters) -> tuple[Column, ...]:
    return _dutch_history(statement, _year_so_far(quarter), ())


NETHERLANDS = Habit(
    partner="NL",
    language="nl",
    organisation="Smart Nederland",
    words=words.DUTCH,
    unit="euro",
    scale=1,
    decimals=0,
    history_columns=_dutch_history,
    quarter_columns=_dutch_quarter,
    costs_negative=True,
    allowance_negative=True,
    label_column=1,
    headings_left=True,
    preferred={"other_operating_income": 1, "income_tax": 1},
    decorate=lambda label, entry: label + (" *" if entry.code == "reserves_retained" else ""),
    members=(
        "members_retained",
        "adviser_fte",
        "median_member_volume",
        "largest_client_volume",
        "non_creative_volume",
        "contracts_count",
    ),
    social=("member_pay_total", "training_hours", "assembly_participants"),
)

# ---------------------------------------------------------------- Hungary: thousand forint


def _hungarian_head(quarter: Quarter) -> Heading:
    return (f"{quarter.year}. év", f"{ROMAN[quarter.number - 1]}. negyedév")


def _hungarian_history(statement: Statement, actual: Quarters, _: Quarters) -> tuple[Column, ...]:
    columns = quarter_columns(actual, _hungarian_head)
    if statement is not Statement.PNL:
        return columns
    return with_totals(columns, lambda quarter: (f"{quarter.year}. év", "Összesen"))


HUNGARY = Habit(
    partner="HU",
    language="hu",
    organisation="Smart Magyarország",
    words=words.HUNGARIAN,
    unit="eFt (ezer forint)",
    scale=1000,
    decimals=0,
    history_columns=_hungarian_history,
    quarter_columns=lambda statement, quarter, _: _hungarian_history(
        statement, _year_so_far(quarter), ()
    ),
    codes=Codes.COLUMN,
    label_column=1,
    unit_place=UnitPlace.RIGHT,
    preferred={"other_operating_income": 1},
    decorate=lambda label, entry: label + ("  " if entry.kind is Kind.LINE else ""),
    header_row=3,
    members=(
        "members_retained",
        "adviser_fte",
        "median_member_volume",
        "largest_client_volume",
        "non_creative_volume",
        "invoices_count",
    ),
    social=("member_pay_total", "assembly_participants", "board_members", "board_women"),
)

HABITS = {
    habit.partner: habit for habit in (SPAIN, ITALY, SWEDEN, GERMANY, AUSTRIA, NETHERLANDS, HUNGARY)
}
