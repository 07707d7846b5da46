"""Every indicator: one tuple of small members (docs/metrics.md has a section for each).

To add one: a member in the module of its subject (``flows``, ``results``, ``thresholds``,
``structure``, ``growth``, ``health``, ``altman``, ``solvency``, ``receivables``,
``concentration``, ``people``, ``social``), a section with a worked example in
docs/metrics.md, its words in the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from smartfin.analysis.indicators.altman import ALTMAN
from smartfin.analysis.indicators.concentration import CONCENTRATION
from smartfin.analysis.indicators.flows import FLOWS
from smartfin.analysis.indicators.growth import GROWTH, growth_at
from smartfin.analysis.indicators.health import HEALTH
from smartfin.analysis.indicators.indicator import (
    Indicator,
    Window,
    indicator_measure,
    indicator_series,
)
from smartfin.analysis.indicators.people import PEOPLE
from smartfin.analysis.indicators.receivables import RECEIVABLES
from smartfin.analysis.indicators.results import RATIO_OF, RESULT_OF, RESULTS
from smartfin.analysis.indicators.social import SOCIAL
from smartfin.analysis.indicators.solvency import SOLVENCY
from smartfin.analysis.indicators.structure import STRUCTURE, headline_at
from smartfin.analysis.indicators.thresholds import RATES, thresholds_at
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.settings import Level

__all__ = [
    "INDICATORS",
    "RATIO_OF",
    "RESULT_OF",
    "Indicator",
    "Subject",
    "Window",
    "find_indicator",
    "indicator_measure",
    "indicator_series",
    "indicators_at",
    "indicators_by_subject",
]


class Subject(StrEnum):
    """What an indicator is about (message ``subject.<code>``)."""

    RESULTS = "results"
    BREAKEVEN = "breakeven"
    FLOWS = "flows"
    HEALTH = "health"
    SOLVENCY = "solvency"
    RECEIVABLES = "receivables"
    CONCENTRATION = "concentration"
    PEOPLE = "people"
    SOCIAL = "social"


@lru_cache(maxsize=32)
def indicators_by_subject(
    level: Level, deadline: Quarter | None = None
) -> Mapping[Subject, tuple[Indicator, ...]]:
    """Every indicator, each subject with its members in the order they are read.

    Args:
        level: The level the board judges on, for those of break-even.
        deadline: The quarter by which partners must break even, for those that count up to
            it; without one these have no value (``no-deadline``).
    """
    return {
        Subject.RESULTS: RESULTS,
        Subject.BREAKEVEN: (
            headline_at(level),
            *thresholds_at(level),
            *RATES,
            *STRUCTURE,
            *growth_at(level, deadline),
            *GROWTH,
        ),
        Subject.FLOWS: FLOWS,
        Subject.HEALTH: HEALTH,
        Subject.SOLVENCY: (*ALTMAN, *SOLVENCY),
        Subject.RECEIVABLES: RECEIVABLES,
        Subject.CONCENTRATION: CONCENTRATION,
        Subject.PEOPLE: PEOPLE,
        Subject.SOCIAL: SOCIAL,
    }


@lru_cache(maxsize=32)
def indicators_at(level: Level, deadline: Quarter | None = None) -> tuple[Indicator, ...]:
    """The same in one row."""
    subjects = indicators_by_subject(level, deadline)
    return tuple(each for members in subjects.values() for each in members)


INDICATORS = indicators_at(Level.OSS)


def find_indicator(
    code: str, level: Level = Level.OSS, deadline: Quarter | None = None
) -> Indicator:
    """The indicator of a code; see ``indicators_by_subject`` for level and deadline.

    Raises:
        InputError: ``indicator-unknown``, with the codes that exist.
    """
    for indicator in indicators_at(level, deadline):
        if indicator.code == code:
            return indicator
    known = ", ".join(indicator.code for indicator in INDICATORS)
    raise InputError("indicator-unknown", indicator=code, known=known)
