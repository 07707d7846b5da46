"""What is known of every partner on a day, judged: the ground every page stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

import pandas as pd

from smartfin.analysis.indicators import find_indicator, indicator_measure, indicator_series
from smartfin.analysis.states import State
from smartfin.analysis.table import known_until, partner_table
from smartfin.analysis.verdict import Verdict, judge
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from smartfin.services.approval import Unapproved, unapproved_quarters
from smartfin.services.start import Smartfin, end_of_day
from smartfin.settings import Settings
from smartfin.store import Basis


@dataclass(frozen=True, eq=False)
class Case:
    """One partner as it stood in the reporting quarter.

    Args:
        partner: Who.
        table: Actual figures up to the reporting quarter, in local currency.
        verdict: What is said about it.
        synthetic: Whether any of the figures is made up.
        settings: For the level indicators are taken at.
        provisional: Whether any of the figures is not approved yet, where somebody approves.
        plan_provisional: The same of what was voted for the quarter's year.
    """

    partner: Partner
    table: pd.DataFrame
    verdict: Verdict
    synthetic: bool
    settings: Settings
    provisional: bool = False
    plan_provisional: bool = False

    @property
    def quarter(self) -> Quarter | None:
        """Newest quarter its figures reach; None when nothing is known."""
        return self.verdict.quarter

    @cached_property
    def active(self) -> bool:
        """Whether it is one of those that must make the deadline."""
        return self.verdict.state not in {State.INACTIVE, State.CLOSED}

    def measure(self, code: str, quarters_earlier: int = 0) -> Measure:
        """An indicator at its newest quarter, or some quarters before."""
        indicator = find_indicator(code, self.settings.level)
        if self.quarter is None:
            return undefined(self._unit(indicator.unit), Reason.NOTHING_KNOWN)
        ordinal = self.quarter.ordinal - quarters_earlier
        return indicator_measure(indicator, self.table, ordinal, self.partner.currency)

    def series(self, code: str) -> pd.Series[float]:
        """An indicator over all its quarters; NaN where undefined."""
        return indicator_series(find_indicator(code, self.settings.level), self.table)

    def _unit(self, unit: Unit) -> str:
        return self.partner.currency if unit is Unit.CURRENCY else unit


@dataclass(frozen=True, eq=False)
class Assessment:
    """Every partner as it stood in the reporting quarter.

    Args:
        reporting: The quarter judged; None while nothing is known.
        choices: Quarters that can be chosen, newest first.
        cases: One a partner, in the order of group.toml.
        frame: The tidy frame all of it comes from.
        moment: Until when knowledge counts; None for all that is known.
        basis: Which figures count.
    """

    reporting: Quarter | None
    choices: tuple[Quarter, ...]
    cases: tuple[Case, ...]
    frame: pd.DataFrame
    moment: datetime | None
    basis: Basis = Basis.ACCEPTED

    @property
    def synthetic(self) -> bool:
        """Whether any figure is made up."""
        return any(case.synthetic for case in self.cases)

    @property
    def provisional(self) -> bool:
        """Whether any figure is not approved yet, where somebody approves."""
        return any(case.provisional for case in self.cases)

    def active(self) -> tuple[Case, ...]:
        """The partners that must make the deadline, once they have been launched."""
        return tuple(
            case
            for case in self.cases
            if case.active
            and (self.reporting is None or case.quarter or case.partner.launch <= self.reporting)
        )

    def precedents(self) -> tuple[Case, ...]:
        """The inactive partners of which anything is known."""
        return tuple(case for case in self.cases if not case.active and case.quarter)

    def case(self, partner: str) -> Case:
        """The case of one partner."""
        return next(case for case in self.cases if case.partner.code == partner)


def assess(
    smartfin: Smartfin,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Assessment:
    """Judge every partner on what was known at the end of a day.

    Args:
        smartfin: Opened.
        quarter: Reporting quarter; None for the newest with actuals of an active partner.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``quarter-not-known`` when no active partner has figures for it.
    """
    assessment = assess_at(smartfin, quarter, end_of_day(as_of), basis)
    if quarter is not None and quarter not in assessment.choices:
        newest = str(assessment.choices[0]) if assessment.choices else ""
        raise InputError("quarter-not-known", quarter=str(quarter), newest=newest)
    return assessment


def assess_at(
    smartfin: Smartfin,
    quarter: Quarter | None,
    moment: datetime | None,
    basis: Basis = Basis.ACCEPTED,
) -> Assessment:
    """Judge every partner on what was known at a moment; see ``assess``.

    A quarter nobody has figures for is no error here: nothing is reported in it.
    """
    return _assessed(smartfin, smartfin.ledger.revision(), quarter, moment, basis)


@lru_cache(maxsize=16)
def _assessed(
    smartfin: Smartfin,
    _revision: int,
    quarter: Quarter | None,
    moment: datetime | None,
    basis: Basis,
) -> Assessment:
    """Judged once for each state of the ledger: every page starts from the same assessment."""
    figures = smartfin.ledger.facts_frame(moment, smartfin.codes, basis=basis)
    frame = _usable(smartfin, figures)
    waiting = unapproved_quarters(smartfin, moment, basis)
    reported = {partner.code: _reported(smartfin, frame, partner) for partner in smartfin.partners}
    choices = _choices(smartfin.partners, reported)
    newest = choices[0] if choices else None
    reporting = newest if quarter is None else quarter if quarter in choices else None
    # While nothing is reported the deadline has not passed for anybody either.
    judged_in = reporting or smartfin.settings.deadline + -1
    cases = tuple(
        _case(smartfin, partner, frame, reported[partner.code], judged_in, waiting)
        for partner in smartfin.partners
    )
    return Assessment(reporting, choices, cases, frame, moment, basis)


def _usable(smartfin: Smartfin, frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of items that exist, amounts in the partner's own currency.

    An old ledger may hold an item that items.yaml has dropped, or amounts in a currency
    the partner has left: adding those up with the others would be silently wrong.
    """
    money = {code for code, item in smartfin.items.items() if item.unit == "currency"}
    currencies = {partner.code: partner.currency for partner in smartfin.partners}
    known = frame["item"].isin(list(smartfin.items))
    foreign = frame["item"].isin(money) & (frame["currency"] != frame["partner"].map(currencies))
    return frame[known & ~foreign]


