"""What every scenario of a partner stands on: its draw, and what the others once achieved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from smartfin.analysis.forecast.drivers import pooled
from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.scenario import Draw, Marks, draw_of, marks_of
from smartfin.measure import Reason
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess, assess_at
from smartfin.services.kept import kept
from smartfin.services.start import Smartfin
from smartfin.settings import Level
from smartfin.store import Basis


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the scenarios of a partner stand on.

    Args:
        assessment: All partners, as judged.
        case: The partner.
        draw: Its futures, before anything is decided; or why there are none.
        marks: What partners with figures of the same kind, real or made up, achieved.
        rate: The partner's currency per euro that voted support is counted at: the mean of its
            newest quarter; None where it is not known, and then no support is counted.
    """

    assessment: Assessment
    case: Case
    draw: Draw | NoOutlook
    marks: Marks
    rate: float | None


def ground_of(
    smartfin: Smartfin,
    partner: str,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Ground:
    """What the scenarios of a partner stand on, made once for each state of the ledger.

    Args:
        smartfin: Opened.
        partner: Code.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown``, ``quarter-not-known``.
    """
    code = find_partner(smartfin.partners, partner).code
    judged = assess(smartfin, quarter, as_of, basis)
    revision = smartfin.ledger.figures_revision()
    return _grounded(smartfin, revision, code, judged.reporting, judged.moment, basis)


@kept(16)
def _grounded(
    smartfin: Smartfin,
    _revision: int,
    partner: str,
    reporting: Quarter | None,
    moment: datetime | None,
    basis: Basis,
) -> Ground:
    """A draw takes some megabytes: a few are kept, for whoever looks at the same partner."""
    assessment = assess_at(smartfin, reporting, moment, basis)
    case = assessment.case(partner)
    rate = _rate(smartfin, case)
    alike = {
        each.partner.code: each.table
        for each in assessment.cases
        if each.synthetic is case.synthetic and each.quarter
    }
    return Ground(
        assessment=assessment,
        case=case,
        draw=_draw(smartfin, assessment, case, _support(case, rate)),
        marks=marks_of(alike, partner),
        rate=rate,
    )


def _draw(
    smartfin: Smartfin, assessment: Assessment, case: Case, support: Mapping[Quarter, float]
) -> Draw | NoOutlook:
    """The very futures of the verdict's outlook, or why there are none."""
    outlook, settings = case.verdict.outlook, smartfin.settings
    if outlook is None or case.quarter is None or assessment.reporting is None:
        odds = case.verdict.probability
        return NoOutlook(odds.reason or Reason.NOTHING_KNOWN, odds.facts)
    tables = [each.table for each in assessment.cases if each.synthetic is case.synthetic]
    newest = assessment.reporting.ordinal
    return draw_of(
        case.table,
        case.quarter.ordinal,
        settings.deadline.ordinal,
        settings.outlook,
        settings.level,
        settings.verdict.too_early,
        stream=case.partner.code,
        pool=pooled(tables, newest, settings.level),
        votes=outlook.votes,
        support=support,
        pool_before_support=pooled(tables, newest, Level.OSS),
    )


def _rate(smartfin: Smartfin, case: Case) -> float | None:
    """What a euro comes to: nobody knows later rates, so the newest is carried on."""
    if case.quarter is None:
        return None
    return smartfin.rates.mean(case.partner.currency, case.quarter)


def _support(case: Case, rate: float | None) -> Mapping[Quarter, float]:
    """What was voted for each quarter to come [partner's currency]."""
    if case.quarter is None or rate is None or not case.partner.support:
        return {}
    ahead = range(case.quarter.ordinal + 1, case.partner.support[-1].last.ordinal + 1)
    quarters = [Quarter.from_ordinal(ordinal) for ordinal in ahead]
    votes = case.partner.support
    return {
        quarter: rate * sum(vote.between(quarter, quarter) for vote in votes)
        for quarter in quarters
    }
