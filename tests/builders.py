"""Small books of made-up partners in a ledger: what page and service tests start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from smartfin.facts import Fact, Scenario, Stage
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.start import Smartfin
from smartfin.store import Submission

HISTORY = (Quarter(2018, 1), Quarter(2022, 4))

# A partner exactly at balance: 90 of fees and dues against 90 of costs a quarter.
AT_BALANCE: Mapping[str, float] = {
    "invoiced_volume": 1000.0,
    "fee_revenue": 80.0,
    "membership_fees": 10.0,
    "bad_debt_expense": 5.0,
    "staff_costs": 65.0,
    "it_costs": 20.0,
    "group_contribution_received": 4.0,
    "cash": 300.0,
    "member_balances": 120.0,
    "tax_social_liabilities": 60.0,
    "members_active": 50.0,
}
COUNTS = {"members_active": "count"}

Amounts = Callable[[Quarter], Mapping[str, float]]


def book(
    amounts: Mapping[str, float] | Amounts,
    first: Quarter = HISTORY[0],
    last: Quarter = HISTORY[1],
    currency: str = "EUR",
    scenario: Scenario = Scenario.ACTUAL,
) -> tuple[Fact, ...]:
    """The facts of some quarters: the same each quarter, or as a function of the quarter."""
    return tuple(
        Fact(item, quarter, scenario, amount, COUNTS.get(item, currency), "Sheet", f"C{row}", item)
        for quarter in quarters_between(first, last)
        for row, (item, amount) in enumerate(
            (amounts(quarter) if callable(amounts) else amounts).items(), start=2
        )
    )


def growing(factor: float, base: Mapping[str, float] = AT_BALANCE) -> Amounts:
    """Income, volume and members that change by a factor a year, costs that stay."""
    moving = {"invoiced_volume", "fee_revenue", "membership_fees", "members_active"}

    def amounts(quarter: Quarter) -> Mapping[str, float]:
        scale = factor ** ((quarter - HISTORY[0]) / 4)
        return {item: amount * scale if item in moving else amount for item, amount in base.items()}

    return amounts


def gaining_members(amounts: Mapping[str, float]) -> Amounts:
    """Quarters alike but for one more active member in each: no warning of traction."""

    def gained(quarter: Quarter) -> Mapping[str, float]:
        more = quarter - HISTORY[0]
        return {**amounts, "members_active": amounts["members_active"] + more}

    return gained


def hand_in(
    smartfin: Smartfin,
    partner: str,
    facts: tuple[Fact, ...],
    at: datetime | None = None,
    name: str = "book.xlsx",
    synthetic: bool = False,
    stage: Stage = Stage.MANAGEMENT,
) -> Submission:
    """Accept facts as a workbook of a partner, by default the day after its newest quarter."""
    newest = max(fact.quarter for fact in facts if fact.quarter)
    return smartfin.ledger.accept(
        partner,
        facts,
        content=f"{partner} {name} {at} {hash(facts)}".encode(),
        name=name,
        by="A. Name",
        at=at or datetime.combine(newest.end, datetime.min.time(), UTC) + timedelta(days=1),
        synthetic=synthetic,
        stage=stage,
    )
