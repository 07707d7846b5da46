"""Simulated futures of one partner's break-even statement, and what can be read off them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.drift import SeasonalDrift
from smartfin.analysis.partition import Statement, surplus
from smartfin.analysis.table import Figures
from smartfin.settings import OutlookSettings


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """Every future quarter on every path.

    Args:
        income: Income of the quarter [currency], shape (3 + horizon, paths): the last
            three known quarters come first, so that four-quarter sums can be made.
        costs: Costs of the same.
        reached: Where the four-quarter result is nil or more, shape (horizon, paths).
    """

    income: Figures
    costs: Figures
    reached: NDArray[np.bool_]

    def landing(self, share: float, horizon: int) -> int | None:
        """Quarters until at least a share of the paths is at break-even; None if never."""
        there = self.reached[:horizon].mean(axis=1) >= share
        return int(np.argmax(there)) + 1 if there.any() else None

    def coverage(self, quarters: int, shares: tuple[float, ...]) -> Figures:
        """Four-quarter income over costs that a share of the paths stays under.

        Returns:
            [fraction], shape (quarters, shares): order statistics, no interpolation.
        """
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # costs of nil on some path: covered beyond measure
            ratio = four_quarters(self.income[: quarters + 3])
            ratio /= four_quarters(self.costs[: quarters + 3])
        ranks = [round(share * (ratio.shape[1] - 1)) for share in shares]
        ratio.partition(ranks, axis=1)
        return ratio[:, ranks]

    def money_needed(self, horizon: int) -> Figures:
        """Deepest point of the summed results until each path lands [currency, >= 0].

        What must be put in before the path carries itself; on a path that does not land,
        all that is missing within the horizon.

        Returns:
            Shape (paths,).
        """
        landed = np.logical_or.accumulate(self.reached[:horizon], axis=0)
        on_the_way = np.ones_like(landed)
        on_the_way[1:] = ~landed[:-1]
        result = self.income[3 : horizon + 3] - self.costs[3 : horizon + 3]
        depth = np.where(on_the_way, -result.cumsum(axis=0), 0.0)
        deepest: Figures = depth.max(axis=0, initial=0.0)
        return deepest


def simulated_futures(
    statement: Statement,
    model: SeasonalDrift,
    settings: OutlookSettings,
    horizon: int,
    stream: str = "",
) -> Futures:
    """Futures of a statement whose drivers follow a model and whose fee stays.

    Args:
        statement: Quarterly figures; the last four are known.
        model: Fitted to ``drivers`` of the statement.
        settings: Number of paths and seed.
        horizon: Quarters ahead.
        stream: Name of the stream of chance, a partner's code: partners drawn from one
            stream would all have their good years in the same futures.
    """
    seed = np.random.SeedSequence([settings.seed, *stream.encode()])
    drawn = model.paths(np.random.default_rng(seed), settings.paths, horizon)
    volume = np.exp(drawn[0])
    rate, fixed, other = np.maximum(drawn[1:], 0.0, out=drawn[1:])
    income = _after_known(statement.income, latest_take_rate(statement) * volume + other)
    costs = _after_known(statement.costs, rate * volume + fixed)
    return Futures(
        income=income,
        costs=costs,
        reached=surplus(four_quarters(income), four_quarters(costs)) >= 0,
    )


def drivers(statement: Statement) -> Figures:
    """What is simulated: log volume, variable-cost rate, fixed costs, other income.

    Returns:
        Shape (quarters, 4); NaN rows where there is no volume or anything is unknown.
    """
    volume = np.where(statement.volume > 0, statement.volume, np.nan)
    columns = (np.log(volume), statement.variable / volume, statement.fixed, statement.other_income)
    stacked: Figures = np.column_stack(columns)
    return stacked


def latest_take_rate(statement: Statement) -> float:
    """Effective take rate of the newest quarter [fraction]: the fee as last decided."""
    return float(statement.fee_income[-1] / statement.volume[-1])


def four_quarters(figures: Figures) -> Figures:
    """Sums of four quarters in a row along the first axis; three fewer than came in."""
    pairs = figures[:-1] + figures[1:]
    sums: Figures = pairs[:-2] + pairs[2:]
    return sums


def _after_known(known: Figures, future: Figures) -> Figures:
    """The future of every path after the last three known quarters."""
    joined = np.empty((3 + len(future), future.shape[1]))
    joined[:3] = known[-3:, np.newaxis]
    joined[3:] = future
    return joined
