"""What the partners once achieved, as marks on each lever (docs/metrics.md#marks).

The caller passes partners of one kind, all real or all made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.forecast.drift import COVID
from smartfin.analysis.forecast.drivers import QUARTERS_LOOKED_AT
from smartfin.analysis.partition import (
    FEE_INCOME,
    FIXED,
    OWN_COSTS,
    OWN_INCOME,
    SUPPORT,
    VARIABLE,
)
from smartfin.analysis.table import Figures, line, quotient, trailing_total
from smartfin.scenario import LeverCode, find_lever

LONGEST = 12  # quarters looked at: what took three years is no mark
LAUNCH = QUARTERS_LOOKED_AT  # quarters: what was done in them is that of a launch
_YEAR = 4
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Achieved:
    """The most a partner moved a lever's figure within so many quarters.

    Args:
        partner: Code of the partner.
        quarters: Between the two figures, each of four quarters.
        amount: How far, the way that helps [unit of the lever; levers in currency: fraction of
            a year's own costs]; nil where it never moved that way.
        until: Ordinal of the quarter the later figure ends with.
    """

    partner: str
    quarters: int
    amount: float
    until: int


@dataclass(frozen=True, slots=True)
class LeverMarks:
    """What is known of one lever.

    Args:
        lever: Which.
        sisters: For each sister and each number of quarters from 1 to 12 the most she moved.
        own: The same of the partner itself.
    """

    lever: LeverCode
    sisters: tuple[Achieved, ...]
    own: tuple[Achieved, ...]

    def fastest(self, amount: float) -> Achieved | None:
        """The sister that moved so far in the fewest quarters; None where nobody ever did.

        Args:
            amount: As in ``Achieved``, in the lever's own sign. Of volume growth all growth of
                a year, that of the outlook and the lever's together.
        """
        far = abs(amount) * (1 - _ROUNDING)  # from 8 to 9 % is a point, in binary fractions too
        there = [each for each in self.sisters if abs(each.amount) >= far > 0]
        return min(there, key=lambda each: (each.quarters, -abs(each.amount)), default=None)

    @property
    def best_years(self) -> tuple[Achieved, ...]:
        """The most each sister moved within a year, the furthest first."""
        years = [each for each in self.sisters if each.quarters == _YEAR and each.amount]
        return tuple(sorted(years, key=lambda each: -abs(each.amount)))

    @property
    def own_best_year(self) -> Achieved | None:
        """The most the partner itself moved within a year; None where it never did."""
        return next((each for each in self.own if each.quarters == _YEAR and each.amount), None)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of every lever.

    Args:
        levers: One a lever, in their order.
    """

    levers: tuple[LeverMarks, ...]

    def of(self, code: LeverCode) -> LeverMarks:
        """Those of one lever."""
        return next(each for each in self.levers if each.lever is code)


def marks_of(tables: Mapping[str, pd.DataFrame], own: str) -> Marks:
    """What a partner and its sisters once achieved, by lever.

    Formula: figure of four quarters, less the same n quarters earlier, n from 1 to 12; of volume
    and of cost levers over the earlier figure, of levers in currency over a year's own costs
    then. The largest of them the way that helps. What a partner did before it was three years
    old is that of a launch and no mark.

    Args:
        tables: Every partner's, as made by ``partner_table`` up to the quarter shown; all of
            them real or all of them made up.
        own: Code of the partner the marks are for.

    Returns:
        A partner that does not report what a figure takes has no marks on it.

    Source:
        docs/metrics.md#marks

    Example:
        >>> year = {"invoiced_volume": 100.0, "employment_margin": 0.0}
        >>> rows = [{**year, "fee_revenue": fee} for fee in [7.0] * 12 + [8.0] * 4]
        >>> marks = marks_of({"AT": pd.DataFrame(rows), "ES": pd.DataFrame(rows)}, "ES")
        >>> marks.of(LeverCode.FEE).fastest(0.005).quarters
        2
    """
    return Marks(
        tuple(
            LeverMarks(
                lever=code,
                sisters=tuple(
                    each
                    for partner, table in tables.items()
                    if partner != own
                    for each in _achieved(partner, table, code)
                ),
                own=tuple(_achieved(own, tables[own], code)) if own in tables else (),
            )
            for code in LeverCode
        )
    )


def _achieved(partner: str, table: pd.DataFrame, code: LeverCode) -> list[Achieved]:
    """The most one partner moved one lever within each number of quarters."""
    if len(table) <= _YEAR:
        return []
    figure, measure = _FIGURES[code](table)
    figure = np.where(np.arange(len(figure)) < LAUNCH - 1, np.nan, figure)
    found = []
    for quarters in range(1, min(LONGEST, len(figure) - 1) + 1):
        moved = quotient(figure[quarters:] - figure[:-quarters], measure[:-quarters])
        moved = np.where(np.isnan(moved), 0.0, moved) * find_lever(code).helps
        place = int(np.argmax(moved))
        amount = max(float(moved[place]), 0.0) * find_lever(code).helps
        until = int(table.index[place + quarters])
        found.append(Achieved(partner, quarters, amount, until))
    return [] if np.isnan(figure).all() else found


def _over_volume(codes: tuple[str, ...]) -> Callable[[pd.DataFrame], tuple[Figures, Figures]]:
    """A rate to volume, which moves in points."""

    def figures(table: pd.DataFrame) -> tuple[Figures, Figures]:
        rate = quotient(trailing_total(table, codes), trailing_total(table, ("invoiced_volume",)))
        return rate, np.ones(len(rate))

    return figures


def _money(codes: tuple[str, ...]) -> Callable[[pd.DataFrame], tuple[Figures, Figures]]:
    """An income, in shares of what a year costs."""
    return lambda table: (trailing_total(table, codes), trailing_total(table, OWN_COSTS))


def _advisers(table: pd.DataFrame) -> tuple[Figures, Figures]:
    """Advisers for each active member, which move in shares of themselves."""
    posts = trailing_total(table, ("adviser_fte",)) / _YEAR
    figure = quotient(posts, line(table, "members_active"))
    return figure, figure


def _services(table: pd.DataFrame) -> tuple[Figures, Figures]:
    figure = trailing_total(table, ("member_services_costs",))
    return figure, figure


def _other_fixed(table: pd.DataFrame) -> tuple[Figures, Figures]:
    """Fixed costs without advisers and member services; without the team where need be."""
    advisers = trailing_total(table, ("adviser_costs",))
    if np.isnan(advisers).all():
        advisers = trailing_total(table, ("staff_costs",))
    services = trailing_total(table, ("member_services_costs",))
    figure = trailing_total(table, FIXED) - advisers - services
    return figure, figure


def _volume(table: pd.DataFrame) -> tuple[Figures, Figures]:
    """Volume, which grows in shares of itself; not where a year has Covid in it."""
    figure = trailing_total(table, ("invoiced_volume",))
    ordinals = table.index.to_numpy()
    figure[(ordinals >= COVID[0]) & (ordinals <= COVID[-1] + _YEAR - 1)] = np.nan
    return figure, figure


_FIGURES: Mapping[LeverCode, Callable[[pd.DataFrame], tuple[Figures, Figures]]] = {
    LeverCode.VOLUME_GROWTH: _volume,
    LeverCode.FEE: _over_volume(FEE_INCOME),
    LeverCode.VARIABLE_RATE: _over_volume(VARIABLE),
    LeverCode.ADVISERS_PER_MEMBER: _advisers,
    LeverCode.MEMBER_SERVICES: _services,
    LeverCode.OTHER_FIXED: _other_fixed,
    LeverCode.OTHER_INCOME: _money(OWN_INCOME),
    LeverCode.SUPPORT: _money(SUPPORT),
}
"""The figure of four quarters that a lever moves, and what its movement is measured in."""
