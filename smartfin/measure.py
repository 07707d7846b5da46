"""A computed number as it is shown: a value with its unit, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a computed number counts. Amounts of money carry an ISO currency code instead."""

    FRACTION = "fraction"  # 0.42, shown as 42 %
    MULTIPLE = "multiple"  # 1.3, shown as 1.3 x
    SCORE = "score"  # -0.33, shown as it is
    COUNT = "count"
    FTE = "fte"
    MONTHS = "months"
    PERCENT = "percent"  # as printed in workbooks: 8.5 is 8.5 %
    DAYS = "days"
    YEARS = "years"
    HOURS = "hours"
    CURRENCY = "currency"  # of an indicator: whatever the frame is in; a Measure names the code


class Reason(StrEnum):
    """Why arithmetic has no answer (message ``undefined.<code>``)."""

    NOTHING_KNOWN = "nothing-known"  # no facts at all for this partner and quarter
    ITEM_MISSING = "item-missing"  # facts: item
    QUARTERS_MISSING = "quarters-missing"  # fewer than four quarters in a row; facts: quarter
    PARTNER_QUARTER_MISSING = "partner-quarter-missing"  # of a sum; facts: partner, quarter
    HISTORY_TOO_SHORT = "history-too-short"  # facts: quarters, needed
    TOO_FEW_CALM_QUARTERS = "too-few-calm-quarters"  # to compare; facts: quarters, needed
    NO_VOLUME = "no-volume"
    NO_OWN_COSTS = "no-own-costs"
    NO_OWN_REVENUE = "no-own-revenue"
    NO_FEE_INCOME = "no-fee-income"
    NO_MEMBERS = "no-members"
    NO_ACTIVE_MEMBERS = "no-active-members"
    NO_STAFF = "no-staff"
    NO_ASSETS = "no-assets"
    NO_DEBTS = "no-debts"
    NO_CAPITAL = "no-capital"
    NO_CASH_SURPLUS = "no-cash-surplus"  # debts are never paid back; more than any number of years
    NO_RECEIVABLES = "no-receivables"
    NO_RECEIVABLE_LOSSES = "no-receivable-losses"  # a fund for them lasts for ever
    NO_GUARANTEE_FUND = "no-guarantee-fund"  # there never was one; an empty one is another matter
    NO_SHORTFALL = "no-shortfall"  # bills are paid without support: its end limits nothing
    NO_ADVISERS = "no-advisers"
    NO_PAYMENTS = "no-payments"  # to members
    NO_BOARD = "no-board"
    NO_NATIONAL_PAY = "no-national-pay"  # nothing to hold members' volume against
    NO_PRICES = "no-prices"  # an index that is nil says nothing of prices
    NO_POSITIVE_EFFECT = "no-positive-effect"  # nothing raised the result, so nothing bought it
    NEVER_AT_THIS_FEE = "never-at-this-fee"  # an adviser costs more than their volume brings in
    VOLUME_REACHED = "volume-reached"  # no growth is needed any more
    NO_DEADLINE = "no-deadline"  # nobody said by when
    DEADLINE_NOT_YET = "deadline-not-yet"  # nobody had decided it in that quarter; facts: first
    NO_QUARTERS_LEFT = "no-quarters-left"  # until the deadline
    EACH_SALE_LOSES = "each-sale-loses"  # fee does not exceed what varies with volume
    COVERED_ANYWAY = "covered-anyway"  # fixed costs are covered at any volume
    RESULT_NOT_POSITIVE = "result-not-positive"
    IMPUTED_SUPPORT_UNKNOWN = "imputed-support-unknown"
    RATE_MISSING = "rate-missing"  # facts: currency, quarter
    NOT_WITHIN_HORIZON = "not-within-horizon"
    LEVER_TOO_SHORT = "lever-too-short"  # even at the end of its range
    STARTS_TOO_LATE = "starts-too-late"  # a lever, for the quarter asked about
    SUPPORT_NOT_COUNTED = "support-not-counted"  # in the result before support
    SOCIAL_LIMITS = "social-limits"  # with more of the levers it could, at members' cost
    ALL_ENDED_ALIKE = "all-ended-alike"  # of forecasts: nothing told good from bad ones
    RULE_OF_OTHERS = "rule-of-others"  # of another country, legal form or entity
    TOO_FEW_SISTERS = "too-few-sisters"  # to compare with; facts: sisters, needed
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number to show.

    Args:
        value: The number, unrounded; None when there is none.
        unit: A ``Unit`` or an ISO currency code.
        reason: Why there is no value; None exactly when there is one.
        facts: What the reason's sentence needs.
    """

    value: float | None
    unit: str
    reason: Reason | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a measure has either a value or a reason")


def undefined(unit: str, reason: Reason, **facts: object) -> Measure:
    """A measure without a value, and why."""
    return Measure(None, unit, reason, facts)
