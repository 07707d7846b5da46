"""The group line: what support was given, what is still needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case
from smartfin.services.euro import exchange_of, series_in_euro
from smartfin.services.provenance.figure import GROUP, source_of
from smartfin.services.start import Smartfin
from smartfin.services.support.exposure import exposure_of
from smartfin.services.view import Cell, measure_cell
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What the group gave and what is still needed, over the active partners, in EUR.

    Args:
        support_year: Support of the calendar year up to the reporting quarter.
        support_since_start: Support since each partner's start.
        envelope_used: Support since 2021 as a share of the voted envelope.
        needed_median: Money still needed until each partner lands, median.
        needed_high: The same with 80 % certainty.
        exposure: What the group could lose: equity put in, loans and guarantees; where
            guarantees are not stated for every partner, what is at least known, with a note.
        exposure_equity: Capital injections since each partner's start.
        exposure_loans: Loans outstanding at the quarter's end.
        exposure_guarantees: Guarantees as the list last stated them.
        synthetic: Whether the sums are of made-up sample data.
        provisional: Whether figures in the sums are not approved yet.
        delivered: Who has delivered the reporting quarter and who has not, in words.
    """

    support_year: Cell
    support_since_start: Cell
    envelope_used: Cell
    needed_median: Cell
    needed_high: Cell
    exposure: Cell
    exposure_equity: Cell
    exposure_loans: Cell
    exposure_guarantees: Cell
    synthetic: bool
    provisional: bool
    delivered: str

    @property
    def cells(self) -> Mapping[str, Cell]:
        """Its figures by their codes."""
        cells = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: cell for name, cell in cells if isinstance(cell, Cell)}


def group_line(
    smartfin: Smartfin, words: Words, assessment: Assessment, delivered: str = ""
) -> GroupLine | None:
    """The group line over the active partners; None while nothing is known.

    Made-up and real figures are never added up: as soon as one active partner is real, the
    made-up ones are left out.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        assessment: Of the reporting quarter.
        delivered: Who has delivered it, in words.
    """
    if assessment.reporting is None:
        return None
    cases = of_one_kind(assessment.active())
    given = _Given(smartfin, cases, assessment.reporting)
    voted = smartfin.settings.support_envelope_eur

    def cell(code: str, measure: Measure) -> Cell:
        return measure_cell(words, measure, source=source_of(GROUP, assessment.reporting, code))

    exposed = exposure_of(smartfin, assessment, cases)
    part = partial(_exposure_cell, words, assessment.reporting)
    return GroupLine(
        support_year=cell("support_year", given.between(Quarter(assessment.reporting.year, 1))),
        support_since_start=cell("support_since_start", given.between(None)),
        envelope_used=cell("envelope_used", _share(given.of_envelope(), voted)),
        needed_median=cell("needed_median", _needed(smartfin, cases, 0.5)),
        needed_high=cell("needed_high", _needed(smartfin, cases, 0.8)),
        exposure=part("exposure", exposed.total, exposed.unstated),
        exposure_equity=part("exposure_equity", exposed.equity),
        exposure_loans=part("exposure_loans", exposed.loans),
        exposure_guarantees=part("exposure_guarantees", exposed.guarantees, exposed.unstated),
        synthetic=any(case.synthetic for case in cases),
        provisional=exposed.provisional or any(case.provisional for case in cases),
        delivered=delivered,
    )


def _exposure_cell(
    words: Words,
    quarter: Quarter,
    code: str,
    measure: Measure,
    unstated: tuple[str, ...] = (),
) -> Cell:
    """A part of the exposure; where it is not stated for every partner, that it is at least so."""
    cell = measure_cell(words, measure, source=source_of(GROUP, quarter, code))
    if measure.value is None or not unstated:
        return cell
    names = words.join([words.country(code) for code in unstated])
    what = words.text("group.exposure_guarantees")
    return replace(cell, note=words.text("group.at-least", names=names, what=what))


def of_one_kind(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The real partners, or the made-up ones while there are no others."""
    real = tuple(case for case in cases if case.quarter and not case.synthetic)
    return tuple(case for case in cases if not case.synthetic) if real else cases


class _Given:
    """Cash the partners received from the group up to a quarter [EUR]."""

    def __init__(self, smartfin: Smartfin, cases: tuple[Case, ...], newest: Quarter) -> None:
        self._settings = smartfin.settings
        self._newest = newest
        self._series = [
            (case, series_in_euro(smartfin, case, "group_support_quarter")) for case in cases
        ]

    def between(self, first: Quarter | None, last: Quarter | None = None) -> Measure:
        """Sum over all partners; undefined as soon as one quarter of one is unknown.

        Args:
            first: None for each partner's launch.
            last: None for the newest quarter.
        """
        until = min(last or self._newest, self._newest)
        total = 0.0
        for case, series in self._series:
            start = max(first or case.partner.launch, case.partner.launch)
            wanted = series.reindex(range(start.ordinal, until.ordinal + 1))
            for ordinal in wanted.index[wanted.isna()]:
                quarter = Quarter.from_ordinal(int(ordinal))
                return undefined(
                    EURO, Reason.PARTNER_QUARTER_MISSING, partner=case.partner.code, quarter=quarter
                )
            total += float(wanted.sum())
        return Measure(total, EURO) if self._series else undefined(EURO, Reason.NOTHING_KNOWN)

    def of_envelope(self) -> Measure:
        """What was given in the quarters the envelope was voted for."""
        return self.between(self._settings.support_envelope_from, self._settings.deadline)


def _share(given: Measure, voted: float) -> Measure:
    if given.value is None:
        return Measure(None, Unit.FRACTION, given.reason, given.facts)
    return Measure(given.value / voted, Unit.FRACTION)


def _needed(smartfin: Smartfin, cases: tuple[Case, ...], share: float) -> Measure:
    """Money that is enough in a share of the futures until every partner lands [EUR].

    The futures of all partners are added up path by path, at the newest rates: a sum of
    medians would not be the median of the sum. Undefined as soon as one partner has no
    outlook: without it the sum would look small.
    """
    total: NDArray[np.float64] | float = 0.0
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
        total = total + outlook.needed_paths / rate
    return Measure(float(np.quantile(total, share)), EURO)
