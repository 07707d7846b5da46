"""Rules and their figures in words."""

from __future__ import annotations

from smartfin.analysis.warning.rule import Rule, Said
from smartfin.measure import Measure
from smartfin.wording import DASH, Words


def rule_name(words: Words, code: str) -> str:
    """A rule in a few words."""
    return words.text(f"warning.{code}")


def figure_text(words: Words, rule: Rule, measure: Measure) -> str:
    """The figure of a rule: quarters in a row, tests that hold, or a number with its unit."""
    if measure.value is None:
        return DASH
    if rule.said in {Said.RUN, Said.TESTS}:
        return words.plural(f"warning.figure.{rule.said.value}", round(measure.value))
    return words.measure(measure)
