"""What each sheet prints, from top to bottom, whatever the country."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from smartfin.items import Items, Nature, Statement, read_items

ITEMS: Items = read_items(Path(__file__).resolve().parents[2] / "items.yaml")


class Kind(StrEnum):
    """What a printed row is."""

    HEADING = "heading"  # words only
    LINE = "line"  # an entered figure
    TOTAL = "total"  # adds up other rows
    RATIO = "ratio"  # a quotient nobody may read as an amount


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a form: a code of items.yaml, or a name of ``habits`` words."""

    kind: Kind
    code: str

    @property
    def is_item(self) -> bool:
        """Whether a reader must recognise the row."""
        return self.code in ITEMS and self.kind in (Kind.LINE, Kind.TOTAL)


# Rows that add up but are no items, and the signed rows they add up.
SUMS: dict[str, tuple[tuple[int, str], ...]] = {
    "total_costs": tuple((1, code) for sign, code in ITEMS["operating_result"].parts() if sign < 0),
    "equity_and_liabilities": ((1, "equity"), (1, "total_liabilities")),
    "cash_flow_financing": (
        (1, "group_capital_injection"),
        (1, "group_loan_drawdown"),
        (1, "shares_paid_in"),
        (1, "bank_change"),
    ),
    "cash_change": (
        (1, "cash_flow_operating"),
        (1, "cash_flow_investing"),
        (1, "cash_flow_financing"),
    ),
}

# Ratio rows: numerator over denominator; growth compares with a year earlier.
RATIOS = {
    "coverage": ("own_revenue", "total_costs"),
    "equity_ratio": ("equity", "total_assets"),
    "active_share": ("members_active", "members_total"),
    "growth": ("invoiced_volume", "invoiced_volume"),
}


def _entries(text: str) -> tuple[Entry, ...]:
    """A form written down: ``# heading``, ``= total``, ``% ratio``, else lines."""
    kinds = {"#": Kind.HEADING, "=": Kind.TOTAL, "%": Kind.RATIO}
    result: list[Entry] = []
    for row in text.split():
        kind = kinds.get(row[0], Kind.LINE)
        result.append(Entry(kind, row.lstrip("#=%")))
    return tuple(result)


FORMS: dict[Statement, tuple[Entry, ...]] = {
    Statement.PNL: _entries(
        """
        #activity invoiced_volume member_payroll_cost member_project_expenses labour_budget
        #income fee_revenue employment_margin membership_fees service_revenue
        other_operating_income =own_revenue
        #support operating_grants group_contribution_received
        #costs staff_costs it_costs rent_costs professional_fees marketing_costs
        member_services_costs insurance_costs bad_debt_expense guarantee_fund_charge
        other_operating_expenses depreciation =total_costs =operating_result
        financial_income financial_expense exceptional_result income_tax =net_result
        #memo adviser_costs receivable_losses_covered_by_fund imputed_group_services
        %coverage %growth
        """
    ),
    Statement.BALANCE_SHEET: _entries(
        """
        #assets fixed_assets trade_receivables receivables_allowance other_receivables cash
        =current_assets =total_assets
        #own_funds member_share_capital shareholder_contributions reserves_retained
        result_year_to_date =equity
        #debts salary_guarantee_fund other_provisions member_balances group_loans bank_debt
        tax_social_liabilities trade_payables deferred_income =total_liabilities
        =equity_and_liabilities
        #memo registered_share_capital receivables_over_90_days overdue_public_debt
        grants_received_in_advance current_liabilities
        %equity_ratio
        """
    ),
    Statement.CASH_FLOW: _entries(
        """
        cash_flow_operating cash_flow_investing group_capital_injection group_loan_drawdown
        shares_paid_in bank_change =cash_flow_financing =cash_change
        """
    ),
    Statement.MEMBERS: _entries(
        """
        members_total members_active members_new members_left members_retained
        contracts_count invoices_count fee_rate staff_fte adviser_fte receivable_days
        median_member_volume largest_client_volume non_creative_volume
        %active_share
        """
    ),
    Statement.SOCIAL: _entries(
        """
        pay_delay_days payments_total payments_on_time member_pay_total insured_days
        low_income_members training_hours assembly_participants board_members board_women
        member_board_seats members_women pay_gap volunteer_leavers sick_days
        """
    ),
}


def adds_up(code: str, statement: Statement) -> bool:
    """Whether a row's figures of several quarters are summed; else the last one counts."""
    if code in ITEMS:
        return ITEMS[code].nature is Nature.FLOW
    return statement in (Statement.PNL, Statement.CASH_FLOW)


def parts_of(code: str) -> tuple[tuple[int, str], ...]:
    """The signed rows a total adds up."""
    return SUMS[code] if code in SUMS else ITEMS[code].parts()
