"""What was voted for a partner and what it was paid, by year: the amounts of the support path."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from smartfin.facts import LedgerFact
from smartfin.measure import Measure, Reason, undefined
from smartfin.money import EURO
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.approval import waiting_submissions
from smartfin.services.assessment import Assessment, Case
from smartfin.services.euro import series_in_euro
from smartfin.services.start import Smartfin
from smartfin.services.support.listed import listed_euro, listed_facts
from smartfin.support import PAID

PAID_BY_BOOKS = "group_support_quarter"
"""The indicator that says what the books say was paid."""


class SupportPath:
    """A partner's support by year [EUR].

    Args:
        smartfin: Opened.
        case: Whose.
        assessment: That it is a case of.
    """

    def __init__(self, smartfin: Smartfin, case: Case, assessment: Assessment) -> None:
        self._smartfin = smartfin
        self._case = case
        self.votes = case.partner.support
        self.books = series_in_euro(smartfin, case, PAID_BY_BOOKS)
        kind = {"synthetic": case.synthetic}
        code, moment, basis = case.partner.code, assessment.moment, assessment.basis
        self._waiting = waiting_submissions(smartfin, moment)
        self.listed = listed_facts(smartfin, code, moment, basis, **kind)

    @property
    def years(self) -> range:
        """The years the votes are for."""
        if not self.votes:
            return range(0)
        return range(self.votes[0].first.year, self.votes[-1].last.year + 1)

    @property
    def span(self) -> tuple[Quarter, Quarter]:
        """First and last quarter of the votes."""
        return self.votes[0].first, self.votes[-1].last

    def voted(self, first: Quarter, last: Quarter) -> float:
        """What was voted for the quarters from one to another."""
        return sum(vote.between(first, last) for vote in self.votes)

    def newest(self, year: int) -> Quarter | None:
        """The newest quarter of a year that the books reach; None when they reach none."""
        return _newest(self._case, year)

    def paid_by_books(self, first: Quarter, last: Quarter) -> Measure:
        """What the books say was paid; undefined as soon as one quarter is unknown."""
        return _summed(self._case, self.books, first, last)

    def paid_by_list(self, first: Quarter, last: Quarter) -> Measure:
        """What the list says was paid in the quarters it is about."""
        named = {quarter for _, quarter in self.listed}
        if not any(first <= quarter <= last for quarter in named):
            return undefined(EURO, Reason.NOTHING_KNOWN)
        total = 0.0
        for (item, quarter), known in self.listed.items():
            if item in PAID and first <= quarter <= last:
                euro = listed_euro(self._smartfin, known)
                if euro is None:
                    missing = {"currency": known.fact.unit, "quarter": quarter}
                    return undefined(EURO, Reason.RATE_MISSING, **missing)
                total += PAID[item] * euro
        return Measure(total, EURO)

    def waits(self, facts: Iterable[LedgerFact]) -> bool:
        """Whether any of some figures is not approved yet."""
        return any(each.submission in self._waiting for each in facts)

    def list_waits(self, first: Quarter, last: Quarter) -> bool:
        """Whether any payment the list states for some quarters is not approved yet."""
        return self.waits(
            known
            for (item, quarter), known in self.listed.items()
            if item in PAID and first <= quarter <= last
        )


def paid_in_year(smartfin: Smartfin, case: Case, year: int) -> tuple[Measure, Quarter | None]:
    """What a partner's books say was paid in a year so far [EUR], and its newest known quarter."""
    newest = _newest(case, year)
    if newest is None:
        return undefined(EURO, Reason.NOTHING_KNOWN), None
    series = series_in_euro(smartfin, case, PAID_BY_BOOKS)
    return _summed(case, series, Quarter(year, 1), newest), newest


def _newest(case: Case, year: int) -> Quarter | None:
    reached = case.quarter
    if reached is None or reached < Quarter(year, 1):
        return None
    return min(reached, Quarter(year, 4))


def _summed(case: Case, series: pd.Series[float], first: Quarter, last: Quarter) -> Measure:
    code = case.partner.code
    total = 0.0
    for quarter in quarters_between(max(first, case.partner.launch), last):
        amount = float(series.get(quarter.ordinal, float("nan")))
        if math.isnan(amount):
            reason = Reason.PARTNER_QUARTER_MISSING
            return undefined(EURO, reason, partner=code, quarter=quarter)
        total += amount
    return Measure(total, EURO)
