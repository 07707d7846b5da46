"""Every indicator: one tuple of small members (docs/metrics.md has a section for each).

To add one: a member in the module of its subject (``flows``, ``results``,
``thresholds``, ``health``, ``people``), a section with a worked example in
docs/metrics.md, its words in the catalogues.
"""

from __future__ import annotations

from smartfin.analysis.flows import FLOWS
from smartfin.analysis.health import HEALTH
from smartfin.analysis.indicator import (
    Indicator,
    Window,
    indicator_measure,
    indicator_series,
)
from smartfin.analysis.people import PEOPLE
from smartfin.analysis.results import RATIO_OF, RESULT_OF, RESULTS
from smartfin.analysis.thresholds import RATES, thresholds_at
from smartfin.errors import InputError
from smartfin.settings import Level

__all__ = [
    "INDICATORS",
    "RATIO_OF",
    "RESULT_OF",
    "Indicator",
    "Window",
    "find_indicator",
    "indicator_measure",
    "indicator_series",
    "indicators_at",
]

_AT_LEVEL = {
    level: (*RESULTS, *thresholds_at(level), *RATES, *FLOWS, *HEALTH, *PEOPLE) for level in Level
}

INDICATORS = _AT_LEVEL[Level.OSS]


def indicators_at(level: Level) -> tuple[Indicator, ...]:
    """Every indicator, those of break-even at the level the board judges on."""
    return _AT_LEVEL[level]


def find_indicator(code: str, level: Level = Level.OSS) -> Indicator:
    """The indicator of a code.

    Raises:
        InputError: ``indicator-unknown``, with the codes that exist.
    """
    for indicator in _AT_LEVEL[level]:
        if indicator.code == code:
            return indicator
    known = ", ".join(indicator.code for indicator in INDICATORS)
    raise InputError("indicator-unknown", indicator=code, known=known)
