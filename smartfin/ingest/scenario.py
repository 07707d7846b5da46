"""What a heading or title says about the scenario, be it ``Ist``, ``Begroting`` or ``Utfall``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from smartfin.facts import Scenario
from smartfin.ingest import vocabulary as words
from smartfin.ingest.text import comparable, folded

_SCENARIO_OF = {
    **dict.fromkeys(words.ACTUAL, Scenario.ACTUAL),
    **dict.fromkeys(words.BUDGET, Scenario.BUDGET),
    **dict.fromkeys(words.FORECAST, Scenario.FORECAST),
}


@dataclass(frozen=True, slots=True)
class ScenarioWords:
    """What a text says about the scenario, and the rest of it.

    Args:
        scenario: None when nothing is said.
        previous: The figures are of the year before.
        variance: The figures are a difference or a growth, not amounts of a period.
        rest: The text without these words.
    """

    scenario: Scenario | None
    previous: bool
    variance: bool
    rest: str


@lru_cache(maxsize=8192)
def read_scenario(text: str) -> ScenarioWords:
    """The scenario words of a text; two different scenarios are a comparison of both."""
    plain = comparable(text)
    previous = next((phrase for phrase in words.PREVIOUS if _holds(plain, phrase)), None)
    rest = folded(text)
    if previous is not None:
        rest = comparable(text).replace(previous, " ")
    found = {_SCENARIO_OF[word] for word in comparable(rest).split() if word in _SCENARIO_OF}
    variance = len(found) > 1 or "δ" in rest or rest.strip() in ("%", "+/-", "±", "in %", "% +/-")
    variance = variance or any(word in words.VARIANCE for word in comparable(rest).split())
    scenario = found.pop() if len(found) == 1 else None
    if scenario is None and previous is not None:
        scenario = Scenario.ACTUAL
    if scenario is not None:
        rest = " ".join(part for part in rest.split() if comparable(part) not in _SCENARIO_OF)
    return ScenarioWords(scenario, previous is not None, variance, rest)


def _holds(plain: str, phrase: str) -> bool:
    return f" {phrase} " in f" {plain} "
