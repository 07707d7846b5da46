"""What happened, or is expected, against what was voted (docs/metrics.md#variance)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smartfin.measure import Measure, Reason, Unit, undefined


@dataclass(frozen=True, slots=True)
class Variance:
    """How far a figure is from the one it is held against.

    Args:
        difference: The figure less the other one, in their unit; of a percentage it counts
            points. The reason of the first that has no value where one has none.
        relative: The same over the other one [fraction]; why there is none otherwise.
        good: Effect on the result: True good, False bad, None neither.
    """

    difference: Measure
    relative: Measure
    good: bool | None


def variance_of(figure: Measure, reference: Measure, polarity: int) -> Variance:
    """How far a figure is from the one it is held against.

    Formula: difference = figure - reference; relative = difference / reference

    Args:
        figure: What happened, or is expected.
        reference: What was voted, or what happened before; in the same unit.
        polarity: Of the indicator or line: +1 more is better, -1 less is better, 0 neither.

    Returns:
        No relative variance (``reference-not-positive``) against nil or a negative figure,
        because its sign would say the opposite, and none (``in-points``) of a percentage.

    Raises:
        ValueError: the two count different things.

    Source:
        docs/metrics.md#variance

    Example:
        >>> costs = variance_of(Measure(110.0, "EUR"), Measure(100.0, "EUR"), polarity=-1)
        >>> costs.difference.value, costs.relative.value, costs.good
        (10.0, 0.1, False)
    """
    if figure.unit != reference.unit:
        raise ValueError(f"{figure.unit} cannot be held against {reference.unit}")
    for each in (figure, reference):
        if each.value is None:
            reason = each.reason or Reason.NOTHING_KNOWN
            nothing = undefined(Unit.FRACTION, reason, **each.facts)
            return Variance(each, nothing, None)
    now, before = figure.value or 0.0, reference.value or 0.0
    difference = Measure(now - before, figure.unit)
    relative = _relative(now, before, figure.unit)
    return Variance(difference, relative, effect(now - before, polarity))


def relative_variance(figure: float, reference: float) -> float | None:
    """The difference over what it is held against [fraction].

    Returns:
        None against nil or a negative reference, and where one of the two is unknown.

    Source:
        docs/metrics.md#variance

    Example:
        >>> relative_variance(80.0, 100.0), relative_variance(80.0, -100.0)
        (-0.2, None)
    """
    if math.isnan(figure) or math.isnan(reference) or reference <= 0:
        return None
    return (figure - reference) / reference


def effect(change: float, polarity: int) -> bool | None:
    """Whether a change is good; None when it is none, or neither good nor bad.

    Args:
        change: Newer less older, or actual less plan.
        polarity: +1 more is better, -1 less is better, 0 neither.

    Example:
        >>> effect(5.0, -1), effect(-5.0, -1), effect(5.0, 0)
        (False, True, None)
    """
    if math.isnan(change) or not change or not polarity:
        return None
    return (change > 0) == (polarity > 0)


def _relative(now: float, before: float, unit: str) -> Measure:
    if unit in {Unit.FRACTION, Unit.PERCENT}:
        return undefined(Unit.FRACTION, Reason.IN_POINTS)
    share = relative_variance(now, before)
    if share is None:
        return undefined(Unit.FRACTION, Reason.REFERENCE_NOT_POSITIVE)
    return Measure(share, Unit.FRACTION)
