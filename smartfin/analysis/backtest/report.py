"""What a back-test says: the outlook beside the seasonal naive, by distance and by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from smartfin.analysis.backtest.forecasts import Era, Forecast, Model
from smartfin.analysis.backtest.scored import ERRORS, Bin, Score, Scored, bins_of, scores_of
from smartfin.analysis.forecast.outlook import Likelihood

HORIZONS = 8
"""Quarters ahead that are tried."""


@dataclass(frozen=True, slots=True)
class Worse:
    """Where the outlook was worse than the seasonal naive.

    Args:
        horizon: Quarters ahead.
        score: By which score.
    """

    horizon: int
    score: Score


@dataclass(frozen=True, slots=True)
class Compared:
    """The outlook and the seasonal naive on the same cases.

    Args:
        mix: The outlook.
        naive: The seasonal naive.
    """

    mix: Scored
    naive: Scored

    def worse(self) -> tuple[Score, ...]:
        """Errors of the outlook that are greater than those of the naive."""
        pairs = ((score, self.mix.value(score), self.naive.value(score)) for score in ERRORS)
        return tuple(
            score
            for score, mix, naive in pairs
            if mix is not None and naive is not None and mix > naive
        )


@dataclass(frozen=True, slots=True)
class Backtest:
    """The outlook, tried on the past.

    Args:
        forecasts: Those of the outlook that count: made outside the Covid quarters.
        horizons: By quarters ahead, from 1, on the cases both models have.
        together: All of them.
        early: The naive alone, from its own first origin on, by quarters ahead.
        eras: By when they were made and came due; those made in Covid quarters are here only.
        bins: What was said beside what came true, all horizons.
        worse_than_naive: Where the outlook was worse.
    """

    forecasts: tuple[Forecast, ...] = field(repr=False)
    horizons: tuple[Compared, ...]
    together: Compared
    early: tuple[Scored, ...]
    eras: Mapping[Era, Compared]
    bins: tuple[Bin, ...]
    worse_than_naive: tuple[Worse, ...]

    @property
    def partners(self) -> tuple[str, ...]:
        """Partners with a forecast that counts, in their order."""
        return tuple(dict.fromkeys(forecast.partner for forecast in self.forecasts))

    @property
    def origins(self) -> int:
        """Outlooks that count, one a partner and quarter."""
        return len({(forecast.partner, forecast.origin) for forecast in self.forecasts})

    def given(self, word: Likelihood, horizon: int) -> Bin:
        """The forecasts so many quarters ahead that were given a word of probability.

        Args:
            word: The word.
            horizon: Quarters ahead; beyond the last one tried, the last.
        """
        given = bins_of(_ahead(self.forecasts, nearest_horizon(horizon)))
        return next(each for each in given if each.word is word)


def nearest_horizon(horizon: int) -> int:
    """The horizon tried that is nearest to one asked for.

    Example:
        >>> [nearest_horizon(quarters) for quarters in (0, 4, 20)]
        [1, 4, 8]
    """
    return min(max(horizon, 1), HORIZONS)


def backtest_of(made: Sequence[Forecast]) -> Backtest | None:
    """The back-test of all forecasts made; None where none of the outlook's counts."""
    tried = {(each.partner, each.origin) for each in made if each.model is Model.MIX}
    shared = [each for each in made if (each.partner, each.origin) in tried]
    counted = [each for each in shared if each.era is not Era.WITHIN]
    mix = tuple(each for each in counted if each.model is Model.MIX)
    if not mix:
        return None
    quarters_ahead = range(1, HORIZONS + 1)
    horizons = tuple(_compared(_ahead(counted, horizon)) for horizon in quarters_ahead)
    alone = [each for each in made if each.model is Model.NAIVE and each.era is not Era.WITHIN]
    return Backtest(
        forecasts=mix,
        horizons=horizons,
        together=_compared(counted),
        early=tuple(scores_of(_ahead(alone, horizon)) for horizon in quarters_ahead),
        eras={era: _compared([each for each in shared if each.era is era]) for era in Era},
        bins=bins_of(mix),
        worse_than_naive=tuple(
            Worse(horizon, score)
            for horizon, compared in zip(quarters_ahead, horizons, strict=True)
            for score in compared.worse()
        ),
    )


def _ahead(forecasts: Sequence[Forecast], horizon: int) -> list[Forecast]:
    return [each for each in forecasts if each.horizon == horizon]


def _compared(forecasts: Sequence[Forecast]) -> Compared:
    mix, naive = (
        scores_of([each for each in forecasts if each.model is model])
        for model in (Model.MIX, Model.NAIVE)
    )
    return Compared(mix, naive)
