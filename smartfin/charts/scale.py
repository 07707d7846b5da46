"""One scale of money for a whole figure, named once in its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from smartfin.wording import Words

_STEPS = ((9_999_500.0, 1e6, "m"), (9_999.5, 1e3, "k"))


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """How amounts of a figure are written.

    Args:
        factor: Single units in one of the scale.
        prefix: What stands before the ISO code: k, m or nothing.
        digits: Decimals, the same for all.
    """

    factor: float
    prefix: str
    digits: int

    def unit(self, currency: str) -> str:
        """The unit for a title: kEUR."""
        return f"{self.prefix}{currency}"

    def written(self, amount: float, words: Words, *, sign: bool = False) -> str:
        """An amount without its unit."""
        return words.number(amount / self.factor, self.digits, sign)


def fitting_scale(parts: Iterable[pd.Series[float]]) -> MoneyScale:
    """The scale at which the largest amount has two to four digits."""
    largest = max((float(part.abs().max()) for part in parts if part.notna().any()), default=0.0)
    for limit, factor, prefix in _STEPS:
        if largest >= limit:
            return MoneyScale(factor, prefix, 1 if largest < 100 * factor else 0)
    return MoneyScale(1.0, "", 0)
