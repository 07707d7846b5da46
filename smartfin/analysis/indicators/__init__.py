"""Every computed quantity: small members, one module a subject, one tuple of them all."""

from smartfin.analysis.indicators.family import (
    INDICATORS,
    RATIO_OF,
    RESULT_OF,
    Indicator,
    Subject,
    Window,
    find_indicator,
    indicator_measure,
    indicator_series,
    indicators_at,
    indicators_by_subject,
)

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