def _reported(smartfin: Smartfin, frame: pd.DataFrame, partner: Partner) -> tuple[Quarter, ...]:
    """Quarters with every required item, oldest first: a stray figure is no report."""
    required = smartfin.items.required
    wanted = (
        (frame["partner"] == partner.code)
        & (frame["scenario"] == Scenario.ACTUAL)
        & frame["item"].isin(required)
    )
    counts = frame.loc[wanted, "quarter"].value_counts()
    complete = sorted(counts.index[counts == len(required)])
    return tuple(Quarter.from_ordinal(int(ordinal)) for ordinal in complete)


def _choices(
    partners: Iterable[Partner], reported: Mapping[str, tuple[Quarter, ...]]
) -> tuple[Quarter, ...]:
    """Quarters reported by a partner active at their end, newest first."""
    quarters = {
        quarter
        for partner in partners
        for quarter in reported[partner.code]
        if partner.status_on(quarter.end) is Status.ACTIVE
    }
    return tuple(sorted(quarters, reverse=True))


def _case(
    smartfin: Smartfin,
    partner: Partner,
    frame: pd.DataFrame,
    reported: tuple[Quarter, ...],
    reporting: Quarter,
    waiting: Unapproved,
) -> Case:
    """One partner up to the newest quarter it has reported."""
    until = max((quarter for quarter in reported if quarter <= reporting), default=reporting)
    table = known_until(partner_table(frame, partner.code), until.ordinal)
    behind = (frame["partner"] == partner.code) & (frame["quarter"] <= until.ordinal)
    return Case(
        partner=partner,
        table=table,
        verdict=judge(partner, table, reporting, smartfin.settings),
        synthetic=bool(frame.loc[behind, "synthetic"].any()),
        settings=smartfin.settings,
        provisional=any(each <= until for each in waiting.actual.get(partner.code, ())),
        plan_provisional=any(
            each.year == until.year and each <= until
            for each in waiting.budget.get(partner.code, ())
        ),
    )
