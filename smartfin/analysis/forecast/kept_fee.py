"""The fee the outlook carries on: a decision, so the last is kept (docs/metrics.md#outlook)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.table import Figures, lines
from smartfin.fee import FeeVote


@dataclass(frozen=True, slots=True)
class KeptFee:
    """What a unit of volume will bring in.

    Args:
        fee: Fee revenue over volume as last decided [fraction].
        margin: Employment margin over volume [fraction].
        printed: The fee as the newest quarter prints it [percent]; None where it does not.
        last: Ordinal of the newest quarter known.
        votes: Fees decided for later quarters, oldest first.
    """

    fee: float
    margin: float
    printed: float | None
    last: int
    votes: tuple[FeeVote, ...]

    @property
    def take_rate(self) -> float:
        """Both together, before any vote [fraction]."""
        return self.fee + self.margin

    def within(self, horizon: int) -> tuple[FeeVote, ...]:
        """The votes that take effect within so many quarters ahead."""
        return tuple(vote for vote in self.votes if vote.first.ordinal <= self.last + horizon)

    def ahead(self, horizon: int) -> Figures:
        """The take rate of each quarter ahead [fraction], votes included, shape (horizon,)."""
        rates = np.full(horizon, self.take_rate)
        for vote in self.within(horizon):
            rates[vote.first.ordinal - self.last - 1 :] = self._voted(vote) + self.margin
        return rates

    def _voted(self, vote: FeeVote) -> float:
        """Fee revenue over volume once a vote is in force."""
        if self.printed is None:
            return vote.percent / 100
        return self.fee * vote.percent / self.printed


def kept_fee(known: pd.DataFrame, votes: Iterable[FeeVote] = ()) -> KeptFee:
    """The fee of the newest quarter, free of when within the year money is booked.

    Formula: fee = fee_revenue / (fee_rate * invoiced_volume) * newest fee_rate, each summed over
    those of the last four quarters that print a fee; without one in the newest quarter its own
    fee_revenue / invoiced_volume. margin = employment_margin / invoiced_volume of four quarters.

    A margin or a rebate is easily booked once a year, and one quarter multiplied by all that
    is to come would make a year of it. What is printed says when the fee changed.

    Args:
        known: As made by ``partner_table``; its last four quarters are known and have volume.
        votes: Fees decided; those of quarters known by now are in the figures already.

    Returns:
        [fraction of volume, >= 0 where fees are].

    Source:
        docs/metrics.md#outlook

    Example:
        >>> rows = {"invoiced_volume": 100.0, "fee_revenue": 8.0, "fee_rate": [8.0] * 3 + [10.0]}
        >>> kept = kept_fee(pd.DataFrame(rows | {"employment_margin": [0.0, 0.0, 0.0, 4.0]}))
        >>> round(kept.fee, 4), kept.margin
        (0.0941, 0.01)
    """
    codes = ("fee_revenue", "invoiced_volume", "employment_margin", "fee_rate")
    fees, volume, margin, printed = (figures[-4:] for figures in lines(known, codes).values())
    last = int(known.index[-1])
    stated = printed > 0
    fee = fees[-1] / volume[-1]
    if stated[-1]:
        listed = (printed * volume)[stated].sum()
        fee = fees[stated].sum() / listed * printed[-1]
    return KeptFee(
        fee=float(fee),
        margin=float(margin.sum() / volume.sum()),
        printed=float(printed[-1]) if stated[-1] else None,
        last=last,
        votes=tuple(vote for vote in votes if vote.first.ordinal > last),
    )
