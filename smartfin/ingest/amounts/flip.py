"""Where a series that was never negative turns negative: a sign lost, or money that came back."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from smartfin.quarter import Quarter

_FEWEST = 4  # positive figures before a sign counts as usual
_WORTH_TELLING = 0.1  # of the usual size: less is a credit note or a correction


def turns_negative(series: Mapping[Quarter, float]) -> Quarter | None:
    """The quarter in which a series turns negative for the first time; None when it does not.

    Args:
        series: Amounts in storage sign.

    Example:
        >>> rent = {Quarter(2021, 1) + n: 9000.0 for n in range(6)}
        >>> str(turns_negative(rent | {Quarter(2022, 3): -9000.0}))
        '2022-Q3'
    """
    first = min((quarter for quarter, amount in series.items() if amount < 0), default=None)
    if first is None:
        return None
    earlier = [amount for quarter, amount in series.items() if quarter < first and amount > 0]
    usual = len(earlier) >= _FEWEST and -series[first] >= _WORTH_TELLING * median(earlier)
    return first if usual else None
