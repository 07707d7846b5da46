"""Indicators of members and team, and of money for each of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.flows import GROUP_SUPPORT
from smartfin.analysis.indicators.indicator import Indicator, Window, unless_positive
from smartfin.analysis.partition import OWN_REVENUE
from smartfin.analysis.table import (
    Figures,
    Terms,
    line,
    quotient,
    signed_total,
    trailing_sum,
    trailing_total,
)
from smartfin.measure import Reason, Unit

_NET_NEW: Terms = ((1, "members_new"), (-1, "members_left"))


def _count(code: str, unit: Unit, polarity: int) -> Indicator:
    """A head count as reported."""
    return Indicator(
        code=code,
        unit=unit,
        polarity=polarity,
        window=Window.STOCK,
        formula=code,
        needs=(code,),
        values=lambda table: line(table, code),
    )


def _net_new(table: pd.DataFrame) -> Figures:
    """Members who joined less those who left in four quarters [count]."""
    return trailing_sum(signed_total(table, _NET_NEW))


def _members_a_year_ago(table: pd.DataFrame) -> Figures:
    return line(table, "members_total") - _net_new(table)


def _active_before(table: pd.DataFrame) -> Figures:
    """Active members at the end of the quarter before [count]."""
    active = line(table, "members_active")
    return np.concatenate([np.full(min(1, len(active)), np.nan), active[:-1]])


def _per_active_member(code: str, polarity: int, formula: str, items: tuple[str, ...]) -> Indicator:
    """Four quarters of money over the members active in them."""
    return Indicator(
        code=code,
        unit=Unit.CURRENCY,
        polarity=polarity,
        window=Window.TTM,
        formula=formula,
        needs=(*items, "members_active"),
        at_end=("members_active",),
        values=lambda table: quotient(trailing_total(table, items), line(table, "members_active")),
        unless=(
            unless_positive(Reason.NO_ACTIVE_MEMBERS, lambda table: line(table, "members_active")),
        ),
    )


PEOPLE = (
    _count("members_active", Unit.COUNT, +1),
    _count("members_total", Unit.COUNT, +1),
    Indicator(
        code="active_share",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.STOCK,
        formula="members_active / members_total",
        needs=("members_active", "members_total"),
        values=lambda table: quotient(line(table, "members_active"), line(table, "members_total")),
        unless=(unless_positive(Reason.NO_MEMBERS, lambda table: line(table, "members_total")),),
    ),
    Indicator(
        code="members_active_before",
        unit=Unit.COUNT,
        polarity=0,
        window=Window.QUARTER_BEFORE,
        formula="members_active",
        needs=("members_active",),
        values=_active_before,
    ),
    Indicator(
        code="active_members_gained",
        unit=Unit.COUNT,
        polarity=+1,
        window=Window.TWO_QUARTERS,
        formula="members_active - members_active_before",
        needs=("members_active",),
        values=lambda table: line(table, "members_active") - _active_before(table),
    ),
    Indicator(
        code="net_new_members",
        unit=Unit.COUNT,
        polarity=+1,
        window=Window.QUARTER,
        formula="members_new - members_left",
        needs=("members_new", "members_left"),
        values=lambda table: signed_total(table, _NET_NEW),
    ),
    Indicator(
        code="member_growth",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula=("(members_new - members_left) / (members_total - (members_new - members_left))"),
        needs=("members_new", "members_left", "members_total"),
        values=lambda table: quotient(_net_new(table), _members_a_year_ago(table)),
        at_end=("members_total",),
        unless=(unless_positive(Reason.NO_MEMBERS, _members_a_year_ago),),
    ),
    _per_active_member("support_per_member", -1, "group_support / members_active", GROUP_SUPPORT),
    _per_active_member(
        "volume_per_member", 0, "invoiced_volume / members_active", ("invoiced_volume",)
    ),
    _count("staff_fte", Unit.FTE, 0),
    Indicator(
        code="revenue_per_fte",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula="own_revenue / (staff_fte of the four quarters / 4)",
        needs=(*OWN_REVENUE, "staff_fte"),
        values=lambda table: quotient(
            trailing_total(table, OWN_REVENUE), trailing_total(table, ("staff_fte",)) / 4
        ),
        unless=(
            unless_positive(Reason.NO_STAFF, lambda table: trailing_total(table, ("staff_fte",))),
        ),
    ),
)
