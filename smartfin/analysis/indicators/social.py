"""Indicators of the social balance: what the co-operative does for members and for its team.

The twelve that a partner is judged by, and companions read beside them
(``smartfin.analysis.social.measures`` says which is which; docs/metrics.md#social-balance).
Active members, the first of the twelve, stand with the people.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.indicator import Indicator, Unless, Window, unless_positive
from smartfin.analysis.table import Figures, line, quotient, trailing_total
from smartfin.measure import Reason, Unit

NATIONAL_PAY, PRICES = "national_median_pay", "consumer_prices"
"""Lines that no books have: what is earned and what things cost in the partner's country."""

_YEAR = 4  # quarters
_ADVISER_HOURS = 1_600  # a full-time post a year, house value
_PASSED_ON = ("member_payroll_cost", "member_project_expenses")


def _mean_of_year(table: pd.DataFrame, code: str) -> Figures:
    """A line that is an average of its quarter, averaged over four."""
    return trailing_total(table, (code,)) / _YEAR


def _unless_line(reason: Reason, code: str) -> Unless:
    return unless_positive(reason, lambda table: line(table, code))


def _unless_year(reason: Reason, code: str) -> Unless:
    return unless_positive(reason, lambda table: trailing_total(table, (code,)))


_NO_ACTIVE = _unless_line(Reason.NO_ACTIVE_MEMBERS, "members_active")
_NO_MEMBERS = _unless_line(Reason.NO_MEMBERS, "members_total")
_NO_BOARD = _unless_line(Reason.NO_BOARD, "board_members")


def _share(code: str, polarity: int, part: str, whole: str, unless: Unless) -> Indicator:
    """A head count over another one, both at the quarter's end."""
    return Indicator(
        code=code,
        unit=Unit.FRACTION,
        polarity=polarity,
        window=Window.STOCK,
        formula=f"{part} / {whole}",
        needs=(part, whole),
        values=lambda table: quotient(line(table, part), line(table, whole)),
        unless=(unless,),
    )


def _each_active_member(code: str, unit: Unit, item: str) -> Indicator:
    """Something given in four quarters, over the members active in them."""
    return Indicator(
        code=code,
        unit=unit,
        polarity=+1,
        window=Window.TTM,
        formula=f"{item} / members_active",
        needs=(item, "members_active"),
        at_end=("members_active",),
        values=lambda table: quotient(
            trailing_total(table, (item,)), line(table, "members_active")
        ),
        unless=(_NO_ACTIVE,),
        digits=1,
    )


def _over_team(code: str, unit: Unit, item: str) -> Indicator:
    """Something of four quarters over the mean number of posts in them."""
    return Indicator(
        code=code,
        unit=unit,
        polarity=-1,
        window=Window.TTM,
        formula=f"{item} / (staff_fte of the four quarters / 4)",
        needs=(item, "staff_fte"),
        values=lambda table: quotient(
            trailing_total(table, (item,)), _mean_of_year(table, "staff_fte")
        ),
        unless=(_unless_year(Reason.NO_STAFF, "staff_fte"),),
        digits=None if unit is Unit.FRACTION else 1,
    )


def _advised(
    code: str, unit: Unit, polarity: int, formula: str, values: Callable[[pd.DataFrame], Figures]
) -> Indicator:
    """Active members against those who advise them, both ways round."""
    return Indicator(
        code=code,
        unit=unit,
        polarity=polarity,
        window=Window.TTM,
        formula=formula,
        needs=("members_active", "adviser_fte"),
        at_end=("members_active",),
        values=values,
        unless=(_unless_year(Reason.NO_ADVISERS, "adviser_fte"), _NO_ACTIVE),
        digits=None if unit is Unit.COUNT else 1,
    )


def _active_a_year_before(table: pd.DataFrame) -> Figures:
    active = line(table, "members_active")
    return np.concatenate([np.full(min(_YEAR, len(active)), np.nan), active[:-_YEAR]])


def _members_per_adviser(table: pd.DataFrame) -> Figures:
    """Active members for each full-time adviser [count].

    Formula: active members / (mean of adviser_fte over four quarters)

    Returns:
        NaN without advisers.

    Source:
        docs/metrics.md#members_per_adviser; SPI4, dimension 4
    """
    return quotient(line(table, "members_active"), _mean_of_year(table, "adviser_fte"))


def _hours_per_member(table: pd.DataFrame) -> Figures:
    hours = _ADVISER_HOURS * _mean_of_year(table, "adviser_fte")
    return quotient(hours, line(table, "members_active"))


def _members_share(table: pd.DataFrame) -> Figures:
    """What reaches members of what their clients were invoiced [fraction].

    Formula: (members' pay with contributions + their project expenses) / invoiced volume

    Returns:
        NaN without volume. Above 1 where members spent what was invoiced before.

    Source:
        docs/metrics.md#members_share; ICA principle 3

    Example:
        >>> year = {"member_payroll_cost": 80.0, "member_project_expenses": 11.0}
        >>> _members_share(pd.DataFrame([{**year, "invoiced_volume": 100.0}] * 4)).tolist()[-1]
        0.91
    """
    return quotient(trailing_total(table, _PASSED_ON), trailing_total(table, ("invoiced_volume",)))


