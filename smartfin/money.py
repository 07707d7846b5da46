"""Exchange rates: what a euro was worth in a partner's currency, quarter by quarter.

Flows are translated at the mean of the quarter's published days, stocks at the last
published day (IAS 21 §§ 39-41). Break-even itself is judged in local currency and needs
no rate. The rates are data/rates.csv, made by ``python -m data.make_rates``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter

EURO = "EUR"


@dataclass(frozen=True, slots=True)
class QuarterRate:
    """What the ECB published for one currency in one quarter.

    Args:
        mean: Mean over the published days [currency per euro, > 0].
        close: Last published day [currency per euro, > 0].
        days: Published days, the weight of the quarter in a year's mean [> 0].
    """

    mean: float
    close: float
    days: int

    def __post_init__(self) -> None:
        if not (0 < self.mean < float("inf") and 0 < self.close < float("inf") and self.days > 0):
            raise ValueError("a rate and its number of days are positive")


class Rates:
    """Euro reference rates by currency and quarter, in units of currency per euro.

    A currency or quarter that was not published has no rate: ``None``, never a
    neighbour's. The euro itself is 1 in every quarter.

    Args:
        published: Currency and quarter to what was published.
    """

    def __init__(self, published: Mapping[tuple[str, Quarter], QuarterRate]) -> None:
        self._published = dict(published)

    def mean(self, currency: str, quarter: Quarter) -> float | None:
        """Rate for flows: mean over the quarter's published days; None when unknown."""
        if currency == EURO:
            return 1.0
        rate = self._published.get((currency, quarter))
        return rate.mean if rate else None

    def close(self, currency: str, quarter: Quarter) -> float | None:
        """Rate for stocks: the quarter's last published day; None when unknown."""
        if currency == EURO:
            return 1.0
        rate = self._published.get((currency, quarter))
        return rate.close if rate else None

    def constant(self, currency: str, year: int) -> float | None:
        """One rate for all quarters: mean over the year's published days.

        Formula:
            sum of the quarters' mean x days / sum of their days, which is the mean of the
            days themselves (the quarters' plain mean is not: they differ in length).

        Returns:
            [currency per euro]; None unless all four quarters of the year are known.
        """
        if currency == EURO:
            return 1.0
        quarters = [self._published.get((currency, Quarter(year, n))) for n in (1, 2, 3, 4)]
        known = [rate for rate in quarters if rate]
        if len(known) < len(quarters):
            return None
        return sum(rate.mean * rate.days for rate in known) / sum(rate.days for rate in known)


def read_rates(path: Path) -> Rates:
    """The rates of a file with the columns quarter, currency, mean, close, days.

    Lines that begin with ``#`` are comments.

    Raises:
        SettingsError: ``rates-unreadable``, naming the file and the reason.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return Rates(_published(line for line in file if not line.startswith("#")))
    except (OSError, csv.Error, KeyError, TypeError, ValueError, InputError) as error:
        raise SettingsError("rates-unreadable", path=str(path), why=str(error)) from error


def _published(lines: Iterable[str]) -> dict[tuple[str, Quarter], QuarterRate]:
    published: dict[tuple[str, Quarter], QuarterRate] = {}
    for row in csv.DictReader(lines):
        key = (row["currency"], Quarter.parse(row["quarter"]))
        if key in published:
            raise ValueError(f"{row['currency']} {row['quarter']} stands there twice")
        published[key] = QuarterRate(float(row["mean"]), float(row["close"]), int(row["days"]))
    return published
