"""A computed number as it is shown: a value with its unit, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a computed number counts. Amounts of money carry an ISO currency code instead."""

    FRACTION = "fraction"  # 0.42, shown as 42 %
    MULTIPLE = "multiple"  # 1.3, shown as 1.3 x
    COUNT = "count"
    FTE = "fte"
    MONTHS = "months"
    PERCENT = "percent"  # as printed in workbooks: 8.5 is 8.5 %
    DAYS = "days"
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
    NO_SHORTFALL = "no-shortfall"  # bills are paid without support: its end limits nothing
    EACH_SALE_LOSES = "each-sale-loses"  # fee does not exceed what varies with volume
    COVERED_ANYWAY = "covered-anyway"  # fixed costs are covered at any volume
    RESULT_NOT_POSITIVE = "result-not-positive"
    IMPUTED_SUPPORT_UNKNOWN = "imputed-support-unknown"
    RATE_MISSING = "rate-missing"  # facts: currency, quarter
    NOT_WITHIN_HORIZON = "not-within-horizon"
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
