"""How numbers are written: CLDR's digits and separators, finance's scales and signs.

Minus is the typographic sign, between number and unit stands a no-break space, and what
has no value is a dash.
"""

from __future__ import annotations

import math
from typing import Literal

from babel import Locale
from babel.numbers import format_decimal

DASH = "–"
NBSP = "\u00a0"
MINUS = "\u2212"

Scale = Literal["auto", "k", "m", "1"]
_FACTORS = {"1": 1.0, "k": 1e3, "m": 1e6}
_PREFIXES = {"1": "", "k": "k", "m": "m"}


def is_undefined(value: float | None) -> bool:
    """Whether there is no number to write."""
    return value is None or not math.isfinite(value)


def written_number(value: float, locale: Locale, digits: int, sign: bool = False) -> str:
    """A number with a fixed count of decimals.

    Args:
        value: Finite number.
        locale: Whose separators.
        digits: Decimals.
        sign: Whether it is a change: then plus is written, and zero is ±0.
    """
    rounded = round(value, digits)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    body = format_decimal(abs(rounded), format=pattern, locale=locale)
    if rounded < 0:
        return MINUS + body
    if not sign:
        return body
    return ("+" if rounded > 0 else "±") + body


def written_percent(number: str, locale: Locale) -> str:
    """A written number with the language's percent sign, spaced as it is there."""
    return str(locale.percent_formats[None].pattern).replace("#,##0", number)


def written_amount(
    value: float, currency: str, locale: Locale, scale: Scale = "auto", sign: bool = False
) -> str:
    """An amount of money with the ISO code after it: 418 kEUR, 1.23 mEUR.

    Args:
        value: Finite amount in single units.
        currency: ISO code.
        locale: Whose separators.
        scale: Thousands, millions or single units; ``auto`` takes the one that leaves three
            digits.
        sign: Whether it is a change.
    """
    chosen = _fitting_scale(value) if scale == "auto" else scale
    scaled = value / _FACTORS[chosen]
    number = written_number(scaled, locale, _decimals(scaled, chosen), sign)
    return f"{number}{NBSP}{_PREFIXES[chosen]}{currency}"


def _fitting_scale(value: float) -> Scale:
    """The smallest scale at which the rounded number has at most three digits."""
    size = abs(value)
    if size < 999.5:
        return "1"
    return "k" if size < 999_500 else "m"


def _decimals(scaled: float, scale: Scale) -> int:
    """Decimals that make about three digits; single units are never split."""
    size = abs(scaled)
    if scale == "1" or size >= 99.95:
        return 0
    if scale == "k":
        return 1 if size < 9.95 and size != 0 else 0
    return 1 if size >= 9.995 else 2


def beside_one(fraction: float) -> float:
    """A fraction near 1, moved to the nearest tenth of a per cent that is not 100 %."""
    tenths = round(fraction * 1000)
    if tenths == 1000:
        tenths += 1 if fraction > 1 else -1
    return tenths / 1000


def fitting_digits(value: float, usual: int) -> int:
    """Decimals that leave about three digits."""
    whole = len(str(int(abs(value))))
    return max(0, min(usual, 3 - whole))