def _services_per_member(table: pd.DataFrame) -> Figures:
    """What is spent on services for each active member, at constant prices [currency].

    Formula: member_services_costs / (mean of consumer_prices over four quarters / 100)
        / active members

    Returns:
        In the money of the year in which ``consumer_prices`` is 100. NaN without prices or
        active members.

    Source:
        docs/metrics.md#member_services_per_member; ICA principle 5

    Example:
        >>> quarter = {"member_services_costs": 275.0, "consumer_prices": 110.0}
        >>> year = pd.DataFrame([{**quarter, "members_active": 10.0}] * 4)
        >>> round(_services_per_member(year).tolist()[-1], 6)
        100.0
    """
    level = _mean_of_year(table, PRICES) / 100
    real = quotient(trailing_total(table, ("member_services_costs",)), level)
    return quotient(real, line(table, "members_active"))


SOCIAL = (
    Indicator(
        code="members_active_a_year_before",
        unit=Unit.COUNT,
        polarity=0,
        window=Window.YEAR_EARLIER,
        formula="members_active",
        needs=("members_active",),
        values=_active_a_year_before,
    ),
    Indicator(
        code="member_retention",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.YEAR_APART,
        formula="members_retained / members_active_a_year_before",
        needs=("members_retained", "members_active"),
        at_end=("members_retained",),
        values=lambda table: quotient(
            line(table, "members_retained"), _active_a_year_before(table)
        ),
        unless=(unless_positive(Reason.NO_ACTIVE_MEMBERS, _active_a_year_before),),
    ),
    _share("small_user_share", +1, "low_income_members", "members_active", _NO_ACTIVE),
    Indicator(
        code="median_volume_to_pay",
        unit=Unit.MULTIPLE,
        polarity=0,
        window=Window.STOCK,
        formula=f"median_member_volume / {NATIONAL_PAY}",
        needs=("median_member_volume", NATIONAL_PAY),
        values=lambda table: quotient(
            line(table, "median_member_volume"), line(table, NATIONAL_PAY)
        ),
        unless=(_unless_line(Reason.NO_NATIONAL_PAY, NATIONAL_PAY),),
    ),
    Indicator(
        code="members_share",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="(member_payroll_cost + member_project_expenses) / invoiced_volume",
        needs=(*_PASSED_ON, "invoiced_volume"),
        values=_members_share,
        unless=(_unless_year(Reason.NO_VOLUME, "invoiced_volume"),),
        digits=1,
    ),
    _each_active_member("insured_days_per_member", Unit.DAYS, "insured_days"),
    Indicator(
        code="pay_promise",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="payments_on_time / payments_total",
        needs=("payments_on_time", "payments_total"),
        values=lambda table: quotient(
            trailing_total(table, ("payments_on_time",)),
            trailing_total(table, ("payments_total",)),
        ),
        unless=(_unless_year(Reason.NO_PAYMENTS, "payments_total"),),
        digits=1,
    ),
    _advised(
        "members_per_adviser",
        Unit.COUNT,
        0,
        "members_active / (adviser_fte of the four quarters / 4)",
        _members_per_adviser,
    ),
    _advised(
        "adviser_hours_per_member",
        Unit.HOURS,
        +1,
        f"{_ADVISER_HOURS} * (adviser_fte of the four quarters / 4) / members_active",
        _hours_per_member,
    ),
    Indicator(
        code="member_services_per_member",
        unit=Unit.CURRENCY,
        polarity=+1,
        window=Window.TTM,
        formula=(
            f"member_services_costs / ({PRICES} of the four quarters / 4 / 100) / members_active"
        ),
        needs=("member_services_costs", PRICES, "members_active"),
        at_end=("members_active",),
        values=_services_per_member,
        unless=(_unless_year(Reason.NO_PRICES, PRICES), _NO_ACTIVE),
    ),
    _each_active_member("training_hours_per_member", Unit.HOURS, "training_hours"),
    Indicator(
        code="assembly_turnout",
        unit=Unit.FRACTION,
        polarity=+1,
        window=Window.TTM,
        formula="assembly_participants / members_total",
        needs=("assembly_participants", "members_total"),
        at_end=("members_total",),
        values=lambda table: quotient(
            trailing_total(table, ("assembly_participants",)), line(table, "members_total")
        ),
        unless=(_NO_MEMBERS,),
        digits=1,
    ),
    _share("member_board_share", +1, "member_board_seats", "board_members", _NO_BOARD),
    _share("board_women_share", 0, "board_women", "board_members", _NO_BOARD),
    _share("members_women_share", 0, "members_women", "members_total", _NO_MEMBERS),
    Indicator(
        code="pay_gap",
        unit=Unit.PERCENT,
        polarity=0,
        window=Window.STOCK,
        formula="pay_gap",
        needs=("pay_gap",),
        values=lambda table: line(table, "pay_gap"),
    ),
    _over_team("team_turnover", Unit.FRACTION, "volunteer_leavers"),
    _over_team("sick_days_per_post", Unit.DAYS, "sick_days"),
)
