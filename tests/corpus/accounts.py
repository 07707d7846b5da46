"""Random accounts of a partner, month by month, that agree with themselves.

What a made workbook says is drawn first, then written down: the balance sheet balances, cash
ties to the cash flow, results are sums. Everything is counted in whole printed steps, so that
sums of printed figures are exact.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smartfin.entity import DEALINGS
from smartfin.facts import Scenario
from smartfin.items import Item, Items, Nature, Statement
from smartfin.quarter import Quarter

Month = int
"""Months since year 0: neighbours differ by one."""

_MONTHLY = {  # usual size in euro of what a month or its end shows; others are small
    "invoiced_volume": 320_000, "member_payroll_cost": 210_000, "member_project_expenses": 45_000,
    "labour_budget": 190_000, "fee_revenue": 26_000, "employment_margin": 4_000,
    "staff_costs": 17_000, "rent_costs": 2_600, "operating_grants": 3_000,
    "member_pay_total": 150_000, "largest_client_volume": 30_000, "non_creative_volume": 80_000,
    "median_member_volume": 7_000, "fixed_assets": 40_000, "trade_receivables": 420_000,
    "cash": 350_000, "other_receivables": 30_000, "member_share_capital": 60_000,
    "shareholder_contributions": 90_000, "reserves_retained": 40_000, "group_loans": 120_000,
    "salary_guarantee_fund": 80_000, "other_provisions": 15_000, "bank_debt": 25_000,
    "tax_social_liabilities": 95_000, "trade_payables": 35_000, "deferred_income": 12_000,
    "members_total": 1_900, "members_active": 900, "members_retained": 700, "staff_fte": 9,
    "insured_days": 5_200, "training_hours": 160, "contracts_count": 2_400,
    "invoices_count": 1_500, "payments_total": 1_100, "members_women": 850,
    "low_income_members": 240, "assembly_participants": 90,
}  # fmt: skip
_SMALL = {"currency": 1_500, "count": 30, "fte": 3, "percent": 9, "days": 40, "hours": 60}
_PARTS = {  # memo items: a part of another
    "adviser_costs": ("staff_costs", 0.4), "receivables_over_90_days": ("trade_receivables", 0.1),
    "receivables_allowance": ("trade_receivables", 0.05),
    "overdue_public_debt": ("tax_social_liabilities", 0.1),
    "group_loans_subordinated": ("group_loans", 0.5), "members_active": ("members_total", 0.5),
    "members_women": ("members_total", 0.45), "members_retained": ("members_total", 0.35),
    "grants_received_in_advance": ("deferred_income", 0.3),
    "payments_on_time": ("payments_total", 0.93), "adviser_fte": ("staff_fte", 0.4),
    "board_women": ("board_members", 0.5), "member_board_seats": ("board_members", 0.6),
    "largest_client_volume": ("invoiced_volume", 0.1),
    "non_creative_volume": ("invoiced_volume", 0.3),
}  # fmt: skip
_SIGNED = ("fx_result", "exceptional_result", "cash_flow_investing", "cash_flow_financing")
_DECIMALS = {"fte": 1, "percent": 1}
_EUROS = {"SEK": 10.0, "HUF": 350.0}


@dataclass(frozen=True)
class Money:
    """How money is printed.

    Args:
        currency: ISO code.
        scale: Single units of one printed unit.
        decimals: Printed behind the mark.
    """

    currency: str
    scale: int
    decimals: int


def month_of(year: int, month: int) -> Month:
    """The month of a calendar year."""
    return year * 12 + month - 1


def last_day(month: Month) -> date:
    """The last day of a month."""
    return first_day(month + 1) - timedelta(days=1)


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def quarter_of(month: Month) -> Quarter:
    """The calendar quarter a month lies in."""
    return Quarter.containing(first_day(month))


class Accounts:
    """The figures of a partner, by item, scenario and month.

    Args:
        items: The chart of line items.
        codes: The items the partner keeps; derived ones are added.
        months: The months known, first and last.
        money: How money is printed.
        fiscal: Month in which the financial year begins, 1 to 12.
        rng: Where chance comes from.
    """

    def __init__(
        self, items: Items, codes: Iterable[str], months: tuple[Month, Month], money: Money,
        fiscal: int, rng: random.Random,
    ) -> None:  # fmt: skip
        self.items = items
        self.money = money
        self._rng = rng
        self._months = range(months[0] - 1, months[1] + 1)
        self._fiscal = fiscal
        self._level = rng.uniform(0.6, 4.0) * _EUROS.get(money.currency, 1.0)
        self._steps: dict[tuple[str, Scenario], dict[Month, int]] = {}
        self._codes = list(dict.fromkeys(codes))
        self._draw()

    def holds(self, code: str, scenario: Scenario) -> bool:
        """Whether an item has figures in a scenario."""
        return (code, scenario) in self._steps

    def printed(self, code: str, scenario: Scenario, first: Month, last: Month) -> float | None:
        """An item over months, in the printed unit and storage sign.

        Flows are sums; stocks stand at the end; rates are those of the last quarter.
        """
        series = self._steps.get((code, scenario))
        if series is None or first <= self._months[0] or last > self._months[-1]:
            return None
        item = self.items[code]
        if item.nature is Nature.FLOW:
            steps = sum(series[month] for month in range(first, last + 1))
        else:
            steps = series[last]
        parts: int = 10 ** self._decimals(item)
        return steps / parts

    def amount(self, code: str, scenario: Scenario, first: Month, last: Month) -> float | None:
        """An item over months in single units and storage sign."""
        value = self.printed(code, scenario, first, last)
        if value is None or self.items[code].unit != "currency":
            return value
        return value * self.money.scale

    # --- drawing

    def _decimals(self, item: Item) -> int:
        return self.money.decimals if item.unit == "currency" else _DECIMALS.get(item.unit, 0)

    def _draw(self) -> None:
        for scenario in Scenario:
            for code in self._codes:
                item = self.items[code]
                planned = scenario is Scenario.ACTUAL or item.statement is Statement.PNL
                if planned and not item.derived:
                    self._steps[code, scenario] = self._series(item, scenario)
            self._derive(scenario, Statement.PNL)
        self._balance()
        self._move_cash()
        self._list_fee_rate()

    def _series(self, item: Item, scenario: Scenario) -> dict[Month, int]:
        """One item month by month; rates and slow stocks change once a quarter."""
        whole, share = _PARTS.get(item.code, ("", 0.0))
        parent = self._steps.get((whole, scenario))
        if parent is not None:
            part = share * self._rng.uniform(0.8, 1.1)
            return {m: int(n * part * self._rng.uniform(0.97, 1.03)) for m, n in parent.items()}
        size = self._size(item)
        noise = 0.15 if item.nature is Nature.FLOW else 0.03
        series: dict[Month, int] = {}
        for month in self._months:
            size *= 1 + self._rng.uniform(-0.002, 0.02)
            steps = max(1, round(size * (1 + self._rng.uniform(-noise, noise))))
            flips = item.code in _SIGNED and self._rng.random() < 0.5
            series[month] = -steps if flips else steps
        if item.nature is Nature.RATE:
            return {month: series[self._quarter_start(month)] for month in self._months}
        return series

    def _quarter_start(self, month: Month) -> Month:
        return max(month - month % 3, self._months[0])

    def _size(self, item: Item) -> float:
        """Usual steps of an item."""
        size = _MONTHLY.get(item.code, _SMALL[item.unit]) * self._rng.uniform(0.7, 1.4)
        steps: int = 10 ** self._decimals(item)
        if item.unit != "currency":
            return size * steps
        return size * self._level / self.money.scale * steps

    def _derive(self, scenario: Scenario, statement: Statement) -> None:
        """Totals as sums of the parts that are kept."""
        for item in self.items.values():
            if item.statement is not statement or not item.derived:
                continue
            parts = [(s, code) for s, code in item.parts() if (code, scenario) in self._steps]
            if parts:
                self._steps[item.code, scenario] = {
                    m: sum(s * self._steps[code, scenario][m] for s, code in parts)
                    for m in self._months
                }

    # --- the balance sheet and the cash flow

    def _balance(self) -> None:
        """Equity follows the result; the plug keeps both sides equal."""
        actual = Scenario.ACTUAL
        kept = {code for code, scenario in self._steps if scenario is actual}
        if "cash" not in kept:
            return
        result = self._steps.get(("net_result", actual), dict.fromkeys(self._months, 0))
        self._carry(result, kept)
        self._derive(actual, Statement.BALANCE_SHEET)
        plug = "member_balances" if "member_balances" in kept else "trade_payables"
        gap = {
            m: self._at("total_assets", m) - self._at("equity", m) + self._at(plug, m)
            - self._at("total_liabilities", m)
            for m in self._months
        }  # fmt: skip
        lift = max(0, -min(gap.values())) + max(1, abs(min(gap.values())) // 3)
        cash = self._steps["cash", actual]
        self._steps["cash", actual] = {m: n + lift for m, n in cash.items()}
        self._steps[plug, actual] = {m: n + lift for m, n in gap.items()}
        self._derive(actual, Statement.BALANCE_SHEET)

    def _carry(self, result: Mapping[Month, int], kept: set[str]) -> None:
        """Reserves take in each year's result; capital stands still."""
        actual = Scenario.ACTUAL
        running, reserve = 0, self._steps.get(("reserves_retained", actual), {})
        base = reserve.get(self._months[0], 0)
        years: dict[Month, int] = {}
        bases: dict[Month, int] = {}
        for month in self._months:
            if month % 12 == self._fiscal - 1:
                base, running = base + running, 0
            running += result[month]
            years[month], bases[month] = running, base
        self._steps["reserves_retained", actual] = bases
        self._steps["result_year_to_date", actual] = years
        for code in ("member_share_capital", "shareholder_contributions"):
            if code in kept:
                first = self._steps[code, actual][self._months[0]]
                self._steps[code, actual] = dict.fromkeys(self._months, first)

    def _move_cash(self) -> None:
        """Operations explain what investing and financing leave of the change in cash."""
        actual = Scenario.ACTUAL
        codes = ("cash_flow_investing", "cash_flow_financing")
        if ("cash_flow_operating", actual) not in self._steps:
            return
        for month in self._months[1:]:
            change = self._at("cash", month) - self._at("cash", month - 1)
            other = sum(self._at(code, month) for code in codes)
            self._steps["cash_flow_operating", actual][month] = change - other

    def _list_fee_rate(self) -> None:
        """The listed rate is what the fee was of the volume, as far as it is printed."""
        actual = Scenario.ACTUAL
        if ("fee_rate", actual) not in self._steps:
            return
        for month in self._months:
            quarter = range(self._quarter_start(month), self._quarter_start(month) + 3)
            known = [m for m in quarter if m in self._months]
            fee, volume = (
                sum(self._at(code, m) for m in known) for code in ("fee_revenue", "invoiced_volume")
            )
            self._steps["fee_rate", actual][month] = round(1000 * fee / volume)

    def _at(self, code: str, month: Month) -> int:
        series = self._steps.get((code, Scenario.ACTUAL))
        return series[month] if series else 0


def chosen_codes(items: Items, rng: random.Random, statements: Sequence[Statement]) -> list[str]:
    """Items a partner keeps: the required ones and most of the usual ones."""
    codes: list[str] = []
    for item in items.values():
        if item.statement not in statements or item.derived:
            continue
        usual = item.required or item.code in _ALWAYS
        if item.code not in _NEVER and (usual or rng.random() < 0.55):
            codes.append(item.code)
    return codes


_ALWAYS = ("cash", "trade_payables", "fixed_assets", "member_share_capital", "reserves_retained",
           "result_year_to_date", "cash_flow_operating", "cash_flow_investing",
           "cash_flow_financing")  # fmt: skip
_NEVER = (
    "group_capital_injection",
    "group_loan_drawdown",
    "registered_share_capital",
    "exceptional_result",
    "current_liabilities",
    "debts_due_within_12_months",
    *DEALINGS,  # asked of partners that have several legal entities
)
