"""What a heading or title says about the scenario, be it ``Ist``, ``Begroting`` or ``Utfall``."""

from __future__ import annotations

import re
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

# A letter glued to the end of a period: 2021A, Q1 22E, 1Q21F, 2023B, 2023P.
_LETTER = re.compile(r"((?:19|20)\d\d|\d['’]?\d\d|[a-z]['’]?\d\d)([aefbp])")
_SCENARIO_OF_LETTER = {
    "a": Scenario.ACTUAL,
    "e": Scenario.FORECAST,
    "f": Scenario.FORECAST,
    "b": Scenario.BUDGET,
    "p": Scenario.BUDGET,
}


_KINDS: dict[str, str] = {
    **dict.fromkeys(words.VARIANCE, "variance"),
    **{word: scenario.value for word, scenario in _SCENARIO_OF.items()},
}
_FIGURES = tuple(sorted(words.FIGURES, key=len, reverse=True))  # the longest that fits is meant
_SHORTEST = 3  # letters of an abbreviation


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
    padded = f" {comparable(text)} "
    previous = next((phrase for phrase in words.PREVIOUS if f" {phrase} " in padded), None)
    rest = folded(text)
    if previous is not None:
        rest = comparable(text).replace(previous, " ")
    rest = _spelled_out(rest)
    found = {said for word in comparable(rest).split() if (said := _scenario_of(word))}
    variance = len(found) > 1 or "δ" in rest or rest.strip() in ("+/-", "±", "% +/-")
    variance = variance or any(word in words.VARIANCE for word in comparable(rest).split())
    scenario = found.pop() if len(found) == 1 else None
    if scenario is None and previous is not None:
        scenario = Scenario.ACTUAL
    if scenario is not None:
        rest = " ".join(part for part in rest.split() if not _says_scenario(part))
    else:
        scenario, rest = _lettered(rest)
    return ScenarioWords(scenario, previous is not None, variance, rest)


def says_no_scenario(word: str) -> bool:
    """Whether a folded word without marks is in no text that says a scenario."""
    if _scenario_of(word) or word in words.VARIANCE or "δ" in word:
        return False
    return not any(word in phrase for phrase in words.PREVIOUS)


@lru_cache(maxsize=2048)
def _scenario_of(word: str) -> Scenario | None:
    """The scenario of a word, alone or grown together with one for figures (``Istzahlen``)."""
    if word in _SCENARIO_OF or not word.endswith(_FIGURES):
        return _SCENARIO_OF.get(word)
    stem = next(word.removesuffix(end) for end in _FIGURES if word.endswith(end))
    return _SCENARIO_OF.get(stem) or _SCENARIO_OF.get(stem.removesuffix("s"))


def _says_scenario(part: str) -> bool:
    """Whether a part of a text says a scenario and no more (``Ist-Werte``, ``Werte``)."""
    said = comparable(part).split()
    return bool(said) and all(_scenario_of(word) or word in words.FIGURES for word in said)


def _spelled_out(rest: str) -> str:
    """The text with abbreviations written out (``scost.``) where only one kind of word fits."""
    if "." not in rest:
        return rest
    return " ".join(_long_form(part) for part in rest.split())


@lru_cache(maxsize=2048)
def _long_form(part: str) -> str:
    stem = part.rstrip(".")
    if not part.endswith(".") or len(stem) < _SHORTEST or not stem.isalpha():
        return part
    longer = {kind: word for word, kind in _KINDS.items() if word.startswith(stem)}
    return longer.popitem()[1] if len(longer) == 1 else part


def _lettered(rest: str) -> tuple[Scenario | None, str]:
    """The scenario a letter behind a year says, and the text without it."""
    words = rest.split()
    match = _LETTER.fullmatch(words[-1]) if words else None
    if match is None:
        return None, rest
    return _SCENARIO_OF_LETTER[match[2]], " ".join([*words[:-1], match[1]])
