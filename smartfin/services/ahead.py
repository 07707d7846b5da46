"""Four quarters ahead in the middle of a partner's futures, to hold a budget against."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from smartfin.analysis.forecast.ahead import YearAhead, year_ahead
from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.indicators.family import RATIO_OF, RESULT_OF
from smartfin.analysis.scenario.decisions import decisions_of
from smartfin.analysis.scenario.paths import scenario_futures
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES
from smartfin.services.assessment import Assessment, Case
from smartfin.services.kept import kept
from smartfin.services.scenario.ground import ground_of
from smartfin.services.start import Smartfin
from smartfin.settings import Level
from smartfin.store import Basis

_VOLUME = "invoiced_volume"


def codes_ahead(level: Level) -> tuple[str, ...]:
    """The indicators that are looked at ahead."""
    return RESULT_OF[level], _VOLUME, RATIO_OF[level]


def measures_ahead(
    smartfin: Smartfin, assessment: Assessment, case: Case, quarter: Quarter
) -> Mapping[str, Measure]:
    """What the four quarters to one that lies ahead come to, by code of indicator.

    Args:
        smartfin: Opened.
        assessment: That the case is of.
        case: Whose; with figures.
        quarter: Later than the newest known.

    Returns:
        The middle of the futures; the outlook's own reason where there is none, and
        ``not-within-horizon`` of a quarter that is not simulated.
    """
    result, volume, coverage = codes_ahead(case.settings.level)
    currency = case.partner.currency
    units = {result: currency, volume: currency, coverage: str(Unit.FRACTION)}
    found = _years_ahead(
        smartfin,
        smartfin.ledger.revision(),
        case.partner.code,
        assessment.reporting,
        assessment.moment,
        assessment.basis,
    )
    if isinstance(found, NoOutlook):
        return {code: undefined(unit, found.reason, **found.facts) for code, unit in units.items()}
    year = found.get(quarter)
    if year is None or not math.isfinite(year.coverage):
        return {code: undefined(unit, Reason.NOT_WITHIN_HORIZON) for code, unit in units.items()}
    values = {result: year.result, volume: year.volume, coverage: year.coverage}
    return {code: Measure(values[code], unit) for code, unit in units.items()}


@kept(32)
def _years_ahead(
    smartfin: Smartfin,
    _revision: int,
    partner: str,
    reporting: Quarter | None,
    moment: datetime | None,
    basis: Basis,
) -> Mapping[Quarter, YearAhead] | NoOutlook:
    """The quarters a budget is held against: the end of the running year, and the deadline."""
    ground = ground_of(smartfin, partner, reporting, moment, basis)
    draw, last = ground.draw, ground.case.quarter
    if isinstance(draw, NoOutlook):
        return draw
    if last is None:
        return NoOutlook(Reason.NOTHING_KNOWN, {})
    futures = scenario_futures(draw, decisions_of(draw, NO_CHANGES))
    known = draw.past.statement.volume[-3:]
    return {
        quarter: year_ahead(futures, known, quarter - last)
        for quarter in quarters_ahead(ground.case)
        if quarter - last <= draw.horizon
    }


def quarters_ahead(case: Case) -> tuple[Quarter, ...]:
    """The last quarter of the running year and the deadline, as far as they lie ahead."""
    if case.quarter is None:
        return ()
    ends = {Quarter((case.quarter + 1).year, 4), case.settings.deadline}
    return tuple(sorted(quarter for quarter in ends if quarter > case.quarter))
