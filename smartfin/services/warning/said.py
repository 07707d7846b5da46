"""Rules and their figures in words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from smartfin.analysis.warning.rule import Alarm, Rule, Said
from smartfin.analysis.warning.track import Track
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.wording import DASH, Words

_MOST_DIGITS = 3


def rule_name(words: Words, code: str) -> str:
    """A rule in a few words."""
    return words.text(f"warning.{code}")


def figure_text(words: Words, rule: Rule, measure: Measure, limits: Iterable[float] = ()) -> str:
    """The figure of a rule: quarters in a row, tests that hold, or a number with its unit.

    A number has as many decimals as it takes to tell it from the limits.
    """
    if measure.value is None:
        return DASH
    if rule.said in {Said.RUN, Said.TESTS}:
        return words.plural(f"warning.figure.{rule.said.value}", round(measure.value))
    return words.measure(measure, digits=digits_apart(words, measure, limits))


def limits_at(track: Track, quarter: Quarter) -> tuple[float, ...]:
    """The thresholds of a rule in force in a quarter."""
    limits = (track.limit(alarm, quarter) for alarm in Alarm)
    return tuple(limit for limit in limits if limit is not None)


def digits_apart(words: Words, measure: Measure, limits: Iterable[float]) -> int | None:
    """The decimals that tell a figure from every limit it is not; None for the usual ones."""
    value = measure.value
    if value is None or measure.unit not in set(Unit):
        return None
    others = [limit for limit in limits if not math.isclose(limit, value)]

    def told(digits: int | None) -> bool:
        text = words.measure(measure, digits=digits)
        return all(
            words.measure(Measure(limit, measure.unit), digits=digits) != text for limit in others
        )

    return next((n for n in (None, *range(1, _MOST_DIGITS)) if told(n)), _MOST_DIGITS)
