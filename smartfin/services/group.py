"""The group line: what support was given, what is still needed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case
from smartfin.services.euro import exchange_of, series_in_euro
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, measure_cell
from smartfin.wording import Words

_ENVELOPE_FROM = Quarter(2021, 1)  # settings.support_envelope_eur is voted from here on


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What the group gave and what is still needed, over the active partners, in EUR.

    Args:
        support_year: Support of the calendar year up to the reporting quarter.
        support_since_start: Support since each partner's start.
        envelope_used: Support since 2021 as a share of the voted envelope.
        needed_median: Money still needed until each partner lands, median.
        needed_high: The same with 80 % certainty.
    """

    support_year: Cell
    support_since_start: Cell
    envelope_used: Cell
    needed_median: Cell
    needed_high: Cell


def group_line(smartfin: Smartfin, words: Words, assessment: Assessment) -> GroupLine | None:
    """The group line over the active partners; None while nothing is known."""
    if assessment.reporting is None:
        return None
    newest = assessment.reporting
    cases = assessment.active()
    given = [_support(smartfin, case, newest) for case in cases]
    year = Quarter(newest.year, 1)
    return GroupLine(
        support_year=measure_cell(words, _sum(given, year)),
        support_since_start=measure_cell(words, _sum(given)),
        envelope_used=measure_cell(words, _share_of_envelope(smartfin, given)),
        needed_median=measure_cell(words, _needed(smartfin, cases, "money_needed")),
        needed_high=measure_cell(words, _needed(smartfin, cases, "money_needed_80")),
    )


def _support(smartfin: Smartfin, case: Case, newest: Quarter) -> pd.Series[float]:
    """Cash from the group, a figure a quarter up to the newest [EUR]."""
    series = series_in_euro(smartfin, case, "group_support_quarter")
    return series[series.index <= newest.ordinal]


def _sum(given: list[pd.Series[float]], since: Quarter | None = None) -> Measure:
    """Support of all partners since a quarter; undefined when a quarter of it is unknown."""
    start = since.ordinal if since else 0
    parts = [series[series.index >= start] for series in given]
    known = [part for part in parts if len(part)]
    if not known:
        return undefined(EURO, Reason.NOTHING_KNOWN)
    for part in known:
        for ordinal in part.index[part.isna()]:
            quarter = Quarter.from_ordinal(int(ordinal))
            return undefined(EURO, Reason.QUARTERS_MISSING, quarter=quarter)
    return Measure(float(sum(part.sum() for part in known)), EURO)


def _share_of_envelope(smartfin: Smartfin, given: list[pd.Series[float]]) -> Measure:
    used = _sum(given, _ENVELOPE_FROM)
    if used.value is None:
        return used
    return Measure(used.value / smartfin.settings.support_envelope_eur, Unit.FRACTION)


def _needed(smartfin: Smartfin, cases: tuple[Case, ...], which: str) -> Measure:
    """Money still needed until each partner lands, added up, at today's rates [EUR].

    Undefined as soon as one partner has no outlook: a sum without it would look small.
    """
    total = 0.0
    for case in cases:
        outlook, quarter = case.verdict.outlook, case.quarter
        if outlook is None or quarter is None:
            reason = case.verdict.probability.reason or Reason.NOTHING_KNOWN
            return undefined(EURO, reason, **case.verdict.probability.facts)
        rate = exchange_of(smartfin, case).flow_rate(quarter)
        if rate is None:
            return undefined(
                EURO, Reason.RATE_MISSING, currency=case.partner.currency, quarter=quarter
            )
        total += float(getattr(outlook, which)) / rate
    return Measure(total, EURO)
