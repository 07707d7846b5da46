"""Why a rule has no figure, and what the absence of one says by itself."""

from __future__ import annotations

import numpy as np

from smartfin.analysis.indicators.family import indicator_measure
from smartfin.analysis.table import Figures
from smartfin.analysis.warning.rule import Why
from smartfin.analysis.warning.sight import LEAST_SISTERS, Sight
from smartfin.measure import Reason


def why_undefined(sight: Sight, code: str, ordinal: int) -> Why | None:
    """Why an indicator has no value at a quarter; None where it has one."""
    measure = indicator_measure(sight.indicator(code), sight.table, ordinal, sight.partner.currency)
    return None if measure.reason is None else (measure.reason, measure.facts)


def why_no_gain(sight: Sight, code: str, ordinal: int, over: int = 1) -> Why | None:
    """Why there is no gain over some quarters: an indicator has no value now, or had none then."""
    return why_undefined(sight, code, ordinal) or why_undefined(sight, code, ordinal - over)


def too_early(sight: Sight, ordinal: int, needed: int) -> Why:
    """The partner has not been active for as long as it takes."""
    age = ordinal - sight.partner.launch.ordinal + 1
    return Reason.HISTORY_TOO_SHORT, {"quarters": age, "needed": needed}


def short_of(sight: Sight, ordinal: int, needed: int) -> Why:
    """The history up to a quarter does not reach as far back as it should."""
    quarters = ordinal - int(sight.table.index[0]) + 1
    return Reason.HISTORY_TOO_SHORT, {"quarters": min(quarters, needed - 1), "needed": needed}


def why_no_deadline(sight: Sight, ordinal: int) -> Why | None:
    """Why there is no deadline to look ahead to in a quarter; None where there is one."""
    if ordinal >= sight.settings.deadline.ordinal:
        return Reason.NO_QUARTERS_LEFT, {}
    if ordinal < sight.settings.deadline_from.ordinal:
        return Reason.DEADLINE_NOT_YET, {"first": sight.settings.deadline_from}
    return None


def too_few_sisters(sight: Sight, code: str, ordinal: int) -> Why:
    """How many sisters have a figure at the same age."""
    ages = sight.ages[sight.ordinals == ordinal]
    found = [each.at_ages(code, ages) for each in sight.sisters_seen()]
    known = int(sum(np.count_nonzero(~np.isnan(values)) for values in found))
    return Reason.TOO_FEW_SISTERS, {"sisters": known, "needed": LEAST_SISTERS}


def at_the_ends(
    sight: Sight,
    code: str,
    worst: tuple[Reason, ...],
    best: tuple[Reason, ...],
    polarity: int,
) -> Figures:
    """An indicator, infinitely bad or good where the reason for its absence says so."""
    values = sight.series(code)
    ends = dict.fromkeys(worst, -polarity * np.inf) | dict.fromkeys(best, polarity * np.inf)
    open_still = np.isnan(values)
    if not (ends and open_still.any()):
        return values
    values = values.copy()
    for reason, applies in sight.indicator(code).unless:
        here = open_still & applies(sight.table)
        values[here] = ends.get(reason, np.nan)
        open_still &= ~here
    return values


def unless_covered(sight: Sight, result: str, values: Figures, polarity: int) -> Figures:
    """Figures, as good as can be where they are no number and a result is nil or more."""
    if not result:
        return values
    covered = ~np.isfinite(values) & (sight.series(result) >= 0)
    return np.where(covered, polarity * np.inf, values)


def is_covered(sight: Sight, result: str, ordinal: int) -> bool:
    """Whether a result is nil or more in a quarter."""
    return bool(result and sight.series(result)[sight.ordinals == ordinal] >= 0)
