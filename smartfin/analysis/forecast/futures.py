"""Simulated futures of one partner's break-even statement, and what can be read off them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.forecast.drivers import DRIVERS, DriverModel
from smartfin.analysis.partition import Statement, covered
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
        volume: Invoiced volume of each future quarter [currency], the same shape.
        models: What the drivers were drawn from.
    """

    income: Figures
    costs: Figures
    reached: NDArray[np.bool_]
    volume: Figures
    models: tuple[str, ...] = ()

    def landings(self, shares: tuple[float, ...], horizon: int) -> tuple[int | None, ...]:
        """Quarters until at least each share of the paths is at break-even; None if never."""
        there = self.reached[:horizon].mean(axis=1)
        return tuple(
            int(np.argmax(there >= share)) + 1 if (there >= share).any() else None
            for share in shares
        )

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
        ratio.sort(axis=1)  # five ranks of some thousand: partitioning takes longer
        return ratio[:, ranks]

    def money_needed(self, horizon: int) -> Figures:
        """Deepest point of the summed results until each path lands [currency, >= 0].

        What must be put in before the path carries itself; on a path that does not land,
        all that is missing within the horizon.

        Returns:
            Shape (paths,).
        """
        paths = self.reached.shape[1]
        deepest, missing = np.zeros(paths), np.zeros(paths)
        on_the_way = np.ones(paths, dtype=bool)
        for ahead, reached in enumerate(self.reached[:horizon], start=3):
            # Quarter by quarter: what a few rows need stays near the processor.
            missing += self.costs[ahead] - self.income[ahead]
            np.maximum(deepest, missing, out=deepest, where=on_the_way)
            on_the_way &= ~reached
        return deepest


def simulated_futures(
    statement: Statement,
    model: DriverModel,
    take_rate: Figures,
    settings: OutlookSettings,
    stream: str = "",
) -> Futures:
    """Futures of a statement whose drivers follow a model and whose fee is decided.

    Args:
        statement: Quarterly figures; the last four are known.
        model: Fitted to ``drivers`` of the statement.
        take_rate: Fee income over volume of each quarter ahead [fraction] (``KeptFee``).
        settings: Number of paths and seed.
        stream: Name of the stream of chance, a partner's code: partners drawn from one
            stream would all have their good years in the same futures.
    """
    drawn = drawn_drivers(model, len(take_rate), settings, stream)
    return futures_of(drawn, take_rate, statement, model.codes)


def drawn_drivers(
    model: DriverModel, horizon: int, settings: OutlookSettings, stream: str = ""
) -> Figures:
    """Drivers drawn from a model: what futures are made of before anything is decided.

    Args:
        model: Fitted to ``drivers`` of a statement.
        horizon: Quarters ahead.
        settings: Number of paths and seed.
        stream: Name of the stream of chance (``simulated_futures``).

    Returns:
        Shape (4, 3 + horizon, paths): volume [currency], variable-cost rate [fraction], fixed
        costs and other income [currency] of each quarter; the first three are left unset.
    """
    drawn = np.empty((len(DRIVERS), 3 + horizon, settings.paths))
    model.fill(stream_of_chance(settings, stream), drawn[:, 3:])
    np.maximum(drawn[1:, 3:], 0.0, out=drawn[1:, 3:])
    np.exp(drawn[0, 3:], out=drawn[0, 3:])
    return drawn


def futures_of(
    drawn: Figures, take_rate: Figures, statement: Statement, models: tuple[str, ...] = ()
) -> Futures:
    """Futures whose drivers are drawn and whose fee is decided.

    Args:
        drawn: As ``drawn_drivers`` makes it; used up, because all is worked out in place.
        take_rate: Fee income over volume of each quarter ahead [fraction].
        statement: Quarterly figures; the last three go before.
        models: What the drivers were drawn from.
    """
    volume, rate, costs, income = drawn  # one large array, worked on in place
    rate[3:] *= volume[3:]
    costs[3:] += rate[3:]
    np.multiply(volume[3:], take_rate[:, np.newaxis], out=rate[3:])
    income[3:] += rate[3:]
    income[:3], costs[:3] = statement.income[-3:, np.newaxis], statement.costs[-3:, np.newaxis]
    return Futures(
        income=income,
        costs=costs,
        reached=covered(four_quarters(income), four_quarters(costs)),
        volume=volume[3:],
        models=models,
    )


def stream_of_chance(settings: OutlookSettings, stream: str) -> np.random.Generator:
    """Chance of its own for each name, the same each time."""
    return np.random.default_rng(np.random.SeedSequence([settings.seed, *stream.encode()]))


def four_quarters(figures: Figures) -> Figures:
    """Sums of four quarters in a row along the first axis; three fewer than came in."""
    pairs = figures[:-1] + figures[1:]
    sums: Figures = pairs[:-2]
    sums += pairs[2:]  # in place: each pair is read before it is written over
    return sums
